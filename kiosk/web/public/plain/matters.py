"""One matter as data (事项): its path, proposal, deliberations, publications, works with their money, objections."""

from datetime import date, datetime

from kiosk.core.matters.dossier import Photo
from kiosk.core.matters.matter import Matter
from kiosk.core.matters.publicity import Objection
from kiosk.core.matters.works import Works
from kiosk.core.terms import Picture, day_of
from kiosk.web.postings import Posting
from kiosk.web.public.plain.votes import deliberation
from kiosk.web.public.plain.writing import Value, head
from kiosk.web.public.reading import Reading
from kiosk.web.public.spoken import voice_told
from kiosk.wording.public import discreet

SHOWN = {Picture.FIRST_DAY, Picture.LAST_DAY, Picture.BEFORE, Picture.AFTER}


def matter(read: Reading, of: Matter) -> dict[str, Value]:
    """Everything about one matter that is for everybody."""
    village = read.village
    needs = (village.needs[need] for need in of.needs)
    return in_brief(read, of) | {
        "rule_row": of.row.value,
        "basis": of.kind.basis,
        "origin": of.origin.value,
        "group": of.group,
        "mandate": of.mandate,
        "proposal": of.proposal,
        "candidates": [c.name for c in of.contest.candidates] if of.contest else [],
        "needs": [f"{need.year}-{need.number}" for need in needs],
        "stages": [
            {"stage": stage.value, "progress": of.progress(stage, read.on).value}
            for stage in of.stages
        ],
        "deliberations": [deliberation(village, held) for held in of.deliberations],
        "reviews": [
            {"on": _day(r.at), "favourable": r.favourable, "opinion": r.opinion} for r in of.reviews
        ],
        "returns": [
            {"on": _day(r.at), "to": r.to.value, "ground": r.ground} for r in of.returns
        ],
        "revisions": [
            {
                "on": _day(r.at),
                "why": r.why,
                "before": r.proposal_before,
                "after": r.proposal_after,
            }
            for r in of.revisions
        ],
        "publications": [publication(p, read.on) for p in read.postings_of(of)],
        "works": [
            works(w) for w in (*of.former_works, *([of.works] if of.works else []))
        ],
        "photos": [_photo(of, p) for p in of.photos if p.picture in SHOWN and of.publications],
        "objections": [objection(o, read.on) for o in read.objections_to(of)],
        "opinions": [
            {"stage": o.stage.value, "favourable": o.favourable, "text": o.text}
            for o in of.opinions
            if not o.set_aside
        ],
        "ended_on": _day(of.ended_at),
        "end_ground": of.end_ground,
        "archived_on": _day(of.archived_at),
    }  # fmt: skip


def in_brief(read: Reading, of: Matter) -> dict[str, Value]:
    """A matter in a line: where it stands, its money, what is wrong with it."""
    return {
        "number": of.number,
        "href": f"/m/{of.number}",
        "title": of.title,
        "category": of.kind.name,
        "phase": of.phase(read.on).value,
        "amount_fen": of.amount_fen,
        "raised_on": _day(of.raised_at),
        "flags": [
            {"sign": f.sign.value, "since": f.since.isoformat()} for f in read.flags_of(of)
        ],
    }  # fmt: skip


def publication(posting: Posting, on: date) -> dict[str, Value]:
    """One resolution or result as it hangs."""
    of = posting.publication
    return {
        "stage": of.stage.value,
        "year": of.year,
        "number": of.number,
        "href": posting.link,
        "title": posting.matter.title,
        "matter": posting.matter.number,
        "first_day": of.first_day.isoformat(),
        "last_day": of.last_day.isoformat(),
        "hangs": of.hangs(on),
        "summary": of.summary,
        "voice": _voice(posting),
        "head": head(posting.head),
    }


def _voice(posting: Posting) -> Value:
    told = voice_told(posting)
    fields = ("href", "sha256", "size_bytes", "duration_ms", "issue")
    return {field: told[field] for field in fields} if told else None


def works(of: Works) -> Value:
    """The works of one resolution with their money in 分."""
    return {
        "owner": of.owner_name,
        "deadline": of.deadline.isoformat(),
        "budget_fen": of.budget_fen,
        "contracted_fen": of.contracted_fen,
        "spent_fen": of.spent_fen,
        "started_on": _day(of.started_at),
        "started_inside_publication": of.started_inside_publication,
        "accepted_on": _day(of.accepted_at),
        "contracts": [
            {
                "contractor": c.contractor,
                "amount_fen": c.amount_fen,
                "dated": c.dated.isoformat(),
                "inside_publication": c.inside_publication,
            }
            for c in of.contracts
        ],
        "milestones": [
            {"on": _day(m.at), "text": m.text, "spent_fen": m.spent_fen} for m in of.milestones
        ],
    }


def objection(of: Objection, on: date) -> dict[str, Value]:
    """One objection with its answers; who filed it is not said."""
    return {
        "number": of.number,
        "filed_on": _day(of.filed_at),
        "text": discreet(of.text, of.author),
        "overdue": of.is_overdue(on),
        "hearings": [
            {
                "forum": h.forum.value,
                "due": h.due.isoformat(),
                "answered_on": _day(h.answered_at),
                "upheld": h.upheld if h.answered_at else None,
                "answer": discreet(h.answer, of.author),
            }
            for h in of.hearings
        ],
    }


def _photo(of: Matter, photo: Photo) -> Value:
    digest = photo.attachment.sha256
    return {
        "picture": photo.picture.value,
        "on": _day(photo.at),
        "sha256": digest,
        "href": f"/m/{of.number}/photo/{digest}.jpg",
    }


def _day(at: datetime | None) -> str | None:
    return day_of(at).isoformat() if at else None
