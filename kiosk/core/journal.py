r"""The journal (会议日志): one append-only, hash-chained list of entries a village.

Each entry is one line of canonical JSON: UTF-8, keys sorted, no spaces, no floats, characters as they are. Its
digest is the SHA-256 of exactly these bytes, without a line end, and stands in the next entry as `prev`; so
anybody can check a line with `sed -n 5p journal.jsonl | tr -d '\n' | sha256sum`. The chain begins with
sixty-four zeros. A chain alone does not show that its end was cut off: for that one needs the head, which is
filmed, printed and carried away (`Head`). Beside `prev` an entry carries `tree`, the root of the Merkle tree over all
entries before it (`kiosk.core.tree`): by it a part of the journal can be proven to be a part, and to lack nothing.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import get_args

from kiosk.core.codec import Plain, built, instant, instant_text, plain
from kiosk.core.events import Event
from kiosk.core.refusals import Malformed
from kiosk.core.terms import CommandId
from kiosk.core.tree import Tree, subjects
from kiosk.core.values import Actor, NamedHead, check_code

VERSION = 2
"""1 had no `tree`; the programs that check a record still read it."""
GENESIS = "0" * 64
KINDS: dict[str, type[Event]] = {kind.__name__: kind for kind in get_args(Event)}
"""Every kind of event by its name in the journal; no event has a field called `kind`."""


@dataclass(frozen=True, slots=True)
class Head:
    """Where a journal ends (链头): its last sequence number (0 when empty) and that entry's digest.

    `tree` is over all entries up to this one, where it is known: only from such a head can a journal go on.
    """

    seq: int
    digest: str
    tree: Tree | None = field(default=None, compare=False, repr=False)

    @property
    def check_code(self) -> str:
        """校验码: the digest's first 16 hexadecimal digits as a number, its last 16 decimals in fours."""
        return check_code(self.digest)

    @property
    def named(self) -> NamedHead:
        """The same as an entry names it."""
        return NamedHead(self.seq, self.digest)


EMPTY = Head(0, GENESIS, Tree())


@dataclass(frozen=True)
class Entry:
    """One fact with its place in the chain: who asked by which command, when, what happened.

    `line` is its canonical text without a line end; `head` the journal's when this entry is its last.
    """

    seq: int
    prev: str
    tree: str
    at: datetime
    actor: Actor
    command: CommandId
    event: Event
    before: Tree | None = field(default=None, compare=False, repr=False)
    """The tree over all entries before this one, where it is known; `tree` is its root."""

    @cached_property
    def line(self) -> str:
        """The canonical text, without a line end."""
        value: Plain = {
            "actor": plain(self.actor),
            "at": instant_text(self.at),
            "command": self.command,
            "event": {"kind": type(self.event).__name__, **self._plain_event},
            "prev": self.prev,
            "seq": self.seq,
            "tree": self.tree,
            "v": VERSION,
        }
        return canonical(value)

    @cached_property
    def _plain_event(self) -> dict[str, Plain]:
        event = plain(self.event)
        assert isinstance(event, dict)
        return event

    @cached_property
    def head(self) -> Head:
        """The journal's head when this entry is its last; with its tree where that is known."""
        mine = digest(self.line)
        tree = self.before.grown(mine, subjects(self._plain_event)) if self.before else None
        return Head(self.seq, mine, tree)

    def head_after(self, head: Head) -> Head:
        """The same with its tree, where this entry follows on that head."""
        if self.before is not None or head.tree is None:
            return self.head
        tree = head.tree.grown(self.head.digest, subjects(self._plain_event))
        return Head(self.seq, self.head.digest, tree)


def canonical(value: Plain) -> str:
    """The one way of writing a plain value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(line: str) -> str:
    """SHA-256 of a line's UTF-8 bytes, in lower-case hexadecimal."""
    return hashlib.sha256(line.encode()).hexdigest()


def chain(
    head: Head, events: Iterable[Event], *, at: datetime, actor: Actor, command: CommandId
) -> list[Entry]:
    """Entries for the events of one command, linked on to the head. ValueError: the head does not know its tree."""
    entries = []
    for event in events:
        if head.tree is None:
            raise ValueError("a journal goes on only from a head that knows its tree")
        root = head.tree.root
        entry = Entry(head.seq + 1, head.digest, root, at, actor, command, event, head.tree)
        entries.append(entry)
        head = entry.head
    return entries


def read(line: str) -> Entry:
    """The entry of a line. Malformed: not canonical, unknown kind or version, wrong fields."""
    try:
        line.encode()
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Malformed("not JSON") from error
    if not isinstance(value, dict) or canonical(value) != line:
        raise Malformed("not canonical")
    if value.pop("v", None) != VERSION:
        raise Malformed("unknown version")
    entry = _entry(value)
    if entry.line != line:
        raise Malformed("not canonical")
    return entry


def _entry(value: dict[str, Plain]) -> Entry:
    event = value.get("event")
    if value.keys() != {"actor", "at", "command", "event", "prev", "seq", "tree"} or not isinstance(
        event, dict
    ):
        raise Malformed("wrong fields")
    kind = KINDS.get(str(event.pop("kind", None)))
    if kind is None:
        raise Malformed("unknown kind of event")
    seq, prev, at, command = value["seq"], value["prev"], value["at"], value["command"]
    tree = value["tree"]
    if type(seq) is not int or not all(isinstance(v, str) for v in (prev, tree, at, command)):
        raise Malformed("wrong types")
    return Entry(
        seq,
        str(prev),
        str(tree),
        instant(str(at)),
        built(Actor, value["actor"]),
        CommandId(str(command)),
        built(kind, event),
    )


@dataclass(frozen=True, slots=True)
class Fault:
    """The first place where a journal does not hold: the sequence number that should stand there."""

    seq: int
    why: str


def check(lines: Sequence[str], head: Head) -> Fault | None:
    """Walk the chain; the first fault, or None where every line and the head hold.

    An altered, dropped or swapped line is found at its index; a cut-off end by the head.
    """
    at = EMPTY
    for seq, line in enumerate(lines, start=1):
        try:
            entry = read(line)
        except Malformed as error:
            return Fault(seq, str(error))
        if entry.seq != seq:
            return Fault(seq, f"numbered {entry.seq}")
        if entry.prev != at.digest:
            return _broken_link(lines, head, entry)
        if at.tree is None or entry.tree != at.tree.root:
            return Fault(seq, "its tree is not that of the entries before it")
        at = entry.head_after(at)
    if at.seq < head.seq:
        return Fault(at.seq + 1, "missing")
    if at.seq > head.seq:
        return Fault(head.seq + 1, "beyond the head")
    return None if at == head else Fault(at.seq, "does not match the head")


def _broken_link(lines: Sequence[str], head: Head, entry: Entry) -> Fault:
    """Whether this entry was altered or the one before it: an intact one still fits what follows it."""
    follows = head.digest
    if entry.seq < len(lines):
        try:
            follows = read(lines[entry.seq]).prev
        except Malformed:
            follows = ""
    if follows == entry.head.digest and entry.seq > 1:
        return Fault(entry.seq - 1, "does not match the digest in the next entry")
    return Fault(entry.seq, "does not continue the entry before it")
