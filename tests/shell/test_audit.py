"""The verifier judges whole lives of matters by its own statement of the rules.

What is lawful passes; a record that was forged and chained anew is found by the entry that breaks the rule.
"""

import hashlib
from dataclasses import fields, replace
from functools import cache

import pytest
from ballot_lives import BALLOT_LIVES
from contest_lives import CONTEST_LIVES
from forging import (
    all_at_once_after,
    as_role,
    at,
    canonical,
    deep,
    drop,
    drop_all,
    entries_of,
    event_of,
    fault,
    forged,
    insert_after,
    put,
    repeat,
    swap,
    then,
)
from hypothesis import given
from hypothesis import strategies as st
from lives import (
    LIVES,
    appraisal,
    emergency,
    group_meeting,
    household_meeting,
    lively_sitting,
    long_way,
    one_sitting,
    too_few,
    upheld_objection,
    whole_life,
)
from simulator import CATALOGUE, founding

from kiosk.core import commands as c
from kiosk.core.authority import PERMITTED
from kiosk.core.codec import plain
from kiosk.core.governing import found
from kiosk.core.journal import KINDS
from kiosk.core.law.catalogue import Bar
from kiosk.core.law.cataloguing import catalogue_digest, require_lawful_catalogue
from kiosk.core.law.floors import FLOORS, require_lawful_row
from kiosk.core.law.limits import LIMITS as CORE_LIMITS
from kiosk.core.law.periods import Periods, require_lawful_periods
from kiosk.core.law.rules import Threshold
from kiosk.core.law.statute import ROWS as STATUTE
from kiosk.core.refusals import Refused
from kiosk.core.terms import DELIBERATIONS, Base, Capacity, RowId
from kiosk.evidence.audit import LIMITS, ROWS, STEPS, Record


@cache
def lines(life):
    return life().lines()


# --- what is lawful passes


@pytest.mark.parametrize(
    "life", [*LIVES, *BALLOT_LIVES, *CONTEST_LIVES], ids=lambda life: life.__name__
)
def test_a_lawful_life_passes(life):
    assert fault(entries_of(lines(life))) == ""


def test_every_vote_is_laid_out_with_its_arithmetic():
    record = Record()
    record.tell(entries_of(lines(whole_life)))
    assert record.results[-1].endswith(
        "应到 5 到会 5 赞成 3 反对 1 弃权 0 未表决 1（其中回避 1），3×2 > 到会 5×1，通过"
    )
    record = Record()
    record.tell(entries_of(lines(appraisal)))
    assert record.results[-1].endswith("3×2 > 到会 5×1，不称职")


# --- what is forged is found: the rules of the village

WOMEN = {"numerator": 1, "denominator": 4, "inclusive": True}


def changed_row(row_id, **changes):
    """A rule row that the village is said to have changed after its founding."""
    row = {**plain(STATUTE[RowId(row_id)]), **changes}
    event = {"kind": "RowChanged", "row": row, "basis": "村民会议决定", "approver": "村民会议"}
    return insert_after("CatalogueAdopted", event, role="admin")


def share(numerator, denominator, *, inclusive):
    return {"numerator": numerator, "denominator": denominator, "inclusive": inclusive}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (changed_row("representatives", quorum=share(1, 2, inclusive=True)), "到会人数"),
        (changed_row("representatives", majority=share(1, 2, inclusive=True)), "通过票数"),
        (changed_row("representatives", women=None), "妇女比例"),
        (changed_row("representatives", women=WOMEN), "妇女比例"),
        (changed_row("representatives", voters=["representative", "supervisor"]), "表决权人"),
        (changed_row("party_meeting", majority_base="present"), "计算基数"),
        (changed_row("members", majority=share(1, 2, inclusive=False)), "通过票数"),
        (changed_row("assembly", notice_days=9), "通知天数"),
        (changed_row("members", urgent_notice=True), "临时通知"),
        (changed_row("assembly", by_household=True), "按人还是按户"),
        (changed_row("assembly", decisive="abstain"), "换了选项"),
        (changed_row("two_committees", returns_to="review"), "退回的环节"),
        (changed_row("assembly", quorum_basis=" "), "没有写明依据"),
        (changed_row("assembly", quorum=share(2, 3, inclusive=1)), "比例写错"),
        (changed_row("assembly", quorum=share(4, 6, inclusive=True)), "比例写错"),
        (drop("RowChanged"), "建村时应写明每一行议事规则"),
        (drop("PeriodsChanged"), "建村时应写明各项期限"),
        (put("PeriodsChanged", periods={**plain(Periods()), "public_days": 7}), "公示期 7 天，不足 15"),
        (put("PeriodsChanged", periods={**plain(Periods()), "objection_days": 90}), "期限超出"),
        (deep("CatalogueAdopted", lambda e: e["catalogue"].update(version="2")), "校验值与内容不符"),
    ],
)  # fmt: skip
def test_a_rule_below_the_law_is_found(change, why):
    assert why in fault(forged(lines(too_few), change))


def test_a_row_that_is_stricter_than_the_law_passes():
    strict = changed_row("assembly", quorum=share(2, 3, inclusive=True), notice_days=15)
    assert fault(forged(lines(too_few), strict)) == ""


# --- the way of a matter

OPINION = {"kind": "OpinionFiled", "matter": "road", "favourable": True, "text": "合规"}
RESULT = {"stage": "result_public"}


def without_stage(body):
    """Everything of the meetings of one body is left out, as if the stage had never been."""

    def change(entries):
        gone = {
            entry["event"]["meeting"]
            for entry in entries
            if entry["event"]["kind"] == "MeetingConvened" and entry["event"]["body"] == body
        }
        return drop_all(lambda event: event.get("meeting") in gone)(entries)

    return change


def kind_barred(event):
    event["kind_id"] = "charter"


@pytest.mark.parametrize(
    ("life", "change", "why"),
    [
        (whole_life, put("MatterRaised", number=2), "事项序号不连续"),
        (whole_life, put("MatterRaised", kind_id="guarantee"), "法律禁止这类事项"),
        (whole_life, put("MatterRaised", row="group"), "不能按这一规则决定"),
        (whole_life, put("MatterRaised", kind_id="distribution"), "不能按这一规则决定"),
        (whole_life, put("MatterRaised", mandate=""), "没有村民会议的授权"),
        (whole_life, put("MatterRaised", amount_fen=-1), "金额"),
        (whole_life, put("MatterRaised", needs=["need-2"]), "没有这个需求，或已经答复"),
        (whole_life, put("NeedFiled", supporters=29), "联名人数不够"),
        (whole_life, put("NeedFiled", due="2026-12-30"), "答复期限应为"),
        (whole_life, repeat("NeedAnswered"), "已经答复"),
        (whole_life, without_stage("two_committees"), "阶段次序不对"),
        (whole_life, without_stage("party_meeting"), "阶段次序不对"),
        (long_way, put("ReviewRecorded", favourable=False), "没有通过合法性审查"),
        (long_way, drop("ReviewRecorded"), "没有通过合法性审查"),
        (long_way, put("MatterReturned", to="review"), "退回的环节不对"),
        (long_way, put("MatterSentToAssembly", row="assembly"), "不能提交到这样的村民会议"),
        (long_way, drop("MatterReturned"), "事项未通过"),
        (long_way, drop("MatterSentToAssembly"), "阶段次序不对：事项未通过"),
        (upheld_objection, put("ObjectionAnswered", upheld=False), "没有退回的理由"),
        (upheld_objection, drop("ObjectionFiled"), "内容不完整"),
        (upheld_objection, drop("OpinionFiled", 0), "缺少监督意见就归档"),
        (whole_life, drop("OpinionFiled", 0), "缺少监督意见就归档"),
        (whole_life, drop_all(lambda e: e["kind"] == "OpinionFiled"), "缺少监督意见就归档"),
        (whole_life, as_role("OpinionFiled", "chair"), "岗位 chair 无权这样办"),
        (whole_life, repeat("OpinionFiled"), "已有监督意见"),
        (whole_life, insert_after("MatterRaised", {**OPINION, "stage": "proposal"}, role="supervisor"),
         "还没有办到这个环节"),
        (whole_life, insert_after("MatterArchived", {**OPINION, "stage": "proposal"}, role="supervisor"),
         "事项已归档"),
    ],
)  # fmt: skip
def test_a_forged_way_of_a_matter_is_found(life, change, why):
    assert why in fault(forged(lines(life), change))


def skip_a_stage_after_the_return(entries):
    """The matter that was returned comes straight back before the Party members."""
    back = next(n for n, e in enumerate(entries) if e["event"]["kind"] == "MatterReturned")
    called = [
        (n, e["event"])
        for n, e in enumerate(entries)
        if n > back and e["event"]["kind"] == "MeetingConvened"
    ]
    (_, consulted), *_ = called
    assert consulted["body"] == "two_committees"
    gone = consulted["meeting"]
    kept = [entry for entry in entries if entry["event"].get("meeting") != gone]
    return drop("ReviewRecorded")(kept)


def test_a_returned_matter_that_skips_a_stage_is_found():
    entries = forged(lines(long_way), skip_a_stage_after_the_return)
    assert "阶段次序不对" in fault(entries)


# --- meetings and votes


def supervisors_ballot(entries):
    """The observer has a seat with a vote, is on the roll, in the electorate, and votes."""
    event_of(entries, "MeetingConvened")["seats"][-1]["votes"] = True


def recused_ballot(entries):
    last = [entry for entry in entries if entry["event"]["kind"] == "BallotCast"][-1]
    last["event"]["person"] = last["actor"]["person"] = "v05"


def observers_ballot(entries):
    last = [entry for entry in entries if entry["event"]["kind"] == "BallotCast"][-1]
    last["event"]["person"] = last["actor"]["person"] = "o01"


def late_ballot(entries):
    """Somebody who came after the vote had opened votes in it."""
    ballot = [e for e in entries if e["event"]["kind"] == "BallotCast"][-1]
    event = {**ballot["event"], "person": "v06", "vote": "m4-vote-2"}
    place = "MeetingResumed"
    return insert_after(place, event, role="voter", person="v06")(entries)


def one_household_twice(entries):
    seats = event_of(entries, "MeetingConvened")["seats"]
    seats[1]["household"] = seats[0]["household"]


def without_pause(entries):
    return drop("MeetingPaused")(drop("MeetingResumed")(entries))


@pytest.mark.parametrize(
    ("life", "change", "why"),
    [
        (whole_life, supervisors_ballot, "表决权与身份不符"),
        (whole_life, observers_ballot, "投票的人不是表决人"),
        (whole_life, recused_ballot, "回避的人投了票"),
        (whole_life, repeat("BallotCast"), "一个人投了两张票"),
        (whole_life, put("BallotCast", person="v02"), "不是本人投的票"),
        (whole_life, put("BallotCast", answer=["satisfied"]), "不认识的表决意见"),
        (whole_life, drop("RecusalDeclared"), "回避名单与声明不符"),
        (whole_life, put("VoteClosed", base=4), "计算基数应为到会 5 人"),
        (whole_life, put("VoteClosed", carried=False), "结果应为通过"),
        (long_way, put("VoteClosed", carried=False), "结果应为通过"),
        (appraisal, put("VoteClosed", carried=False), "结果应为不称职"),
        (household_meeting, one_household_twice, "一户有了两张票"),
        (household_meeting, deep("MeetingConvened", lambda e: e["exclusions"][0].update(basis="")),
         "不计入应到没有写明理由和依据"),
        (household_meeting, drop("PeriodsChanged"), "本村没有不计入应到的规定"),
        (household_meeting, put("MeetingConvened", urgent_ground=""), "只提前"),
        (whole_life, put("MeetingConvened", urgent_ground="急"), "不能临时通知"),
        (whole_life, put("MeetingConvened", starts_at="2026-11-09T01:30:00.000Z"), "天通知，应为 3 天"),
        (whole_life, put("MeetingConvened", starts_at="2026-11-12T01:30:00.000Z"), "签到早于开会那天"),
        (whole_life, put("MeetingConvened", ordinal=2), "会议次数不连续"),
        (whole_life, put("MeetingConvened", body="assembly"), "表决权与身份不符"),
        (whole_life, deep("MeetingConvened", lambda e: e["seats"].append(e["seats"][0])), "同一人列了两次"),
        (whole_life, put("MeetingOpened", present=4), "到会人数与签到不符"),
        (whole_life, deep("MeetingOpened", lambda e: e["roll"].pop()), "应到名单"),
        (whole_life, deep("VoteOpened", lambda e: e["electorate"].pop()), "表决人名单"),
        (whole_life, drop("MeetingOpened"), "会议已召集，不能这样办"),
        (too_few, put("MeetingInquorate", present=4), "应到、到会人数与签到不符"),
        (too_few, repeat("MeetingInquorate"), "会议流会"),
        (lively_sitting, drop("MeetingPaused"), "会议应当即暂停"),
        (lively_sitting, without_pause, "会议应当即暂停"),
        (lively_sitting, drop("MeetingResumed"), "会议应当即恢复"),
        (lively_sitting, put("MeetingPaused", present=4), "会议应当即暂停"),
        (lively_sitting, drop("CheckedOut"), "不应暂停"),
        (lively_sitting, late_ballot, "投票的人不是表决人"),
        (lively_sitting, drop("VoteVoided"), "已经表决"),
        (lively_sitting, put("VoteVoided", ground=" "), "应当写明"),
        (lively_sitting, as_role("VoteVoided", "secretary"), "岗位 secretary 无权"),
        (lively_sitting, put("VoteOpened", matters=["well", "road"]), "已经表决"),
        (lively_sitting, put("FloorGiven", seconds=9), "发言时间不对"),
        (lively_sitting, put("SpeechEnded", person="v02"), "没有这个人的发言"),
        (lively_sitting, put("AgendaReordered", matters=["road", "well"]), "与原来的议题不同"),
        (lively_sitting, swap("MeetingOpened", "ItemTaken"), "会议已召集，不能这样办"),
        (lively_sitting, repeat("ProposalAmended", proposal=["修二公里"]), "改了两次"),
        (one_sitting, put("MeetingConvened", leader="w01"), "一肩挑"),
        (one_sitting, put("MeetingConvened", place="别处"), "时间、地点应相同"),
        (one_sitting, put("MeetingConvened", follows=None), "却写了主持人"),
        (one_sitting, put("MeetingConvened", follows=None, leader=None), "阶段次序不对"),
    ],
)  # fmt: skip
def test_a_forged_meeting_is_found(life, change, why):
    assert why in fault(forged(lines(life), change))


def consent_block_with_a_recusal(entries):
    aside = {
        "kind": "RecusalDeclared",
        "meeting": "m4",
        "matter": "well",
        "person": "v01",
        "ground": "承包",
    }
    entries = insert_after("MeetingResumed", aside)(entries)
    event_of(entries, "VoteOpened")["recused"] = ["v01"]
    return entries


def test_a_block_in_which_somebody_stands_aside_is_found():
    entries = forged(lines(lively_sitting), consent_block_with_a_recusal)
    assert "这些议题不能合并表决" in fault(entries)


def test_an_outcome_on_the_wrong_base_is_found_however_it_is_dressed_up():
    """Party members vote on the base of all entitled; counted of those present the motion would carry."""

    def only_two_come_and_one_is_in_favour(entries):
        closed = event_of(entries, "VoteClosed", 2)
        closed["base"], closed["carried"] = 2, True

    assert "计算基数应为应到 3 人" in fault(
        forged(lines(whole_life), only_two_come_and_one_is_in_favour)
    )


# --- in public, in hand, in the archive


def seven_days(entries):
    event_of(entries, "PublicationOpened", stage="resolution_public")["last_day"] = "2026-11-16"


def on_the_day_of_acceptance(entries):
    """The result is said to have gone up on the day the works were accepted."""
    accepted = next(e for e in reversed(entries) if e["event"]["kind"] == "WorksInspected")
    published = next(
        e
        for e in entries
        if e["event"]["kind"] == "PublicationOpened" and e["event"]["stage"] == "result_public"
    )
    day = accepted["at"][:10]
    published["at"], published["event"]["first_day"] = accepted["at"], day


def contract_not_flagged(entries):
    event_of(entries, "ContractRecorded", 0)["inside_publication"] = False


def start_not_flagged(entries):
    event_of(entries, "WorksStarted")["inside_publication"] = False


@pytest.mark.parametrize(
    ("life", "change", "why"),
    [
        (whole_life, seven_days, "天，不足 15 天"),
        (whole_life, put("PublicationOpened", 0, first_day="2026-11-12"), "公布首日应为当天"),
        (whole_life, put("PublicationOpened", 0, number=2), "公示编号不连续"),
        (whole_life, put("PublicationOpened", 0, last_day="20261124"), "日期写法不对"),
        (whole_life, put("PublicationOpened", 0, last_day="2026-12-25"), "本村规定 15 天"),
        (whole_life, drop("PublicationOpened", 0), "应当即公开"),
        (whole_life, put("PublicationOpened", 0, vote="other"), "应当即公开"),
        (whole_life, on_the_day_of_acceptance, "应从验收的次日起公布"),
        (whole_life, drop("WorksInspected"), "应从验收的次日起公布"),
        (whole_life, as_role("WorksInspected", "chair"), "岗位 chair 无权这样办"),
        (whole_life, put("WorksInspected", accepted=False), "应从验收的次日起公布"),
        (whole_life, drop("AcceptanceRequested"), "没有申请验收就验收"),
        (whole_life, put("PublicationOpened", summary=" "), "没有写明实施结果"),
        (whole_life, contract_not_flagged, "标错了"),
        (whole_life, start_not_flagged, "标错了"),
        (whole_life, put("ContractRecorded", dated="2027-11-02"), "合同日期还没有到"),
        (whole_life, drop("WorksStarted"), "还没有开工"),
        (whole_life, drop("WorksAssigned"), "还没有落实责任"),
        (whole_life, put("ObjectionAnswered", 0, answer=""), "应当写明"),
        (whole_life, drop("ObjectionAnswered"), "异议没有答复就归档"),
        (whole_life, put("ObjectionEscalated", forum="township"), "没有逐级提出"),
        (whole_life, drop("ObjectionAnswered", 0), "还没有到答复期限"),
        (whole_life, put("ObjectionFiled", due="2027-01-01"), "答复期限应为"),
        (whole_life, put("PhotoAttached", picture="last_day"), "照片不是那一天"),
        (whole_life, put("VoiceAttached", number=9), "没有公布过这一号"),
        (whole_life, put("VoiceAttached", issue=2), "录音的次数不连续"),
        (whole_life, put("VoiceAttached", duration_ms=600_001), "录音的长短不合规定"),
        (whole_life, put("PaperIssued", source_seq=3), "文书所据的第 3 条不是"),
        (whole_life, put("PaperIssued", from_seq=999), "文书所据的第 999 条没有更正它"),
        (whole_life, put("PaperIssued", 2, paper="resolution"), "不是它应当依据的那一条"),
        (whole_life, put("PaperIssued", from_seq=30), "文书所据的第 30 条没有更正它"),
        (whole_life, put("PaperIssued", edition="secret"), "文书没有这个版本 secret"),
        (whole_life, put("PaperIssued", 3, edition="public"), "文书没有这个版本 public"),
        (whole_life, put("CorrectionProposed", seq=85), "没有更正它"),
        (whole_life, repeat("PaperIssued"), "同一文书制成两次"),
        (whole_life, as_role("PaperIssued", "chair"), "岗位 chair 无权这样办"),
        (whole_life, put("CorrectionProposed", seq=500), "所更正的那一条不存在"),
        (whole_life, as_role("CorrectionConfirmed", "secretary", "secretary"), "同一个人"),
        (whole_life, repeat("CorrectionConfirmed"), "已经复核"),
        (emergency, as_role("EmergencyCountersigned", "secretary", "chair"), "同一个人"),
        (emergency, as_role("EmergencyWitnessed", "chair"), "岗位 chair 无权这样办"),
        (emergency, drop("EmergencyWitnessed"), "没有双签和见证"),
        (emergency, drop("EmergencyReported"), "应急处置没有通报就散会"),
        (emergency, put("EmergencyDeclared", ground=""), "应当写明"),
    ],
)  # fmt: skip
def test_what_was_forged_after_the_decision_is_found(life, change, why):
    assert why in fault(forged(lines(life), change))


def test_an_archive_while_the_publication_hangs_is_found():
    def at_once(entries):
        archived = next(n for n, e in enumerate(entries) if e["event"]["kind"] == "MatterArchived")
        shown = max(n for n, e in enumerate(entries) if e["event"]["kind"] == "PublicationOpened")
        del entries[archived + 1 :]
        for entry in entries[shown + 1 :]:
            entry["at"] = entries[shown]["at"]

    assert "事项结果公示中" in fault(forged(lines(whole_life), at_once))


def test_an_objection_after_the_period_is_found():
    later = {"ObjectionAnswered", "ObjectionEscalated", "MatterArchived", "PaperIssued"}
    kept = forged(lines(whole_life), drop_all(lambda event: event["kind"] in later))
    assert fault(kept) == ""
    filed = next(entry for entry in kept if entry["event"]["kind"] == "ObjectionFiled")
    late = [*(entry for entry in kept if entry is not filed), {**filed, "at": kept[-1]["at"]}]
    assert "不在公示期内" in fault(late)


# --- and the rest of the rules, each broken once


def catalogue_with(edit, place=0):
    """A catalogue that was changed, with the digest to match."""

    def change(entries):
        adopted = event_of(entries, "CatalogueAdopted")
        edit(adopted["catalogue"]["kinds"][place], adopted["catalogue"])
        adopted["digest"] = hashlib.sha256(canonical(adopted["catalogue"])).hexdigest()

    return change


def raised_again(entries):
    again = {**event_of(entries, "MatterRaised"), "matter": "again", "number": 2, "needs": []}
    return insert_after("MatterEnded", again)(entries)


def in_the_evening(called):
    called["starts_at"] = f"{called['starts_at'][:10]}T12:00:00.000Z"


def before_the_assembly(entries):
    called = event_of(entries, "MeetingConvened")
    called.update(body="assembly", starts_at="2026-12-24T01:30:00.000Z")
    for seat in called["seats"]:
        seat["capacity"] = "villager" if seat["votes"] else seat["capacity"]


UNBOUND = {"id": "x", "basis": "本村决定"}
REVIEW = {"kind": "ReviewRecorded", "matter": "road", "reviewer": "顾问", "favourable": True, "opinion": "可以",
          "attachment": None}  # fmt: skip
REST = {**plain(Periods()), "pause_days": 30}
TAKEN = {"kind": "ItemTaken", "meeting": "m4", "matter": "well"}
ENDED = {"kind": "MatterEnded", "matter": "road", "ground": "不办了"}
FILM = {"kind": "RecordingStarted", "meeting": "m4", "source": "camera", "sound": True}
MARK = {
    "kind": "VideoMarked",
    "meeting": "m4",
    "vote": "no",
    "moment": "opened",
    "part": "1",
    "offset_ms": 1,
    "fragments": 1,
    "chain": "ab" * 32,
}
ANSWER = {"kind": "ObjectionAnswered", "objection": "objection-1", "upheld": True, "answer": "对"}
ARRIVAL = {"kind": "CheckedIn", "meeting": "m4", "person": "v04"}
REPORT = {"kind": "EmergencyReported", "emergency": "flood", "meeting": "m1"}


@pytest.mark.parametrize(
    ("life", "change", "why"),
    [
        (too_few, changed_row("assembly", body="group"), "换了会议"),
        (too_few, changed_row("assembly", majority_base="all"), "计算基数写错"),
        (too_few, changed_row("assembly", notice_days=61), "通知天数写错"),
        (too_few, then(changed_row("assembly"), put("RowChanged", approver=" ")), "谁批准"),
        (too_few, put("RowChanged", 1, row=plain(STATUTE[RowId.PARTY_COMMITTEE])), "每一行"),
        (household_meeting, put("PeriodsChanged", approver=""), "谁批准"),
        (too_few, catalogue_with(lambda _, whole: whole.update(name="")), "没有名称"),
        (too_few, catalogue_with(lambda kind, whole: whole["kinds"].append(kind)), "重复的类别"),
        (too_few, catalogue_with(lambda kind, _: kind.update(rows=["appraisal"])), "由无权的会议决定"),
        (too_few, catalogue_with(lambda kind, _: kind.update(UNBOUND, rows=["two_committees"])), "决议规则不对"),
        (too_few, catalogue_with(lambda kind, _: kind.update(UNBOUND, rows=["appraisal"])), "不是民主评议"),
        (too_few, catalogue_with(lambda kind, _: kind.update(review=True), -2), "合法性审查没有位置"),
        (whole_life, repeat("CorrectionProposed"), "更正重复"),
        (whole_life, repeat("NeedFiled"), "需求重复"),
        (whole_life, put("NeedFiled", number=9), "需求编号不连续"),
        (emergency, repeat("EmergencyDeclared"), "应急处置重复"),
        (emergency, repeat("EmergencyCountersigned"), "已经签过"),
        (emergency, repeat("EmergencyReported"), "已经通报"),
        (emergency, insert_after("MeetingOpened", REPORT, 0), "应向村民代表会议"),
        (group_meeting, put("MatterRaised", group=0), "没有写明村民小组"),
        (group_meeting, deep("MeetingConvened", lambda e: e["seats"][0].update(group=2)), "不是本村民小组的"),
        (group_meeting, put("MeetingConvened", group=2), "村民小组不对"),
        (appraisal, put("MatterRaised", appraised=None), "没有写明评议谁"),
        (upheld_objection, then(put("PeriodsChanged", periods=REST), raised_again), "没有到再议的日子"),
        (long_way, put("ProposalRevised", proposal=["修一公里"]), "方案没有改动"),
        (long_way, put("ProposalRevised", proposal=["", "x"]), "空着的内容"),
        (long_way, insert_after("MatterRaised", REVIEW), "没有到合法性审查的环节"),
        (upheld_objection, all_at_once_after("MatterEnded"), "公示没有期满就归档"),
        (whole_life, before_the_assembly, "无权决定这个事项"),
        (whole_life, put("MeetingConvened", agenda=[]), "没有议题"),
        (whole_life, put("MeetingConvened", seats=[]), "没有人有表决权"),
        (whole_life, deep("MeetingConvened", lambda e: next(
            s for s in e["seats"] if not s["votes"]).update(capacity="township_officer", post=" ")), "没有写职务"),
        (whole_life, put("MeetingConvened", starts_at="2026-11-01T01:00:00.000Z"), "开会时间早于通知"),
        (household_meeting, deep("MeetingConvened", lambda e: e["exclusions"].append(e["exclusions"][0])), "列了两次"),
        (one_sitting, put("MeetingConvened", body="party_committee", ordinal=2), "表决权与身份不符"),
        (one_sitting, deep("MatterRaised", lambda e: e.update(kind_id="group_matter", row="group", group=1)),
         "不能合并召开"),
        (lively_sitting, put("NoticeServed", people=["stranger"]), "通知的人不在名单上"),
        (too_few, deep("MeetingConvened", in_the_evening, -2), "没有到开会时间就流会"),
        (too_few, insert_after("CheckedIn", ARRIVAL, -7, role="teller"), "不是流会"),
        (whole_life, repeat("CheckedIn"), "已经签到"),
        (whole_life, drop("MeetingAdjourned", 0), "另一个会议还没有散会"),
        (whole_life, then(drop("CheckedIn", -2), drop("CheckedIn", -2), put("MeetingOpened", present=3)),
         "应到 5 人，到会 3 人，不足法定人数"),
        (long_way, insert_after("VoteClosed", {"kind": "MatterArchived", "matter": "road"}, -2),
         "决议没有公开就归档"),
        (whole_life, drop("VoteClosed", 0), "表决没有结束就散会"),
        (whole_life, repeat("VoteClosed"), "已经结束"),
        (lively_sitting, put("FloorGiven", person="v06"), "发言的人不在场"),
        (lively_sitting, repeat("FloorGiven"), "有人正在发言"),
        (lively_sitting, insert_after("VoteOpened", TAKEN, -2), "不能换议题"),
        (lively_sitting, put("ProposalAmended", mover="o01"), "提出修改的人没有表决权"),
        (lively_sitting, put("ItemTakenOutOfConsent", person="o01"), "提出的人没有表决权"),
        (lively_sitting, repeat("ItemTakenOutOfConsent"), "本来就单独表决"),
        (lively_sitting, repeat("VoteOpened", vote="other", matters=["canal"]), "上一次表决没有结束"),
        (lively_sitting, put("VoteOpened", vote="m1-vote-1"), "表决重复"),
        (lively_sitting, put("VoteOpened", stage="review"), "阶段次序不对"),
        (whole_life, insert_after("VoteOpened", ENDED), "事项正在表决"),
        (whole_life, put("OpinionFiled", matter="other"), "没有这个事项"),
        (whole_life, as_role("BallotCast", "voter", None), "没有写明是谁签的"),
        (whole_life, put("ObjectionFiled", number=2), "异议编号不连续"),
        (whole_life, repeat("ObjectionAnswered"), "已经答复"),
        (whole_life, insert_after("MatterArchived", ANSWER), "事项已归档"),
        (whole_life, repeat("WorksAssigned"), "已经落实责任"),
        (whole_life, put("WorksAssigned", deadline="2026-11-01"), "完成期限早于当天"),
        (whole_life, repeat("WorksStarted"), "开工记了两次"),
        (whole_life, repeat("AcceptanceRequested"), "申请验收记了两次"),
        (whole_life, repeat("PublicationOpened", number=2), "不能公布实施结果"),
        (whole_life, put("PublicationOpened", vote="m1-vote-1"), "不是这次决议的结果"),
        (whole_life, then(insert_after("MeetingOpened", FILM, role="kiosk"),
                          insert_after("VoteClosed", MARK, role="kiosk")), "录像标记的表决不存在"),
    ],
)  # fmt: skip
def test_each_rule_is_held(life, change, why):
    assert why in fault(forged(lines(life), change))


# --- every entry


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_fields_and_its_roles_as_the_kiosk_has_them(kind):
    asked = [name.rstrip("!$") for name in STEPS[kind].fields]
    assert sorted(asked) == sorted(f.name for f in fields(KINDS[kind]))


ODD = (
    st.none()
    | st.booleans()
    | st.integers(-5, 400)
    | st.text(max_size=5)
    | st.just([])
    | st.just({})
)


@given(data=st.data(), life=st.sampled_from((*LIVES, *BALLOT_LIVES, *CONTEST_LIVES)))
def test_no_odd_value_makes_the_verifier_fail(data, life):
    """It finds a fault or none, and never breaks down over what it reads."""
    entries = entries_of(lines(life))
    event = data.draw(st.sampled_from(entries))["event"]
    event[data.draw(st.sampled_from(sorted(event.keys() - {"kind"})))] = data.draw(ODD)
    assert isinstance(fault(entries), str)


def test_no_kind_is_missing_or_invented():
    assert STEPS.keys() == KINDS.keys()


def test_days_do_not_run_backward():
    entries = forged(lines(too_few), at("MeetingAdjourned", "2026-11-01T01:00:00.000Z"))
    assert "日期倒流" in fault(entries)


def test_a_field_too_many_and_a_field_too_few_are_found():
    for edit in (lambda e: e.update(note="x"), lambda e: e.pop("place")):
        assert "字段不对" in fault(forged(lines(too_few), deep("MeetingConvened", edit)))


def test_a_record_begins_with_its_founding():
    entries = entries_of(lines(too_few))
    assert "以建村开头" in fault(entries[1:])
    assert "以建村开头" in fault([*entries, {**entries[0], "seq": len(entries) + 1}])


def test_a_command_is_recorded_once():
    entries = entries_of(lines(too_few))
    entries[-1]["command"] = entries[-2]["command"] = entries[-5]["command"]
    assert "同一操作记了两次" in fault(entries)


# --- written twice on purpose: the two statements of the rules agree


FOUNDED = 1 + len(ROWS) + 1
"""How many entries the founding of a village makes."""


def verdict_on_row(row):
    """What the verifier says of a village that changed this row."""
    first = entries_of(lines(too_few))[:FOUNDED]
    event = {
        "kind": "RowChanged",
        "row": plain(row),
        "basis": "村民会议决定",
        "approver": "村民会议",
    }
    assert first[-1]["event"]["kind"] == "PeriodsChanged"
    actor = {"role": "admin", "person": "p", "device": None}
    changed = {**first[-1], "actor": actor, "command": "changed", "event": event}
    return fault([*first, changed])


def refusal_of(check, value):
    try:
        check(value)
    except Refused as refusal:
        return refusal.reason.value
    return ""


SHARES = st.builds(
    Threshold,
    st.integers(0, 4),
    st.integers(0, 5),
    st.booleans(),
)


@st.composite
def rows(draw):
    """A row of the statute with some of its parts changed."""
    row = STATUTE[draw(st.sampled_from(RowId))]
    parts = {
        "quorum": SHARES,
        "majority": SHARES,
        "majority_base": st.sampled_from(Base),
        "notice_days": st.integers(-1, 62),
        "urgent_notice": st.booleans(),
        "voters": st.lists(st.sampled_from(Capacity), max_size=2).map(tuple),
        "returns_to": st.sampled_from(DELIBERATIONS),
        "by_household": st.booleans(),
        "recused_leave": st.booleans(),
        "contest": st.booleans(),
        "women": st.none() | SHARES,
        "women_basis": st.sampled_from(["", "村规"]),
        "proxies": st.integers(-1, 4),
        "proxies_basis": st.sampled_from(["", "村规"]),
        "quorum_basis": st.sampled_from(["", "村规"]),
        "options": st.sampled_from([row.options for row in STATUTE.values()]),
    }
    chosen = draw(st.lists(st.sampled_from(sorted(parts)), max_size=2, unique=True))
    return replace(row, **{name: draw(parts[name]) for name in chosen})


@given(row=rows())
def test_the_two_agree_which_rows_are_lawful(row):
    assert bool(refusal_of(require_lawful_row, row)) == bool(verdict_on_row(row)), row


@pytest.mark.parametrize("row_id", RowId)
def test_the_floors_are_the_same_numbers(row_id):
    law, floor = ROWS[row_id.value], FLOORS[row_id]
    for mine, theirs in (
        (law.quorum, floor.quorum),
        (law.majority, floor.majority),
        (law.women, floor.women),
    ):
        share_of_theirs = (
            (theirs.numerator, theirs.denominator, theirs.inclusive) if theirs else None
        )
        assert mine == share_of_theirs
    assert law.of_all == (floor.base is Base.ENTITLED)
    assert law.notice == floor.notice_days
    assert law.proxies == STATUTE[row_id].proxies
    assert {frozenset(people) for people in law.voters} == {
        frozenset(capacity.value for capacity in people) for people in floor.electorates
    }


@given(
    days=st.tuples(*(st.integers(-1, top) for top in (20, 20, 70, 400))), exclusions=st.booleans()
)
def test_the_two_agree_which_periods_are_lawful(days, exclusions):
    periods = Periods(*days, exclusions=exclusions)
    changed = put("PeriodsChanged", periods=plain(periods))
    found_wrong = (
        "天，不足" in (said := fault(forged(lines(too_few), changed))) or "期限超出" in said
    )
    assert bool(refusal_of(require_lawful_periods, periods)) == found_wrong


@st.composite
def kinds(draw):
    """A kind of the shipped catalogue with some of it changed."""
    kind = draw(st.sampled_from(CATALOGUE.kinds))
    bases = [kind.basis for kind in CATALOGUE.kinds]
    parts = {
        "basis": st.sampled_from([*bases, "村民委员会组织法第十八条", "本村决定", ""]),
        "forbidden": st.sampled_from(["", "不许"]),
        "stages": st.lists(st.sampled_from(DELIBERATIONS), max_size=4).map(tuple),
        "rows": st.lists(st.sampled_from(RowId), max_size=2).map(tuple),
        "bars": st.lists(
            st.builds(Bar, st.sampled_from(RowId), st.sampled_from(["", "法"])), max_size=1
        ).map(tuple),
        "mandate": st.booleans(),
        "review": st.booleans(),
        "group": st.booleans(),
        "papers": st.sampled_from([kind.papers, kind.papers[:4], ()]),
        "id": st.sampled_from([kind.id, "another"]),
    }
    chosen = draw(st.lists(st.sampled_from(sorted(parts)), max_size=2, unique=True))
    return replace(kind, **{name: draw(parts[name]) for name in chosen})


@given(kind=kinds())
def test_the_two_agree_which_kinds_are_lawful(kind):
    catalogue = replace(CATALOGUE, kinds=(kind,))
    told = {"catalogue": plain(catalogue), "digest": catalogue_digest(catalogue)}
    said = fault(forged(lines(too_few), put("CatalogueAdopted", **told)))
    found_wrong = f"日志第 {FOUNDED + 1} 条" in said
    assert bool(refusal_of(require_lawful_catalogue, catalogue)) == found_wrong, said


def test_the_limits_of_the_law_are_the_same():
    theirs = {
        (limit.kinds, limit.law, limit.articles, limit.items): limit.rows for limit in CORE_LIMITS
    }
    mine = {
        (
            frozenset(ids.split()),
            law,
            tuple(filter(None, articles.split("|"))),
            frozenset(items.split()),
        ): left
        for ids, law, articles, items, left in LIMITS
    }
    assert mine == {key: {row.value for row in left} for key, left in theirs.items()}


def test_the_founding_is_followed_by_every_row():
    events = [type(event).__name__ for event in found(founding())]
    assert events == ["VillageFounded", *["RowChanged"] * len(ROWS), "PeriodsChanged"]


def roles_of(command):
    return {role.value for role in PERMITTED[command]}


MADE_BY = {
    "MeetingPaused": c.CheckOut,
    "MeetingResumed": c.CheckIn,
    "PublicationOpened": c.PublishResult,
    "VillageFounded": c.FoundVillage,
    "RowChanged": c.ChangeRow,
    "PeriodsChanged": c.ChangePeriods,
    "CatalogueAdopted": c.AdoptCatalogue,
    "ClipAudienceChanged": c.ChangeClipAudience,
    "PhonesChanged": c.ChangePhones,
    "ShortFilmAccepted": c.AcceptShortFilm,
    "NotePinned": c.PinNote,
    "MinutesNoted": c.NoteMinutes,
    "MinutesRead": c.ReadMinutes,
    "MinutesApproved": c.ApproveMinutes,
    "SignedPaperCompared": c.CompareSignedPaper,
    "StickCompared": c.ReportStick,
    "RecordDifferenceAccepted": c.AcceptRecordDifference,
    "NeedFiled": c.FileNeed,
    "NeedAnswered": c.AnswerNeed,
    "MatterRaised": c.RaiseMatter,
    "ReviewRecorded": c.RecordReview,
    "MatterReturned": c.ReturnMatter,
    "OpinionFiled": c.FileOpinion,
    "MatterArchived": c.ArchiveMatter,
    "EmergencyCountersigned": c.CountersignEmergency,
    "EmergencyWitnessed": c.WitnessEmergency,
    "MeetingConvened": c.ConveneMeeting,
    "CheckedIn": c.CheckIn,
    "CheckedOut": c.CheckOut,
    "ProxyGiven": c.GiveProxy,
    "FloorRequested": c.RequestFloor,
    "BallotCast": c.CastBallot,
    "BallotChanged": c.CastBallot,
    "HandsNoted": c.NoteHands,
    "HandsConfirmed": c.ConfirmHands,
    "HandsCounted": c.CountHands,
    "BallotPapersPrinted": c.PrintBallotPapers,
    "BallotPaperIssued": c.IssueBallotPaper,
    "BallotPaperExchanged": c.ExchangeBallotPaper,
    "BallotPapersReturned": c.ReturnBallotPapers,
    "BallotPaperRead": c.ReadBallotPaper,
    "ReadingTakenBack": c.TakeBackReading,
    "ClosingWitnessed": c.WitnessClosing,
    "BoxOpened": c.CloseVote,
    "CountChecked": c.CheckCount,
    "DifferenceExplained": c.ExplainDifference,
    "DifferenceSettled": c.SettleDifference,
    "VoteVoided": c.VoidVote,
    "PhotoAttached": c.AttachPhoto,
    "VoiceAttached": c.AttachVoice,
    "ObjectionFiled": c.FileObjection,
    "ObjectionAnswered": c.AnswerObjection,
    "ObjectionEscalated": c.EscalateObjection,
    "WorksInspected": c.InspectWorks,
    "CorrectionProposed": c.ProposeCorrection,
    "CorrectionConfirmed": c.ConfirmCorrection,
    "SegmentSealed": c.SealSegment,
    "PaperIssued": c.IssuePaper,
    "SigningKeyAdopted": c.AdoptSigningKey,
    "FilmViewed": c.ViewFilm,
    "FilmDeletionProposed": c.ProposeFilmDeletion,
    "FilmDeleted": c.ConfirmFilmDeletion,
    "ClipRequested": c.RequestClip,
    "ClipReleased": c.ReleaseClip,
    "ClipRejected": c.RejectClip,
    "ClipWithdrawn": c.WithdrawClip,
}


@pytest.mark.parametrize("kind", MADE_BY)
def test_the_two_agree_who_may_bring_it_about(kind):
    assert STEPS[kind].roles == roles_of(MADE_BY[kind])


def test_whatever_stands_in_no_list_of_its_own_is_done_at_the_console():
    console = roles_of(c.ConveneMeeting)
    machine = roles_of(c.SealSegment)
    others = STEPS.keys() - MADE_BY.keys() - {"EmergencyDeclared"}
    assert all(STEPS[kind].roles in (console, machine) for kind in others)
