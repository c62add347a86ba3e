"""Minutes and attendance sheet as documents: what they say, in which order, and what the public edition leaves out."""

import pytest
from papers import newest
from simulator import MATTER, convened, seat, seats

from kiosk.core import commands as c
from kiosk.core.history import Known, caught_up
from kiosk.core.journal import EMPTY, read
from kiosk.core.papers import imprint
from kiosk.core.terms import Body, Capacity, Edition, Paper, PersonId
from kiosk.typeset.document import Heading, Line, Paragraph, Signatures, Table
from kiosk.typeset.setting import document_of, told_by

RECORDER, CHAIR = PersonId("v02"), PersonId("v03")


def held(*, approved=True):
    """A meeting with a note, a change, a void vote and a gap in its film."""
    sim = convened(9, observers=2).arrive("o01").check_in(7).open()
    sim.do(c.StartRecording(sim.meeting_id, "camera", sound=True))
    sim.take().give("v01").end_speech().amend("修两公里", "两边种树")
    sim.do(c.NoteMinutes(sim.meeting_id, RECORDER, MATTER, "有人问路宽，电话13800138000。"))
    sim.open_vote().cast(2)
    sim.do(c.VoidVote(sim.meeting_id, sim.vote_id, "点错了议题"))
    sim.open_vote().cast(5, 1).close()
    since, at = sim.meeting().opened_at, sim.clock.at
    sim.do(c.NoteInterruption(sim.meeting_id, since, at, "camera"))
    if approved:
        head = sim.meeting().minutes.business
        sim.do(c.ReadMinutes(sim.meeting_id, RECORDER, head.seq, head.digest))
        sim.do(c.ApproveMinutes(sim.meeting_id, CHAIR, head.seq, head.digest))
    return sim.adjourn()


def document(sim, paper, edition=Edition.ARCHIVE):
    """The document of the newest paper of that kind, as the press sets it."""
    owed = newest(sim.lines(), paper, edition)
    lines = sim.lines()[: owed.from_seq]
    known = caught_up(Known(None, EMPTY), sim.lines()[: owed.source_seq])
    told = [read(line) for line in told_by(owed.paper, lines[: owed.source_seq])]
    return document_of(owed, known, told, imprint(owed, [read(line) for line in lines]))


def words(document):
    """What it says, a block a line."""
    said = []
    for block in document.blocks:
        if isinstance(block, Line | Paragraph | Heading):
            said.append(block.text)
        elif isinstance(block, Table):
            said += ["|".join(row) for row in block.rows]
    return "\n".join(said)


def test_the_minutes_say_who_held_the_meeting_and_what_each_item_came_to():
    text = words(document(held(), Paper.MINUTES))
    assert "（会上宣读，会议通过）" in text
    assert "主持：某v03；记录：某v02；监票：见签名。村务监督委员会到会某o01。" in text
    assert "开会时应到9 实到7：7×3=21 ≥ 9×2=18 → 达到三分之二" in text
    assert "第1条“修一公里”改为“修两公里”；增加第2条“两边种树”" in text
    assert "要点1：有人问路宽，电话13800138000。（某v02" in text
    assert "宣布作废，不算数：点错了议题。" in text
    assert "票数：赞成5＋反对1＋弃权0＋未表决1＝到会7。" in text
    assert "到会7：赞成5×2=10 ＞ 7 → 超过到会人数一半，通过" in text
    assert "录像中断：摄像头断开。" in text


def test_the_heads_of_a_summary_follow_the_text_and_the_codes_and_the_pens_end_it():
    minutes = document(held(), Paper.MINUTES)
    heads = [block.text for block in minutes.blocks if isinstance(block, Heading)]
    assert [text.partition("：")[0] for text in heads[-4:]] == ["出席", "缺席", "列席", "附"]
    codes = [block.rows for block in minutes.blocks if isinstance(block, Table)][-1]
    assert [row[1] for row in codes] == [
        "开会",
        "第1次表决作废",
        "第2次表决结束",
        "会议记录通过",
        "散会",
    ]
    (places,) = [block for block in minutes.blocks if isinstance(block, Signatures)]
    assert [label for row in places.rows for label in row][:2] == ["主持人：", "记录人："]


def test_minutes_that_nobody_approved_say_so_under_their_title():
    text = words(document(held(approved=False), Paper.MINUTES))
    assert text.startswith("（未经会议通过）")
    assert "本记录未经会议通过" in text


def test_the_closing_code_is_that_of_both_papers_on_every_page():
    sim = held()
    code = sim.village().closing.check_code
    for paper in (Paper.MINUTES, Paper.ATTENDANCE):
        assert code in document(sim, paper).footer


def test_the_public_minutes_have_no_pens_no_numbers_and_nobody_who_spoke():
    public = document(held(), Paper.MINUTES, Edition.PUBLIC)
    text = words(public)
    assert "13800138000" not in text
    assert "某v01提出" not in text
    assert "发言1人次。" in text
    assert not [block for block in public.blocks if isinstance(block, Signatures)]


def test_the_attendance_sheet_has_a_line_and_a_place_to_sign_for_everybody_called():
    sheet = document(held(), Paper.ATTENDANCE)
    entitled, attending = [block for block in sheet.blocks if isinstance(block, Table)]
    assert entitled.to_sign
    assert [column.title for column in entitled.columns][-2:] == ["签到时间", "签名"]
    assert [len(entitled.rows), len(attending.rows)] == [9, 2]
    assert entitled.rows[8][1:6] == ("某v09", "村民代表", "第1组", "女", "未到")
    assert [row[-1] for row in entitled.rows] == [""] * 7 + ["—"] * 2, (
        "nobody signs later for himself or another"
    )
    assert "应到9人，开会时实到7人，到会比例7÷9=77.7%。" in words(sheet)


def attended():
    """Two of the township were asked to the meeting, one of them came."""
    officers = [seat(f"t0{n}", Capacity.TOWNSHIP_OFFICER, votes=False) for n in (1, 2)]
    called = (*seats(Body.REPRESENTATIVES, 9), *officers)
    sim = convened(9, seats=called).arrive("t01").check_in(7).open()
    return sim.take().open_vote().cast(7).close().adjourn()


def test_who_came_for_the_township_stands_on_the_sheet_with_his_post_and_a_place_to_sign():
    sheet = document(attended(), Paper.ATTENDANCE)
    _, township = [block for block in sheet.blocks if isinstance(block, Table)]
    assert [column.title for column in township.columns][1:3] == ["姓名", "职务"]
    assert [row[1:3] for row in township.rows] == [("某t01", "副镇长"), ("某t02", "副镇长")]
    assert [row[-2:] == ("未到", "—") for row in township.rows] == [False, True]
    assert "没有邀请乡镇（街道）人员参加。" in words(document(held(), Paper.ATTENDANCE))


def test_who_came_for_the_township_signs_minutes_and_resolution_with_his_post():
    sim = attended()
    minutes, resolution = document(sim, Paper.MINUTES), document(sim, Paper.RESOLUTION)
    assert "乡镇（街道）参会人员：到会1人，没有表决权\n1|某t01|副镇长|" in words(minutes)
    assert "请了、没有到会：某t02（副镇长）。" in words(minutes)
    for paper in (minutes, resolution):
        (signed,) = [block for block in paper.blocks if isinstance(block, Signatures)]
        assert signed.rows.count(("乡镇参会人员：", "职务：")) == 1


@pytest.mark.parametrize("edition", Edition)
def test_the_same_origin_stands_on_minutes_and_attendance_sheet_with_each_matter(edition):
    for paper in (Paper.MINUTES, Paper.ATTENDANCE):
        assert "动议事由：党员群众建议。" in words(document(held(), paper, edition))


def test_the_public_attendance_sheet_has_neither_sex_nor_pens():
    sheet = document(held(), Paper.ATTENDANCE, Edition.PUBLIC)
    entitled = next(block for block in sheet.blocks if isinstance(block, Table))
    assert [column.title for column in entitled.columns] == [
        "序号",
        "姓名",
        "身份",
        "代表户、组",
        "签到时间",
    ]
    assert not entitled.to_sign
