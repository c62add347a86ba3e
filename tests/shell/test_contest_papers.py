"""Contests (推选) on paper: who stands, a line a candidate with his arithmetic, who is chosen, what stays open."""

import re
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from ballot_lives import Count, put_to_the_vote
from contest_lives import (
    A,
    B,
    contest,
    contesting,
    level_on_the_last_place,
    nobody_chosen,
    secret_contest,
)
from papers import newest
from procedure_story import PICTURE
from pypdf import PdfReader
from simulator import MATTER, VILLAGE

from kiosk.core import commands as c
from kiosk.core.sheets import unsigned
from kiosk.core.terms import Paper
from kiosk.typeset.ballot_papers import BallotPapers, ballot_papers, ballot_papers_pdf
from kiosk.typeset.fonts import FontFolder
from kiosk.typeset.press import Press
from kiosk.wording.choosing import strokes

FONTS = FontFolder.from_node_modules(Path(__file__).parents[2] / "node_modules")
FOOT = re.compile(r"—\d+—[^—]*$")
TWELVE = (
    *("何㛃", "龚䶮", "欧阳建国", "林秀英", "陈强", "王小明"),
    *("司马相如", "李秀英", "张伟", "刘洋", "赵一凡", "诸葛孔明"),
)
PUBLIC = (Paper.NOTICE, Paper.TALLY_SHEET, Paper.RESOLUTION)
PAPERS = BallotPapers(
    village="金塱村",
    meeting="第1次村民代表会议",
    titles=("推选村务监督委员会成员",),
    method="无记名",
    answers=(),
    batch="48291357",
    first=1,
    last=4,
    signed=False,
    candidates=("何㛃", "欧阳建国"),
    places=1,
)


def solid(text):
    """Without white space, which a line's end may put anywhere."""
    return re.sub(r"\s", "", text)


@pytest.fixture
def printed(tmp_path):
    """What the newest paper of a kind says, as text without white space."""

    def text(sim, paper):
        press = Press(sim.kiosk, tmp_path, FONTS, lambda: "unused")
        pdf = press.rendered(VILLAGE, newest(sim.lines(), paper))
        pages = [solid(page.extract_text()) for page in PdfReader(BytesIO(pdf)).pages]
        return "".join(FOOT.sub("", page) for page in pages)

    return text


# --- the notice


def test_the_notice_says_who_stands_for_how_many_places_and_what_chooses_one(printed):
    notice = printed(contest(), Paper.NOTICE)
    assert "第1项名额2名，候选人4名：1号何㛃、2号龚䶮、3号欧阳建国、4号林秀英。" in notice
    assert "从4名候选人中选，最多选2人，也可以弃权。多选的是废票。" in notice
    assert (
        "得票超过到会人数一半，并且排在名额以内的当选；最后一个名额得票相等的，都不当选" in notice
    )
    assert "赞成" not in notice


# --- the tally sheet


def test_the_tally_sheet_has_a_line_a_candidate_in_strokes_and_by_channel(printed):
    sheet = printed(contest(), Paper.TALLY_SHEET)
    assert "候选人正字表决屏手机纸票得票1号何㛃正丅33172号龚䶮正丅22373号欧阳建国丅0112" in sheet
    assert "4号林秀英0000弃权一0101有效票34310" in sheet
    assert "有效票10＋未表决2＝到会12（未表决中废票1张）。结束以前改票1次，按最后一次计。" in sheet
    assert "三、纸票（批号K7Q2，编号1至8）" in sheet


def test_the_tally_sheet_holds_each_against_the_majority_and_says_who_is_chosen(printed):
    sheet = printed(contest(), Paper.TALLY_SHEET)
    assert "到会12人，过半数要7票。" in sheet
    assert "1号何㛃7×2=14＞12超过一半，当选" in sheet
    assert "3号欧阳建国2×2=4≤12没有超过一半，没有当选" in sheet
    assert "当选2人：1号何㛃、2号龚䶮。" in sheet
    assert "名额2个－当选2人＝空缺0个。" in sheet
    assert "通过" not in sheet


def test_the_tally_sheet_leaves_cells_for_pens_a_line_a_candidate(printed):
    sheet = printed(contest(), Paper.TALLY_SHEET)
    assert (
        "候选人监票人点票纸质记录复点1号何㛃2号龚䶮3号欧阳建国4号林秀英弃权附件：记名表决名单在场清点无误"
        in sheet
    )


@pytest.mark.parametrize(
    ("count", "marks"), [(0, ""), (1, "一"), (2, "丅"), (3, "下"), (4, "止"), (5, "正"), (13, "正正下")]
)  # fmt: skip
def test_strokes_come_in_fives(count, marks):
    assert strokes(count) == marks


# --- the resolution


def test_the_resolution_names_the_chosen_with_their_votes(printed):
    resolution = printed(contest(), Paper.RESOLUTION)
    assert "上社村村民代表会议关于推选村务监督委员会成员的结果" in resolution
    assert "三、推选结果《推选村务监督委员会成员》，当选2人：1号何㛃、2号龚䶮。" in resolution
    assert "本推选结果自2026年" in resolution
    assert "候选人计票监票人点票1号何㛃772号龚䶮773号欧阳建国234号林秀英00弃权11" in resolution
    assert "通过" not in resolution
    assert "决议事项" not in resolution


def test_places_that_stay_open_are_counted_and_may_be_chosen_for_again(printed):
    resolution = printed(level_on_the_last_place(), Paper.RESOLUTION)
    assert "当选1人：1号何㛃；还缺1人。" in resolution
    assert "名额2个－当选1人＝空缺1个，空缺的名额可以另行推选。" in resolution
    assert "2号龚䶮7×2=14＞12超过一半，但最后一个名额得票相等，没有当选" in resolution


def test_who_has_the_majority_and_comes_too_late_is_told_so(printed):
    sim = put_to_the_vote(contesting("何㛃", "龚䶮", "林秀英"))
    ballots = Count(sim)
    third = sim.vote().options[2]
    for number, answer in enumerate([(A, B)] * 4 + [(A, third)] * 4 + [(B, third)] * 4, start=1):
        ballots.ballot(f"v{number:02d}", *(answer if number < 12 else (A, B)))
    resolution = printed(sim.close().adjourn(), Paper.RESOLUTION)
    assert "3号林秀英7×2=14＞12超过一半，但排在名额以外，没有当选" in resolution
    assert "当选2人：1号何㛃、2号龚䶮。" in resolution


def test_where_nobody_is_chosen_every_place_stays_open(printed):
    sheet = printed(first_of_nobody_chosen(), Paper.TALLY_SHEET)
    assert "没有人当选，1个名额都空缺。" in sheet
    assert "名额1个－当选0人＝空缺1个，空缺的名额可以另行推选。" in sheet


def first_of_nobody_chosen():
    sim = put_to_the_vote(contesting("何㛃", "龚䶮", places=1, entitled=5))
    Count(sim).ballot("v01", A).ballot("v02", A).ballot("v03", B).ballot("v04", B)
    return sim.close()


def test_the_group_is_told_who_leads_it(printed):
    resolution = printed(nobody_chosen(), Paper.RESOLUTION)
    assert "上社村第1村民小组会议关于推选第1村民小组组长的结果" in resolution
    assert "的一次表决已宣布作废，不计入结果：两人得票相等，当场再选。" in resolution
    assert "当选1人：1号何㛃。" in resolution


@pytest.mark.parametrize("paper", [Paper.RESOLUTION, Paper.POSTING, Paper.POSTER])
def test_no_public_paper_says_whom_anybody_chose(printed, paper):
    for life in (contest, secret_contest):
        assert "某v" not in printed(life(), paper)
    assert "某v" not in printed(secret_contest(), Paper.TALLY_SHEET)
    assert "无记名" in printed(secret_contest(), Paper.TALLY_SHEET)


def test_twelve_candidates_stand_on_every_paper(printed):
    sim = put_to_the_vote(contesting(*TWELVE, places=5))
    Count(sim).ballot("v01", *sim.vote().options[7:12])
    sim.close().adjourn()
    for paper in PUBLIC:
        text = printed(sim, paper)
        assert all(f"{n}号{name}" in text for n, name in enumerate(TWELVE, start=1)), paper


def test_the_index_of_the_file_says_how_many_stood_and_were_chosen(printed):
    story = contest().over()
    for sheet in unsigned(story.village(), MATTER):
        named = (sheet.subject, sheet.paper, sheet.from_seq)
        story.do(c.FileSignedSheet(*named, 1, PICTURE, by_hand=True))
    story.opine(*story.matter().reached).archive()
    index = printed(story, Paper.FILE_INDEX)
    assert "议题提议：推选村务监督委员会成员（候选人4名）" in index
    assert "计票单（当选2人）：第1次村民代表会议" in index


# --- the ballot paper


def pdf(**changes):
    return ballot_papers_pdf(replace(PAPERS, **changes), FONTS)


def flat(content):
    return solid("".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages))


def test_a_ballot_paper_has_a_line_a_candidate_and_says_how_many_may_be_chosen():
    text = flat(pdf(last=1))
    assert "推选票" in text
    assert "推选村务监督委员会成员表决方式：无记名名额1名" in text
    assert "1何㛃2欧阳建国弃权" in text
    assert "最多选1人，多选作废；一个也不选请在弃权处画○" in text
    assert "48291357" in text
    assert "第001号" in text
    assert "签名" not in text


def test_twelve_candidates_run_down_two_columns_in_one_size():
    sizes = {}

    def visit(text, _cm, _tm, _font, size):
        sizes.update({solid(text): round(size, 3)} if solid(text) in {*TWELVE, "弃权"} else {})

    PdfReader(BytesIO(pdf(candidates=TWELVE, last=1))).pages[0].extract_text(visitor_text=visit)
    assert sizes.keys() == {*TWELVE, "弃权"}
    assert len({*sizes.values()}) == 1
    text = flat(pdf(candidates=TWELVE, last=1))
    assert all(f"{n}{name}" in text for n, name in enumerate(TWELVE, start=1))


def squares(candidates):
    """The squares of the first paper as pictures, found by their black upper left corners."""
    with pypdfium2.PdfDocument(pdf(candidates=candidates, last=1)) as document:
        paths = [
            o for o in document[0].get_objects(max_depth=3) if o.type == 2
        ]  # FPDF_PAGEOBJ_PATH
        bounds = [o.get_bounds() for o in paths]
    sides = [(round(right - left, 1), round(top - low, 1)) for left, low, right, top in bounds]
    return [side for side in sides if side[0] == side[1] and 10 < side[0] < 40]


@pytest.mark.parametrize("candidates", [TWELVE[:1], TWELVE[:2], TWELVE[:6], TWELVE[:7], TWELVE])
def test_every_candidate_and_nobody_have_the_same_square(candidates):
    found = squares(candidates)
    assert len(found) == len(candidates) + 1
    assert all(one == other for one, other in pairwise(found))


def test_the_ballot_papers_of_a_vote_are_those_of_its_candidates():
    sim = contest()
    told = ballot_papers(sim.village(), sim.vote(), 1, 8)
    assert told.candidates == ("何㛃", "龚䶮", "欧阳建国", "林秀英")
    assert (told.places, told.answers, told.signed) == (2, (), True)
    assert sim.matter(MATTER).contest.places == told.places
