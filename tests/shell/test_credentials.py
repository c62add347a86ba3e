"""Signing in: a code once, then a PIN; every try is counted before it is looked at."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from kiosk.core.terms import PersonId, Sex, VillageId
from kiosk.store.credentials import (
    LAST_FAILURE,
    Answer,
    Credentials,
    Secret,
    Try,
    is_weak,
    wait_after,
)
from kiosk.store.register import Person, Register
from kiosk.store.tables import CredentialRow, SessionRow

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
SHE, HE = PersonId("p0003"), PersonId("p0001")
CODE, PIN, WRONG = "204816", "739150", "000000"
SECOND = timedelta(seconds=1)


@pytest.fixture
def credentials(engine, hasher):
    people = [Person(p, "某", Sex.FEMALE, date(1980, 1, 1), 1, "h001") for p in (SHE, HE)]
    Register(engine).enrol(VillageId("v"), people)
    return Credentials(engine, hasher)


@pytest.fixture
def with_pin(credentials):
    credentials.issue_code(SHE, CODE)
    credentials.set_pin(SHE, PIN, credentials.code_mark(SHE))
    return credentials


def wrong(credentials, times, at=NOW):
    """So many wrong tries, each as soon as it is looked at; when the last was made."""
    for _ in range(times):
        answer = credentials.attempt(SHE, WRONG, at)
        if answer.answer is Answer.WAIT:
            at += timedelta(seconds=answer.wait_s)
            answer = credentials.attempt(SHE, WRONG, at)
        assert answer == Try(Answer.WRONG)
    return at


# --- the code, then the PIN


def test_who_was_given_nothing_cannot_sign_in(credentials):
    assert credentials.asked_for(SHE) is Secret.NONE
    assert credentials.attempt(SHE, CODE, NOW) == Try(Answer.SHUT)
    assert credentials.code_mark(SHE) == ""
    assert not credentials.set_pin(SHE, PIN, "")


def test_first_the_code_is_asked_for_and_then_the_pin(credentials):
    credentials.issue_code(SHE, CODE)
    assert credentials.asked_for(SHE) is Secret.CODE
    assert credentials.attempt(SHE, CODE, NOW) == Try(Answer.RIGHT)
    credentials.set_pin(SHE, PIN, credentials.code_mark(SHE))
    assert credentials.asked_for(SHE) is Secret.PIN
    assert credentials.attempt(SHE, PIN, NOW) == Try(Answer.RIGHT)


def test_the_code_is_worth_nothing_once_there_is_a_pin(with_pin):
    assert with_pin.attempt(SHE, CODE, NOW) == Try(Answer.WRONG)


def test_a_new_code_takes_the_place_of_the_pin(with_pin):
    with_pin.issue_code(SHE, "112358")
    assert with_pin.asked_for(SHE) is Secret.CODE
    assert with_pin.attempt(SHE, PIN, NOW) == Try(Answer.WRONG)
    assert with_pin.attempt(SHE, "112358", NOW) == Try(Answer.RIGHT)


def test_the_mark_of_a_code_is_its_own_and_ends_with_it(credentials):
    assert credentials.code_mark(SHE) == ""
    credentials.issue_code(SHE, CODE)
    first = credentials.code_mark(SHE)
    assert first
    assert CODE not in first
    credentials.issue_code(SHE, CODE)
    assert credentials.code_mark(SHE) not in {"", first}
    credentials.set_pin(SHE, PIN, credentials.code_mark(SHE))
    assert credentials.code_mark(SHE) == ""


def test_one_officers_secret_is_nobody_elses(with_pin):
    with_pin.issue_code(HE, "112358")
    assert with_pin.attempt(HE, PIN, NOW) == Try(Answer.WRONG)


def test_only_people_of_the_register_are_given_a_code(credentials):
    with pytest.raises(IntegrityError):
        credentials.issue_code(PersonId("stranger"), CODE)


def test_neither_code_nor_pin_stands_in_the_database(with_pin, engine):
    with_pin.issue_code(HE, CODE)
    with Session(engine) as session:
        rows = session.scalars(select(CredentialRow)).all()
    kept = [secret for row in rows for secret in (row.code_hash, row.pin_hash) if secret]
    assert len(kept) == 2
    assert all(secret.startswith("$argon2id$") for secret in kept)
    assert not any(PIN in secret or CODE in secret for secret in kept)


def test_the_hasher_is_argon2id_with_the_strength_of_the_library_unless_told_otherwise(engine):
    assert Credentials(engine)._hasher.memory_cost == PasswordHasher().memory_cost >= 2**16


# --- wrong tries


def test_four_wrong_tries_cost_no_waiting(with_pin):
    wrong(with_pin, 4)
    assert with_pin.attempt(SHE, PIN, NOW) == Try(Answer.RIGHT)


def test_after_the_fifth_wrong_try_not_even_the_right_pin_is_looked_at_for_fifteen_seconds(
    with_pin,
):
    wrong(with_pin, 5)
    assert with_pin.attempt(SHE, PIN, NOW) == Try(Answer.WAIT, 15)
    assert with_pin.attempt(SHE, PIN, NOW + 14.5 * SECOND) == Try(Answer.WAIT, 1)
    assert with_pin.attempt(SHE, PIN, NOW + 15 * SECOND) == Try(Answer.RIGHT)


def test_trying_while_waiting_does_not_make_the_wait_longer(with_pin):
    wrong(with_pin, 5)
    for second in range(15):
        left = with_pin.attempt(SHE, WRONG, NOW + second * SECOND)
        assert left == Try(Answer.WAIT, 15 - second)
    assert with_pin.attempt(SHE, PIN, NOW + 15 * SECOND) == Try(Answer.RIGHT)


def test_the_wait_doubles_from_fifteen_seconds_to_fifteen_minutes():
    waits = [wait_after(failures).total_seconds() for failures in range(16)]
    assert waits == [0] * 5 + [15, 30, 60, 120, 240, 480, 900, 900, 900, 900, 900]


def test_each_further_wrong_try_is_followed_by_its_wait(with_pin):
    at = wrong(with_pin, 5)
    for seconds in (15, 30, 60, 120, 240, 480, 900, 900, 900, 900):
        assert with_pin.attempt(SHE, WRONG, at) == Try(Answer.WAIT, seconds)
        at += timedelta(seconds=seconds)
        assert with_pin.attempt(SHE, WRONG, at) == Try(Answer.WRONG)
    assert with_pin.attempt(SHE, PIN, at + timedelta(days=365)) == Try(Answer.SHUT)


def test_after_fifteen_wrong_tries_only_a_new_code_helps(with_pin):
    at = wrong(with_pin, 15)
    assert with_pin.attempt(SHE, PIN, at) == Try(Answer.SHUT)
    with_pin.issue_code(SHE, CODE)
    assert with_pin.attempt(SHE, CODE, at) == Try(Answer.RIGHT)


def test_the_fifteenth_try_is_still_looked_at(with_pin):
    at = wrong(with_pin, 14) + timedelta(minutes=15)
    assert with_pin.attempt(SHE, PIN, at) == Try(Answer.RIGHT)


def test_a_right_try_wipes_out_the_wrong_ones(with_pin):
    wrong(with_pin, 4)
    assert with_pin.attempt(SHE, PIN, NOW).answer is Answer.RIGHT
    wrong(with_pin, 4)
    assert with_pin.attempt(SHE, PIN, NOW).answer is Answer.RIGHT


def test_the_code_is_guarded_as_the_pin_is(credentials):
    credentials.issue_code(SHE, CODE)
    wrong(credentials, 5)
    assert credentials.attempt(SHE, CODE, NOW) == Try(Answer.WAIT, 15)


def test_wrong_tries_are_remembered_by_the_next_start_of_the_program(with_pin, open_engine, hasher):
    wrong(with_pin, 5)
    again = Credentials(open_engine(), hasher)
    assert again.attempt(SHE, PIN, NOW) == Try(Answer.WAIT, 15)


class PulledPlug(PasswordHasher):
    """The power goes in the moment in which the secret would be looked at."""

    def verify(self, stored, secret):
        raise SystemExit


def test_a_try_is_counted_before_it_is_looked_at(with_pin, engine, hasher):
    for _ in range(5):
        with pytest.raises(SystemExit):
            Credentials(engine, PulledPlug()).attempt(SHE, WRONG, NOW)
    assert with_pin.attempt(SHE, PIN, NOW) == Try(Answer.WAIT, 15)


def test_many_at_once_get_no_more_tries_than_one_after_the_other(with_pin):
    answers, start = [], threading.Barrier(20)

    def attempt():
        start.wait(20)
        answers.append(with_pin.attempt(SHE, WRONG, NOW).answer)

    threads = [threading.Thread(target=attempt) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(answer.value for answer in answers) == ["wait"] * 15 + ["wrong"] * 5


# --- weak PINs


@pytest.mark.parametrize(
    "pin",
    ["000000", "888888", "123456", "654321", "012345", "890123", "210987", "121212", "123123"],
)
def test_a_pin_that_everybody_tries_is_weak(pin):
    assert is_weak(pin)


@pytest.mark.parametrize("pin", ["739150", "123457", "112233", "135790", "192837"])
def test_another_pin_is_not(pin):
    assert not is_weak(pin)


# --- a clock that jumps

BACK = [timedelta(days=1), timedelta(days=3650), NOW - datetime(1970, 1, 1, tzinfo=UTC)]


@pytest.mark.parametrize("back", BACK)
def test_a_clock_set_back_makes_no_wait_longer_than_it_is(with_pin, back):
    at = wrong(with_pin, 5) - back
    assert with_pin.attempt(SHE, PIN, at) == Try(Answer.WAIT, 15)
    assert with_pin.attempt(SHE, PIN, at + 14 * SECOND) == Try(Answer.WAIT, 1)
    assert with_pin.attempt(SHE, PIN, at + 15 * SECOND) == Try(Answer.RIGHT)


@pytest.mark.parametrize("back", BACK)
def test_one_wrong_try_before_the_clock_is_set_back_costs_no_waiting(with_pin, back):
    wrong(with_pin, 1)
    assert with_pin.attempt(SHE, PIN, NOW - back) == Try(Answer.RIGHT)


@pytest.mark.parametrize("back", BACK)
def test_a_clock_set_back_forgives_no_failure(with_pin, back):
    at = wrong(with_pin, LAST_FAILURE)
    for when in (at - back, at, at + timedelta(days=1)):
        assert with_pin.attempt(SHE, PIN, when) == Try(Answer.SHUT)


@pytest.mark.parametrize("back", BACK)
def test_while_the_clock_is_back_each_wrong_try_is_followed_by_its_wait(with_pin, back):
    at = wrong(with_pin, 6)
    assert with_pin.attempt(SHE, PIN, at - back) == Try(Answer.WAIT, 30)
    assert with_pin.attempt(SHE, WRONG, at - back + 30 * SECOND) == Try(Answer.WRONG)
    assert with_pin.attempt(SHE, PIN, at - back + 30 * SECOND) == Try(Answer.WAIT, 60)


@pytest.mark.parametrize("by", [*BACK, *(-back for back in BACK)])
def test_a_session_is_over_when_the_clock_jumps_by_more_than_it_lasts(credentials, by):
    credentials.begin_session(SHE, "token", NOW)
    assert credentials.signed_in("token", NOW - by) is None


def test_a_session_outlives_a_clock_that_is_set_right_by_hours(credentials):
    credentials.begin_session(SHE, "token", NOW)
    assert credentials.signed_in("token", NOW - timedelta(hours=12)) == SHE
    assert credentials.signed_in("token", NOW - timedelta(hours=12, seconds=1)) is None


# --- sessions


def test_a_session_lasts_twelve_hours(credentials):
    credentials.begin_session(SHE, "token", NOW)
    assert credentials.signed_in("token", NOW) == SHE
    assert credentials.signed_in("token", NOW + timedelta(hours=12)) == SHE
    assert credentials.signed_in("token", NOW + timedelta(hours=12) + SECOND) is None


def test_a_token_that_was_never_given_is_nobodys(credentials):
    credentials.begin_session(SHE, "token", NOW)
    assert credentials.signed_in("another", NOW) is None
    assert credentials.signed_in("", NOW) is None


def test_a_session_ends_when_it_is_ended_and_others_go_on(credentials):
    credentials.begin_session(SHE, "here", NOW)
    credentials.begin_session(SHE, "there", NOW)
    credentials.end_session("here")
    assert credentials.signed_in("here", NOW) is None
    assert credentials.signed_in("there", NOW) == SHE


def test_a_new_code_ends_all_sessions_of_that_officer_and_of_no_other(with_pin):
    with_pin.begin_session(SHE, "hers", NOW)
    with_pin.begin_session(SHE, "hers too", NOW)
    with_pin.begin_session(HE, "his", NOW)
    with_pin.issue_code(SHE, CODE)
    assert with_pin.signed_in("hers", NOW) is None
    assert with_pin.signed_in("hers too", NOW) is None
    assert with_pin.signed_in("his", NOW) == HE


def test_the_token_itself_is_not_kept(credentials, engine):
    credentials.begin_session(SHE, "token", NOW)
    with Session(engine) as session:
        assert session.scalars(select(SessionRow)).one().token_hash != "token"


def test_a_session_survives_the_next_start_of_the_program(credentials, open_engine, hasher):
    credentials.begin_session(SHE, "token", NOW)
    assert Credentials(open_engine(), hasher).signed_in("token", NOW) == SHE


def test_a_pin_is_kept_only_for_the_code_it_was_chosen_by(credentials):
    credentials.issue_code(SHE, CODE)
    seen = credentials.code_mark(SHE)
    credentials.issue_code(SHE, "914275")
    assert not credentials.set_pin(SHE, PIN, seen)
    assert credentials.asked_for(SHE) is Secret.CODE
