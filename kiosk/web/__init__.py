"""Pages, one module per audience; access.py says who may use each."""

from flask import Flask, g, session
from flask_wtf.csrf import CSRFProtect

from kiosk.web import admin, ballot, checkin, console, film, hall, portal, signin
from kiosk.web import assets as assets_module
from kiosk.web.access import PUBLIC, allow, guard, visitor
from kiosk.web.answers import answer_errors, set_headers
from kiosk.web.pages import LivePage

LIVE_PAGES: dict[str, LivePage] = {
    page.name: page for page in (console.HOME, checkin.WALL, ballot.TILES, hall.SCREEN)
}


def add_pages(app: Flask) -> None:
    """Put every page, its guard, its headers and its error answers on the application."""
    CSRFProtect(app)
    for blueprint in (
        console.console,
        checkin.checkin,
        ballot.ballot,
        hall.hall,
        portal.portal,
        signin.signin,
        admin.admin,
        film.film,
        assets_module.assets,
    ):
        app.register_blueprint(blueprint)
    app.view_functions["static"] = allow(PUBLIC)(app.view_functions["static"])
    guard(app)
    answer_errors(app)
    set_headers(app)
    app.context_processor(_comfort)


def _comfort() -> dict[str, object]:
    """What every page knows of the person before it; a pushed page is the same for all who watch it."""
    if "pushed" in g:
        return {"csrf_token": None}  # the page's script adds the token of its own session
    return {
        "text_size": session.get("size", "2"),
        "contrast": session.get("contrast", "normal"),
        "visitor": visitor,
    }
