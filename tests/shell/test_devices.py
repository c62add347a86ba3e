"""Paired screens: a code once, in time, not to be guessed; and whose turn it is."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, NoResultFound
from sqlalchemy.orm import Session

from kiosk.core.terms import CommandId, DeviceId, PersonId, VillageId, VoteId
from kiosk.store.devices import DeviceKind, Devices, Turn
from kiosk.store.tables import DeviceRow

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
UNTIL = NOW + timedelta(minutes=10)
HERE = VillageId("here")
SCREEN, BIG = DeviceId("screen"), DeviceId("big")
CODE, OTHER, WRONG = "20481632", "11235813", "00000000"
TURN = Turn(VoteId("v1"), PersonId("p1"), CommandId("c1"))


@pytest.fixture
def devices(engine, hasher):
    devices = Devices(engine, hasher)
    devices.await_pairing(SCREEN, HERE, DeviceKind.BALLOT, CODE, UNTIL)
    return devices


@pytest.fixture
def paired(devices):
    assert devices.pair(CODE, "token", NOW)
    return devices


def test_a_screen_that_waits_is_not_paired(devices):
    (device,) = devices.all(HERE)
    assert (device.id, device.kind, device.paired_at) == (SCREEN, DeviceKind.BALLOT, None)
    assert devices.by_token("token") is None


def test_the_code_pairs_the_screen(devices):
    device = devices.pair(CODE, "token", NOW)
    assert (device.id, device.village, device.kind) == (SCREEN, HERE, DeviceKind.BALLOT)
    assert device.paired_at == NOW
    assert device.turn is None
    assert devices.by_token("token") == device
    assert devices.all(HERE) == [device]


def test_a_code_pairs_once(paired):
    assert paired.pair(CODE, "second", NOW) is None
    assert paired.by_token("second") is None
    assert paired.by_token("token")


def test_a_code_is_worth_nothing_after_its_time(devices):
    assert devices.pair(CODE, "token", UNTIL) is None
    assert devices.pair(CODE, "token", UNTIL - timedelta(milliseconds=1))


def test_a_wrong_code_pairs_nothing(devices):
    assert devices.pair(WRONG, "token", NOW) is None
    assert devices.by_token("token") is None


def test_after_ten_wrong_codes_the_right_one_is_void(devices):
    for _ in range(10):
        assert devices.pair(WRONG, "token", NOW) is None
    assert devices.pair(CODE, "token", NOW) is None


def test_after_nine_wrong_codes_the_right_one_still_pairs(devices):
    for _ in range(9):
        assert devices.pair(WRONG, "token", NOW) is None
    assert devices.pair(CODE, "token", NOW)


def test_wrong_codes_are_remembered_by_the_next_start_of_the_program(devices, open_engine, hasher):
    for _ in range(10):
        devices.pair(WRONG, "token", NOW)
    assert Devices(open_engine(), hasher).pair(CODE, "token", NOW) is None


def test_wrong_codes_void_every_code_that_waits_and_none_that_comes_after(devices):
    for _ in range(10):
        devices.pair(WRONG, "token", NOW)
    devices.await_pairing(BIG, HERE, DeviceKind.HALL, OTHER, UNTIL)
    assert devices.pair(OTHER, "big token", NOW).kind is DeviceKind.HALL
    assert devices.pair(CODE, "token", NOW) is None


def test_each_code_pairs_its_own_screen(devices):
    devices.await_pairing(BIG, HERE, DeviceKind.HALL, OTHER, UNTIL)
    assert devices.pair(OTHER, "big token", NOW).id == BIG
    assert devices.pair(CODE, "token", NOW).id == SCREEN


def test_a_screen_belongs_to_its_village(devices):
    there = VillageId("there")
    devices.await_pairing(BIG, there, DeviceKind.HALL, OTHER, UNTIL)
    assert [device.id for device in devices.all(HERE)] == [SCREEN]
    assert [device.id for device in devices.all(there)] == [BIG]


def test_a_screen_waits_once(devices):
    with pytest.raises(IntegrityError):
        devices.await_pairing(SCREEN, HERE, DeviceKind.HALL, OTHER, UNTIL)


def test_a_removed_screens_token_is_worth_nothing(paired):
    paired.remove(SCREEN)
    assert paired.by_token("token") is None
    assert paired.all(HERE) == []
    paired.remove(SCREEN)


def test_a_turn_is_kept_until_it_is_ended(paired, open_engine, hasher):
    paired.give_turn(SCREEN, TURN)
    assert paired.by_token("token").turn == TURN
    assert Devices(open_engine(), hasher).by_token("token").turn == TURN
    paired.end_turn(SCREEN)
    assert paired.by_token("token").turn is None


def test_the_next_turn_takes_the_place_of_the_last(paired):
    paired.give_turn(SCREEN, TURN)
    following = Turn(VoteId("v1"), PersonId("p2"), CommandId("c2"))
    paired.give_turn(SCREEN, following)
    assert paired.by_token("token").turn == following


def test_a_screen_that_is_not_there_has_no_turn(devices):
    with pytest.raises(NoResultFound):
        devices.give_turn(BIG, TURN)


def test_neither_code_nor_token_stands_in_the_database(paired, engine):
    paired.await_pairing(BIG, HERE, DeviceKind.HALL, OTHER, UNTIL)
    with Session(engine) as session:
        rows = {row.id: row for row in session.scalars(select(DeviceRow))}
    assert rows[BIG].code_hash.startswith("$argon2id$")
    assert rows[SCREEN].code_hash is None
    assert rows[SCREEN].token_hash != "token"
