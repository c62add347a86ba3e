"""The big screen (大屏): what the whole room sees. It gives no commands; it shows what is durable, and a straw poll."""

from flask import Blueprint, render_template

from kiosk import wording
from kiosk.core.history import Known
from kiosk.core.meetings.course import MeetingState
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.village import Village
from kiosk.web import pictures
from kiosk.web.access import HALL, allow
from kiosk.web.pages import LivePage
from kiosk.web.parts import Parts, parts
from kiosk.web.pictures import Picture
from kiosk.web.postings import postings
from kiosk.web.qr import qr_path
from kiosk.web.sitting import hall_votes, scenes
from kiosk.web.sitting.lectern import drafted, lectern, spread
from kiosk.web.sitting.standing import Standing, Step, last_vote, standing
from kiosk.web.sitting.straw import blackboard

hall = Blueprint("hall", __name__, url_prefix="/hall")


def draw(parts_: Parts, known: Known, _argument: str) -> str:
    """The whole screen, by where the meeting stands."""
    village = known.village
    assert village is not None
    now = standing(village, parts_.kiosk.now())
    meeting = now.meeting or village.last_meeting
    closing = village.closing
    common: Picture = {
        "closed_before": closing.check_code if closing else "",
        "village": village,
        "head": known.head,
        "lamps": parts_.film.lamps(),
        "meeting": meeting,
        "title": scenes.title(meeting) if meeting else "",
    }
    if meeting is None:
        return render_template("hall/_idle.html", **common)
    match meeting.state:
        case MeetingState.CALLED:
            return _waiting(common, meeting)
        case MeetingState.PAUSED:
            return _paused(common, meeting)
        case MeetingState.IN_SESSION:
            return _in_session(common, parts_, village, now)
        case MeetingState.ADJOURNED:
            return _adjourned(common, parts_, village, meeting)
        case MeetingState.INQUORATE | MeetingState.CALLED_OFF:
            return _not_held(common, meeting)


def _waiting(common: Picture, meeting: Meeting, **more: object) -> str:
    quorum = pictures.quorum_ring(meeting)
    return render_template("hall/_waiting.html", **common, quorum=quorum, **more)


def _paused(common: Picture, meeting: Meeting) -> str:
    return render_template(
        "hall/_paused.html",
        **common,
        quorum=pictures.quorum_ring(meeting),
        pause=scenes.pause(meeting),
    )


def _not_held(common: Picture, meeting: Meeting) -> str:
    quorum = pictures.quorum_ring(meeting)
    return render_template("hall/_not_held.html", **common, quorum=quorum)


def _in_session(common: Picture, parts_: Parts, village: Village, now: Standing) -> str:
    meeting, vote = now.meeting, now.vote
    assert meeting is not None
    if vote is not None and vote.is_open:
        return hall_votes.voting(common, village, meeting, vote, parts_.kiosk.now())
    page = lectern().page_of(meeting)
    if page is not None:
        return _minutes(common, parts_, meeting, page)
    poll = blackboard().of(meeting)
    if poll is not None:
        bars = scenes.straw(poll, len(meeting.present))
        return render_template("hall/_straw.html", **common, straw=bars)
    if now.step is Step.DEBATE or meeting.debate.speaker is not None:
        return _debate(common, parts_, now)
    if vote is not None:
        return hall_votes.result(common, village, meeting, vote)
    notice = scenes.film_notice(village, meeting)
    if notice is not None:
        return render_template("hall/_notice.html", **common, notice=notice)
    titles = [village.matters[matter].title for matter in meeting.matters]
    return _waiting(common, meeting, titles=titles)


def _minutes(common: Picture, parts_: Parts, meeting: Meeting, page: int) -> str:
    """会议记录 while it is read out, a page at a time."""
    pages = spread(drafted(parts_.known(), meeting))
    at = min(page, len(pages) - 1)
    heading, text = pages[at]
    told = {"heading": heading, "text": text, "number": at + 1, "pages": len(pages)}
    return render_template("hall/_minutes.html", **common, told=told)


def _debate(common: Picture, parts_: Parts, now: Standing) -> str:
    """The item, its clauses or what was changed in them; whoever speaks, with the time that is left."""
    assert now.meeting is not None
    at = parts_.kiosk.now()
    item = scenes.item(now.meeting, now.matters, at)
    speech = scenes.speech(now.meeting, at)
    if speech is not None:
        return render_template("hall/_speech.html", **common, item=item, speech=speech)
    return render_template(
        "hall/_item.html",
        **common,
        item=item,
        queue=scenes.waiting(now.meeting),
        voided=now.vote if now.vote and now.vote.is_void else None,
    )


def _adjourned(common: Picture, parts_: Parts, village: Village, meeting: Meeting) -> str:
    """散会: the outcome, the check code, where to read it. A meeting without a vote leaves nothing to show."""
    vote = last_vote(meeting)
    if vote is None:
        return render_template("hall/_idle.html", **common)
    hung = [p for p in postings(parts_, village) if p.publication.vote in meeting.votes]
    posting = hung[0] if hung else None
    publication = posting.publication if posting else None
    single = posting.link if posting and len(hung) == 1 else ""
    return render_template(
        "hall/_adjourned.html",
        **common,
        results=_outcomes(village, meeting),
        first=wording.day_short(publication.first_day) if publication else "",
        last=wording.day_short(publication.last_day) if publication else "",
        published=bool(hung),
        code=posting.head.check_code if posting and posting.head else "",
        qr=qr_path(village.portal_url + single),
    )


def _outcomes(village: Village, meeting: Meeting) -> list[tuple[str, str]]:
    """Each matter that was decided, and its outcome in one word."""
    held = ((m, meeting.vote_on(m)) for m in meeting.matters)
    return [
        (village.matters[m].title, wording.said_in_one(vote))
        for m, vote in held
        if vote is not None
    ]


@hall.get("/")
@allow(HALL)
def big_screen() -> str:
    """The page that stays on the TV."""
    page = draw(parts(), parts().known(), "")
    return render_template("hall/screen.html", village=parts().village(), page=page)


SCREEN = LivePage("hall", HALL, draw)
