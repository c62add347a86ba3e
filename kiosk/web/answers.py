"""How a page answers: after a form, to a refusal, to nonsense, to a bug; and the headers of every page.

A form works without JavaScript (post, then redirect). With it, the page sends the form itself, keeps it until it is
acknowledged, and gets JSON: where to go, or what is wrong and what to do.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, current_app, jsonify, redirect, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from kiosk.core.authority import PERMITTED
from kiosk.core.commands import Command
from kiosk.core.refusals import Malformed, Reason, Refused
from kiosk.core.terms import CommandId, PersonId, Role
from kiosk.core.values import Actor
from kiosk.service import Receipt
from kiosk.web.access import visitor
from kiosk.web.parts import parts
from kiosk.wording import Sentence, refusal

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; media-src 'self' blob:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
COMMAND_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
_LOST = Sentence("没有记上。", "请再按一次；还不行，请告诉记录员。")
_NO_PAGE = Sentence("没有这一页。", "请回到首页。")
_STALE = Sentence("这一页放得太久了。", "请回到首页，再来一次。")
_NONSENSE = Sentence("没有看懂这一步。", "请回到首页，再来一次。")


@dataclass
class Unclear(Exception):
    """A form cannot be read as it was filled in; the sentence says which field, and how it should be."""

    sentence: Sentence


def is_scripted() -> bool:
    """Whether the page's own script sent the form."""
    return request.headers.get("X-Kiosk-Form") == "1"


def went_well(go: str | None = None, *, otherwise: str = "") -> Response:
    """After a form: go there. With `go` None a scripted page stays and is repainted by the live update."""
    if is_scripted():
        return jsonify(go=go)
    return redirect(go or otherwise or request.referrer or "/", code=303)


def command_id() -> CommandId:
    """The id the page gave this command, or a new one where it has no script. Malformed if misshapen."""
    given = request.form.get("command_id")
    if given is None:
        return CommandId(parts().new_token())
    if not COMMAND_ID.fullmatch(given):
        raise Malformed("command_id")
    return CommandId(given)


def carry_out(command: Command, *, part: int = 0) -> Receipt:
    """Execute an officer's command in the first of his roles that may give it.

    `part` tells the commands of one form apart, where one tap gives several.
    Refused: ROLE_MAY_NOT, and whatever the rules say.
    """
    officer = visitor().officer
    permitted = PERMITTED[type(command)]
    role = next((r for r in Role if officer and r in officer.roles and r in permitted), None)
    if officer is None or role is None:
        raise Refused(Reason.ROLE_MAY_NOT)
    actor = Actor(role, officer.id)
    given = command_id()
    name = CommandId(f"{given}-{part}") if part else given
    return parts().kiosk.execute(parts().home, command, actor, name)


def carry_out_for(villager: PersonId, command: Command) -> Receipt:
    """Execute the command of a villager (村民) who has just proved on the portal who he is.

    The id in the form makes a double tap one command. Refused: whatever the rules say.
    """
    actor = Actor(Role.VILLAGER, villager)
    return parts().kiosk.execute(parts().home, command, actor, command_id())


def refilled(
    error: Refused | Unclear, draw: Callable[[Sentence], str]
) -> tuple[Response | str, int]:
    """After a no: the form again as it was filled in, with the sentence above it; nothing typed is lost.

    The page's script gets the sentence alone, for it still holds the form.
    """
    if is_scripted():
        raise error
    if isinstance(error, Unclear):
        return draw(error.sentence), 400
    return draw(refusal(error)), 403 if error.reason is Reason.ROLE_MAY_NOT else 409


def sorry(sentence: Sentence, status: int) -> tuple[Response | str, int]:
    """Say what is wrong and what to do, as a page or to the page's script."""
    if is_scripted():
        return jsonify(what=sentence.what, todo=sentence.todo, basis=sentence.basis), status
    village = parts().known().village
    return render_template("sorry.html", sentence=sentence, village=village), status


def answer_errors(app: Flask) -> None:
    """One answer for each kind of trouble."""

    @app.errorhandler(Refused)
    def refused(error: Refused) -> tuple[Response | str, int]:
        return sorry(refusal(error), 403 if error.reason is Reason.ROLE_MAY_NOT else 409)

    @app.errorhandler(Unclear)
    def unclear(error: Unclear) -> tuple[Response | str, int]:
        return sorry(error.sentence, 400)

    @app.errorhandler(Malformed)
    def malformed(_error: Malformed) -> tuple[Response | str, int]:
        return sorry(_NONSENSE, 400)

    @app.errorhandler(CSRFError)
    def stale(_error: CSRFError) -> tuple[Response | str, int]:
        return sorry(_STALE, 400)

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> tuple[Response | str, int]:
        code = error.code or 500
        return sorry(_NO_PAGE if code == 404 else _NONSENSE, code)  # noqa: PLR2004 -- HTTP's own number

    @app.errorhandler(Exception)
    def bug(error: Exception) -> tuple[Response | str, int]:
        current_app.logger.error("bug at %s", request.path, exc_info=error)
        return sorry(_LOST, 500)


def set_headers(app: Flask) -> None:
    """The strict policy on every answer; pages are never kept by the browser."""

    @app.after_request
    def headers(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        if response.mimetype == "text/html":
            response.headers["Cache-Control"] = "no-store"
        return response
