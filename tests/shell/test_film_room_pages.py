"""A disk that cannot hold the film: the meeting waits, or the chair accepts it with his own PIN, on record."""

from dataclasses import replace

import kiosk_fixtures
import pytest
from kiosk_fixtures import CHAIR, CHAIR_AND_ADMIN, PIN, SECRETARY

from kiosk.core.events import FilmRoomReported, MeetingOpened, ShortFilmAccepted
from kiosk.core.meetings.film_room import planned_minutes
from kiosk.core.terms import Role
from kiosk.demo.story import TODAY
from kiosk.evidence.audit import verify
from kiosk.evidence.bundle import export

founded_database, house = kiosk_fixtures.founded_database, kiosk_fixtures.house
ENORMOUS_MB = 1 << 40


@pytest.fixture
def crowded(house):
    """A house whose disk has no room for film beside what is kept for the votes."""
    operator = house.app.operator
    operator.studio = replace(operator.studio, reserve_mb=ENORMOUS_MB)
    return house.check_in(30)


def opened(house):
    return TODAY in {event.meeting for event in house.events(MeetingOpened)}


def test_a_meeting_that_the_disk_cannot_hold_is_refused_in_words_and_the_console_shows_the_way(
    crowded,
):
    officer = crowded.officer(SECRETARY)
    answer = officer.send("/console/open", meeting=TODAY)
    assert answer.status_code == 409
    planned = planned_minutes(crowded.meeting())
    assert answer.json["what"] == f"磁盘只够录0分钟，会议计划{planned}分钟。"
    assert not opened(crowded)
    assert crowded.events(FilmRoomReported) == [FilmRoomReported(TODAY, 0)]
    page = officer.open("/console/")
    assert "/console/short-film" in page
    assert "只够录0分钟，请清理" in page


def test_the_chair_accepts_with_his_own_pin_and_the_meeting_opens(crowded):
    officer = crowded.officer(SECRETARY)
    officer.send("/console/open", meeting=TODAY)
    assert f"/console/short-film?officer={CHAIR}" in officer.open("/console/short-film")
    wrong = officer.post("/console/short-film", meeting=TODAY, officer=CHAIR, pin="000000")
    assert wrong.status_code == 400
    assert crowded.events(ShortFilmAccepted) == []
    officer.post("/console/short-film", meeting=TODAY, officer=CHAIR, pin=PIN)
    (entry,) = crowded.entries(ShortFilmAccepted)
    assert (entry.actor.role, entry.actor.person) == (Role.CHAIR, CHAIR)
    assert officer.send("/console/open", meeting=TODAY).status_code == 200
    assert opened(crowded)
    bundle = export(
        crowded.kiosk, crowded.app.parts.home, crowded.app.press.path,
        crowded.app.operator.folder, crowded.settings.data_dir / "bundle",
    )  # fmt: skip
    assert not [fault for fault in verify(bundle.folder).faults if fault.startswith("日志")]


def test_the_chair_at_the_console_needs_no_second_pin(crowded):
    officer = crowded.officer(CHAIR_AND_ADMIN)
    officer.send("/console/open", meeting=TODAY)
    officer.post("/console/short-film", meeting=TODAY, officer=CHAIR_AND_ADMIN)
    assert len(crowded.events(ShortFilmAccepted)) == 1
    assert "已经记入日志" in officer.open("/console/short-film")


def test_the_secretary_cannot_accept_it_alone(crowded):
    officer = crowded.officer(SECRETARY)
    officer.send("/console/open", meeting=TODAY)
    officer.post("/console/short-film", meeting=TODAY, officer=SECRETARY, pin=PIN)
    assert crowded.events(ShortFilmAccepted) == []


def test_room_that_was_made_is_on_record_too_and_the_meeting_opens(crowded):
    officer, operator = crowded.officer(SECRETARY), crowded.app.operator
    officer.send("/console/open", meeting=TODAY)
    operator.studio = replace(operator.studio, reserve_mb=0)
    assert officer.send("/console/open", meeting=TODAY).status_code == 200
    assert [event.minutes > 0 for event in crowded.events(FilmRoomReported)] == [False, True]


def test_where_there_is_room_nothing_is_said_of_it(house):
    officer = house.check_in(30).officer(SECRETARY)
    assert officer.send("/console/open", meeting=TODAY).status_code == 200
    assert house.events(FilmRoomReported) == []
