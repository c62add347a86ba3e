"""公示海报: one sheet of A3 for the notice board, to be read by old eyes from two steps away.

What came out, money in the largest figures, what it is about, from which day to which with a box for each day to be
crossed out, a large code for phones. The public edition; the full text stands on the A4 papers and on the portal.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from kiosk import wording
from kiosk.core.codec import Plain
from kiosk.core.matters.publicity import Publication
from kiosk.core.papers import Imprint, Resolution, Result
from kiosk.core.terms import Purpose, day_of
from kiosk.core.village import Village
from kiosk.typeset.document import Document, Line
from kiosk.typeset.phrases import came, committee, edition_said
from kiosk.typeset.posting import counts_said, outcome_said
from kiosk.wording.oversight import left_over
from kiosk.wording.pieces import publication_name
from kiosk.wording.telephones import phones


@dataclass(frozen=True, slots=True)
class Poster:
    """What the sheet says; the same values give the same bytes.

    `money` is the one sum that is drawn largest, empty where there is none; `telling` stands beside the code.
    """

    title: str
    author: str
    subject: str
    matter: str
    outcome: str
    money: str
    clauses: tuple[str, ...]
    counts: str
    period: str
    days: tuple[date, ...]
    telling: tuple[str, ...]
    link: str
    code: str
    footer: str
    seal: tuple[str, str]
    rehearsal: bool = False
    made_at: datetime | None = None
    data: Mapping[str, Plain] = field(default_factory=dict)

    @property
    def words(self) -> Document:
        """The same words as a document, for the file's description and its record."""
        said = (self.matter, self.outcome, self.money, *self.clauses, self.counts, self.period)
        return Document(
            title=self.title,
            author=self.author,
            subject=self.subject,
            footer=self.footer,
            code=self.code,
            rehearsal=self.rehearsal,
            made_at=self.made_at,
            data=self.data,
            blocks=tuple(map(Line, (*filter(None, said), *self.telling, *self.seal))),
        )


def poster(paper: Resolution | Result, of: Imprint) -> Poster:
    """The poster of a resolution or a result in public."""
    village, publication, matter = paper.village, paper.publication, paper.matter
    is_result = isinstance(paper, Result)
    link = f"{village.portal_url}/{'result' if is_result else 'r'}/{publication.year}-{publication.number}"
    number = publication_name(village.name, publication)
    days = (publication.first_day + timedelta(n) for n in range(publication.days()))
    told = _of_result(paper) if isinstance(paper, Result) else _of_resolution(paper)
    outcome, money, clauses, counts = told
    issue = f"　第{of.number}稿，替换第{of.number - 1}稿" if of.number > 1 else ""
    return Poster(
        title="实施结果公示" if is_result else "决议公示",
        author=committee(village),
        subject=f"{number}{issue}",
        matter=matter.title,
        outcome=outcome,
        money=money,
        clauses=(*clauses, *(f"更正：{c.statement}" for c in of.corrections)),
        counts=counts,
        period=_period(publication),
        days=tuple(days),
        telling=_telling(village, of, link),
        link=link,
        code=f"{link}#{of.head.digest}",
        footer=f"{number}　{edition_said(of)}　{wording.check_code(of.head)}{wording.purpose_mark(village.purpose)}",
        seal=(committee(village), wording.day(publication.first_day)),
        rehearsal=village.purpose is Purpose.REHEARSAL,
    )


def _period(of: Publication) -> str:
    return f"公示：{wording.day(of.first_day)}—{wording.day(of.last_day)}，首尾计共{of.days()}日"


Told = tuple[str, str, tuple[str, ...], str]


def _of_resolution(paper: Resolution) -> Told:
    matter, vote = paper.matter, paper.vote
    money = f"涉及金额 {wording.money(matter.amount_fen)}" if matter.amount_fen else ""
    clauses = tuple(f"{n}．{text}" for n, text in enumerate(matter.proposal, 1))
    quorum = paper.quorum
    origin = f"动议事由：{wording.ORIGINS[matter.origin]}。"
    present = f"应到{quorum.base}，实到{quorum.count}，{came(quorum)}。"
    counted = f"{origin}{present}\n{counts_said(paper)}。"
    if not vote.contest:
        counted = f"{counted}{wording.majority(paper.majority, vote.row)}。"
    return outcome_said(paper), money, clauses, counted


def _of_result(paper: Result) -> Told:
    works, matter = paper.works, paper.matter
    assert works.accepted_at is not None
    accepted = wording.day(day_of(works.accepted_at))
    clauses = (
        paper.publication.summary,
        f"责任人：{works.owner_name}。",
        f"{accepted}验收合格，村务监督委员会成员{paper.inspector}到场。",
        *(f"承包方：{c.contractor}，{wording.money(c.amount_fen)}。" for c in works.contracts),
    )
    spent = left_over("预算", works.budget_fen, "实际支出", works.spent_fen)
    # The summary often does the sum already: a poster says nothing twice.
    sum_said = "" if spent in paper.publication.summary else f"{spent}。"
    return (
        "实施完成，验收合格",
        f"实际支出 {wording.money(works.spent_fen)}",
        clauses,
        f"{sum_said}动议事由：{wording.ORIGINS[matter.origin]}。",
    )


def _telling(village: Village, of: Imprint, link: str) -> tuple[str, ...]:
    called = phones(village)
    return (
        "扫码看全文、看算式、提异议",
        f"有异议请在公示期内提出，{village.periods.objection_days}日内答复",
        f"村民委员会电话 {village.office_phone}",
        *(("　".join(f"{name} {phone}" for name, phone in called),) if called else ()),
        wording.check_code(of.head),
        link,
    )
