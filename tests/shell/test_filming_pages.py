"""Filming is announced and always to be seen: the notice at the opening, the sign on every screen, the cover."""

import kiosk_fixtures
import pytest
from kiosk_fixtures import SECRETARY, wait_until

from kiosk import wording
from kiosk.core.law.periods import Periods
from kiosk.demo.story import TODAY

founded_database = kiosk_fixtures.founded_database
house = kiosk_fixtures.house
filming_house = kiosk_fixtures.filming_house
RIGHTS = ("查阅", "更正", "删除")


def sign(page):
    """How the sign of that page looks."""
    return page.split('data-film="')[1].split('"')[0]


def test_at_the_opening_the_console_has_the_words_to_be_read_aloud_until_an_item_is_taken(house):
    officer = house.officer(SECRETARY)
    assert "请主持人先念一遍" not in officer.open("/console/")
    house.check_in(30).open()
    page = officer.open("/console/")
    said = ("全程录音录像", "村民委员会保管", "保存10年", "30年", *RIGHTS)
    assert "请主持人先念一遍" in page
    assert not [words for words in said if words not in page]
    house.open_vote()
    assert "请主持人先念一遍" not in officer.open("/console/")


def test_at_the_opening_the_big_screen_says_what_for_by_whom_and_how_long(house):
    hall = house.hall_screen()
    house.check_in(30)
    assert "录音录像告知" not in hall.open("/hall/")
    house.open()
    page = hall.open("/hall/")
    said = ("录音录像告知", "如实记下会怎么开", "金塱村村委会", "10年", *RIGHTS)
    assert not [words for words in said if words not in page]


def test_the_notice_names_the_years_of_the_village():
    assert "保存12年；" in wording.film_notice_aloud("金塱村", "1", Periods(film_years=12))
    same = Periods(film_years=30, major_film_years=30)
    assert "保存30年。" in wording.film_notice_aloud("金塱村", "1", same)


def test_the_villages_own_recording_of_the_notice_is_played_where_there_is_one(house):
    officer = house.officer(SECRETARY)
    house.check_in(30).open()
    assert "由主持人念" in officer.open("/console/")
    assert officer.get("/film/notice.wav").status_code == 404
    voice = house.settings.notice_voice
    voice.parent.mkdir(parents=True)
    voice.write_bytes(b"RIFF and so on")
    assert 'src="/film/notice.wav"' in officer.open("/console/")
    assert officer.get("/film/notice.wav").data == b"RIFF and so on"
    voice.write_bytes(b"RIFF, said once more")
    assert officer.get("/film/notice.wav").data == b"RIFF, said once more"


@pytest.mark.parametrize("path", ["/console/", "/checkin/", "/checkin/leave", "/console/speak"])
def test_every_screen_of_officers_says_that_nothing_is_filmed_while_nothing_is(house, path):
    house.check_in(30)
    if path == "/console/speak":
        house.open()
    assert sign(house.officer(SECRETARY).open(path)) == "off"


def test_while_it_is_filmed_every_screen_has_the_sign_with_words(filming_house):
    house = filming_house
    officer, hall, ballot = house.officer(SECRETARY), house.hall_screen(), house.ballot_screen()
    house.app.operator.start()
    house.open()
    wait_until(lambda: house.app.operator.lights.picture == "card")
    assert sign(ballot.open("/ballot/")) == "card"
    house.open_vote()
    pages = [officer.open("/console/"), officer.open("/checkin/"), hall.open("/hall/")]
    pages += [ballot.open("/ballot/"), officer.open("/console/awaited")]
    pages += [officer.open("/console/slips")]
    assert [sign(page) for page in pages] == ["card"] * len(pages)
    assert all("没有摄像头" in page or "无摄像头" in page for page in pages)


@pytest.mark.parametrize(
    ("picture", "sound", "look", "words"),
    [
        ("live", "live", "on", "录音录像中"),
        ("live", "silent", "on", "录像中，没有声音"),
        ("card", "live", "card", "录音中，没有摄像头"),
        ("lost", "live", "broken", "画面断了"),
        ("failed", "silent", "broken", "录像停了"),
        ("off", "off", "off", "没有录音录像"),
    ],
)
def test_the_sign_says_in_words_what_is_recorded_and_what_is_not(picture, sound, look, words):
    sign = wording.film_sign({"picture": picture, "sound": sound})
    assert sign[0] == look
    assert words in sign[1]


def test_after_the_meeting_the_console_asks_for_the_cover_of_the_camera(house):
    house.decided()
    assert wording.COVER in house.officer(SECRETARY).open("/console/")


def test_nothing_is_recorded_outside_meetings(filming_house):
    """From before the opening and after the end there is no recorder, and not one byte more on the disk."""
    house = filming_house
    operator, folder = house.app.operator, house.app.operator.folder(TODAY)
    operator.start()
    assert not folder.exists()
    assert operator._recorder._process is None
    house.open()
    wait_until(lambda: house.meeting().recording.is_running)
    house.adjourn()
    wait_until(lambda: house.meeting().recording.stopped)
    wait_until(lambda: operator.lights.picture == "off")
    assert not operator._recorder.is_running
    films = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    again = house.another().operator  # another start of the program, with no meeting on
    again.start()
    again.stop()
    assert again._recorder._process is None
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == films
