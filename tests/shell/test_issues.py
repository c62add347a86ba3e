"""Every paper of a whole matter, in both editions and in a second issue, as it is printed."""

import re
from io import BytesIO
from itertools import count
from pathlib import Path

import pytest
from papers import newest, owed
from procedure_story import told
from pypdf import PdfReader
from simulator import MATTER, VILLAGE, voting

from kiosk import wording
from kiosk.core import commands as c
from kiosk.core.journal import read
from kiosk.core.terms import (
    CorrectionId,
    Edition,
    ObjectionId,
    Paper,
    PersonId,
    Picture,
    Role,
    Stage,
)
from kiosk.core.values import Actor
from kiosk.typeset.fonts import FontFolder
from kiosk.typeset.press import Press

FONTS = FontFolder.from_node_modules(Path(__file__).parents[2] / "node_modules")
CHAIR = Actor(Role.CHAIR, PersonId("chair"))
SECRETARY = Actor(Role.SECRETARY, PersonId("secretary"))
OBJECTOR = "苏启东"
PRIVATE = (
    OBJECTOR,
    "13800138000",
    "44158119990101123X",
    "6217000010001234567",
    "东坑巷18号",
    "尿毒症",
)
WRITTEN = (
    f"{OBJECTOR}说：电话13800138000，身份证44158119990101123X，账号6217000010001234567，"
    "家住东坑巷18号，他患尿毒症。"
)
SIGNED = (
    "主持人：",
    "记录人：",
    "责任人：_",
    "签收",
    "村党组织书记：",
    "主任：",
    "立卷人：",
)


def solid(text):
    """Without white space, which a line's end may put anywhere."""
    return re.sub(r"\s", "", text)


def pages_of(press, one):
    return [solid(p.extract_text()) for p in PdfReader(BytesIO(press.rendered(VILLAGE, one))).pages]


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """Every paper that a whole matter made fall due, page by page; somebody wrote what nobody may read."""
    story = told().carry().photograph(Picture.FIRST_DAY)
    objection = ObjectionId("objection-1")
    story.do(c.FileObjection(objection, MATTER, OBJECTOR, WRITTEN))
    story.do(c.AnswerObjection(objection, upheld=False, answer=WRITTEN), SECRETARY)
    story.over().assign().contract().start()
    story.do(c.ReportProgress(MATTER, WRITTEN, 5_000_00))
    story.accept().next_day().publish_result().over().opine(*Stage).archive()
    press = Press(story.kiosk, tmp_path_factory.mktemp("papers"), FONTS, lambda: "unused")
    entries = [read(line) for line in story.lines()]
    return [(one, entries[one.from_seq - 1], pages_of(press, one)) for one in owed(story.lines())]


def test_a_whole_matter_has_every_paper(printed):
    assert {one.paper for one, _, _ in printed} == {*Paper}


def test_every_page_carries_the_check_code_of_its_entry(printed):
    for one, entry, pages in printed:
        digits = entry.head.check_code
        assert [at for at, page in enumerate(pages) if digits not in page] == [], one


def test_every_paper_says_when_it_was_issued_and_why_the_matter_was_moved(printed):
    for one, entry, pages in printed:
        words = "".join(pages)
        if one.paper is not Paper.POSTER:  # it says from which day to which it hangs
            assert f"制发时间：{solid(wording.instant(entry.at))}" in words, one
        if one.paper not in {
            Paper.ATTENDANCE,
            Paper.MINUTES,
        }:  # of a meeting, whatever was on its agenda
            assert "党员群众建议" in words, one


def test_every_paper_says_for_whom_it_is(printed):
    for one, _, pages in printed:
        assert all(wording.EDITIONS[one.edition] in page for page in pages), one


def test_nothing_private_is_on_a_public_paper(printed):
    public = [(one, "".join(pages)) for one, _, pages in printed if one.edition is Edition.PUBLIC]
    assert len(public) > 15
    for one, words in public:
        assert [secret for secret in PRIVATE if secret in words] == [], one


def test_the_archive_keeps_what_was_written(printed):
    of_archive = [p for o, _, p in printed if o.edition is Edition.ARCHIVE]
    words = "".join(page for pages in of_archive for page in pages)
    assert [secret for secret in PRIVATE if secret not in words] == []


def test_only_the_archive_has_places_to_sign(printed):
    for one, _, pages in printed:
        if one.edition is Edition.PUBLIC:
            assert [place for place in SIGNED if place in "".join(pages)] == [], one


# --- the second issue


def corrected():
    sim = voting().cast(20, 8, 2).close().adjourn()
    seq = next(e.seq for e in map(read, sim.lines()) if type(e.event).__name__ == "VoteClosed")
    correction = CorrectionId("one")
    told_ = c.ProposeCorrection(correction, seq, "会场写错", "会场是祠堂，电话13800138000")
    sim.do(told_, CHAIR)
    sim.do(c.ConfirmCorrection(correction), SECRETARY)
    return sim, seq


def test_a_second_issue_is_the_old_paper_with_the_correction_on_it(tmp_path):
    sim, seq = corrected()
    press = Press(sim.kiosk, tmp_path, FONTS, lambda: "unused")
    every = [o for o in owed(sim.lines()) if o.paper is Paper.RESOLUTION]
    first, second = ("".join(pages_of(press, every[at])) for at in (0, 2))
    old = read(sim.lines()[every[0].from_seq - 1])
    assert "本稿为第2稿，2026年11月10日制发，替换2026年11月10日制发的第1稿" in second
    assert f"（第1稿校验码{old.head.check_code}）" in second
    assert f"日志第{seq}条有误：会场写错。更正为：会场是祠堂，电话13800138000。" in second
    assert "赞成20＋反对8＋弃权2＋未表决0＝到会30" in second
    assert "第2稿" not in first
    public = "".join(pages_of(press, newest(sim.lines(), Paper.RESOLUTION)))
    assert "会场是祠堂" in public
    assert "13800138000" not in public


def test_the_old_issue_stays_and_the_new_one_has_the_same_bytes_on_any_day(tmp_path):
    sim, _ = corrected()
    tokens = count()
    press = Press(sim.kiosk, tmp_path, FONTS, lambda: f"press-{next(tokens)}")
    of_public = [
        o for o in owed(sim.lines()) if (o.paper, o.edition) == (Paper.RESOLUTION, Edition.PUBLIC)
    ]
    paths = [press.set_paper(VILLAGE, one) for one in of_public]
    before = [path.read_bytes() for path in paths]
    sim.clock.pass_days(400)
    assert before[0] != before[1]
    assert [press.rendered(VILLAGE, one) for one in of_public] == before
    assert [path.exists() for path in paths] == [True, True]
    assert len(sim.village().papers) == 2
