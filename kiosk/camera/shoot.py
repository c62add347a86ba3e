"""The recorder at work: shots from the view, words over them, onto the reel, orders in between."""

import shutil
import time
from contextlib import ExitStack
from dataclasses import asdict

from .capture import Camera
from .lettering import Lettering
from .overlay import Overlay
from .pace import Pace
from .pictures import Shot
from .reel import Reel
from .settings import CARD, NO_ROOM, RecordingSettings
from .sound import Sound
from .sources import Wish
from .testcard import COVERED, TestCard
from .view import View
from .wire import Order, Orders, Say

_OPEN_S = 5
_HEAR_S = 1.5
_HANGS_S = 5  # as long as a camera's driver may hold up the end
_STATUS_S = 1.0


class CannotGoOn(Exception):
    """The recording must end; the text says why, in the words people will read."""


class Shoot:
    """Everything that is opened for a recording, and the loop that turns it into film."""

    def __init__(self, settings: RecordingSettings, say: Say, closing: ExitStack) -> None:
        """Open everything; what must be closed again is given to `closing`.

        Raises CannotGoOn or OSError.
        """
        self._settings, self._say = settings, say
        self._require_room()
        size = (settings.width, settings.height)
        lettering = _lettering(settings)
        self._overlay = Overlay(lettering, *size, caption=settings.caption, entry=settings.entry)
        self._camera = self._open_camera(closing)
        self._sound = Sound(settings.microphone, muted=settings.covered)
        closing.callback(self._sound.close)
        self._card = TestCard(lettering, *size)
        self._view = self._open_view(self._card, size)
        self._covered = settings.covered
        self._reel = Reel(settings.folder, size, settings.fps, self._sound, say)
        closing.callback(self._reel.end)
        self._shown = self._view.state
        self._was_live = self._sound.is_live
        self._status_due = time.monotonic()
        self._pace = Pace()

    def go_on(self, orders: Orders) -> bool:
        """Film a little and obey what was ordered; False when the order is to stop.

        Takes a tenth of a second at most. Raises CannotGoOn or OSError.
        """
        shot = self._view.next(self._say)
        # Before the picture is drawn: none that was taken after the order to cover may be seen.
        goes_on = all(self._obey(order) for order in orders.poll()) and not orders.ended
        if self._is_part_over():
            self._shown = self._view.state
            self._reel.rotate()
        if shot is not None:
            if self._covered:
                shot = Shot(self._card.draw(COVERED, shot.at), shot.at)
            self._overlay.draw(shot.picture, shot.at, time.time())  # people read the wall clock
            self._reel.add(shot)
            self._pace.note(shot.at)
        self._tell_status()
        return goes_on

    def _open_camera(self, closing: ExitStack) -> Camera | None:
        settings = self._settings
        if settings.source == CARD:
            return None
        wish = Wish(settings.width, settings.height, settings.fps)
        camera = Camera(settings.source, wish, loop=settings.loop)
        closing.callback(camera.close, _HANGS_S)
        return camera

    def _open_view(self, card: TestCard, size: tuple[int, int]) -> View:
        """Start with the camera if it opens, else with the card, and say which."""
        settings, camera = self._settings, self._camera
        sound = self._sound.starts(_HEAR_S)
        is_open = camera is not None and camera.opened(_OPEN_S)
        view = View(card, camera, size, settings.fps)
        kind = camera.kind if camera and is_open else CARD
        self._say("started", source=settings.source, kind=kind, sound=sound)
        if camera and not is_open:
            view.never_opened(self._say)
        elif camera:
            camera.begin()
        return view

    def _is_part_over(self) -> bool:
        is_long = self._reel.position_s(time.monotonic()) >= self._settings.part_s
        return is_long or self._view.state != self._shown

    def _obey(self, order: Order) -> bool:
        """Do one order; False when it is to stop."""
        words = str(order.get("words", ""))
        match order.get("do"):
            case "mark":
                self._mark(order.get("id"), words)
            case "caption":
                self._overlay.caption(words, int(str(order.get("entry", 0))))
            case "cover":
                self._cover()
            case "uncover":
                self._uncover()
            case "stop":
                return False
            case _:  # of a newer server: what it does not know must not end the film
                pass
        return True

    def _cover(self) -> None:
        """Show a card and hear nothing: a secret vote is open."""
        self._covered = True
        self._sound.mute()

    def _uncover(self) -> None:
        self._covered = False
        self._sound.unmute()

    def _mark(self, name: object, words: str) -> None:
        now = time.monotonic()
        self._overlay.mark(words, now)
        offset_ms = round(1000 * self._reel.position_s(now))
        self._say(
            "marked", id=name, part=self._reel.part, offset_ms=offset_ms, **asdict(self._reel.head)
        )

    def _tell_status(self) -> None:
        now = time.monotonic()
        if now < self._status_due:
            return
        self._status_due = now + _STATUS_S
        self._tell_sound()
        free_mb = shutil.disk_usage(self._settings.folder).free >> 20
        self._say(
            "status",
            frames=self._reel.frames,
            dropped=self._camera.dropped if self._camera else 0,
            part=self._reel.part,
            part_ms=round(1000 * self._reel.position_s(now)),
            free_mb=free_mb,
            picture=self._view.state,
            sound="live" if self._sound.is_live else "silent",
            level_db=round(self._sound.level.peak_db, 1),
            fps=round(self._pace.per_second(now), 1),
            bytes_per_hour=self._reel.bytes_per_hour,
            covered=self._covered,
        )
        self._require_room()

    def _tell_sound(self) -> None:
        """Say that the microphone is lost or is back; one that was never there is not lost."""
        if self._sound.is_live is not self._was_live:
            self._was_live = self._sound.is_live
            self._say("heard" if self._was_live else "deaf")

    def _require_room(self) -> None:
        """Raises CannotGoOn where the film would take the room that is kept for the votes."""
        free_mb = shutil.disk_usage(self._settings.folder).free >> 20
        if free_mb < self._settings.reserve_mb:
            raise CannotGoOn(f"{NO_ROOM}：只剩 {free_mb} MB，留给表决记录")


def _lettering(settings: RecordingSettings) -> Lettering:
    try:
        return Lettering(settings.font)
    except OSError as error:
        raise CannotGoOn(f"字体文件打不开：{settings.font}") from error
