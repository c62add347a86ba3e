"""Governing the rules themselves (议事规则管理): the catalogue, the rule rows, the periods, corrections of the record.

What a village changes is recorded with its basis and who approved it; what would fall below national law is refused.
"""

import hashlib
from base64 import b64decode
from datetime import datetime

from kiosk.core.commands import (
    AdoptCatalogue,
    AdoptSigningKey,
    ChangeClipAudience,
    ChangePeriods,
    ChangePhones,
    ChangeRow,
    ConfirmCorrection,
    FoundVillage,
    ProposeCorrection,
)
from kiosk.core.events import (
    CatalogueAdopted,
    ClipAudienceChanged,
    CorrectionConfirmed,
    CorrectionProposed,
    Event,
    PeriodsChanged,
    PhonesChanged,
    RowChanged,
    SigningKeyAdopted,
    VillageFounded,
)
from kiosk.core.facts import fact
from kiosk.core.law.cataloguing import catalogue_digest, require_lawful_catalogue
from kiosk.core.law.floors import require_lawful_row
from kiosk.core.law.periods import Periods, require_lawful_periods
from kiosk.core.law.phones import require_office_phones
from kiosk.core.law.statute import ROWS
from kiosk.core.refusals import Malformed, Reason, Refused, require, require_text
from kiosk.core.values import Actor
from kiosk.core.village import Village

GoverningCommand = (
    AdoptCatalogue
    | AdoptSigningKey
    | ChangeRow
    | ChangePeriods
    | ChangeClipAudience
    | ChangePhones
    | ProposeCorrection
    | ConfirmCorrection
)

FOUNDING_BASIS = "建村时采用法定规则"


def found(command: FoundVillage) -> tuple[Event, ...]:
    """The village is founded with the statute's rows and periods (建村).

    The record carries its own rules: a later statute in the program never re-judges an old journal.
    """
    rows = tuple(RowChanged(row, FOUNDING_BASIS, "") for row in ROWS.values())
    return (fact(VillageFounded, command), *rows, PeriodsChanged(Periods(), FOUNDING_BASIS, ""))


def decide(
    village: Village, command: GoverningCommand, actor: Actor, _at: datetime
) -> tuple[Event, ...]:
    """What the command brings about; nothing where it only repeats what is so (议事规则管理).

    Refused: TEXT_MISSING, CATALOGUE_UNDERCUTS_LAW, ROW_MALFORMED, UNDERCUTS_LAW, PUBLIC_TOO_SHORT,
    ANSWER_DAYS_OUT_OF_RANGE, PHONE_NOT_OF_OFFICE, NO_SUCH_ENTRY,
    CORRECTION_EXISTS, NO_SUCH_CORRECTION, CORRECTION_CONFIRMED, SAME_OFFICER.
    Malformed: a certificate that is no base64, or not of this fingerprint.
    """
    match command:
        case AdoptCatalogue():
            return _adopt(village, command)
        case ChangeRow():
            return _change_row(village, command)
        case ChangePeriods():
            return _change_periods(village, command)
        case ChangeClipAudience():
            return _change_clip_audience(village, command)
        case ChangePhones():
            return _change_phones(village, command)
        case AdoptSigningKey():
            return _adopt_key(village, command)
        case ProposeCorrection() | ConfirmCorrection():
            return _correct(village, command, actor)


def _adopt(village: Village, command: AdoptCatalogue) -> tuple[Event, ...]:
    require_text(command.basis, command.approver)
    require_lawful_catalogue(command.catalogue)
    if command.catalogue == village.catalogue:
        return ()
    return (fact(CatalogueAdopted, command, digest=catalogue_digest(command.catalogue)),)


def _change_row(village: Village, command: ChangeRow) -> tuple[Event, ...]:
    require_text(command.basis, command.approver)
    require_lawful_row(command.row)
    if command.row == village.rows.get(command.row.id):
        return ()
    return (fact(RowChanged, command),)


def _change_periods(village: Village, command: ChangePeriods) -> tuple[Event, ...]:
    require_text(command.basis, command.approver)
    require_lawful_periods(command.periods)
    if command.periods == village.periods:
        return ()
    return (fact(PeriodsChanged, command),)


def _change_clip_audience(village: Village, command: ChangeClipAudience) -> tuple[Event, ...]:
    require_text(command.basis, command.approver)
    if command.audience is village.clip_audience:
        return ()
    return (fact(ClipAudienceChanged, command),)


def _change_phones(village: Village, command: ChangePhones) -> tuple[Event, ...]:
    require_text(command.basis, command.approver)
    wish = (command.township_phone, command.supervision_phone)
    require_office_phones(*wish)
    if wish == (village.township_phone, village.supervision_phone):
        return ()
    return (fact(PhonesChanged, command),)


def _adopt_key(village: Village, command: AdoptSigningKey) -> tuple[Event, ...]:
    adopted = fact(SigningKeyAdopted, command)
    if fingerprint(command.certificate) != command.sha256:
        raise Malformed("certificate")
    return () if village.signing_keys[-1:] == (adopted,) else (adopted,)


def fingerprint(certificate: str) -> str:
    """The SHA-256 of a certificate given as base64 (证书指纹). Malformed where it is none."""
    try:
        return hashlib.sha256(b64decode(certificate, validate=True)).hexdigest()
    except ValueError as error:
        raise Malformed("certificate") from error


def _correct(
    village: Village, command: ProposeCorrection | ConfirmCorrection, actor: Actor
) -> tuple[Event, ...]:
    if isinstance(command, ProposeCorrection):
        return _propose(village, command)
    return _confirm(village, command, actor)


def _propose(village: Village, command: ProposeCorrection) -> tuple[Event, ...]:
    require_text(command.ground, command.statement)
    require(1 <= command.seq <= village.entries, Reason.NO_SUCH_ENTRY)
    require(command.correction not in village.corrections, Reason.CORRECTION_EXISTS)
    return (fact(CorrectionProposed, command),)


def _confirm(village: Village, command: ConfirmCorrection, actor: Actor) -> tuple[Event, ...]:
    correction = village.corrections.get(command.correction)
    if correction is None:
        raise Refused(Reason.NO_SUCH_CORRECTION)
    require(not correction.stands, Reason.CORRECTION_CONFIRMED)
    # Two officers: somebody unknown is nobody's second.
    second = actor.person is not None and actor.person != correction.proposed_by
    require(second, Reason.SAME_OFFICER)
    return (fact(CorrectionConfirmed, command),)
