"""Every character of every name is drawn on a machine that has no Chinese font: on the kiosk's screens, on the portal.

A register of 3,000 names with the 8,105 standard characters and rarer ones; a real Chromium whose only font has no
Chinese. What no font draws is drawn as a box, or as nothing: each character is held against both.
"""

import threading
from dataclasses import replace

import kiosk_fixtures
import pytest
from browsers import launched
from fontTools.subset import Subsetter
from fontTools.ttLib import TTFont
from kiosk_fixtures import CHEAP, OFFICERS, OPENING, PIN, SECRETARY, HandClock, House
from names import register
from werkzeug.serving import make_server

from kiosk.app import open_store
from kiosk.config import settings_from
from kiosk.core import commands as c
from kiosk.core.terms import CommandId, MatterId, Role, VoteId
from kiosk.core.values import Actor
from kiosk.demo.one_commit import in_one_commit
from kiosk.demo.people import demonstration_people
from kiosk.demo.story import MATTER, TODAY, VILLAGE, Story
from kiosk.service import Kiosk
from kiosk.site.publishing import publish
from kiosk.store.credentials import Credentials
from kiosk.store.devices import DeviceKind
from kiosk.store.journal import SqlJournal
from kiosk.store.register import Register
from kiosk.web.glyphs import SANS

NAMES = register()
GROUPS = range(1, 9)
KNOWN_BY_NONE = "\U0010fffd"
# The characters of the page that are drawn like one that nobody knows, or not at all.
UNDRAWN = """async (unknown) => {
  await document.fonts.ready;
  const pen = Object.assign(document.createElement('canvas'), {width: 40, height: 40})
    .getContext('2d', {willReadFrequently: true});
  const family = getComputedStyle(document.body).fontFamily;
  const drawn = char => {
    pen.clearRect(0, 0, 40, 40);
    pen.font = `30px ${family}`;
    pen.fillText(char, 4, 32);
    return pen.getImageData(0, 0, 40, 40).data.join('');
  };
  const box = drawn(unknown), nothing = drawn(' ');
  const told = [...new Set(document.body.innerText)].filter(char => char.trim() && char !== unknown);
  return [told.length, told.filter(char => [box, nothing].includes(drawn(char))).join('')];
}"""
CONFIGURATION = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{0}</dir><cachedir>{0}/cache</cachedir></fontconfig>"""


@pytest.fixture(scope="module")
def hall(tmp_path_factory):
    """All 3,000 on the roll of a meeting, all of them there, a vote open; and three thousand names in a proposal."""
    folder = tmp_path_factory.mktemp("hall")
    settings = replace(kiosk_fixtures.settings_in(folder), rare_font=settings_from({}).rare_font)
    _flask, engine = open_store(settings)
    people = demonstration_people(representatives=len(NAMES))
    officers = [p for p in people if p.id in OFFICERS or p.id < "p0100"]
    others = [p for p in people if p not in officers]
    named = [replace(p, name=n) for p, n in zip(others, NAMES, strict=False)]
    people = officers + named + others[len(named) :]
    Register(engine).enrol(VILLAGE, people)
    Story(SqlJournal(engine), people, OPENING, settings.public_url).tell()
    with in_one_commit(SqlJournal(engine), VILLAGE) as store:
        gather(Kiosk(store, lambda: OPENING))
    credentials = Credentials(engine, CHEAP)
    credentials.issue_code(SECRETARY, PIN)
    credentials.set_pin(SECRETARY, PIN, credentials.code_mark(SECRETARY))
    engine.dispose()
    house = House(settings, HandClock())
    house.do(
        replace(
            kiosk_fixtures.another_matter(),
            matter=MatterId("everybody"),
            proposal=tuple("、".join(NAMES[i : i + 100]) for i in range(0, len(NAMES), 100)),
        )
    )
    yield house
    house.close()


def gather(kiosk):
    entitled = sorted(kiosk.village(VILLAGE).meetings[TODAY].entitled)
    steps = [c.CheckIn(TODAY, person) for person in entitled]
    steps += [c.OpenMeeting(TODAY), c.OpenVote(TODAY, (MATTER,), VoteId("v"), running_tally=True)]
    for number, step in enumerate(steps):
        actor = Actor(Role.SECRETARY, SECRETARY)
        kiosk.execute(VILLAGE, step, actor, CommandId(f"gather-{number:04d}"))


@pytest.fixture(scope="module")
def served(hall):
    server = make_server("127.0.0.1", 0, hall.app.flask, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def latin_only(tmp_path_factory):
    """A Chromium on a machine whose one font has letters and digits alone."""
    folder = tmp_path_factory.mktemp("fonts")
    with TTFont(SANS) as font:
        letters = Subsetter()
        letters.populate(unicodes=range(0x20, 0x7F))
        letters.subset(font)
        for record in font["name"].names:
            record.string = "Letters"
        font.save(folder / "letters.ttf")
    (folder / "fonts.conf").write_text(CONFIGURATION.format(folder))
    environment = {"FONTCONFIG_FILE": str(folder / "fonts.conf"), "HOME": str(folder)}
    with launched(env=environment) as browser:
        yield browser


def as_visitor(browser, visitor=None):
    """A page of a browser that holds the same cookies as that visitor."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN")
    cookies = visitor.client._cookies.values() if visitor else ()
    context.add_cookies(
        [{"name": k.key, "value": k.value, "domain": "127.0.0.1", "path": "/"} for k in cookies]
    )
    return context.new_page()


def undrawn(page, address):
    page.set_default_timeout(0)  # hundreds of slices are cut; how fast is not asked here
    page.goto(address, wait_until="load")
    return page.evaluate(UNDRAWN, KNOWN_BY_NONE)


def test_a_machine_without_chinese_draws_boxes_by_itself(latin_only):
    """What the other tests see when a character is missing."""
    page = as_visitor(latin_only)
    page.set_content("<body>村镇A1")
    assert page.evaluate(UNDRAWN, KNOWN_BY_NONE) == [4, "村镇"]


def test_every_name_of_the_register_is_drawn(hall, served, latin_only):
    page = as_visitor(latin_only, hall.officer(SECRETARY))
    seen = set()
    for group in GROUPS:
        assert undrawn(page, f"{served}/admin/register/?group={group}")[1] == ""
        seen |= set(page.locator("body").inner_text())
    assert set("".join(NAMES)) <= seen


@pytest.mark.parametrize("wall", ["checkin", "ballot"])
def test_every_name_on_the_walls_of_the_hall_is_drawn(hall, served, latin_only, wall):
    visitor = hall.officer(SECRETARY) if wall == "checkin" else hall.screen(DeviceKind.BALLOT)
    page = as_visitor(latin_only, visitor)
    number, missing = undrawn(page, f"{served}/{wall}/?tab=all")
    assert missing == ""
    assert number > len(set("".join(NAMES)))


def test_every_character_on_the_portal_is_drawn(hall, served, latin_only):
    number, missing = undrawn(as_visitor(latin_only), f"{served}/m/2")
    assert missing == ""
    assert number > len(set("".join(NAMES)))


def test_every_character_on_the_static_site_is_drawn(hall, latin_only, tmp_path):
    publish(hall.app.flask, hall.app.parts, tmp_path / "site")
    number, missing = undrawn(as_visitor(latin_only), (tmp_path / "site/m/2.html").as_uri())
    assert missing == ""
    assert number > len(set("".join(NAMES)))
