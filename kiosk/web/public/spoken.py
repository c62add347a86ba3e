"""A publication read aloud (念给大家听), for everybody: the last recording of it, and no other."""

from flask import Blueprint, send_file
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from kiosk import wording
from kiosk.store.photos import Photos
from kiosk.web.access import PUBLIC, allow
from kiosk.web.parts import parts
from kiosk.web.postings import Posting
from kiosk.web.public.reading import reading

spoken = Blueprint("spoken", __name__)


@spoken.get("/voice/<digest>.m4a")
@allow(PUBLIC)
def play(digest: str) -> Response:
    """The sound, while it is the one that is heard: one that was replaced is reached from nowhere here."""
    path = _store().path(digest) if digest in reading().voices else None
    if path is None:
        raise NotFound
    return send_file(path, mimetype="audio/mp4", conditional=True)


def voice_told(posting: Posting) -> dict[str, str | int] | None:
    """Where it is heard, how long it is, since when; None where nobody read it, or its file is gone."""
    voice = posting.publication.voice
    if voice is None or _store().path(voice.attachment.sha256) is None:
        return None
    return {
        "href": f"/voice/{voice.attachment.sha256}.m4a",
        "sha256": voice.attachment.sha256,
        "size_bytes": voice.attachment.size_bytes,
        "duration_ms": voice.duration_ms,
        "issue": voice.issue,
        "length": wording.length_said(voice.duration_ms),
    }


def _store() -> Photos:
    return Photos(parts().settings.data_dir / "photos")
