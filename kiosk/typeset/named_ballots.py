"""附件：记名表决名单: who gave which answer in a named vote. For the archive alone, never for the public.

A secret vote has none, and of hands that were counted or papers that were read nobody's answer is known:
such people are not on it.
"""

from kiosk import wording
from kiosk.core.papers import TallySheet
from kiosk.core.terms import PersonId
from kiosk.typeset.document import Blank, Block, Column, Face, Line, NewPage, Paragraph, Table

TITLE = "记名表决名单"
_ASIDE = "回避"


def annex_note(paper: TallySheet) -> tuple[Block, ...]:
    """附件说明, below the text: which annex there is (7.3.4)."""
    return (Paragraph(f"附件：{TITLE}"),) if paper.vote.ballots else ()


def annex(paper: TallySheet) -> tuple[Block, ...]:
    """The annex on a page of its own: its label at the first line, its title at the third (7.3.8)."""
    if not paper.vote.ballots:
        return ()
    columns = (
        Column("序号", 3, "center"),
        Column("姓名", 6),
        Column("身份", 7),
        Column("小组", 5, "center"),
        Column("表决", 5, "center"),
        Column("方式", 6, "center"),
    )
    known = paper.vote.ballots.keys() | paper.vote.recused
    seats = [seat for person, seat in paper.meeting.seats.items() if person in known]
    rows = tuple(
        (
            str(number),
            seat.name,
            wording.CAPACITIES[seat.capacity],
            f"{seat.group}组" if seat.group else "—",
            *_answer(paper, seat.person),
        )
        for number, seat in enumerate(seats, 1)
    )
    return (
        NewPage(),
        Line("附件", face=Face.HEI),
        Blank(1),
        Line(TITLE, align="center", face=Face.TITLE),
        Table(columns, rows),
    )


def _answer(paper: TallySheet, person: PersonId) -> tuple[str, str]:
    """What he said and by what way; or that he stood aside."""
    vote = paper.vote
    if person in vote.recused:
        return _ASIDE, "—"
    said = "、".join(wording.choice_said(choice, vote.contest) for choice in vote.ballots[person])
    return said, wording.CHANNELS[vote.channels[person]]
