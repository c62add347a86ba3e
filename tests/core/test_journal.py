"""The chain: one way of writing each fact, and nothing altered, dropped, swapped or cut off that is not found."""

import hashlib
import json
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from simulator import convened
from strategies import events, journals, of_type

from kiosk.core.ballot_terms import Channel, Choice
from kiosk.core.events import BallotCast, CheckedIn, Event, PublicationOpened
from kiosk.core.history import replay
from kiosk.core.journal import (
    EMPTY,
    GENESIS,
    KINDS,
    VERSION,
    Fault,
    Head,
    canonical,
    chain,
    check,
    digest,
    read,
)
from kiosk.core.refusals import Malformed
from kiosk.core.terms import CommandId, DeviceId, MatterId, MeetingId, PersonId, Role, Stage, VoteId
from kiosk.core.tree import Tree
from kiosk.core.values import Actor

THIRD = settings(max_examples=settings().max_examples // 3)

# A journal written by hand, and its digests by `printf %s LINE | sha256sum`: see the test that says so.
GOLDEN = (
    (
        '{"actor":{"device":null,"person":"p0003","role":"secretary"},"at":"2026-11-22T01:00:00.000Z",'
        '"command":"c1","event":{"kind":"CheckedIn","meeting":"m1","person":"龚䶮山"},'
        '"prev":"0000000000000000000000000000000000000000000000000000000000000000","seq":1,'
        '"tree":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","v":2}'
    ),
    (
        '{"actor":{"device":"screen-1","person":"p0007","role":"voter"},"at":"2026-11-22T01:30:00.250Z",'
        '"command":"c2","event":{"answer":["abstain"],"channel":"kiosk_screen","kind":"BallotCast",'
        '"meeting":"m1","person":"p0007","vote":"v1"},'
        '"prev":"a768d73dd6eaaeedf1e76d901a91d6218700cc78d2346964592dac9d2e0be38e","seq":2,'
        '"tree":"bfc5f3560f596f12d33904d9b0d6752004c48199fc0692d13426905f2677a3da","v":2}'
    ),
)
DIGESTS = (
    "a768d73dd6eaaeedf1e76d901a91d6218700cc78d2346964592dac9d2e0be38e",
    "e20ca09e8f8412433365a0d687e21ebe87a700c5ea42c7ae378e895e3c2e10b0",
)
CHECK_CODE = "8570-5551-6531-5651"


@pytest.fixture(scope="module")
def story():
    """A whole meeting of three: lines and head."""
    sim = convened(entitled=3, observers=1).check_in(3).open().recuse("v03").open_vote()
    sim.cast(2).close().adjourn()
    return sim.lines(), sim.head()


def asked(command="c1"):
    at = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
    return {"at": at, "actor": Actor(Role.KIOSK), "command": CommandId(command)}


def seq_of(fault):
    return None if fault is None else fault.seq


# --- writing and reading


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
@THIRD
@given(data=st.data())
def test_every_kind_of_event_is_read_as_it_was_written(kind, data):
    entry, *_ = chain(EMPTY, [data.draw(of_type(kind))], **asked())
    again = read(entry.line)
    assert again == entry
    assert again.line == entry.line
    assert again.head == entry.head


def test_every_event_has_its_kind():
    assert set(KINDS.values()) == set(get_args(Event))
    assert all(name == kind.__name__ for name, kind in KINDS.items())


@THIRD
@given(journals())
def test_a_journal_of_any_events_holds(entries):
    assert check([entry.line for entry in entries], entries[-1].head) is None


@given(events())
def test_a_line_is_one_line_of_sorted_json_without_spaces_or_escapes_it_does_not_need(event):
    entry, *_ = chain(EMPTY, [event], **asked())
    value = json.loads(entry.line)
    written = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert entry.line == written
    assert "\n" not in entry.line
    assert set(value) == {"actor", "at", "command", "event", "prev", "seq", "tree", "v"}


def test_the_entries_of_one_command_are_linked_to_the_head_and_to_each_other():
    facts = [CheckedIn(MeetingId("m"), PersonId(p)) for p in "abc"]
    first, second, third = chain(Head(7, "ab" * 32, Tree()), facts, **asked())
    assert (first.seq, first.prev) == (8, "ab" * 32)
    assert (second.seq, second.prev) == (9, first.head.digest)
    assert (third.seq, third.prev) == (10, second.head.digest)
    assert {entry.command for entry in (first, second, third)} == {"c1"}


@pytest.mark.parametrize(
    "change",
    [
        lambda v: v | {"v": 1},
        lambda v: v | {"v": 3},
        lambda v: v | {"tree": None},
        lambda v: v | {"v": True},
        lambda v: v | {"v": 1.0},
        lambda v: {k: x for k, x in v.items() if k != "v"},
        lambda v: v | {"seq": "1"},
        lambda v: v | {"seq": 1.0},
        lambda v: v | {"seq": True},
        lambda v: v | {"prev": None},
        lambda v: v | {"command": 7},
        lambda v: v | {"at": "2026-11-22T01:00:00Z"},
        lambda v: v | {"at": 7},
        lambda v: v | {"actor": None},
        lambda v: v | {"actor": v["actor"] | {"role": "king"}},
        lambda v: v | {"event": []},
        lambda v: v | {"event": v["event"] | {"kind": "Unheard"}},
        lambda v: v | {"event": v["event"] | {"kind": None}},
        lambda v: v | {"event": v["event"] | {"more": 1}},
        lambda v: v | {"event": {k: x for k, x in v["event"].items() if k != "kind"}},
        lambda v: v | {"more": 1},
        lambda v: {k: x for k, x in v.items() if k != "prev"},
    ],
)
def test_a_line_with_anything_else_in_it_is_malformed(change):
    line = canonical(change(json.loads(GOLDEN[0])))
    with pytest.raises(Malformed):
        read(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "not json",
        "[]",
        "null",
        "{}",
        "NaN",
        GOLDEN[0] + " ",
        " " + GOLDEN[0],
        GOLDEN[0] + "\n",
        GOLDEN[0].replace('"seq":1', '"seq": 1'),
        GOLDEN[0].replace('"seq":1', '"seq":01'),
        GOLDEN[0].replace('"seq":1', '"seq":1,"seq":1'),
        GOLDEN[0].replace("龚", "\\u9f9a"),
        GOLDEN[0].replace('"v":2}', '"w":2}'),
        GOLDEN[0].replace("龚", "\ud800"),
        GOLDEN[0][:-1],
        "[" * 100_000,
    ],
)
def test_a_line_written_in_another_way_is_malformed(line):
    with pytest.raises(Malformed):
        read(line)


def test_a_day_written_in_another_way_is_malformed():
    day = datetime(2026, 11, 22, tzinfo=UTC).date()
    published = PublicationOpened(
        MatterId("a"), Stage.RESOLUTION_PUBLIC, MeetingId("m"), VoteId("v"), 2026, 1, day, day, ""
    )
    entry, *_ = chain(EMPTY, [published], **asked())
    with pytest.raises(Malformed):
        read(entry.line.replace("2026-11-22", "20261122"))


# --- the golden journal


def test_the_golden_journal_is_written_as_it_stands():
    one, *_ = chain(
        EMPTY,
        [CheckedIn(MeetingId("m1"), PersonId("龚䶮山"))],
        at=datetime(2026, 11, 22, 1, 0, tzinfo=UTC),
        actor=Actor(Role.SECRETARY, PersonId("p0003")),
        command=CommandId("c1"),
    )
    ballot = BallotCast(
        MeetingId("m1"), VoteId("v1"), PersonId("p0007"), (Choice.ABSTAIN,), Channel.KIOSK_SCREEN
    )
    two, *_ = chain(
        one.head,
        [ballot],
        at=datetime(2026, 11, 22, 1, 30, 0, 250_000, tzinfo=UTC),
        actor=Actor(Role.VOTER, PersonId("p0007"), DeviceId("screen-1")),
        command=CommandId("c2"),
    )
    assert (one.line, two.line) == GOLDEN
    assert (one.head.digest, two.head.digest) == DIGESTS
    assert two.head.check_code == CHECK_CODE


def test_the_golden_journal_holds():
    assert check(GOLDEN, Head(2, DIGESTS[1])) is None
    assert read(GOLDEN[1]).event.answer == (Choice.ABSTAIN,)


@pytest.mark.parametrize(("line", "known"), list(zip(GOLDEN, DIGESTS, strict=True)))
def test_anybody_can_compute_a_digest_from_the_bytes_of_a_line(line, known):
    assert digest(line) == known == hashlib.sha256(line.encode("utf-8")).hexdigest()
    tool = shutil.which("sha256sum")
    if tool:
        ran = subprocess.run([tool], input=line.encode(), capture_output=True, check=True)
        assert ran.stdout.decode().split()[0] == known


def test_the_chain_begins_with_sixty_four_zeros_and_version_two():
    assert (EMPTY.seq, EMPTY.digest, GENESIS, VERSION) == (0, "0" * 64, "0" * 64, 2)


@pytest.mark.parametrize(
    ("first_digits", "code"),
    [
        ("0000000000000000", "0000-0000-0000-0000"),
        ("00000000000000ff", "0000-0000-0000-0255"),
        ("ffffffffffffffff", "6744-0737-0955-1615"),  # 18446744073709551615
        ("002386f26fc10000", "0000-0000-0000-0000"),  # 10 ** 16
        ("002386f26fc0ffff", "9999-9999-9999-9999"),
    ],
)
def test_the_check_code_is_the_last_sixteen_decimals_of_the_first_sixteen_digits(
    first_digits, code
):
    assert Head(1, first_digits + "5" * 48).check_code == code


# --- tampering


def test_the_story_holds(story):
    assert check(*story) is None


def test_a_journal_begins_with_the_founding_or_tells_nothing(story):
    lines, _ = story
    entry = read(lines[1])
    assert replay([]) is None
    with pytest.raises(ValueError, match="begins with VillageFounded"):
        replay([entry])


def test_an_empty_journal_holds_and_a_lost_one_does_not(story):
    assert check([], EMPTY) is None
    assert check([], story[1]) == Fault(1, "missing")


def altered(line, place, byte):
    """The line as it would be read from a file in which one byte was overwritten."""
    octets = bytearray(line.encode())
    octets[place] = byte
    return octets.decode(errors="surrogateescape")


def test_any_single_byte_altered_anywhere_is_found_at_its_line(story):
    lines, _ = story
    lines = lines[:4]
    head = read(lines[-1]).head
    for index, line in enumerate(lines):
        for place, byte in enumerate(line.encode()):
            bent = altered(line, place, byte ^ (1 << place % 8))
            fault = check([*lines[:index], bent, *lines[index + 1 :]], head)
            assert seq_of(fault) == index + 1, (fault, bent)


@given(st.data())
def test_any_byte_altered_in_a_whole_meeting_is_found_at_its_line(story, data):
    lines, head = story
    index = data.draw(st.integers(0, len(lines) - 1))
    octets = lines[index].encode()
    place = data.draw(st.integers(0, len(octets) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda other: other != octets[place]))
    bent = [*lines[:index], altered(lines[index], place, byte), *lines[index + 1 :]]
    assert seq_of(check(bent, head)) == index + 1


def test_any_other_value_in_a_field_is_found_at_its_line(story):
    lines, head = story
    for index, line in enumerate(lines):
        value = json.loads(line)
        other = canonical(value | {"command": "another"})
        bent = [*lines[:index], other, *lines[index + 1 :]]
        assert seq_of(check(bent, head)) == index + 1


def test_a_line_altered_before_an_unreadable_one_is_found_at_its_place(story):
    lines, head = story
    other = canonical(json.loads(lines[3]) | {"prev": "ab" * 32})
    assert seq_of(check([*lines[:3], other, "unreadable", *lines[5:]], head)) == 4


def test_an_altered_last_line_is_found_by_the_head(story):
    lines, head = story
    last = lines[-1].replace('"year":2026', '"year":2027')
    assert last != lines[-1]
    assert check([*lines[:-1], last], head) == Fault(head.seq, "does not match the head")


def test_a_chain_that_does_not_begin_with_the_zeros_is_found_at_its_first_line():
    facts = [CheckedIn(MeetingId("m"), PersonId(person)) for person in "ab"]
    entries = chain(Head(0, "ab" * 32, Tree()), facts, **asked())
    assert seq_of(check([entry.line for entry in entries], entries[-1].head)) == 1


def test_a_chain_rewritten_from_one_line_on_is_found_by_the_head(story):
    lines, head = story
    forged, at = [], EMPTY
    for entry in (read(line) for line in lines):
        command = CommandId("forged") if at.seq >= 10 else entry.command
        link = replace(entry, prev=at.digest, tree=at.tree.root, before=at.tree, command=command)
        forged.append(link)
        at = link.head
    fault = check([entry.line for entry in forged], head)
    assert fault == Fault(head.seq, "does not match the head")


def test_a_chain_rewritten_without_its_tree_is_found_at_the_line_after_the_first(story):
    lines, head = story
    forged, at = [], EMPTY
    for entry in (read(line) for line in lines):
        link = replace(entry, prev=at.digest, command=CommandId(f"forged-{at.seq >= 10}"))
        forged.append(link.line)
        at = link.head
    assert seq_of(check(forged, head)) == 2


def test_a_dropped_line_is_found_at_its_place(story):
    lines, head = story
    for index in range(len(lines)):
        fault = check(lines[:index] + lines[index + 1 :], head)
        assert seq_of(fault) == index + 1


def test_two_swapped_lines_are_found_at_the_first(story):
    lines, head = story
    for first in range(len(lines)):
        for second in range(first + 1, min(first + 4, len(lines))):
            swapped = list(lines)
            swapped[first], swapped[second] = swapped[second], swapped[first]
            assert seq_of(check(swapped, head)) == first + 1


def test_a_line_told_twice_is_found_where_the_next_should_stand(story):
    lines, head = story
    for index in range(len(lines)):
        doubled = [*lines[: index + 1], *lines[index:]]
        assert seq_of(check(doubled, head)) == index + 2


def test_a_cut_off_end_is_found_at_the_first_line_that_is_missing(story):
    lines, head = story
    for kept in range(len(lines)):
        assert check(lines[:kept], head) == Fault(kept + 1, "missing")


def test_lines_beyond_the_head_are_found(story):
    lines, head = story
    longer, *_ = chain(head, [CheckedIn(MeetingId("m4"), PersonId("v01"))], **asked())
    assert check([*lines, longer.line], head) == Fault(head.seq + 1, "beyond the head")


def test_lines_of_another_village_are_found(story):
    lines, head = story
    strangers = convened(entitled=4).check_in(4).open().lines()
    for index, (line, other) in enumerate(zip(lines, strangers, strict=False)):
        if other != line:
            fault = check([*lines[:index], other, *lines[index + 1 :]], head)
            assert seq_of(fault) in {index, index + 1}
