"""One matter through its stages, the publication of its resolution, the paper and the video about it."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from simulator import BODIES, FIRST_DAY, MATTER, MeetingSimulator, convened, refused, voting

from kiosk.core import commands as c
from kiosk.core.events import PublicationOpened
from kiosk.core.papers import resolution
from kiosk.core.publicity import last_day
from kiosk.core.refusals import Reason
from kiosk.core.terms import (
    CHINA,
    STAGES,
    Body,
    MatterId,
    Moment,
    Paper,
    Stage,
    VoteId,
    day_of,
)

WELL = MatterId("well")
ISSUED = c.IssuePaper(MATTER, Paper.RESOLUTION, 90, 40_000, "ab" * 32)


def progress(sim, days=0):
    on = day_of(sim.clock.at) + timedelta(days)
    return [sim.matter().progress(stage, on).value for stage in STAGES]


def decided(present=30, votes_for=30):
    against = present - votes_for
    return voting(present).cast(votes_for, against).close().adjourn()


# --- stages


def test_a_matter_goes_through_the_stages_one_by_one():
    sim = MeetingSimulator().found()
    for done, body in enumerate(BODIES):
        assert progress(sim) == ["done"] * done + ["now"] + ["todo"] * (5 - done)
        sim.hold(body)
    assert progress(sim) == ["done"] * 4 + ["now", "todo"]


def test_the_results_are_not_due_before_the_resolution_has_hung_its_whole_time():
    sim = decided()
    assert progress(sim, 14) == ["done"] * 4 + ["now", "todo"]
    assert progress(sim, 15) == ["done"] * 5 + ["now"]


@pytest.mark.parametrize("body", BODIES)
def test_a_defeated_matter_stays_at_its_stage_and_may_be_voted_on_by_a_new_meeting(body):
    sim = MeetingSimulator().found().carried_up_to(body).hold(body, 3, against=2)
    stage = STAGES[BODIES.index(body)]
    assert sim.matter().next_deliberation is stage
    assert sim.matter().deliberations[stage].carried is False
    sim.hold(body, 3, against=1)
    assert sim.matter().deliberations[stage].carried is True
    assert sim.matter().next_deliberation is not stage


def test_a_resolution_that_did_not_carry_stays_where_it_is_whatever_days_go_by():
    sim = decided(votes_for=3)
    assert sim.matter().publication is not None
    for days in (0, 14, 15, 100):
        assert progress(sim, days) == ["done"] * 3 + ["now", "todo", "todo"]


def test_an_older_publication_does_not_count_for_a_matter_carried_later():
    sim = decided(votes_for=3)
    sim.clock.pass_days(30)
    sim.convene(Body.REPRESENTATIVES, 3).check_in(3).open().open_vote().cast(3).close()
    assert progress(sim) == ["done"] * 4 + ["now", "todo"]


# --- publication


def test_a_resolution_is_public_for_fifteen_days_the_first_and_the_last_counted():
    sim = decided()
    publication = sim.matter().publication
    assert publication.first_day == day_of(sim.clock.at)
    assert publication.last_day == publication.first_day + timedelta(14)
    assert publication.days() == 15
    assert last_day(date(2026, 11, 22)) == date(2026, 12, 6)


def test_a_publication_runs_over_the_end_of_a_year():
    assert last_day(date(2026, 12, 25)) == date(2027, 1, 8)
    sim = convened(3).until_the_day()
    sim.clock.at = datetime(2026, 12, 31, 23, 0, tzinfo=CHINA)
    sim.check_in(3).open().open_vote().cast(3).close().adjourn()
    publication = sim.matter().publication
    assert (publication.year, publication.number) == (2026, 1)
    assert publication.last_day == date(2027, 1, 14)


def test_the_first_day_is_that_of_china_and_not_of_greenwich():
    sim = convened(3).until_the_day()
    sim.clock.at = datetime(2027, 1, 1, 0, 30, tzinfo=CHINA)
    sim.check_in(3).open().open_vote().cast(3).close().adjourn()
    publication = sim.matter().publication
    assert (publication.year, publication.first_day) == (2027, date(2027, 1, 1))


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(-3, 20))
def test_the_days_left_count_today_and_end_with_the_last(first, later):
    publication = decided_publication(first)
    on = first + timedelta(later)
    assert publication.days_left(on) == max(0, 15 - max(later, 0))
    assert publication.is_over(on) is (later > 14)


def decided_publication(first):
    publication = PUBLISHED.matter().publication
    return replace(publication, first_day=first, last_day=last_day(first))


PUBLISHED = decided()


def test_resolutions_are_numbered_by_year_across_all_matters():
    sim = MeetingSimulator().found(MATTER, WELL)
    sim.carried_up_to(Body.REPRESENTATIVES, (MATTER, WELL))
    sim.hold(Body.REPRESENTATIVES, 3, against=2, agenda=(MATTER, WELL))
    sim.hold(Body.REPRESENTATIVES, 3, against=2)
    sim.clock.at = FIRST_DAY.replace(year=2027)
    sim.hold(Body.REPRESENTATIVES, 3)
    numbers = [
        (e.year, e.number, e.matter) for e in sim.events() if isinstance(e, PublicationOpened)
    ]
    assert numbers == [
        (2026, 1, MATTER),
        (2026, 2, WELL),
        (2026, 3, MATTER),
        (2027, 1, MATTER),
    ]


@pytest.mark.parametrize("body", BODIES[:3])
def test_only_the_decision_is_published(body):
    sim = MeetingSimulator().found().carried_up_to(body).hold(body)
    assert not any(isinstance(event, PublicationOpened) for event in sim.events())


def test_a_meeting_that_decided_nothing_publishes_nothing():
    sim = convened(3).check_in(3).open().adjourn()
    assert sim.matter().publication is None


# --- papers


def test_the_paper_of_a_resolution_says_what_the_journal_says():
    sim = decided(votes_for=16)
    paper = resolution(sim.village(), MATTER, sim.head())
    assert paper.carried
    assert (paper.tally.votes_for, paper.tally.present) == (16, 30)
    assert (paper.quorum.count, paper.quorum.base) == (30, 45)
    assert (paper.majority.count, paper.majority.base) == (16, 30)
    assert [earlier.stage for earlier in paper.earlier] == list(Stage)[:3]
    assert paper.head == sim.head()


def test_a_paper_may_be_drawn_for_an_earlier_publication_of_the_matter():
    sim = decided(votes_for=3)
    first = sim.matter().publication
    sim.hold(Body.REPRESENTATIVES, 3)
    assert resolution(sim.village(), MATTER, sim.head()).carried
    assert not resolution(sim.village(), MATTER, sim.head(), first).carried


def test_there_is_no_paper_before_the_resolution_is_published():
    sim = voting().cast(30).close()
    assert sim.reason(ISSUED) is Reason.PAPER_NOT_DUE
    refusal = refused(lambda: resolution(sim.village(), MATTER, sim.head()))
    assert refusal.reason is Reason.PAPER_NOT_DUE
    assert sim.reason(replace(ISSUED, matter=WELL)) is Reason.NO_SUCH_MATTER


def test_the_same_paper_is_issued_once():
    sim = decided()
    sim.do(ISSUED)
    lines = sim.lines()
    sim.do(ISSUED)
    assert sim.lines() == lines


def test_one_entry_of_the_journal_gives_one_paper_and_no_other_bytes():
    sim = decided()
    sim.do(ISSUED)
    assert sim.reason(replace(ISSUED, sha256="cd" * 32)) is Reason.PAPER_ISSUED
    assert sim.reason(replace(ISSUED, size_bytes=1)) is Reason.PAPER_ISSUED
    sim.do(replace(ISSUED, from_seq=ISSUED.from_seq + 1, sha256="cd" * 32))
    assert len(sim.village().papers) == 2


# --- video


def recorded_commands(sim):
    at = sim.clock.at
    return (
        c.SealSegment(sim.meeting_id, "part-0001.mp4", 9, "ab" * 32, at, at, 600_000),
        c.NoteInterruption(sim.meeting_id, at, at, "摄像头断开"),
        c.MarkVideo(sim.meeting_id, sim.vote_id, Moment.OPENED, "part-0001.mp4", 1_500),
        c.StopRecording(sim.meeting_id),
    )


def test_there_is_no_video_before_the_meeting_opens():
    sim = convened().check_in(30)
    start = c.StartRecording(sim.meeting_id, "camera", sound=True)
    assert sim.reason(start) is Reason.NOT_IN_SESSION


def test_nothing_is_said_of_a_video_that_was_not_begun():
    sim = voting()
    for command in recorded_commands(sim):
        assert sim.reason(command) is Reason.NO_SUCH_RECORDING


def test_the_journal_knows_the_parts_gaps_and_marks_of_the_video():
    sim = voting()
    sim.do(c.StartRecording(sim.meeting_id, "camera", sound=True))
    assert sim.meeting().recording.is_running
    began = sim.meeting().recording.started_at
    for command in recorded_commands(sim):
        sim.do(command)
    known = sim.meeting().recording
    assert [len(known.segments), len(known.interruptions), len(known.marks)] == [1, 1, 1]
    assert not known.is_running
    sim.do(c.StartRecording(sim.meeting_id, "card", sound=False))
    assert sim.meeting().recording.is_running
    assert sim.meeting().recording.started_at == began


def test_a_part_is_sealed_once_and_the_recorder_ends_once():
    sim = voting()
    sim.do(c.StartRecording(sim.meeting_id, "camera", sound=True))
    seal, _, _, stop = recorded_commands(sim)
    sim.do(seal)
    sim.do(stop)
    lines = sim.lines()
    sim.do(replace(seal, sha256="cd" * 32))
    sim.do(stop)
    assert sim.lines() == lines


def test_a_mark_names_a_vote_of_the_meeting():
    sim = voting()
    sim.do(c.StartRecording(sim.meeting_id, "camera", sound=True))
    *_, mark, _ = recorded_commands(sim)
    assert sim.reason(replace(mark, vote=VoteId("unknown"))) is Reason.NO_SUCH_VOTE


def test_the_last_part_may_be_sealed_after_the_meeting():
    sim = voting()
    sim.do(c.StartRecording(sim.meeting_id, "camera", sound=True))
    sim.cast(30).close().adjourn()
    seal, _, _, stop = recorded_commands(sim)
    sim.do(seal)
    sim.do(stop)
    assert len(sim.meeting().recording.segments) == 1
