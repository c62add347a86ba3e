"""One matter in the minutes (议事经过), in words: the proposal and its changes, speakers, notes, votes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from kiosk.core.papers import MinutedItem, MinutedVote, Minutes, Noted, Spoken
from kiosk.wording.choosing import chosen_said, standing
from kiosk.wording.counting import channels_sum, checks_said, method, papers_sum
from kiosk.wording.figures import clock, numeral
from kiosk.wording.names import ORIGINS
from kiosk.wording.results import came_out, said_in_one
from kiosk.wording.sentences import counts, represented

ENDS = "。；;，,. \n"


@dataclass(frozen=True, slots=True)
class Section:
    """One section: of the first level (一、) or the second (（一）), its heading, its paragraphs."""

    level: int
    heading: str
    lines: tuple[str, ...]


def item_section(paper: Minutes, item: MinutedItem) -> Section:
    """What the meeting did with one matter: the proposal, changes, who spoke, what was noted, the votes."""
    lines = [
        f"动议事由：{ORIGINS[item.matter.origin]}。",
        *_taken(item),
        *_amended(item),
        *speeches_said(item.speeches),
    ]
    lines += [*notes_said(item.notes), *_recused(item), *_votes(paper, item)]
    return Section(2, f"（{numeral(item.number)}）{item.matter.title}", tuple(lines))


def _taken(item: MinutedItem) -> Iterator[str]:
    if item.taken_at is None and not item.votes:
        yield "这次会议没有议到，留到下一次会议再议。"
        return
    began = f"{clock(item.taken_at)}进入议题。" if item.taken_at else ""
    clauses = "；".join(f"{n}．{c.rstrip(ENDS)}" for n, c in enumerate(item.matter.proposal, 1))
    yield f"{began}{'表决的' if item.votes else ''}方案：{clauses}。"


def _amended(item: MinutedItem) -> Iterator[str]:
    if item.amended is None:
        return
    revision, mover = item.amended
    who = f"{mover}提出，" if mover else ""
    changes = "；".join(_changes(revision.proposal_before, revision.proposal_after))
    yield f"方案修改：{clock(revision.at)}{who}{changes}。上面写的是改后的方案。"


def _changes(before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    """What became of each clause, in the order of the new proposal."""
    for kind, i, i_end, j, j_end in SequenceMatcher(None, before, after).get_opcodes():
        olds, news = before[i:i_end], after[j:j_end]
        if kind == "equal":
            continue
        for n, (old, new) in enumerate(zip(olds, news, strict=False), i + 1):
            yield f"第{n}条“{old.rstrip(ENDS)}”改为“{new.rstrip(ENDS)}”"
        for n, old in enumerate(olds[len(news) :], i + 1 + len(news)):
            yield f"删去第{n}条“{old.rstrip(ENDS)}”"
        for n, new in enumerate(news[len(olds) :], j + 1 + len(olds)):
            yield f"增加第{n}条“{new.rstrip(ENDS)}”"


def speeches_said(speeches: Sequence[Spoken]) -> Iterator[str]:
    """Who spoke from when to when (发言); only how often, where nobody is to be named."""
    if not speeches:
        return
    if not any(one.name for one in speeches):
        yield f"发言{len(speeches)}人次。"
        return
    told = (
        f"{one.name}（{clock(one.speech.began_at)}—{clock(one.speech.ended_at)}）"
        for one in speeches
    )
    yield f"发言：{'、'.join(told)}。"


def notes_said(notes: Sequence[Noted]) -> Iterator[str]:
    """What the recorder added (讨论要点): what stands, and of what does not by which note it was replaced."""
    for one in notes:
        note, text = one.note, one.note.text.rstrip(ENDS)
        by = f"（{one.recorder or '记录员'}{clock(note.at)}记）"
        if note.stands:
            changed = f"（代替要点{note.strikes}）" if note.strikes else ""
            yield f"要点{note.number}{changed}：{text}。{by}"
        else:
            yield f"要点{note.number}〔已改，见要点{note.struck_by}〕：{text}。{by}"


def _recused(item: MinutedItem) -> Iterator[str]:
    if not item.recused:
        return
    named = [f"{name}（{ground.rstrip(ENDS)}）" for name, ground in item.recused if name]
    yield f"回避{len(item.recused)}人{'：' + '、'.join(named) if named else ''}，没有表决票。"


def _votes(paper: Minutes, item: MinutedItem) -> Iterator[str]:
    for minuted in item.votes:
        vote = minuted.vote
        which = f"第{minuted.ordinal}次表决"
        if vote.matters[0] != item.matter.id:
            yield f"与第{_place(paper, vote.matters[0])}项合并表决，见{which}：{said_in_one(vote)}。"
        elif vote.is_void:
            told = f"，{counts(vote.tally, vote.contest)}" if vote.closed_at else "，没有投完"
            yield f"{which}（{clock(vote.opened_at)}开始{told}）宣布作废，不算数：{vote.void_ground.rstrip(ENDS)}。"
        else:
            yield from _vote(paper, minuted, which)


def _place(paper: Minutes, matter: str) -> int:
    return next(item.number for item in paper.items if item.matter.id == matter)


def _vote(paper: Minutes, minuted: MinutedVote, which: str) -> Iterator[str]:
    vote = minuted.vote
    assert vote.closed_at is not None
    yield f"{which}，{clock(vote.opened_at)}开始，{clock(vote.closed_at)}结束。{method(vote)}"
    if told := represented(vote):
        yield f"{told}。"
    if vote.contest:
        yield f"{standing(vote.contest)}。"
    result = came_out(vote, entitled=paper.quorum.base)
    yield f"票数：{counts(vote.tally, vote.contest)}。{_channels(minuted)}"
    for line in result.lines:
        yield f"{line}。"
    if vote.contest:
        yield f"结果：{chosen_said(vote.chosen, vote.contest)}。"
    else:
        yield f"结果：{result.sentence}（{vote.row.majority_basis}）。"
    if vote.papers.printed:
        yield papers_sum(vote.papers)
    if vote.checks:
        yield checks_said(vote, minuted.settled)


def _channels(minuted: MinutedVote) -> str:
    return channels_sum(minuted.vote) if len(minuted.vote.subtotals) > 1 else ""
