"""Photographs (照片) of the notice board and the works: taken with the kiosk's camera or sent, looked at, filed."""

from collections.abc import Callable

from flask import Blueprint, abort, render_template, request, send_file
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from kiosk import wording
from kiosk.core.commands import AttachPhoto
from kiosk.core.refusals import Malformed, Refused
from kiosk.core.terms import MatterId, Picture, day_of
from kiosk.web import stills
from kiosk.web.access import ANY_OFFICER, CONSOLE_OR_SUPERVISION, allow
from kiosk.web.answers import Unclear, carry_out, is_scripted, refilled, sorry, went_well
from kiosk.web.filling import Answer
from kiosk.web.forms import member
from kiosk.web.parts import parts
from kiosk.wording import Sentence

photos = Blueprint("photos", __name__)
photos.register_error_handler(RequestEntityTooLarge, stills.too_large)

SECTIONS = {Picture.BEFORE: "works", Picture.AFTER: "works", Picture.REVIEW: "deliberations"}
"""Where on the matter's page a photograph is seen; those of the board under the publication."""


@photos.url_value_preprocessor
def widen(endpoint: str | None, _values: dict[str, object] | None) -> None:
    """Let this one form be larger than the others."""
    if endpoint == "photos.send":
        stills.widen()


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
        shown=stills.still_shown(shown),
        sentence=sentence,
        has_camera=stills.photographer().has_camera,
        most_mb=stills.UPLOAD_MB,
        back=_back(about.id, picture),
    )


def _back(matter: MatterId, picture: Picture) -> str:
    return f"/matters/{matter}#{SECTIONS.get(picture, 'publication')}"


@photos.post("/matters/<matter>/photo/<picture>/shoot")
@allow(CONSOLE_OR_SUPERVISION)
def shoot(matter: str, picture: str) -> Answer:
    """拍照: what the camera sees now, to be looked at; nothing is on record yet."""
    return _shown(matter, picture, stills.shot)


@photos.post("/matters/<matter>/photo/<picture>/send")
@allow(CONSOLE_OR_SUPERVISION)
def send(matter: str, picture: str) -> Answer:
    """Take in a photograph that a telephone made, where there is no camera."""
    return _shown(matter, picture, stills.sent)


def _shown(matter: str, picture: str, take: Callable[[], str]) -> Answer:
    about, of = parts().village().matter(MatterId(matter)), member(Picture, picture)
    try:
        shown = take()
    except stills.NoStill as none:
        return _again(matter, picture, none.sentence)
    return went_well(f"/matters/{about.id}/photo/{of.value}?shown={shown}")


def _again(matter: str, picture: str, sentence: Sentence) -> Answer:
    if is_scripted():
        return sorry(sentence, 409)
    return _draw(matter, member(Picture, picture), "", sentence), 409


@photos.post("/matters/<matter>/photo/<picture>")
@allow(CONSOLE_OR_SUPERVISION)
def attach(matter: str, picture: str) -> Answer:
    """用这张: the photograph that was looked at comes on record."""
    of, shown = member(Picture, picture), request.form.get("shown", "")
    if not stills.DIGEST.fullmatch(shown):
        raise Malformed("shown")
    try:
        _attach(MatterId(matter), of, shown)
    except (Refused, Unclear) as error:
        return refilled(error, lambda no: _draw(matter, of, shown, no))
    return went_well(_back(MatterId(matter), of))


def _attach(matter: MatterId, picture: Picture, shown: str) -> None:
    with stills.filing(shown, f"{wording.PICTURES[picture]}.jpg") as attachment:
        carry_out(AttachPhoto(matter, picture, attachment))


@photos.get("/photos/<digest>.jpg")
@allow(ANY_OFFICER)
def show(digest: str) -> Response:
    """One photograph, on record or just taken."""
    path = stills.store().path(digest) if stills.DIGEST.fullmatch(digest) else None
    if path is None:
        abort(404)
    answer = send_file(path, mimetype="image/jpeg")
    # What is named by its digest never changes; but it is people's village, so no shared cache keeps it.
    answer.cache_control.private = True
    answer.cache_control.max_age = 86400
    return answer
