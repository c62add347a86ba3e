"""The clip of one vote (表决录像): what the QR code on its papers opens. Whoever may see it sees it and nothing else.

Who that is the village lays down (`ClipAudience`): officers and the 监委会 always; from the hall's network without
signing in, unless the village says otherwise. The pieces of the film have addresses of their own, and no other piece
is given out.
"""

from ipaddress import IPv6Address, ip_address, ip_network

from flask import Blueprint, abort, redirect, render_template, request
from werkzeug.wrappers import Response

from kiosk import wording
from kiosk.core.meetings.clips import Clip, admits, clip
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.terms import ClipAudience, MeetingId, VoteId
from kiosk.core.village import Village
from kiosk.core.votes.vote import Vote
from kiosk.web import pictures
from kiosk.web.access import ANY_OFFICER, PUBLIC, allow, visitor
from kiosk.web.answers import sorry
from kiosk.web.filmed import address, entries_of, seconds, title
from kiosk.web.parts import parts
from kiosk.web.viewing import is_open, require_viewing
from kiosk.wording import Sentence
from kiosk.wording.chapters import vote_named

vote_clips = Blueprint("vote_clips", __name__, url_prefix="/film/<meeting>/<vote>")

_NOT_HERE = Sentence(
    "这段录像只在会场的网络里看得到。", "请连上会场的无线网再扫一次；干部和监委会成员请先登录。"
)
_OFFICERS_ONLY = Sentence("本村的表决录像只给干部和监委会看。", "干部和监委会成员请先登录。")
_NO_CLIP = Sentence("这次表决没有录像片段。", "表决结束以后、会议有录像的，才有片段。")

_HALL = [
    ip_network(net)
    for net in (
        "127.0.0.0/8", "::1/128",  # this machine
        "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7",  # private: RFC 1918, RFC 4193
        "169.254.0.0/16", "fe80::/10",  # one cable, no router: RFC 3927, RFC 4291
    )
]  # fmt: skip


class _NotShown(Exception):
    """There is no clip, or not for this visitor; the sentence says why."""

    def __init__(self, sentence: Sentence, status: int) -> None:
        super().__init__(sentence.what)
        self.answer = sentence, status


@vote_clips.errorhandler(_NotShown)
def _not_shown(error: _NotShown) -> tuple[Response | str, int]:
    return sorry(*error.answer)


@vote_clips.get("/")
@allow(PUBLIC)
def watch(meeting: str, vote: str) -> str | Response:
    """The clip with what was voted on and how it ended. Refused: NO_SUCH_MEETING, NO_SUCH_VOTE."""
    village = parts().village()
    if visitor().officer and not is_open(village.meeting(MeetingId(meeting))):
        return redirect(f"/films/{meeting}/open?then={request.path}")
    known, of_vote, found = _seen(village, meeting, vote)
    begins_ms = parts().film.clip_begins_ms(known, found)
    places = [("表决开始", found.opened), ("表决结束", found.closed)]
    return render_template(
        "portal/clip.html",
        village=village,
        title=f"{title(known)}{vote_named(known, of_vote)}",
        titles=village.titles(of_vote),
        vote=of_vote,
        tally=pictures.tally_bars(of_vote, known) if of_vote.carried is not None else None,
        outcome=_outcome(of_vote),
        places=[
            (words, seconds(max(0, place.film_ms - begins_ms)), place.shown)
            for words, place in places[of_vote.is_secret :]
        ],
        src=address(f"/film/{known.id}/{of_vote.id}/clip.m3u8"),
        officer=ANY_OFFICER.admits(visitor()),
        meeting=known,
        begins=seconds(begins_ms),
    )


@vote_clips.get("/clip.m3u8")
@allow(PUBLIC)
def playlist(meeting: str, vote: str) -> Response:
    """The pieces of the clip in their order."""
    known, of_vote, found = _seen(parts().village(), meeting, vote)
    text = parts().film.clip_playlist(known, found, f"/film/{known.id}/{of_vote.id}/")
    return Response(text, mimetype="application/vnd.apple.mpegurl")


@vote_clips.get("/<part>.mp4/<int:offset>-<int:length>.mp4")
@allow(PUBLIC)
def piece(meeting: str, vote: str, part: str, offset: int, length: int) -> Response:
    """One piece of the film, which must be of this clip."""
    known, _, found = _seen(parts().village(), meeting, vote)
    content = parts().film.clip_piece(known, found, (f"{part}.mp4", offset, length))
    if content is None:
        abort(404)
    return Response(content, mimetype="video/mp4")


def _seen(village: Village, meeting: str, vote: str) -> tuple[Meeting, Vote, Clip]:
    """What every address of a clip asks first: whether there is one, and whether this visitor may see it."""
    known = village.meeting(MeetingId(meeting))
    of_vote = known.vote(VoteId(vote))
    if not may_see(village):
        officers = village.clip_audience is ClipAudience.OFFICERS
        raise _NotShown(_OFFICERS_ONLY if officers else _NOT_HERE, 403)
    if village.custody(known.id).is_deleted:
        raise _NotShown(_NO_CLIP, 404)
    if visitor().officer:
        require_viewing(known)
    found = clip(entries_of(known.id), of_vote.id)
    if found is None:
        raise _NotShown(_NO_CLIP, 404)
    return known, of_vote, found


def may_see(village: Village) -> bool:
    """Whether the present visitor may see the original of a clip of this village."""
    return admits(
        village.clip_audience,
        officer=ANY_OFFICER.admits(visitor()),
        in_hall=is_in_hall(request.remote_addr or ""),
    )


def is_in_hall(client: str) -> bool:
    """Whether a client's address is of the hall's own network: private, of one cable, or this machine's."""
    try:
        known = ip_address(client)
    except ValueError:
        return False
    if isinstance(known, IPv6Address) and known.ipv4_mapped is not None:
        known = known.ipv4_mapped
    return any(known in net for net in _HALL)


def _outcome(vote: Vote) -> str:
    if vote.is_void:
        return "这次表决作废，不算数。"
    if vote.carried is None:
        return ""
    return f"{wording.counts(vote.tally, vote.contest)}，{wording.said_in_one(vote)}。"
