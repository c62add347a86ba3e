"""What the pages see of the camera: where films lie, and what the lamps say."""

import os
import shutil
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from kiosk.camera.operator import CameraOperator
from kiosk.camera.parts import SEALED, sealed_parts
from kiosk.camera.playlist import Cut, clip_playlist, cut, pieces, playlist
from kiosk.core.meetings.clips import Clip
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.terms import MeetingId

LOW_MIN = 120
"""With less film left than this many minutes the lamp warns: a meeting is seldom longer."""
FINE_MIN = 300
USUAL_BYTES_PER_HOUR = 1.0e9
"""Of a film of 720 lines, where nothing was measured yet: research says 0.7, and a restless picture takes more."""
TELLING_MS = 60_000
"""A film shorter than this tells nothing of how films grow."""


class FilmStore:
    """The web pages' view of the camera: where films lie, and the lamps."""

    def __init__(self, operator: CameraOperator) -> None:
        self._operator = operator

    def folder(self, meeting: MeetingId) -> Path:
        """The folder of the meeting's parts."""
        return self._operator.folder(meeting)

    def playlist(self, meeting: MeetingId, base_url: str) -> str:
        """The parts as an HLS playlist."""
        return playlist(self._operator.folder(meeting), base_url)

    def clip_begins_ms(self, meeting: Meeting, clip: Clip) -> int:
        """At what time of the film the clip begins to play, at a keyframe before what is wanted."""
        return self._cut(meeting, clip).since_ms

    def clip_playlist(self, meeting: Meeting, clip: Clip, base_url: str) -> str:
        """The clip as an HLS playlist of its pieces."""
        return clip_playlist(self._cut(meeting, clip), base_url)

    def clip_piece(self, meeting: Meeting, clip: Clip, piece: tuple[str, int, int]) -> bytes | None:
        """The bytes of one piece of the clip (part, offset, length); None where the clip has no such piece."""
        if piece not in pieces(self._cut(meeting, clip)):
            return None
        part, offset, length = piece
        with (self.folder(meeting.id) / part).open("rb") as file:
            return os.pread(file.fileno(), length, offset)

    def _cut(self, meeting: Meeting, clip: Clip) -> Cut:
        lengths = {sealed.part: sealed.duration_ms for sealed in meeting.recording.segments}
        return cut(self.folder(meeting.id), clip.since_ms, clip.until_ms, lengths)

    def lamps(self) -> Mapping[str, str]:
        """What the lights say."""
        lights = self._operator.lights
        minutes = self.minutes_left()
        off = lights.picture == "off"
        return {
            "picture": lights.picture,
            "sound": "off" if off else lights.sound,
            "disk": "low" if minutes < LOW_MIN else "ok",
            "fps": str(lights.fps),
            "dropped": str(lights.dropped),
            "restarts": str(lights.restarts),
            "cause": lights.cause,
            "covered": "yes" if lights.covered else "",
            "minutes": str(coarse(minutes)),
        }

    def minutes_left(self) -> int:
        """How many minutes of film the disk still holds besides the votes, at the pace measured last."""
        folder = self._operator.folder(MeetingId("")).parent
        while not folder.exists():
            folder = folder.parent
        free = shutil.disk_usage(folder).free - (self._operator.studio.reserve_mb << 20)
        return max(0, int(free / self._bytes_per_hour() * 60))

    def report_room(self, meeting: MeetingId, minutes: int) -> None:
        """Put on record how many minutes of film the disk holds before that meeting."""
        self._operator.record.room(meeting, minutes)

    def _bytes_per_hour(self) -> float:
        """As the recorder measures; before, as the newest film of this kiosk grew."""
        return self._operator.lights.bytes_per_hour or self._measured or USUAL_BYTES_PER_HOUR

    @cached_property
    def _measured(self) -> float:
        films = self._operator.folder(MeetingId("")).parent.glob(f"*/{SEALED}")
        newest = max(films, key=lambda path: path.stat().st_mtime, default=None)
        parts = sealed_parts(newest.parent) if newest else []
        ms = sum(part.duration_ms for part in parts)
        return sum(part.bytes for part in parts) / ms * 3_600_000 if ms >= TELLING_MS else 0.0


def coarse(minutes: int) -> int:
    """Minutes as people need them: to the ten up to five hours, then to the hour. Fewer redrawn pages, too."""
    step = 10 if minutes < FINE_MIN else 60
    return minutes // step * step
