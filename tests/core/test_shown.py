"""Heads that were shown: what the journal must still hold, and when it does not."""

from datetime import UTC, datetime

import pytest

from kiosk.core.journal import Head
from kiosk.core.refusals import Malformed
from kiosk.core.shown import ShownHead, lost, shown_head

AT = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


def shown(seq, digest):
    return ShownHead(Head(seq, digest * 64), AT)


JOURNAL = {1: "a" * 64, 2: "b" * 64, 3: "c" * 64}


def test_a_head_that_the_journal_still_holds_is_not_lost():
    assert lost([shown(1, "a"), shown(3, "c")], JOURNAL.get) == ()


def test_a_journal_put_back_to_an_older_state_has_lost_the_later_heads():
    later = shown(4, "d")
    assert lost([shown(3, "c"), later], JOURNAL.get) == (later,)


def test_a_journal_rewritten_and_grown_longer_again_has_lost_what_was_shown_before():
    before = shown(2, "e")
    assert lost([before, shown(3, "c")], JOURNAL.get) == (before,)


def test_what_is_remembered_can_be_read_again():
    import json

    one = shown(2, "b")
    assert shown_head(json.loads(one.line)) == one


@pytest.mark.parametrize(
    "told", [None, {}, {"seq": 1}, {"seq": 0, "digest": "a", "at": "x"}, {"seq": "1", "digest": "a", "at": "x"},
             {"seq": 1, "digest": "a", "at": "yesterday"}],
)  # fmt: skip
def test_a_line_that_is_no_head_is_malformed(told):
    with pytest.raises(Malformed):
        shown_head(told)
