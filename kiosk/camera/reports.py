"""The recorder's reports as commands for the journal."""

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from kiosk.camera.parts import Part, sealed_parts
from kiosk.camera.studio import Lights
from kiosk.core.commands import Command, MarkVideo, SealSegment
from kiosk.core.refusals import Refused
from kiosk.core.terms import CommandId, MeetingId, Moment, Role, VillageId, VoteId
from kiosk.core.values import Actor
from kiosk.service import Kiosk

log = logging.getLogger(__name__)
RECORDER = Actor(Role.KIOSK)


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
    return Lights(picture, sound=report.get("sound") == "live")


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
