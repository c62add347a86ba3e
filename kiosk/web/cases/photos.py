"""Photographs (照片) of the notice board and the works: taken with the kiosk's camera or sent, looked at, filed."""

import re
from collections.abc import Callable

from flask import Blueprint, abort, render_template, request, send_file
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from kiosk import wording
from kiosk.camera.photographer import NoPhoto, Photographer, Trouble
from kiosk.core.commands import AttachPhoto
from kiosk.core.refusals import Malformed, Refused
from kiosk.core.terms import MatterId, Picture, day_of
from kiosk.store.photos import Photos
from kiosk.web.access import ANY_OFFICER, CONSOLE_OR_SUPERVISION, allow
from kiosk.web.answers import Unclear, carry_out, is_scripted, refilled, sorry, went_well
from kiosk.web.filling import Answer
from kiosk.web.forms import member
from kiosk.web.parts import parts
from kiosk.wording import Sentence

photos = Blueprint("photos", __name__)

UPLOAD_MB = 8
DIGEST = re.compile(r"[0-9a-f]{64}")
SECTIONS = {Picture.BEFORE: "works", Picture.AFTER: "works", Picture.REVIEW: "deliberations"}
"""Where on the matter's page a photograph is seen; those of the board under the publication."""
_TROUBLES = {
    Trouble.NO_CAMERA: Sentence(
        "摄像头没有给出画面。", "请检查摄像头；正在录会议的，散会后再拍。也可以传手机拍的照片。"
    ),
    Trouble.NOT_A_PICTURE: Sentence("这个文件不是照片。", "请传JPG、PNG或WebP格式的照片。"),
    Trouble.TOO_SLOW: Sentence("等了太久，没有等到照片。", "请再试一次。"),
}
_NO_FILE = Sentence("还没有选照片。", "请先点“选文件”。")
_GONE = Sentence("这张照片已经不在了。", "请重新拍一张。")
_TOO_LARGE = Sentence(f"照片超过{UPLOAD_MB}MB。", "请把照片改小一些，再传一次。")


@photos.url_value_preprocessor
def widen(endpoint: str | None, _values: dict[str, object] | None) -> None:
    """Let this one form be larger than the others; before the guard reads the form for its token."""
    if endpoint == "photos.send":
        request.max_content_length = UPLOAD_MB * 1024 * 1024


@photos.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> tuple[Response | str, int]:
    """One sentence, instead of the number that HTTP has for it."""
    return sorry(_TOO_LARGE, 413)


@photos.get("/matters/<matter>/photo/<picture>")
@allow(CONSOLE_OR_SUPERVISION)
def look(matter: str, picture: str) -> str:
    """拍照 or send one; then the still with 用这张 and 重拍."""
    return _draw(matter, member(Picture, picture), request.args.get("shown", ""))


def _draw(matter: str, picture: Picture, shown: str, sentence: Sentence | None = None) -> str:
    village = parts().village()
    about = village.matter(MatterId(matter))
    return render_template(
        "matters/follow_photo.html",
        village=village,
        matter=about,
        today=day_of(parts().kiosk.now()),
        picture=picture,
        shown=shown if DIGEST.fullmatch(shown) and _store().path(shown) else "",
        sentence=sentence,
        has_camera=_photographer().has_camera,
        most_mb=UPLOAD_MB,
        back=_back(about.id, picture),
    )


def _back(matter: MatterId, picture: Picture) -> str:
    return f"/matters/{matter}#{SECTIONS.get(picture, 'publication')}"


@photos.post("/matters/<matter>/photo/<picture>/shoot")
@allow(CONSOLE_OR_SUPERVISION)
def shoot(matter: str, picture: str) -> Answer:
    """拍照: what the camera sees now, to be looked at; nothing is on record yet."""
    return _shown(matter, picture, _photographer().shoot)


@photos.post("/matters/<matter>/photo/<picture>/send")
@allow(CONSOLE_OR_SUPERVISION)
def send(matter: str, picture: str) -> Answer:
    """Take in a photograph that a telephone made, where there is no camera."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return _again(matter, picture, _NO_FILE)
    sent = file.read()
    return _shown(matter, picture, lambda: _photographer().redraw(sent))


def _shown(matter: str, picture: str, take: Callable[[], bytes]) -> Answer:
    about, of = parts().village().matter(MatterId(matter)), member(Picture, picture)
    try:
        jpeg = take()
    except NoPhoto as none:
        return _again(matter, picture, _TROUBLES[none.trouble])
    return went_well(f"/matters/{about.id}/photo/{of.value}?shown={_store().show(jpeg)}")


def _again(matter: str, picture: str, sentence: Sentence) -> Answer:
    if is_scripted():
        return sorry(sentence, 409)
    return _draw(matter, member(Picture, picture), "", sentence), 409


@photos.post("/matters/<matter>/photo/<picture>")
@allow(CONSOLE_OR_SUPERVISION)
def attach(matter: str, picture: str) -> Answer:
    """用这张: the photograph that was looked at comes on record."""
    of, shown = member(Picture, picture), request.form.get("shown", "")
    if not DIGEST.fullmatch(shown):
        raise Malformed("shown")
    try:
        _attach(MatterId(matter), of, shown)
    except (Refused, Unclear) as error:
        return refilled(error, lambda no: _draw(matter, of, shown, no))
    return went_well(_back(MatterId(matter), of))


def _attach(matter: MatterId, picture: Picture, shown: str) -> None:
    attachment = _store().file(shown, f"{wording.PICTURES[picture]}.jpg")
    if attachment is None:
        raise Unclear(_GONE)
    try:
        carry_out(AttachPhoto(matter, picture, attachment))
    except Refused:
        if not _is_on_record(shown):
            _store().forget(shown)
        raise


def _is_on_record(digest: str) -> bool:
    matters = parts().village().matters.values()
    return any(photo.attachment.sha256 == digest for m in matters for photo in m.photos)


@photos.get("/photos/<digest>.jpg")
@allow(ANY_OFFICER)
def show(digest: str) -> Response:
    """One photograph, on record or just taken."""
    path = _store().path(digest) if DIGEST.fullmatch(digest) else None
    if path is None:
        abort(404)
    answer = send_file(path, mimetype="image/jpeg")
    # What is named by its digest never changes; but it is people's village, so no shared cache keeps it.
    answer.cache_control.private = True
    answer.cache_control.max_age = 86400
    return answer


def _store() -> Photos:
    return Photos(parts().settings.data_dir / "photos")


def _photographer() -> Photographer:
    return Photographer(parts().settings.camera)
