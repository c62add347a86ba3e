"""卷内目录: every piece of a matter's file in its order, the twelve papers it owes, and what it lacks.

The archive's paper, not for the public.
"""

from collections.abc import Sequence
from datetime import date

from kiosk import wording
from kiosk.core.correction import Correction
from kiosk.core.events import PhotoAttached
from kiosk.core.law.catalogue import FILE_PAPERS
from kiosk.core.papers import FileIndex, Imprint, Item, person_named
from kiosk.core.papers.file_index import OBJECTED
from kiosk.core.terms import Purpose, day_of
from kiosk.typeset.document import (
    Blank,
    Block,
    Column,
    Document,
    Heading,
    Paragraph,
    Signatures,
    Table,
)
from kiosk.typeset.phrases import (
    SHORT_DIGEST,
    check_block,
    committee,
    corrected,
    footer,
    kind_in_catalogue,
    page_code,
    replacing,
    whole,
)
from kiosk.wording.pieces import piece_title


def file_index_document(paper: FileIndex, of: Imprint) -> Document:
    """The document of an index; the same index and imprint give the same document."""
    village, matter = paper.village, paper.matter
    number = f"{village.name}第{matter.number}号事项"
    link = f"{village.portal_url}/m/{matter.number}"
    assert matter.archived_at is not None
    return Document(
        title=f"{matter.title}\n卷内目录",
        author=committee(village),
        subject=number,
        footer=footer(number, of, village),
        code=page_code(of, link),
        rehearsal=village.purpose is Purpose.REHEARSAL,
        blocks=(
            *replacing(of),
            *_file(paper, number),
            *_pieces(paper),
            *_owed(paper),
            *_opinions(paper),
            *_photos(paper),
            *_corrections(paper),
            *corrected(of),
            *_signing(),
            check_block(of, link, ("归档", matter.archived_at)),
        ),
    )


def _file(paper: FileIndex, number: str) -> tuple[Block, ...]:
    matter = paper.matter
    ended: tuple[Block, ...] = ()
    if matter.ended_at:
        when = wording.day(day_of(matter.ended_at))
        ended = (Paragraph(f"{when}终止：{whole(matter.end_ground)}"),)
    return (
        Paragraph(
            f"案卷：{number}，一事一档。{wording.day(day_of(matter.raised_at))}立项，"
            f"{wording.day(paper.closed_on)}归档。动议事由：{wording.ORIGINS[matter.origin]}。"
            f"保管期限：{wording.RETENTIONS[matter.kind.retention]}。"
        ),
        *ended,
        Paragraph(kind_in_catalogue(paper.village, matter.kind)),
    )


def _pieces(paper: FileIndex) -> tuple[Block, ...]:
    columns = (
        Column("件号", 5, "center"),
        Column("日期", 10, "center"),
        Column("题名", 27),
        Column("日志", 5, "center"),
        Column("校验值", 10, "center"),
    )
    rows = tuple(_piece(paper, item) for item in paper.items)
    return (Heading(1, "一、卷内目录"), Table(columns, rows), Blank(0.3))


def _piece(paper: FileIndex, item: Item) -> tuple[str, ...]:
    return (
        str(item.number),
        _dotted(day_of(item.entry.at)),
        piece_title(paper.village, item),
        str(item.entry.seq),
        _in_two(item.sha256[:SHORT_DIGEST]) or "—",
    )


def _in_two(digits: str) -> str:
    """Half of the digits over the other half, for a narrow column."""
    half = len(digits) // 2
    return f"{digits[:half]}\n{digits[half:]}" if digits else ""


def _dotted(on: date) -> str:
    """A day as archives write it in narrow columns: 2026.11.02."""
    return on.strftime("%Y.%m.%d")


def _owed(paper: FileIndex) -> tuple[Block, ...]:
    """The twelve papers (`FILE_PAPERS`) against the catalogue: where each is, or that it is not there."""
    columns = (Column("应归文书", 8), Column("清单要求", 4, "center"), Column("所在件号", 12))
    rows = tuple(_sheet(paper, sheet) for sheet in FILE_PAPERS)
    return (Heading(1, "二、应归文书核对"), Table(columns, rows), Blank(0.3))


def _sheet(paper: FileIndex, sheet: str) -> tuple[str, ...]:
    owed, numbers = sheet in paper.matter.kind.papers, paper.on_sheet(sheet)
    if numbers:
        told = spans(numbers)
    elif sheet == OBJECTED:
        told = "没有收到异议"
    else:
        told = "没有办到这一步" if owed else "—"
    return sheet, "要" if owed else "不要", told


def spans(numbers: Sequence[int]) -> str:
    """Numbers with their runs drawn together (连号): 2—4、9."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(f"{r[0]}—{r[-1]}" if len(r) > 1 else str(r[0]) for r in runs)


def _opinions(paper: FileIndex) -> tuple[Block, ...]:
    head = Heading(1, "三、村务监督意见")
    if not paper.matter.opinions:
        return (head, Paragraph("没有需要写监督意见的环节。"))
    columns = (
        Column("环节", 4, "center"),
        Column("意见", 3, "center"),
        Column("内容", 13),
        Column("签署", 5, "center"),
    )
    rows = tuple(
        (
            wording.STAGES_SHORT[o.stage],
            ("同意" if o.favourable else "不同意") + ("\n（已退回）" if o.set_aside else ""),
            o.text,
            "\n".join(filter(None, (person_named(paper.village, o.by), _dotted(day_of(o.at))))),
        )
        for o in paper.matter.opinions
    )
    return (head, Table(columns, rows), Blank(0.3))


def _photos(paper: FileIndex) -> tuple[Block, ...]:
    taken = [item for item in paper.items if isinstance(item.piece, PhotoAttached)]
    told = (
        f"在卷照片{len(taken)}张：件号{spans([item.number for item in taken])}。"
        if taken
        else "在卷照片0张。"
    )
    lacking = "；".join(
        f"{wording.SIGNS[flag.sign]}（{wording.day(flag.since)}）" for flag in paper.photos_missing
    )
    missing = f"{lacking}。" if lacking else "公示首日、末日照片没有缺。"
    if not paper.matter.publications:
        missing = ""
    return (Heading(1, "四、照片"), Paragraph(told + missing))


def _corrections(paper: FileIndex) -> tuple[Block, ...]:
    head = Heading(1, "五、更正")
    if not paper.corrections:
        return (head, Paragraph("本卷各件没有更正。"))
    return (head, *(Paragraph(_corrected(c)) for c in paper.corrections))


def _corrected(correction: Correction) -> str:
    signed = "已由第二人复核" if correction.stands else "尚未复核，不生效"
    return (
        f"日志第{correction.seq}条：{whole(correction.ground)}更正为：{whole(correction.statement)}"
        f"（{wording.day(day_of(correction.proposed_at))}提出，{signed}；原条保留不改）。"
    )


def _signing() -> tuple[Block, ...]:
    return (
        Blank(0.5),
        Signatures((("立卷人：", "检查人："), ("村务监督委员会：", "日期："))),
    )
