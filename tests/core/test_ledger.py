"""The ledger of matters: one row a matter, its steps, days, votes and money as the journal has them."""

import csv
from io import StringIO

from procedure_story import told
from simulator import MATTER

from kiosk.core import commands as c
from kiosk.core.matters.matter import Phase
from kiosk.core.papers.ledger import ledger
from kiosk.core.terms import MatterId
from kiosk.wording import ledger as words


def row_of(story):
    (row,) = ledger(story.village(), story.today()).rows
    return words.told(row)


def test_a_row_has_every_step_with_its_day_who_came_and_what_came_out():
    row = row_of(told().carry())
    assert [head for head in row if head in ("提议", "商议", "审议", "决议")] == [
        "提议", "商议", "审议", "决议",
    ]  # fmt: skip
    assert row["决议"].endswith(" 到会3/3 赞成3 通过")
    assert row["决议公示"].endswith("（15日）")
    assert row["动议事由"] == "党员群众建议"
    assert "验收" not in row


def test_a_row_has_the_chain_of_money_and_the_days_of_the_works_and_of_the_result():
    story = told().carry().over().assign(budget_fen=10_000_00).contract().start().report().accept()
    row = row_of(story.next_day().publish_result())
    assert (row["预算"], row["合同"], row["实际支出"]) == ("1万元", "9,000元", "9,500元")
    assert row["验收"].endswith(" 合格")
    assert row["结果公示"].endswith("（15日）")
    assert row["办到哪一步"] == "结果公示中"


def test_a_matter_that_was_sent_back_keeps_both_its_rounds_and_a_void_vote_is_left_out():
    story = told().defeat()
    (before,) = ledger(story.village(), story.today()).rows
    assert before.phase is Phase.DEFEATED
    assert " 未通过" in words.told(before)["决议"]
    again = row_of(story.send_back(before.steps[0].deliberation.stage).carry())
    assert again["提议"].count("到会") == 2
    assert "后退回；" in again["提议"]


def test_what_people_wrote_is_no_formula_in_a_spreadsheet():
    story = told(title="=HYPERLINK(1)")
    text = words.as_csv(ledger(story.village(), story.today()))
    assert text.startswith("\ufeff编号,事项,")
    (_, row) = csv.reader(StringIO(text.removeprefix("\ufeff")))
    assert row[1] == "'=HYPERLINK(1)"


def test_every_matter_has_its_row_also_one_that_nobody_deliberated_on():
    story = told()
    story.do(c.EndMatter(MATTER, "不办了"))
    village = story.village()
    rows = ledger(village, story.today()).rows
    assert [row.matter.id for row in rows] == [MatterId(MATTER)]
    assert rows[0].steps == ()
