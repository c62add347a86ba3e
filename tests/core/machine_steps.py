"""What comes next by right: one act after another takes a matter from its first meeting to the archive.

The acts are chosen by the phase the matter is in; how a vote comes out, and by which way a matter goes on, is drawn.
"""

from datetime import time, timedelta

from machine_sittings import attend, deliberate, sit
from procedure_story import PICTURE, SECRETARY, SUPERVISOR

from kiosk.core import commands as c
from kiosk.core.matters.matter import Phase
from kiosk.core.meetings.course import MeetingState
from kiosk.core.terms import (
    Edition,
    Forum,
    ObjectionId,
    Paper,
    PersonId,
    Picture,
    Stage,
)

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
            read = matter.publication
            play.ask(c.AttachVoice(matter.id, read.stage, read.year, read.number, PICTURE, 45_000))
        case _:
            play.until(matter.publication.last_day + timedelta(days=1), MIDNIGHT)


def object_to(play, matter):
    objection = ObjectionId(f"objection-{len(play.village().objections) + 1}")
    play.ask(c.FileObjection(objection, matter.id, "张某", "路线不合理"))
    answer(play, objection, upheld=play.pick.yes())
    if play.pick.yes():
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
    sign_the_papers(play, matter)
    hanging = [p.last_day for p in matter.publications if not p.is_over(play.today())]
    if hanging:
        play.until(max(hanging) + timedelta(days=1), MIDNIGHT)
    play.ask(c.ArchiveMatter(matter.id))


def sign_the_papers(play, matter):
    """The press may have set the resolution, or not; the sheet of an earlier issue does not do, the newest does."""
    if play.pick.yes():
        seq = play.sim.head().seq
        play.ask(c.IssuePaper(matter.id, Paper.RESOLUTION, Edition.ARCHIVE, seq, seq, 1, "ab" * 32))
        play.ask(c.ArchiveMatter(matter.id))
    issued = [p for p in play.village().papers if p.subject == matter.id]
    for p in sorted(issued, key=lambda paper: paper.from_seq):
        play.ask(c.FileSignedSheet(p.subject, p.paper, p.from_seq, 2, PICTURE, by_hand=False))


def look_at_the_index(play, matter):
    seq = play.sim.head().seq
    play.ask(c.IssuePaper(matter.id, Paper.FILE_INDEX, Edition.ARCHIVE, seq, seq, 1, "ab" * 32))


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
