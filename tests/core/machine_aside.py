"""What happens beside the way of a matter: the recorder films, people go out, an emergency, a correction, a need."""

from machine_channels import cast_one, count_once_more, get_stuck
from machine_custody import lets_a_film_go, shows_a_clip
from machine_makers import Asking
from procedure_story import CHAIR, PICTURE, SECRETARY, SUPERVISOR
from simulator import raising

from kiosk.core import commands as c
from kiosk.core.ballot_terms import Channel
from kiosk.core.terms import CorrectionId, EmergencyId, MatterId, Moment, NeedId, Standing

SIGNERS = [CHAIR, SECRETARY]


def films(play):
    """The recorder of a meeting that is on: started, a gap, a part, a mark, stopped."""
    meeting = play.village().sitting_meeting
    if meeting:
        at = play.sim.clock.at
        play.ask(c.StartRecording(meeting.id, "camera", sound=True))
        play.ask(c.NoteInterruption(meeting.id, at, at, "断电"))
        play.ask(c.SealSegment(meeting.id, "part-0001.mp4", 1, "ab" * 32, at, at, 1, 9, "cd" * 32))
        for vote in meeting.votes:
            moment = play.pick.one(list(Moment))
            play.ask(c.MarkVideo(meeting.id, vote, moment, "part-0001.mp4", 1, 9, "cd" * 32))
        play.ask(c.StopRecording(meeting.id))


def goes_out(play):
    """So many leave that the quorum may be lost; some come back."""
    meeting = play.village().sitting_meeting
    there = sorted(meeting.present) if meeting else []
    if there:
        leaving = there[: play.pick.number(1, len(there))]
        for person in leaving:
            play.ask(c.CheckOut(meeting.id, person))
        for person in leaving[: play.pick.number(0, len(leaving))]:
            play.ask(c.CheckIn(meeting.id, person))


def lets_another_vote(play):
    """Who is away from the next meeting lets somebody of it vote for him, and that one comes and goes."""
    meeting = play.village().next_meeting
    away = sorted(meeting.entitled - meeting.inside) if meeting else []
    for person in away[: play.pick.number(1, 3)]:
        proxy = play.pick.one(sorted(meeting.entitled))
        play.ask(c.GiveProxy(meeting.id, person, proxy, "h1", PICTURE))
        play.ask(play.pick.one([c.CheckIn, c.CheckOut])(meeting.id, proxy))


def votes_twice(play):
    """Everybody with a ballot in the open vote wants another by another channel, and who came late wants one too."""
    meeting = play.village().sitting_meeting
    vote = meeting.open_vote if meeting else None
    for person in sorted(meeting.entitled) if vote else ():
        play.ask(c.CheckIn(meeting.id, person))
        answer = vote.options[:1]
        cast_one(play, vote, person, answer, Channel.KIOSK_SCREEN)
        cast_one(play, vote, person, answer, Channel.PHONE)
        play.ask(c.IssueBallotPaper(meeting.id, vote.id, person))


def a_vote_goes_wrong(play):
    """In the open vote a note waits, two tellers differ, or papers are out that nobody read."""
    meeting = play.village().sitting_meeting
    if meeting and meeting.open_vote:
        get_stuck(play, meeting.open_vote)


def counts_differ(play):
    """A vote that was closed in this meeting is counted once more."""
    meeting = play.village().sitting_meeting
    closed = [v for v in meeting.votes.values() if v.closed_at] if meeting else []
    for vote in closed[-1:]:
        count_once_more(play, vote)


def closes_a_file_at_once(play):
    """While the meeting goes on in which it did not carry, the matter is given its opinions and archived."""
    village = play.village()
    meeting = village.sitting_meeting
    for matter in meeting.matters if meeting else ():
        known = village.matter(matter)
        if known.defeated:
            for stage in known.reached:
                play.ask(
                    c.FileOpinion(matter, stage, favourable=False, text="应先公示"), SUPERVISOR
                )
            play.ask(c.ArchiveMatter(matter))
    if meeting:
        play.ask(c.VoidVote(meeting.id, Asking(play.sim, play.pick).voidable(), "计票有误"))


def has_an_emergency(play):
    """Declared, and perhaps signed; what is not signed yet is signed when the meeting is told."""
    emergency = EmergencyId(f"emergency-{len(play.village().emergencies) + 1}")
    play.ask(c.DeclareEmergency(emergency, "山洪", "转移群众"), CHAIR)
    if play.pick.yes():
        play.ask(c.WitnessEmergency(emergency, "到场见证"), play.pick.one([CHAIR, SUPERVISOR]))
        play.ask(c.CountersignEmergency(emergency), play.pick.one(SIGNERS))


def corrects_the_record(play):
    """One officer proposes; himself or another confirms."""
    correction = CorrectionId(f"correction-{len(play.village().corrections) + 1}")
    play.ask(c.ProposeCorrection(correction, play.sim.head().seq, "记错", "应为李某"), SECRETARY)
    play.ask(c.ConfirmCorrection(correction), SECRETARY)
    play.ask(c.ConfirmCorrection(correction), CHAIR)
    play.ask(c.ConfirmCorrection(correction), SUPERVISOR)


def answers_a_need(play):
    """Enough or too few stand behind it; it is answered or becomes a matter, once."""
    need = NeedId(f"need-{len(play.village().needs) + 1}")
    standing = play.pick.one([Standing.JOINT_VILLAGERS, Standing.JOINT_REPRESENTATIVES])
    play.ask(c.FileNeed(need, standing, "张某等", "修路", play.pick.number(3, 5), 40))
    if play.pick.yes():
        play.ask(c.AnswerNeed(need, "已列入明年计划"))
    matter = MatterId(f"matter-{len(play.village().matters) + 1}")
    play.ask(raising(matter, title=f"第{len(play.village().matters)}件", needs=(need,)))


def calls_a_meeting_off(play):
    """The newest call comes to nothing."""
    called = [m for m in play.village().meetings.values() if not m.is_over]
    for meeting in called[-1:]:
        play.ask(c.ReorderAgenda(meeting.id, meeting.matters[::-1]))
        play.ask(c.CallOffMeeting(meeting.id, "改期"))


def changes_its_mind(play):
    """Between two stages the proposal is revised; in a meeting the order of its matters."""
    village = play.village()
    for matter in list(village.matters.values())[:1]:
        play.ask(c.ReviseProposal(matter.id, ("修二公里",), "村民意见"))
    if village.sitting_meeting:
        matters = village.sitting_meeting.matters
        play.ask(c.ReorderAgenda(village.sitting_meeting.id, matters[::-1]))


ASIDE = [
    films,
    goes_out,
    lets_another_vote,
    votes_twice,
    a_vote_goes_wrong,
    counts_differ,
    closes_a_file_at_once,
    has_an_emergency,
    has_an_emergency,
    corrects_the_record,
    answers_a_need,
    calls_a_meeting_off,
    changes_its_mind,
    shows_a_clip,
    lets_a_film_go,
]
"""Each of them a few commands, lawful where the moment allows it."""
