"""案卷封面: what the file of a matter is, from when to when, how many pieces, how long it is kept."""

from collections.abc import Iterator

from kiosk import wording
from kiosk.core.papers import FileIndex, Imprint
from kiosk.core.terms import Purpose, day_of
from kiosk.typeset.document import Blank, Block, Document, Line
from kiosk.typeset.phrases import check_block, committee, corrected, footer, page_code, replacing
from kiosk.typeset.sheet import at_link, form, matter_number, origin_ticked


def file_cover_document(paper: FileIndex, of: Imprint) -> Document:
    """The document of a file's cover; the same file and imprint give the same document."""
    village, matter = paper.village, paper.matter
    assert matter.archived_at is not None
    number, link = matter_number(village, matter), at_link(village, matter)
    return Document(
        title=f"{village.township}{village.name}\n案　卷",
        author=committee(village),
        subject=f"{number}案卷封面",
        footer=footer(f"{number}案卷封面", of, village),
        code=page_code(of, link),
        rehearsal=village.purpose is Purpose.REHEARSAL,
        blocks=(
            Line("一事一档", align="center"),
            Blank(0.6),
            *replacing(of),
            form(tuple(_rows(paper))),
            *corrected(of),
            *_room(),
            check_block(of, link, ("归档", matter.archived_at)),
        ),
    )


def _rows(paper: FileIndex) -> Iterator[tuple[str, str]]:
    village, matter = paper.village, paper.matter
    first, last = paper.items[0].entry, paper.items[-1].entry
    yield "档号", "　"
    yield "案卷题名", matter.title
    yield "事项编号", matter_number(village, matter)
    yield "事项类别", matter.kind.name
    yield "动议事由", origin_ticked(matter)
    yield "立卷单位", committee(village)
    yield "起止日期", f"{wording.day(day_of(first.at))}至{wording.day(day_of(last.at))}"
    yield "归档日期", wording.day(paper.closed_on)
    yield "保管期限", wording.RETENTIONS[matter.kind.retention]
    yield "件数", f"{len(paper.items)}件（见卷内目录）"
    yield "页数", "　"
    yield "办理结果", _outcome(paper)


def _outcome(paper: FileIndex) -> str:
    matter = paper.matter
    if matter.ended_at:
        return f"{wording.day(day_of(matter.ended_at))}终止"
    if matter.works and matter.works.accepted_at:
        return f"已实施，{wording.day(day_of(matter.works.accepted_at))}验收合格，结果已公示"
    return "已作出决议并公示" if matter.resolution else "已办结"


def _room() -> tuple[Block, ...]:
    """The county's archive writes its number, and how many sheets there are, by pen."""
    return (Line("档号和页数由立卷人用笔填写。", small=True),)
