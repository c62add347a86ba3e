"""Whole lives of matters, lawful from the founding to the end, for the verifier to judge and for forgers to spoil."""

from datetime import timedelta

from forging import entries_of, event_of
from procedure_story import CHAIR, SECRETARY, SUPERVISOR, VOTERS, Story, returning
from simulator import MATTER, adopting, convened, founding, raising, seat

from kiosk.core import commands as c
from kiosk.core.law.periods import Periods
from kiosk.core.terms import (
    Body,
    Capacity,
    CorrectionId,
    Edition,
    EmergencyId,
    KindId,
    MatterId,
    Means,
    NeedId,
    Paper,
    PersonId,
    Picture,
    RowId,
    Stage,
    Standing,
)
from kiosk.core.values import Exclusion

WELL, CANAL = MatterId("well"), MatterId("canal")
FLOOD = EmergencyId("flood")
AWAY = Exclusion(PersonId("away"), "外出务工的人", "连续两年在外", "重庆市实施办法第七条")


def begun(**changed):
    """A village with its catalogue, a need that was answered, and a matter that took another one up."""
    story = Story()
    story.do(founding())
    story.do(adopting())
    for need in ("need-1", "need-2"):
        story.do(c.FileNeed(NeedId(need), Standing.VILLAGER, "何女士", "路一下雨就烂", 0, 0))
    joint = (Standing.JOINT_VILLAGERS, "三十户村民", "修渠", 30, 300)
    story.do(c.FileNeed(NeedId("need-3"), *joint))
    story.do(c.AnswerNeed(NeedId("need-2"), "与前一件合并办理"))
    story.do(raising(needs=(NeedId("need-1"),), **changed))
    return story


def whole_life():
    """From a need to the archive, with an objection, works, papers, a correction and the second issue that it makes."""
    story = begun().carry(Stage.DECISION)
    story.convene(Body.REPRESENTATIVES, VOTERS + 2, 1).check_in(VOTERS + 2).arrive("o01")
    story.recuse("v05").open().open_vote().cast(3, 1).close().adjourn()
    story.photograph(Picture.FIRST_DAY).read_aloud().object().answer().escalate().answer()
    story.assign().contract().start().over().contract().report()
    story.finish().inspect(accepted=False).accept().next_day().publish_result().over()
    story.opine(*story.matter().reached).archive()
    issued(story, "m4", Paper.NOTICE, "MeetingConvened")
    issued(story, MATTER, Paper.RESOLUTION, "PublicationOpened", stage="resolution_public")
    issued(story, MATTER, Paper.RESULT, "PublicationOpened", stage="result_public")
    issued(story, MATTER, Paper.FILE_INDEX, "MatterArchived")
    correction = CorrectionId("correction-1")
    story.do(c.ProposeCorrection(correction, 20, "姓名写错", "应为何某某"), SECRETARY)
    story.do(c.ConfirmCorrection(correction), CHAIR)
    first = event_of(entries_of(story.lines()), "PaperIssued", 1)
    last = len(story.lines())
    second = Paper.RESOLUTION, Edition.ARCHIVE, first["source_seq"], last, 9, "cd" * 32
    story.do(c.IssuePaper(MATTER, *second))
    return story


def issued(story, subject, paper, kind, edition=Edition.ARCHIVE, **having):
    """A paper set from the newest entry of that kind."""
    entries = entries_of(story.lines())
    source = event_of(entries, kind, **having)
    seq = next(entry["seq"] for entry in entries if entry["event"] is source)
    story.do(c.IssuePaper(subject, paper, edition, seq, seq, 9, "ab" * 32))


def lively_sitting():
    """Three matters by consent, one taken out; the floor, a void vote, the quorum lost and found."""
    sim = convened(6, 2, agenda=(MATTER, WELL, CANAL), consent=True)
    sim.do(c.ServeNotice(sim.meeting_id, (PersonId("v01"), PersonId("o01")), Means.PHONE))
    sim.check_in(5).arrive("o01").open().take().request("v01", "o01").give("v01").end_speech()
    sim.amend("修一公里半").take_out().open_vote().cast(3, 1).close().void()
    sim.open_vote().cast(3, 1).leave("v05", "v04").arrive("v06").close()
    sim.do(c.ReorderAgenda(sim.meeting_id, (MATTER, CANAL, WELL)))
    sim.open_vote(WELL, CANAL).cast(4).close().adjourn()
    return sim


def long_way():
    """Reviewed, defeated, returned, revised, carried; then divided, sent up, and decided by the assembly."""
    row = RowId.ALL_REPRESENTATIVES
    story = begun(kind=KindId("land_outsiders"), row=row, mandate="").carry(Stage.REVIEW)
    story.review(favourable=False).review().deliberate(against=VOTERS)
    story.send_back(Stage.CONSULTATION)
    story.do(c.ReviseProposal(MATTER, ("只发包一半",), "党员意见分歧"))
    story.carry(Stage.DECISION).deliberate(against=VOTERS)
    story.do(c.SendToAssembly(MATTER, "分歧较大"))
    return story.deliberate()


def upheld_objection():
    """What was decided is objected to, the objection is right, and the matter goes back and is given up."""
    story = begun().carry().object().answer(upheld=True)
    story.do(returning(Stage.CONSULTATION))
    story.deliberate(against=VOTERS).end().over()
    return story.opine(*story.matter().reached).archive()


def household_meeting():
    """One household, one ballot; somebody is left out with ground and basis; an urgent notice says why."""
    sim = convened(6, body=Body.HOUSEHOLDS)
    sim.do(c.ChangePeriods(Periods(exclusions=True), "村民会议决定", "村民会议"))
    sim.do(c.CallOffMeeting(sim.meeting_id, "台风"))
    soon = sim.clock.at + timedelta(days=2)
    sim.convene(Body.HOUSEHOLDS, 6, exclusions=(AWAY,), urgent_ground="台风将至", starts_at=soon)
    return sim.check_in(5).open().open_vote().cast(4, 1).close().adjourn()


def too_few():
    """Too few came; the body is called again."""
    sim = convened(6).check_in(3).until_the_hour()
    sim.do(c.DeclareInquorate(sim.meeting_id))
    return sim.hold(Body.REPRESENTATIVES, 6)


def one_sitting():
    """The two committees follow the Party committee in one sitting, led by one person."""
    sim = convened(3, body=Body.PARTY_COMMITTEE)
    first = sim.meeting()
    seats = (
        seat("v01", Capacity.PARTY_COMMITTEE_MEMBER),
        seat("w01", Capacity.VILLAGE_COMMITTEE_MEMBER),
    )
    together = {"place": first.place, "starts_at": first.starts_at, "follows": first.id}
    call = sim.calling(Body.TWO_COMMITTEES, seats=seats, leader=PersonId("v01"), **together)
    sim.do(call)
    sim.check_in(3).open().open_vote().cast(3).close().adjourn()
    sim.meeting_id = call.meeting
    return sim.arrive("v01", "w01").open().open_vote().cast(2).close().adjourn()


def emergency():
    """Acted first, signed by two and witnessed, told to the representatives before they part."""
    story = begun()
    story.do(c.DeclareEmergency(FLOOD, "台风，河堤将决", "连夜加固河堤"), CHAIR)
    story.do(c.CountersignEmergency(FLOOD), SECRETARY)
    story.do(c.WitnessEmergency(FLOOD, "我在现场"), SUPERVISOR)
    story.carry(Stage.DECISION).convene(Body.REPRESENTATIVES, 3).check_in(3).open()
    story.do(c.ReportEmergency(story.meeting_id, FLOOD))
    return story.open_vote().cast(3).close().adjourn()


def group_meeting():
    """A group, not the village, decides what is its own."""
    sim = convened(4, body=Body.GROUP)
    return sim.check_in(4).open().open_vote().cast(3, 1).close().adjourn()


def appraisal():
    """An officer is appraised: there is an outcome either way."""
    story = begun(
        kind=KindId("appraisal"), row=RowId.APPRAISAL, mandate="", appraised=PersonId("p1")
    )
    story.convene(Body.REPRESENTATIVES, 5).check_in(5).open()
    return story.open_vote().cast(1, 1, 3).close().adjourn()


LIVES = (
    whole_life,
    lively_sitting,
    long_way,
    upheld_objection,
    household_meeting,
    too_few,
    one_sitting,
    emergency,
    group_meeting,
    appraisal,
)
