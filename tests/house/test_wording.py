"""Every reason, choice, stage and share has its Chinese words, and the words fit the facts that the core gives."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from simulator import (
    BODIES,
    MATTER,
    MeetingSimulator,
    convened,
    founding,
    raising,
    refused,
    seat,
    seats,
    voting,
)

from kiosk import wording
from kiosk.core import commands as c
from kiosk.core.journal import Head
from kiosk.core.matter import Progress
from kiosk.core.refusals import BASIS, Reason
from kiosk.core.rules import HALF, OVER_HALF, ROWS, TWO_THIRDS
from kiosk.core.tally import Tally
from kiosk.core.terms import (
    CHINA,
    Actor,
    Body,
    Capacity,
    Choice,
    CommandId,
    MatterId,
    MeetingId,
    Origin,
    Paper,
    PersonId,
    Role,
    Sex,
    Stage,
    VoteId,
)

UNKNOWN, WELL, ANOTHER = MeetingId("unknown"), MatterId("well"), VoteId("another")
FIRST = BODIES[0]
ADVISER = seat("v99", Capacity.ADVISER, votes=False)
PAPER = c.IssuePaper(MATTER, Paper.RESOLUTION, 1, 1, "ab" * 32)


def founded():
    return MeetingSimulator().found(MATTER, WELL)


def in_session():
    return convened(3).check_in(3).open()


def calling(sim, **changed):
    day = sim.clock.at.replace(day=sim.clock.at.day + 5)
    lawful = c.ConveneMeeting(MeetingId("m9"), FIRST, "厅", day, (MATTER,), seats(FIRST, 3))
    return replace(lawful, **changed)


def asked(sim, command, actor=None):
    return refused(lambda: sim.do(command, actor))


def call_refused(**changed):
    sim = founded()
    return asked(sim, calling(sim, **changed))


def arriving(sim, person):
    return c.CheckIn(sim.meeting_id, PersonId(person))


def opening(sim, matter=MATTER, vote=ANOTHER):
    return c.OpenVote(sim.meeting_id, matter, vote, running_tally=True)


def reused_command():
    sim = in_session().open_vote()
    sim.do(sim.casting("v01"), command_id=CommandId("mine"))
    return refused(lambda: sim.do(sim.casting("v02"), command_id=CommandId("mine")))


def met_twice(command):
    """The refusal of asking for the same again under another id."""
    sim = founded()
    asking = command(sim)
    sim.do(asking)
    return asked(sim, asking)


def another_in_session():
    sim = founded().convene(FIRST, 3).convene(FIRST, 3)
    for sim.meeting_id in (MeetingId("m1"), MeetingId("m2")):
        sim.check_in(3)
    sim.do(c.OpenMeeting(MeetingId("m1")))
    return refused(sim.open)


def vote_of_the_same_id():
    sim = convened(3, agenda=(MATTER, WELL)).check_in(3).open().open_vote().cast(3).close()
    return asked(sim, opening(sim, WELL, sim.vote_id))


def second_paper():
    sim = voting(present=30).cast(30).close().adjourn()
    sim.do(PAPER)
    return asked(sim, replace(PAPER, sha256="cd" * 32))


def sent_by(sim, command, actor=None):
    return asked(sim, command(sim), actor)


# Every reason there is, as somebody meets it.
MEETING_THEM = {
    Reason.ROLE_MAY_NOT: lambda: asked(founded(), raising(), Actor(Role.TELLER)),
    Reason.COMMAND_REUSED: reused_command,
    Reason.VILLAGE_EXISTS: lambda: asked(founded(), founding()),
    Reason.NO_SUCH_MATTER: lambda: call_refused(agenda=(MatterId("unknown"),)),
    Reason.NO_SUCH_MEETING: lambda: asked(founded(), c.OpenMeeting(UNKNOWN)),
    Reason.NO_SUCH_VOTE: lambda: refused(in_session().close),
    Reason.MATTER_EXISTS: lambda: asked(founded(), raising()),
    Reason.MEETING_EXISTS: lambda: met_twice(calling),
    Reason.STAGE_OUT_OF_ORDER: lambda: call_refused(body=Body.REPRESENTATIVES),
    Reason.NOTICE_TOO_SHORT: lambda: call_refused(starts_at=datetime(2026, 11, 2, tzinfo=CHINA)),
    Reason.AGENDA_EMPTY: lambda: call_refused(agenda=()),
    Reason.SEATED_TWICE: lambda: call_refused(seats=(ADVISER, ADVISER)),
    Reason.NOBODY_ENTITLED: lambda: call_refused(seats=(ADVISER,)),
    Reason.SEAT_MAY_NOT_VOTE: lambda: call_refused(seats=(replace(ADVISER, votes=True),)),
    Reason.TOO_EARLY: lambda: sent_by(convened(), lambda sim: arriving(sim, "v01")),
    Reason.NOT_CALLED: lambda: sent_by(in_session(), lambda sim: arriving(sim, "stranger")),
    Reason.NOT_CHECKED_IN: lambda: refused(lambda: voting(30).ballot("v31")),
    Reason.ALREADY_IN_SESSION: lambda: refused(in_session().open),
    Reason.NOT_IN_SESSION: lambda: refused(convened().check_in(30).adjourn),
    Reason.MEETING_OVER: lambda: refused(in_session().adjourn().open),
    Reason.ANOTHER_MEETING_IN_SESSION: another_in_session,
    Reason.NO_QUORUM: lambda: refused(convened().check_in(29).open),
    Reason.NOT_ON_AGENDA: lambda: sent_by(in_session(), lambda sim: opening(sim, WELL)),
    Reason.ALREADY_DECIDED: lambda: sent_by(in_session().open_vote().cast(3).close(), opening),
    Reason.VOTE_OPEN: lambda: refused(voting(30).adjourn),
    Reason.VOTE_EXISTS: vote_of_the_same_id,
    Reason.VOTE_NOT_OPEN: lambda: refused(voting(30).cast(30).close().close),
    Reason.NO_VOTING_RIGHT: lambda: refused(lambda: voting(30, observers=1).ballot("o01")),
    Reason.NOT_IN_ELECTORATE: lambda: refused(lambda: voting(30).arrive("v31").ballot("v31")),
    Reason.RECUSED: lambda: refused(lambda: in_session().recuse("v01").open_vote().ballot("v01")),
    Reason.ALREADY_VOTED: lambda: refused(lambda: voting(30).ballot("v01").ballot("v01")),
    Reason.UNVOTED_NOT_CONFIRMED: lambda: refused(lambda: voting(30).close(unused_confirmed=False)),
    Reason.PAPER_NOT_DUE: lambda: asked(founded(), PAPER),
    Reason.PAPER_ISSUED: second_paper,
    Reason.NO_SUCH_RECORDING: lambda: sent_by(
        in_session(), lambda s: c.StopRecording(s.meeting_id)
    ),
}


def placeholders(*sentences):
    return {name for text in sentences for _, name, _, _ in Formatter().parse(text) if name}


def test_every_reason_can_be_met_and_has_its_words():
    assert set(MEETING_THEM) == set(Reason) == set(wording.REASONS)


@pytest.mark.parametrize("reason", MEETING_THEM)
def test_the_words_of_a_reason_use_just_the_facts_that_come_with_it(reason):
    refusal = MEETING_THEM[reason]()
    assert refusal.reason is reason
    assert placeholders(*wording.REASONS[reason]) == set(refusal.facts)
    said = wording.refusal(refusal)
    for sentence in (said.what, said.todo):
        assert sentence.endswith("。")
        assert not re.search("[{}_]", sentence)
    assert said.basis == refusal.basis
    if reason in BASIS:
        assert said.basis == BASIS[reason]


@pytest.mark.parametrize("reason", Reason)
def test_what_is_said_to_people_holds_no_technical_term(reason):
    assert not re.search("[A-Za-z]", re.sub("{[a-z]+}", "", "".join(wording.REASONS[reason])))


def test_the_reason_most_often_met_says_its_numbers():
    said = wording.refusal(MEETING_THEM[Reason.NO_QUORUM]())
    assert said.what == "人数不够：应到45人，要到30人，实到29人。"
    assert said.todo == "还差1人，请等人到齐。"
    assert said.basis == "村民委员会组织法第三十条"
    said = wording.refusal(MEETING_THEM[Reason.UNVOTED_NOT_CONFIRMED]())
    assert said.what == "还有30人没有表决。"


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (wording.CHOICES, Choice),
        (wording.BODIES, Body),
        (wording.STAGES_SHORT, Stage),
        (wording.STAGES_LONG, Stage),
        (wording.PROGRESS, Progress),
        (wording.CAPACITIES, Capacity),
        (wording.ROLES, Role),
        (wording.ORIGINS, Origin),
        (wording.SEXES, Sex),
    ],
)
def test_every_name_has_a_word_of_its_own(words, names):
    assert set(words) == set(names)
    assert len(set(words.values())) == len(words)
    assert all(words.values())


def test_every_share_of_the_rule_rows_has_a_word():
    for row in ROWS.values():
        assert wording.share(row.quorum)
        assert wording.share(row.majority)


def test_every_source_of_the_video_has_a_word():
    assert set(wording.SOURCES) == {"camera", "film", "stream", "card"}


# --- arithmetic in words


def test_the_quorum_is_said_with_its_inequality():
    assert (
        wording.quorum(TWO_THIRDS.compare(33, 45))
        == "应到45 实到33：33×3=99 ≥ 45×2=90 → 达到三分之二"
    )
    assert (
        wording.quorum(TWO_THIRDS.compare(29, 45))
        == "应到45 实到29：29×3=87 ＜ 45×2=90 → 不到三分之二"
    )
    assert wording.quorum(HALF.compare(2, 4)) == "应到4 实到2：2×2=4 ≥ 4 → 达到半数"


def test_the_majority_is_said_with_its_inequality_and_its_base():
    carried = wording.majority(OVER_HALF.compare(16, 30), of_entitled=False)
    assert carried == "到会30：赞成16×2=32 ＞ 30 → 超过到会人数一半，通过"
    lost = wording.majority(OVER_HALF.compare(15, 30), of_entitled=False)
    assert lost == "到会30：赞成15×2=30 ≤ 30 → 没有超过到会人数一半，未通过"
    party = wording.majority(OVER_HALF.compare(31, 60), of_entitled=True)
    assert party == "应到60：赞成31×2=62 ＞ 60 → 超过应到人数一半，通过"


@given(st.sampled_from([TWO_THIRDS, HALF, OVER_HALF]), st.integers(0, 500), st.integers(1, 500))
def test_an_inequality_that_is_printed_is_true(threshold, count, base):
    printed = wording.inequality(threshold.compare(count, base))
    left, sign, right = printed.split(" ")
    numbers = [int(side.rpartition("=")[2]) for side in (left, right)]
    assert {
        "≥": numbers[0] >= numbers[1],
        "＞": numbers[0] > numbers[1],
        "＜": numbers[0] < numbers[1],
        "≤": numbers[0] <= numbers[1],
    }[sign]
    assert numbers == [count * threshold.denominator, base * threshold.numerator]


def test_the_big_screen_says_the_same_without_a_formula():
    carried = wording.verdict(OVER_HALF.compare(16, 30), of_entitled=False)
    assert carried == "赞成16人，超过到会30人的一半（要16人）"
    lost = wording.verdict(OVER_HALF.compare(30, 60), of_entitled=True)
    assert lost == "赞成30人，没有超过应到60人的一半（要31人）"


@pytest.mark.parametrize(
    ("present", "opened", "words"),
    [
        (29, False, "还差 1 人，不能开会"),
        (30, False, "人数已够，可以开会"),
        (29, True, "还差 1 人，不能表决"),
        (30, True, "人数有效"),
    ],
)
def test_what_the_number_of_those_present_means_for_the_next_step(present, opened, words):
    assert wording.quorum_todo(TWO_THIRDS.compare(present, 45), opened=opened) == words


def test_the_four_counts_are_said_with_their_sum():
    assert wording.counts(Tally(16, 10, 2, 2, 0)) == "赞成16＋反对10＋弃权2＋未表决2＝到会30"
    aside = wording.counts(Tally(16, 10, 2, 2, 1))
    assert aside == "赞成16＋反对10＋弃权2＋未表决2＝到会30（未表决中回避1人）"


# --- money, days, numbers


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "0元"),
        (1, "0.01元"),
        (100, "1元"),
        (12_345_00, "12,345元"),
        (1_234_567_05, "1,234,567.05元"),
        (9_900_00, "9,900元"),
        (10_000_00, "1万元"),
        (10_100_00, "1.01万元"),
        (10_010_00, "10,010元"),
        (68_000_000, "68万元"),
        (100_000_000, "100万元"),
        (1_000_000_000, "1,000万元"),
    ],
)
def test_money_is_said_in_yuan_and_in_ten_thousands_where_that_is_shorter(fen, words):
    assert wording.money(fen) == words


@given(st.integers(0, 10**13))
def test_money_that_is_printed_is_exact_to_the_fen(fen):
    words = wording.money(fen).removesuffix("元").replace(",", "")
    factor = 10_000_00 if words.endswith("万") else 100
    whole, _, part = words.removesuffix("万").partition(".")
    assert int(whole) * factor + int(part or 0) * factor // 10 ** len(part) == fen


def test_days_and_hours_are_those_of_china():
    at = datetime(2026, 11, 21, 16, 5, 9, tzinfo=UTC)
    assert wording.day(date(2026, 11, 22)) == "2026年11月22日"
    assert wording.day_short(date(2026, 1, 2)) == "1月2日"
    assert wording.clock(at) == "00:05"
    assert wording.clock_seconds(at) == "00:05:09"
    assert wording.instant(at) == "2026年11月22日 00:05"


def test_groups_check_codes_and_numbers_are_said_as_people_say_them():
    assert wording.group(3) == "第3村民小组"
    assert wording.group(0) == "村外"
    assert (
        wording.check_code(Head(1, "00000000000000ff" + "0" * 48)) == "校验码 0000-0000-0000-0255"
    )
    assert wording.resolution_number("金塱村", 2026, 3) == "金塱村民决〔2026〕3号"
