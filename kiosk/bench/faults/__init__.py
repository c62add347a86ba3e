"""`kiosk bench faults`: what may go wrong with a machine in a village hall, done to the real programs on purpose.

- audit.py: the record against what the people at the screens were told.
- mains.py: a server whose power is cut; browsers that send until they are answered.
- sitting.py: a meeting held through such cuts. kills.py: many of them, at points drawn from a number.
- wal.py: the write-ahead log cut off at every place. disk.py: a disk that is full.
- report.py: the figures in Chinese or as JSON, and the exit status.

The short tests (`tests/shell/test_faults.py`) and the long runs use the same code.
"""
