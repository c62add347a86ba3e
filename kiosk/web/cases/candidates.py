"""Who stands in a contest (候选人): tiles by group and surname, numbered in the order in which they are tapped.

The page keeps everything in its own form, so that nothing that was typed before is lost, and works without its script:
each tile is a button that sends the whole form.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlencode

from flask import render_template, request
from werkzeug.datastructures import MultiDict

from kiosk import wording
from kiosk.core.ballot_terms import CANDIDATE_NUMBERS
from kiosk.core.law.catalogue import Kind
from kiosk.core.law.roll import is_adult
from kiosk.core.law.rules import RuleRow
from kiosk.core.refusals import Malformed, Reason, Refused
from kiosk.core.terms import Capacity, PersonId, RowId
from kiosk.core.values import Candidate, Contest
from kiosk.core.village import Village
from kiosk.store.register import Person
from kiosk.web import forms
from kiosk.web.parts import parts, today
from kiosk.web.pictures import Picture
from kiosk.wording import Sentence

Told = MultiDict[str, str]

OURS = ("csrf_token", "command_id", "act")
SETTLED = "candidates_settled"
"""What the form says once 选好了 was tapped."""
KEPT = ("kind", "row", "need", "group", "tab", "candidate", "places", SETTLED)
MOST = len(CANDIDATE_NUMBERS)
FEW = 48
"""So many tiles are shown at once; of more the surnames part them."""
SURNAMES_AT_MOST = 24


def is_asked(row: RuleRow, told: Mapping[str, str]) -> bool:
    """Whether the candidates are still to be picked, before the form can be filled in."""
    return row.contest and SETTLED not in told


def picked() -> tuple[Told, Sentence | None]:
    """The form after one tap on the page of candidates, and what is to be said about it. Malformed."""
    told: Told = MultiDict((k, v) for k, v in request.form.items(multi=True) if k not in OURS)
    act, _, what = request.form.get("act", "").partition(":")
    if act in {"add", "drop"}:
        return told, _stand(told, what, stands=act == "add")
    if act == "settle":
        return told, _settle(told)
    if act == "change":
        told.poplist(SETTLED)
    elif act in {"group", "tab", "q"}:
        _turn(told, act, what)
    else:
        raise Malformed("act")
    return told, None


def _stand(told: Told, person: str, *, stands: bool) -> Sentence | None:
    """One more at the end of the list, or one less; the same tap again changes nothing."""
    others = [one for one in told.getlist("candidate") if one != person]
    already = len(others) < len(told.getlist("candidate"))
    if stands and not already and len(others) >= MOST:
        return wording.refusal(Refused(Reason.CANDIDATES_TOO_MANY, {"most": MOST}))
    if stands and not already:
        told.add("candidate", person)
    elif not stands:
        told.setlist("candidate", others)
    return None


def _settle(told: Told) -> Sentence | None:
    if not told.getlist("candidate"):
        return wording.refusal(Refused(Reason.CANDIDATES_MISSING))
    told[SETTLED] = "yes"
    return None


def _turn(told: Told, act: str, what: str) -> None:
    """To another group or surname; those who were picked in the group before do not stand in the next one's contest."""
    if act == "group" and told.get("group", "") != what:
        told.poplist("candidate")
    if act != "q":
        told.poplist("q")
    told[act] = what


def page(
    village: Village, kind: Kind, row: RowId, told: Mapping[str, str], sentence: Sentence | None
) -> str:
    """The candidates so far, and the tiles to pick from."""
    fields = MultiDict(told)
    people = _may_stand(kind, fields)
    groups, surname = sorted({p.group for p in people}), fields.get("q", "")
    tab = fields.get("tab", str(min(groups, default="")) if len(people) > FEW else "")
    of_group = [p for p in people if tab in ("", str(p.group))]
    tiles = [p for p in of_group if p.name.startswith(surname)]
    chosen = fields.getlist("candidate")
    return render_template(
        "matters/candidates.html",
        village=village,
        kind=kind,
        sentence=sentence,
        fields={k: v for k, v in fields.lists() if k not in {"kind", "row"}}
        | {"kind": kind.id, "row": row.value},
        asks_group=_asks_group(kind, fields),
        group=fields.get("group", "") if kind.group else "",
        groups=sorted({p.group for p in _adults()}) if kind.group else groups,
        whole=len(people) <= FEW,
        tab=tab,
        surnames=_surnames(of_group, surname),
        surname=surname,
        chosen=_standing(chosen),
        tiles=[_tile(p, chosen, row) for p in tiles[:FEW]],
        more=max(0, len(tiles) - FEW),
        comes_back=address(fields),
        of_supervisors=row is RowId.CONTEST,
        most=MOST,
    )


def _asks_group(kind: Kind, fields: Told) -> bool:
    return kind.group and not fields.get("group")


def _adults() -> list[Person]:
    """Who of the village is of age (村民委员会组织法第二十五条)."""
    people, on = parts().register.people(parts().home), today()
    return [p for p in people if p.group and is_adult(p.born_on, on)]


def _may_stand(kind: Kind, fields: Told) -> list[Person]:
    """Whoever is of age; in the contest of a group, whoever of that group."""
    people = _adults()
    if kind.group:
        people = [p for p in people if str(p.group) == fields.get("group")]
    return sorted(people, key=lambda p: (p.group, p.name, p.id))


def _surnames(people: Sequence[Person], on: str) -> list[tuple[str, int]]:
    """The surnames with how many bear each, the commonest first; none where all have room."""
    if len(people) <= FEW and not on:
        return []
    return Counter(p.name[0] for p in people).most_common(SURNAMES_AT_MOST)


def _tile(person: Person, chosen: Sequence[str], row: RowId) -> Picture:
    barred = row is RowId.CONTEST and _is_committee_member(person)
    number = chosen.index(person.id) + 1 if person.id in chosen else 0
    return {
        "key": person.id,
        "name": person.name,
        "group": f"{person.group}组",
        "title": person.title,
        "number": number,
        "barred": barred,
    }


def _is_committee_member(person: Person) -> bool:
    """村民委员会成员不得担任村务监督委员会成员 (村民委员会组织法第三十七条); of kin the register knows nothing."""
    member, on = Capacity.VILLAGE_COMMITTEE_MEMBER, today()
    return any(post.capacity is member and post.holds_on(on) for post in person.posts)


def _standing(chosen: Iterable[str]) -> list[Candidate]:
    """The candidates in their order. Malformed where somebody is a stranger."""
    register = parts().register
    people = [register.person(parts().home, PersonId(one)) for one in chosen]
    known = [person for person in people if person is not None]
    if len(known) != len(people):
        raise Malformed("candidate")
    twice = Counter(person.name for person in known)
    return [
        Candidate(p.id, f"{p.name}（{p.group}组）" if twice[p.name] > 1 else p.name) for p in known
    ]


def address(told: Mapping[str, str]) -> str:
    """Where the page stands again after the text size was changed: who was picked so far is not lost."""
    fields = MultiDict(told)
    kept = [(k, v) for k, v in fields.items(multi=True) if k in KEPT]
    return f"/matters/new?{urlencode(kept)}"


def shown(told: Mapping[str, str]) -> Picture:
    """The candidates and the places, as the form shows them."""
    fields = MultiDict(told)
    return {
        "candidates": _standing(fields.getlist("candidate")),
        "places": fields.get("places", "1"),
        "settled": SETTLED,
    }


def given() -> Contest:
    """Whom the form names, for how many places. Unclear where the places are no number; Malformed."""
    places = forms.number("places", "名额")
    return Contest(tuple(_standing(request.form.getlist("candidate"))), places)
