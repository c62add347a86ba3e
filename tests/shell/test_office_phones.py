"""Whom a villager may call: laid down by an administrator, shown where something hangs, missed by the secretary."""

import kiosk_fixtures
import pytest
from kiosk_fixtures import CHAIR, CHAIR_AND_ADMIN, SECRETARY
from procedure_story import told

from kiosk.core import commands as c
from kiosk.core.events import PhonesChanged
from kiosk.demo.story import MATTER
from kiosk.wording import phones_missing

founded_database, house = kiosk_fixtures.founded_database, kiosk_fixtures.house
decided_database = kiosk_fixtures.decided_database
decided_house = kiosk_fixtures.decided_house

PHONES = {"township_phone": "0660-8600456", "supervision_phone": "12345"}
GROUND = {"basis": "乡镇人民政府通知", "approver": "乡镇人民政府"}
HERE = "/admin/rules/phones/"


def test_an_administrator_lays_it_down_and_the_portal_shows_it(decided_house):
    officer = decided_house.officer(CHAIR_AND_ADMIN)
    officer.open(f"{HERE}change")
    seen = officer.post(f"{HERE}change", **PHONES, step="preview")
    assert "改了以后是这样" in seen.text
    assert officer.post(f"{HERE}change", **PHONES, **GROUND).location == HERE
    assert decided_house.events(PhonesChanged)[-1].township_phone == "0660-8600456"
    assert "批准：乡镇人民政府" in officer.open(HERE)
    published = decided_house.visitor().open("/r/2026-1")
    assert '乡镇电话 <a href="tel:0660-8600456">' in published
    assert '监督电话 <a href="tel:12345">' in published
    village = decided_house.visitor().get("/public.json").json["village"]
    assert {key: village[key] for key in PHONES} == PHONES


@pytest.mark.parametrize("phone", ["13800138000", ""])
def test_nobodys_own_telephone_is_taken(house, phone):
    officer = house.officer(CHAIR_AND_ADMIN)
    officer.open(f"{HERE}change")
    answer = officer.post(f"{HERE}change", **PHONES | {"township_phone": phone}, **GROUND)
    assert answer.status_code in {400, 409}
    assert len(house.events(PhonesChanged)) == 1, "what the demonstration laid down"


def test_others_read_it_and_do_not_change_it(house):
    chair = house.officer(CHAIR)
    assert f"{HERE}change" not in chair.open(HERE)
    assert chair.get(f"{HERE}change").status_code == 403


def test_the_secretary_is_told_as_long_as_nobody_laid_it_down(house):
    story = told()
    assert "请管理员" in phones_missing(story.village())
    story.do(c.ChangePhones(*PHONES.values(), "镇人民政府通知", "镇人民政府"))
    assert not phones_missing(story.village())
    assert "还没有乡镇电话" not in house.officer(SECRETARY).open(f"/matters/{MATTER}")
