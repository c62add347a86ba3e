"""The A3 poster for the notice board: its size, its largest figures, a box for each day, a code that phones read."""

import re
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
import pytest
from papers import newest
from procedure_story import told
from simulator import MATTER, VILLAGE, voting

from kiosk.core import commands as c
from kiosk.core.terms import CorrectionId, Paper, PersonId, Role
from kiosk.core.values import Actor
from kiosk.typeset.fonts import FontFolder
from kiosk.typeset.press import Press

FONTS = FontFolder.from_node_modules(Path(__file__).parents[2] / "node_modules")
MM = 72 / 25.4
CHAIR = Actor(Role.CHAIR, PersonId("chair"))
SECRETARY = Actor(Role.SECRETARY, PersonId("secretary"))


@pytest.fixture
def page(tmp_path):
    """The one page of the newest poster."""

    def drawn(sim):
        press = Press(sim.kiosk, tmp_path, FONTS, lambda: "unused")
        (only,) = pypdfium2.PdfDocument(press.rendered(VILLAGE, newest(sim.lines(), Paper.POSTER)))
        return only

    return drawn


def decided():
    return voting().cast(20, 8, 2).close().adjourn()


def solid(page):
    return re.sub(r"\s", "", page.get_textpage().get_text_range())


def height_of(page, words):
    """How high the words stand, in mm."""
    text = page.get_textpage()
    at, _ = text.search(words).get_next()
    _, low, _, high = text.get_charbox(at)
    return (high - low) / MM


def test_the_poster_is_one_sheet_of_a3_with_free_edges(page):
    sheet = page(decided())
    assert sheet.get_size() == pytest.approx((297 * MM, 420 * MM))
    dark = sheet.render(scale=0.5).to_numpy().min(axis=2) < 200
    edge = int(9 * MM * 0.5)
    assert not dark[:edge].any()
    assert not dark[-edge:].any()
    assert not dark[:, :edge].any()
    assert not dark[:, -edge:].any()


def test_a_resolution_says_what_came_out_how_much_and_from_which_day_to_which(page):
    words = solid(page(decided()))
    assert "决议公示" in words.replace("　", "")
    assert "通过：赞成20人，超过到会30人的一半（要16人）" in words
    assert "涉及金额1万元" in words
    assert "公示：2026年11月10日—2026年11月24日，首尾计共15日" in words
    assert "村民委员会电话0660-8600000" in words
    assert "动议事由：党员群众建议" in words


def test_the_sum_of_money_is_the_largest_after_the_title(page):
    sheet = page(decided())
    assert height_of(sheet, "万元") > 12
    assert height_of(sheet, "万元") > 2 * height_of(sheet, "村民委员会电话")


def test_there_is_a_box_for_each_day_and_its_date_in_it(page):
    words = solid(page(decided()))
    assert [n for n in range(1, 16) if f"第{n}天" not in words] == []
    assert "第16天" not in words


def test_a_phone_reads_the_code_from_the_poster(page):
    sim = decided()
    picture = np.asarray(page(sim).render(scale=1).to_pil().convert("L"))
    text, _, _ = cv2.QRCodeDetector().detectAndDecode(picture)
    link = f"{sim.village().portal_url}/r/2026-1"
    assert text == f"{link}#{sim.head().digest}" or text.startswith(f"{link}#")


def test_the_poster_of_a_result_says_what_was_spent(page):
    story = told().carry().over().assign().contract().start().accept().next_day().publish_result()
    words = solid(page(story))
    assert "实施结果公示" in words
    assert "实际支出9,500元" in words
    assert "预算1万元－实际支出9,500元＝结余500元" in words


def test_a_long_proposal_is_set_smaller_until_it_fits(page):
    story = told()
    clauses = tuple(f"第{n}处：从村口到{n}组修一公里，两边种树，装路灯。" for n in range(1, 11))
    story.do(c.ReviseProposal(MATTER, clauses, "写细"))
    words = solid(page(story.carry()))
    assert [clause for clause in clauses if clause not in words] == []


def test_a_proposal_too_long_for_the_poster_says_where_the_rest_is(page):
    story = told()
    story.do(
        c.ReviseProposal(MATTER, tuple(f"第{n}处：{'修路' * 40}。" for n in range(40)), "写细")
    )
    assert "（全文请扫码看）" in solid(page(story.carry()))


def test_a_second_issue_says_so_and_what_is_corrected(page):
    sim = decided()
    seq = newest(sim.lines(), Paper.POSTER).source_seq
    correction = CorrectionId("one")
    sim.do(
        c.ProposeCorrection(correction, seq, "金额写错", "金额应为2万元，电话13800138000"), CHAIR
    )
    sim.do(c.ConfirmCorrection(correction), SECRETARY)
    words = solid(page(sim))
    assert "第2稿，替换第1稿" in words
    assert "更正：金额应为2万元" in words
    assert "13800138000" not in words
