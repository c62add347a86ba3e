"""What has happened to the village itself: founded, catalogue and rules set, entries corrected."""

from dataclasses import dataclass

from kiosk.core.law.catalogue import Catalogue
from kiosk.core.law.periods import Periods
from kiosk.core.law.rules import RuleRow
from kiosk.core.terms import ClipAudience, CorrectionId, Purpose, VillageId


@dataclass(frozen=True, slots=True)
class VillageFounded:
    """The journal begins (建村)."""

    village: VillageId
    name: str
    township: str
    office_phone: str
    portal_url: str
    purpose: Purpose


@dataclass(frozen=True, slots=True)
class CatalogueAdopted:
    """A catalogue of matters is in use (清单启用); `digest` is the SHA-256 of its canonical JSON."""

    catalogue: Catalogue
    digest: str
    basis: str
    approver: str


@dataclass(frozen=True, slots=True)
class RowChanged:
    """A rule row was changed (议事规则变更); meetings called before keep the old one."""

    row: RuleRow
    basis: str
    approver: str


@dataclass(frozen=True, slots=True)
class PeriodsChanged:
    """The periods were changed (期限变更)."""

    periods: Periods
    basis: str
    approver: str


@dataclass(frozen=True, slots=True)
class ClipAudienceChanged:
    """Who may see the clips of votes was laid down anew (表决录像开放范围变更)."""

    audience: ClipAudience
    basis: str
    approver: str


@dataclass(frozen=True, slots=True)
class PhonesChanged:
    """Whom a villager may call besides the village's office was laid down anew (乡镇电话、监督电话变更)."""

    township_phone: str
    supervision_phone: str
    basis: str
    approver: str


@dataclass(frozen=True, slots=True)
class SigningKeyAdopted:
    """Papers are signed by the key of this certificate from now on (启用签名密钥); `sha256` is its fingerprint."""

    certificate: str
    sha256: str


@dataclass(frozen=True, slots=True)
class CorrectionProposed:
    """An officer says that an entry is wrong (更正)."""

    correction: CorrectionId
    seq: int
    ground: str
    statement: str


@dataclass(frozen=True, slots=True)
class CorrectionConfirmed:
    """A second officer confirms it (更正复核)."""

    correction: CorrectionId


VillageEvent = (
    VillageFounded
    | CatalogueAdopted
    | RowChanged
    | PeriodsChanged
    | ClipAudienceChanged
    | PhonesChanged
    | SigningKeyAdopted
    | CorrectionProposed
    | CorrectionConfirmed
)
