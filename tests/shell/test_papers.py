"""The papers on paper: what a notice, a resolution, a result and the index of a file say, and what they keep back."""

import re
from dataclasses import replace
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import get_args

import pytest
from ballot_lives import (
    Count,
    hands_counted,
    reconciled,
    secret,
    secret_and_unanimous,
)
from lives import lively_sitting
from papers import newest, owed
from procedure_story import PICTURE, Story, returning, told
from pypdf import PdfReader
from simulator import (
    MATTER,
    VILLAGE,
    adopting,
    convened,
    founding,
    raising,
    refused,
    secretly,
    voting,
)

from kiosk.core import commands as c
from kiosk.core import events as e
from kiosk.core.journal import digest, read
from kiosk.core.law.catalogue import FILE_PAPERS
from kiosk.core.papers import tally_sheet
from kiosk.core.papers.file_index import OTHER, SHEETS, Piece
from kiosk.core.refusals import Reason
from kiosk.core.terms import (
    Body,
    CorrectionId,
    Edition,
    EmergencyId,
    KindId,
    Paper,
    PersonId,
    Picture,
    Role,
    RowId,
    Stage,
    VoteId,
)
from kiosk.core.values import Actor, Exclusion
from kiosk.typeset.file_index import spans
from kiosk.typeset.fonts import FontFolder
from kiosk.typeset.press import Press

FONTS = FontFolder.from_node_modules(Path(__file__).parents[2] / "node_modules")
OFFICERS = tuple(
    Actor(role, PersonId(f"signer-{role.value}")) for role in (Role.CHAIR, Role.SECRETARY)
)
SUPERVISOR = Actor(Role.SUPERVISOR, PersonId("o01"))
FLOOD = EmergencyId("flood")
STAGES_OF_ALL = tuple(Stage)
FOOT = re.compile(r"—\d+—[^—]*$")


def solid(text):
    """Without white space, which a line's end may put anywhere."""
    return re.sub(r"\s", "", text)


@pytest.fixture
def printed(tmp_path):
    """What the newest paper of a kind says, for the public where it may, as text without white space."""

    def text(sim, paper, edition=None):
        press = Press(sim.kiosk, tmp_path, FONTS, lambda: "unused")
        pdf = press.rendered(VILLAGE, newest(sim.lines(), paper, edition))
        pages = [solid(page.extract_text()) for page in PdfReader(BytesIO(pdf)).pages]
        return "".join(FOOT.sub("", page) for page in pages)

    return text


# --- the notice


def test_the_notice_says_who_is_called_by_capacity_and_how_many_must_come(printed):
    notice = printed(convened(observers=2), Paper.NOTICE)
    assert "关于召开上社村村民代表会议的通知" in notice
    assert "（一）有表决权：应到45人" in notice
    assert "某v01、某v02" in notice
    assert "某v45" in notice
    assert "到会30人才能开会，依据：村民委员会组织法第三十条" in notice
    assert "29人不够（29×3=87＜90），30人够（30×3=90≥90）" in notice
    assert "（二）列席：2人，可以发言，没有表决权" in notice
    assert "某o01" in notice
    assert "电话0660-8600000" in notice


def test_the_notice_says_what_is_decided_by_what_majority(printed):
    notice = printed(convened(), Paper.NOTICE)
    assert "修路" in notice
    assert "10分钟" in notice
    assert "到会人数过半赞成（村民委员会组织法第三十条）" in notice


def test_the_notice_counts_its_days_and_names_the_rule(printed):
    notice = printed(convened(body=Body.ASSEMBLY), Paper.NOTICE)
    assert "提前10日；应当提前10日，依据：村民委员会组织法第二十五条" in notice
    assert "临时" not in notice


def test_a_notice_at_short_term_says_so_and_why(printed):
    sim = convened(body=Body.ASSEMBLY, urgent_ground="汛情紧急，堤坝要连夜加固")
    notice = printed(sim, Paper.NOTICE)
    assert "关于临时召开上社村村民会议的通知" in notice
    assert "本次为临时通知，原因：汛情紧急，堤坝要连夜加固。" in notice


def test_the_notice_is_labelled_when_an_emergency_is_to_be_told(printed):
    sim = convened()
    sim.do(c.DeclareEmergency(FLOOD, "堤坝渗水", "连夜堆沙袋，电话13800138000"), OFFICERS[0])
    sim.do(c.CallOffMeeting(sim.meeting_id, "先抢险"))
    notice = printed(sim.convene(), Paper.NOTICE)
    assert "【应急通报】下列应急先行处置1件" in notice
    assert "堤坝渗水。先行处置：连夜堆沙袋" in notice
    assert "13800138000" not in notice


def test_who_is_not_counted_is_named_with_the_rule_and_without_the_reason(printed):
    sim = convened()
    sim.do(c.CallOffMeeting(sim.meeting_id, "改期"))
    periods = sim.village().periods
    sim.do(c.ChangePeriods(replace(periods, exclusions=True), "村民会议决定", "镇人民政府"))
    left_out = Exclusion(PersonId("away"), "赵远", "因病不能表达意志", "重庆市实施办法第七条")
    notice = printed(sim.convene(exclusions=(left_out,)), Paper.NOTICE)
    assert "不计入应到1人：（依据：重庆市实施办法第七条）" in notice
    assert "赵远" not in notice
    archive = printed(sim, Paper.NOTICE, Edition.ARCHIVE)
    assert "不计入应到1人：赵远（依据：重庆市实施办法第七条）" in archive
    assert "因病" not in notice


def test_households_are_called_by_the_ballot_each_of_them_has(printed):
    notice = printed(convened(11, body=Body.GROUP_HOUSEHOLDS), Paper.NOTICE)
    assert "关于召开上社村第1村民小组户代表会议的通知" in notice
    assert "应到11户" in notice
    assert "到会8户才能开会" in notice
    assert "到会户数过半赞成" in notice


def test_a_sitting_of_two_committees_in_one_says_that_they_vote_apart(printed):
    sim = Story()
    sim.found()
    call = sim.calling(Body.PARTY_COMMITTEE, 3)
    sim.do(call)
    second = sim.calling(
        Body.TWO_COMMITTEES,
        3,
        follows=call.meeting,
        leader=PersonId("v01"),
        starts_at=call.starts_at,
    )
    sim.do(second)
    notice = printed(sim, Paper.NOTICE)
    assert (
        "本次会议与第1次村党支部委员会合并召开，由一人主持；两个会议分别记录、分别表决。" in notice
    )


# --- the resolution


def test_the_resolution_names_kind_law_catalogue_and_mandate(printed):
    resolution = printed(voting().cast(20, 8, 2).close().adjourn(), Paper.RESOLUTION)
    assert "事项类别：公益事业兴办与筹资筹劳（村民委员会组织法第二十八条" in resolution
    assert "见《村级议事事项清单（通用）》2026-01版，清单校验值前16位" in resolution
    assert "授权：2026年第一次村民会议授权。" in resolution
    assert "本次表决" not in resolution


def test_the_way_of_a_matter_stands_on_its_resolution(printed):
    story = told().defeat(Stage.REVIEW)
    story.do(returning(Stage.CONSULTATION, "党员认为太贵，联系13800138000"))
    story.do(c.ReviseProposal(MATTER, ("修半公里",), "缩小规模"))
    resolution = printed(story.carry(), Paper.RESOLUTION)
    assert "退回到“商议”：党员认为太贵，联系（号码不公开）。" in resolution
    assert "修改方案：缩小规模。" in resolution
    assert "1．修半公里" in resolution


def test_a_void_vote_is_mentioned_with_its_ground(printed):
    sim = voting().cast(20, 8, 2).close().void("屏幕故障")
    resolution = printed(sim.open_vote().cast(16, 14).close().adjourn(), Paper.RESOLUTION)
    assert "第1次村民代表会议的一次表决已宣布作废，不计入结果：屏幕故障。" in resolution
    assert "赞成16＋反对14＋弃权0＋未表决0＝到会30" in resolution


def test_a_decision_that_is_sent_back_before_the_meeting_ends_is_published_all_the_same(printed):
    sim = voting().cast(0, 30).close()
    sim.do(returning(Stage.CONSULTATION))
    resolution = printed(sim.adjourn(), Paper.RESOLUTION)
    assert "上社村村民代表会议关于修路的表决结果" in resolution
    assert "《修路》未获通过。" in resolution


def test_who_stands_aside_is_counted_and_not_named(printed):
    sim = convened().check_in(30).open().recuse("v01", "v02").open_vote()
    resolution = printed(sim.cast(20, 8).close().adjourn(), Paper.RESOLUTION)
    assert "（未表决中回避2人）。回避的人没有表决票，仍计入到会人数。" in resolution
    assert "某v01" not in resolution


def test_a_majority_of_all_is_counted_on_all_and_says_so(printed):
    sim = voting(35, 45, body=Body.MEMBERS)
    resolution = printed(sim.cast(30, 5).close().adjourn(), Paper.RESOLUTION)
    assert "应到45－到会35＝未到会10人，未到会的也计入基数" in resolution
    assert "应到45：赞成30×3=90≥45×2=90→达到应到人数三分之二，通过" in resolution
    assert "农村集体经济组织法第二十七条" in resolution


def test_households_vote_by_household_on_their_resolution(printed):
    sim = voting(10, 11, body=Body.GROUP_HOUSEHOLDS)
    resolution = printed(sim.cast(9, 1).close().adjourn(), Paper.RESOLUTION)
    assert "上社村第1村民小组户代表会议关于修路的决议" in resolution
    assert "记名，逐个表决，一户一票" in resolution
    assert "超过到会户数一半，通过" in resolution


@pytest.mark.parametrize(("dissatisfied", "found"), [(1, "称职"), (20, "不称职")])
def test_an_appraisal_finds_an_officer_fit_or_not(printed, dissatisfied, found):
    sim = Story()
    sim.do(founding())
    sim.do(adopting())
    sim.do(
        raising(
            title="民主评议村民委员会主任",
            kind=KindId("appraisal"),
            row=RowId.APPRAISAL,
            amount_fen=0,
            mandate="",
            appraised=PersonId("chair"),
        )
    )
    sim.convene(Body.REPRESENTATIVES).check_in(30).open().open_vote()
    sim.cast(30 - dissatisfied, 0, dissatisfied).close().adjourn()
    resolution = printed(sim, Paper.RESOLUTION)
    assert "关于民主评议村民委员会主任的评议结果" in resolution
    assert f"评议结果：{found}。" in resolution
    assert ("连续两次被评议不称职的，其职务终止" in resolution) is (found == "不称职")
    assert "没有此前程序" in resolution


# --- how a vote was counted, on the tally sheet and on the resolution


def test_the_tally_sheet_is_due_when_the_vote_is_closed_and_not_before():
    sim = voting()
    seq = len(sim.lines())
    sheet = c.IssuePaper(sim.vote_id, Paper.TALLY_SHEET, Edition.ARCHIVE, seq, seq, 9, "ab" * 32)
    assert sim.reason(sheet) is Reason.PAPER_NOT_DUE
    assert sim.reason(replace(sheet, subject="nothing")) is Reason.PAPER_NOT_DUE
    refusal = refused(lambda: tally_sheet(sim.village(), sim.vote_id))
    assert refusal.reason is Reason.PAPER_NOT_DUE
    refusal = refused(lambda: tally_sheet(sim.village(), VoteId("nothing")))
    assert refusal.reason is Reason.NO_SUCH_VOTE
    sim.cast(20).close().do(sheet)
    assert owed(sim.lines())[-1].subject == sim.vote_id


def test_the_tally_sheet_adds_up_every_channel_and_every_paper(printed):
    sheet = printed(reconciled(), Paper.TALLY_SHEET)
    assert "上社村村民代表会议计票单第1次村民代表会议第1次表决" in sheet
    assert "表决方式：记名，逐个表决。" in sheet
    for row in ("表决屏2002", "手机1001", "举手记名1102", "举手点数2103", "纸票1012", "合计72110"):
        assert row in sheet
    assert "各渠道相加：赞成2＋1＋1＋2＋1＝7；反对0＋0＋1＋1＋0＝2；弃权0＋0＋0＋0＋1＝1。" in sheet
    assert "赞成7＋反对2＋弃权1＋未表决2＝到会12（未表决中废票1张）。" in sheet
    assert "结束以前改票1次，按最后一次计。" in sheet
    assert "三、纸票（批号K7Q2，编号1至8）" in sheet
    assert "印制发出作废剩余收回有效无效8314321" in sheet
    assert "印制8＝发出3＋作废1＋剩余4；发出3－收回3＝未交回0；收回3＝有效2＋无效1" in sheet
    assert "到会12：赞成7×2=14＞12→超过到会人数一半，通过" in sheet


def test_the_tally_sheet_waits_for_pens_and_says_nothing_of_what_came_later(printed):
    sheet = printed(reconciled(), Paper.TALLY_SHEET)
    assert (
        "监票人点票纸质记录复点附件：记名表决名单在场清点无误，纸票连同本单封存。2026年11月10日"
        in sheet
    )
    assert "主持人：村务监督委员会：监票人：监票人：" in sheet
    assert "压在箱底" not in sheet


def test_who_said_what_in_a_named_vote_is_an_annex_of_the_archive(printed):
    sheet = printed(voting().cast(20, 8, 2).close(), Paper.TALLY_SHEET)
    assert "附件记名表决名单" in sheet
    assert "1某v01村民代表1组赞成表决屏" in sheet
    assert "21某v21村民代表1组反对表决屏" in sheet
    sim = secretly(observers=1).cast(20, 8).witness().close()
    assert "某v" not in printed(sim, Paper.TALLY_SHEET)


def test_a_vote_that_is_declared_void_keeps_its_tally_sheet(printed):
    sim = voting().cast(20, 8, 2).close().void("屏幕故障")
    assert "赞成20＋反对8＋弃权2＋未表决0＝到会30" in printed(sim, Paper.TALLY_SHEET)


def test_several_matters_by_consent_have_one_tally_sheet(printed):
    sheet = printed(lively_sitting(), Paper.TALLY_SHEET)
    assert "《修路》《修路》，2026年" in sheet
    assert "与其他1项无争议事项合并表决" in sheet
    assert "第3次表决" in sheet


def test_the_resolution_adds_up_its_channels_only_where_there_were_several(printed):
    resolution = printed(reconciled(), Paper.RESOLUTION)
    assert "表决屏2002手机1001举手记名1102举手点数2103纸票1012合计72110" in resolution
    assert "印制8＝发出3＋作废1＋剩余4" in resolution
    alone = printed(voting().cast(20, 8, 2).close().adjourn(), Paper.RESOLUTION)
    assert "渠道" not in alone
    assert "纸票" not in alone
    assert "复点" not in alone


def test_counts_stand_side_by_side_with_the_reason_and_the_posts_of_the_two(printed):
    resolution = printed(reconciled(), Paper.RESOLUTION)
    assert "计票72110监票人点票72110纸质记录复点7119" in resolution
    assert "原因：一张压在箱底，当场找到。说明人岗位：监票；确认人岗位：监委会。" in resolution
    assert "teller" not in resolution


def test_counts_that_agree_are_said_to_agree(printed):
    sim = hands_counted()
    Count(sim).check(4, 1, 0)
    assert "复点：各次点票一致。" in printed(sim.adjourn(), Paper.RESOLUTION)


def test_a_secret_vote_says_how_it_was_kept_secret_and_names_nobody(printed):
    for paper in (Paper.TALLY_SHEET, Paper.RESOLUTION):
        text = printed(secret(), paper)
        assert "表决方式：无记名。每票投入密封票箱，谁投了什么没有记录；" in text
        assert "村务监督委员会成员到场监督开箱" in text
        assert "表决屏4206纸票4105合计83011" in text
        assert "某v" not in text


def test_that_a_secret_vote_was_unanimous_stands_on_no_paper(printed):
    for paper in (Paper.TALLY_SHEET, Paper.RESOLUTION):
        text = printed(secret_and_unanimous(), paper)
        assert "赞成6＋反对0＋弃权0＋未表决0＝到会6" in text
        assert "全部一样" not in text


# --- the result


def published_result(story, **contract):
    """A matter carried out, its result in public."""
    story.carry().over().assign()
    story.do(
        c.RecordContract(MATTER, "马塘建筑队", 9_000_00, contract.get("dated") or story.today())
    )
    story.start().report().accept().next_day().publish_result()
    return story


def test_the_result_tells_of_money_with_every_difference(printed):
    result = printed(published_result(told()), Paper.RESULT)
    assert "预算1万元－合同9,000元＝结余1,000元" in result
    assert "预算1万元－实际支出9,500元＝结余500元" in result
    assert "合同9,000元－实际支出9,500元＝超支500元" in result
    assert "责任人：某主任。" in result
    assert "按期验收" in result
    assert "【提示】" not in result


def test_the_result_names_the_resolution_the_acceptance_and_its_days(printed):
    story = published_result(told())
    publication = story.matter().result
    result = printed(story, Paper.RESULT)
    assert "上社村实施结果〔2026〕1号" in result
    assert "上社村民决〔2026〕1号决议，第1次村民代表会议通过" in result
    assert "验收合格，村务监督委员会成员" in result
    assert "到场：到场验收。" in result
    first, last = publication.first_day, publication.last_day
    assert (
        f"自{first.year}年{first.month}月{first.day}日起至{last.year}年{last.month}月{last.day}日止公布"
        in result
    )
    assert "首尾计共15日（村民委员会组织法第三十五条：不得少于十五日）" in result
    assert "此前没有收到异议" in result


def test_who_accepted_the_works_is_named_where_a_meeting_ever_seated_him(printed):
    story = told()
    story.carry(Stage.DECISION)
    story.convene(Body.REPRESENTATIVES, 3, 1).check_in(3).open().open_vote().cast(
        3
    ).close().adjourn()
    story.over().assign().start().finish()
    story.do(c.InspectWorks(MATTER, True, "合格"), SUPERVISOR)
    story.next_day().publish_result()
    assert "村务监督委员会成员某o01到场：合格。" in printed(story, Paper.RESULT)


def test_a_contract_and_a_start_inside_the_publication_are_flagged_on_the_result(printed):
    story = told().carry().assign().contract().start()
    story.over().accept().next_day().publish_result()
    result = printed(story, Paper.RESULT)
    assert "【提示】与某建筑公司的合同日期" in result
    assert "公示期满以前不应签订合同" in result
    assert "公示期满以前不应开工" in result


def test_refused_acceptance_and_spending_over_budget_stand_on_the_result(printed):
    story = told().carry().over().assign().start().finish().inspect(accepted=False)
    story.finish(10_500_00).inspect().next_day().publish_result()
    result = printed(story, Paper.RESULT)
    assert "验收不合格：到场验收。" in result
    assert "预算1万元－实际支出1.05万元＝超支500元" in result
    assert "支出或者合同超过预算" in result


# --- whom to call


@pytest.mark.parametrize("paper", [Paper.POSTING, Paper.RESOLUTION, Paper.POSTER, Paper.RESULT])
def test_what_hangs_says_whom_to_call_or_prints_no_empty_place_for_it(printed, paper):
    def told_of(*phones):
        story = told()
        for numbers in phones:
            story.do(c.ChangePhones(*numbers, "镇人民政府通知", "镇人民政府"))
        of_result = paper is Paper.RESULT
        return printed(story.carried_out().publish_result() if of_result else story.carry(), paper)

    called = told_of(("0660-8600456", "12388"))
    assert "乡镇电话0660-8600456" in called
    assert "监督电话12388" in called
    assert not re.search("乡镇电话|监督电话", told_of())


# --- the index of the file


def archived(story=None):
    """A matter carried out and archived, with a photograph, an objection, a recusal and every opinion."""
    story = (story or told()).carry().photograph(Picture.FIRST_DAY).object().answer()
    story.over().assign().contract().start().accept().next_day().publish_result().over()
    return story.opine(*STAGES_OF_ALL).archive()


def test_the_index_lists_every_piece_in_its_order_with_its_entry(printed):
    story = archived()
    index = printed(story, Paper.FILE_INDEX)
    lines = story.lines()
    places = []
    for title in ("议题提议：修路", "会议通知：第1次村党支部委员会", "签到（应到3，实到3）：第1次村党支部委员会",
                  "计票单（通过）：第1次村党支部委员会", "决议书和决议公示：上社村民决〔2026〕1号",
                  "照片：公示首日张贴", "异议登记：第1号", "异议答复：第1号（不成立）", "合同：9,000元",
                  "验收：合格", "实施结果公示：上社村实施结果〔2026〕1号",
                  "村务监督意见：结果公开（同意）", "归档，卷内目录与备考表"):  # fmt: skip
        places.append(index.index(title))
    assert places == sorted(places)
    raised = next(read(line).seq for line in lines if '"kind":"MatterRaised"' in line)
    assert re.search(rf"议题提议：修路{raised}—", index)
    assert digest(lines[-1])[:32] in index


def test_the_index_holds_the_twelve_papers_against_the_catalogue(printed):
    index = printed(archived(), Paper.FILE_INDEX)
    assert [paper for paper in FILE_PAPERS if paper not in index] == []
    assert "保管期限：永久" in index
    nothing = told().defeat(Stage.PROPOSAL).end().opine(Stage.PROPOSAL).archive()
    index = printed(nothing, Paper.FILE_INDEX)
    assert "异议登记与答复单要没有收到异议" in index
    assert "实施结果公示要没有办到这一步" in index
    assert "终止：意见分歧较大。" in index


def test_the_index_lists_photographs_and_says_which_are_missing(printed):
    index = printed(archived(), Paper.FILE_INDEX)
    assert "在卷照片1张：件号" in index
    assert index.count("缺公示首日照片") == 1
    assert index.count("缺公示末日照片") == 2


def test_the_index_prints_the_digest_of_every_paper_that_was_set(printed, tmp_path):
    story = told().carry().over()
    owed = newest(story.lines(), Paper.RESOLUTION, Edition.ARCHIVE)
    tokens = count()
    press = Press(story.kiosk, tmp_path, FONTS, lambda: f"press-{next(tokens)}")
    press.set_paper(VILLAGE, owed)
    (issued,) = story.village().papers
    story.do(c.FileSignedSheet(MATTER, issued.paper, issued.from_seq, 3, PICTURE, by_hand=True))
    story.do(c.AssignWorks(MATTER, PersonId("owner"), "某主任", story.today(), 1))
    story.start().accept().next_day().publish_result().over()
    index = printed(story.opine(*STAGES_OF_ALL).archive(), Paper.FILE_INDEX)
    assert f"{owed.source_seq}{issued.sha256[:16]}" in index


def test_corrections_that_touch_the_file_are_listed_and_others_are_not(printed):
    story = told().carry()
    own, foreign = len(story.lines()), 1
    for name, seq in (("own", own), ("foreign", foreign)):
        command = c.ProposeCorrection(CorrectionId(name), seq, f"{name}记错了", "应为下午")
        story.do(command, OFFICERS[0])
    story.do(c.ConfirmCorrection(CorrectionId("own")), OFFICERS[1])
    story.over().assign().start().accept().next_day().publish_result().over()
    index = printed(story.opine(*STAGES_OF_ALL).archive(), Paper.FILE_INDEX)
    assert f"日志第{own}条：own记错了。更正为：应为下午。" in index
    assert "已由第二人复核；原条保留不改" in index
    assert "foreign记错了" not in index


@pytest.mark.parametrize(
    ("numbers", "words"),
    [((), ""), ((3,), "3"), ((2, 3, 4, 9), "2—4、9"), ((1, 3, 5), "1、3、5"), ((1, 2), "1—2")],
)
def test_runs_of_numbers_are_drawn_together(numbers, words):
    assert spans(numbers) == words


def test_every_piece_of_a_file_stands_on_one_of_the_papers():
    of_several = {e.PublicationOpened, e.PhotoAttached, e.VoiceAttached, e.SignedSheetFiled}
    assert {*get_args(Piece)} == {*SHEETS, *of_several}
    assert {*SHEETS.values()} <= {*FILE_PAPERS, OTHER}


def test_only_an_entry_that_is_the_source_of_a_paper_makes_one_fall_due():
    story = archived()
    found = [one.paper for one in owed(story.lines())]
    held = [
        *[Paper.NOTICE, Paper.NOTICE, Paper.READINESS, Paper.TALLY_SHEET],
        *[Paper.ATTENDANCE, Paper.ATTENDANCE, Paper.MINUTES, Paper.MINUTES],
    ] * 4
    assert found == [
        *[Paper.PROPOSAL_SHEET] * 2,
        *held,
        *[*[Paper.RESOLUTION] * 2, *[Paper.POSTING] * 2, Paper.POSTER],
        *[Paper.OBJECTION_SHEET] * 2,
        *[Paper.WORKS_SHEET] * 2,
        *[*[Paper.RESULT] * 2, Paper.POSTER],
        *[Paper.OPINION_SHEET] * 12,
        *[Paper.FILE_COVER, Paper.FILE_NOTES, Paper.FILE_INDEX],
    ]
