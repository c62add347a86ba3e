"""Keeps what is burnt into the film in step with the journal, and the room covered while a secret vote is open."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from kiosk.camera.caption import Caption, caption_of
from kiosk.camera.recorder import Recorder
from kiosk.core.ballot_terms import Method
from kiosk.core.events import VoteOpened
from kiosk.core.history import Known
from kiosk.core.journal import Entry
from kiosk.core.terms import MeetingId

SHORTEST_PAUSE_S = 0.5
"""Between two changes of the caption: in a vote entries come by the hundred."""


class Captioner:
    """Tells the recorder what to show. `heard` runs on the writer's thread, all else on the camera operator's.

    The order to cover the room is given before the writer takes the next command: no ballot of a secret vote can be
    taken, nor a screen show the vote, before the recorder has the order in its pipe. It obeys before it draws a
    picture that was taken afterwards.

    Args:
        recorder: who is told.
        known: the village as it stands, with the head.
        put: has a step done on the operator's thread.
    """

    def __init__(
        self,
        recorder: Recorder,
        known: Callable[[], Known],
        put: Callable[[Callable[[], None]], None],
    ) -> None:
        self._recorder, self._known, self._put = recorder, known, put
        self._meeting: MeetingId | None = None
        self._shown = Caption()
        self._told_at = float("-inf")
        self._due = False
        self._lock = threading.Lock()
        self._secret_votes = 0

    def heard(self, entries: Sequence[Entry]) -> None:
        """Something is durable; an answer in a secret box brings no entry, but the turnout is another."""
        if self._meeting is None:
            return
        if any(_is_secret(entry) for entry in entries):
            with self._lock:
                self._secret_votes += 1
                self._shown = replace(self._shown, covered=True)
                self._recorder.cover()
        if not self._due and (entries or self._shown.covered):
            self._due = True
            self._put(self._refresh)

    def begin(self, meeting: MeetingId) -> Caption:
        """What the recorder of this meeting is started with; call `begun` when it is."""
        self._meeting = meeting
        self._shown = caption_of(self._known(), meeting)
        return self._shown

    def begun(self) -> None:
        """The recorder takes orders: what came in the meantime, it missed."""
        if self._meeting is not None:
            self._shown = caption_of(self._known(), self._meeting)
            if self._shown.covered:
                self._recorder.cover()
            self._recorder.caption(self._shown.words, self._shown.entry)

    def end(self) -> None:
        """No meeting is filmed any more."""
        self._meeting = None

    def _refresh(self) -> None:
        wait_s = self._told_at + SHORTEST_PAUSE_S - time.monotonic()
        if wait_s > 0:
            timer = threading.Timer(wait_s, self._put, (self._refresh,))
            timer.daemon = True
            timer.start()
            return
        self._due = False
        if self._meeting is not None:
            self._tell(self._meeting)

    def _tell(self, meeting: MeetingId) -> None:
        before = self._secret_votes
        new = caption_of(self._known(), meeting)
        with self._lock:
            if (
                self._secret_votes != before
            ):  # one has opened since `known` was asked: it stays covered
                new = replace(new, covered=True)
            if self._shown.covered and not new.covered:
                self._recorder.uncover()
            elif new.covered and not self._shown.covered:
                self._recorder.cover()
            self._shown = new
        self._recorder.caption(new.words, new.entry)
        self._told_at = time.monotonic()


def _is_secret(entry: Entry) -> bool:
    return isinstance(entry.event, VoteOpened) and entry.event.method is Method.SECRET
