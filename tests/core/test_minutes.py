"""The minutes as data: who came and went, what was said, changed and voted; and what the public edition keeps back."""

import pytest
from simulator import MATTER, convened, voting
from test_redaction import found, public

from kiosk.core import commands as c
from kiosk.core.ballot_terms import Method
from kiosk.core.journal import read
from kiosk.core.papers import Point, Standing, attendance_sheet, minutes
from kiosk.core.refusals import Reason
from kiosk.core.terms import Body, Edition, Paper, PersonId, Role
from kiosk.core.values import Actor

RECORDER, CHAIR = PersonId("v02"), PersonId("v03")
PRIVATE = "13800138000"


def told(sim):
    """The minutes as they stand now."""
    return minutes(sim.village(), sim.meeting_id, [read(line) for line in sim.lines()])


def note(sim, text, matter=MATTER, strikes=0):
    sim.do(c.NoteMinutes(sim.meeting_id, RECORDER, matter, text, strikes))
    return sim


def approve(sim):
    head = sim.meeting().minutes.business
    sim.do(c.ReadMinutes(sim.meeting_id, RECORDER, head.seq, head.digest))
    sim.do(c.ApproveMinutes(sim.meeting_id, CHAIR, head.seq, head.digest))
    return sim


def lively(body=Body.REPRESENTATIVES, **vote):
    """A meeting in which much happens."""
    sim = convened(9, observers=2, body=body).arrive("o01").check_in(7).open().take()
    sim.give("v01").end_speech().amend("修两公里", "两边种树")
    note(sim, f"有人问路宽，电话{PRIVATE}。")
    note(sim, "有人问路宽几米。", strikes=1).recuse("v07").leave("v06").arrive("v06")
    return sim.open_vote(**vote)


def test_presence_has_every_coming_and_going_with_its_time():
    paper = told(lively().cast(5, 1).close())
    coming = {one.seat.person: [m.came for m in one.movements] for one in paper.entitled}
    assert coming["v06"] == [True, False, True]
    assert coming["v01"] == [True]
    assert coming["v09"] == []
    assert [len(one.movements) for one in paper.attending] == [1, 0]


def test_an_item_tells_its_changes_speakers_notes_recusals_and_votes():
    (item,) = told(lively().cast(5, 1).close()).items
    revision, mover = item.amended
    assert (revision.proposal_after, mover) == (("修两公里", "两边种树"), "某v01")
    assert [one.name for one in item.speeches] == ["某v01"]
    assert [one.note.struck_by for one in item.notes] == [2, 0]
    assert item.notes[0].recorder == "某v02"
    assert item.recused == (("某v07", "本人承包"),)
    assert [held.ordinal for held in item.votes] == [1]


def test_a_void_vote_stays_and_a_vote_that_is_open_is_not_told():
    sim = lively().cast(2)
    assert told(sim).items[0].votes == ()
    sim.do(c.VoidVote(sim.meeting_id, sim.vote_id, "点错了议题"))
    sim.open_vote().cast(5, 1).close()
    first, second = told(sim).items[0].votes
    assert (first.vote.is_void, second.vote.is_void) == (True, False)


def test_minutes_are_a_draft_then_approved_or_adjourned_without():
    sim = lively().cast(5, 1).close()
    assert told(sim).standing is Standing.DRAFT
    assert told(lively().cast(5, 1).close().adjourn()).standing is Standing.UNAPPROVED
    paper = told(approve(sim).adjourn())
    assert paper.standing is Standing.APPROVED
    assert (paper.officers.chairs, paper.officers.recorders) == (("某v03",), ("某v02",))
    assert paper.officers.supervisors == ("某o01",), "who came, not who was called"


def test_the_heads_are_kept_from_the_opening_to_the_end():
    sim = approve(lively().cast(5, 1).close()).adjourn()
    points = [(kept.point, kept.vote) for kept in told(sim).heads]
    assert points == [
        (Point.OPENED, 0),
        (Point.VOTE_CLOSED, 1),
        (Point.APPROVED, 0),
        (Point.CLOSED, 0),
    ]
    assert told(sim).heads[-1].head == sim.village().closing


def test_the_same_journal_gives_the_same_minutes_whatever_was_written_after():
    sim = lively().cast(5, 1).close().adjourn()
    entries = [read(line) for line in sim.lines()]
    before = minutes(sim.village(), sim.meeting_id, entries)
    sim.do(c.PinNote(sim.meeting_id, sim.meeting().opened_at, "没有念方案。"))
    after = minutes(sim.village(), sim.meeting_id, [read(line) for line in sim.lines()])
    assert (after.items, after.heads, after.entitled) == (
        before.items,
        before.heads,
        before.entitled,
    )


def test_public_minutes_name_who_sits_there_in_office_and_nobody_who_spoke_moved_or_stood_aside():
    paper = told(approve(lively().cast(5, 1).close()).adjourn())
    shown = public(paper)
    assert found(paper, "v01", "本人承包", PRIVATE) == ["v01", "本人承包", PRIVATE]
    assert found(shown, "v01", "本人承包", PRIVATE, "有人问路宽，") == ["v01"], (
        "in his own name only"
    )
    assert [one.seat.name for one in shown.entitled][:2] == ["某v01", "某v02"]
    assert shown.items[0].amended[1] == ""
    assert [one.name for one in shown.items[0].speeches] == [""]
    tallies = [held.vote.tally for held in paper.items[0].votes]
    assert [held.vote.tally for held in shown.items[0].votes] == tallies


@pytest.mark.parametrize("body", [Body.ASSEMBLY, Body.PARTY_MEETING])
def test_of_villagers_public_minutes_and_attendance_have_numbers_only(body):
    sim = lively(body).cast(5, 1).close().adjourn()
    shown, sheet = public(told(sim)), public(attendance_sheet(sim.village(), sim.meeting_id))
    assert found(shown.entitled, "某v01") == found(sheet.entitled, "某v01") == []
    assert shown.unnamed == (7, 2), "who came, and who stayed away"
    assert sheet.unnamed == ((1, 9),)
    assert [one.seat.name for one in sheet.attending] == ["某o01", "某o02"]


def test_a_secret_vote_leaves_in_public_minutes_not_even_who_voted():
    sim = lively(method=Method.SECRET).cast(5, 1).witness().close().adjourn()
    (held,) = public(told(sim)).items[0].votes
    assert found(held, *sim.meeting().seats) == []


def test_attendance_holds_who_came_against_who_was_called():
    sim = lively().cast(5, 1).close().check_in(1).adjourn()
    sheet = attendance_sheet(sim.village(), sim.meeting_id)
    assert (sheet.quorum.count, sheet.quorum.base, sheet.came) == (7, 9, 8)
    assert [one.arrived_at is not None for one in sheet.entitled] == [True] * 8 + [False]


def test_both_papers_are_due_when_the_meeting_is_over_and_not_before():
    sim = voting(present=30)
    seq = len(sim.lines())
    early = c.IssuePaper(sim.meeting_id, Paper.MINUTES, Edition.ARCHIVE, seq, seq, 9, "ab" * 32)
    assert sim.reason(early, Actor(Role.KIOSK)) is Reason.PAPER_NOT_DUE
