"""The meeting's video for officers: a page that plays it, its playlist, its parts by byte range."""

from flask import Blueprint, abort, redirect, render_template, send_from_directory
from werkzeug.wrappers import Response

from kiosk import wording
from kiosk.core.terms import MeetingId
from kiosk.web.access import ANY_OFFICER, allow
from kiosk.web.parts import parts
from kiosk.web.viewing import is_open, require_viewing

film = Blueprint("film", __name__, url_prefix="/film")


@film.get("/notice.wav")
@allow(ANY_OFFICER)
def notice() -> Response:
    """The notice of filming (录音录像告知), spoken by somebody of the village."""
    voice = parts().settings.notice_voice
    return send_from_directory(voice.parent, voice.name, mimetype="audio/wav", conditional=True)


@film.get("/<meeting>/")
@allow(ANY_OFFICER)
def watch(meeting: str) -> str | Response:
    """Play the meeting, with its marks, parts and gaps."""
    village = parts().village()
    known = village.meeting(MeetingId(meeting))
    if village.custody(known.id).is_deleted:
        return redirect(f"/films/{known.id}/")
    if known.recording.started and not is_open(known):
        return redirect(f"/films/{known.id}/open")
    return render_template(
        "console/film.html",
        village=village,
        meeting=known,
        recording=known.recording,
        title=f"第{known.ordinal}次{wording.BODIES[known.body]}",
        words=wording,
    )


@film.get("/<meeting>/film.m3u8")
@allow(ANY_OFFICER)
def playlist(meeting: str) -> Response:
    """The parts as one film."""
    known = parts().village().meeting(MeetingId(meeting))
    if known.recording.started is None:
        abort(404)
    require_viewing(known)
    text = parts().film.playlist(known.id, f"/film/{known.id}/")
    return Response(text, mimetype="application/vnd.apple.mpegurl")


@film.get("/<meeting>/<part>.mp4")
@allow(ANY_OFFICER)
def segment(meeting: str, part: str) -> Response:
    """One part; browsers ask for ranges of it."""
    known = parts().village().meeting(MeetingId(meeting))
    require_viewing(known)
    return send_from_directory(parts().film.folder(known.id), f"{part}.mp4", conditional=True)
