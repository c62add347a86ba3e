"""The ledger of a village's matters as data (重大事项台账): one row a matter, from the journal alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kiosk.core.law.tally import Tally
from kiosk.core.matters.dossier import Deliberation
from kiosk.core.matters.matter import Matter, Phase
from kiosk.core.terms import Body
from kiosk.core.village import Village
from kiosk.core.votes.vote import Vote


@dataclass(frozen=True, slots=True)
class Step:
    """One deliberation of a matter (四议的一步): before whom, by what vote; `entitled` is 应到."""

    deliberation: Deliberation
    body: Body
    entitled: int
    tally: Tally
    vote: Vote


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One matter: its steps in their order, void ones left out, and how far it has come."""

    matter: Matter
    steps: tuple[Step, ...]
    phase: Phase


@dataclass(frozen=True, slots=True)
class Ledger:
    """重大事项台账 of a village on that day; the newest matter stands last."""

    village: Village
    on: date
    rows: tuple[LedgerRow, ...]


def ledger(village: Village, on: date) -> Ledger:
    """The ledger of the village as of that day."""
    matters = village.matters.values()
    rows = (LedgerRow(m, tuple(_steps(village, m)), m.phase(on)) for m in matters)
    return Ledger(village, on, tuple(rows))


def _steps(village: Village, matter: Matter) -> Iterator[Step]:
    for held in sorted(matter.deliberations, key=lambda d: d.at):
        if held.void:
            continue
        meeting = village.meetings[held.meeting]
        vote = meeting.votes[held.vote]
        yield Step(held, meeting.body, len(meeting.entitled), vote.tally, vote)
