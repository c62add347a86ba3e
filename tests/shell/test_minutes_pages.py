"""The minutes at the console and on the big screen: noted by the recorder, read page by page, signed by two."""

import kiosk_fixtures
import pytest
from kiosk_fixtures import CHAIR, PIN, SECRETARY

from kiosk.core.events import MinutesApproved, MinutesNoted, MinutesRead
from kiosk.core.terms import Role
from kiosk.demo.story import MATTER, TODAY

founded_database, house = kiosk_fixtures.founded_database, kiosk_fixtures.house
NOTE = "/console/minutes/note"


@pytest.fixture
def decided(house):
    """A vote is closed, the meeting still sits."""
    return house.check_in(30).open().open_vote().cast(16, 10, 2).close_vote()


def note(browser, text, matter=MATTER, strikes=0):
    return browser.post(NOTE, meeting=TODAY, matter=matter, strikes=strikes, text=text)


def fields_of(house):
    head = house.meeting().minutes.business
    return {"meeting": TODAY, "seq": head.seq, "digest": head.digest}


def test_the_recorder_adds_to_an_item_and_the_draft_tells_it_with_his_name_and_the_time(decided):
    recorder = decided.officer(SECRETARY)
    assert note(recorder, "有人问路宽。").location == "/console/minutes/#topics"
    (entry,) = decided.entries(MinutesNoted)
    assert (entry.actor.role, entry.actor.person) == (Role.SECRETARY, SECRETARY)
    assert "要点1：有人问路宽。（谢丽玥09:00记）" in recorder.open("/console/minutes/")


def test_a_note_that_is_changed_stays_in_sight_struck_through(decided):
    recorder = decided.officer(SECRETARY)
    note(recorder, "有人问路宽。")
    assert "有人问路宽。</textarea>" in recorder.open(f"{NOTE}?matter={MATTER}&strikes=1")
    note(recorder, "有人问路宽几米。", strikes=1)
    page = recorder.open("/console/minutes/")
    assert "<s>有人问路宽。</s>" in page
    assert "要点1〔已改，见要点2〕：有人问路宽。" in page


def test_what_was_typed_comes_back_with_a_no(decided):
    recorder = decided.officer(SECRETARY)
    long = "路" * 501
    answer = note(recorder, long)
    assert answer.status_code == 400
    assert long in answer.text
    assert note(recorder, " ").status_code == 409
    assert decided.events(MinutesNoted) == []


def test_only_the_recorder_writes(decided):
    chair = decided.officer(CHAIR)
    assert "请记录员登录" in chair.open("/console/minutes/")
    assert note(chair, "有人问路宽。").status_code == 403


def test_the_minutes_are_read_page_by_page_on_the_big_screen_and_go_with_new_business(decided):
    recorder, hall = decided.officer(SECRETARY), decided.hall_screen()
    recorder.post("/console/minutes/page", page="0")
    assert "会议记录，第 1 / " in hall.open("/hall/")
    recorder.post("/console/minutes/page", page="1")
    assert "会议记录，第 2 / " in hall.open("/hall/")
    note(recorder, "有人对记录提了意见。", matter="")
    assert "会议记录，第" not in hall.open("/hall/")
    recorder.post("/console/minutes/page", page="0")
    recorder.post("/console/minutes/page", page="off")
    assert "会议记录，第" not in hall.open("/hall/")


def test_two_people_sign_and_then_nothing_can_be_added(decided):
    recorder = decided.officer(SECRETARY)
    answer = recorder.post("/console/minutes/read", officer=SECRETARY, **fields_of(decided))
    assert answer.location == "/console/minutes/approve"
    assert SECRETARY not in recorder.open("/console/minutes/approve")
    wrong = recorder.post(
        "/console/minutes/approve", officer=CHAIR, pin="000000", **fields_of(decided)
    )
    assert wrong.status_code == 400
    recorder.post("/console/minutes/approve", officer=CHAIR, pin=PIN, **fields_of(decided))
    (read,), (approved,) = decided.events(MinutesRead), decided.events(MinutesApproved)
    assert (read.recorder, approved.chair) == (SECRETARY, CHAIR)
    assert "会议记录已经念过、通过了" in recorder.open("/console/")
    assert note(recorder, "再添一条。").status_code == 409
    assert "会议记录已经通过" in recorder.open("/console/minutes/")


def test_the_end_of_a_meeting_says_what_the_paper_will_say(decided):
    recorder = decided.officer(SECRETARY)
    page = recorder.open("/console/")
    assert "现在散会，记录上会写明“未经会议通过”" in page
    decided.adjourn()
    assert "本记录未经会议通过" in recorder.open("/console/minutes/")
    assert note(recorder, "再添一条。").status_code == 409


def test_the_papers_to_be_signed_are_printed_or_opened_from_the_card_of_a_meeting_that_is_over(
    decided,
):
    decided.adjourn().set_papers()
    recorder = decided.officer(SECRETARY)
    page = recorder.open("/console/")
    for paper in ("minutes", "attendance"):
        asked = f"/papers/{TODAY}/{paper}/print"
        assert asked in page
        opened = f"/papers/{TODAY}/{paper}.pdf"
        assert opened in recorder.open(asked)
        assert recorder.get(opened).data.startswith(b"%PDF")
