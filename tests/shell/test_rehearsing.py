"""Rehearsals (演练): a store and a clock of their own, that never mix with the village's record (law 12)."""

from dataclasses import replace
from datetime import timedelta

import kiosk_fixtures
import pytest
from click.testing import CliRunner
from kiosk_fixtures import CHAIR, OPENING, SECRETARY, SUPERVISOR

from kiosk.app import MixedPurposes, create_app
from kiosk.cli import cli
from kiosk.config import SettingsError, settings_from
from kiosk.core.terms import Purpose
from kiosk.store.moved_clock import MovedClock

founded_database, house = kiosk_fixtures.founded_database, kiosk_fixtures.house
rehearsal_database = kiosk_fixtures.rehearsal_database
rehearsal_house = kiosk_fixtures.rehearsal_house


# --- the clock


def at_the_opening():
    return OPENING


def test_the_clock_of_a_rehearsal_begins_with_the_present_and_goes_on_by_whole_days(tmp_path):
    clock = MovedClock(at_the_opening, tmp_path / "days")
    assert clock() == OPENING
    clock.forward(15)
    clock.forward(1)
    assert clock() == OPENING + timedelta(days=16)


def test_how_far_the_clock_was_moved_outlives_the_program(tmp_path):
    MovedClock(at_the_opening, tmp_path / "days").forward(10)
    assert MovedClock(at_the_opening, tmp_path / "days").days == 10


@pytest.mark.parametrize("days", [0, -1, -15])
def test_the_clock_never_goes_back(tmp_path, days):
    clock = MovedClock(at_the_opening, tmp_path / "days")
    clock.forward(3)
    with pytest.raises(ValueError, match="forward"):
        clock.forward(days)
    assert clock.days == MovedClock(at_the_opening, tmp_path / "days").days == 3


# --- law 12


def test_rehearsals_and_real_meetings_never_mix(house, rehearsal_house):
    """A record does not open on a clock that can be moved, and a rehearsal not as a record."""
    with pytest.raises(MixedPurposes, match="不能用演练时钟打开"):
        create_app(replace(house.settings, rehearsal=True))
    with pytest.raises(MixedPurposes, match="不能当正式记录打开"):
        create_app(replace(rehearsal_house.settings, rehearsal=False))


def test_the_program_says_so_and_does_not_serve(house, monkeypatch):
    monkeypatch.setenv("KIOSK_DATA_DIR", str(house.settings.data_dir.parent))
    house.settings.data_dir.rename(house.settings.data_dir.parent / "rehearsal")
    refused = CliRunner().invoke(cli, ["run", "--rehearsal"])
    assert refused.exit_code == 2
    assert "不能用演练时钟打开" in refused.output


def test_a_rehearsal_has_folders_of_its_own_whatever_else_is_set(tmp_path):
    set_by_hand = {"KIOSK_DATA_DIR": str(tmp_path), "KIOSK_RECORDINGS_DIR": str(tmp_path / "films")}
    record, rehearsal = (
        settings_from(set_by_hand),
        settings_from(set_by_hand | {"KIOSK_REHEARSAL": "1"}),
    )
    assert (record.rehearsal, rehearsal.rehearsal) == (False, True)
    assert rehearsal.data_dir == record.data_dir / "rehearsal"
    assert rehearsal.recordings_dir == record.recordings_dir / "rehearsal"
    assert rehearsal.database_url != record.database_url


def test_a_setting_that_is_neither_on_nor_off_is_refused():
    with pytest.raises(SettingsError, match="KIOSK_REHEARSAL"):
        settings_from({"KIOSK_REHEARSAL": "ja"})


# --- the page


def test_every_officer_may_move_the_clock_of_a_rehearsal_forward(rehearsal_house):
    for days, person in enumerate((CHAIR, SECRETARY, SUPERVISOR), start=1):
        officer = rehearsal_house.officer(person)
        assert officer.post("/rehearsal/forward", days="1").status_code == 303
        assert rehearsal_house.kiosk.now() == OPENING + timedelta(days=days)


def test_the_clock_is_moved_by_the_steps_that_are_offered_and_by_nothing_else(rehearsal_house):
    officer = rehearsal_house.officer(SECRETARY)
    for days in ("0", "-1", "2", "365", "", "一"):
        assert officer.post("/rehearsal/forward", days=days).status_code == 400
    assert rehearsal_house.kiosk.now() == OPENING
    for days in (1, 3, 10, 15):
        officer.post("/rehearsal/forward", days=str(days))
    assert rehearsal_house.kiosk.now() == OPENING + timedelta(days=29)


def test_who_moved_the_clock_stays_signed_in_and_the_others_sign_in_again(rehearsal_house):
    mover, other = rehearsal_house.officer(SECRETARY), rehearsal_house.officer(CHAIR)
    mover.post("/rehearsal/forward", days="1")
    assert "比真实日期快" in mover.open("/rehearsal/")
    assert other.get("/rehearsal/").location == "/signin"


def test_while_a_meeting_sits_the_clock_is_not_moved(rehearsal_house):
    rehearsal_house.check_in(30).open()
    answer = rehearsal_house.officer(SECRETARY).post("/rehearsal/forward", days="1")
    assert answer.status_code == 409
    assert "请散会以后再拨" in answer.text
    assert rehearsal_house.kiosk.now() == OPENING


def test_the_page_says_what_is_due_next_and_offers_the_step_that_leads_there(rehearsal_house):
    officer = rehearsal_house.decided().officer(SECRETARY)
    page = officer.open("/rehearsal/")
    assert "2026年12月7日" in page
    assert "“公益性骨灰楼选址与建设方案”公示期满" in page
    dominant = page.split("button--dominant")[1].split("</button>")[0]
    assert "前进15天" in dominant
    officer.post("/rehearsal/forward", days="15")
    assert "没有到期的事" in officer.open("/rehearsal/")


def test_the_clock_that_was_moved_is_the_one_in_which_a_publication_ends(rehearsal_house):
    rehearsal_house.decided()
    (matter,) = rehearsal_house.village().matters.values()
    rehearsal_house.officer(SECRETARY).post("/rehearsal/forward", days="15")
    assert matter.resolution.is_over(rehearsal_house.kiosk.now().date())


def test_after_another_start_the_rehearsal_is_where_it_was(rehearsal_house):
    rehearsal_house.officer(SECRETARY).post("/rehearsal/forward", days="10")
    again = rehearsal_house.another()
    assert again.parts.kiosk.now() == OPENING + timedelta(days=10)


def test_in_a_village_that_keeps_its_record_there_is_no_such_page(house):
    officer = house.officer(SECRETARY)
    assert officer.get("/rehearsal/").status_code == 404
    assert officer.post("/rehearsal/forward", days="15").status_code == 404
    assert house.kiosk.now() == OPENING


def test_nobody_moves_the_clock_without_signing_in(rehearsal_house):
    visitor = rehearsal_house.visitor()
    assert visitor.get("/rehearsal/").location == "/signin"
    assert visitor.post("/rehearsal/forward", days="1").location == "/signin"


# --- 演练 everywhere


@pytest.mark.parametrize("path", ["/console/", "/matters/", "/needs/", "/rehearsal/", "/"])
def test_every_page_of_a_rehearsal_says_that_it_is_one(rehearsal_house, path):
    assert "演练" in rehearsal_house.officer(SECRETARY).open(path)


def test_the_journal_of_a_rehearsal_says_in_its_first_entry_that_it_is_one(rehearsal_house):
    assert rehearsal_house.village().purpose is Purpose.REHEARSAL
    assert '"purpose":"rehearsal"' in rehearsal_house.lines()[0]
