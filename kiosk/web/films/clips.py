"""公开片段: asked for by one officer, made coarse by the machine, looked at and let out, or not, by another."""

from collections.abc import Callable

from flask import Blueprint, render_template, request, send_file
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from kiosk import wording
from kiosk.camera.clip_state import ClipState
from kiosk.core.commands import RejectClip, ReleaseClip, RequestClip, WithdrawClip
from kiosk.core.meetings.custody import Clip
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.refusals import Malformed, Reason, Refused
from kiosk.core.terms import ClipId, MeetingId, VoteId
from kiosk.web.access import CONSOLE, CONSOLE_OR_SUPERVISION, allow, visitor
from kiosk.web.answers import Unclear, carry_out, refilled, went_well
from kiosk.web.filling import Answer, fill_in, said
from kiosk.web.films.clips_shown import clip_words
from kiosk.web.forms import identifier
from kiosk.web.naming import Names
from kiosk.web.parts import parts
from kiosk.wording import Sentence

clips = Blueprint("clips", __name__, url_prefix="/films/<meeting>/clips")

WAYS = (
    ("faces", "人脸打马赛克", "机器找出人脸，前后半秒都打上；难免漏掉，要有人看过。"),
    ("whole", "整个画面打马赛克", "只看得出有人走动、举手。拿不准的，选这个。"),
)
SOUNDS = (
    ("no", "不要声音", "声音也认得出人，平常都不要。"),
    ("yes", "留下声音", "说话的人都同意了，才留。"),
)
REJECTED = ("还认得出人，要重做。", "片段剪得不对。", "内容不宜公开。")
WITHDRAWN = ("录到的人要求撤下。", "公示期满，不用再放。", "放错了。")
_CHANGED = Sentence("片段还没有做好，或者和您审看的不是同一个。", "请等做好，重新审看一遍。")


def _known(meeting: str) -> Meeting:
    return parts().village().meeting(MeetingId(meeting))


def _clip(meeting: Meeting, clip: str) -> Clip:
    found = parts().village().custody(meeting.id).clips.get(ClipId(clip))
    if found is None:
        raise Refused(Reason.NO_SUCH_CLIP)
    return found


# --- asking


@clips.route("/new", methods=["GET", "POST"])
@allow(CONSOLE)
def ask(meeting: str) -> Answer:
    """申请公开片段: how it is made coarse, and whether voices stay."""
    known = _known(meeting)
    vote = known.vote(VoteId(request.values.get("vote", "")))

    def act() -> str:
        clip = ClipId(identifier("clip"))
        whole, sound = _chosen("way", WAYS) == "whole", _chosen("sound", SOUNDS) == "yes"
        carry_out(RequestClip(clip, known.id, vote.id, whole_picture=whole, sound=sound))
        return f"/films/{known.id}/clips/{clip}"

    def draw(no: Sentence | None) -> str:
        start = {"clip": parts().new_token(), "way": "faces", "sound": "no"}
        return render_template(
            "films/clip_new.html",
            village=parts().village(),
            meeting=known,
            vote=vote,
            titles="；".join(parts().village().titles(vote)),
            ways=WAYS,
            sounds=SOUNDS,
            fields=request.form if request.method == "POST" else start,
            sentence=no,
        )

    return fill_in(act, draw)


def _chosen(field: str, options: tuple[tuple[str, str, str], ...]) -> str:
    given = request.form.get(field, "")
    if given not in {value for value, _, _ in options}:
        raise Malformed(field)
    return given


# --- looking at it


@clips.get("/<clip>")
@allow(CONSOLE_OR_SUPERVISION)
def shown(meeting: str, clip: str) -> str:
    """审看: the clip as the public would see it, what was found in it, and what may be done with it."""
    return _page(_known(meeting), clip, None)


def _page(meeting: Meeting, clip: str, no: Sentence | None) -> str:
    known = _clip(meeting, clip)
    village, state = parts().village(), parts().clips.state(meeting.id, known.id)
    officer = visitor().officer
    return render_template(
        "films/clip.html",
        village=village,
        meeting=meeting,
        clip=known,
        state=state,
        words_=clip_words(meeting, known),
        facts=_facts(meeting, known, state),
        mine=officer is not None and officer.id == known.asked_by,
        is_made=known.ended_at is None and parts().clips.path(meeting.id, known.id).exists(),
        rejected=REJECTED,
        withdrawn=WITHDRAWN,
        fields=request.form,
        sentence=no,
    )


def _facts(meeting: Meeting, clip: Clip, state: ClipState) -> list[tuple[str, str]]:
    village, names = parts().village(), Names()
    told = [
        ("哪次表决", "；".join(village.titles(meeting.vote(clip.vote)))),
        ("谁申请", f"{_name(names, clip)}，{wording.instant(clip.asked_at)}"),
        ("马赛克", "整个画面" if clip.whole_picture else "人脸"),
        ("声音", "留着" if clip.sound else "去掉了"),
    ]
    if state.name == "ready":
        told.append(("长度", f"{state.seconds // 60}分{state.seconds % 60}秒"))
        found = f"打了{state.faces}处" if state.faces else "机器一处也没有找到，请特别仔细看"
        told += [] if clip.whole_picture else [("人脸", found)]
        told.append(("校验值", state.sha256))
    return told


def _name(names: Names, clip: Clip) -> str:
    return names.name(clip.asked_by) if clip.asked_by else ""


@clips.get("/<clip>.mp4")
@allow(CONSOLE_OR_SUPERVISION)
def file(meeting: str, clip: str) -> Response:
    """The clip itself, for its check."""
    known = _known(meeting)
    path = parts().clips.path(known.id, _clip(known, clip).id)
    if not path.exists():
        raise NotFound
    return send_file(path, mimetype="video/mp4", conditional=True)


# --- what becomes of it


@clips.post("/<clip>/release")
@allow(CONSOLE_OR_SUPERVISION)
def release(meeting: str, clip: str) -> Answer:
    """审看后公开: the very file that was on the screen, told by its digest."""

    def act(known: Meeting, of: Clip) -> None:
        state = parts().clips.state(known.id, of.id)
        if state.name != "ready" or request.form.get("sha256") != state.sha256:
            raise Unclear(_CHANGED)
        carry_out(ReleaseClip(of.id, known.id, state.size_bytes, state.sha256))

    return _settle(meeting, clip, act)


@clips.post("/<clip>/reject")
@allow(CONSOLE_OR_SUPERVISION)
def reject(meeting: str, clip: str) -> Answer:
    """不予公开."""

    def act(known: Meeting, of: Clip) -> None:
        carry_out(RejectClip(of.id, known.id, said("ground", "为什么")))

    return _settle(meeting, clip, act)


@clips.post("/<clip>/withdraw")
@allow(CONSOLE_OR_SUPERVISION)
def withdraw(meeting: str, clip: str) -> Answer:
    """撤下."""

    def act(known: Meeting, of: Clip) -> None:
        carry_out(WithdrawClip(of.id, known.id, said("ground", "为什么")))

    return _settle(meeting, clip, act)


def _settle(meeting: str, clip: str, act: Callable[[Meeting, Clip], None]) -> Answer:
    known = _known(meeting)
    try:
        act(known, _clip(known, clip))
    except (Refused, Unclear) as error:
        return refilled(error, lambda no: _page(_known(meeting), clip, no))
    return went_well(f"/films/{known.id}/clips/{clip}")
