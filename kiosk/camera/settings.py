"""What a recording is started with: the first line the recorder process reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Self

CARD = "card"
"""The source of a recording without a camera: the moving test card."""
NO_ROOM, DISK_FULL = "磁盘空间不足", "磁盘已满"
"""How the cause begins where the film has ended to leave the votes their room, or was too late for that."""


@dataclass(frozen=True, slots=True)
class RecordingSettings:
    """One meeting's recording.

    `source` is a device number ("0"), the path of a film, an rtsp:// or http:// address, or
    "card". `microphone` is the argv of a program that writes raw s16le, 48 kHz, mono to its
    standard output. `width` and `height` are pixels (even numbers), `part_s` is seconds, `loop`
    lets a film begin again when it ends. `entry` is the newest entry of the journal, shown with the
    caption; `covered` begins with a card over the picture and without sound, as a secret vote is open.
    `reserve_mb` of the disk are left free for the votes.
    """

    source: str
    folder: Path
    font: Path
    caption: str = ""
    entry: int = 0
    covered: bool = False
    microphone: Sequence[str] | None = None
    width: int = 1280
    height: int = 720
    fps: int = 25
    part_s: float = 600
    loop: bool = True
    reserve_mb: int = 200

    def as_order(self) -> dict[str, object]:
        """Return the `record` command, ready for JSON."""
        order: dict[str, object] = {field.name: getattr(self, field.name) for field in fields(self)}
        microphone = None if self.microphone is None else list(self.microphone)
        paths = {"folder": str(self.folder), "font": str(self.font)}
        return {"do": "record"} | order | paths | {"microphone": microphone}

    @classmethod
    def from_order(cls, order: Mapping[str, object]) -> Self:
        """Read the `record` command; ValueError when it is another one or a field is missing."""
        if order.get("do") != "record":
            raise ValueError(f"the first command must be record, not {order.get('do')!r}")
        names = {field.name for field in fields(cls)}
        given: dict[str, Any] = {name: order[name] for name in names & order.keys()}
        try:
            paths = {"folder": Path(given["folder"]), "font": Path(given["font"])}
            return cls(**(given | paths))
        except (KeyError, TypeError) as error:
            raise ValueError(f"the record command is not complete: {error}") from error
