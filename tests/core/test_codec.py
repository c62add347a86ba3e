"""Facts to plain JSON values and back: strict both ways."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from strategies import actors, events, instants

from kiosk.core.ballot_terms import Choice
from kiosk.core.codec import built, instant, instant_text, plain
from kiosk.core.events import BallotCast, MeetingConvened, PublicationOpened, VoteClosed
from kiosk.core.law.tally import Count, Tally
from kiosk.core.refusals import Malformed
from kiosk.core.terms import Role
from kiosk.core.values import Actor

BALLOT = {"meeting": "m", "vote": "v", "person": "p", "answer": ["for"], "channel": "kiosk_screen"}
TALLY = {
    "counts": [
        {"choice": "for", "count": 2},
        {"choice": "against", "count": 1},
        {"choice": "abstain", "count": 0},
    ],
    "cast": 3,
    "unused": 0,
    "recused": 0,
    "invalid": 0,
}
CLOSED = {
    "meeting": "m",
    "vote": "v",
    "tally": TALLY,
    "subtotals": [{"channel": "phone", "counts": TALLY["counts"], "cast": 3}],
    "base": 3,
    "carried": True,
    "chosen": [],
}
SEAT = {
    "person": "p",
    "name": "陈㛃",
    "sex": "female",
    "group": 1,
    "capacity": "representative",
    "votes": True,
    "household": "",
    "post": "",
}
ITEM = {"matter": "a", "minutes": 20, "consent": False}
CONVENED = {
    "meeting": "m",
    "body": "representatives",
    "group": 0,
    "ordinal": 1,
    "place": "厅",
    "starts_at": "2026-11-22T01:30:00.000Z",
    "agenda": [ITEM],
    "seats": [SEAT],
    "exclusions": [],
    "urgent_ground": "",
    "follows": None,
    "leader": None,
}
PUBLISHED = {
    "matter": "a",
    "stage": "resolution_public",
    "meeting": "m",
    "vote": "v",
    "year": 2026,
    "number": 1,
    "first_day": "2026-11-22",
    "last_day": "2026-12-06",
    "summary": "",
}


@given(events())
def test_what_is_read_is_what_was_written(event):
    assert built(type(event), plain(event)) == event


@given(actors())
def test_an_actor_comes_back_with_what_he_lacks(actor):
    assert built(Actor, plain(actor)) == actor


@given(instants())
def test_an_instant_has_one_spelling(at):
    text = instant_text(at)
    assert text.endswith("Z")
    assert instant(text) == at
    assert instant_text(instant(text)) == text


def test_the_spelling_of_an_instant_is_greenwich_time_to_the_millisecond():
    china = timezone(timedelta(hours=8))
    at = datetime(2026, 11, 22, 9, 2, 3, 4_999, tzinfo=china)
    assert instant_text(at) == "2026-11-22T01:02:03.004Z"


def test_the_plain_form_is_what_the_examples_say():
    for kind, value in (
        (BallotCast, BALLOT),
        (VoteClosed, CLOSED),
        (MeetingConvened, CONVENED),
        (PublicationOpened, PUBLISHED),
    ):
        assert plain(built(kind, value)) == value


@pytest.mark.parametrize("field", BALLOT)
def test_a_missing_field_is_malformed_and_named(field):
    value = {name: text for name, text in BALLOT.items() if name != field}
    with pytest.raises(Malformed, match=field):
        built(BallotCast, value)


def test_a_field_too_many_is_malformed_and_named():
    with pytest.raises(Malformed, match="surplus"):
        built(BallotCast, BALLOT | {"surplus": "x"})


@pytest.mark.parametrize(
    ("kind", "value", "field", "wrong"),
    [
        (BallotCast, BALLOT, "person", 7),
        (BallotCast, BALLOT, "person", None),
        (BallotCast, BALLOT, "person", ["p"]),
        (BallotCast, BALLOT, "answer", ["maybe"]),
        (BallotCast, BALLOT, "answer", ["FOR"]),
        (BallotCast, BALLOT, "answer", "for"),
        (VoteClosed, CLOSED, "base", "3"),
        (VoteClosed, CLOSED, "base", 3.0),
        (VoteClosed, CLOSED, "base", True),
        (VoteClosed, CLOSED, "carried", 1),
        (VoteClosed, CLOSED, "carried", "true"),
        (VoteClosed, CLOSED, "tally", [2, 1, 0, 0, 0]),
        (VoteClosed, CLOSED, "tally", TALLY | {"unused": 0.0}),
        (VoteClosed, CLOSED, "tally", {}),
        (MeetingConvened, CONVENED, "agenda", "a"),
        (MeetingConvened, CONVENED, "agenda", ["a"]),
        (MeetingConvened, CONVENED, "leader", 7),
        (MeetingConvened, CONVENED, "agenda", [1]),
        (MeetingConvened, CONVENED, "agenda", {"0": "a"}),
        (MeetingConvened, CONVENED, "seats", [SEAT | {"votes": 1}]),
        (MeetingConvened, CONVENED, "seats", [SEAT | {"sex": "woman"}]),
        (MeetingConvened, CONVENED, "seats", [None]),
        (MeetingConvened, CONVENED, "starts_at", 1_795_000_000),
        (PublicationOpened, PUBLISHED, "first_day", "22.11.2026"),
        (PublicationOpened, PUBLISHED, "first_day", "2026-02-30"),
        (PublicationOpened, PUBLISHED, "first_day", 20261122),
    ],
)
def test_a_misshapen_field_is_malformed(kind, value, field, wrong):
    with pytest.raises(Malformed):
        built(kind, value | {field: wrong})


@pytest.mark.parametrize("value", [None, [], "ballot", 7, True])
def test_only_an_object_is_a_fact(value):
    with pytest.raises(Malformed):
        built(BallotCast, value)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-22T01:02:03Z",
        "2026-11-22T01:02:03.004",
        "2026-11-22T01:02:03.004000Z",
        "2026-11-22T01:02:03.004+00:00",
        "2026-11-22T09:02:03.004+08:00",
        "2026-11-22 01:02:03.004Z",
        "20261122T010203.004Z",
        "2026-11-22",
        "0001-01-01T00:00:00.000+14:00",
        "9999-12-31T23:59:59.999-14:00",
        "today",
        "",
    ],
)
def test_any_other_spelling_of_an_instant_is_malformed(text):
    with pytest.raises(Malformed):
        instant(text)


@pytest.mark.parametrize("text", ["20261122", "2026-W47-7", "2026W477", "today", ""])
def test_any_other_spelling_of_a_day_is_malformed(text):
    with pytest.raises(Malformed):
        built(PublicationOpened, PUBLISHED | {"first_day": text})


@pytest.mark.parametrize("value", [1.5, {"a": 1}, b"bytes", [1], object()])
def test_what_is_not_a_fact_is_not_written(value):
    with pytest.raises(TypeError):
        plain(value)


def test_each_kind_of_value_has_its_plain_form():
    counts = (Count(Choice.FOR, 2), Count(Choice.AGAINST, 1), Count(Choice.ABSTAIN, 0))
    assert plain(Tally(counts, 3, 0, 0)) == TALLY
    assert plain(Role.CHAIR) == "chair"
    assert plain(date(2026, 11, 22)) == "2026-11-22"
    assert plain(datetime(2026, 11, 22, tzinfo=UTC)) == "2026-11-22T00:00:00.000Z"
    assert plain((None, True, 3, "陈㛃")) == [None, True, 3, "陈㛃"]
