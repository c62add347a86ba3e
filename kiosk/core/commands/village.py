"""What may be asked of the village itself: its founding, its catalogue, its rules, corrections of its record."""

from dataclasses import dataclass

from kiosk.core.law.catalogue import Catalogue
from kiosk.core.law.periods import Periods
from kiosk.core.law.rules import RuleRow
from kiosk.core.terms import ClipAudience, CorrectionId, Purpose, VillageId


@dataclass(frozen=True, slots=True)
class FoundVillage:
    """Begin the village's journal (建村).

    `portal_url` is where phones find the portal; papers print it, so it is a fact and not a setting.
    """

    village: VillageId
    name: str
    township: str
    office_phone: str
    portal_url: str
    purpose: Purpose


@dataclass(frozen=True, slots=True)
class AdoptCatalogue:
    """Take a catalogue of matters (小微权力清单) into use; who approved it, on what basis."""

    catalogue: Catalogue
    basis: str
    approver: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """Put a rule row (议事规则行) in the place of the one with the same id."""

    row: RuleRow
    basis: str
    approver: str


@dataclass(frozen=True, slots=True)
class ChangePeriods:
    """Set the village's periods (期限): publication, answers to objections and needs, renewed proposals."""

    periods: Periods
    basis: str
    approver: str


@dataclass(frozen=True, slots=True)
class ChangeClipAudience:
    """Lay down who may see the clips of votes (表决录像开放范围)."""

    audience: ClipAudience
    basis: str
    approver: str


@dataclass(frozen=True, slots=True)
class ChangePhones:
    """Lay down whom a villager may call besides the village's office (乡镇电话、监督电话); numbers of offices."""

    township_phone: str
    supervision_phone: str
    basis: str
    approver: str


@dataclass(frozen=True, slots=True)
class AdoptSigningKey:
    """Papers are signed by another key from now on (启用签名密钥).

    certificate: X.509 in DER, as base64; sha256: its fingerprint, lower-case hexadecimal.
    """

    certificate: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ProposeCorrection:
    """Say that entry `seq` of the journal is wrong, why, and what is true (更正); the entry stays."""

    correction: CorrectionId
    seq: int
    ground: str
    statement: str


@dataclass(frozen=True, slots=True)
class ConfirmCorrection:
    """A second officer confirms the correction (更正复核)."""

    correction: CorrectionId
