"""异议登记与答复单: what was objected, what each forum answered and when, and by which day it had to."""

from collections.abc import Iterator

from kiosk import wording
from kiosk.core.matters.publicity import Hearing
from kiosk.core.papers import Imprint, ObjectionSheet
from kiosk.core.terms import Forum, day_of
from kiosk.typeset.document import Block, Document, Heading, Paragraph
from kiosk.typeset.phrases import committee, whole
from kiosk.typeset.sheet import Sheet, at_link, form, matter_number, origin_ticked, sheet_document
from kiosk.wording.pieces import publication_name
from kiosk.wording.public import A_VILLAGER
from kiosk.wording.telephones import phones_said

_ORDINALS = "一二三四五"


def objection_document(paper: ObjectionSheet, of: Imprint) -> Document:
    """The document of an objection; the same objection and imprint give the same document."""
    village, matter, objection = paper.village, paper.matter, paper.objection
    number = f"{matter_number(village, matter)}异议第{objection.number}号"
    answered = objection.hearing.answered_at or objection.filed_at
    answering = {
        Forum.COMMITTEE: committee(village),
        Forum.SUPERVISORS: f"{village.name}村务监督委员会",
        Forum.TOWNSHIP: f"{village.township}人民政府",
    }
    return sheet_document(
        Sheet(
            title="异议登记与答复单",
            number=number,
            link=f"{at_link(village, matter)}/objection/{objection.number}",
            event=("异议提出", objection.filed_at),
            blocks=(
                Heading(1, "一、登记"),
                form(tuple(_registered(paper))),
                *(
                    block
                    for n, h in enumerate(objection.hearings)
                    for block in _answered(paper, n, h)
                ),
                _onward(paper),
            ),
            seal=(answering[objection.hearing.forum], wording.day(day_of(answered))),
            signing=(("提出人签收：", "经办人："), ("村务监督委员会：", "签收日期：")),
        ),
        village,
        of,
    )


def _registered(paper: ObjectionSheet) -> Iterator[tuple[str, str]]:
    village, matter, objection = paper.village, paper.matter, paper.objection
    yield "事项", matter.title
    yield "动议事由", origin_ticked(matter)
    if (hung := paper.publication) is not None:
        yield (
            "公示",
            f"{publication_name(village.name, hung)}，{wording.period(hung)}，共{hung.days()}日",
        )
    yield "提出人", objection.author or A_VILLAGER
    yield "提出时间", wording.instant(objection.filed_at)
    yield "异议内容", objection.text


def _answered(paper: ObjectionSheet, place: int, hearing: Hearing) -> tuple[Block, ...]:
    forum = wording.FORUMS[hearing.forum]
    rows: list[tuple[str, str]] = [
        ("提交理由", hearing.ground),
        ("收到时间", wording.instant(hearing.since)),
        ("答复期限", f"{wording.day(hearing.due)}以前"),
    ]
    if hearing.answered_at is None:
        rows.append(("答复", "没有答复"))
    else:
        late = (day_of(hearing.answered_at) - hearing.due).days
        on_time = f"，逾期{late}日" if late > 0 else "，在期限内"
        rows += [
            ("答复时间", f"{wording.instant(hearing.answered_at)}{on_time}"),
            ("结论", "异议成立" if hearing.upheld else "异议不成立"),
            ("答复内容", hearing.answer),
            ("经办人", _name(paper, place)),
        ]
    return (Heading(1, f"{_ORDINALS[place + 1]}、{forum}答复"), form(tuple(rows)))


def _name(paper: ObjectionSheet, place: int) -> str:
    """Who filed the answer of that forum; forums that gave none do not count."""
    before = sum(h.answered_at is not None for h in paper.objection.hearings[:place])
    return paper.answered_by[before] if before < len(paper.answered_by) else ""


def _onward(paper: ObjectionSheet) -> Block:
    """Where one may go from here (救济途径)."""
    above = paper.objection.next_forum
    office = whole(f"村民委员会电话{paper.village.office_phone}")
    told = (
        f"不同意答复的，可以向{wording.FORUMS[above]}提出。"
        if above
        else "村和乡镇两级已经办完，仍不同意的可以依法申请处理。"
    )
    return Paragraph(f"{office}{told}{phones_said(paper.village)}")
