"""Meetings and their votes: states (meeting, course, voting, recording) and the decisions on them."""
