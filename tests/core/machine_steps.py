"""What comes next by right: one act after another takes a matter from its first meeting to the archive.

The acts are chosen by the phase the matter is in; how a vote comes out, and by which way a matter goes on, is drawn.
"""

from datetime import time, timedelta

from machine_asks import VOTERS
from procedure_story import PICTURE, SECRETARY, SUPERVISOR
from simulator import listed

from kiosk.core import commands as c
from kiosk.core.course import MeetingState
from kiosk.core.matter import Phase
from kiosk.core.terms import (
    Body,
    Channel,
    Choice,
    Forum,
    Means,
    ObjectionId,
    Paper,
    PersonId,
    Picture,
    Stage,
    VoteId,
    day_of,
)

USUALLY = [Choice.FOR] * 6 + [Choice.AGAINST, Choice.ABSTAIN]
APPRAISED = [Choice.SATISFIED, Choice.FAIRLY_SATISFIED, Choice.DISSATISFIED]
MIDNIGHT = time(0, 0)


def go_on(play, matter):
    """The next lawful act for the matter; in a meeting that is on, for the meeting."""
    village = play.village()
    sitting = village.sitting_meeting
    if sitting:
        return sit(play, sitting)
    known = village.matter(matter)
    called = [m for m in village.meetings.values() if m.state is MeetingState.CALLED]
    for meeting in called:
        if matter in meeting.matters and known.due is meeting.row.stage:
            return attend(play, meeting)
    return ACTS[known.phase(play.today())](play, known)


# --- meetings


def deliberate(play, matter):
    """Have the review that is due, then call the body that is due, with other matters that wait for it."""
    if matter.kind.review and matter.due is matter.gate and not reviewed(matter):
        return play.ask(c.RecordReview(matter.id, "村法律顾问", play.pick.often(), "经审查"))
    village = play.village()
    body = village.rows[matter.row_at(matter.due)].body
    waiting = [m.id for m in village.matters.values() if waits_with(village, m, matter, body)]
    agenda = tuple([matter.id, *waiting][: play.pick.number(1, 2)])
    call = play.sim.calling(body, play.pick.number(1, 4), 1, agenda, group=matter.group)
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
    play.ask(c.ServeNotice(meeting.id, tuple(entitled), play.pick.one(list(Means))))
    for person in entitled[absent:]:
        play.ask(c.CheckIn(meeting.id, person))
    if play.pick.seldom():
        item = meeting.matters[0]
        play.ask(c.DeclareRecusal(meeting.id, item, entitled[-1], "本人承包"))
    if play.ask(c.OpenMeeting(meeting.id)):
        return
    play.at(max(meeting.starts_at, play.sim.clock.at))
    if not play.ask(c.DeclareInquorate(meeting.id)):
        play.ask(c.CallOffMeeting(meeting.id, "改期"))


def sit(play, meeting):
    """The meeting goes on: the quorum comes back, the open vote is finished, the next matter voted on, or it ends."""
    if meeting.state is MeetingState.PAUSED:
        return come_back(play, meeting)
    if meeting.open_vote:
        return finish(play, meeting, meeting.open_vote)
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
    if not play.ask(c.OpenVote(meeting.id, together, vote, play.pick.yes())):
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


def finish(play, meeting, vote):
    """Most of those who wait cast, and the vote is closed; seldom it went wrong and is voided."""
    common = play.pick.one(APPRAISED if vote.row.options[0] in APPRAISED else USUALLY)
    waiting = sorted(vote.waiting)
    for person in waiting[play.pick.number(0, 1) :]:
        choice = play.pick.one(vote.row.options) if play.pick.seldom() else common
        play.ask(c.CastBallot(meeting.id, vote.id, person, choice, Channel.KIOSK_SCREEN))
    if play.pick.seldom():
        play.ask(c.CloseVote(meeting.id, vote.id, unused_confirmed=False))
    play.ask(c.CloseVote(meeting.id, vote.id, unused_confirmed=True))
    if play.pick.seldom():
        play.ask(c.VoidVote(meeting.id, vote.id, "计票有误"))


def adjourn(play, meeting):
    for emergency in play.village().emergencies.values():
        if emergency.is_owed:
            settle(play, meeting, emergency.id)
    play.ask(c.Adjourn(meeting.id))


def settle(play, meeting, emergency):
    """What was not signed yet is signed, and the meeting is told."""
    play.ask(c.CountersignEmergency(emergency), play.officer("second"))
    play.ask(c.WitnessEmergency(emergency, "到场见证"), SUPERVISOR)
    play.ask(c.ReportEmergency(meeting.id, emergency))


# --- after a vote


def after_a_defeat(play, matter):
    steps = [
        c.ReturnMatter(matter.id, matter.kind.stages[0], "修改后再议"),
        c.ReturnMatter(matter.id, Stage.CONSULTATION, "修改后再议"),
        c.SendToAssembly(matter.id, "分歧较大"),
        c.EndMatter(matter.id, "意见分歧较大"),
    ]
    if not play.ask(play.pick.one(steps)):
        play.ask(steps[0])


def while_it_hangs(play, matter):
    """The days pass to the last second of the last day or to the first of the next; or something happens inside."""
    match play.pick.number(0, 5):
        case 0:
            begin_works(play, matter)
        case 1:
            object_to(play, matter)
        case 2:
            play.until(matter.publication.last_day, time(23, 59, 58))
            play.ask(c.AttachPhoto(matter.id, Picture.LAST_DAY, PICTURE))
        case _:
            play.until(matter.publication.last_day + timedelta(days=1), MIDNIGHT)


def object_to(play, matter):
    objection = ObjectionId(f"objection-{len(play.village().objections) + 1}")
    play.ask(c.FileObjection(objection, matter.id, "张某", "路线不合理"))
    answer(play, objection, upheld=play.pick.yes())
    if play.pick.seldom():
        play.ask(c.EscalateObjection(objection, "不同意答复"))
        answer(play, objection, upheld=play.pick.yes())
    play.ask(c.ReturnMatter(matter.id, matter.kind.stages[0], "异议成立"))


def answer(play, objection, *, upheld):
    known = play.village().objections.get(objection)
    if known and known.is_open:
        by = SUPERVISOR if known.hearing.forum is Forum.SUPERVISORS else SECRETARY
        play.ask(c.AnswerObjection(objection, upheld, "经核实"), by)


def begin_works(play, matter):
    """One step of the works, whichever comes next."""
    works, on = matter.works, play.today()
    if works is None:
        play.ask(c.AssignWorks(matter.id, PersonId("owner"), "某主任", on, 10_000_00))
    elif not works.contracts:
        play.ask(c.RecordContract(matter.id, "某公司", 9_000_00, on - timedelta(days=16)))
        play.ask(c.RecordContract(matter.id, "某公司", 9_000_00, on))
    elif works.started_at is None:
        play.ask(c.StartWorks(matter.id))
    elif works.awaits_inspection:
        play.ask(c.InspectWorks(matter.id, play.pick.often(), "到场验收"), SUPERVISOR)
    else:
        play.ask(c.ReportProgress(matter.id, "路基完成", 5_000_00))
        play.ask(c.RequestAcceptance(matter.id, "全部完成", 9_500_00))


def publish(play, matter):
    """Too soon on the day of acceptance, and one day less than the law asks; then as it should be."""
    days = max(15, play.village().periods.public_days)
    play.ask(c.PublishResult(matter.id, "修路一公里", days))
    play.until(play.today() + timedelta(days=1), MIDNIGHT)
    play.ask(c.PublishResult(matter.id, "修路一公里", days - 1))
    play.ask(c.PublishResult(matter.id, "修路一公里", days))


def close_the_file(play, matter):
    for objection in play.village().objections_to(matter.id):
        answer(play, objection.id, upheld=False)
    play.ask(c.ArchiveMatter(matter.id))
    for stage in matter.reached:
        if matter.opinion(stage) is None:
            play.ask(c.FileOpinion(matter.id, stage, favourable=True, text="程序合规"), SUPERVISOR)
    hanging = [p.last_day for p in matter.publications if not p.is_over(play.today())]
    if hanging:
        play.until(max(hanging) + timedelta(days=1), MIDNIGHT)
    play.ask(c.ArchiveMatter(matter.id))


def look_at_the_index(play, matter):
    seq = play.sim.head().seq
    play.ask(c.IssuePaper(matter.id, Paper.FILE_INDEX, seq, 1, "ab" * 32))


ACTS = {
    Phase.DELIBERATING: deliberate,
    Phase.DEFEATED: after_a_defeat,
    Phase.DECIDED: while_it_hangs,
    Phase.PUBLISHED: while_it_hangs,
    Phase.WORKS: begin_works,
    Phase.ACCEPTED: publish,
    Phase.RESULT: while_it_hangs,
    Phase.DONE: close_the_file,
    Phase.ENDED: close_the_file,
    Phase.ARCHIVED: look_at_the_index,
}
