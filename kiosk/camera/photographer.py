"""The serving side of a photograph (拍照): has the still process take or redraw one, and waits so long and no longer.

Loads neither cv2 nor av: whatever a camera's driver or a broken file does, it does to that process alone.
"""

import json
import logging
import subprocess
import sys
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from kiosk.camera.settings import CARD

log = logging.getLogger(__name__)

WITHIN_S = 20.0
SCAN_WITHIN_S = 180.0
"""So long a file with many pages may take: some two seconds a page, more on a busy machine."""
_ROOT = Path(__file__).resolve().parents[2]
_STDIN = "-"
_PHOTO, _SHEET, _SCAN = "kiosk.camera.still", "kiosk.camera.sheet", "kiosk.camera.scan"


class Trouble(Enum):
    """Why there is no picture."""

    NO_CAMERA = "no_camera"  # 没有摄像头
    NOT_A_PICTURE = "not_a_picture"  # 不是照片
    TOO_SLOW = "too_slow"  # 太久没有回应
    LOCKED = "locked"  # 有密码
    TOO_MANY_PAGES = "too_many_pages"  # 页数太多


_TROUBLES = {
    3: Trouble.NO_CAMERA,
    4: Trouble.NOT_A_PICTURE,
    5: Trouble.LOCKED,
    6: Trouble.TOO_MANY_PAGES,
}
"""What the exit codes of `still` and `scan` mean; another one is a crash of the process on what it was given."""


class NoPhoto(Exception):
    """No photograph came of it; `trouble` says why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


@dataclass(frozen=True, slots=True)
class Sheet:
    """A signed sheet, straightened: its JPEG, what its codes say, whether its edges were found."""

    jpeg: bytes
    codes: tuple[str, ...]
    straightened: bool


def _sheet(answer: bytes) -> Sheet:
    told, _, jpeg = answer.partition(b"\n")
    found = json.loads(told)
    return Sheet(jpeg, tuple(found["codes"]), bool(found["straightened"]))


@dataclass(frozen=True, slots=True)
class Scan:
    """The sheets of a file with one or many pages, in their order; `is_whole`: whether every page of it was read."""

    sheets: tuple[Sheet, ...]
    is_whole: bool


def _scan(answer: bytes, *, ended_well: bool) -> Scan:
    """What came before the process ended, however it ended: a sheet counts when its last byte is there."""
    sheets: list[Sheet] = []
    is_whole = ended_well
    while answer:
        told, _, rest = answer.partition(b"\n")
        try:
            found = json.loads(told)
        except ValueError:
            return Scan(tuple(sheets), is_whole=False)
        jpeg, answer = rest[: found["bytes"]], rest[found["bytes"] :]
        if jpeg and len(jpeg) == found["bytes"]:
            sheets.append(Sheet(jpeg, tuple(found["codes"]), bool(found["straightened"])))
        else:
            is_whole = False
    return Scan(tuple(sheets), is_whole)


@dataclass(frozen=True, slots=True)
class Photographer:
    """Takes photographs with the camera of that source; `card` means there is none. Waits `within_s` seconds."""

    source: str
    within_s: float = WITHIN_S

    @property
    def has_camera(self) -> bool:
        """Whether a camera was set at all."""
        return self.source != CARD

    def shoot(self) -> bytes:
        """A JPEG of what the camera sees now. NoPhoto where it gives none."""
        if not self.has_camera:
            raise NoPhoto(Trouble.NO_CAMERA)
        return self._still(self.source, b"", Trouble.NO_CAMERA)

    def redraw(self, file: bytes) -> bytes:
        """A JPEG of the picture in a file that was sent (JPEG, PNG, WebP). NoPhoto where it is none."""
        return self._still(_STDIN, file, Trouble.NOT_A_PICTURE)

    def shoot_sheet(self) -> Sheet:
        """The signed sheet that is held under the camera, straightened. NoPhoto where there is no picture."""
        if not self.has_camera:
            raise NoPhoto(Trouble.NO_CAMERA)
        return _sheet(self._still(self.source, b"", Trouble.NO_CAMERA, _SHEET))

    def scan(self, file: bytes) -> Scan:
        """The signed sheets in a PDF or a picture that was sent. NoPhoto where not one page could be read.

        Waits `SCAN_WITHIN_S`; what was read until then is kept.
        """
        program = [sys.executable, "-m", _SCAN]
        try:
            done = subprocess.run(
                program,
                input=file,
                stdout=subprocess.PIPE,
                cwd=_ROOT,
                timeout=SCAN_WITHIN_S,
                check=False,
            )
            answer, code, otherwise = done.stdout, done.returncode, Trouble.NOT_A_PICTURE
        except subprocess.TimeoutExpired as late:
            answer, code, otherwise = late.stdout or b"", -1, Trouble.TOO_SLOW
        scan = _scan(answer, ended_well=code == 0)
        if not scan.sheets:
            log.warning("nothing was read of a scan: the process ended with %d", code)
            raise NoPhoto(_TROUBLES.get(code, otherwise))
        return scan

    def _still(self, source: str, given: bytes, otherwise: Trouble, of: str = _PHOTO) -> bytes:
        try:
            done = subprocess.run(
                [sys.executable, "-m", of, source],
                input=given,
                stdout=subprocess.PIPE,
                cwd=_ROOT,
                timeout=self.within_s,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            log.warning("no still from %s within %s s", source, self.within_s)
            raise NoPhoto(Trouble.TOO_SLOW) from error
        if done.returncode == 0 and done.stdout:
            return done.stdout
        log.warning("no still from %s: the process ended with %d", source, done.returncode)
        raise NoPhoto(_TROUBLES.get(done.returncode, otherwise))
