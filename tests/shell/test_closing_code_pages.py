"""The last closing code before a meeting: on both screens, one tap, and who signs where it differs."""

import kiosk_fixtures
from kiosk_fixtures import PIN, SECRETARY, SUPERVISOR

from kiosk.core.events import MeetingAdjourned, RecordDifferenceAccepted, SignedPaperCompared
from kiosk.demo.story import TODAY

founded_database, house = kiosk_fixtures.founded_database, kiosk_fixtures.house


def fields_of(house, agrees):
    closing = house.village().closing
    return {"meeting": TODAY, "seq": closing.seq, "digest": closing.digest, "agrees": agrees}


def test_the_closing_code_of_the_last_meeting_stands_on_both_screens_before_the_next(house):
    house.check_in(1)
    code = house.entries(MeetingAdjourned)[-1].head.check_code
    for part in code.split("-"):
        assert part in house.officer(SECRETARY).open("/console/closing-code")
        assert part in house.hall_screen().open("/hall/")


def test_one_tap_says_that_the_paper_is_the_same_and_the_meeting_opens(house):
    officer = house.check_in(30).officer(SECRETARY)
    assert officer.post("/console/closing-code", **fields_of(house, "yes")).location == "/console/"
    (compared,) = house.events(SignedPaperCompared)
    assert compared.agrees
    assert "和签了字的会议记录一样" in officer.open("/console/")
    assert officer.send("/console/open", meeting=TODAY).status_code == 200


def test_a_paper_that_differs_bars_the_opening_until_a_supervisor_signs_with_his_pin(house):
    officer = house.check_in(30).officer(SECRETARY)
    answer = officer.post("/console/closing-code", **fields_of(house, "no"))
    assert answer.location == "/console/difference"
    assert officer.send("/console/open", meeting=TODAY).status_code == 409
    page = officer.open(f"/console/difference?officer={SUPERVISOR}")
    assert "请输入您自己的密码" in page
    signed = {"meeting": TODAY, "officer": SUPERVISOR}
    wrong = officer.post("/console/difference", pin="000000", ground="换过主机。", **signed)
    assert wrong.status_code == 400
    empty = officer.post("/console/difference", pin=PIN, ground="", **signed)
    assert empty.status_code == 409
    officer.post("/console/difference", pin=PIN, ground="换过主机。", **signed)
    (accepted,) = house.events(RecordDifferenceAccepted)
    assert (accepted.supervisor, accepted.ground) == (SUPERVISOR, "换过主机。")
    assert officer.send("/console/open", meeting=TODAY).status_code == 200


def test_the_code_that_people_film_does_not_move_while_they_film_it(house):
    house.check_in(30).open()
    hall = house.hall_screen()
    before = house.meeting().heads.opened.check_code.split("-")
    for _ in range(2):
        page = hall.open("/hall/")
        assert all(part in page for part in before)
        house.check_in(31)
    house.open_vote().cast(16, 10, 2).close_vote().adjourn()
    page = hall.open("/hall/")
    assert all(part in page for part in house.meeting().heads.closed.check_code.split("-"))
    assert "散会" in page
