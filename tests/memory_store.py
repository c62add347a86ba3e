"""A journal store in memory: the same contract as the database's, without the disk."""

import threading
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field

from kiosk.keeping import Recorded


@dataclass
class _Pages:
    """One village's journal: its lines, and for each command its last entry."""

    lines: list[str] = field(default_factory=list)
    boxes: dict[str, bytes] = field(default_factory=dict)
    commands: dict[str, Recorded] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)


class MemoryJournal:
    """`kiosk.service.JournalStore` in memory."""

    def __init__(self):
        self._villages = defaultdict(_Pages)
        self._keys = set()

    @contextmanager
    def writing(self, village):
        pages = self._villages[village]
        with pages.lock:
            writing = _MemoryWriting(pages, self._keys)
            yield writing
            self.commit()
            pages.lines.extend(writing.lines)
            pages.commands.update(writing.commands)
            pages.boxes = writing.boxes

    def commit(self):
        """Where a disk would be asked to keep it; a test may have it fail."""

    def lines(self, village, after=0):
        return self._villages[village].lines[after:]

    def box(self, village, vote):
        return _opened(self._villages[village].boxes, self._keys, vote)

    def forget_box(self, vote):
        self._keys.discard(vote)


class _MemoryWriting:
    """What is to be committed together, seen over what is committed already."""

    def __init__(self, pages, keys):
        self._pages = pages
        self._keys = keys
        self.lines = []
        self.commands = {}
        self.boxes = dict(pages.boxes)

    def tail(self, after):
        return (self._pages.lines + self.lines)[after:]

    def recorded(self, commands):
        known = self._pages.commands | self.commands
        return {command: known[command] for command in commands if command in known}

    def append(self, entries, content):
        for entry in entries:
            if entry.seq != len(self._pages.lines) + len(self.lines) + 1:
                raise ValueError(f"entry {entry.seq} is not the next")
            self.lines.append(entry.line)
            self.commands[entry.command] = Recorded(entry.head, content)

    def box(self, vote):
        return _opened(self.boxes, self._keys, vote)

    def seal(self, vote, content):
        if vote not in self.boxes:
            self._keys.add(vote)
        elif vote not in self._keys:
            raise LookupError(f"no key of {vote}")
        self.boxes[vote] = content

    def discard_box(self, vote):
        self.boxes.pop(vote, None)


def _opened(boxes, keys, vote):
    if vote not in keys:
        raise LookupError(f"no key of {vote}")
    return boxes[vote]
