"""The rule rows against exact fractions, and against what the founders wrote, said again in other terms."""

from fractions import Fraction
from math import ceil, floor
from pathlib import Path

import pytest

from kiosk.core.ballot_terms import Choice
from kiosk.core.law.rules import THREE_ANSWERS
from kiosk.core.law.statute import BODY_ROWS, LOCAL_DEFAULT, ROWS
from kiosk.core.terms import DELIBERATIONS, Base, Body, Capacity, RowId, Stage
from kiosk.wording.names import RULE_ROWS
from kiosk.wording.rulebook import SIZES, counts_around, examples, rule_table

DOCS = Path(__file__).parents[2] / "docs"
RULES, MANUAL = DOCS / "rules.md", DOCS / "manual" / "6-议事规则.md"
AT_LEAST, MORE_THAN = True, False
TWO_THIRDS, HALF, OVER_HALF = (
    (Fraction(2, 3), AT_LEAST),
    (Fraction(1, 2), AT_LEAST),
    (Fraction(1, 2), MORE_THAN),
)
ENTITLED, PRESENT = Base.ENTITLED, Base.PRESENT
# Body, stage, quorum, majority, of whom, days of notice: the founders' rules, section 2.
LAW = {
    RowId.PARTY_COMMITTEE: (Body.PARTY_COMMITTEE, Stage.PROPOSAL, HALF, OVER_HALF, ENTITLED, 1),
    RowId.TWO_COMMITTEES: (
        Body.TWO_COMMITTEES, Stage.CONSULTATION, TWO_THIRDS, OVER_HALF, ENTITLED, 1,
    ),
    RowId.PARTY_MEETING: (Body.PARTY_MEETING, Stage.REVIEW, TWO_THIRDS, OVER_HALF, ENTITLED, 3),
    RowId.REPRESENTATIVES: (
        Body.REPRESENTATIVES, Stage.DECISION, TWO_THIRDS, OVER_HALF, PRESENT, 3,
    ),
    RowId.ASSEMBLY: (Body.ASSEMBLY, Stage.DECISION, OVER_HALF, OVER_HALF, PRESENT, 10),
    RowId.HOUSEHOLDS: (Body.HOUSEHOLDS, Stage.DECISION, TWO_THIRDS, OVER_HALF, PRESENT, 10),
    RowId.GROUP: (Body.GROUP, Stage.DECISION, TWO_THIRDS, OVER_HALF, PRESENT, 3),
    RowId.GROUP_HOUSEHOLDS: (
        Body.GROUP_HOUSEHOLDS, Stage.DECISION, TWO_THIRDS, OVER_HALF, PRESENT, 3,
    ),
    RowId.MEMBERS: (Body.MEMBERS, Stage.DECISION, TWO_THIRDS, TWO_THIRDS, ENTITLED, 10),
    RowId.MEMBER_REPRESENTATIVES: (
        Body.MEMBER_REPRESENTATIVES, Stage.DECISION, TWO_THIRDS, TWO_THIRDS, ENTITLED, 10,
    ),
    RowId.ALL_REPRESENTATIVES: (
        Body.REPRESENTATIVES, Stage.DECISION, TWO_THIRDS, TWO_THIRDS, ENTITLED, 10,
    ),
    RowId.ALL_VILLAGERS: (Body.ASSEMBLY, Stage.DECISION, OVER_HALF, TWO_THIRDS, ENTITLED, 10),
    RowId.APPRAISAL: (Body.REPRESENTATIVES, Stage.DECISION, TWO_THIRDS, OVER_HALF, PRESENT, 3),
    RowId.CONTEST: (Body.REPRESENTATIVES, Stage.DECISION, TWO_THIRDS, OVER_HALF, PRESENT, 3),
    RowId.GROUP_CONTEST: (Body.GROUP, Stage.DECISION, TWO_THIRDS, OVER_HALF, PRESENT, 3),
}  # fmt: skip
VOTERS = {
    Body.PARTY_COMMITTEE: {Capacity.PARTY_COMMITTEE_MEMBER},
    Body.TWO_COMMITTEES: {Capacity.PARTY_COMMITTEE_MEMBER, Capacity.VILLAGE_COMMITTEE_MEMBER},
    Body.PARTY_MEETING: {Capacity.PARTY_MEMBER},
    Body.REPRESENTATIVES: {Capacity.VILLAGE_COMMITTEE_MEMBER, Capacity.REPRESENTATIVE},
    Body.ASSEMBLY: {Capacity.VILLAGER},
    Body.HOUSEHOLDS: {Capacity.HOUSEHOLD_REPRESENTATIVE},
    Body.GROUP: {Capacity.VILLAGER},
    Body.GROUP_HOUSEHOLDS: {Capacity.HOUSEHOLD_REPRESENTATIVE},
    Body.MEMBERS: {Capacity.COLLECTIVE_MEMBER},
    Body.MEMBER_REPRESENTATIVES: {Capacity.MEMBER_REPRESENTATIVE},
}
BASES = [*SIZES, *range(6, 21), 99, 100, 101, 1_000, 2_999]
every_row = pytest.mark.parametrize("row", ROWS.values(), ids=lambda row: row.id.value)


def reaches(count, base, share, *, inclusive):
    """Exact rational arithmetic, which the product does not use."""
    part = Fraction(count, base)
    return part >= share if inclusive else part > share


def around(share, base):
    """0, 1, all, and one below, at and one above the number that the share makes of the base."""
    near = {floor(share * base), ceil(share * base)}
    wanted = {0, 1, base} | {n + d for n in near for d in (-1, 0, 1)}
    return sorted(n for n in wanted if 0 <= n <= base)


def laws(row):
    _, _, quorum, majority, _, _ = LAW[row.id]
    return ((row.quorum, *quorum), (row.majority, *majority))


def test_every_row_stands_in_the_statute_under_its_own_name():
    assert list(ROWS) == list(RowId) == list(LAW)
    assert all(row.id is row_id for row_id, row in ROWS.items())


def test_every_body_has_an_ordinary_row_of_its_own():
    assert list(BODY_ROWS) == list(Body)
    assert all(ROWS[row].body is body for body, row in BODY_ROWS.items())


@every_row
def test_each_row_says_what_the_founders_wrote(row):
    body, stage, _, _, base, notice_days = LAW[row.id]
    assert (row.body, row.stage) == (body, stage)
    assert (row.majority_base, row.notice_days) == (base, notice_days)
    for threshold, share, inclusive in laws(row):
        assert Fraction(threshold.numerator, threshold.denominator) == share
        assert threshold.inclusive is inclusive
    assert set(row.voters) == VOTERS[row.body]


@every_row
def test_each_row_names_where_each_number_stands(row):
    assert row.quorum_basis
    assert row.majority_basis
    assert row.notice_basis
    assert row.voters_basis
    assert bool(row.women) == bool(row.women_basis)


@every_row
@pytest.mark.parametrize("base", BASES)
def test_each_row_agrees_with_exact_fractions_around_its_thresholds(row, base):
    for threshold, share, inclusive in laws(row):
        for count in around(share, base):
            held = reaches(count, base, share, inclusive=inclusive)
            assert threshold.compare(count, base).holds is held, (count, base)
        least = threshold.least(base)
        assert reaches(least, base, share, inclusive=inclusive)
        assert not reaches(least - 1, base, share, inclusive=inclusive)


def test_only_an_assembly_may_be_called_at_short_notice():
    assert {row.id for row in ROWS.values() if row.urgent_notice} == {
        RowId.ASSEMBLY,
        RowId.HOUSEHOLDS,
    }


def test_one_household_has_one_ballot_just_where_households_meet():
    by_household = {row.body for row in ROWS.values() if row.by_household}
    assert by_household == {Body.HOUSEHOLDS, Body.GROUP_HOUSEHOLDS}


def test_people_who_attend_have_a_vote_nowhere():
    attending = {
        Capacity.PROBATIONARY_MEMBER,
        Capacity.SUPERVISOR,
        Capacity.PARTY_DELEGATE,
        Capacity.GRID_WORKER,
        Capacity.TOWNSHIP_OFFICER,
        Capacity.ADVISER,
    }
    assert all(attending.isdisjoint(row.voters) for row in ROWS.values())


def test_by_law_nobody_recused_leaves_the_base():
    assert not any(row.recused_leave for row in ROWS.values())


def test_a_third_of_the_representatives_meeting_are_women():
    for row in ROWS.values():
        share = row.women and Fraction(row.women.numerator, row.women.denominator)
        assert share == (Fraction(1, 3) if row.body is Body.REPRESENTATIVES else None)


def test_a_matter_that_did_not_carry_goes_back_to_a_stage_not_after_this_one():
    for row in ROWS.values():
        assert DELIBERATIONS.index(row.returns_to) <= DELIBERATIONS.index(row.stage)
    assert ROWS[RowId.PARTY_COMMITTEE].returns_to is Stage.PROPOSAL
    assert ROWS[RowId.REPRESENTATIVES].returns_to is Stage.CONSULTATION
    assert ROWS[RowId.GROUP].returns_to is Stage.PROPOSAL


def test_everybody_is_asked_for_or_against_but_in_an_appraisal():
    appraisal = ROWS[RowId.APPRAISAL]
    assert appraisal.options == (Choice.SATISFIED, Choice.FAIRLY_SATISFIED, Choice.DISSATISFIED)
    assert appraisal.decisive is Choice.DISSATISFIED
    for row in ROWS.values():
        if row is not appraisal:
            assert (row.options, row.decisive) == (THREE_ANSWERS, Choice.FOR)


def test_the_share_of_an_appraisal_is_the_villages_own():
    assert ROWS[RowId.APPRAISAL].majority_basis.startswith(LOCAL_DEFAULT)
    assert "村民委员会组织法第三十八条" in ROWS[RowId.APPRAISAL].majority_basis


# --- the table that is printed


def test_the_table_in_the_documents_is_the_one_that_is_computed():
    text = RULES.read_text(encoding="utf-8")
    printed = text.partition("<!-- table -->\n")[2].partition("<!-- end of table -->")[0]
    assert printed.strip() == "\n".join(rule_table(ROWS.values())), (
        "see the document's last section"
    )


@every_row
def test_the_printed_table_tells_what_exact_fractions_say(row):
    lines = [line for line in rule_table([row]) if line[:3].strip("| ").isdigit()]
    assert len(lines) == 2 * len(SIZES)
    for line, (size, law) in zip(
        lines, ((size, law) for size in SIZES for law in laws(row)), strict=True
    ):
        threshold, share, inclusive = law
        cells = line.strip("| ").split(" | ")[2:]
        for count, cell in zip(counts_around(threshold, size), cells, strict=True):
            if count > size:
                assert cell == "—"
            else:
                enough = reaches(count, size, share, inclusive=inclusive)
                assert cell.rpartition(" ")[2] == ("够" if enough else "不够"), line


def test_the_table_works_at_one_below_at_and_one_above_the_threshold():
    quorum = ROWS[RowId.REPRESENTATIVES].quorum
    assert counts_around(quorum, 45) == (0, 1, 29, 30, 31)


# --- the examples


def test_an_example_says_who_must_come_and_how_many_must_agree():
    assert examples(ROWS[RowId.REPRESENTATIVES], 45) == (
        "应到45人：29人不够（29×3=87 ＜ 90），30人够（30×3=90 ≥ 90）。",
        "到会30人：15人不够（15×2=30 ≤ 30），16人够（16×2=32 ＞ 30）。",
    )


def test_an_example_of_a_majority_of_all_counts_all():
    assert examples(ROWS[RowId.MEMBERS], 300)[1] == (
        "应到300人：199人不够（199×3=597 ＜ 600），200人够（200×3=600 ≥ 600）。"
    )


def test_an_example_among_households_counts_households():
    assert examples(ROWS[RowId.HOUSEHOLDS], 100)[0] == (
        "应到100户：66户不够（66×3=198 ＜ 200），67户够（67×3=201 ≥ 200）。"
    )


def test_the_manual_works_the_examples_as_the_kiosk_does():
    text = MANUAL.read_text(encoding="utf-8")
    told = text.partition("<!-- examples -->\n")[2].partition("<!-- end of examples -->")[0]
    worked = []
    for row, entitled in (
        (RowId.REPRESENTATIVES, 45),
        (RowId.PARTY_MEETING, 21),
        (RowId.MEMBERS, 300),
    ):
        quorum, majority = examples(ROWS[row], entitled)
        worked += [RULE_ROWS[row], f"- {quorum}", f"- {majority}"]
    assert [line for line in told.splitlines() if line] == worked
