"""Law 4 over all channels: sub-totals add up to the counts, the counts to those present, whatever the mixture."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from simulator import convened, secretly, voting

from kiosk.core.ballot_terms import Channel, Method
from kiosk.core.law.tally import total
from kiosk.core.terms import Body

FEW = st.tuples(*[st.integers(0, 2)] * 3)


def test_law_4_one_vote_by_five_channels_comes_to_exact_numbers():
    sim = convened(45).check_in(40).open().recuse("v40").open_vote()
    sim.cast(6, 2, 1).cast(4, 1, channel=Channel.PHONE)
    sim.raise_hands(3, 1)
    sim.print_papers(12).issue_papers(10).exchange("v20").return_papers(9)
    sim.read_papers(5, 2, invalid=2)
    sim.count_hands(7, 1, 1)
    assert sim.vote().unanswered == 3  # one paper did not come back, two raised no hand
    sim.close()
    assert sim.by_channel() == {
        Channel.KIOSK_SCREEN: (6, 2, 1),
        Channel.PHONE: (4, 1, 0),
        Channel.HANDS_NAMED: (3, 1, 0),
        Channel.HANDS_COUNTED: (7, 1, 1),
        Channel.PAPER: (5, 2, 0),
    }
    tally = sim.vote().tally
    assert sim.numbers() == (25, 7, 2, 6)
    assert (tally.present, tally.cast, tally.recused, tally.invalid) == (40, 34, 1, 2)
    assert (sim.events()[-1].base, sim.vote().carried) == (40, True)  # 25×2 = 50 > 40
    assert sim.events()[-1].subtotals == sim.vote().subtotals
    assert sim.events()[-1].tally == tally


def test_law_4_the_channels_decide_together_and_none_of_them_alone():
    sim = voting(30, 45).cast(4, 5).raise_hands(6, 1).vote_on_paper(6, 8)
    assert sim.close().numbers() == (16, 14, 0, 0)
    assert sim.vote().carried


@given(screen=FEW, phone=FEW, named=FEW, counted=FEW, paper=FEW, invalid=st.integers(0, 1))
def test_law_4_whatever_the_mixture_the_channels_add_up(
    screen, phone, named, counted, paper, invalid
):
    sim = voting(31, 31).cast(*screen).cast(*phone, channel=Channel.PHONE)
    if sum(named):
        sim.raise_hands(*named)
    if sum(paper) + invalid:
        sim.vote_on_paper(*paper, invalid=invalid)
    sim.count_hands(*counted)
    sim.close()
    ways = [screen, phone, named, counted, paper]
    used = {
        channel: way
        for channel, way in zip(Channel, ways, strict=True)
        if sum(way) or channel is Channel.HANDS_COUNTED or (channel is Channel.PAPER and invalid)
    }
    assert sim.by_channel() == used
    assert list(sim.by_channel()) == [channel for channel in Channel if channel in used]
    columns = tuple(map(sum, zip(*ways, strict=True)))
    assert sim.numbers() == (*columns, 31 - sum(columns))
    tally = sim.vote().tally
    assert sum(total(sub.counts) for sub in sim.vote().subtotals) == tally.cast
    assert tally.cast + tally.unused == tally.present == 31
    assert tally.invalid == invalid
    assert sim.vote().carried is (2 * columns[0] > 31)


def test_a_secret_vote_by_screen_phone_and_paper_comes_to_exact_numbers():
    sim = secretly(20, 30).cast(4, 1).cast(3, 2, 1, channel=Channel.PHONE)
    sim.vote_on_paper(2, 4, invalid=1).witness().close()
    assert sim.by_channel() == {
        Channel.KIOSK_SCREEN: (4, 1, 0),
        Channel.PHONE: (3, 2, 1),
        Channel.PAPER: (2, 4, 0),
    }
    assert sim.numbers() == (9, 7, 1, 3)
    assert (sim.vote().tally.invalid, sim.vote().turnout, sim.vote().carried) == (1, 18, False)


@pytest.mark.parametrize("method", [Method.OPEN, Method.IN_TURN])
def test_a_named_vote_takes_every_channel_in_the_open_and_one_by_one(method):
    sim = convened(9).check_in(7).open().open_vote(method=method)
    sim.cast(1).cast(1, channel=Channel.PHONE).raise_hands(1).vote_on_paper(1).count_hands(3)
    assert sim.close().by_channel().keys() == set(Channel)
    assert sim.numbers() == (7, 0, 0, 0)


def test_where_households_vote_a_household_has_one_ballot_by_whatever_channel():
    sim = convened(6, body=Body.HOUSEHOLDS).check_in(6).open().open_vote()
    sim.cast(1).raise_hands(1).vote_on_paper(0, 1).count_hands(3)
    assert sim.close().numbers() == (5, 1, 0, 0)
