"""The big screen (大屏): what the whole room sees. It gives no commands; it shows what is durable."""

from flask import Blueprint, render_template

from kiosk import wording
from kiosk.core.history import Known
from kiosk.core.matter import Matter
from kiosk.core.meeting import Meeting
from kiosk.core.tally import judge
from kiosk.core.terms import Base
from kiosk.core.village import Village
from kiosk.core.voting import Vote
from kiosk.web import pictures
from kiosk.web.access import HALL, allow
from kiosk.web.pages import LivePage
from kiosk.web.parts import Parts, parts
from kiosk.web.postings import postings
from kiosk.web.qr import qr_path

hall = Blueprint("hall", __name__, url_prefix="/hall")


def draw(parts_: Parts, known: Known, _argument: str) -> str:
    """The whole screen, by where the meeting stands."""
    village = known.village
    assert village is not None
    meeting = village.next_meeting or village.last_meeting
    common = {
        "village": village,
        "head": known.head,
        "lamps": parts_.film.lamps(),
        "meeting": meeting,
    }
    vote = None
    if meeting is not None:
        vote = meeting.open_vote or (list(meeting.votes.values())[-1] if meeting.votes else None)
    if meeting is None or (meeting.adjourned_at is not None and vote is None):
        return render_template("hall/_idle.html", **common)
    common["title"] = f"第{meeting.ordinal}次{wording.BODIES[meeting.body]}"
    if meeting.adjourned_at is not None and vote is not None:
        return _adjourned(common, parts_, village, vote)
    if vote is None:
        return _waiting(common, village, meeting)
    matter = village.matters[vote.matter]
    if vote.is_open:
        return _voting(common, meeting, vote, matter)
    return _result(common, meeting, vote, matter)


def _waiting(common: dict[str, object], village: Village, meeting: Meeting) -> str:
    return render_template(
        "hall/_waiting.html",
        **common,
        quorum=pictures.quorum_ring(meeting),
        matter=village.matters[meeting.agenda[0]],
        seats=pictures.seat_grid(meeting, None, revealed=False),
    )


def _voting(common: dict[str, object], meeting: Meeting, vote: Vote, matter: Matter) -> str:
    return render_template(
        "hall/_voting.html",
        **common,
        matter=matter,
        vote=vote,
        turnout=pictures.turnout_ring(vote),
        tally=pictures.tally_bars(vote.tally, meeting),
        seats=pictures.seat_grid(meeting, vote, revealed=vote.running_tally),
    )


def _result(common: dict[str, object], meeting: Meeting, vote: Vote, matter: Matter) -> str:
    majority = judge(vote.tally, meeting.row, entitled=len(meeting.entitled))
    return render_template(
        "hall/_result.html",
        **common,
        matter=matter,
        tally=pictures.tally_bars(vote.tally, meeting),
        carried=majority.holds,
        sum=wording.verdict(majority, of_entitled=meeting.row.majority_base is Base.ENTITLED),
    )


def _adjourned(common: dict[str, object], parts_: Parts, village: Village, vote: Vote) -> str:
    matter = village.matters[vote.matter]
    posting = next((p for p in postings(parts_, village) if p.publication.vote == vote.id), None)
    publication = posting.publication if posting else None
    link = village.portal_url + (posting.link if posting else "")
    return render_template(
        "hall/_adjourned.html",
        **common,
        matter=matter,
        carried=bool(vote.carried),
        first=wording.day_short(publication.first_day) if publication else "",
        last=wording.day_short(publication.last_day) if publication else "",
        code=posting.head.check_code if posting and posting.head else "",
        qr=qr_path(link),
    )


@hall.get("/")
@allow(HALL)
def big_screen() -> str:
    """The page that stays on the TV."""
    page = draw(parts(), parts().known(), "")
    return render_template("hall/screen.html", village=parts().village(), page=page)


SCREEN = LivePage("hall", HALL, draw)
