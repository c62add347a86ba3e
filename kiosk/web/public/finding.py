"""查找: full-text search over all that is public, and an index by year, kind and letter that needs no script."""

import importlib
from collections.abc import Callable, Iterator, Mapping

from flask import Blueprint, Response, current_app, render_template, request
from werkzeug.exceptions import NotFound

from kiosk import wording
from kiosk.core.matters.matter import Matter
from kiosk.core.matters.need import Need
from kiosk.core.matters.works import Works
from kiosk.core.terms import day_of
from kiosk.web.access import PUBLIC, allow
from kiosk.web.public.bulletin import entries
from kiosk.web.public.paging import paged
from kiosk.web.public.plain.writing import as_script
from kiosk.web.public.reading import Reading, reading
from kiosk.web.public.search import Thing, excerpt, search
from kiosk.wording.oversight import phase
from kiosk.wording.public import author, discreet

finding = Blueprint("finding", __name__, url_prefix="/find")

Index = Mapping[str, tuple[str, list[Matter]]]
"""By key: what it is called, and the matters, the newest first."""
OTHER = "0"
"""The key of what begins with no letter: a number, a sign."""


@finding.get("/")
@allow(PUBLIC)
def asked() -> str:
    """The question and what answers it; below it the index."""
    question = request.args.get("q", "").strip()[:60]
    read = reading()
    found = search(things(read), question)
    shown = [(thing, excerpt(thing, question)) for thing in found.things]
    indexes = {by: of(read) for by, of in INDEXES.items()}
    return render_template(
        "portal/find.html",
        village=read.village,
        question=question,
        found=found,
        shown=shown,
        indexes=[
            (by, NAMES[by], [(key, name, len(of)) for key, (name, of) in index.items()])
            for by, index in indexes.items()
        ],
        count=len(things(read)),
    )


@finding.get("/<by>-<key>")
@allow(PUBLIC)
def one(by: str, key: str) -> str:
    """The matters of one year, kind or letter, the newest first."""
    read = reading()
    if by not in INDEXES or key not in (index := INDEXES[by](read)):
        raise NotFound
    name, matters = index[key]
    shown, more = paged(matters, request.args.get("page", 1, type=int))
    return render_template(
        "portal/index.html",
        village=read.village,
        by=NAMES[by],
        name=name,
        matters=entries(read, shown),
        count=len(matters),
        more=f"/find/{by}-{key}?page={more}" if more else "",
    )


@finding.get("/things.js")
@allow(PUBLIC)
def script() -> Response:
    """For a static site, which nobody answers: everything that can be found, for its own page to search in."""
    told = [
        {"href": t.href, "title": t.title, "about": t.about, "text": t.text}
        for t in things(reading())
    ]
    return as_script("KIOSK_THINGS", told)


# --- what can be found


def things(read: Reading) -> list[Thing]:
    """Every matter and need with all that is public of them, the newest first; gathered once a reading."""
    of, kept = current_app.extensions.get("things", (None, []))
    if of is not read:
        kept = [_matter(read, m) for m in read.matters.values()]
        kept += [_need(read, n) for n in read.needs.values()]
        current_app.extensions["things"] = read, kept
    gathered: list[Thing] = kept
    return gathered


def _matter(read: Reading, of: Matter) -> Thing:
    money = f" · {wording.money(of.amount_fen)}" if of.amount_fen else ""
    about = f"第{of.number}号事项 · {of.kind.name} · {phase(of, read.on)}{money}"
    about = f"{about} · {wording.day(day_of(of.raised_at))}立项"
    text = "\n".join(discreet(one) for one in _texts(read, of) if one)
    return Thing(f"/m/{of.number}", discreet(of.title), about, text)


def _texts(read: Reading, of: Matter) -> Iterator[str]:
    yield from of.proposal
    for publication in of.publications:
        yield publication.summary
    for works in (*of.former_works, *([of.works] if of.works else [])):
        yield from _of_works(works)
    for back in of.returns:
        yield back.ground
    for opinion in of.opinions:
        yield opinion.text
    for objection in read.objections_to(of):
        yield discreet(objection.text, objection.author)
        for hearing in objection.hearings:
            yield discreet(hearing.answer, objection.author)
    yield of.end_ground


def _of_works(works: Works) -> Iterator[str]:
    yield f"责任人{works.owner_name}"
    for contract in works.contracts:
        yield f"合同{contract.contractor}"
    for milestone in works.milestones:
        yield milestone.text


def _need(read: Reading, of: Need) -> Thing:
    became = "已答复" if of.is_settled else "等答复"
    if of.matter:
        became = f"已立项：{read.village.matters[of.matter].title}"
    about = f"需求〔{of.year}〕{of.number}号 · {author(of)} · {became}"
    return Thing(
        f"/need/{of.year}-{of.number}",
        discreet(of.text, of.author),
        discreet(about),
        discreet(of.answer, of.author),
    )


# --- the index


def _grouped(read: Reading, key_of: Callable[[Matter], tuple[str, str]]) -> Index:
    found: dict[str, tuple[str, list[Matter]]] = {}
    for matter in read.matters.values():
        key, name = key_of(matter)
        found.setdefault(key, (name, []))[1].append(matter)
    return found


def _years(read: Reading) -> Index:
    def year(matter: Matter) -> tuple[str, str]:
        raised = str(day_of(matter.raised_at).year)
        return raised, f"{raised}年"

    return _grouped(read, year)


def _kinds(read: Reading) -> Index:
    return _grouped(read, lambda matter: (matter.kind.id, matter.kind.name))


def _letters(read: Reading) -> Index:
    index = _grouped(read, lambda matter: (letter := _letter(matter.title), letter))
    return dict(sorted(index.items()))


def _letter(title: str) -> str:
    """The first letter of the title as it is spoken (拼音首字母): 长者 is Z, 长期 is C."""
    kept: dict[str, str] = current_app.extensions.setdefault("letters", {})
    if title not in kept:
        # Its dictionary takes 60 MB: only a kiosk whose index is looked into loads it.
        pinyin = importlib.import_module("pypinyin")
        first = "".join(pinyin.lazy_pinyin(title, style=pinyin.Style.FIRST_LETTER))[:1].upper()
        kept[title] = first if "A" <= first <= "Z" else OTHER
    return kept[title]


INDEXES: Mapping[str, Callable[[Reading], Index]] = {
    "year": _years,
    "kind": _kinds,
    "letter": _letters,
}
NAMES = {"year": "按立项年份", "kind": "按事项类别", "letter": "按名称的拼音首字母"}
