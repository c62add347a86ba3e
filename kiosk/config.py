"""The settings, read once from the environment; nothing else reads it. Units stand in the names."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
"""Where templates/, static/ and node_modules/ stand."""
SHIPPED_CATALOGUE = Path(__file__).resolve().parent / "data" / "catalogue.json"
"""The catalogue of matters (小微权力清单) that comes with the kiosk."""


DEBIANS_RARE_FONT = Path("/usr/share/fonts/truetype/hanazono/HanaMinB.ttf")
"""Of Debian's `fonts-hanazono`: the planes of rare characters (CJK extensions B to F)."""
REHEARSAL = "rehearsal"
"""The folder inside the others in which a rehearsal keeps everything."""
FILM_HEIGHTS = (360, 720, 1080)
"""Lines of the picture: for a weak machine, the usual, for a strong one."""
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 -- named here to be asked about


class SettingsError(Exception):
    """A setting cannot be used; the message says which and what to write instead."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that may differ from kiosk to kiosk.

    Attributes:
        data_dir: the database, the papers and the secret key (KIOSK_DATA_DIR, default `instance`).
        recordings_dir: one folder of video a meeting (KIOSK_RECORDINGS_DIR, default `recordings`).
        host: the address served on (KIOSK_HOST, default 127.0.0.1).
        port: the port served on (KIOSK_PORT, default 8000).
        public_url: how phones reach the portal, printed in QR codes (KIOSK_PUBLIC_URL).
        camera: a device index, a film, an RTSP/HTTP address, or `card` for none (KIOSK_CAMERA, default 0).
        microphone: `auto`, `none`, or a command that writes s16le 48 kHz mono (KIOSK_MICROPHONE).
        px_per_mm: pixels a millimetre on the panel (KIOSK_PX_PER_MM, default 4.03: 21.5 inch at 1080p).
        threads: requests and open screens served at once (KIOSK_THREADS, default 128).
        segment_s: seconds of video in one part (KIOSK_SEGMENT_S, default 600).
        film_height: lines of the film's picture (KIOSK_FILM_HEIGHT, default 720; 360 and 1080 are the others).
        rehearsal: whether this is a rehearsal, in folders of its own and with a clock that can be moved forward
            (KIOSK_REHEARSAL=1, default 0).
        rare_font: the TrueType file for characters beyond the typeface (KIOSK_RARE_FONT, default Debian's HanaMinB);
            None where there is no such file.
        witness_dir: a folder on the 监委会's stick for the heads of the journal (KIOSK_WITNESS_DIR, default none).
        printer: `auto` for the default printer of CUPS on this machine, `none`, or an ipp:// address (KIOSK_PRINTER).
    """

    data_dir: Path
    recordings_dir: Path
    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str = "http://127.0.0.1:8000"
    camera: str = "0"
    microphone: str = "auto"
    px_per_mm: str = "4.03"
    threads: int = 128
    segment_s: int = 600
    film_height: int = 720
    rehearsal: bool = False
    witness_dir: Path | None = None
    rare_font: Path | None = None
    printer: str = "auto"

    @property
    def database_url(self) -> str:
        """The SQLite database in the data folder."""
        return f"sqlite:///{self.data_dir / 'kiosk.sqlite3'}"

    @property
    def papers_dir(self) -> Path:
        """Where the issued papers are kept."""
        return self.data_dir / "papers"

    @property
    def notice_voice(self) -> Path:
        """The notice of filming (录音录像告知) spoken by somebody of the village, if it was recorded."""
        return self.data_dir / "voice" / "recording-notice.wav"

    @property
    def shown_heads_file(self) -> Path:
        """Where the portal remembers every head it showed: beside the database, never in it."""
        return self.data_dir / "shown-heads.jsonl"

    @property
    def glyphs_dir(self) -> Path:
        """Where the slices of the typeface for rare characters are kept once they were cut."""
        return self.data_dir / "glyphs"

    @property
    def archives_dir(self) -> Path:
        """Where the files of archived matters (一事一档) are kept."""
        return self.data_dir / "archives"

    @property
    def print_shelf_dir(self) -> Path:
        """Where papers wait for the printer."""
        return self.data_dir / "print-shelf"

    @property
    def signing_key_file(self) -> Path:
        """The village's own key, with which papers are signed, and its certificate."""
        return self.data_dir / "signing-key.pem"

    @property
    def box_keys_dir(self) -> Path:
        """Where the keys of open secret votes lie until the votes are over."""
        return self.data_dir / "box-keys"

    @property
    def moved_days_file(self) -> Path:
        """Where a rehearsal keeps by how many days its clock is ahead; no other kiosk has this file."""
        return self.data_dir / "clock-days"


def settings_from(environment: Mapping[str, str]) -> Settings:
    """Read the settings. SettingsError names the one that cannot be used."""
    rehearsal = _switch(environment, "KIOSK_REHEARSAL")
    host = environment.get("KIOSK_HOST", "127.0.0.1")
    port = _whole(environment, "KIOSK_PORT", 8000)
    px_per_mm = environment.get("KIOSK_PX_PER_MM", "4.03")
    film_height = _whole(environment, "KIOSK_FILM_HEIGHT", 720)
    if film_height not in FILM_HEIGHTS:
        raise SettingsError(f"KIOSK_FILM_HEIGHT must be one of {FILM_HEIGHTS}, not {film_height}")
    if not px_per_mm.replace(".", "", 1).isdecimal():
        raise SettingsError("KIOSK_PX_PER_MM must be a number such as 4.03")
    if host in EVERYWHERE and "KIOSK_PUBLIC_URL" not in environment:
        raise SettingsError(
            "KIOSK_HOST serves on every address: say in KIOSK_PUBLIC_URL which one phones use, "
            "for instance http://192.168.1.20:8000; papers print it"
        )
    return Settings(
        data_dir=_folder(environment, "KIOSK_DATA_DIR", "instance", rehearsal=rehearsal),
        recordings_dir=_folder(
            environment, "KIOSK_RECORDINGS_DIR", "recordings", rehearsal=rehearsal
        ),
        host=host,
        port=port,
        public_url=environment.get("KIOSK_PUBLIC_URL", f"http://{host}:{port}").rstrip("/"),
        camera=environment.get("KIOSK_CAMERA", "0"),
        microphone=environment.get("KIOSK_MICROPHONE", "auto"),
        px_per_mm=px_per_mm,
        threads=_whole(environment, "KIOSK_THREADS", 128),
        segment_s=_whole(environment, "KIOSK_SEGMENT_S", 600),
        film_height=film_height,
        rehearsal=rehearsal,
        witness_dir=_stick(environment.get("KIOSK_WITNESS_DIR", "")),
        rare_font=_rare_font(environment.get("KIOSK_RARE_FONT", "")),
        printer=_printer(environment.get("KIOSK_PRINTER", "auto")),
    )


def _rare_font(named: str) -> Path | None:
    """The font that was named, which must be there; otherwise Debian's, where it is installed."""
    if named and not Path(named).is_file():
        raise SettingsError(f"KIOSK_RARE_FONT must be a TrueType file, and {named} is none")
    if named:
        return Path(named).resolve()
    return DEBIANS_RARE_FONT if DEBIANS_RARE_FONT.is_file() else None


def _stick(folder: str) -> Path | None:
    # Made by nobody here: without the stick it must not be there.
    return Path(folder).resolve() if folder else None


def _printer(text: str) -> str:
    if text in {"auto", "none"} or text.startswith(("ipp://", "ipps://")):
        return text
    raise SettingsError(
        "KIOSK_PRINTER must be auto, none, or an address such as ipp://localhost:631/printers/hall, "
        f"not {text!r}"
    )


def _folder(environment: Mapping[str, str], name: str, default: str, *, rehearsal: bool) -> Path:
    folder = Path(environment.get(name, ROOT / default)).resolve()
    # Law 12: a rehearsal never touches the village's own folder, whatever else is set.
    return folder / REHEARSAL if rehearsal else folder


def _switch(environment: Mapping[str, str], name: str) -> bool:
    text = environment.get(name, "0")
    if text not in {"0", "1"}:
        raise SettingsError(f"{name} must be 0 or 1, not {text!r}")
    return text == "1"


def _whole(environment: Mapping[str, str], name: str, default: int) -> int:
    text = environment.get(name, str(default))
    if not text.isdecimal() or int(text) == 0:
        raise SettingsError(f"{name} must be a whole number above 0, not {text!r}")
    return int(text)
