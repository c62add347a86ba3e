"""Every reason, choice, stage and share has its Chinese words, and the words fit the facts that the core gives."""

import ast
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from procedure_story import PICTURE, told
from simulator import MATTER, MeetingSimulator, convened, refused, seats, voting

from kiosk import wording
from kiosk.core import commands as c
from kiosk.core.ballot_terms import Choice
from kiosk.core.journal import Head
from kiosk.core.law.periods import Periods
from kiosk.core.law.rules import HALF, OVER_HALF, THREE_ANSWERS, TWO_THIRDS
from kiosk.core.law.statute import ROWS
from kiosk.core.law.tally import Count, Tally
from kiosk.core.matters.matter import Progress
from kiosk.core.refusals import Reason
from kiosk.core.terms import Body, Capacity, Origin, Picture, Role, RowId, Sex, Stage

ROOT = Path(__file__).parents[2]
CORE = sorted((ROOT / "kiosk/core").rglob("*.py"))
FROM_TABLES = {
    # Refused by a table of transitions, so no call in the source names them with their facts.
    Reason.ALREADY_IN_SESSION, Reason.NOT_IN_SESSION, Reason.MEETING_OVER, Reason.MEETING_NOT_HELD,
    Reason.VOTE_NOT_OPEN, Reason.VOTE_VOID, Reason.NOT_DELIBERATING, Reason.NOT_DEFEATED,
}  # fmt: skip


def reason_in(node):
    """The reason that an expression of the source names."""
    if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "Reason":
        return Reason[node.attr]
    return None


def said_in(call):
    """A reason with the facts given beside it, where the call is a refusal of the core."""
    name = getattr(call.func, "id", "")
    if name == "require" and len(call.args) > 1:
        facts = {keyword.arg for keyword in call.keywords} - {"basis"}
        return reason_in(call.args[1]), facts
    if name == "Refused" and call.args:
        given = getattr(call.args[1], "keys", [None]) if len(call.args) > 1 else []
        return reason_in(call.args[0]), {getattr(key, "value", None) for key in given}
    return None, set()


def refusals_in_the_source():
    for path in CORE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                reason, facts = said_in(node)
                if reason is not None:
                    yield reason, frozenset(facts)


REFUSALS = sorted(set(refusals_in_the_source()), key=lambda said: (said[0].value, sorted(said[1])))


def placeholders(*sentences):
    return {name for text in sentences for _, name, _, _ in Formatter().parse(text) if name}


def test_every_reason_has_its_words():
    assert set(wording.REASONS) == set(Reason)


def test_every_reason_is_given_somewhere_in_the_core_or_at_its_door():
    source = "".join(
        path.read_text(encoding="utf-8") for path in CORE if path.name != "refusals.py"
    )
    door = "".join(
        (ROOT / f"kiosk/{name}.py").read_text(encoding="utf-8") for name in ("service", "keeping")
    )
    helpers = {Reason.TEXT_MISSING, Reason.MONEY_NEGATIVE}
    unused = {r for r in Reason if f"Reason.{r.name}" not in source + door} - helpers
    assert unused == set()


@pytest.mark.parametrize(("reason", "facts"), REFUSALS, ids=lambda v: getattr(v, "value", ""))
def test_the_words_of_a_reason_use_just_the_facts_that_come_with_it(reason, facts):
    """`**numbers` in a call stands as None: its facts are met in the tests below."""
    if None not in facts:
        assert placeholders(*wording.REASONS[reason]) == facts


@pytest.mark.parametrize("reason", Reason)
def test_a_refusal_is_two_whole_sentences(reason):
    for sentence in wording.REASONS[reason]:
        assert sentence.endswith("。")


def undercutting():
    row = replace(ROWS[RowId.REPRESENTATIVES], quorum=HALF)
    return told().refusal(c.ChangeRow(row, "会议决定", "村民会议"))


def too_short():
    return told().refusal(c.ChangePeriods(Periods(public_days=7), "会议决定", "村民会议"))


def wrong_body():
    sim = MeetingSimulator().found().carried_up_to(Body.REPRESENTATIVES)
    call = sim.calling(Body.REPRESENTATIVES, 3)
    return refused(lambda: sim.do(replace(call, body=Body.ASSEMBLY, seats=seats(Body.ASSEMBLY, 3))))


def paused():
    sim = convened(3).check_in(2).open().leave("v01")
    return refused(sim.open_vote)


@pytest.mark.parametrize(
    ("meet", "words", "basis"),
    [
        (
            undercutting,
            "这样改低于法律的规定：到会人数的要求比法律低。",
            "村民委员会组织法第三十条",
        ),
        (too_short, "公示7天太短，法律规定至少15天。", "村民委员会组织法第三十五条"),
        (wrong_body, "“修路”现在不归这个会议议。", ""),
        (
            paused,
            "有人离场，人数不够，会议暂停：应到3人，要到2人，实到1人。",
            "村民委员会组织法第三十条",
        ),
        (lambda: told().refusal(c.ArchiveMatter(MATTER)), "这个事项还没有办完，不能归档。", ""),
        (
            lambda: told().done().refusal(c.ArchiveMatter(MATTER)),
            "还缺监督意见：提议、商议、审议、决议、决议公开、结果公开。",
            "村民委员会组织法第三十七条、第三十九条",
        ),
        (
            lambda: told().carry().refusal(c.AttachPhoto(MATTER, Picture.LAST_DAY, PICTURE)),
            "现在不是拍这张照片的时候，应在2026年11月24日拍。",
            "",
        ),
        (
            lambda: (
                told()
                .carry()
                .refusal(c.AttachVoice(MATTER, Stage.RESOLUTION_PUBLIC, 2026, 1, PICTURE, 601_000))
            ),
            "录音长601秒，要在1秒以上、10分钟以内。",
            "",
        ),
    ],
)
def test_facts_are_said_as_people_say_them(meet, words, basis):
    said = wording.refusal(meet())
    assert said.what == words
    assert said.basis == basis or not basis
    assert not re.search("[{}_a-z]", said.what + said.todo)


@pytest.mark.parametrize("reason", Reason)
def test_what_is_said_to_people_holds_no_technical_term(reason):
    assert not re.search("[A-Za-z]", re.sub("{[a-z]+}", "", "".join(wording.REASONS[reason])))


def test_the_reason_most_often_met_says_its_numbers():
    said = wording.refusal(refused(convened().check_in(29).open))
    assert said.what == "人数不够：应到45人，要到30人，实到29人。"
    assert said.todo == "还差1人，请等人到齐。"
    assert said.basis == "村民委员会组织法第三十条"
    said = wording.refusal(refused(lambda: voting(30).close(unused_confirmed=False)))
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
    carried = wording.majority(OVER_HALF.compare(16, 30), ROWS[RowId.REPRESENTATIVES])
    assert carried == "到会30：赞成16×2=32 ＞ 30 → 超过到会人数一半，通过"
    lost = wording.majority(OVER_HALF.compare(15, 30), ROWS[RowId.REPRESENTATIVES])
    assert lost == "到会30：赞成15×2=30 ≤ 30 → 没有超过到会人数一半，未通过"
    party = wording.majority(OVER_HALF.compare(31, 60), ROWS[RowId.PARTY_MEETING])
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
    carried = wording.verdict(OVER_HALF.compare(16, 30), ROWS[RowId.REPRESENTATIVES])
    assert carried == "赞成16人，超过到会30人的一半（要16人）"
    lost = wording.verdict(OVER_HALF.compare(30, 60), ROWS[RowId.PARTY_MEETING])
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


def tally(votes_for, against, abstentions, unused, recused):
    counts = zip(THREE_ANSWERS, (votes_for, against, abstentions), strict=True)
    cast = votes_for + against + abstentions
    return Tally(tuple(Count(choice, n) for choice, n in counts), cast, unused, recused)


def test_the_four_counts_are_said_with_their_sum():
    assert wording.counts(tally(16, 10, 2, 2, 0)) == "赞成16＋反对10＋弃权2＋未表决2＝到会30"
    aside = wording.counts(tally(16, 10, 2, 2, 1))
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
