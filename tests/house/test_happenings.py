"""Every kind of entry in one plain sentence: complete, about people and things by their names, never how one voted."""

from dataclasses import fields, replace
from datetime import date, datetime
from string import Formatter

import pytest
from memory_store import MemoryJournal

from kiosk.core import events as e
from kiosk.core.ballot_terms import Channel, Choice, Method, Source
from kiosk.core.history import apply, replay
from kiosk.core.journal import KINDS, read
from kiosk.core.law.periods import Periods
from kiosk.core.law.rules import Threshold
from kiosk.core.law.statute import ROWS
from kiosk.core.law.tally import Count
from kiosk.core.terms import (
    CHINA,
    ClipAudience,
    ClipId,
    CorrectionId,
    Edition,
    EmergencyId,
    Forum,
    Moment,
    ObjectionId,
    Paper,
    Picture,
    Role,
    RowId,
    Stage,
    ViewingPurpose,
    VoteId,
)
from kiosk.core.values import Actor, Attachment, NamedHead, RaisedHand
from kiosk.demo.people import demonstration_people
from kiosk.demo.story import MATTER, TODAY, VILLAGE, Past, Story
from kiosk.wording import HAPPENINGS, happening, row_examples, row_in_words
from kiosk.wording.rows import period_changes, row_changes

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=CHINA)
LATER = datetime(2026, 11, 22, 9, 42, tzinfo=CHINA)
PEOPLE = demonstration_people()
NAMES = {person.id: person.name for person in PEOPLE}
CHEN, LIN = PEOPLE[2].id, PEOPLE[3].id
VOTE = VoteId("vote")
OBJECTION, EMERGENCY = ObjectionId("objection"), EmergencyId("emergency")
CORRECTION = CorrectionId("correction")
HELD = "第3次村民代表会议"
TITLE = "“公益性骨灰楼选址与建设方案”"

BEFORE = (
    e.VoteOpened(
        TODAY, (MATTER,), Stage.DECISION, VOTE, (CHEN, LIN), (), Method.SECRET, False, False
    ),
    e.ObjectionFiled(OBJECTION, MATTER, 1, "陈志强", "离水源太近", date(2026, 11, 25)),
    e.EmergencyDeclared(EMERGENCY, "河堤塌了。", "先抢险，再补议。"),
    e.CorrectionProposed(CORRECTION, 7, "点错了人。", "到会的是黄埗成。"),
)
TOLD = (
    (BEFORE[2], "登记应急先行处置：河堤塌了；先抢险，再补议"),
    (BEFORE[3], "提出更正：第7条记错了，点错了人；实际是：到会的是黄埗成"),
    (
        e.FilmViewed(TODAY, ViewingPurpose.OBJECTION, "陈志强问那天念过没有。"),
        f"{HELD}：查看录像，事由是答复异议、处理争议，陈志强问那天念过没有",
    ),
    (e.FilmViewed(TODAY, ViewingPurpose.SUPERVISION, ""), f"{HELD}：查看录像，事由是村务监督"),
    (
        e.FilmDeletionProposed(TODAY, "保存期满。"),
        f"{HELD}：提出删除录像，保存期满",
    ),
    (
        e.FilmDeleted(TODAY, "保存期满。"),
        f"{HELD}：复核删除录像，保存期满，校验值仍在日志里",
    ),
    (
        e.ClipRequested(ClipId("k"), TODAY, VOTE, whole_picture=False, sound=False),
        f"{HELD}：申请{TITLE}的公开片段（人脸打马赛克，没有声音）",
    ),
    (
        e.ClipReleased(ClipId("k"), TODAY, 9, "ab" * 32),
        f"{HELD}：审看后公开一个录像片段，校验值abababababababab…",
    ),
    (
        e.ClipRejected(ClipId("k"), TODAY, "认得出人。"),
        f"{HELD}：一个录像片段不予公开，认得出人",
    ),
    (
        e.ClipWithdrawn(ClipId("k"), TODAY, "本人要求。"),
        f"{HELD}：撤下一个公开的录像片段，本人要求",
    ),
    (e.CorrectionConfirmed(CORRECTION), "复核更正：第7条，实际是：到会的是黄埗成"),
    (e.EmergencyCountersigned(EMERGENCY), "应急处置双签：河堤塌了"),
    (e.EmergencyWitnessed(EMERGENCY, "属实"), "应急处置见证：河堤塌了；属实"),
    (e.EmergencyReported(TODAY, EMERGENCY), f"{HELD}：听取应急处置通报：河堤塌了"),
    (
        e.ReviewRecorded(MATTER, "村法律顾问", False, "缺依据。", None),
        f"{TITLE}：村法律顾问的合法性审查意见是不同意，缺依据",
    ),
    (e.MatterEnded(MATTER, "条件不具备。"), f"{TITLE}：终止，条件不具备"),
    (
        e.MatterSentToAssembly(MATTER, RowId.ASSEMBLY, "分歧较大"),
        f"{TITLE}：改由村民会议决议，分歧较大",
    ),
    (e.MeetingCalledOff(TODAY, "台风"), f"{HELD}：取消，台风"),
    (e.MeetingInquorate(TODAY, 45, 29), f"{HELD}：流会，应到45人，实到29人"),
    (e.CheckedOut(TODAY, CHEN), f"陈㛃离场（{HELD}）"),
    (
        e.ProxyGiven(TODAY, CHEN, LIN, "h001", Attachment("a.jpg", 9, "ab")),
        f"陈㛃书面委托同户的林观塱表决（{HELD}）",
    ),
    (e.MeetingPaused(TODAY, 29), f"{HELD}：到会人数不够，暂停，在场29人"),
    (e.MeetingResumed(TODAY, 30), f"{HELD}：到会人数够了，继续开会，在场30人"),
    (e.ItemTaken(TODAY, MATTER), f"{HELD}：开始议{TITLE}"),
    (e.AgendaReordered(TODAY, (MATTER,)), f"{HELD}：调整议程，依次是{TITLE}"),
    (e.FloorRequested(TODAY, CHEN), f"陈㛃申请发言（{HELD}）"),
    (e.FloorGiven(TODAY, CHEN, 180), f"陈㛃发言，给3分钟（{HELD}）"),
    (e.SpeechEnded(TODAY, CHEN), f"陈㛃发言结束（{HELD}）"),
    (
        e.ProposalAmended(TODAY, MATTER, LIN, ("一条",)),
        f"{HELD}：林观塱提出修改{TITLE}的方案",
    ),
    (e.ItemTakenOutOfConsent(TODAY, MATTER, LIN), f"{HELD}：林观塱要求单独表决{TITLE}"),
    (
        e.RecusalDeclared(TODAY, MATTER, LIN, "有利害关系"),
        f"{HELD}：林观塱在{TITLE}上回避，有利害关系",
    ),
    (
        BEFORE[0],
        f"{HELD}：{TITLE}开始表决（无记名），可以表决2人",
    ),
    (
        e.BallotChanged(TODAY, VOTE, CHEN, Choice.FOR, Choice.AGAINST, Channel.PHONE),
        f"陈㛃改了一次票（{HELD}，{TITLE}，手机）",
    ),
    (
        e.HandsNoted(TODAY, VOTE, LIN, (RaisedHand(CHEN, Choice.AGAINST),)),
        f"{HELD}：林观塱记下{TITLE}的举手表决1人，等人见证",
    ),
    (e.HandsConfirmed(TODAY, VOTE, CHEN), f"{HELD}：陈㛃见证确认{TITLE}的举手记名单"),
    (
        e.HandsCounted(TODAY, VOTE, LIN, (Count(Choice.FOR, 9),)),
        f"{HELD}：林观塱点完了{TITLE}的举手",
    ),
    (
        e.BallotPapersPrinted(TODAY, VOTE, "K7M2QX", 1, 50),
        f"{HELD}：{TITLE}印纸票，K7M2QX批第1号到第50号",
    ),
    (e.BallotPaperIssued(TODAY, VOTE, CHEN), f"{HELD}：陈㛃领了{TITLE}的一张纸票"),
    (e.BallotPaperExchanged(TODAY, VOTE, CHEN), f"{HELD}：陈㛃换了{TITLE}的一张纸票，旧票作废"),
    (e.BallotPapersReturned(TODAY, VOTE, 44), f"{HELD}：{TITLE}开箱，收回纸票44张"),
    (e.BallotPaperRead(TODAY, VOTE, 3, Choice.FOR), f"{HELD}：{TITLE}唱票第3张"),
    (e.ReadingTakenBack(TODAY, VOTE, 3), f"{HELD}：{TITLE}撤回第3张的唱票，重唱"),
    (e.ClosingWitnessed(TODAY, VOTE, LIN), f"{HELD}：监委会林观塱在场监督{TITLE}开箱"),
    (e.BoxOpened(TODAY, VOTE, (CHEN, LIN), ()), f"{HELD}：{TITLE}的密封票箱打开，2人投过票"),
    (
        e.CountChecked(TODAY, VOTE, Source.PAPERS, LIN, (Count(Choice.FOR, 9), Count(Choice.AGAINST, 1))),
        f"{HELD}：{TITLE}复点（纸质记录复点，林观塱），赞成9、反对1",
    ),
    (
        e.DifferenceExplained(TODAY, VOTE, LIN, "有人举了两次手。"),
        f"{HELD}：林观塱说明{TITLE}的票数为什么不一样，有人举了两次手",
    ),
    (e.DifferenceSettled(TODAY, VOTE, CHEN), f"{HELD}：陈㛃同意对{TITLE}票数差异的说明"),
    (e.VoteVoided(TODAY, VOTE, "点错了议题"), f"{HELD}：{TITLE}的表决作废，点错了议题"),
    (
        e.PhotoAttached(MATTER, Picture.FIRST_DAY, Attachment("a.jpg", 9, "ab")),
        f"{TITLE}：存照片“公示首日张贴”",
    ),
    (
        e.VoiceAttached(
            MATTER, Stage.RESOLUTION_PUBLIC, 2026, 1, 2, Attachment("a.m4a", 9, "ab"), 80_000
        ),
        f"{TITLE}：决议公开第1号念给大家听，第2次录音，长1分20秒",
    ),
    (
        e.ObjectionEscalated(OBJECTION, Forum.SUPERVISORS, "不服", date(2026, 11, 28)),
        f"异议（{TITLE}第1号）提交村务监督委员会：不服",
    ),
    (e.FilmRoomReported(TODAY, 20), f"{HELD}：开会前磁盘够录像20分钟"),
    (
        e.ShortFilmAccepted(TODAY, 20, 60),
        f"{HELD}：主持人同意录像不全，会议计划60分钟，磁盘只够录20分钟",
    ),
    (e.RecordingStarted(TODAY, "card", sound=False), f"{HELD}：开始录像（没有摄像头，只有测试画面，没有声音）"),
    (
        e.SegmentSealed(TODAY, "part-0001", 9, "ab", NOW, LATER, 725_000, 9, "ab"),
        f"{HELD}：一段录像封存，从2026年11月22日 09:30起，长12分5秒",
    ),
    (
        e.RecordingInterrupted(TODAY, NOW, LATER, "camera"),
        f"{HELD}：录像中断，从2026年11月22日 09:30到2026年11月22日 09:42，摄像头断开",
    ),
    (
        e.VideoMarked(TODAY, VOTE, Moment.OPENED, "part-0001", 9, 9, "ab"),
        f"{HELD}：在录像上标记{TITLE}的表决开始",
    ),
    (e.RecordingStopped(TODAY), f"{HELD}：录像结束"),
    (
        e.NotePinned(TODAY, 1, NOW, "没有念方案。"),
        f"{HELD}：监委会批注1号，记在2026年11月22日 09:30:00：没有念方案",
    ),
    (
        e.MinutesNoted(TODAY, LIN, 2, MATTER, "有人问路宽。", 1),
        f"{HELD}：林观塱记会议记录要点2，{TITLE}：有人问路宽（代替要点1）",
    ),
    (
        e.MinutesNoted(TODAY, LIN, 3, None, "没有人有异议。", 0),
        f"{HELD}：林观塱记会议记录要点3，会议其他情况：没有人有异议",
    ),
    (e.MinutesRead(TODAY, LIN, 9, "ab" * 32), f"{HELD}：林观塱宣读了会议记录，念到日志第9条"),
    (
        e.MinutesApproved(TODAY, CHEN, 9, "ab" * 32),
        f"{HELD}：主持人陈㛃宣布会议记录通过，到日志第9条",
    ),
    (
        e.SignedPaperCompared(TODAY, 9, "ab" * 32, agrees=True),
        f"{HELD}：开会前对照签了字的会议记录，上次散会的校验码一样（日志第9条）",
    ),
    (
        e.StickCompared(TODAY, 9, "ab" * 32, agrees=False),
        f"{HELD}：开会前核对监委会的U盘，不一样（U盘上第9条）",
    ),
    (
        e.RecordDifferenceAccepted(TODAY, LIN, "换过主机。"),
        f"{HELD}：监委会林观塱知道校验码不一致，同意照样开会，换过主机",
    ),
    (
        e.MeetingOpened(TODAY, (CHEN, LIN), 2, NamedHead(9, "ab" * 32)),
        f"{HELD}：宣布开会，应到2人，实到2人，上次散会的校验码是0169-5553-1111-1083（日志第9条）",
    ),
    (
        e.ClipAudienceChanged(ClipAudience.OFFICERS, "村民代表会议决议", "村民代表会议"),
        "定下表决录像给谁看：只有干部，依据：村民代表会议决议，批准：村民代表会议",
    ),
    (
        e.PhonesChanged("0660-8600456", "12388", "镇人民政府通知", "镇人民政府"),
        "定下公示上的电话：乡镇0660-8600456，监督12388，依据：镇人民政府通知，批准：镇人民政府",
    ),
    (
        e.SignedSheetFiled(MATTER, Paper.RESOLUTION, 9, 2, Attachment("a.jpg", 9, "ab"), by_hand=True),
        f"收回签了字的决议书（{TITLE}）第2页，码读不出来，由人认定",
    ),
    (
        e.PaperIssued(MATTER, Paper.RESOLUTION, Edition.PUBLIC, 9, 9, 9, "ab"),
        f"制成决议书公示版（{TITLE}）",
    ),
    (
        e.PaperIssued(TODAY, Paper.NOTICE, Edition.ARCHIVE, 9, 9, 9, "ab"),
        f"制成会议通知存档版（{HELD}）",
    ),
    (e.SigningKeyAdopted("AA==", "6e34" * 16), "启用签名密钥，证书指纹6e346e346e346e34…"),
)  # fmt: skip
"""What the demonstration village has not seen, and how it is said."""


@pytest.fixture(scope="module")
def past():
    """The whole past of the demonstration village, entry by entry."""
    store = MemoryJournal()
    Story(store, PEOPLE, NOW, "http://kiosk.example").tell(past=Past.WHOLE)
    return [read(line) for line in store.lines(VILLAGE)]


@pytest.fixture(scope="module")
def village(past):
    """That village, and in it one vote, one objection, one emergency and one correction more."""
    village = replay(past)
    for event in BEFORE:
        village = apply(village, event, NOW, Actor(Role.SECRETARY, CHEN))
    return village


def said(event, village):
    return happening(event, village, NAMES.__getitem__)


def test_there_is_a_sentence_for_every_kind_of_entry_and_no_other():
    assert set(HAPPENINGS) == set(KINDS.values())
    assert len(set(HAPPENINGS.values())) == len(KINDS)


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.__name__)
def test_a_sentence_says_what_the_entry_has(kind):
    gaps = {gap for _, gap, _, _ in Formatter().parse(HAPPENINGS[kind]) if gap is not None}
    assert gaps <= {field.name for field in fields(kind)}


def test_every_kind_is_tried_here_or_in_the_demonstration_village(past):
    tried = {type(entry.event) for entry in past} | {type(event) for event, _ in TOLD}
    assert tried == set(KINDS.values())


@pytest.mark.parametrize(
    ("event", "sentence"), TOLD, ids=[f"{type(event).__name__}" for event, _ in TOLD]
)
def test_the_rarer_entries_are_plain_sentences(village, event, sentence):
    assert said(event, village) == sentence


def test_everything_in_the_past_of_the_village_has_words_for_people(past, village):
    for entry in past:
        words = said(entry.event, village)
        assert not words.endswith("。")
        assert not set(words) & set("{}_<>"), words


def test_that_somebody_voted_is_said_and_how_is_not(village):
    ballots = {
        said(e.BallotCast(TODAY, VOTE, CHEN, (choice,), Channel.KIOSK_SCREEN), village)
        for choice in Choice
    }
    assert ballots == {f"陈㛃投了一张票（{HELD}，{TITLE}，表决屏）"}


@pytest.mark.parametrize(
    "answered",
    [
        lambda choice: e.BallotChanged(TODAY, VOTE, CHEN, choice, choice, Channel.PHONE),
        lambda choice: e.HandsNoted(TODAY, VOTE, LIN, (RaisedHand(CHEN, choice),)),
        lambda choice: e.BallotPaperRead(TODAY, VOTE, 1, choice),
    ],
    ids=["changed", "noted", "read"],
)
def test_no_answer_is_said_beside_anybody_or_one_by_one(village, answered):
    assert len({said(answered(choice), village) for choice in Choice}) == 1


def test_a_contract_inside_the_publication_says_so(village):
    inside = e.ContractRecorded(MATTER, "某工程队", 100_00, date(2026, 11, 23), True)
    assert said(inside, village).endswith("日期2026年11月23日（在公示期内）")
    assert said(e.WorksStarted(MATTER, False), village) == f"{TITLE}：开工"


def test_a_row_of_the_village_is_told_with_who_approved_it(village):
    changed = e.RowChanged(ROWS[RowId.ASSEMBLY], "第3号决议", "村民会议")
    assert said(changed, village) == "定下议事规则：村民会议决议，依据：第3号决议，批准：村民会议"


# --- rows and periods in words


@pytest.mark.parametrize("row", ROWS.values(), ids=lambda row: row.id.value)
def test_a_row_is_told_part_by_part_and_does_not_differ_from_itself(row):
    parts = row_in_words(row)
    assert len({part.label for part in parts}) == len(parts)
    assert row_changes(row, row) == ()


@pytest.mark.parametrize("row", ROWS.values(), ids=lambda row: row.id.value)
@pytest.mark.parametrize("entitled", [1, 2, 3, 45])
def test_a_row_is_worked_out_for_a_body_of_any_size(row, entitled):
    assert f"应到{entitled}" in row_examples(row, entitled)[0]


def test_what_a_change_changes_is_told_and_nothing_else():
    row = ROWS[RowId.REPRESENTATIVES]
    raised = replace(row, quorum=Threshold(3, 4, inclusive=True), notice_days=5)
    assert row_changes(row, raised) == (
        "到会：应到人数的三分之二以上 → 应到人数的四分之三以上",
        "提前通知：3天 → 5天",
    )
    assert period_changes(Periods(), Periods(public_days=20)) == ("公示天数：15天 → 20天",)
