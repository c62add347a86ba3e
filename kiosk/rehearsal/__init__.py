"""Rehearsal (演练): a whole meeting without people, through the real server, HTTP and Socket.IO.

- server.py: the real server as a process of its own, over a store of its own.
- visitors.py: who comes: an officer, ballot screens, the big screen, a phone.
- meeting.py: what they do, step by step, and what must hold.
"""
