"""Writing a record anew: edits of the entries of a journal, chained again so that only the rules can tell.

A forgery is a function from entries to entries; it may edit them in place and answer nothing.

    forged(lines, drop("MeetingPaused"), put("PublicationOpened", last_day="2026-11-28"))
"""

import hashlib
import json

from kiosk.core.tree import Tree, subjects
from kiosk.evidence.audit import Record, Wrong


def fault(entries):
    """What the verifier finds first; empty where everything holds."""
    try:
        Record().tell(entries)
    except Wrong as wrong:
        return str(wrong)
    return ""


def canonical(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def entries_of(lines):
    return [json.loads(line) for line in lines]


def chained(entries):
    """The lines of these entries, numbered and linked anew; papers and corrections name what they named.

    A head that an event names goes on naming the entry it named: whoever writes a record anew would see to that.
    """
    told = {entry["seq"] - 1: entry["prev"] for entry in entries}
    prev, tree, lines, anew = "0" * 64, Tree(), [], {}
    for seq, entry in enumerate(entries, 1):
        event = {name: renamed(value, told, anew) for name, value in entry["event"].items()}
        event |= renamed({k: event[k] for k in ("digest", "seq") if k in event}, told, anew)
        new = {**entry, "event": event, "seq": seq, "prev": prev, "tree": tree.root}
        lines.append(canonical(new))
        prev = hashlib.sha256(lines[-1]).hexdigest()
        tree = tree.grown(prev, subjects(event))
        anew[entry["seq"]] = {"digest": prev, "seq": seq}
    return lines


def renamed(value, told, anew):
    """A head as the entry it names has it now; anything else, and a head that was no head, as it is."""
    is_head = isinstance(value, dict) and value.keys() == {"digest", "seq"}
    if is_head and told.get(value["seq"]) == value["digest"]:
        return anew.get(value["seq"], value)
    return value


def root_over(lines):
    """The root of the tree over all these lines."""
    tree = Tree()
    for line in lines:
        tree = tree.grown(hashlib.sha256(line).hexdigest(), subjects(json.loads(line)["event"]))
    return tree.root


def forged(lines, *changes):
    """The entries after the changes, numbered anew."""
    entries = entries_of(lines)
    for change in changes:
        entries = change(entries) or entries
    return entries_of(chained(entries))


def places(entries, kind, **having):
    """Where entries of that kind stand, whose events have these values."""
    return [
        place
        for place, entry in enumerate(entries)
        if entry["event"]["kind"] == kind
        and all(entry["event"][key] == value for key, value in having.items())
    ]


def event_of(entries, kind, place=-1, **having):
    return entries[places(entries, kind, **having)[place]]["event"]


# --- forgeries


def drop(kind, place=-1, **having):
    def change(entries):
        gone = places(entries, kind, **having)[place]
        return [*entries[:gone], *entries[gone + 1 :]]

    return change


def drop_all(of):
    """Everything of which `of(event)` holds."""
    return lambda entries: [entry for entry in entries if not of(entry["event"])]


def put(kind, place=-1, /, **values):
    def change(entries):
        event_of(entries, kind, place).update(values)

    return change


def deep(kind, edit, place=-1):
    """Let `edit` change the event in place."""

    def change(entries):
        edit(event_of(entries, kind, place))

    return change


def as_role(kind, role, person="somebody", place=-1):
    """Somebody else did it, in another role."""

    def change(entries):
        entries[places(entries, kind)[place]]["actor"].update(role=role, person=person)

    return change


def at(kind, instant, place=-1):
    def change(entries):
        entries[places(entries, kind)[place]]["at"] = instant

    return change


def repeat(kind, place=-1, **values):
    """The same once more, by a command of its own."""

    def change(entries):
        there = places(entries, kind)[place]
        again = json.loads(json.dumps(entries[there]))
        again["event"].update(values)
        return [*entries[: there + 1], {**again, "command": "again"}, *entries[there + 1 :]]

    return change


def insert_after(after, event, place=-1, role="secretary", person="officer"):
    """One more entry, at the instant of the one it comes after."""

    def change(entries):
        there = places(entries, after)[place]
        actor = {"role": role, "person": person, "device": None}
        command = f"inserted-{event['kind']}"
        new = {**entries[there], "actor": actor, "command": command, "event": event}
        return [*entries[: there + 1], new, *entries[there + 1 :]]

    return change


def swap(one, other):
    """Each of the two stands where the other was."""

    def change(entries):
        first, second = places(entries, one)[-1], places(entries, other)[-1]
        entries[first], entries[second] = entries[second], entries[first]

    return change


def then(*changes):
    """One change after the other."""

    def change(entries):
        for one in changes:
            entries = one(entries) or entries
        return entries

    return change


def all_at_once_after(kind):
    """Everything after the last entry of that kind happened at its instant."""

    def change(entries):
        there = places(entries, kind)[-1]
        for entry in entries[there + 1 :]:
            entry["at"] = entries[there]["at"]

    return change
