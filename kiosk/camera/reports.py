"""The recorder's reports as commands for the journal."""

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from kiosk.camera.parts import Part, sealed_parts
from kiosk.camera.settings import DISK_FULL, NO_ROOM
from kiosk.camera.studio import Lights
from kiosk.core.commands import Command, MarkVideo, SealSegment
from kiosk.core.refusals import Refused
from kiosk.core.terms import CommandId, MeetingId, Moment, Role, VillageId, VoteId
from kiosk.core.values import Actor
from kiosk.service import Kiosk

log = logging.getLogger(__name__)
RECORDER = Actor(Role.KIOSK)
QUIET_DB = -60.0
"""Below this in its loudest moment of ten seconds a microphone hears nobody: switched off, or its plug is out."""
STEADY_FPS, STEADY_GROWTH = 1.5, 0.2
"""Smaller changes do not change what the screens say."""


def instant_of(unix_s: object) -> datetime | None:
    """The recorder counts in seconds since 1970; the journal in whole milliseconds of UTC."""
    if not isinstance(unix_s, int | float):
        return None
    return datetime.fromtimestamp(round(unix_s * 1000) / 1000, UTC)


def put_on_record(kiosk: Kiosk, village: VillageId, command: Command, id_: CommandId) -> None:
    """Put a fact about the film into the journal; the meeting goes on where the journal refuses it."""
    try:
        kiosk.execute(village, command, RECORDER, id_)
    except Refused:
        log.exception("the journal refused a fact about the film")


def lights_of(report: Mapping[str, object], before: Lights) -> Lights:
    """What the screens say after a `status` report. A camera that was never there is not lost."""
    picture = str(report.get("picture", "live"))
    if picture == "lost" and before.picture == "card":
        picture = "card"
    fps, growth = _number(report, "fps"), _number(report, "bytes_per_hour")
    return replace(
        before,
        picture=picture,
        sound=_heard(report, before),
        fps=before.fps if abs(fps - before.fps) < STEADY_FPS else round(fps),
        dropped=round(_number(report, "dropped")),
        bytes_per_hour=before.bytes_per_hour
        if growth == 0 or abs(growth - before.bytes_per_hour) < STEADY_GROWTH * growth
        else round(growth),
        cause="",
        covered=report.get("covered") is True,
    )


def lights_begun(report: Mapping[str, object], before: Lights) -> Lights:
    """The same after `started`."""
    picture = "card" if report["kind"] == "card" else "live"
    sound = "live" if report["sound"] else _unheard(before)
    return replace(before, picture=picture, sound=sound, cause="")


def lights_failed(report: Mapping[str, object], before: Lights) -> Lights:
    """The same after `failed`."""
    return replace(before, picture="failed", cause=str(report.get("cause", "")))


def _heard(report: Mapping[str, object], before: Lights) -> str:
    if report.get("sound") != "live":
        return _unheard(before)
    return "quiet" if _number(report, "level_db") < QUIET_DB else "live"


def _unheard(before: Lights) -> str:
    """A microphone that was there is lost; one that never was is not missed anew."""
    return "silent" if before.sound == "silent" else "lost"


def _number(report: Mapping[str, object], name: str) -> float:
    value = report.get(name, 0)
    return float(value) if isinstance(value, int | float) else 0.0


def seal_of(meeting: MeetingId, part: Part) -> SealSegment:
    """The command that puts a sealed part into the journal."""
    began, ended = instant_of(part.began_at), instant_of(part.ended_at)
    assert began is not None
    assert ended is not None
    return SealSegment(
        meeting,
        part.name,
        part.bytes,
        part.sha256,
        began,
        ended,
        part.duration_ms,
        part.fragments,
        part.chain,
    )


def seals_of(meeting: MeetingId, folder: Path) -> list[SealSegment]:
    """The same for every sealed part of the film's folder, in their order."""
    return [seal_of(meeting, part) for part in sealed_parts(folder)]


def cause_of(lights: Lights) -> str:
    """Why there is no film, as the journal names it, after the recorder has given up."""
    full = any(lights.cause.startswith(words) for words in (NO_ROOM, DISK_FULL))
    return "disk" if full else "recorder"


def mark_of(meeting: MeetingId, report: Mapping[str, object]) -> MarkVideo:
    """The command of a `marked` report; its id is `<vote>:<moment>`."""
    vote, moment = str(report["id"]).rsplit(":", 1)
    return MarkVideo(
        meeting,
        VoteId(vote),
        Moment(moment),
        str(report["part"]),
        int(str(report["offset_ms"])),
        int(str(report["fragments"])),
        str(report["chain"]),
    )
