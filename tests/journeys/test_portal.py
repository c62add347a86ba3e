"""A villager's telephone at the portal: 360 pixels wide, no JavaScript, text up to twice its size."""

import re

import pytest
from hands import Hands
from playwright.sync_api import expect

from kiosk.demo.people import demonstration_people
from kiosk.demo.story import Past
from kiosk.rehearsal.server import RealServer, rehearsal_settings

PAGES = ("/", "/m/", "/m/1", "/m/2", "/m/3", "/m/6", "/m/6/object", "/m/1/object", "/r/2026-1",
         "/result/2026-1", "/need/", "/need/new", "/need/2026-1")  # fmt: skip
WISH = "村口的路灯坏了三盏，请派人修。"

# What sticks out to the right of the screen, and by how much.
TOO_WIDE = """() => [...document.querySelectorAll('body *')]
  .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('svg'))
  .map(e => e.outerHTML.slice(0, 90))"""

# Words whose colour does not stand out from what lies behind them: WCAG AA.
TOO_FAINT = """() => {
  const parts = colour => colour.match(/[0-9.]+/g).map(Number);
  const light = colour => parts(colour).slice(0, 3)
    .map(c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = e => {
    for (; e; e = e.parentElement) {
      const ground = getComputedStyle(e).backgroundColor, alpha = parts(ground)[3];
      if (alpha === undefined || alpha > 0) return ground;
    }
    return 'rgb(255, 255, 255)';
  };
  return [...document.querySelectorAll('body *')]
    .filter(e => !e.closest('svg') && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
    .map(e => {
      const [a, b] = [light(getComputedStyle(e).color), light(behind(e))].sort((x, y) => y - x);
      return [(a + 0.05) / (b + 0.05), e.outerHTML.slice(0, 90)];
    })
    .filter(([ratio]) => ratio < 4.5);
}"""

SMALL_TARGETS = """() => [...document.querySelectorAll('.button, .nav a, .field, summary, .pick')]
  .filter(e => e.getBoundingClientRect().height < 44).map(e => e.outerHTML.slice(0, 90))"""


@pytest.fixture
def portal(tmp_path):
    """The real server over a village with a past."""
    server = RealServer(
        rehearsal_settings(tmp_path, "card", film_height=360), tmp_path / "server.log"
    )
    server.found(past=Past.WHOLE)
    server.start()
    yield server.url
    server.stop()


@pytest.fixture
def phone(portal, chromium):
    hands = Hands(
        chromium, portal, viewport={"width": 360, "height": 740}, java_script_enabled=False
    )
    yield hands
    assert hands.complaints == []
    hands.close()


def test_every_public_page_fits_a_narrow_telephone_in_both_text_sizes_and_can_be_read(phone):
    for path in PAGES:
        phone.open(path)
        for size in ("100%", "200%"):
            phone.page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
            assert phone.page.evaluate(TOO_WIDE) == [], f"{path} at {size}"
            assert phone.page.evaluate("document.documentElement.scrollWidth") <= 360
        assert phone.page.evaluate(TOO_FAINT) == [], path
        assert phone.page.evaluate(SMALL_TARGETS) == [], path


def test_a_villager_files_a_need_and_finds_its_number_without_javascript(phone):
    person = next(p for p in demonstration_people() if p.phone and not p.posts and not p.roles)
    phone.open("/")
    phone.see("这里的内容都是练习用的，不是真的决议。")
    phone.tap("提一个需求")
    fields = phone.page.get_by_role
    fields("textbox", name="需求").fill(WISH)
    fields("textbox", name="姓名").fill(person.name)
    fields("textbox", name="电话后四位").fill("0000")
    phone.tap("提交需求")
    phone.see("姓名和电话后四位对不上。")
    phone.complaints.clear()  # the answer 400 that the browser logs
    expect(fields("textbox", name="需求")).to_have_value(WISH)
    phone.picture("portal-need-refused")
    fields("textbox", name="电话后四位").fill(person.phone[-4:])
    phone.tap("提交需求")
    phone.page.wait_for_url(re.compile(r"/need/\d{4}-4/receipt"))
    phone.see("收到了。这是您的回执。")
    phone.see(person.name)
    phone.picture("portal-receipt")
    phone.tap("返回需求")
    phone.see(WISH)
    expect(phone.page.locator("body")).not_to_contain_text(person.name)


def test_a_villager_objects_to_what_hangs_without_javascript(phone):
    person = next(p for p in demonstration_people() if p.phone and not p.posts and not p.roles)
    phone.open("/")
    phone.tap("提异议")
    fields = phone.page.get_by_role
    fields("textbox", name="异议").fill("清淤的账没有公布。")
    fields("textbox", name="姓名").fill(person.name)
    fields("textbox", name="电话后四位").fill(person.phone[-4:])
    phone.tap("提交异议")
    phone.page.wait_for_url(re.compile(r"/m/\d+/objection/2/receipt"))
    phone.see("收到了。这是您的回执。")
    phone.tap("返回事项")
    phone.see("异议2件")
    phone.see("清淤的账没有公布。")
    phone.picture("portal-matter")
