"""Setting a kiosk up (开机准备): the demonstration village where none is, one-time codes, the sheet that is printed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk import wording
from kiosk.app import new_digits, new_token, utc_now
from kiosk.config import Settings
from kiosk.core.terms import DeviceId, DeviceKind, Purpose, Role, VillageId
from kiosk.demo.founding import found_demonstration
from kiosk.demo.story import Past
from kiosk.store.credentials import PIN_DIGITS, Credentials, Secret
from kiosk.store.database import Database
from kiosk.store.devices import PAIRING_DIGITS, Devices
from kiosk.store.journal import SqlJournal
from kiosk.store.register import Register

FIRST_PAIRING_LASTS = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Codes:
    """What is handed out on paper: each officer's and each screen's one-time code."""

    officers: tuple[tuple[str, str, str, str], ...]
    """(person id, name, roles, code); the code is empty for one who has his own PIN already."""
    screens: tuple[tuple[DeviceKind, str], ...]


def found_demo(
    engine: Database,
    settings: Settings,
    *,
    seats: int | None = None,
    past: Past = Past.OF_TODAYS_MATTER,
) -> None:
    """Make the demonstration village in this database; for rehearsals where the settings say so.

    `seats` and `past`: as `found_demonstration` has them.
    """
    found_demonstration(
        Register(engine),
        SqlJournal(engine),
        utc_now,
        settings.public_url,
        seats=seats,
        purpose=Purpose.REHEARSAL if settings.rehearsal else Purpose.DEMONSTRATION,
        past=past,
    )


def hand_out(engine: Database, village: VillageId, *, now: datetime) -> Codes:
    """New codes for every officer without a PIN of his own, and for a kind of screen with none paired yet."""
    until = now + FIRST_PAIRING_LASTS
    return Codes(_officers(engine, village), _screens(engine, village, until))


def _officers(engine: Database, village: VillageId) -> tuple[tuple[str, str, str, str], ...]:
    credentials = Credentials(engine)
    handed = []
    for person in Register(engine).officers(village):
        code = ""
        if credentials.asked_for(person.id) is not Secret.PIN:
            code = new_digits(PIN_DIGITS)
            credentials.issue_code(person.id, code)
        roles = "、".join(wording.ROLES[role] for role in Role if role in person.roles)
        handed.append((person.id, person.name, roles, code))
    return tuple(handed)


def code_for(engine: Database, village: VillageId, name: str) -> str | None:
    """A new one-time code for the officer of that name, whose PIN and sessions end; None if there is none."""
    for person in Register(engine).officers(village):
        if person.name == name:
            code = new_digits(PIN_DIGITS)
            Credentials(engine).issue_code(person.id, code)
            return code
    return None


def _screens(
    engine: Database, village: VillageId, until: datetime
) -> tuple[tuple[DeviceKind, str], ...]:
    devices = Devices(engine)
    known = devices.all(village)
    handed = []
    for kind in DeviceKind:
        if any(device.kind is kind and device.paired_at for device in known):
            continue
        for device in known:
            if device.kind is kind:
                devices.remove(device.id)  # an older sheet's code, lost with the sheet
        handed.append((kind, pairing_code(devices, village, kind, until)))
    return tuple(handed)


def pairing_code(devices: Devices, village: VillageId, kind: DeviceKind, until: datetime) -> str:
    """Let one more screen of the kind be paired until then, by the code returned."""
    code = new_digits(PAIRING_DIGITS)
    devices.await_pairing(DeviceId(new_token()), village, kind, code, until)
    return code


def sheet(codes: Codes, settings: Settings) -> str:
    """The sheet printed at the start: addresses, pairing codes, sign-in codes."""
    address = settings.public_url
    lines = [
        "",
        f"  公开栏（手机看）  {address}/",
        f"  主持台            {address}/console/",
        f"  表决屏            {address}/ballot/",
        f"  大屏              {address}/hall/",
        "",
    ]
    lines += [
        f"  {wording.SCREENS[kind]}配对码（打开 {address}/pair 输入，只用一次）  {code}"
        for kind, code in codes.screens
    ]
    lines += ["", "  一次性登录码（登录后请自己设密码）："]
    lines += [
        f"    {code or '已设密码'}  {name}（{roles}）" for _, name, roles, code in codes.officers
    ]
    return "\n".join([*lines, ""])
