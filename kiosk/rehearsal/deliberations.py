"""From a villager's wish to the decision (从需求到决议), and the way back of a matter that did not carry."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from kiosk import wording
from kiosk.core.ballot_terms import Choice
from kiosk.core.matters.matter import Phase
from kiosk.core.matters.need import Need
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.terms import Capacity, PersonId, Stage, VoteId, day_of
from kiosk.rehearsal.desk import Desk
from kiosk.rehearsal.meeting import must

VILLAGER = PersonId("p0201")
WITH_TOWNSHIP = frozenset({Stage.REVIEW, Stage.DECISION})
"""The sheets on which the inspectors' form has a place for the township to sign."""
OF_TOWNSHIP = {
    "township_name_1": "区咏翀",
    "township_post_1": "马塘镇副镇长、驻村领导",
    "township_sex_1": "male",
}


@dataclass(slots=True)
class Deliberations:
    """How the rehearsed matter comes to its decision; `said` collects each meeting's arithmetic."""

    desk: Desk
    said: list[str] = field(default_factory=list)

    def steps(self) -> Iterator[str]:
        """Carry it there; yields the name of each piece of work when it is done. Raises as `Course.steps` says."""
        self._wish()
        yield "村民提出需求"
        self._raise()
        yield "立项"
        yield from self._deliberate(defeated=self.desk.plan.is_defeated)
        if self.desk.plan.is_defeated:
            self._return_and_revise()
            yield "退回，修改方案"
            yield from self._deliberate(defeated=False)

    def _wish(self) -> None:
        villager, who = self.desk.people.villager, self.desk.people.person(VILLAGER)
        assert who.phone is not None
        villager.open("/need/new")
        villager.press("提交需求", text=self.desk.plan.need, name=who.name, digits=who.phone[-4:])
        must(self._need().author == who.name, "需求没有记上")

    def _need(self) -> Need:
        (need,) = self.desk.people.village().needs.values()
        return need

    def _raise(self) -> None:
        secretary, village = self.desk.people.secretary, self.desk.people.village()
        need = self._need()
        secretary.open(f"/needs/{need.id}")
        secretary.press("立项办理")
        secretary.press(village.kind(self.desk.plan.kind).name)
        secretary.press(wording.RULE_ROWS[self.desk.plan.row])
        told = {"title": self.desk.plan.title, "proposal": self.desk.plan.proposal}
        told |= {"amount": str(self.desk.plan.yuan)}
        told |= {"mandate": self.desk.plan.mandate} if self.desk.plan.mandate else {}
        secretary.press("立项", **told)
        (self.desk.matter_id,) = self.desk.people.village().matters
        must(self._need().matter == self.desk.matter_id, "需求没有立项")

    def _deliberate(self, *, defeated: bool) -> Iterator[str]:
        """Every deliberation that is due, until the decision; `defeated`: until the Party members vote it down."""
        while (stage := self.desk.matter().due) is not None:
            self._review()
            lost = defeated and stage is Stage.REVIEW
            meeting = self._call(stage)
            self._hold(meeting, carried=not lost)
            self.said.append(self._outcome(meeting))
            yield f"{wording.STAGES_SHORT[stage]}：{'未通过' if lost else '通过'}"
            if lost:
                return

    def _review(self) -> None:
        """合法性审查, where it is due before this stage."""
        if "登记审查意见" in self.desk.open().page.dominant.words:
            self.desk.go_on("村法律顾问", "同意")

    def _call(self, stage: Stage) -> Meeting:
        secretary = self.desk.people.secretary
        self.desk.open().press()
        secretary.press("核对名单", **(OF_TOWNSHIP if stage in WITH_TOWNSHIP else {}))
        secretary.press("发出通知")
        meeting = list(self.desk.people.village().meetings.values())[-1]
        must(meeting.row.stage is stage, "召集的不是这个环节的会")
        for tab in secretary.page.links(f"/meetings/{meeting.id}/notice?group="):
            if not tab.endswith("&all=1"):
                secretary.open(tab)
                secretary.press("全选没通知的")
                secretary.press("已当面通知")
        meeting = self.desk.people.village().meetings[meeting.id]
        must(meeting.served.keys() == meeting.seats.keys(), "还有人没有登记通知")
        return meeting

    def _hold(self, meeting: Meeting, *, carried: bool) -> None:
        chair, secretary = self.desk.people.chair, self.desk.people.secretary
        self.desk.people.wait((day_of(meeting.starts_at) - day_of(self.desk.people.now())).days)
        present = _present(meeting)
        secretary.open("/checkin/")
        for person in [*present, *_attending(meeting)]:
            secretary.send("/checkin/in", meeting=meeting.id, person=person)
            secretary.taps += 1
        chair.open("/console/")
        for words in ("宣布开会", "进入议题", "开始表决"):
            chair.press(words)
        choice = Choice.FOR if carried else Choice.AGAINST
        vote = VoteId(f"{meeting.id}-vote-1")
        self.desk.people.vote(meeting.id, vote, [(person, choice) for person in present])
        chair.open("/console/")
        chair.press("结束表决")
        self._minute(meeting)
        chair.press("宣布散会")
        held = self.desk.people.village().meetings[meeting.id].votes[vote]
        must(held.carried is carried, "表决结果不对")

    def _minute(self, meeting: Meeting) -> None:
        """What was said is noted and the minutes are read out; the chair says that the meeting approves them."""
        chair, secretary = self.desk.people.chair, self.desk.people.secretary
        secretary.open(f"/console/minutes/note?matter={meeting.matters[0]}")
        secretary.press("记下", text="大家问了工期和用钱，都当场答复了。")
        secretary.press("放上大屏")
        secretary.open("/console/minutes/read")
        secretary.press()
        chair.open("/console/minutes/approve")
        chair.press()
        book = self.desk.people.village().meetings[meeting.id].minutes
        must(book.is_approved, "会议记录没有通过")

    def _outcome(self, meeting: Meeting) -> str:
        held = self.desk.people.village().meetings[meeting.id]
        (vote,) = held.votes.values()
        return f"{wording.BODIES[held.body]}：{wording.quorum(held.quorum)}；{wording.counts(vote.tally)}"

    def _return_and_revise(self) -> None:
        must(self.desk.phase() is Phase.DEFEATED, "没有停下来等处理")
        self.desk.go_on("会议没有通过")
        secretary = self.desk.open()
        secretary.press("修改方案")
        self.desk.send("按会议提出的意见修改", proposal=self.desk.plan.revised)
        must(len(self.desk.matter().returns) == 1 and self.desk.matter().revisions, "没有退回修改")


def _attending(meeting: Meeting) -> list[PersonId]:
    """Of those without a vote the 监委会 and the township."""
    come = {Capacity.SUPERVISOR, Capacity.TOWNSHIP_OFFICER}
    return [seat.person for seat in meeting.seats.values() if seat.capacity in come]


def _present(meeting: Meeting) -> list[PersonId]:
    """As few of those entitled as are enough to meet and to decide."""
    voters = [seat.person for seat in meeting.seats.values() if seat.votes]
    row = meeting.row
    rows = [row, *meeting.rows.values()]
    enough = [r.quorum.least(len(voters)) for r in rows]
    enough += [r.majority.least(len(voters)) for r in rows]
    return voters[: max(enough)]
