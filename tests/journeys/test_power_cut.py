"""kill -9 of the whole server between two votes: the meeting resumes where it stood, and the gap has a name."""

import pytest

from kiosk.core.ballot_terms import Choice
from kiosk.demo.story import MATTER, TODAY
from kiosk.rehearsal.meeting import VOTE, Rehearsal
from kiosk.rehearsal.visitors import Said


@pytest.fixture
def rehearsal(server):
    running, codes = server
    rehearsal = Rehearsal(running, codes)
    rehearsal.gather()
    yield rehearsal
    rehearsal.hall.close()


def test_after_a_power_cut_the_meeting_resumes_at_the_same_vote(rehearsal):
    voters = [seat for seat in rehearsal.meeting().seats.values() if seat.votes]
    officer, screen = rehearsal.officer, rehearsal.ballots[0]
    for seat in voters[:30]:
        officer.send("/checkin/in", meeting=TODAY, person=seat.person)
    rehearsal.open()
    officer.send("/console/vote", meeting=TODAY, matter=MATTER, running_tally="yes")
    for seat in voters[:3]:
        screen.vote(TODAY, VOTE, seat.person, "for")

    # There is film to lose: the opening is marked, and fragments of the first part are on the disk.
    chain = rehearsal.server.settings.recordings_dir / "jintang" / TODAY / "chain.jsonl"
    rehearsal.await_that(lambda m: len(m.recording.marks) == 1, "the opening is not marked")
    rehearsal.await_that(lambda m: chain.read_text().count("part-0001") >= 3, "there is no film")
    rehearsal.server.kill()
    rehearsal.server.start()

    # nothing acknowledged is lost; sessions and pairings hold; the same vote is open
    vote = rehearsal.meeting().open_vote
    assert vote is not None
    assert dict(vote.ballots) == {seat.person: (Choice.FOR,) for seat in voters[:3]}
    with pytest.raises(Said, match="已经表决过"):
        screen.vote(TODAY, VOTE, voters[0].person, "against")
    for seat in voters[3:30]:
        screen.vote(TODAY, VOTE, seat.person, "for")
    # a screen that was away is right again by itself, with no reload
    rehearsal.hall.wait_for(lambda html: ">30</span>" in html, 10)

    rehearsal.await_that(lambda m: len(m.recording.interruptions) == 1, "the gap has no name")
    officer.send("/console/close", meeting=TODAY, vote=VOTE)
    officer.send("/console/adjourn", meeting=TODAY)
    rehearsal.await_that(lambda m: m.recording.stopped, "the film is not sealed")
    recording = rehearsal.meeting().recording
    (gap,) = recording.interruptions
    assert gap.cause == "kiosk"
    assert [segment.part for segment in recording.segments] == ["part-0001.mp4", "part-0002.mp4"]
    assert recording.segments[0].ended_at == gap.since < gap.until <= recording.segments[1].began_at
    moments = [(mark.moment.value, mark.part) for mark in recording.marks]
    assert moments == [("opened", "part-0001.mp4"), ("closed", "part-0002.mp4")]
