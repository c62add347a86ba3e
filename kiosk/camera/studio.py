"""What a village records with, and how the recording stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.camera.settings import RecordingSettings


@dataclass(frozen=True, slots=True)
class Lights:
    """What the screens say of the recording: `picture` is off, starting, live, card, lost or failed."""

    picture: str = "off"
    sound: bool = False


@dataclass(frozen=True, slots=True)
class Studio:
    """What a recording is made with: its source, microphone, font for the overlay, folder and part length."""

    source: str
    microphone: Sequence[str] | None
    font: Path
    recordings_dir: Path
    segment_s: int

    def settings(self, folder: Path, caption: str) -> RecordingSettings:
        """A recording into the folder, with these words at the foot of the picture."""
        return RecordingSettings(
            source=self.source,
            folder=folder,
            font=self.font,
            caption=caption,
            microphone=self.microphone,
            part_s=self.segment_s,
        )
