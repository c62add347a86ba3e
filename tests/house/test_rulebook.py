"""The rules in Chinese: every share, whatever a village resolved; every row's outcome on its own base; every name."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import wording
from kiosk.core import terms
from kiosk.core.ballot_terms import Channel, Choice
from kiosk.core.law.cataloguing import Fault
from kiosk.core.law.floors import Flaw, Part
from kiosk.core.law.rules import HALF, OVER_HALF, TWO_THIRDS, Threshold
from kiosk.core.law.statute import ROWS
from kiosk.core.law.tally import Count, Tally
from kiosk.core.terms import Base, Body, Purpose, RowId, Stage

REPRESENTATIVES = ROWS[RowId.REPRESENTATIVES]
MEMBERS = ROWS[RowId.MEMBERS]
HOUSEHOLDS = ROWS[RowId.HOUSEHOLDS]
APPRAISAL = ROWS[RowId.APPRAISAL]
every_row = pytest.mark.parametrize("row", ROWS.values(), ids=lambda row: row.id.value)


# --- shares


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "零"), (3, "三"), (10, "十"), (12, "十二"), (20, "二十"), (25, "二十五"), (100, "一百")],
)
def test_small_numbers_are_said_in_chinese(number, words):
    assert wording.numeral(number) == words


def test_no_two_numbers_are_said_alike():
    assert len({wording.numeral(number) for number in range(101)}) == 101


@pytest.mark.parametrize(
    ("threshold", "share", "name"),
    [
        (TWO_THIRDS, "三分之二", "三分之二以上"),
        (HALF, "半数", "半数以上"),
        (OVER_HALF, "一半", "过半数"),
        (Threshold(3, 4, inclusive=True), "四分之三", "四分之三以上"),
        (Threshold(4, 5, inclusive=False), "五分之四", "超过五分之四"),
        (Threshold(17, 20, inclusive=True), "二十分之十七", "二十分之十七以上"),
        (Threshold(1, 1, inclusive=True), "全部", "全部"),
    ],
)
def test_every_share_a_village_may_resolve_has_words(threshold, share, name):
    assert wording.share(threshold) == share
    assert wording.threshold_name(threshold) == name


def test_the_quorum_of_an_assembly_is_more_than_half():
    assert wording.quorum(OVER_HALF.compare(23, 45)) == "应到45 实到23：23×2=46 ＞ 45 → 超过半数"
    lost = wording.quorum(OVER_HALF.compare(22, 44))
    assert lost == "应到44 实到22：22×2=44 ≤ 44 → 没有超过半数"


def test_a_quorum_the_village_raised_is_said_as_it_raised_it():
    raised = Threshold(3, 4, inclusive=True)
    assert (
        wording.quorum(raised.compare(33, 45))
        == "应到45 实到33：33×4=132 ＜ 45×3=135 → 不到四分之三"
    )
    everybody = Threshold(1, 1, inclusive=True)
    assert wording.quorum(everybody.compare(5, 5)) == "应到5 实到5：5 ≥ 5 → 达到全部"


# --- outcomes


def test_a_majority_of_those_present_is_exceeded_or_not():
    carried = wording.majority(OVER_HALF.compare(16, 30), REPRESENTATIVES)
    assert carried == "到会30：赞成16×2=32 ＞ 30 → 超过到会人数一半，通过"
    lost = wording.majority(OVER_HALF.compare(15, 30), REPRESENTATIVES)
    assert lost == "到会30：赞成15×2=30 ≤ 30 → 没有超过到会人数一半，未通过"


def test_two_thirds_of_all_are_reached_or_not():
    carried = wording.majority(TWO_THIRDS.compare(30, 45), MEMBERS)
    assert carried == "应到45：赞成30×3=90 ≥ 45×2=90 → 达到应到人数三分之二，通过"
    lost = wording.majority(TWO_THIRDS.compare(29, 45), MEMBERS)
    assert lost == "应到45：赞成29×3=87 ＜ 45×2=90 → 不到应到人数三分之二，未通过"


def test_among_households_households_are_counted():
    carried = wording.majority(OVER_HALF.compare(51, 100), HOUSEHOLDS)
    assert carried == "到会100：赞成51×2=102 ＞ 100 → 超过到会户数一半，通过"
    verdict = wording.verdict(OVER_HALF.compare(51, 100), HOUSEHOLDS)
    assert verdict == "赞成51户，超过到会100户的一半（要51户）"


def test_where_the_recused_leave_the_base_the_sentence_says_so():
    row = replace(REPRESENTATIVES, recused_leave=True)
    carried = wording.majority(OVER_HALF.compare(15, 28), row)
    assert carried.startswith("到会（不计回避）28：赞成15×2=30 ＞ 28")


def test_an_appraisal_says_what_the_officer_is():
    bad = wording.majority(OVER_HALF.compare(16, 30), APPRAISAL)
    assert bad == "到会30：不满意16×2=32 ＞ 30 → 超过到会人数一半，不称职"
    good = wording.majority(OVER_HALF.compare(15, 30), APPRAISAL)
    assert good == "到会30：不满意15×2=30 ≤ 30 → 没有超过到会人数一半，称职"


def test_the_big_screen_says_the_same_without_a_formula():
    said = wording.verdict(OVER_HALF.compare(16, 30), REPRESENTATIVES)
    assert said == "赞成16人，超过到会30人的一半（要16人）"
    said = wording.verdict(TWO_THIRDS.compare(29, 45), MEMBERS)
    assert said == "赞成29人，不到应到45人的三分之二（要30人）"
    said = wording.verdict(OVER_HALF.compare(3, 30), APPRAISAL)
    assert said == "不满意3人，没有超过到会30人的一半（16人起为不称职）"


def test_a_chart_says_what_its_line_is():
    assert wording.threshold_words(REPRESENTATIVES, 16) == "通过需 16 票"
    assert wording.threshold_words(APPRAISAL, 16) == "不称职需 16 票"


@every_row
@given(st.integers(0, 300), st.integers(1, 300), st.booleans())
def test_what_is_said_of_a_vote_is_what_was_found(row, count, base, recused_leave):
    row = replace(row, recused_leave=recused_leave)
    comparison = row.majority.compare(count, base)
    word = wording.outcome(row, carried=comparison.holds)
    assert wording.majority(comparison, row).endswith(f"，{word}")
    of = {Base.PRESENT: "到会", Base.ENTITLED: "应到"}[row.majority_base]
    assert wording.majority(comparison, row).startswith(of)
    missed = "不到" in wording.verdict(comparison, row) or "没有" in wording.verdict(
        comparison, row
    )
    assert missed is not comparison.holds


def test_the_portal_says_that_a_matter_carried_and_what_an_appraisal_found():
    on = date(2026, 11, 22)
    assert wording.decided(on, Body.ASSEMBLY, carried=True) == (
        "2026年11月22日，村民会议表决通过了这件事。"
    )
    found = wording.decided(on, Body.REPRESENTATIVES, carried=False, decisive=Choice.DISSATISFIED)
    assert found == "2026年11月22日，村民代表会议评议的结果是称职。"


def tally(*counts, unused=0, recused=0):
    cast = sum(count for _, count in counts)
    return Tally(tuple(Count(choice, count) for choice, count in counts), cast, unused, recused)


def test_all_counts_are_said_with_their_sum():
    four = tally((Choice.FOR, 16), (Choice.AGAINST, 10), (Choice.ABSTAIN, 2), unused=2)
    assert wording.counts(four) == "赞成16＋反对10＋弃权2＋未表决2＝到会30"
    assert wording.counts(replace(four, recused=1)).endswith("＝到会30（未表决中回避1人）")
    appraised = tally(
        (Choice.SATISFIED, 20), (Choice.FAIRLY_SATISFIED, 6), (Choice.DISSATISFIED, 3), unused=1
    )
    assert wording.counts(appraised) == "满意20＋基本满意6＋不满意3＋未表决1＝到会30"


# --- names


def test_the_decision_is_called_by_the_body_that_decides():
    assert wording.stage_long(Stage.DECISION, RowId.MEMBERS) == "成员大会决议"
    assert wording.stage_long(Stage.REVIEW, RowId.MEMBERS) == "党员大会审议"


def test_what_is_not_of_the_record_says_so():
    assert wording.purpose_mark(Purpose.RECORD) == ""
    assert wording.purpose_mark(Purpose.REHEARSAL) == "　演练"
    assert wording.purpose_mark(Purpose.DEMONSTRATION) == "　演示村"


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (wording.PURPOSES, terms.Purpose),
        (wording.CHOICES, Choice),
        (wording.BODIES, terms.Body),
        (wording.RULE_ROWS, terms.RowId),
        (wording.BASES, terms.Base),
        (wording.STAGES_SHORT, terms.Stage),
        (wording.STAGES_LONG, terms.Stage),
        (wording.CAPACITIES, terms.Capacity),
        (wording.ROLES, terms.Role),
        (wording.ORIGINS, terms.Origin),
        (wording.STANDINGS, terms.Standing),
        (wording.MEANS, terms.Means),
        (wording.FORUMS, terms.Forum),
        (wording.RETENTIONS, terms.Retention),
        (wording.PICTURES, terms.Picture),
        (wording.PAPERS, terms.Paper),
        (wording.CHANNELS, Channel),
        (wording.MOMENTS, terms.Moment),
        (wording.SEXES, terms.Sex),
        (wording.SCREENS, terms.DeviceKind),
        (wording.PARTS, Part),
        (wording.FLAWS, Flaw),
        (wording.FAULTS, Fault),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_every_name_has_a_word_of_its_own(words, names):
    assert set(words) == set(names)
    assert len(set(words.values())) == len(words)
    assert all(words.values())


def test_what_is_wrong_with_a_rule_is_told_by_one_word_each():
    assert len(wording.WRONG) == len(Part) + len(Flaw) + len(Fault)
