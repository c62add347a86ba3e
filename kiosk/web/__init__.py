"""Pages, one module per audience; access.py says who may use each."""

from flask import Flask, g, session
from flask_wtf.csrf import CSRFProtect

from kiosk import wording
from kiosk.web import assets as assets_module
from kiosk.web import pictures, signin
from kiosk.web.access import PUBLIC, allow, guard, visitor
from kiosk.web.answers import answer_errors, set_headers
from kiosk.web.cases import (
    calling,
    emergencies,
    files,
    following,
    inspection,
    matters,
    needs,
    notices,
    paper_shelf,
    photos,
    printing,
    raising,
    reading_aloud,
    revising,
    sheets,
    supervision,
    taking_out,
    watching,
    works,
)
from kiosk.web.films import clips, keeping, opening
from kiosk.web.glyphs import bring_slices, glyphs
from kiosk.web.medium import on_site
from kiosk.web.pages import LivePage
from kiosk.web.parts import parts
from kiosk.web.public import (
    checking,
    dossiers,
    feeding,
    finding,
    objecting,
    papers,
    portal,
    published,
    spoken,
    voices,
)
from kiosk.web.public import clips as public_clips
from kiosk.web.public.plain.pages import plain
from kiosk.web.public.reading import reading
from kiosk.web.public.shown import lost_heads, public_head
from kiosk.web.settings import (
    admin,
    catalogues,
    clip_audience,
    corrections,
    intake,
    periods,
    person,
    phones,
    register,
    rehearsing,
    rulebook,
)
from kiosk.web.sitting import (
    ballot,
    beginning,
    checkin,
    closing,
    comparing,
    console,
    film,
    floor,
    hall,
    hand_counts,
    hands_witness,
    minuting,
    paper_issuing,
    paper_printing,
    paper_reading,
    phone,
    proxies,
    raised_hands,
    recounting,
    recounts,
    slips,
    straw_poll,
    vote_clips,
    voting,
)

LIVE_PAGES: dict[str, LivePage] = {
    page.name: page
    for page in (
        console.HOME,
        closing.AWAITED,
        raised_hands.HANDS,
        checkin.WALL,
        ballot.TILES,
        hall.SCREEN,
        paper_issuing.WALL,
        paper_reading.PAGE,
        printing.PAGE,
    )
}


def add_pages(app: Flask) -> None:
    """Put every page, its guard, its headers and its error answers on the application."""
    CSRFProtect(app)
    for blueprint in (
        console.console,
        beginning.beginning,
        comparing.comparing,
        minuting.minuting,
        floor.floor,
        voting.voting,
        closing.closing,
        raised_hands.raised_hands,
        hands_witness.hands_witness,
        hand_counts.hand_counts,
        recounts.recounts,
        recounting.recounting,
        straw_poll.straw_poll,
        checkin.checkin,
        proxies.proxies,
        ballot.ballot,
        phone.phone,
        slips.slips,
        hall.hall,
        paper_printing.paper_printing,
        paper_issuing.paper_issuing,
        paper_reading.paper_reading,
        portal.portal,
        published.published,
        public_clips.clips,
        dossiers.dossiers,
        voices.voices,
        objecting.objecting,
        checking.checking,
        finding.finding,
        feeding.feeding,
        papers.papers,
        spoken.spoken,
        plain,
        rehearsing.rehearsing,
        signin.signin,
        admin.admin,
        register.register,
        person.person,
        intake.intake,
        periods.periods,
        catalogues.catalogues,
        clip_audience.clip_audience,
        phones.phones,
        rulebook.rulebook,
        corrections.corrections,
        film.film,
        opening.opening,
        keeping.keeping,
        vote_clips.vote_clips,
        clips.clips,
        files.files,
        paper_shelf.paper_shelf,
        printing.printing,
        works.works,
        supervision.supervision,
        taking_out.taking_out,
        watching.watching,
        photos.photos,
        reading_aloud.reading_aloud,
        sheets.sheets,
        inspection.inspection,
        following.following,
        emergencies.emergencies,
        needs.needs,
        matters.matters,
        raising.raising,
        revising.revising,
        calling.calling,
        notices.notices,
        assets_module.assets,
        glyphs,
    ):
        app.register_blueprint(blueprint)
    app.view_functions["static"] = allow(PUBLIC)(app.view_functions["static"])
    guard(app)
    answer_errors(app)
    set_headers(app)
    bring_slices(app)
    app.context_processor(_comfort)
    app.jinja_env.globals["words"] = wording
    # Whether films are made now stands on every screen of a meeting, a pushed page included.
    app.jinja_env.globals["recorder"] = lambda: wording.film_sign(parts().film.lamps())
    app.jinja_env.globals["on_site"] = on_site
    app.jinja_env.globals["public_head"] = public_head
    app.jinja_env.globals["reading"] = reading
    app.jinja_env.globals["heads_lost"] = lambda: lost_heads(reading())
    app.jinja_env.filters["on_grid"] = pictures.on_grid


def _comfort() -> dict[str, object]:
    """What every page knows of the person before it; a pushed page is the same for all who watch it."""
    if "pushed" in g:
        return {"csrf_token": None}  # the page's script adds the token of its own session
    return {
        "text_size": session.get("size", "2"),
        "contrast": session.get("contrast", "normal"),
        "visitor": visitor,
    }
