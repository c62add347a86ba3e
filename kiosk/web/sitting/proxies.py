"""委托: somebody absent is represented by another of his household, by a letter that is photographed.

Who is away → who votes for him (only those of his household by the register) → the letter, looked at → on record.
"""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, render_template, request
from werkzeug.exceptions import RequestEntityTooLarge

from kiosk import wording
from kiosk.core.commands import GiveProxy
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.refusals import Reason, Refused
from kiosk.core.terms import PersonId
from kiosk.core.values import Seat
from kiosk.web import pictures, stills
from kiosk.web.access import DOOR, allow
from kiosk.web.answers import Unclear, carry_out, is_scripted, refilled, sorry, went_well
from kiosk.web.filling import Answer
from kiosk.web.parts import parts, today
from kiosk.web.sitting.now import form_meeting
from kiosk.web.sitting.represented import principals
from kiosk.web.sitting.standing import meeting_at_the_door
from kiosk.wording import Sentence

proxies = Blueprint("proxies", __name__, url_prefix="/checkin/proxy")
proxies.register_error_handler(RequestEntityTooLarge, stills.too_large)

PAGE = "/checkin/proxy"
ALL = "all"


@proxies.url_value_preprocessor
def widen(endpoint: str | None, _values: dict[str, object] | None) -> None:
    """Let this one form be larger than the others."""
    if endpoint == "proxies.send":
        stills.widen()


@dataclass(frozen=True, slots=True)
class Households:
    """Who may be represented at the meeting, and by whom: by the households of the register (花名册的户)."""

    meeting: Meeting
    of: dict[PersonId, str]

    def together(self, principal: PersonId, proxy: PersonId) -> str:
        """The household in which both live; empty where they do not."""
        mine = self.of.get(principal, "")
        return mine if mine == self.of.get(proxy, "") else ""

    def able(self, principal: PersonId) -> list[Seat]:
        """Who may vote for him: entitled, of his household, who gave no letter himself and has room for one more."""
        meeting, taken = self.meeting, list(self.meeting.proxies.values())
        return [
            seat
            for seat in _entitled(meeting)
            if seat.person != principal and self.together(principal, seat.person)
            if seat.person not in meeting.proxies
            if taken.count(seat.person) < meeting.row.proxies
        ]

    def away(self) -> list[Seat]:
        """Who may be represented: entitled, neither here nor represented yet."""
        known = self.meeting.arrivals.keys() | self.meeting.proxies.keys()
        return [seat for seat in _entitled(self.meeting) if seat.person not in known]


def _entitled(meeting: Meeting) -> list[Seat]:
    return sorted(
        (meeting.seats[person] for person in meeting.entitled),
        key=lambda seat: (seat.group, seat.person),
    )


def _households() -> Households:
    """Of the meeting at the door. Refused: PROXY_NOT_ALLOWED where nobody may be represented in it."""
    meeting = meeting_at_the_door(parts().known(), today())
    if not meeting.row.proxies:
        raise Refused(Reason.PROXY_NOT_ALLOWED, basis=meeting.row.voters_basis)
    people = parts().register.people(parts().home)
    return Households(meeting, {person.id: person.household for person in people})


@proxies.get("")
@allow(DOOR)
def ask() -> str:
    """Who is away; then who votes for him; then the letter."""
    return _draw(request.args.get("shown", ""))


def _draw(shown: str, sentence: Sentence | None = None) -> str:
    houses = _households()
    principal, proxy = _two(houses)
    if principal is None:
        return _draw_away(houses, sentence)
    if proxy is None:
        return _draw_able(houses, principal, sentence)
    return render_template(
        "console/proxy_letter.html",
        village=parts().village(),
        meeting=houses.meeting,
        principal=principal,
        proxy=proxy,
        shown=stills.still_shown(shown),
        sentence=sentence,
        has_camera=stills.photographer().has_camera,
        most_mb=stills.UPLOAD_MB,
        again=_address(principal, proxy),
        basis=houses.meeting.row.proxies_basis,
    )


def _two(houses: Households) -> tuple[Seat | None, Seat | None]:
    """The two whose tiles were tapped so far."""
    seats = houses.meeting.seats
    principal = seats.get(PersonId(request.values.get("principal", "")))
    proxy = seats.get(PersonId(request.values.get("proxy", "")))
    return principal, proxy


def _address(principal: Seat, proxy: Seat | None = None, **more: str) -> str:
    told = {"principal": principal.person} | ({"proxy": proxy.person} if proxy else {})
    return f"{PAGE}?{urlencode(told | more)}"


def _draw_away(houses: Households, sentence: Sentence | None) -> str:
    tab = request.args.get("tab", ALL)
    away = houses.away()
    groups = sorted({seat.group for seat in away})
    names = [(ALL, "全部"), *((str(group), f"{group}组") for group in groups)]
    counts = {ALL: len(away)} | {str(g): sum(s.group == g for s in away) for g in groups}
    return render_template(
        "console/proxy.html",
        village=parts().village(),
        sentence=sentence,
        most=houses.meeting.row.proxies,
        basis=houses.meeting.row.proxies_basis,
        tabs=[
            {
                "label": label,
                "href": f"{PAGE}?tab={name}",
                "current": name == tab,
                "count": counts[name],
            }
            for name, label in names
        ],
        tiles=[
            pictures.person_tile(seat) | {"href": _address(seat), "said": "未到"}
            for seat in away
            if tab in (ALL, str(seat.group))
        ],
    )


def _draw_able(houses: Households, principal: Seat, sentence: Sentence | None) -> str:
    return render_template(
        "console/proxy.html",
        village=parts().village(),
        sentence=sentence,
        principal=principal,
        basis=houses.meeting.row.proxies_basis,
        tiles=[
            _able_tile(houses.meeting, principal, seat) for seat in houses.able(principal.person)
        ],
    )


def _able_tile(meeting: Meeting, principal: Seat, seat: Seat) -> pictures.Picture:
    arrived = meeting.arrivals.get(seat.person)
    already = len(principals(meeting, seat.person))
    said = f"已到 {wording.clock(arrived)}" if arrived else "还没到"
    return pictures.person_tile(seat) | {
        "href": _address(principal, seat),
        "said": f"{said}，已代{already}人" if already else said,
    }


# --- the letter


@proxies.post("/shoot")
@allow(DOOR)
def shoot() -> Answer:
    """拍照: what the camera sees now, to be looked at; nothing is on record yet."""
    return _shown(stills.shot)


@proxies.post("/send")
@allow(DOOR)
def send() -> Answer:
    """Take in a photograph of the letter that a telephone made."""
    return _shown(stills.sent)


def _shown(take: Callable[[], str]) -> Answer:
    principal, proxy = _two(_households())
    if principal is None or proxy is None:
        raise Refused(Reason.NOT_CALLED)
    try:
        return went_well(_address(principal, proxy, shown=take()))
    except stills.NoStill as none:
        if is_scripted():
            return sorry(none.sentence, 409)
        return _draw("", none.sentence), 409


@proxies.post("")
@allow(DOOR)
def give() -> Answer:
    """记下委托: the letter that was looked at comes on record."""
    shown = request.form.get("shown", "")
    principal = PersonId(request.form.get("principal", ""))
    proxy = PersonId(request.form.get("proxy", ""))
    household = _households().together(principal, proxy)
    try:
        with stills.filing(shown, f"{wording.PROXY_LETTER}.jpg") as letter:
            carry_out(GiveProxy(form_meeting(), principal, proxy, household, letter))
    except (Refused, Unclear) as error:
        return refilled(error, lambda no: _draw(shown, no))
    return went_well("/checkin/")
