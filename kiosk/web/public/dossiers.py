"""One matter on the portal (事项公开): its path, proposal, deliberations, publications, works, money, objections."""

from flask import Blueprint, abort, render_template, send_file
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from kiosk import wording
from kiosk.core.matters.dossier import Photo, Return, Review, Revision
from kiosk.core.matters.matter import Matter, Phase
from kiosk.core.matters.publicity import Publication
from kiosk.core.matters.works import Works
from kiosk.core.terms import Picture, day_of
from kiosk.core.village import Village
from kiosk.store.photos import Photos
from kiosk.web import pictures
from kiosk.web.access import PUBLIC, allow
from kiosk.web.differences import differences
from kiosk.web.medium import on_site
from kiosk.web.parts import parts
from kiosk.web.postings import FOLDERS
from kiosk.web.public.bulletin import Told, deliberation_told, money_told
from kiosk.web.public.papers import listed
from kiosk.web.public.reading import Reading, reading
from kiosk.wording.oversight import SIGNS
from kiosk.wording.oversight import hanging as hanging_words
from kiosk.wording.oversight import phase as phase_words
from kiosk.wording.public import discreet

dossiers = Blueprint("dossiers", __name__, url_prefix="/m/<int:number>")

SHOWN = {Picture.FIRST_DAY, Picture.LAST_DAY, Picture.BEFORE, Picture.AFTER}
"""The photographs that are for everybody: the notice board and the works, once there is something in public."""
BOARD = {Picture.FIRST_DAY, Picture.LAST_DAY}
A_DAY_S = 86400


def _matter(number: int) -> tuple[Reading, Matter]:
    read = reading()
    if number not in read.matters:
        raise NotFound
    return read, read.matters[number]


@dossiers.get("")
@allow(PUBLIC)
def one(number: int) -> str:
    """Everything about one matter that is for everybody."""
    read, matter = _matter(number)
    village, on = read.village, read.on
    newest = matter.publication
    return render_template(
        "portal/matter.html",
        village=village,
        matter=matter,
        today=on,
        phase=phase_words(matter, on),
        amount=wording.money(matter.amount_fen) if matter.amount_fen else "",
        flags=_flags(read, matter),
        path=pictures.stage_path(matter, on, dated=on_site()),
        facts=_facts(matter),
        revisions=[_revision(village, r) for r in matter.revisions],
        events=_deliberations(village, matter),
        publications=[_publication(matter, p, read) for p in reversed(matter.publications)],
        works=[*((w, money_told(w), False) for w in matter.former_works), *_current_works(matter)],
        built=[_photo(p) for p in matter.photos if p.picture in SHOWN - BOARD],
        objections=read.objections_to(matter),
        papers=listed(matter),
        may_object=newest is not None and newest.hangs(on) and matter.phase(on) != Phase.ARCHIVED,
    )


def _flags(read: Reading, matter: Matter) -> list[str]:
    """What an inspector would see at once (监督提示), each with the day since when it is so."""
    found = read.flags_of(matter)
    told = (f"{SIGNS[flag.sign]}（{wording.day(flag.since)}）" for flag in found)
    return list(dict.fromkeys(told))


def _facts(matter: Matter) -> list[tuple[str, str]]:
    told = [
        ("动议事由", wording.ORIGINS[matter.origin]),
        ("类别", f"{matter.kind.name}（{matter.kind.basis}）"),
        ("由谁决定", wording.RULE_ROWS[matter.row]),
        ("立项", wording.day(day_of(matter.raised_at))),
    ]
    told += [("范围", wording.group(matter.group))] if matter.group else []
    told += [("授权", matter.mandate)] if matter.mandate else []
    told += [("还要报批", matter.kind.approval)] if matter.kind.approval else []
    return told


def _revision(village: Village, revision: Revision) -> Told:
    """One change of the proposal, old beside new; a meeting's motion without the mover's name."""
    moved = village.meetings.get(revision.meeting) if revision.meeting else None
    return {
        "at": wording.day(day_of(revision.at)),
        "why": f"{wording.BODIES[moved.body]}会上修改" if moved else revision.why,
        "rows": differences(
            [discreet(clause) for clause in revision.proposal_before],
            [discreet(clause) for clause in revision.proposal_after],
        ),
    }


def _deliberations(village: Village, matter: Matter) -> list[Told]:
    """Votes, legal reviews and ways back in the order in which they came."""
    every = [(held.at, deliberation_told(village, held)) for held in matter.deliberations]
    every += [(review.at, _review(review)) for review in matter.reviews]
    every += [(back.at, _way_back(back)) for back in matter.returns]
    every.sort(key=lambda event: event[0])
    return [told for _, told in every]


def _review(review: Review) -> Told:
    return {
        "kind": "review",
        "at": wording.day(day_of(review.at)),
        "favourable": review.favourable,
        "opinion": review.opinion,
        "set_aside": review.set_aside,
    }


def _way_back(back: Return) -> Told:
    return {
        "kind": "return",
        "at": wording.day(day_of(back.at)),
        "up": back.row is not None,
        "to": wording.RULE_ROWS[back.row] if back.row else wording.STAGES_LONG[back.to],
        "ground": back.ground,
    }


def _publication(matter: Matter, of: Publication, read: Reading) -> Told:
    return {
        "name": wording.STAGES_LONG[of.stage],
        "link": f"/{FOLDERS[of.stage]}/{of.year}-{of.number}",
        "first": wording.day(of.first_day),
        "last": wording.day(of.last_day),
        "hanging": hanging_words(of, read.on),
        "days": of.days(),
        "left": of.days_left(read.on),
        "last_day": of.last_day.isoformat(),
        "as_of": wording.day(read.on),
        "summary": of.summary,
        "photos": [_photo(p) for p in matter.photos if p.publication == of and p.picture in BOARD],
    }


def _current_works(matter: Matter) -> list[tuple[Works, list[str], bool]]:
    return [(matter.works, money_told(matter.works), True)] if matter.works else []


def _photo(photo: Photo) -> Told:
    digest = photo.attachment.sha256
    return {
        "words": wording.PICTURES[photo.picture],
        "at": wording.day(day_of(photo.at)),
        "digest": digest if _store().path(digest) else "",
    }


@dossiers.get("/photo/<digest>.jpg")
@allow(PUBLIC)
def photograph(number: int, digest: str) -> Response:
    """One photograph of the board or the works of a matter that has been in public; no other."""
    _read, matter = _matter(number)
    open_to_all = {p.attachment.sha256 for p in matter.photos if p.picture in SHOWN}
    path = _store().path(digest) if digest in open_to_all and matter.publications else None
    if path is None:
        abort(404)
    answer = send_file(path, mimetype="image/jpeg")
    answer.cache_control.max_age = A_DAY_S
    return answer


def _store() -> Photos:
    return Photos(parts().settings.data_dir / "photos")
