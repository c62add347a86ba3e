"""What the pages see of the camera: where films lie, and what the lamps say."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from kiosk.camera.operator import CameraOperator
from kiosk.camera.playlist import playlist
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
