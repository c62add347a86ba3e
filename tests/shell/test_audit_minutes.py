"""The auditor on minutes and on what witnesses the journal: whoever writes the record anew is found out."""

import pytest
from forging import as_role, drop, fault, forged, put, repeat
from simulator import MATTER, convened, voting

from kiosk.core import commands as c
from kiosk.core.terms import PersonId

RECORDER, CHAIR, SUPERVISOR = PersonId("recorder"), PersonId("chair"), PersonId("o01")


def written():
    """A meeting after a difference that a supervisor knew of; with notes, read and approved."""
    sim = voting(present=30).cast(30).close()
    for strikes, text in ((0, "有人问路宽。"), (1, "有人问路宽几米。")):
        sim.do(c.NoteMinutes(sim.meeting_id, RECORDER, MATTER, text, strikes))
    head = sim.meeting().minutes.business
    sim.do(c.ReadMinutes(sim.meeting_id, RECORDER, head.seq, head.digest))
    sim.do(c.ApproveMinutes(sim.meeting_id, CHAIR, head.seq, head.digest))
    return sim.adjourn().lines()


def witnessed():
    """The same village before its next meeting: the paper agrees, the stick does not, a supervisor signs."""
    sim = convened().check_in(30)
    closing = sim.village().closing
    sim.do(c.CompareSignedPaper(sim.meeting_id, closing.seq, closing.digest, agrees=True))
    sim.do(c.ReportStick(sim.meeting_id, closing.seq, "ee" * 32, agrees=False))
    sim.do(c.AcceptRecordDifference(sim.meeting_id, SUPERVISOR, "换过主机"))
    return sim.open().lines()


@pytest.mark.parametrize("lines", [written, witnessed])
def test_what_was_done_by_right_passes(lines):
    assert fault(forged(lines())) == ""


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (put("MinutesNoted", number=7), "会议记录的编号不对"),
        (put("MinutesNoted", strikes=0, number=1), "会议记录的编号不对"),
        (put("MinutesNoted", matter="well"), "议程里没有这个事项"),
        (put("MinutesNoted", matter=None), "改的不是这一项还有效的那一条"),
        (put("MinutesNoted", text=" "), "text 应当写明"),
        (put("MinutesNoted", recorder="another"), "会议记录不是本人添的"),
        (as_role("MinutesNoted", "chair"), "岗位 chair 无权这样办"),
        (drop("MinutesNoted", 0), "会议记录的编号不对"),
        (repeat("MinutesNoted", number=3, strikes=1), "改的不是这一项还有效的那一条"),
        (put("MinutesRead", digest="ab" * 32), "不是到最后一项内容为止"),
        (put("MinutesApproved", seq=1), "不是到最后一项内容为止"),
        (drop("MinutesRead"), "会议记录没有念过就通过"),
        (as_role("MinutesApproved", "chair", "another"), "会议记录不是本人签的"),
    ],
)
def test_forged_minutes_are_found(change, why):
    assert why in fault(forged(written(), change))


def test_one_person_cannot_have_read_and_approved():
    def same(entries):
        for entry in entries:
            if entry["event"]["kind"] == "MinutesApproved":
                entry["actor"]["person"] = entry["event"]["chair"] = str(RECORDER)

    assert "念的和宣布通过的是同一个人" in fault(forged(written(), same))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (put("MeetingOpened", closed_before=None), "不是上次散会的那一条"),
        (put("MeetingOpened", closed_before={"seq": 3, "digest": "ab" * 32}), "不是上次散会"),
        (drop("RecordDifferenceAccepted"), "监委会没有签名就开会"),
        (put("RecordDifferenceAccepted", ground=" "), "ground 应当写明"),
        (put("RecordDifferenceAccepted", supervisor="another"), "不是监委会成员本人签的"),
        (put("StickCompared", agrees=True), "U盘上的校验码核对得不对"),
        (put("SignedPaperCompared", digest="ab" * 32), "对照的不是上次散会的校验码"),
        (repeat("RecordDifferenceAccepted"), "没有对不上的校验码"),
    ],
)
def test_a_forged_comparison_is_found(change, why):
    assert why in fault(forged(witnessed(), change))
