"""The proposal of one matter as data (议题提议表): what is proposed, by whom, on what law, through which bodies."""

from dataclasses import dataclass

from kiosk.core.matters.matter import Matter
from kiosk.core.matters.need import Need
from kiosk.core.terms import MatterId
from kiosk.core.village import Village


@dataclass(frozen=True, slots=True)
class ProposalSheet:
    """议题提议表 of one matter: as it was put on file, with the needs that it took up."""

    village: Village
    matter: Matter
    needs: tuple[Need, ...]


def proposal_sheet(village: Village, matter_id: MatterId) -> ProposalSheet:
    """The proposal sheet of a matter, of the village as it raised it. Refused: NO_SUCH_MATTER."""
    matter = village.matter(matter_id)
    return ProposalSheet(village, matter, tuple(village.needs[need] for need in matter.needs))
