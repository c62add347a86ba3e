"""What lies in the file of one matter (卷内文件): papers, photographs, opinions as text, its part of the journal.

Pure but for reading the papers and photographs: the same journal and the same disk give the same files.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk import wording
from kiosk.core.events import (
    PaperIssued,
    PhotoAttached,
    ProxyGiven,
    ReviewRecorded,
    SignedSheetFiled,
    VoiceAttached,
)
from kiosk.core.journal import Entry
from kiosk.core.matters.matter import Matter
from kiosk.core.matters.publicity import Hearing
from kiosk.core.papers import person_named, vote_of
from kiosk.core.terms import MatterId, MeetingId, Paper, PersonId, Picture, VoteId
from kiosk.core.values import Attachment
from kiosk.core.village import Village
from kiosk.wording.happenings import happening

PAPERS, PHOTOS, VOICES = "文书", "照片", "录音"
OPINIONS, EXTRACT, LINES = "意见与答复.txt", "日志摘录（文字）.txt", "日志摘录.jsonl"


@dataclass(frozen=True, slots=True)
class Sources:
    """Where papers are kept, and photographs and voices by their SHA-256."""

    papers: Callable[[PaperIssued], Path]
    photos: Callable[[str], Path | None]


@dataclass(frozen=True, slots=True)
class Pieces:
    """The files by their names, and in words those that the journal names and the disk has not, or has changed."""

    files: dict[str, bytes]
    missing: tuple[str, ...]


def pieces(village: Village, mine: Sequence[Entry], sources: Sources) -> Pieces:
    """The papers and photographs that these entries name (文书、照片), each held against its SHA-256."""
    files, missing = {}, []
    for named in _named(village, mine, sources):
        path, name = named.path, named.name
        data = path.read_bytes() if path is not None and path.is_file() else None
        if data is not None and named.is_in(data):
            files[name] = data
        else:
            missing.append(f"{name}：{'没有找到' if data is None else '内容与日志不符，没有放入'}")
    return Pieces(files, tuple(missing))


@dataclass(frozen=True, slots=True)
class _Named:
    """A file that the journal names; of a paper the first `size_bytes`, behind which the signature stands."""

    name: str
    path: Path | None
    sha256: str
    size_bytes: int | None = None

    def is_in(self, data: bytes) -> bool:
        return hashlib.sha256(data[: self.size_bytes]).hexdigest() == self.sha256


def _named(village: Village, mine: Sequence[Entry], sources: Sources) -> Iterator[_Named]:
    for entry in mine:
        match entry.event:
            case PaperIssued() as paper:
                name = f"{PAPERS}/日志{paper.from_seq:06d} {_paper_title(village, paper)}.pdf"
                yield _Named(name, sources.papers(paper), paper.sha256, paper.size_bytes)
            case PhotoAttached(picture=picture, attachment=attachment):
                yield _photo(entry.seq, wording.PICTURES[picture], attachment, sources)
            case VoiceAttached(attachment=attachment, stage=stage):
                name = f"{VOICES}/日志{entry.seq:06d} {wording.STAGES_SHORT[stage]}.m4a"
                yield _Named(name, sources.photos(attachment.sha256), attachment.sha256)
            case ProxyGiven(attachment=attachment):
                yield _photo(entry.seq, wording.PROXY_LETTER, attachment, sources)
            case SignedSheetFiled(paper=paper, page=page, attachment=attachment):
                title = f"签字页 {wording.PAPERS[paper]}第{page}页"
                yield _photo(entry.seq, title, attachment, sources)
            case ReviewRecorded(attachment=Attachment() as attachment):
                yield _photo(entry.seq, wording.PICTURES[Picture.REVIEW], attachment, sources)
            case _:
                pass


def _photo(seq: int, title: str, attachment: Attachment, sources: Sources) -> _Named:
    name = f"{PHOTOS}/日志{seq:06d} {title}.jpg"
    return _Named(name, sources.photos(attachment.sha256), attachment.sha256)


def _paper_title(village: Village, paper: PaperIssued) -> str:
    title = f"{wording.PAPERS[paper.paper]}（{wording.EDITIONS[paper.edition]}）"
    if paper.paper in {Paper.NOTICE, Paper.ATTENDANCE, Paper.MINUTES}:
        return f"{title} {wording.meeting_title(village.meetings[MeetingId(paper.subject)])}"
    if paper.paper is Paper.TALLY_SHEET:
        meeting, _ = vote_of(village, VoteId(paper.subject))
        return f"{title} {wording.meeting_title(meeting)}"
    return title


# --- texts


def texts(village: Village, matter: MatterId, mine: Sequence[Entry]) -> dict[str, bytes]:
    """What was written about the matter, and its part of the journal, in words and line by line (文字材料)."""
    about = village.matter(matter)
    told = "\n".join((*_opinions(village, about), *_reviews(about), *_objections(village, about)))
    words = "\n".join(_in_words(village, entry) for entry in mine)
    lines = "\n".join(entry.line for entry in mine)
    return {name: f"{text}\n".encode() for name, text in (
        (OPINIONS, told), (EXTRACT, words), (LINES, lines),
    )}  # fmt: skip


def _opinions(village: Village, matter: Matter) -> Iterator[str]:
    yield "一、村务监督意见"
    for opinion in matter.opinions:
        view = "同意" if opinion.favourable else "不同意"
        later = "（后来退回，已另写意见）" if opinion.set_aside else ""
        by = person_named(village, opinion.by) or "村务监督委员会成员"
        stage = wording.stage_long(opinion.stage, matter.row)
        yield f"{wording.instant(opinion.at)}　{stage}　{view}{later}　{by}\n　　{opinion.text}"
    if not matter.opinions:
        yield "没有。"


def _reviews(matter: Matter) -> Iterator[str]:
    yield "\n二、合法性审查意见"
    for review in matter.reviews:
        view = "同意" if review.favourable else "不同意"
        later = "（后来退回，须重新审查）" if review.set_aside else ""
        yield f"{wording.instant(review.at)}　{review.reviewer}　{view}{later}\n　　{review.opinion}"
    if not matter.reviews:
        yield "没有。"


def _objections(village: Village, matter: Matter) -> Iterator[str]:
    yield "\n三、异议与答复"
    filed = village.objections_to(matter.id)
    for objection in filed:
        yield f"第{objection.number}号　{wording.instant(objection.filed_at)}　{objection.author}"
        yield f"　　{objection.text}"
        yield from (_hearing(hearing) for hearing in objection.hearings)
    if not filed:
        yield "没有。"


def _hearing(hearing: Hearing) -> str:
    why = f"（提交理由：{hearing.ground}）" if hearing.ground else ""
    if hearing.answered_at is None:
        return f"　　{wording.FORUMS[hearing.forum]}{why}没有答复。"
    found = "成立" if hearing.upheld else "不成立"
    at = wording.instant(hearing.answered_at)
    return f"　　{wording.FORUMS[hearing.forum]}{why}{at}答复，异议{found}：{hearing.answer}"


def _in_words(village: Village, entry: Entry) -> str:
    def name(person: PersonId) -> str:
        return person_named(village, person) or person

    said = happening(entry.event, village, name)
    who = wording.ROLES[entry.actor.role]
    by = name(entry.actor.person) if entry.actor.person else ""
    return f"第{entry.seq}条　{wording.instant(entry.at)}　{who}{by}　{said}"


def readme(
    village: Village, matter: MatterId, mine: Sequence[Entry], missing: Sequence[str]
) -> bytes:
    """What the file is, what lies in it, what it lacks, and how to check it (说明)."""
    about, last = village.matter(matter), mine[-1]
    assert about.archived_at is not None
    lacking = "".join(f"  {one}\n" for one in missing) or "  没有缺少\n"
    return _README.format(
        village=village.name,
        mark=wording.purpose_mark(village.purpose).strip(),
        number=about.number,
        title=about.title,
        archived=wording.instant(about.archived_at),
        retention=wording.RETENTIONS[about.kind.retention],
        entries=len(mine),
        first=mine[0].seq,
        last=last.seq,
        code=last.head.check_code,
        missing=lacking,
    ).encode()


_README = """{village}第{number}号事项案卷（一事一档）　{mark}
{title}
{archived}归档，保管期限：{retention}

这是存档用的案卷，里面有姓名和个人的意见，不得对外公开。

里面有什么
  文书/                 会议通知、计票单、决议书、实施结果公示、卷内目录与备考表（PDF）；先看“卷内目录”
  照片/                 公示张贴、施工前后、审查意见书的照片；没有照片就没有这个文件夹
  录音/                 念给大家听的录音，每次录的都在；没有录音就没有这个文件夹
  意见与答复.txt        村务监督意见、合法性审查意见、异议与答复
  日志摘录（文字）.txt  会议日志中涉及本事项的{entries}条（第{first}条至第{last}条），一条一句话
  日志摘录.jsonl        同样的{entries}条，一字不改，带原来的条号
  校验清单.txt          以上每个文件的 SHA-256
  文件名里的“日志000123”，是记着这个文件的那一条日志的条号。

缺少的文件
{missing}
怎样核验
  1. 文件没有被改：在本文件夹里打开命令行
       sha256sum -c 校验清单.txt
  2. 照片与日志一致：“日志摘录.jsonl”里那一条的 "sha256" 应当与校验清单相同。
     文书后面跟着村里的电子签名，只算签名以前的部分，字节数是那一条里的 "size_bytes"：
       head -c 字节数 文书/文件名 | sha256sum
  3. 摘录与全部日志一致：全部日志在村里的会议证据包里；最后一条摘录（第{last}条）的校验码应当是
       {code}
"""
