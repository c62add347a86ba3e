"""Faults (故障): power cut off, a log cut off, a full disk, a clock that jumps, a recorder that hangs.

The long runs are `kiosk bench faults`; here the same programs do a little of each. Nothing is asserted of time.
"""

import json
import os
import signal
import sqlite3
from collections import Counter
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta

import kiosk_fixtures
import pytest
from kiosk_fixtures import SECRETARY, VOTE, HandClock, House, settings_in, wait_until
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from kiosk.bench.faults.audit import Deed, Findings, audit, audit_count
from kiosk.bench.faults.chance import chosen, drawn
from kiosk.bench.faults.disk import Full, NoSmallDisk, fill, small_disk
from kiosk.bench.faults.kills import Kills, cuts_of_a_meeting, hold
from kiosk.bench.faults.mains import Cut
from kiosk.bench.faults.report import Report
from kiosk.bench.faults.sitting import Phase
from kiosk.bench.faults.wal import Cuts, cut_everywhere, write
from kiosk.core import commands as c
from kiosk.core.ballot_terms import Channel, Choice
from kiosk.core.journal import check, read
from kiosk.core.terms import Role
from kiosk.demo.story import TODAY, VILLAGE

founded_database, house = kiosk_fixtures.founded_database, kiosk_fixtures.house
filming_house = kiosk_fixtures.filming_house


def clean(findings):
    assert (findings.lost, findings.double, findings.unverifiable) == ([], [], [])


def whole(house):
    assert check(house.lines(), house.kiosk.known(VILLAGE).head) is None
    instants = [read(line).at for line in house.lines()]
    assert instants == sorted(instants), "time ran backwards in the journal"
    clean(audit(house.lines(), []))


def vote_at(screen, person, choice="for"):
    """As a person does; the answer to 确认, or to the tap on the name where that was refused."""
    answer = screen.send("/ballot/turn", meeting=TODAY, vote=VOTE, person=person)
    return screen.send("/ballot/cast", choice=choice) if answer.status_code == 200 else answer


# --- kill -9


def test_after_kills_in_a_meeting_nothing_acknowledged_is_lost_and_nothing_counts_twice(tmp_path):
    cuts = {
        (Phase.CHECK_IN, 3): Cut(0.004),
        (Phase.BALLOT, 4): Cut(0.006, again_after_s=0.7),
        (Phase.ADJOURN, 0): Cut(0.005),
    }
    sitting = hold(tmp_path, cuts, people=8)
    assert sitting.mains.kills == 4
    assert len(sitting.mains.usable_s) == 3
    assert len([deed for deed in sitting.notebook.told if deed.choice]) == 8
    clean(sitting.findings)


def test_the_points_of_the_cuts_are_the_same_for_the_same_number_and_spread_over_the_meeting():
    cuts = cuts_of_a_meeting(7, 0, 200)
    assert cuts == cuts_of_a_meeting(7, 0, 200) != cuts_of_a_meeting(8, 0, 200)
    assert {phase for phase, _ in cuts} == set(Phase)
    assert sum(cut.kills for cut in cuts.values()) == len(cuts) + 1
    for few in range(1, 20):
        assert 1 <= sum(cut.kills for cut in cuts_of_a_meeting(7, 0, few).values()) <= few


def test_chance_is_spread_evenly_and_lots_are_drawn_once():
    numbers = [drawn(1, "x", n) for n in range(1000)]
    assert all(0 <= number < 1 for number in numbers)
    assert 0.45 < sum(numbers) / len(numbers) < 0.55
    assert len(set(chosen(10, 45, 1))) == 10
    assert chosen(99, 3, 1) == [0, 1, 2]


# --- the auditor is audited


@pytest.fixture(scope="module")
def voted(tmp_path_factory, founded_database):
    """The journal of a closed vote, and its ballots as the screens were told."""
    settings = settings_in(tmp_path_factory.mktemp("voted"))
    kiosk_fixtures._copy(founded_database, settings)
    house = House(settings, HandClock()).check_in(30).open().open_vote().cast(16, 10, 2)
    told = [Deed(person=p, choice=a[0].value) for p, a in house.vote().ballots.items()]
    lines = house.close_vote().lines()
    house.close()
    return lines, told


def test_the_audit_passes_what_is_whole(voted):
    clean(audit(*voted))
    clean(audit_count(*voted, VOTE))


def test_the_audit_finds_an_acknowledged_ballot_that_is_not_there(voted):
    lines, told = voted
    told = [*told, Deed(person="p9999", choice="for")]
    assert len(audit(lines, told).lost) == 1
    assert len(audit_count(lines, told, VOTE).lost) == 1


def test_the_audit_finds_an_acknowledged_ballot_with_another_choice(voted):
    lines, (first, *rest) = voted
    changed = Deed(person=first.person, choice="abstain")
    assert len(audit(lines, [changed, *rest]).lost) == 1


def test_the_audit_finds_what_counts_twice(voted):
    lines, told = voted
    ballot = next(line for line in lines if VOTE in line and "BallotCast" in line)
    assert audit([*lines, ballot], told).double
    assert audit_count(lines, told[1:], VOTE).double


def test_the_audit_finds_a_chain_that_is_not_whole(voted):
    lines, _ = voted
    assert audit([*lines[:50], *lines[51:]], []).unverifiable
    forged = [line.replace('"answer":["for"]', '"answer":["against"]', 1) for line in lines]
    assert audit(forged, []).unverifiable


# --- the report


def report(full, **found):
    kills = Kills(kills=2, meetings=1, acknowledged=9, usable_s=[1.0, 3.0, 2.0])
    kills.findings = Findings(**found)
    return Report(kills, Cuts(frames=3, cuts=8, states=2), full)


def test_a_report_without_findings_says_so_and_is_a_success():
    clean_one = report(Full(acknowledged=30, refused=4, told={"没有记上。"}))
    assert clean_one.exit_status == 0
    assert clean_one.words.endswith("丢失 0，重复 0，核验不过 0")
    assert "中位数 2.0 秒，最长 3.0 秒" in clean_one.words
    assert "4 次答“没有记上。”" in clean_one.words
    figures = json.loads(clean_one.as_json)
    assert (figures["lost"], figures["double"], figures["unverifiable"]) == (0, 0, 0)
    assert (figures["usable_median_s"], figures["usable_max_s"]) == (2.0, 3.0)
    assert figures["full_disk"] == {"acknowledged": 30, "refused": 4}


@pytest.mark.parametrize("kind", ["lost", "double", "unverifiable"])
def test_a_report_of_one_finding_names_it_and_is_a_failure(kind):
    bad = report("must be superuser", **{kind: ["这一件"]})
    assert bad.exit_status == 1
    assert "这一件" in bad.words.splitlines()
    assert json.loads(bad.as_json)[kind] == 1


def test_a_report_says_plainly_that_no_small_disk_could_be_had():
    told = report("must be superuser")
    assert "没有试（不能挂小磁盘：must be superuser）" in told.words
    assert json.loads(told.as_json)["full_disk"] == {"not_tried": "must be superuser"}


# --- the log


def test_a_log_cut_at_any_frame_holds_a_beginning_of_the_acknowledged_history(tmp_path):
    written = write(tmp_path / "written", 6)
    assert (len(written.log) - 32) % written.frame_bytes == 0
    done = cut_everywhere(tmp_path, written, random_cuts=8, seed=1, shown_at_most=3)
    assert done.cuts == written.frames + 8 + 2
    assert done.states == len(written.acts) + 1, "every command was the last one once"
    clean(done.findings)


# --- a full disk


@contextmanager
def no_room(house):
    """Lets the database grow no further, on whichever connection; what it gives lets it grow again."""
    with closing(sqlite3.connect(house.settings.data_dir / "kiosk.sqlite3")) as connection:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
    allowed = [pages]

    def limit(connection):
        connection.exec_driver_sql(f"PRAGMA max_page_count={allowed[-1]}")

    event.listen(house.engine, "begin", limit)
    yield lambda: allowed.append(2**30)
    event.remove(house.engine, "begin", limit)


def everybody_votes(house, screen):
    """Everybody present; who was acknowledged and who was refused, with nothing half written."""
    told, refused = [], []
    for person in house.voters()[:30]:
        before = house.lines()
        answer = vote_at(screen, person)
        if answer.status_code == 200:
            told.append(Deed(person=person, choice="for"))
            continue
        assert (answer.status_code, answer.json["what"]) == (500, "没有记上。")
        assert "再按一次" in answer.json["todo"]
        assert house.lines() == before
        refused.append(person)
    return told, refused


def goes_on_when_there_is_room(house, screen, told, refused):
    clean(audit(house.lines(), told))
    for person in refused:
        assert vote_at(screen, person).status_code == 200
        told.append(Deed(person=person, choice="for"))
    house.close_vote()
    clean(audit(house.lines(), told))
    clean(audit_count(house.lines(), told, VOTE))
    assert house.vote().tally.cast == 30
    whole(house)


def test_where_the_database_may_not_grow_ballots_are_refused_in_words_until_there_is_room(house):
    house.check_in(30).open().open_vote()
    screen, officer = house.ballot_screen(), house.officer(SECRETARY)
    with no_room(house) as make_room:
        told, refused = everybody_votes(house, screen)
        assert refused, "there was room for all"
        assert officer.open("/console/")
        make_room()
        goes_on_when_there_is_room(house, screen, told, refused)


def test_a_ballot_refused_for_want_of_room_is_taken_when_it_is_confirmed_again(house):
    """The person has his turn; the disk fills up between his name and 确认."""
    house.check_in(30).open().open_vote()
    screen, (person, *others) = house.ballot_screen(), house.voters()[:30]
    assert screen.send("/ballot/turn", meeting=TODAY, vote=VOTE, person=person).status_code == 200
    with no_room(house) as make_room:
        house_is_full(house, others)
        answer = screen.send("/ballot/cast", choice="for")
        assert (answer.status_code, answer.json["what"]) == (500, "没有记上。")
        assert person not in house.vote().ballots
        make_room()
        for _ in range(2):
            assert screen.send("/ballot/cast", choice="for").status_code == 200
        assert house.vote().ballots[person][0].value == "for"
    whole(house)


def house_is_full(house, people):
    """Ballots are cast by the one door until one finds no room."""
    for person in people:
        ballot = c.CastBallot(TODAY, VOTE, person, (Choice.FOR,), Channel.KIOSK_SCREEN)
        try:
            house.do(ballot, Role.VOTER, person)
        except OperationalError:
            return
    raise AssertionError("there was room for all")


def test_on_a_disk_that_is_full_ballots_are_refused_in_words_until_there_is_room(
    tmp_path, founded_database
):
    try:
        with small_disk(tmp_path / "small", size_mb=8) as disk:
            settings = replace(settings_in(tmp_path), data_dir=disk / "data")
            kiosk_fixtures._copy(founded_database, settings)
            house = House(settings, HandClock()).check_in(30).open().open_vote()
            screen, officer = house.ballot_screen(), house.officer(SECRETARY)
            fill(disk / "ballast")
            told, refused = everybody_votes(house, screen)
            assert refused, "there was room for all"
            assert officer.open("/console/")
            (disk / "ballast").unlink()
            goes_on_when_there_is_room(house, screen, told, refused)
            house.close()
    except NoSmallDisk as trouble:
        pytest.skip(f"no small disk can be mounted here: {trouble}")


# --- a clock that jumps

JUMPS = {
    "a day ahead": lambda at: at + timedelta(days=1),
    "a day back": lambda at: at - timedelta(days=1),
    "to 1970": lambda at: at.replace(year=1970),
    "ten years back": lambda at: at.replace(year=at.year - 10),
}


@pytest.mark.parametrize("jump", JUMPS)
def test_a_clock_that_jumps_in_a_vote_loses_no_ballot_and_time_never_runs_back(house, jump):
    house.check_in(30).open().open_vote()
    screen, told, right = house.ballot_screen(), [], house.clock.at
    for place, person in enumerate(house.voters()[:30]):
        if place == 10:
            house.clock.at = JUMPS[jump](right)
        if place == 20:
            house.clock.at = right
        house.clock.on(seconds=1)
        assert vote_at(screen, person).status_code == 200, "the ballot screen stays paired"
        told.append(Deed(person=person, choice="for"))
    house.close_vote().adjourn()
    clean(audit(house.lines(), told))
    clean(audit_count(house.lines(), told, VOTE))
    assert house.vote().tally.cast == 30
    whole(house)


@pytest.mark.parametrize("jump", JUMPS)
def test_while_the_clock_is_wrong_an_officer_can_sign_in_and_end_the_vote(house, jump):
    house.check_in(30).open().open_vote().cast(30)
    house.clock.at = JUMPS[jump](house.clock.at)
    officer = house.officer(SECRETARY)
    assert officer.send("/console/close", meeting=TODAY, vote=VOTE).status_code == 200
    assert officer.send("/console/adjourn", meeting=TODAY).status_code == 200
    assert house.meeting().adjourned_at is not None
    whole(house)


@pytest.mark.parametrize("jump", JUMPS)
def test_a_session_does_not_outlive_a_jump_of_the_clock_by_more_than_its_hours(house, jump):
    """Else a clock set back ten years would keep an officer signed in for ten years."""
    officer = house.officer(SECRETARY)
    house.clock.at = JUMPS[jump](house.clock.at)
    assert officer.get("/console/").location == "/signin"


def test_a_clock_set_right_by_minutes_signs_nobody_out(house):
    officer = house.officer(SECRETARY)
    for minutes in (-50, 100):
        house.clock.on(minutes=minutes)
        assert officer.open("/console/")


# --- a recorder that hangs


def test_a_recorder_that_hangs_holds_up_no_ballot_and_no_page(filming_house):
    """Stopped in mid-frame it takes no order and says nothing; who votes does not notice."""
    house = filming_house
    house.app.operator.start()
    house.open()
    wait_until(lambda: house.meeting().recording.is_running)
    screen, officer = house.ballot_screen(), house.officer(SECRETARY)
    recorder = house.app.operator._recorder._process
    os.kill(recorder.pid, signal.SIGSTOP)
    try:
        house.open_vote()
        answers = Counter(vote_at(screen, p).status_code for p in house.voters()[:30])
        assert answers == {200: 30}
        assert officer.open("/console/")
        assert officer.send("/console/close", meeting=TODAY, vote=VOTE).status_code == 200
        assert house.vote().tally.cast == 30
        assert not house.meeting().recording.marks, "the recorder hangs indeed"
    finally:
        os.kill(recorder.pid, signal.SIGCONT)
    wait_until(lambda: len(house.meeting().recording.marks) == 2)
    house.adjourn()
    wait_until(lambda: house.meeting().recording.stopped)
    whole(house)
