"""The verifier on what became of films: lawful viewings, clips and deletions pass, forged ones are found."""

from functools import cache

import pytest
from forging import as_role, drop, entries_of, fault, forged, put, repeat
from lives import begun
from procedure_story import SECRETARY, SUPERVISOR

from kiosk.core import commands as c
from kiosk.core.terms import ClipId, KindId, MeetingId, Moment, ViewingPurpose, day_of
from kiosk.evidence.audit import Record, Wrong, files_of, hold_gone

HELD = MeetingId("m4")
FULL = "保存期满"


def film_of_a_decision(kind="assistance"):
    """The meeting that decides is filmed, and its vote marked."""
    story = begun(kind=KindId(kind)).carry()
    at = story.clock.at
    (vote,) = story.village().meetings[HELD].votes
    story.do(c.StartRecording(HELD, "camera", sound=True))
    for moment in Moment:
        story.do(c.MarkVideo(HELD, vote, moment, "part-0001.mp4", 1, 9, "cd" * 32))
    story.do(c.SealSegment(HELD, "part-0001.mp4", 9, "ab" * 32, at, at, 1000, 9, "cd" * 32))
    return story


def shown():
    """Looked at for a reason, a clip made public by two, and taken back."""
    story = film_of_a_decision()
    (vote,) = story.village().meetings[HELD].votes
    story.do(c.ViewFilm(HELD, ViewingPurpose.OTHER, "核对发言"), SECRETARY)
    for clip in ("first", "second"):
        story.do(
            c.RequestClip(ClipId(clip), HELD, vote, whole_picture=False, sound=False), SECRETARY
        )
        if clip == "first":
            story.do(c.RejectClip(ClipId(clip), HELD, "认得出人"), SUPERVISOR)
    story.do(c.ReleaseClip(ClipId("second"), HELD, 9, "cd" * 32), SUPERVISOR)
    return story


def let_go():
    """Carried out, filed, and ten years and a day later its film is deleted by two."""
    story = shown().over().assign().start().accept().next_day().publish_result().over()
    story.opine(*story.matter().reached).archive()
    held = day_of(story.village().meetings[HELD].adjourned_at)
    story.moment(held.replace(year=held.year + 10, day=held.day + 1))
    story.do(c.ProposeFilmDeletion(HELD, FULL), SECRETARY)
    story.do(c.ConfirmFilmDeletion(HELD, FULL), SUPERVISOR)
    return story


@cache
def lines(life):
    return life().lines()


@pytest.mark.parametrize("life", [shown, let_go])
def test_what_was_lawfully_done_with_a_film_passes(life):
    assert fault(entries_of(lines(life))) == ""


def test_a_clip_that_was_taken_back_passes():
    story = shown()
    story.do(c.WithdrawClip(ClipId("second"), HELD, "本人要求"), SUPERVISOR)
    assert fault(entries_of(story.lines())) == ""


EARLY = put("MatterRaised", kind_id="public_works")


@pytest.mark.parametrize(
    ("life", "change", "why"),
    [
        (shown, put("FilmViewed", words=" "), "没有写明事由"),
        (shown, put("FilmViewed", purpose="curiosity"), "没有写明事由"),
        (shown, as_role("FilmViewed", "villager"), "岗位 villager 无权"),
        (shown, as_role("FilmViewed", "admin", None), "没有写明是谁"),
        (shown, drop("RecordingStarted"), "录像没有开始"),
        (shown, drop("VideoMarked"), "没有这次表决的标记"),
        (shown, as_role("ClipReleased", "secretary", "secretary"), "同一个人"),
        (shown, repeat("ClipReleased"), "不在等人审看"),
        (shown, drop("ClipRejected"), "重复"),
        (shown, put("ClipRequested", sound=1), "重复，或写得不对"),
        (shown, put("ClipReleased", clip="third"), "无法理解"),
        (let_go, EARLY, "应保存 30 年"),
        (let_go, put("FilmDeleted", ground="另一个理由"), "没有提出过"),
        (let_go, as_role("FilmDeleted", "supervisor", "secretary"), "同一个人"),
        (let_go, as_role("FilmDeleted", "chair"), "岗位 chair 无权"),
        (let_go, drop("FilmDeletionProposed"), "没有提出过"),
        (let_go, repeat("FilmDeleted"), "已经删除"),
        (let_go, put("PeriodsChanged", periods={"film_years": 9}), "无法理解"),
    ],
)
def test_what_was_forged_about_a_film_is_found(life, change, why):
    assert why in fault(forged(lines(life), change))


def test_a_film_deleted_before_its_last_day_is_over_is_found():
    entries = entries_of(lines(let_go))
    for entry in entries:
        if entry["event"]["kind"].startswith("FilmDelet"):
            day = int(entry["at"][8:10]) - 1
            entry["at"] = f"{entry['at'][:8]}{day:02d}{entry['at'][10:]}"
    assert "没有期满" in fault(entries)


def test_a_film_deleted_while_its_matter_is_at_work_is_found():
    gone = forged(lines(let_go), drop("MatterArchived"))
    assert "没有办完就删除" in fault(gone)


def test_files_may_be_missing_just_where_the_journal_says_that_they_were_deleted(tmp_path):
    record = Record()
    record.tell(entries_of(lines(let_go)))
    named = {where for event in record.events for where, _ in files_of(event)}
    assert record.gone & named == {"recordings/m4/part-0001.mp4", "clips/second.mp4"}
    hold_gone(tmp_path, "clips/second.mp4", {})
    (tmp_path / "clips").mkdir()
    (tmp_path / "clips/second.mp4").write_bytes(b"still here")
    with pytest.raises(Wrong, match="文件还在"):
        hold_gone(tmp_path, "clips/second.mp4", {})
