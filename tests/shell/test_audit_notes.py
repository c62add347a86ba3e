"""The verifier on notes of the 监委会, on who may see the clips of votes, on the key that signs papers."""

import hashlib

import pytest
from forging import at, drop, fault, forged, put
from simulator import voting

from kiosk.core import commands as c
from kiosk.core.terms import ClipAudience


def noted():
    """A meeting with two notes, one while it sat, one after; its clips are for officers; whom to call."""
    sim = voting(present=30)
    opened = sim.meeting().opened_at
    sim.do(c.PinNote(sim.meeting_id, sim.clock.at, "方案没有念完。"))
    sim.cast(30).close().adjourn()
    sim.do(c.PinNote(sim.meeting_id, opened, "开会时没有报人数。"))
    sim.do(c.ChangeClipAudience(ClipAudience.OFFICERS, "村民代表会议决议", "村民代表会议"))
    sim.do(c.ChangePhones("0660-8600456", "12388", "镇人民政府通知", "镇人民政府"))
    return sim.lines()


def test_notes_pinned_within_the_meeting_pass():
    assert fault(forged(noted())) == ""


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (put("NotePinned", moment="2026-11-01T01:00:00.000Z"), "监督批注的时刻不在会议里"),
        (put("NotePinned", moment="2026-12-31T01:00:00.000Z"), "监督批注的时刻不在会议里"),
        (put("NotePinned", moment="昨天"), "内容不完整或无法理解"),
        (put("NotePinned", number=7), "监督批注的编号不连续"),
        (put("NotePinned", text=" "), "text 应当写明"),
        (drop("NotePinned", 0), "监督批注的编号不连续"),
        (put("ClipAudienceChanged", audience="everybody"), "录像给谁看写错了"),
        (put("ClipAudienceChanged", approver=""), "approver 应当写明"),
        (put("PhonesChanged", township_phone="13800138000"), "公示的电话不是办公电话"),
        (put("PhonesChanged", supervision_phone=""), "公示的电话不是办公电话"),
        (put("PhonesChanged", basis=""), "basis 应当写明"),
        (at("MeetingAdjourned", "2026-11-01T01:00:00.000Z"), "日期倒流"),
    ],
)
def test_what_is_forged_is_found(change, why):
    assert why in fault(forged(noted(), change))


def keyed():
    """A village that adopted a key."""
    sim = voting()
    sim.do(c.AdoptSigningKey("AAEC", hashlib.sha256(b"\x00\x01\x02").hexdigest()))
    return sim.lines()


def test_a_key_whose_fingerprint_is_its_certificates_passes():
    assert fault(forged(keyed())) == ""


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (put("SigningKeyAdopted", sha256="ab" * 32), "签名证书的指纹与证书不符"),
        (put("SigningKeyAdopted", certificate="AAED"), "签名证书的指纹与证书不符"),
        (put("SigningKeyAdopted", certificate="&"), "签名证书读不懂"),
    ],
)
def test_a_key_that_is_told_otherwise_is_found(change, why):
    assert why in fault(forged(keyed(), change))
