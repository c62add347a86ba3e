"""The 监委会's stick: heads that leave the machine, and a database put back that no longer holds them."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace

import kiosk_fixtures
import pytest
from kiosk_fixtures import PIN, SECRETARY, SUPERVISOR, VILLAGE, HandClock, House, wait_until

from kiosk.core.events import MeetingAdjourned, MeetingOpened, StickCompared, VoteClosed
from kiosk.demo.story import TODAY
from kiosk.evidence.stick import StickSign, heads_on

founded_database = kiosk_fixtures.founded_database


@pytest.fixture
def witnessed(tmp_path, founded_database):
    """A house whose stick is in."""
    settings = replace(kiosk_fixtures.settings_in(tmp_path), witness_dir=tmp_path / "stick")
    settings.witness_dir.mkdir()
    kiosk_fixtures._copy(founded_database, settings)
    opened = House(settings, HandClock())
    opened.app.stick.start()
    yield opened
    opened.app.stick.stop()
    opened.close()


def file_of(house):
    return house.settings.witness_dir / f"heads-{VILLAGE}.txt"


def written(house, lines):
    return wait_until(lambda: file_of(house).exists() and len(heads_on(file_of(house))) == lines)


def database(house):
    return house.settings.data_dir / "kiosk.sqlite3"


def snapshot(house, to):
    with closing(sqlite3.connect(database(house))) as connection:
        connection.execute("VACUUM INTO ?", (str(to),))


def put_back(house, old):
    """Somebody stops the kiosk, puts an older database file in the place of the newer, and starts it again."""
    house.app.stick.stop()
    house.close()
    for beside in ("", "-wal", "-shm"):
        database(house).with_name(f"kiosk.sqlite3{beside}").unlink(missing_ok=True)
    shutil.copy(old, database(house))
    again = House(house.settings, HandClock())
    again.app.stick.start()
    return again


def test_a_head_is_on_the_stick_after_the_opening_each_vote_and_the_end(witnessed):
    witnessed.decided()
    written(witnessed, 3)
    kinds = (MeetingOpened, VoteClosed, MeetingAdjourned)
    entries = [next(e for e in witnessed.entries(k) if e.event.meeting == TODAY) for k in kinds]
    assert heads_on(file_of(witnessed)) == [entry.head.named for entry in entries]
    text = file_of(witnessed).read_text("utf-8")
    assert f" {entries[-1].head.check_code} " in text
    assert text.endswith("第1次村民代表会议，散会\n")
    assert witnessed.app.stick.compare().sign is StickSign.AGREES


def test_a_torn_line_at_the_end_is_no_head(witnessed):
    witnessed.decided()
    written(witnessed, 3)
    whole = file_of(witnessed).read_bytes()
    file_of(witnessed).write_bytes(whole + b"999 2026-11-22T09:00:00+08:00 1111-22")
    assert len(heads_on(file_of(witnessed))) == 3


def test_a_stick_that_is_not_there_is_said_and_stops_nothing(witnessed):
    witnessed.settings.witness_dir.rmdir()
    witnessed.app.stick.compare()
    officer = witnessed.officer(SECRETARY)
    assert "监委会的U盘没有插好" in officer.open("/console/")
    witnessed.check_in(30)
    assert officer.send("/console/open", meeting=TODAY).status_code == 200
    assert not witnessed.settings.witness_dir.exists(), "nothing is written to the kiosk's own disk"


def test_a_stick_that_comes_back_gets_the_newest_head(witnessed):
    witnessed.settings.witness_dir.rmdir()
    witnessed.check_in(30).open()
    wait_until(lambda: witnessed.app.stick._unwritten)
    witnessed.settings.witness_dir.mkdir()
    witnessed.app.stick._look()
    written(witnessed, 1)
    assert witnessed.app.stick.state().sign is StickSign.AGREES


def test_a_database_that_was_put_back_is_found_at_the_start_and_bars_the_opening(
    witnessed, tmp_path
):
    snapshot(witnessed, tmp_path / "old.sqlite3")
    witnessed.decided()
    written(witnessed, 3)
    house = put_back(witnessed, tmp_path / "old.sqlite3")
    try:
        assert house.app.stick.state().sign is StickSign.DIFFERS
        officer = house.officer(SECRETARY)
        assert "机器里的记录可能被换成了旧的" in officer.open("/console/")
        house.check_in(30)
        refused = officer.send("/console/open", meeting=TODAY)
        assert refused.status_code == 409
        assert "校验码对不上" in refused.json["what"]
        (compared,) = house.events(StickCompared)
        assert not compared.agrees
        assert "/console/difference" in officer.open("/console/")
        officer.post(
            "/console/difference", meeting=TODAY, officer=SUPERVISOR, pin=PIN, ground="换过主机。"
        )
        assert officer.send("/console/open", meeting=TODAY).status_code == 200
        # New lines behind the old ones hide nothing.
        written(house, 4)
        assert house.app.stick.compare().sign is StickSign.DIFFERS
    finally:
        house.app.stick.stop()
        house.close()


def test_a_stick_that_agrees_is_on_record_once_before_the_opening(witnessed):
    last = witnessed.entries(MeetingAdjourned)[-1]
    witnessed.app.stick.write(last)
    witnessed.app.stick.report(TODAY)
    witnessed.app.stick.report(TODAY)
    seq, digest = last.head.seq, last.head.digest
    assert witnessed.events(StickCompared) == [StickCompared(TODAY, seq, digest, agrees=True)]
