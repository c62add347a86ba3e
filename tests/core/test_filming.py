"""The film of a meeting: only of one that was opened, each part once, gaps and marks on record."""

from dataclasses import replace

from simulator import convened, refused, voting

from kiosk.core import commands as c
from kiosk.core import events as e
from kiosk.core.meetings.film_room import planned_minutes
from kiosk.core.refusals import Reason
from kiosk.core.terms import Moment, VoteId


def recorded_commands(sim):
    at = sim.clock.at
    return (
        c.SealSegment(sim.meeting_id, "part-0001.mp4", 9, "ab" * 32, at, at, 600_000, 9, "cd" * 32),
        c.NoteInterruption(sim.meeting_id, at, at, "摄像头断开"),
        c.MarkVideo(
            sim.meeting_id, sim.vote_id, Moment.OPENED, "part-0001.mp4", 1_500, 9, "cd" * 32
        ),
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


# --- room for the film


def short(sim, minutes=4):
    """A meeting with its quorum there, before which the disk held so much film."""
    sim.check_in(30).do(c.ReportFilmRoom(sim.meeting_id, minutes))
    return sim


def test_a_meeting_that_the_disk_cannot_hold_is_not_opened_and_the_numbers_say_why():
    sim = short(convened())
    error = refused(lambda: sim.do(c.OpenMeeting(sim.meeting_id)))
    assert error.reason is Reason.FILM_ROOM_SHORT
    assert error.facts == {"room": 4, "planned": planned_minutes(sim.meeting())}


def test_the_chair_may_accept_that_the_film_is_not_whole_and_that_is_on_record():
    sim = short(convened())
    sim.do(c.AcceptShortFilm(sim.meeting_id))
    planned = planned_minutes(sim.meeting())
    assert sim.events()[-1] == e.ShortFilmAccepted(sim.meeting_id, 4, planned)
    lines = sim.lines()
    sim.do(c.AcceptShortFilm(sim.meeting_id))
    assert sim.lines() == lines
    sim.do(c.OpenMeeting(sim.meeting_id))
    assert sim.meeting().in_session


def test_room_that_was_made_lets_the_meeting_open():
    sim = short(convened())
    sim.do(c.ReportFilmRoom(sim.meeting_id, planned_minutes(sim.meeting())))
    sim.do(c.OpenMeeting(sim.meeting_id))
    assert sim.meeting().in_session


def test_there_is_nothing_to_accept_where_the_disk_holds_the_film():
    sim = convened().check_in(30)
    lines = sim.lines()
    sim.do(c.AcceptShortFilm(sim.meeting_id))
    assert sim.lines() == lines
    sim.do(c.ReportFilmRoom(sim.meeting_id, 20))
    lines = sim.lines()
    sim.do(c.ReportFilmRoom(sim.meeting_id, 20))
    assert sim.lines() == lines
    assert sim.reason(c.ReportFilmRoom(sim.meeting_id, -1)) is Reason.COUNT_NEGATIVE


def test_room_is_said_before_the_meeting_only():
    sim = voting()
    assert sim.reason(c.ReportFilmRoom(sim.meeting_id, 1)) is Reason.ALREADY_IN_SESSION
