"""The whole course of one matter (一事一档), held by people at their screens: from a villager's wish to the archive.

Everybody goes by what the pages offer: the next step is the dominant button of the matter's own page. Only days are
not waited for; the rehearsal's clock is moved forward.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass

from kiosk import wording
from kiosk.core.matters.matter import Phase
from kiosk.core.matters.oversight import matter_flags
from kiosk.core.terms import Paper, PersonId, Stage, day_of
from kiosk.rehearsal.deliberations import Deliberations
from kiosk.rehearsal.desk import Desk
from kiosk.rehearsal.meeting import DidNotHold, must

PAPERS = frozenset({Paper.RESOLUTION, Paper.RESULT, Paper.FILE_INDEX})
"""What the press sets of a whole matter, besides the notices of its meetings."""
PAPERS_WITHIN_S = 30.0
PUBLIC_DAYS = 15
MOST_DUTIES = 40
"""More pages than this never wait for the supervisor: then one of them does not go away."""
OWNER = "林观塱"
CONTRACTOR = "马塘镇宏基建筑工程队"
ANOTHER_VILLAGER = PersonId("p0202")


@dataclass(slots=True)
class Course:
    """One matter carried through its course, at that desk."""

    desk: Desk
    deliberations: Deliberations

    def steps(self) -> Iterator[str]:
        """Carry it; yields the name of each piece of work when it is done.

        Raises:
            DidNotHold: something that must hold did not.
            Said: the kiosk refused what should be lawful.
            NotOnThePage: a page did not offer the next step.
        """
        for done in self.deliberations.steps():
            self._oversee()
            yield done
        yield from self._hang(Stage.RESOLUTION_PUBLIC)
        yield from self._carry_out()
        yield from self._hang(Stage.RESULT_PUBLIC)
        self._oversee()
        self.desk.return_signed_page()
        yield "签字页收回"
        self.desk.go_on()
        self.desk.send()
        must(self.desk.phase() is Phase.ARCHIVED, "没有归档")
        yield "归档"
        self._await_papers()
        yield "文书制成"

    # --- in public

    def _hang(self, stage: Stage) -> Iterator[str]:
        """A whole publication: photographed on its first and last day, objected to and answered, to its end."""
        published = self.desk.matter().publication
        assert published is not None
        must(published.stage is stage, "公示的不是这一项")
        must(published.days() == PUBLIC_DAYS, f"公示了{published.days()}天")
        self.desk.photograph("拍首日照片")
        waited = 0
        if stage is Stage.RESOLUTION_PUBLIC:
            self._object_and_answer()
            waited = 1
        self.desk.people.wait(PUBLIC_DAYS - 1 - waited)
        must(self.desk.phase() in {Phase.PUBLISHED, Phase.RESULT}, "公示提前结束了")
        self.desk.photograph("拍末日照片")
        self.desk.people.wait(1)
        must(self.desk.phase() not in {Phase.PUBLISHED, Phase.RESULT}, "公示没有结束")
        yield f"{wording.STAGES_SHORT[stage]}{PUBLIC_DAYS}天"

    def _object_and_answer(self) -> None:
        villager, who = self.desk.people.villager, self.desk.people.person(ANOTHER_VILLAGER)
        assert who.phone is not None
        villager.open(f"/m/{self.desk.matter().number}/object")
        text = "方案里的费用是怎么算的？"
        villager.press("提交异议", text=text, name=who.name, digits=who.phone[-4:])
        self.desk.people.wait(1)
        self.desk.go_on()
        self.desk.people.secretary.press("异议不成立")
        self.desk.send()
        (objection,) = self.desk.people.village().objections_to(self.desk.matter_id)
        must(not objection.is_open, "异议没有答复")

    # --- the works

    def _carry_out(self) -> Iterator[str]:
        yuan = self.desk.plan.yuan
        self.desk.go_on(OWNER, "60天")
        self.desk.photograph("拍施工前照片")
        self.desk.open().press("登记合同")
        self.desk.send(contractor=CONTRACTOR, amount=str(yuan - 2_000))
        self.desk.go_on()
        self.desk.send()
        yield "定责任人、签合同、开工"
        self.desk.people.wait(10)
        self.desk.go_on("主体工程已经完成一半", spent=str(yuan // 2))
        self.desk.people.wait(10)
        self.desk.go_on(actual=str(yuan - 2_000))
        self.desk.photograph("拍施工后照片")
        yield "报进度，申请验收"
        self._oversee()
        works = self.desk.matter().works
        must(works is not None and works.accepted_at, "没有验收")
        must(not any(self._flags()), f"监督提示：{'、'.join(self._flags())}")
        yield "监委会到场验收"
        self.desk.people.wait(1)
        self.desk.go_on()
        self.desk.send()
        yield "公布实施结果"

    def _flags(self) -> list[str]:
        found = matter_flags(self.desk.matter(), day_of(self.desk.people.now()))
        return [wording.SIGNS[flag.sign] for flag in found]

    def _oversee(self) -> None:
        """The supervisor does everything that waits for him: inspects, and writes his opinion on each stage."""
        supervisor = self.desk.people.supervisor
        supervisor.open("/supervision/")
        for _ in range(MOST_DUTIES):
            if supervisor.page.offers("看全部事项"):
                return
            supervisor.press()
            for words in ("验收合格", "同意"):
                if supervisor.page.offers(words):
                    supervisor.press(words)
            supervisor.press()
        raise DidNotHold("监委会的事办不完")

    # --- papers

    def _await_papers(self) -> None:
        until = time.monotonic() + PAPERS_WITHIN_S
        while missing := PAPERS - self._papers():
            told = "、".join(sorted(paper.value for paper in missing))
            must(time.monotonic() < until, f"文书没有制成：{told}")
            time.sleep(0.2)

    def _papers(self) -> set[Paper]:
        issued = self.desk.people.village().papers
        return {paper.paper for paper in issued if paper.subject == self.desk.matter_id}
