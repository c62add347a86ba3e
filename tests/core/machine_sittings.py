"""How a meeting goes by right: called, attended, held, adjourned; how a vote comes out is drawn."""

from datetime import time

from machine_aside import closes_a_file_at_once
from machine_channels import finish, settle_counts
from machine_makers import CHAIR, OFFICER, VOTERS
from procedure_story import PICTURE, SUPERVISOR
from simulator import listed

from kiosk.core import commands as c
from kiosk.core.ballot_terms import Method
from kiosk.core.meetings.course import MeetingState
from kiosk.core.terms import Body, Means, VoteId, day_of

METHODS = [Method.IN_TURN] * 2 + [Method.OPEN] + [Method.SECRET] * 2


def deliberate(play, matter):
    """Have the review that is due, then call the body that is due, with other matters that wait for it."""
    if matter.kind.review and matter.due is matter.gate and not reviewed(matter):
        return play.ask(c.RecordReview(matter.id, "村法律顾问", play.pick.often(), "经审查"))
    village = play.village()
    body = village.rows[matter.row_at(matter.due)].body
    waiting = [m.id for m in village.matters.values() if waits_with(village, m, matter, body)]
    agenda = tuple([matter.id, *waiting][: play.pick.number(1, 2)])
    people = play.pick.one([1, 2, 3, 3, 4, 6])
    call = play.sim.calling(body, people, 1, agenda, group=matter.group)
    call = c.ConveneMeeting(**fields_of(call, agenda=listed(agenda, consent=play.pick.yes())))
    play.ask(call)
    if body is Body.PARTY_COMMITTEE and play.pick.seldom():
        in_one_sitting(play, call)
    return None


def reviewed(matter):
    return matter.review is not None and matter.review.favourable


def waits_with(village, other, matter, body):
    return (
        other.id != matter.id
        and other.due is matter.due
        and other.group == matter.group
        and village.rows[other.row_at(other.due)].body is body
    )


def in_one_sitting(play, first):
    """两会合并召开, where one person leads both."""
    agenda = [item.matter for item in first.agenda]
    second = play.sim.calling(Body.TWO_COMMITTEES, 3, 0, agenda)
    play.ask(
        c.ConveneMeeting(
            **fields_of(second, starts_at=first.starts_at, follows=first.meeting, leader=VOTERS[0])
        )
    )


def fields_of(command, **changed):
    return {name: getattr(command, name) for name in command.__slots__} | changed


def attend(play, meeting):
    """People come on the day, mostly enough of them, and the meeting opens; or it is not held."""
    play.until(day_of(meeting.starts_at), time(9, 0))
    entitled = sorted(meeting.entitled)
    absent = play.pick.number(1, len(entitled)) if play.pick.seldom() else 0
    if meeting.row.proxies and play.pick.yes():
        absent = max(absent, 1)  # he sends a letter instead
    play.ask(c.ServeNotice(meeting.id, tuple(entitled), play.pick.one(list(Means))))
    for person in entitled[absent:]:
        play.ask(c.CheckIn(meeting.id, person))
    if meeting.row.proxies and len(entitled) > 1 and absent:
        play.ask(c.GiveProxy(meeting.id, entitled[0], entitled[-1], "h1", PICTURE))
    if play.pick.seldom():
        item = meeting.matters[0]
        play.ask(c.DeclareRecusal(meeting.id, item, entitled[-1], "本人承包"))
    measure_the_disk(play, meeting)
    hold_against_the_journal(play, meeting)
    if play.ask(c.OpenMeeting(meeting.id)):
        return
    play.at(max(meeting.starts_at, play.sim.clock.at))
    if not play.ask(c.DeclareInquorate(meeting.id)):
        play.ask(c.CallOffMeeting(meeting.id, "改期"))


def measure_the_disk(play, meeting):
    """Now and then it cannot hold the film; then room is made, or the chair accepts it, or neither."""
    if play.pick.seldom():
        play.ask(c.ReportFilmRoom(meeting.id, play.pick.one([0, 1, 9999])))
        play.ask(c.AcceptShortFilm(meeting.id))
        if play.pick.seldom():
            play.ask(c.ReportFilmRoom(meeting.id, 9999))


def hold_against_the_journal(play, meeting):
    """Now and then somebody brings the signed paper, or the stick is in, and what they say is so or is not."""
    if play.pick.seldom() and (closing := play.village().closing):
        agrees = play.pick.often()
        play.ask(c.CompareSignedPaper(meeting.id, closing.seq, closing.digest, agrees))
    if play.pick.seldom():
        head = play.sim.head()
        agrees = play.pick.yes()
        digest = head.digest if agrees else "ee" * 32
        play.ask(c.ReportStick(meeting.id, head.seq, digest, agrees))
    if play.village().meeting(meeting.id).witness.bars_opening and play.pick.often():
        play.ask(c.AcceptRecordDifference(meeting.id, OFFICER, "换过主机"))


def sit(play, meeting):
    """The meeting goes on: the quorum comes back, the open vote is finished, the next matter voted on, or it ends."""
    if meeting.state is MeetingState.PAUSED:
        return come_back(play, meeting)
    if meeting.open_vote:
        finish(play, meeting, meeting.open_vote)
        return closes_a_file_at_once(play) if play.pick.seldom() else None
    due = [m for m in meeting.matters if meeting.vote_on(m) is None]
    due = [m for m in due if play.village().matter(m).due is meeting.row.stage]
    if due:
        return take_up(play, meeting, due)
    return adjourn(play, meeting)


def come_back(play, meeting):
    for person in sorted(meeting.entitled - meeting.present):
        play.ask(c.CheckIn(meeting.id, person))
    if play.village().sitting_meeting.state is MeetingState.PAUSED:
        play.ask(c.Adjourn(meeting.id))


def take_up(play, meeting, due):
    play.ask(c.TakeItem(meeting.id, due[0]))
    if play.pick.seldom():
        debate(play, meeting, due[0])
    together = tuple(due) if meeting.consent.issuperset(due) else (due[0],)
    vote = VoteId(f"vote-{sum(len(m.votes) for m in play.village().meetings.values()) + 1}")
    method = play.pick.one(METHODS)
    named = method is not Method.SECRET or play.pick.seldom()
    shown, revisable = named and play.pick.yes(), named and play.pick.yes()
    opened = c.OpenVote(meeting.id, together, vote, shown, method, revisable)
    if not play.ask(opened):
        play.ask(c.OpenVote(meeting.id, (due[0],), vote, running_tally=True))
    if not play.village().meeting(meeting.id).open_vote:
        adjourn(play, meeting)


def debate(play, meeting, matter):
    speaker = min(meeting.present)
    play.ask(c.RequestFloor(meeting.id, speaker))
    play.ask(c.GiveFloor(meeting.id, speaker, 180))
    play.ask(c.EndSpeech(meeting.id))
    play.ask(c.AmendProposal(meeting.id, matter, speaker, ("修三公里",)))
    play.ask(c.TakeOutOfConsent(meeting.id, matter, speaker))


def adjourn(play, meeting):
    for vote in meeting.votes.values() if play.pick.yes() else ():
        settle_counts(play, vote)
    for emergency in play.village().emergencies.values():
        if emergency.is_owed:
            settle(play, meeting, emergency.id)
    write_up(play, meeting)
    play.ask(c.Adjourn(meeting.id))


def write_up(play, meeting):
    """The recorder notes and corrects himself, reads out, and the meeting approves: all of it, or only some."""
    if play.pick.yes():
        return
    for strikes in range(play.pick.number(0, 3)):
        play.ask(c.NoteMinutes(meeting.id, OFFICER, None, f"第{strikes}稿", strikes))
    business = play.village().meeting(meeting.id).minutes.business
    play.ask(c.ReadMinutes(meeting.id, OFFICER, business.seq, business.digest))
    if play.pick.often():
        play.ask(c.ApproveMinutes(meeting.id, CHAIR, business.seq, business.digest))


def settle(play, meeting, emergency):
    """What was not signed yet is signed, and the meeting is told."""
    play.ask(c.CountersignEmergency(emergency), play.officer("second"))
    play.ask(c.WitnessEmergency(emergency, "到场见证"), SUPERVISOR)
    play.ask(c.ReportEmergency(meeting.id, emergency))
