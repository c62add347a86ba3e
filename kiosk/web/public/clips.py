"""A vote's clip on the portal (公开片段): what two officers let out, as its digest in the journal has it."""

from flask import Blueprint, send_file
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from kiosk.core.terms import ClipId, MeetingId
from kiosk.web.access import PUBLIC, allow
from kiosk.web.parts import parts
from kiosk.web.public.reading import reading

clips = Blueprint("public_clips", __name__)


@clips.get("/clip/<meeting>/<clip>.mp4")
@allow(PUBLIC)
def file(meeting: str, clip: str) -> Response:
    """The clip, while it is public: no other file of the archive is reached from here."""
    custody = reading().village.custody(MeetingId(meeting))
    known = custody.clips.get(ClipId(clip))
    if known is None or not known.is_public or custody.is_deleted:
        raise NotFound
    path = parts().clips.path(MeetingId(meeting), known.id)
    if not path.exists():
        raise NotFound
    return send_file(path, mimetype="video/mp4", conditional=True)
