"""更正 over HTTP: an entry named by a new one, with what is true; a second officer signs; nothing is lost."""

import re

import kiosk_fixtures
import pytest
from kiosk_fixtures import CHAIR, SECRETARY, SECRETARY_AND_ADMIN, SUPERVISOR, TELLER

from kiosk.core import commands as c
from kiosk.core.events import CheckedIn, CorrectionConfirmed, CorrectionProposed
from kiosk.core.terms import CorrectionId
from kiosk.demo.story import TODAY

founded_database, house = kiosk_fixtures.founded_database, kiosk_fixtures.house
still_house = kiosk_fixtures.still_house

CORRECTION = CorrectionId("correction-1")
CONFIRM = f"/corrections/{CORRECTION}"
TRUE = "到会的是黄埗成。"


def words(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


def filled(seq, **changed):
    form = {"seq": str(seq), "correction": CORRECTION, "ground": "点错了人。", "statement": TRUE}
    return form | changed


@pytest.fixture
def wrong(house):
    """Somebody was checked in who had not come; the number of that entry."""
    house.check_in(1)
    return house.entries(CheckedIn)[-1].seq


def proposed(house, seq):
    house.do(c.ProposeCorrection(CORRECTION, seq, "点错了人。", TRUE))
    return house


# --- the journal in sentences


def test_the_newest_entries_are_plain_sentences_with_who_and_when(house, wrong):
    page = words(house.officer(SECRETARY).open("/corrections/"))
    assert f"第{wrong}条 龚䶮山签到（第1次村民代表会议）" in page
    assert "谢丽玥（记录） · 2026年11月22日 09:00" in page
    assert page.index(f"第{wrong}条") < page.index(f"第{wrong - 1}条")


def test_fifty_entries_are_shown_and_the_older_ones_behind_a_button(still_house):
    officer = still_house.officer(SECRETARY)
    last = still_house.village().entries
    page = officer.open("/corrections/")
    assert page.count("更正这一条") == 50
    assert f"第{last}条" in page
    assert f"第{last - 50}条" not in page
    older = re.search(r'href="(/corrections/\?[^"]*before=\d+)"', page)[1].replace("&amp;", "&")
    assert f"第{last - 50}条" in officer.open(older)


def test_entries_are_sifted_by_what_they_are_about(house, wrong):
    officer = house.officer(SECRETARY)
    rules = words(officer.open("/corrections/?sort=village"))
    assert "定下议事规则" in rules
    assert "签到（" not in rules
    assert "签到（" in words(officer.open("/corrections/?sort=meetings"))
    assert "没有这一类的记录。" in officer.open("/corrections/?sort=kiosk")
    assert officer.get("/corrections/?sort=ballots").status_code == 400


def test_how_somebody_voted_is_not_on_the_page(house):
    house.check_in(30).open().open_vote().cast(16, 10, 2)
    page = words(house.officer(SECRETARY).open("/corrections/"))
    assert "投了一张票" in page
    assert not re.search("赞成|反对|弃权", page)


def test_who_holds_no_console_and_is_no_supervisor_does_not_read_it(still_house):
    assert still_house.officer(TELLER).get("/corrections/").status_code == 403


# --- proposing


def test_a_correction_is_a_new_entry_and_the_wrong_one_stays(house, wrong):
    before = house.lines()
    officer = house.officer(SECRETARY)
    page = officer.open(f"/corrections/new?seq={wrong}")
    assert "龚䶮山签到" in words(page)
    token = re.search(r'name="correction" value="([\w-]+)"', page)[1]
    form = filled(wrong, correction=token, ground_more="是旁边的人。")
    assert officer.post("/corrections/new", **form).location == "/corrections/"
    (event,) = house.events(CorrectionProposed)
    assert (event.seq, event.statement) == (wrong, TRUE)
    assert event.ground == "点错了人。是旁边的人。"
    assert house.lines()[: len(before)] == before


@pytest.mark.parametrize("blank", [{"ground": ""}, {"statement": " "}])
def test_a_correction_says_what_is_wrong_and_what_is_true_and_loses_nothing(house, wrong, blank):
    form = filled(wrong, ground_more="", **blank) | blank
    answer = house.officer(SECRETARY).post("/corrections/new", **form)
    assert answer.status_code == 409
    assert "有一处还没有写。" in answer.text
    assert form["statement"].strip() in answer.text
    assert f'value="{CORRECTION}"' in answer.text
    assert house.events(CorrectionProposed) == []


def test_a_statement_that_is_too_long_is_said_and_stays(house, wrong):
    form = filled(wrong, statement="错" * 1001)
    answer = house.officer(SECRETARY).post("/corrections/new", **form)
    assert answer.status_code == 400
    assert "“实际是怎样”太长了" in answer.text
    assert "错" * 1001 in answer.text


def test_an_entry_is_found_by_its_number(house, wrong):
    officer = house.officer(SECRETARY)
    assert "numpad" in officer.open("/corrections/find")
    found = officer.post("/corrections/find", seq=str(wrong))
    assert found.location == f"/corrections/new?seq={wrong}"


@pytest.mark.parametrize("seq", ["0", "99999"])
def test_a_number_that_is_none_of_the_journal_is_refused(house, seq):
    officer = house.officer(SECRETARY)
    answer = officer.post("/corrections/find", seq=seq)
    assert answer.status_code == 409
    assert "日志里没有这一条。" in answer.text
    assert f'value="{seq}"' in answer.text
    assert officer.get(f"/corrections/new?seq={seq}").status_code == 409
    assert officer.post("/corrections/new", **filled(seq)).status_code == 409
    assert "要填一个整数" in officer.post("/corrections/find", seq="").text


def test_the_same_correction_is_proposed_once(house, wrong):
    proposed(house, wrong)
    answer = house.officer(SECRETARY).post("/corrections/new", **filled(wrong))
    assert answer.status_code == 409
    assert "这个更正已经提出过了。" in answer.text


def test_a_supervisor_confirms_but_does_not_propose(house, wrong):
    officer = house.officer(SUPERVISOR)
    assert "更正这一条" not in officer.open("/corrections/")
    assert officer.get(f"/corrections/new?seq={wrong}").status_code == 403


# --- the second officer


def test_what_waits_for_a_second_officer_stands_first(house, wrong):
    proposed(house, wrong)
    page = house.officer(CHAIR).open("/corrections/")
    assert page.index("等另一位同志复核") < page.index("更正这一条")
    assert f'href="{CONFIRM}"' in page
    assert "有人提出更正，还没有复核" in page


def test_his_own_correction_nobody_confirms(house, wrong):
    proposed(house, wrong)
    officer = house.officer(SECRETARY)
    assert f'href="{CONFIRM}"' not in officer.open("/corrections/")
    assert "要由另一位同志登录后复核" in officer.open(CONFIRM)
    answer = officer.post(CONFIRM)
    assert answer.status_code == 409
    assert "这一步要由另一位同志来办。" in answer.text
    assert TRUE in answer.text
    assert house.events(CorrectionConfirmed) == []


@pytest.mark.parametrize("second", [CHAIR, SECRETARY_AND_ADMIN, SUPERVISOR])
def test_another_officer_confirms_at_his_own_sign_in(house, wrong, second):
    proposed(house, wrong)
    officer = house.officer(second)
    page = words(officer.open(CONFIRM))
    assert "龚䶮山签到" in page
    assert TRUE in page
    assert officer.post(CONFIRM).location == "/corrections/"
    assert house.village().corrections[CORRECTION].confirmed_by == second


def test_a_corrected_entry_is_never_shown_without_its_correction(house, wrong):
    proposed(house, wrong).officer(CHAIR).post(CONFIRM)
    officer = house.officer(SECRETARY)
    for path in ("/corrections/", "/corrections/?sort=meetings", f"/corrections/new?seq={wrong}"):
        page = words(officer.open(path))
        entry = page.index("龚䶮山签到")
        assert entry < page.index(f"已更正实际是：{TRUE}", entry)
    assert "等另一位同志复核" not in officer.open("/corrections/")


def test_a_correction_is_confirmed_once(house, wrong):
    proposed(house, wrong).officer(CHAIR).post(CONFIRM)
    answer = house.officer(SUPERVISOR).post(CONFIRM)
    assert answer.status_code == 409
    assert "这个更正已经复核过了。" in answer.text


def test_a_correction_that_is_none_is_refused(still_house):
    officer = still_house.officer(CHAIR)
    assert "没有找到这个更正。" in officer.open("/corrections/nothing", status=409)
    assert officer.post("/corrections/nothing").status_code == 409


def test_a_correction_changes_no_count_and_no_roll(house, wrong):
    before = house.meeting().present
    proposed(house, wrong).officer(CHAIR).post(CONFIRM)
    assert house.meeting().present == before
    assert house.meeting().id == TODAY
