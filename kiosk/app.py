"""The composition root: the only reader of clock and chance, and the place where everything is put together."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask

from kiosk.camera.clips import ClipMaker
from kiosk.camera.eraser import Eraser
from kiosk.camera.film_store import FilmStore
from kiosk.camera.listener import Listener
from kiosk.camera.microphone import microphone_of
from kiosk.camera.operator import CameraOperator
from kiosk.camera.studio import studio_of
from kiosk.config import ROOT, Settings
from kiosk.core.events import VillageFounded
from kiosk.core.journal import read
from kiosk.core.terms import Purpose, VillageId
from kiosk.evidence.filing import Filing
from kiosk.evidence.stick import WitnessStick
from kiosk.evidence.streamed import Bundles
from kiosk.live import Live
from kiosk.printing.desk import PrintDesk
from kiosk.printing.printers import printer_of
from kiosk.service import Kiosk
from kiosk.store.boxes import BoxKeys
from kiosk.store.credentials import Credentials
from kiosk.store.database import Database, migrate, open_database
from kiosk.store.devices import Devices
from kiosk.store.durable import put
from kiosk.store.journal import SqlJournal, lines_of, villages
from kiosk.store.moved_clock import MovedClock
from kiosk.store.photos import Photos
from kiosk.store.register import Register
from kiosk.store.shown_heads import ShownHeads
from kiosk.store.slips import Slips
from kiosk.typeset.fonts import FontFolder
from kiosk.typeset.press import Press
from kiosk.web import LIVE_PAGES, add_pages
from kiosk.web.access import require_declarations
from kiosk.web.parts import Parts


class NoVillage(Exception):
    """The database holds no village yet."""


class MixedPurposes(Exception):
    """A rehearsal's clock over a village's record, or a rehearsal's record as a village's; says what to do."""


def utc_now() -> datetime:
    """The present instant."""
    return datetime.now(UTC)


def new_token() -> str:
    """128 bits nobody can guess, for ids, tokens and sessions; digits and letters alone, for ids name files."""
    return secrets.token_hex(16)


def new_digits(length: int) -> str:
    """A decimal code of that many digits, for people to type.

    No digit twice in a row: the pad ignores a second tap on the same key within 600 ms, as a tremor makes it.
    """
    digits = ""
    while len(digits) < length:
        digit = str(secrets.randbelow(10))
        digits += digit if not digits.endswith(digit) else ""
    return digits


@dataclass(frozen=True, slots=True)
class Application:
    """The running whole, for the server, the command line and the tests."""

    flask: Flask
    parts: Parts
    live: Live
    press: Press
    filing: Filing
    operator: CameraOperator
    bundles: Bundles
    eraser: Eraser
    clips: ClipMaker
    stick: WitnessStick
    printing: PrintDesk

    def start(self) -> None:
        """Begin to work: in the process that serves, after any fork."""
        self.bundles.clear()
        self.filing.start()  # before the press, which reports the papers it waits for
        self.press.start(self.parts.home)
        self.stick.start()
        self.printing.start()
        self.operator.start()
        self.eraser.start()
        self.clips.start()
        self.live.start()

    def stop(self) -> None:
        """End in good order: the film sealed, due papers set."""
        self.operator.stop()
        self.parts.listener.close()
        self.clips.stop()
        self.eraser.stop()
        self.press.stop()
        self.filing.stop()
        self.stick.stop()
        self.printing.stop()
        self.live.stop()


def open_store(settings: Settings) -> tuple[Flask, Database]:
    """The bare application with its database, brought to the newest version."""
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)  # private data of people
    flask = Flask(
        "kiosk",
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
        static_url_path="/static",
    )
    engine = open_database(flask, settings.database_url)
    migrate(engine)
    return flask, engine


def create_app(
    settings: Settings,
    *,
    clock: Callable[[], datetime] = utc_now,
    token: Callable[[], str] = new_token,
) -> Application:
    """Put the kiosk together over an existing village. Raises NoVillage where there is none, MixedPurposes.

    Nothing runs yet: call `start()` in the process that serves.
    """
    flask, engine = open_store(settings)
    home = home_of(engine, settings)
    flask.config.update(_flask_config(settings))
    moved = MovedClock(clock, settings.moved_days_file) if settings.rehearsal else None
    keys = BoxKeys(settings.box_keys_dir)
    journal = SqlJournal(engine, keys)
    journal.destroy_keys_left_over()
    kiosk = Kiosk(journal, moved or clock)
    fonts = FontFolder.from_node_modules(ROOT / "node_modules", last_resort=settings.rare_font)
    press = Press(kiosk, settings.papers_dir, fonts, token, settings.signing_key_file)
    photos = Photos(settings.data_dir / "photos")
    filing = Filing(kiosk, home, press.path, photos.path, settings.archives_dir)
    operator = CameraOperator(kiosk, home, studio_of(settings), token)
    bundles = Bundles(
        kiosk, home, press.path, operator.folder, photos.path, settings.recordings_dir, token
    )
    eraser = Eraser(kiosk, home, operator.folder)
    clips = ClipMaker(kiosk, home, operator.folder)
    stick = WitnessStick(kiosk, home, settings.witness_dir, token)
    printing = PrintDesk(printer_of(settings.printer), settings.print_shelf_dir)
    parts = Parts(
        settings=settings,
        kiosk=kiosk,
        home=home,
        register=Register(engine),
        credentials=Credentials(engine),
        devices=Devices(engine),
        slips=Slips(engine),
        box_keys=keys,
        shown_heads=ShownHeads(settings.shown_heads_file),
        papers=press,
        filing=filing,
        bundles=bundles,
        film=FilmStore(operator),
        listener=Listener(microphone_of(settings.microphone)),
        clips=clips,
        stick=stick,
        printing=printing,
        new_token=token,
        new_digits=new_digits,
        moved_clock=moved,
    )
    flask.extensions["kiosk"] = parts
    add_pages(flask)
    live = Live(flask, parts, LIVE_PAGES, boot=token())
    operator.on_change = live.changed
    stick.on_change = live.changed
    printing.on_change = live.changed
    require_declarations(flask, live.handlers.items())
    return Application(
        flask, parts, live, press, filing, operator, bundles, eraser, clips, stick, printing
    )


def clock_of(settings: Settings) -> Callable[[], datetime]:
    """The machine's clock, or that of the rehearsal."""
    return MovedClock(utc_now, settings.moved_days_file) if settings.rehearsal else utc_now


def home_of(engine: Database, settings: Settings) -> VillageId:
    """The village of this store. Raises NoVillage; MixedPurposes where its purpose is not that of the settings."""
    founded = villages(engine)
    if not founded:
        raise NoVillage
    home = founded[0]
    first, *_ = lines_of(engine, home)
    founding = read(first).event
    is_rehearsal = isinstance(founding, VillageFounded) and founding.purpose is Purpose.REHEARSAL
    if settings.rehearsal and not is_rehearsal:
        raise MixedPurposes(
            f"{settings.data_dir} 里是村里的正式记录，不能用演练时钟打开。"
            "请去掉 KIOSK_REHEARSAL，或者另用一个文件夹演练。"
        )
    if is_rehearsal and not settings.rehearsal:
        raise MixedPurposes(
            f"{settings.data_dir} 里是演练的记录，不能当正式记录打开。请用 kiosk run --rehearsal。"
        )
    return home


def _flask_config(settings: Settings) -> dict[str, object]:
    return {
        "SECRET_KEY": _secret_key(settings.data_dir / "secret-key"),
        "SESSION_COOKIE_NAME": f"kiosk-{settings.port}",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        # A paired screen stays paired through a power cut; an officer's session ends in the database.
        "PERMANENT_SESSION_LIFETIME": timedelta(days=400),
        "WTF_CSRF_TIME_LIMIT": None,  # a meeting lasts as long as it lasts
        "MAX_CONTENT_LENGTH": 64 * 1024,
        "MAX_FORM_PARTS": 32,
    }


def _secret_key(path: Path) -> str:
    """The key that signs cookies: made once, kept beside the database, readable by its owner only."""
    if not path.exists() or not path.read_text():
        put(path, secrets.token_hex(32).encode(), mode=0o600)
    return path.read_text()
