"""What a village records with, and how the recording stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.camera.caption import Caption
from kiosk.camera.microphone import microphone_of
from kiosk.camera.settings import RecordingSettings
from kiosk.config import ROOT, Settings

OVERLAY_FONT = (
    ROOT / "node_modules/@expo-google-fonts/noto-sans-sc/500Medium/NotoSansSC_500Medium.ttf"
)


@dataclass(frozen=True, slots=True)
class Lights:
    """What the screens say of the recording; coarse on purpose, for each change draws all pages anew.

    Attributes:
        picture: off, starting, live, card, lost or failed.
        sound: live, quiet (the microphone gives nothing but silence), lost (it was there) or silent (there is none).
        fps: pictures a second.
        dropped: pictures that the encoder had no time for, since the recorder started.
        bytes_per_hour: how fast the film grows, as measured; 0 while not known.
        restarts: how often the recorder had to be started again in this meeting.
        cause: why it failed, in words; empty while it does not.
        covered: a card covers the room, for a secret vote is open.
    """

    picture: str = "off"
    sound: str = "silent"
    fps: int = 0
    dropped: int = 0
    bytes_per_hour: int = 0
    restarts: int = 0
    cause: str = ""
    covered: bool = False


@dataclass(frozen=True, slots=True)
class Studio:
    """What a recording is made with: its source, microphone, font for the overlay, folder, part length, lines.

    `height` is the lines of the picture, which is 16 to 9. `reserve_mb` of the disk stay free for the votes,
    whatever the film would like.
    """

    source: str
    microphone: Sequence[str] | None
    font: Path
    recordings_dir: Path
    segment_s: int
    height: int = 720
    reserve_mb: int = 200

    def settings(self, folder: Path, caption: Caption) -> RecordingSettings:
        """A recording into the folder, with this caption at the foot of the picture."""
        return RecordingSettings(
            source=self.source,
            folder=folder,
            font=self.font,
            caption=caption.words,
            entry=caption.entry,
            covered=caption.covered,
            microphone=self.microphone,
            width=self.height * 16 // 9,
            height=self.height,
            part_s=self.segment_s,
            reserve_mb=self.reserve_mb,
        )


def studio_of(settings: Settings) -> Studio:
    """The studio that the village's settings describe."""
    return Studio(
        source=settings.camera,
        microphone=microphone_of(settings.microphone),
        font=OVERLAY_FONT,
        recordings_dir=settings.recordings_dir,
        segment_s=settings.segment_s,
        height=settings.film_height,
    )
