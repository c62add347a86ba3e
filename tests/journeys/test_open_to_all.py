"""The portal and its static site for everybody: axe finds nothing, text may be large, no script is needed.

On a telephone of 360 pixels: the hall's portal as it is served, the site as it lies on a stick (file://).
"""

from datetime import datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from kiosk.app import create_app, open_store
from kiosk.config import Settings
from kiosk.core.terms import CHINA
from kiosk.demo.founding import found_demonstration
from kiosk.demo.story import Past
from kiosk.rehearsal.server import RealServer, rehearsal_settings
from kiosk.site.publishing import publish
from kiosk.store.journal import SqlJournal
from kiosk.store.register import Register

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
IN_THE_HALL = ("/", "/m/2", "/m/6", "/r/2026-1", "/result/2026-1", "/need/", "/m/6/object",
               "/find/?q=%E9%B1%BC%E5%A1%98",
               "/check/?code=0000000000000001", "/check/heads")  # fmt: skip
ON_THE_SITE = ("index.html", "m/2.html", "r/2026-3.html", "need/index.html", "find/index.html",
               "find/letter-C.html", "check/index.html")  # fmt: skip
MADE = datetime(2026, 11, 22, 9, 0, tzinfo=CHINA)
"""When the site was made."""
PHONE = {"width": 360, "height": 740}

# As WeChat and Android enlarge a page: every text by itself, whatever the style sheet says of lengths.
ENLARGED = """factor => {
  const all = [...document.querySelectorAll('body, body *')].filter(e => !e.closest('svg'));
  const sizes = all.map(e => parseFloat(getComputedStyle(e).fontSize));
  all.forEach((e, i) => { e.style.fontSize = sizes[i] * factor + 'px'; });
}"""
TOO_WIDE = """() => [...document.querySelectorAll('body *')]
  .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('svg') && !e.closest('.visually-hidden'))
  .map(e => e.outerHTML.slice(0, 90))"""


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """The hall's portal over a village with a past."""
    folder = tmp_path_factory.mktemp("served")
    server = RealServer(rehearsal_settings(folder, "card"), folder / "server.log")
    server.found(past=Past.WHOLE)
    server.start()
    yield server.url
    server.kill()


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The same village's portal as a folder."""
    folder = tmp_path_factory.mktemp("site")
    settings = Settings(data_dir=folder / "data", recordings_dir=folder / "films", camera="card")
    _flask, engine = open_store(settings)
    found_demonstration(
        Register(engine), SqlJournal(engine), lambda: MADE, settings.public_url, past=Past.WHOLE
    )
    engine.dispose()
    application = create_app(settings, clock=lambda: MADE)
    publish(application.flask, application.parts, folder / "公开栏")
    application.parts.credentials._engine.dispose()
    return (folder / "公开栏").as_uri()


@pytest.fixture(scope="module")
def phone(chromium):
    context = chromium.new_context(viewport=PHONE, locale="zh-CN", timezone_id="Asia/Shanghai")
    page = context.new_page()
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    yield page
    assert page.complaints == []
    context.close()


def violations(page):
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}})
    return [(v["id"], [n["html"][:90] for n in v["nodes"]]) for v in found.response["violations"]]


def fits(page):
    assert page.evaluate(TOO_WIDE) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_the_halls_portal_has_no_violation(served, phone):
    for path in IN_THE_HALL:
        phone.goto(served + path)
        assert violations(phone) == [], path


def test_the_static_site_has_no_violation_and_fits_at_wechats_largest_text(site, phone):
    for name in ON_THE_SITE:
        phone.goto(f"{site}/{name}")
        assert violations(phone) == [], name
        for factor in (1.0, 1.4, 1.43):  # together twice the size
            phone.evaluate(ENLARGED, factor)
            fits(phone)


def test_the_site_is_searched_on_a_telephone_from_a_stick(site, phone):
    """The same question has the same answers as in the hall: `tests/shell/test_finding.py`."""
    phone.goto(f"{site}/find/index.html")
    box = phone.get_by_role("searchbox")
    for question, count, first in (("虎头岭", 4, "虎头岭鱼塘对外发包"), ("虎头岭 发包", 1, "虎头岭鱼塘对外发包"),
                                   ("３．５米", 1, "村道硬化（村口至虎头岭）")):  # fmt: skip
        box.fill(question)
        phone.get_by_role("button", name="查找").click()
        expect(phone.get_by_role("status")).to_contain_text(f"找到{count}件")
        expect(phone.locator("#found a").first).to_contain_text(first)
    assert violations(phone) == []
    phone.locator("#found a").first.click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("村道硬化（村口至虎头岭）")
    phone.goto(f"{site}/find/index.html")
    phone.get_by_role("searchbox").fill("<b>飞机场</b>")
    phone.get_by_role("button", name="查找").click()
    expect(phone.get_by_role("status")).to_have_text("没有找到“<b>飞机场</b>”")


def test_a_code_is_compared_on_the_site(site, phone):
    phone.goto(f"{site}/check/heads.html")
    code = phone.locator(".counted__code").first.inner_text()
    phone.goto(f"{site}/check/index.html")
    for typed, said in ((code, "有：公开栏2026年11月22日 09:00显示过的校验码"), ("1234", "您写了4位"),
                        ("0000-0000-0000-0001", "没有这个校验码")):  # fmt: skip
        phone.get_by_role("textbox").fill(typed)
        phone.get_by_role("button", name="核对").click()
        expect(phone.locator("#checked")).to_contain_text(said)


def test_days_left_are_of_today_where_there_is_a_script(site, phone):
    phone.clock.set_fixed_time("2026-11-25T23:30:00+08:00")
    phone.goto(f"{site}/index.html")
    expect(phone.locator("[data-last-day]").first).to_have_text("今天还剩 6 天")
    phone.clock.set_fixed_time("2026-12-01T00:10:00+08:00")
    phone.goto(f"{site}/index.html")
    expect(phone.locator("[data-last-day]").first).to_have_text("现在公布期已满")


def test_a_telephone_without_the_character_draws_it_from_the_slice(site, chromium, phone):
    """塱 is beyond GB/T 2312: whoever has no font with it gets the page's own."""
    phone.goto(f"{site}/index.html")
    drawn = phone.evaluate(
        "document.fonts.load('16px \"Kiosk Rare\"', '塱').then(faces => faces.map(f => f.status))"
    )
    assert drawn == ["loaded"]
    without = chromium.new_context(viewport=PHONE, java_script_enabled=False)
    page = without.new_page()
    page.goto(f"{site}/find/index.html")
    assert page.locator("form").count() == 1
    expect(page.locator("form")).to_be_hidden()
    page.get_by_role("link", name="C 1件").click()
    expect(page.locator("body")).to_contain_text("村道硬化")
    without.close()
