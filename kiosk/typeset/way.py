"""On what way a matter came to its decision (办理经过): reviews, changes, ways back and void votes, each by its day.

Said in public: no names; numbers of telephones and cards are left out.
"""

from collections.abc import Iterator
from datetime import datetime

from kiosk import wording
from kiosk.core.matters.dossier import Return, Revision
from kiosk.core.papers import Resolution
from kiosk.core.terms import day_of
from kiosk.core.village import Village
from kiosk.typeset.document import Block, Paragraph
from kiosk.typeset.phrases import said


def way(paper: Resolution) -> tuple[Block, ...]:
    """One paragraph for each thing that happened besides the votes of the table, in the order of their days."""
    told = sorted(_told(paper), key=lambda one: one[0])
    return tuple(Paragraph(f"{wording.day(day_of(at))}，{words}") for at, words in told)


def _told(paper: Resolution) -> Iterator[tuple[datetime, str]]:
    matter = paper.matter
    for review in matter.reviews:
        view = "认为合法" if review.favourable else "认为不合法"
        later = "，后来退回，须重新审查" if review.set_aside else ""
        yield review.at, f"合法性审查：{review.reviewer}{view}{later}。{said(review.opinion)}"
    for revision in matter.revisions:
        yield revision.at, _changed(paper.village, revision)
    for back in matter.returns:
        yield back.at, _went_back(back)
    for void in paper.voided:
        held = wording.meeting_title(void.meeting)
        yield (
            void.vote.opened_at,
            f"{held}的一次表决已宣布作废，不计入结果：{said(void.vote.void_ground)}",
        )


def _changed(village: Village, revision: Revision) -> str:
    if revision.meeting is not None:
        meeting = village.meetings[revision.meeting]
        return f"{wording.meeting_title(meeting)}会上提议修改方案，表决的是修改后的方案。"
    return f"修改方案：{said(revision.why)}"


def _went_back(back: Return) -> str:
    if back.row is not None:
        return f"提交村民会议决定（{wording.RULE_ROWS[back.row]}）：{said(back.ground)}"
    return f"退回到“{wording.STAGES_SHORT[back.to]}”：{said(back.ground)}"
