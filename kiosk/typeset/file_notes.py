"""备考表: at the end of a file what there is to say of it: how complete it is, what it lacks, who put it together."""

from collections.abc import Iterator

from kiosk import wording
from kiosk.core.papers import FileIndex, Imprint
from kiosk.core.terms import day_of
from kiosk.typeset.document import Document, Heading, Paragraph
from kiosk.typeset.phrases import SHORT_DIGEST, whole
from kiosk.typeset.sheet import Sheet, at_link, form, matter_number, origin_ticked, sheet_document


def file_notes_document(paper: FileIndex, of: Imprint) -> Document:
    """The document of a file's notes; the same file and imprint give the same document."""
    village, matter = paper.village, paper.matter
    assert matter.archived_at is not None
    number = matter_number(village, matter)
    return sheet_document(
        Sheet(
            title=f"{matter.title}\n备考表",
            number=number,
            link=at_link(village, matter),
            event=("归档", matter.archived_at),
            blocks=(
                Heading(1, "一、本卷情况"),
                form(tuple(_state(paper))),
                Heading(1, "二、说明"),
                *map(Paragraph, _notes(paper)),
                Paragraph("归档以后本卷不再改动；发现差错的，另记更正，由两人签字。"),
            ),
            signing=(
                ("立卷人：", "立卷日期："),
                ("检查人：", "检查日期："),
                ("村务监督委员会：", "日期："),
            ),
        ),
        village,
        of,
    )


def _state(paper: FileIndex) -> Iterator[tuple[str, str]]:
    first, last = paper.items[0].entry.seq, paper.items[-1].entry.seq
    files = sum(bool(item.sha256) for item in paper.items)
    yield "动议事由", origin_ticked(paper.matter)
    yield (
        "件数",
        f"共{len(paper.items)}件，其中{files}件另有文件（文书、照片），卷内目录的校验值列前{SHORT_DIGEST}位",
    )
    yield "会议日志", f"第{first}条至第{last}条中，涉及本事项的共{paper.concerned}条，摘录附卷"
    yield "监督意见", f"{len(paper.matter.opinions)}份"
    yield "异议", f"{len(paper.objections)}件，全部答复" if paper.objections else "没有异议"
    yield (
        "更正",
        f"{len(paper.corrections)}件，见卷内目录第五部分" if paper.corrections else "没有更正",
    )
    yield "保管期限", wording.RETENTIONS[paper.matter.kind.retention]


def _notes(paper: FileIndex) -> Iterator[str]:
    """What the file lacks, and what else whoever opens it later must know; one line at least."""
    told = [
        f"{wording.SIGNS[flag.sign]}（{wording.day(flag.since)}）" for flag in paper.photos_missing
    ]
    if told:
        yield f"缺少的照片：{'；'.join(told)}。"
    if paper.matter.ended_at:
        yield f"{wording.day(day_of(paper.matter.ended_at))}终止：{whole(paper.matter.end_ground)}"
    if not told and not paper.matter.ended_at:
        yield "本卷没有缺少的材料。"
