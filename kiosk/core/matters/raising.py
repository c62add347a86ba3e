"""Bringing forward needs and putting matters on file (需求与立项): what may be asked of whom, on what grounds.

The catalogue says who may decide a kind of matter; what the law forbids, 担保 above all, is not put on file at all.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kiosk.core import commands as c
from kiosk.core import events as e
from kiosk.core.ballot_terms import CANDIDATE_NUMBERS
from kiosk.core.facts import fact
from kiosk.core.law.catalogue import Kind
from kiosk.core.law.rules import RuleRow, Threshold
from kiosk.core.refusals import Reason, require, require_money, require_text
from kiosk.core.terms import Body, RowId, Standing, day_of
from kiosk.core.values import Contest
from kiosk.core.village import Village

RaisingCommand = c.FileNeed | c.AnswerNeed | c.RaiseMatter

MANDATE_BASIS = "村民委员会组织法第二十八条（村民会议可以授权村民代表会议）"


@dataclass(frozen=True, slots=True)
class Support:
    """The share that a joint need must have behind it (联名人数), and where that stands."""

    share: Threshold
    basis: str


JOINT = {
    Standing.JOINT_VILLAGERS: Support(
        Threshold(1, 10, inclusive=True), "河南省实施办法第五十四条；村民委员会组织法第二十五条"
    ),
    Standing.JOINT_REPRESENTATIVES: Support(
        Threshold(1, 5, inclusive=True), "河南省实施办法第五十四条；村民委员会组织法第三十条"
    ),
}


def decide(village: Village, command: RaisingCommand, at: datetime) -> tuple[e.Event, ...]:
    """What the command brings about at that instant.

    Refused: as each command's own function says.
    """
    match command:
        case c.FileNeed():
            return (_file(village, command, day_of(at)),)
        case c.AnswerNeed():
            return (_answer(village, command),)
        case c.RaiseMatter():
            return (_raise(village, command, day_of(at)),)


def _file(village: Village, command: c.FileNeed, on: date) -> e.NeedFiled:
    """Refused: NEED_EXISTS, TEXT_MISSING, TOO_FEW_SUPPORTERS with the numbers."""
    require(command.need not in village.needs, Reason.NEED_EXISTS)
    require_text(command.author, command.text)
    _require_support(command)
    return fact(
        e.NeedFiled,
        command,
        year=on.year,
        number=1 + sum(need.year == on.year for need in village.needs.values()),
        due=on + timedelta(days=village.periods.need_days),
    )


def _require_support(command: c.FileNeed) -> None:
    support = JOINT.get(command.standing)
    if support is None:
        return
    require(
        support.share.compare(command.supporters, command.of).holds,
        Reason.TOO_FEW_SUPPORTERS,
        basis=support.basis,
        supporters=command.supporters,
        of=command.of,
        needed=support.share.least(command.of),
    )


def _answer(village: Village, command: c.AnswerNeed) -> e.NeedAnswered:
    """Refused: NO_SUCH_NEED, NEED_ANSWERED once it was answered or taken up, TEXT_MISSING."""
    require(not village.need(command.need).is_settled, Reason.NEED_ANSWERED)
    require_text(command.answer)
    return fact(e.NeedAnswered, command)


def _raise(village: Village, command: c.RaiseMatter, on: date) -> e.MatterRaised:
    """Refused: MATTER_EXISTS, NO_SUCH_KIND, NO_SUCH_NEED, NEED_ANSWERED, LISTED_TWICE, and as the parts below say."""
    require(command.matter not in village.matters, Reason.MATTER_EXISTS)
    kind = village.kind(command.kind)
    _require_lawful_row(kind, command.row)
    _require_particulars(village, kind, command)
    require(len(set(command.needs)) == len(command.needs), Reason.LISTED_TWICE)
    for need in command.needs:
        require(not village.need(need).is_settled, Reason.NEED_ANSWERED)
    _require_rested(village, command, on)
    return fact(e.MatterRaised, command, number=1 + len(village.matters), kind_id=command.kind)


def _require_lawful_row(kind: Kind, row: RowId) -> None:
    """Refused: KIND_FORBIDDEN (担保, 村民委员会组织法第十三条), KIND_BARRED, each with its article."""
    require(not kind.forbidden, Reason.KIND_FORBIDDEN, basis=kind.forbidden, kind=kind.name)
    bar = next((bar.basis for bar in kind.bars if bar.row is row), "")
    allowed = row in kind.rows and not bar
    require(allowed, Reason.KIND_BARRED, basis=bar or kind.basis, kind=kind.name)


def _require_particulars(village: Village, kind: Kind, command: c.RaiseMatter) -> None:
    """That what its kind and its row ask for is there (立项要素).

    Refused: MANDATE_MISSING, GROUP_MISSING, APPRAISED_MISSING, TEXT_MISSING, MONEY_NEGATIVE, and as `_require_contest`.
    """
    # 村民委员会组织法 §28: the assembly may authorise the representatives; by themselves they may not.
    asks = kind.mandate and village.rows[command.row].body is Body.REPRESENTATIVES
    mandated = command.mandate.strip() or not asks
    require(mandated, Reason.MANDATE_MISSING, basis=MANDATE_BASIS, kind=kind.name)
    require(command.group > 0 or not kind.group, Reason.GROUP_MISSING, kind=kind.name)
    appraises = command.row is RowId.APPRAISAL
    require(command.appraised or not appraises, Reason.APPRAISED_MISSING)
    _require_contest(village.rows[command.row], command.contest)
    require(command.proposal, Reason.TEXT_MISSING)
    require_text(command.title, command.for_means, command.against_means, *command.proposal)
    require_money(command.amount_fen)


def _require_contest(row: RuleRow, contest: Contest | None) -> None:
    """That candidates stand where some are chosen, and nowhere else (推选).

    Refused: CANDIDATES_MISSING, LISTED_TWICE, TEXT_MISSING, CANDIDATES_TOO_MANY, PLACES_WRONG.
    """
    require((contest is not None) is row.contest, Reason.CANDIDATES_MISSING)
    if contest is None:
        return
    people = [candidate.person for candidate in contest.candidates]
    require(people, Reason.CANDIDATES_MISSING)
    require(len(set(people)) == len(people), Reason.LISTED_TWICE)
    require_text(*(candidate.name for candidate in contest.candidates))
    most = len(CANDIDATE_NUMBERS)
    require(len(people) <= most, Reason.CANDIDATES_TOO_MANY, most=most)
    # As many places as candidates is lawful (等额): nobody is chosen without a majority.
    require(1 <= contest.places <= len(people), Reason.PLACES_WRONG, most=len(people))


def _require_rested(village: Village, command: c.RaiseMatter, on: date) -> None:
    """Refused: PAUSE_NOT_OVER while the same matter, by kind and title, rests after it was given up (再议间隔)."""
    pause = village.periods.pause_days
    ended = [
        day_of(matter.ended_at)
        for matter in village.matters.values()
        if matter.ended_at
        and matter.kind.id == command.kind
        and matter.title.strip() == command.title.strip()
    ]
    first = max((day + timedelta(days=pause) for day in ended), default=on)
    require(on >= first, Reason.PAUSE_NOT_OVER, days=pause, day=first.isoformat())
