"""花名册: everybody of the village by group and surname; adding a person, changing his details."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from kiosk import wording
from kiosk.core.law.roll import unrepresented_households
from kiosk.intake import cells
from kiosk.intake.cells import Wrong
from kiosk.intake.check import Checked, check
from kiosk.intake.columns import Column, Row
from kiosk.store.register import Person
from kiosk.web.access import CONSOLE, allow
from kiosk.web.answers import went_well
from kiosk.web.parts import parts, today
from kiosk.web.settings.people import enrolled, person_of

register = Blueprint("register", __name__, url_prefix="/admin/register")

SHOWN_AT_MOST = 400
DETAILS = {
    "name": Column.NAME,
    "sex": Column.SEX,
    "born_on": Column.BORN_ON,
    "group": Column.GROUP,
    "household": Column.HOUSEHOLD,
    "represents": Column.REPRESENTS_HOUSEHOLD,
    "phone": Column.PHONE,
    "grid": Column.GRID,
    "party": Column.PARTY,
    "collective": Column.COLLECTIVE,
}
"""The fields of the form, each read and checked as a cell of the spreadsheet is."""


@register.get("/")
@allow(CONSOLE)
def people() -> str:
    """One group, or everybody whose name begins so."""
    everybody = parts().register.people(parts().home)
    counts = Counter(person.group for person in everybody)
    surname = request.args.get("q", "").strip()
    first = min((number for number in counts if number), default=0)
    group = request.args.get("group", 0 if surname else first, type=int)
    of_group = [p for p in everybody if p.group == group] if group else everybody
    found = sorted((p for p in of_group if p.name.startswith(surname)), key=_by_household)
    return render_template(
        "admin/register.html",
        village=parts().village(),
        group=group,
        surname=surname,
        tabs=[_group_tab(number, counts[number], group) for number in sorted(counts)],
        surnames=_surname_tabs(of_group, group, surname),
        tiles=[_tile(person) for person in found[:SHOWN_AT_MOST]],
        total=len(everybody),
        added=request.args.get("added", type=int),
        left=request.args.get("left", 0, type=int),
        found=len(found),
        silent=unrepresented_households(everybody, today(), group=group),
    )


def _by_household(person: Person) -> tuple[int, str, bool, date]:
    return person.group, person.household, not person.represents_household, person.born_on


def _group_tab(number: int, count: int, current: int) -> dict[str, object]:
    label = f"{number}组" if number else "村外"
    href = f"/admin/register/?group={number}"
    return {"label": label, "href": href, "current": number == current, "count": count}


def _surname_tabs(of_group: list[Person], group: int, current: str) -> list[dict[str, object]]:
    surnames = Counter(person.name[0] for person in of_group)
    return [
        {
            "label": surname,
            "href": f"/admin/register/?group={group}&q={surname}",
            "current": surname == current,
            "count": count,
        }
        for surname, count in surnames.most_common(24)
    ]


def _tile(person: Person) -> dict[str, str]:
    words = [person.title] if person.posts else []
    words += ["户代表"] if person.represents_household else []
    return {
        "id": person.id,
        "name": person.name,
        "where": f"{person.group}组 {person.household}",
        "words": "、".join(word for word in words if word != "村民"),
    }


@register.get("/new")
@allow(CONSOLE)
def blank() -> str:
    """The form for a new person."""
    return _form({"group": request.args.get("group", "")}, ())


@register.post("/new")
@allow(CONSOLE)
def add() -> Response | tuple[str, int]:
    """Enrol one person."""
    checked = _checked(parts().register.people(parts().home))
    if checked.bad:
        return _form(request.form, checked.bad[0].sentences), 409
    person = enrolled(checked.good[0])
    parts().register.enrol(parts().home, [person])
    return went_well(f"/admin/register/person/{person.id}")


def _checked(others: list[Person], **fixed: str) -> Checked:
    said = {**request.form.to_dict(), **fixed}
    told = {column: said.get(name, "").strip() for name, column in DETAILS.items()}
    return check([Row(1, told)], others, today(), parts().papers.undrawn)


def _form(
    fields: Mapping[str, str], sentences: tuple[str, ...], person: Person | None = None
) -> str:
    return render_template(
        "admin/register_form.html",
        village=parts().village(),
        fields=fields,
        sentences=sentences,
        person=person,
        back=f"/admin/register/person/{person.id}" if person else "/admin/register/",
    )


@register.get("/person/<person>/change")
@allow(CONSOLE)
def details(person: str) -> str:
    """The form with the person's details."""
    shown = person_of(person)
    fields = {
        "name": shown.name,
        "sex": wording.SEXES[shown.sex],
        "born_on": shown.born_on.isoformat(),
        "group": str(shown.group),
        "household": shown.household,
        "phone": shown.phone or "",
        "grid": shown.grid,
    }
    return _form(fields, (), shown)


@register.post("/person/<person>/change")
@allow(CONSOLE)
def change(person: str) -> Response | tuple[str, int]:
    """Put new details in the place of the old."""
    before = person_of(person)
    # In another household he speaks for nobody until that household says so.
    stays = request.form.get("household", "").strip() == before.household
    speaks = stays and before.represents_household
    others = _moving_along(before) if stays else _others(before)
    checked = _checked(others, represents="是" if speaks else "否")
    if checked.bad:
        return _form(request.form, checked.bad[0].sentences, before), 409
    after = replace(enrolled(checked.good[0]), id=before.id)
    parts().register.change(parts().home, after)
    return went_well(f"/admin/register/person/{before.id}")


def _others(before: Person) -> list[Person]:
    return [p for p in parts().register.people(parts().home) if p.id != before.id]


def _moving_along(before: Person) -> list[Person]:
    """Everybody else as they will stand: the household goes to another group together with him."""
    try:
        group = cells.group(request.form.get("group", ""))
    except Wrong:
        return _others(before)
    return [
        replace(p, group=group) if p.household == before.household else p for p in _others(before)
    ]
