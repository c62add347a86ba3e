"""Signing in (登录) and pairing screens (配对): tiles and number pads, nothing to type."""

from flask import Blueprint, render_template, request, session
from werkzeug.wrappers import Response

from kiosk import wording
from kiosk.core.refusals import Malformed
from kiosk.core.terms import DeviceKind, PersonId, Role
from kiosk.store.credentials import PIN_DIGITS, Answer, Secret, Try, is_weak
from kiosk.store.devices import PAIRING_DIGITS
from kiosk.store.register import Person
from kiosk.web.access import PUBLIC, allow
from kiosk.web.answers import sorry, went_well
from kiosk.web.parts import parts
from kiosk.wording import Sentence

signin = Blueprint("signin", __name__)

HOME_OF = {DeviceKind.BALLOT: "/ballot/", DeviceKind.HALL: "/hall/"}


@signin.get("/signin")
@allow(PUBLIC)
def officers() -> str:
    """Who are you? One tile an officer."""
    tiles = [
        {
            "id": person.id,
            "name": person.name,
            "title": person.title,
            "roles": "、".join(wording.ROLES[role] for role in Role if role in person.roles),
        }
        for person in parts().register.officers(parts().home)
    ]
    return render_template("signin/officers.html", village=parts().village(), officers=tiles)


@signin.get("/signin/<person>")
@allow(PUBLIC)
def secret(person: str) -> str | tuple[Response | str, int]:
    """A one-time code the first time, a PIN from then on."""
    officer = _officer(person)
    asked = parts().credentials.asked_for(officer.id)
    if asked is Secret.NONE:
        return sorry(Sentence("还没有给您发登录码。", "请找管理员发一个。"), 409)
    return render_template(
        "signin/secret.html",
        village=parts().village(),
        officer=officer,
        first=asked is Secret.CODE,
        digits=PIN_DIGITS,
    )


@signin.post("/signin/<person>")
@allow(PUBLIC)
def enter(person: str) -> Response | tuple[Response | str, int]:
    """Try the code or the PIN."""
    officer = _officer(person)
    asked = parts().credentials.asked_for(officer.id)
    tried = parts().credentials.attempt(
        officer.id, request.form.get("secret", ""), parts().kiosk.now()
    )
    if tried.answer is not Answer.RIGHT:
        return sorry(_wrong(tried), 403)
    if asked is Secret.CODE:
        session["choosing"] = [officer.id, parts().credentials.code_mark(officer.id)]
        return went_well("/pin")
    return _signed_in(officer)


@signin.get("/pin")
@allow(PUBLIC)
def choose_pin() -> str | Response:
    """The first time: choose a PIN, twice."""
    officer = _choosing()
    if officer is None:
        return went_well("/signin")
    return render_template(
        "signin/pin.html",
        village=parts().village(),
        officer=officer,
        digits=PIN_DIGITS,
    )


@signin.post("/pin")
@allow(PUBLIC)
def keep_pin() -> Response | tuple[Response | str, int]:
    """Keep the PIN and go on."""
    officer = _choosing()
    if officer is None:
        return went_well("/signin")
    pin = request.form.get("pin", "")
    if len(pin) != PIN_DIGITS or not (pin.isascii() and pin.isdecimal()):
        return sorry(Sentence("密码要六位数字。", "请重新输入。"), 409)
    if pin != request.form.get("again"):
        return sorry(Sentence("两次输入的密码不一样。", "请重新输入两次。"), 409)
    if is_weak(pin):
        return sorry(Sentence("这个密码太容易猜。", "请换一个，不要连号、重复。"), 409)
    _, mark = session.pop("choosing")
    if not parts().credentials.set_pin(officer.id, pin, mark):
        return went_well("/signin")
    return _signed_in(officer)


@signin.post("/signout")
@allow(PUBLIC)
def sign_out() -> Response:
    """End the session in the database, not only in the browser."""
    token = session.pop("officer", None)
    if token:
        parts().credentials.end_session(token)
    return went_well("/signin")


def _choosing() -> Person | None:
    """Who may choose his PIN here: one who gave the code still in force, for a cookie may be kept and used again."""
    person, mark = session.get("choosing", ("", ""))
    if not mark or mark != parts().credentials.code_mark(PersonId(person)):
        return None
    return _officer(person)


def _signed_in(officer: Person) -> Response:
    token = parts().new_token()
    parts().credentials.begin_session(officer.id, token, parts().kiosk.now())
    session.permanent = True
    session["officer"] = token
    # Who only supervises has nothing to do at the console.
    return went_well("/supervision/" if officer.roles == {Role.SUPERVISOR} else "/console/")


def _officer(person: str) -> Person:
    officer = parts().register.officer(PersonId(person))
    if officer is None:
        raise Malformed("person")
    return officer


def _wrong(tried: Try) -> Sentence:
    match tried.answer:
        case Answer.WAIT:
            return Sentence("错得太多了。", f"请等{tried.wait_s}秒再试。")
        case Answer.SHUT:
            return Sentence("登录已停用。", "请找另一位管理员重新发登录码。")
        case _:
            return Sentence("数字不对。", "请再输一次；登录码在开机时的纸条上。")


@signin.get("/pair")
@allow(PUBLIC)
def pairing() -> str:
    """A screen is paired: enter the code that the console shows."""
    return render_template("signin/pair.html", village=parts().village(), digits=PAIRING_DIGITS)


@signin.post("/pair")
@allow(PUBLIC)
def pair() -> Response | tuple[Response | str, int]:
    """Give this browser the screen's token."""
    token = parts().new_token()
    device = parts().devices.pair(request.form.get("code", ""), token, parts().kiosk.now())
    if device is None:
        return sorry(Sentence("配对码不对，或者已经过期。", "请在主持台重新生成一个。"), 403)
    session.permanent = True
    session[device.kind.value] = token
    return went_well(HOME_OF[device.kind])
