"""A matter's whole life in a box: raised, deliberated, published, carried out, archived, in three lines.

    story = told().carry().over()
    story.assign().start().accept().next_day().publish_result()
    assert story.phase() is Phase.RESULT

Every body has three voters, and all of them come.
"""

from datetime import date, datetime, time, timedelta

from simulator import MATTER, MeetingSimulator, adopting, founding, raising

from kiosk.core import commands as c
from kiosk.core.terms import CHINA, Forum, ObjectionId, PersonId, Role, Stage, day_of
from kiosk.core.values import Actor, Attachment

VOTERS = 3
PICTURE = Attachment("photo.jpg", 9, "ab" * 32)
SUPERVISOR = Actor(Role.SUPERVISOR, PersonId("supervisor"))
CHAIR = Actor(Role.CHAIR, PersonId("chair"))
SECRETARY = Actor(Role.SECRETARY, PersonId("secretary"))
FIRST_OBJECTION = ObjectionId("objection-1")


class Story(MeetingSimulator):
    """A village, its clock and one matter; each step answers the story itself."""

    # --- the calendar

    def moment(self, day, *clock):
        """The next thing happens at exactly that time of that day."""
        at = datetime.combine(day, time(*(clock or (9, 0))), CHINA)
        self.clock.at = at - timedelta(seconds=1)
        return self

    def next_day(self):
        self.clock.pass_days(1)
        return self

    def over(self):
        """The day after the newest publication."""
        return self.moment(self.matter().publication.last_day + timedelta(1))

    def today(self):
        return day_of(self.clock.at)

    # --- the deliberations

    def deliberate(self, *, against=0):
        """The body that is due meets and votes."""
        matter = self.matter()
        row = self.village().rows[matter.row_at(matter.due)]
        return self.hold(row.body, VOTERS, against=against)

    def carry(self, up_to=None):
        """Every body that is due carries it, up to a stage that stays due."""
        while self.matter().due not in {None, up_to}:
            self.reviewed().deliberate()
        return self

    def defeat(self, stage=Stage.DECISION):
        """Carried up to that stage, and there it does not carry."""
        return self.carry(stage).reviewed().deliberate(against=VOTERS)

    def reviewed(self):
        """With a favourable legal review, if one is due and asked for."""
        asked = self.matter().kind.review and self.matter().due is self.matter().gate
        return self.review() if asked else self

    def review(self, *, favourable=True):
        self.do(c.RecordReview(MATTER, "村法律顾问", favourable, "经审查……"))
        return self

    def send_back(self, to):
        self.do(returning(to))
        return self

    def end(self):
        self.do(c.EndMatter(MATTER, "意见分歧较大"))
        return self

    # --- in public

    def photograph(self, picture):
        self.do(c.AttachPhoto(MATTER, picture, PICTURE))
        return self

    def read_aloud(self):
        read = self.matter().publication
        self.do(c.AttachVoice(MATTER, read.stage, read.year, read.number, PICTURE, 45_000))
        return self

    def object(self, objection=FIRST_OBJECTION):
        self.do(objecting(objection))
        return self

    def answer(self, *, upheld=False, objection=FIRST_OBJECTION):
        before = self.objection(objection).hearing.forum
        officer = SUPERVISOR if before is Forum.SUPERVISORS else SECRETARY
        self.do(c.AnswerObjection(objection, upheld, "经核实……"), officer)
        return self

    def escalate(self, objection=FIRST_OBJECTION):
        self.do(c.EscalateObjection(objection, "不同意答复"))
        return self

    def publish_result(self, days=15):
        self.do(publishing(days))
        return self

    # --- the works

    def assign(self, days=30, budget_fen=10_000_00):
        self.do(assigning(self.today() + timedelta(days), budget_fen))
        return self

    def contract(self, dated=None, amount_fen=9_000_00):
        self.do(c.RecordContract(MATTER, "某建筑公司", amount_fen, dated or self.today()))
        return self

    def start(self):
        self.do(c.StartWorks(MATTER))
        return self

    def report(self, spent_fen=5_000_00):
        self.do(c.ReportProgress(MATTER, "路基完成", spent_fen))
        return self

    def finish(self, actual_fen=9_500_00):
        self.do(c.RequestAcceptance(MATTER, "全部完成", actual_fen))
        return self

    def inspect(self, *, accepted=True):
        self.do(c.InspectWorks(MATTER, accepted, "到场验收"), SUPERVISOR)
        return self

    def accept(self):
        return self.finish().inspect()

    def carried_out(self):
        """Decided, published to the end, done, accepted; it is the day after."""
        return self.carry().over().assign().start().accept().next_day()

    def done(self):
        """Everything but the opinions and the archive."""
        return self.carried_out().publish_result().over()

    # --- supervision

    def opine(self, *stages):
        for stage in stages:
            self.do(c.FileOpinion(MATTER, stage, favourable=True, text="程序合规"), SUPERVISOR)
        return self

    def archive(self):
        self.do(c.ArchiveMatter(MATTER))
        return self

    # --- what came of it

    def phase(self, on=None):
        return self.matter().phase(on or self.today())

    def objection(self, objection=FIRST_OBJECTION):
        return self.village().objection(objection)


def told(**changed):
    """A village with its catalogue and one matter, raised as it is asked for."""
    story = Story()
    story.do(founding())
    story.do(adopting())
    story.do(raising(**changed))
    return story


def returning(to, ground="方案需要修改"):
    return c.ReturnMatter(MATTER, to, ground)


def objecting(objection=FIRST_OBJECTION):
    return c.FileObjection(objection, MATTER, "第三组村民", "路线没有经过三组")


def publishing(days=15):
    return c.PublishResult(MATTER, "修路一公里，决算9500元", days)


def assigning(deadline=date(2027, 3, 1), budget_fen=10_000_00):
    return c.AssignWorks(MATTER, PersonId("owner"), "某主任", deadline, budget_fen)
