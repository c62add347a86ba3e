"""The portal remembers every head it ever showed: a database that was put back contradicts it for ever."""

import json
import re
import shutil
import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime

import kiosk_fixtures
import pytest
from kiosk_fixtures import VILLAGE, House
from site_fixtures import words

from kiosk.core.journal import Head
from kiosk.core.refusals import Malformed
from kiosk.core.shown import ShownHead
from kiosk.site.command import publish_into
from kiosk.store.shown_heads import ShownHeads

founded_database, house = kiosk_fixtures.founded_database, kiosk_fixtures.house

AT = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
ALARM = "会议日志和公开栏记得的对不上。"


def head(seq):
    return ShownHead(Head(seq, f"{seq:064x}"), AT)


# --- the memory


def test_a_head_is_remembered_once_and_in_its_order(tmp_path):
    memory = ShownHeads(tmp_path / "heads")
    for seq in (1, 1, 2, 2, 1):
        memory.remember(head(seq))
    assert [one.head.seq for one in memory.all()] == [1, 2, 1]
    assert ShownHeads(tmp_path / "heads").all() == memory.all()
    assert (tmp_path / "heads").stat().st_mode & 0o077 == 0


def test_a_line_that_the_power_cut_short_is_taken_away_before_the_next(tmp_path):
    path = tmp_path / "heads"
    ShownHeads(path).remember(head(1))
    with path.open("ab") as file:
        file.write(b'{"at":"2026')
    memory = ShownHeads(path)
    assert memory.all() == (head(1),)
    memory.remember(head(2))
    assert ShownHeads(path).all() == (head(1), head(2))


def test_kiosk_and_publishing_remember_into_the_same_file(tmp_path):
    one, other = ShownHeads(tmp_path / "heads"), ShownHeads(tmp_path / "heads")
    one.remember(head(1))
    other.remember(head(2))
    one.remember(head(3))
    assert [shown.head.seq for shown in other.all()] == [1, 2, 3]


def test_many_at_once_leave_whole_lines(tmp_path):
    memories = [ShownHeads(tmp_path / "heads") for _ in range(4)]
    work = [
        threading.Thread(target=lambda m=m, n=n: [m.remember(head(n * 100 + i)) for i in range(20)])
        for n, m in enumerate(memories, start=1)
    ]
    for thread in work:
        thread.start()
    for thread in work:
        thread.join()
    assert len({one.head.seq for one in ShownHeads(tmp_path / "heads").all()}) == 80


def test_a_memory_that_was_altered_is_not_read_as_if_nothing_were(tmp_path):
    (tmp_path / "heads").write_text("nonsense\n")
    with pytest.raises(Malformed):
        ShownHeads(tmp_path / "heads").all()


# --- the portal


def kept(house):
    return [json.loads(line) for line in house.settings.shown_heads_file.read_text().splitlines()]


def test_the_head_at_the_foot_of_a_page_is_on_the_disk_before_it_is_shown(house):
    page = house.visitor().open("/")
    shown = house.kiosk.known(VILLAGE).head
    assert f"会议日志到第{shown.seq}条" in page
    assert shown.check_code in page
    assert [one["digest"] for one in kept(house)] == [shown.digest]


def test_pages_opened_again_are_remembered_once_and_what_is_new_once_more(house):
    phone = house.visitor()
    for path in ("/", "/m/", "/need/", "/m/1"):
        phone.open(path)
    assert len(kept(house)) == 1
    house.check_in(1)
    phone.open("/m/1")
    phone.open("/")
    assert [one["seq"] for one in kept(house)] == [len(house.lines()) - 1, len(house.lines())]


def test_where_it_cannot_be_remembered_it_is_not_shown(house):
    house.settings.shown_heads_file.mkdir()  # as little to be written to as a full disk
    page = house.visitor().open("/m/")
    assert "校验码现在记不下来，先不显示" in page
    assert house.kiosk.known(VILLAGE).head.check_code not in page


def put_back(house, database):
    """What whoever owns the disk can do: an old copy of the database in the place of the new one."""
    house.close()
    for ending in ("", "-wal", "-shm"):
        path = house.settings.data_dir / f"kiosk.sqlite3{ending}"
        path.unlink(missing_ok=True)
    shutil.copyfile(database, house.settings.data_dir / "kiosk.sqlite3")
    return House(house.settings, house.clock)


def test_a_database_that_was_put_back_is_found_out_on_the_first_page_and_on_every_published_site(
    house, tmp_path, capsys
):
    old = tmp_path / "old.sqlite3"
    with closing(sqlite3.connect(house.settings.data_dir / "kiosk.sqlite3")) as connection:
        connection.execute("VACUUM INTO ?", (str(old),))
    house.decided()
    seen = house.kiosk.known(VILLAGE).head
    assert ALARM not in house.visitor().open("/"), "and a villager sees this head"
    again = put_back(house, old)
    page = words(again.visitor().open("/"))
    assert ALARM in page
    assert f"显示过第{seen.seq}条的校验码 {seen.check_code}，现在的日志里没有这一条" in page
    assert ALARM in again.visitor().open("/check/")
    assert f"{seen.check_code}" in again.visitor().open("/check/heads")
    # Another meeting in the place of the one that was taken back, longer than it: the head is still missed.
    again.decided(in_favour=3, against=25)
    assert ALARM in again.visitor().open("/")
    assert publish_into(again.app, tmp_path / "site") == 0
    assert f"公开栏在2026年11月22日 09:00显示过第{seen.seq}条的校验码" in capsys.readouterr().err
    assert ALARM in (tmp_path / "site/index.html").read_text("utf-8")
    again.close()


def test_a_database_of_the_true_record_raises_no_alarm(house):
    house.visitor().open("/")
    house.decided()
    assert ALARM not in house.visitor().open("/")
    assert ALARM not in house.visitor(house.another()).open("/")


def test_every_head_that_was_shown_is_listed_the_newest_first(house):
    phone = house.visitor()
    first = house.kiosk.known(VILLAGE).head
    phone.open("/")
    house.check_in(1)
    listed = re.findall(r"\d{4}(?:-\d{4}){3}", words(phone.open("/check/heads")))
    newest = house.kiosk.known(VILLAGE).head.check_code
    assert listed == [newest, first.check_code, newest], "in the list, and at the foot of the page"
