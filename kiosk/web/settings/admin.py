"""设置: the screens of this kiosk and the officers' codes."""

from datetime import timedelta

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from kiosk import wording
from kiosk.core.refusals import Malformed
from kiosk.core.terms import DeviceId, DeviceKind, PersonId
from kiosk.store.credentials import PIN_DIGITS, Secret
from kiosk.store.devices import PAIRING_DIGITS
from kiosk.web.access import ADMIN, CONSOLE, allow
from kiosk.web.answers import went_well
from kiosk.web.parts import parts

admin = Blueprint("admin", __name__, url_prefix="/admin")

PAIRING_LASTS = timedelta(minutes=15)
_SECRETS = {Secret.NONE: "未发登录码", Secret.CODE: "已发登录码，未登录", Secret.PIN: "已设密码"}


@admin.get("/screens")
@allow(CONSOLE)
def screens() -> str:
    """Which screens are paired."""
    return _screens()


def _screens(code: str = "", kind: DeviceKind | None = None) -> str:
    shown = [
        {
            "id": device.id,
            "kind": wording.SCREENS[device.kind],
            "state": f"{wording.instant(device.paired_at)} 配对"
            if device.paired_at
            else "等待配对",
        }
        for device in parts().devices.all(parts().home)
    ]
    return render_template(
        "admin/screens.html",
        village=parts().village(),
        screens=shown,
        code=code,
        kind=wording.SCREENS[kind] if kind else "",
        minutes=PAIRING_LASTS.seconds // 60,
    )


@admin.post("/screens")
@allow(CONSOLE)
def await_pairing() -> str:
    """Make a one-time code for a new screen; it is shown once."""
    try:
        kind = DeviceKind(request.form.get("kind", ""))
    except ValueError as error:
        raise Malformed("kind") from error
    code = parts().new_digits(PAIRING_DIGITS)
    until = parts().kiosk.now() + PAIRING_LASTS
    parts().devices.await_pairing(DeviceId(parts().new_token()), parts().home, kind, code, until)
    return _screens(code, kind)


@admin.post("/screens/remove")
@allow(CONSOLE)
def remove() -> Response:
    """Unpair a screen."""
    parts().devices.remove(DeviceId(request.form.get("device", "")))
    return went_well("/admin/screens")


@admin.get("/officers")
@allow(ADMIN)
def officers() -> str:
    """Who signs in, and with what."""
    return _officers()


def _officers(issued_to: str = "", code: str = "") -> str:
    shown = [
        {
            "id": person.id,
            "name": person.name,
            "title": person.title,
            "state": _SECRETS[parts().credentials.asked_for(person.id)],
        }
        for person in parts().register.officers(parts().home)
    ]
    return render_template(
        "admin/officers.html",
        village=parts().village(),
        officers=shown,
        issued_to=issued_to,
        code=code,
    )


@admin.post("/officers")
@allow(ADMIN)
def issue_code() -> str:
    """A new one-time code for an officer; his PIN and sessions end."""
    officer = parts().register.officer(PersonId(request.form.get("person", "")))
    if officer is None:
        raise Malformed("person")
    code = parts().new_digits(PIN_DIGITS)
    parts().credentials.issue_code(officer.id, code)
    return _officers(officer.name, code)
