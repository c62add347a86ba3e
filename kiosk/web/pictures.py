"""What the drawn components are given: rings, bars, seats, the path, lamps; words from wording."""

from collections.abc import Mapping
from datetime import date

from kiosk import wording
from kiosk.core.matter import Matter
from kiosk.core.meeting import Meeting
from kiosk.core.tally import Tally, judge
from kiosk.core.terms import STAGES, Choice, PersonId, Seat, Stage, day_of
from kiosk.core.voting import Vote

Picture = dict[str, object]


def quorum_ring(meeting: Meeting) -> Picture:
    """实到 of 应到 with the notch at what the rule row asks."""
    quorum = meeting.quorum
    return {
        "present": quorum.count,
        "entitled": quorum.base,
        "needed": quorum.threshold.least(quorum.base),
        "met": quorum.holds,
        "words": wording.quorum_todo(quorum, opened=meeting.opened_at is not None),
    }


def turnout_ring(vote: Vote) -> Picture:
    """已表决 of those who may."""
    able = len(vote.electorate - vote.recused)
    cast = vote.tally.cast
    return {"present": cast, "entitled": able, "needed": 0, "met": cast == able, "words": ""}


def tally_bars(tally: Tally, meeting: Meeting) -> Picture:
    """The four counts on one scale, with the line at what carries."""
    majority = judge(tally, meeting.row, entitled=len(meeting.entitled))
    threshold = majority.threshold.least(majority.base)
    rows = (
        (Choice.FOR.value, wording.CHOICES[Choice.FOR], tally.votes_for),
        (Choice.AGAINST.value, wording.CHOICES[Choice.AGAINST], tally.votes_against),
        (Choice.ABSTAIN.value, wording.CHOICES[Choice.ABSTAIN], tally.abstentions),
        ("unused", wording.UNUSED, tally.unused),
    )
    return {
        "rows": [{"choice": c, "label": label, "count": n} for c, label, n in rows],
        "base": max(tally.present, threshold),
        "threshold": threshold,
        "threshold_words": f"通过需 {threshold} 票",
    }


def seat_grid(meeting: Meeting, vote: Vote | None, *, revealed: bool) -> list[Picture]:
    """A square for each person entitled: absent, present, voted, or how (where that may be shown)."""
    ordered = sorted(meeting.entitled, key=lambda p: (meeting.seats[p].group, p))
    return [{"state": _seat_state(p, meeting, vote, revealed=revealed)} for p in ordered]


def _seat_state(person: PersonId, meeting: Meeting, vote: Vote | None, *, revealed: bool) -> str:
    if vote is not None and person in vote.ballots:
        return vote.ballots[person].value if revealed else "voted"
    base = meeting.present if vote is None else vote.electorate
    return "present" if person in base else "absent"


def stage_path(matter: Matter, on: date) -> list[Picture]:
    """The six stages with their dates and how each went."""
    return [
        {
            "name": wording.STAGES_SHORT[stage],
            "long": wording.STAGES_LONG[stage],
            "state": matter.progress(stage, on).value,
            "date": _stage_date(matter, stage),
            "words": _stage_words(matter, stage, on),
        }
        for stage in STAGES
    ]


def _stage_date(matter: Matter, stage: Stage) -> str:
    done = matter.deliberations.get(stage)
    if done is not None:
        return wording.day_short(day_of(done.at))
    if stage is Stage.RESOLUTION_PUBLIC and matter.publication is not None:
        return wording.day_short(matter.publication.first_day)
    return ""


def _stage_words(matter: Matter, stage: Stage, on: date) -> str:
    done = matter.deliberations.get(stage)
    if done is not None:
        return "通过" if done.carried else "未通过"
    if stage is Stage.RESOLUTION_PUBLIC and matter.publication is not None:
        left = matter.publication.days_left(on)
        return f"还有{left}天" if left else "期满"
    return ""


def person_tile(seat: Seat) -> Picture:
    """The unchanging part of a name tile."""
    group = wording.group(seat.group) if seat.group else ""
    capacity = wording.CAPACITIES[seat.capacity]
    return {
        "key": seat.person,
        "name": seat.name,
        "group": group.removesuffix("村民小组").removeprefix("第") + "组" if group else "",
        "capacity": capacity,
        "time": "",
        "action": None,
        "fields": {},
    }


_PICTURE = {
    "off": ("off", "没有录像"),
    "starting": ("warn", "正在开始"),
    "live": ("ok", "正在录像"),
    "card": ("warn", "无摄像头，录测试画面"),
    "lost": ("warn", "画面断了，正在重连"),
    "failed": ("warn", "录像停了，请检查磁盘"),
}
_SOUND = {
    "live": ("ok", "有声音"),
    "silent": ("warn", "没有麦克风，录像无声"),
    "off": ("off", "不录音"),
}
_DISK = {"ok": ("ok", "够用"), "low": ("warn", "快满了，请清理")}


def lights(lamps: Mapping[str, str]) -> list[Picture]:
    """录像, 声音, 磁盘 with words."""
    named = (
        ("录像", _PICTURE[lamps["picture"]]),
        ("声音", _SOUND[lamps["sound"]]),
        ("磁盘", _DISK[lamps["disk"]]),
    )
    return [{"name": name, "state": state, "words": words} for name, (state, words) in named]
