"""What the pages see of the camera: where films lie, and what the lamps say."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from kiosk.camera.operator import CameraOperator
from kiosk.camera.playlist import Cut, clip_playlist, cut, pieces, playlist
from kiosk.core.meetings.clips import Clip
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.terms import MeetingId

DISK_LOW_MB = 2_000


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
        disk = "low" if self._free_mb() < DISK_LOW_MB else "ok"
        off = lights.picture == "off"
        sound = "off" if off else "live" if lights.sound else "silent"
        return {"picture": lights.picture, "sound": sound, "disk": disk}

    def _free_mb(self) -> int:
        folder = self._operator.folder(MeetingId("")).parent
        while not folder.exists():
            folder = folder.parent
        return shutil.disk_usage(folder).free // 1_000_000
