"""The camera operator (摄录员): records exactly while a meeting is in session, and reports to the journal.

A listener of the service: it hears of opened and closed meetings and votes after the commit, works on a thread
of its own, and turns the recorder's reports into facts. If the recorder dies or hangs the meeting goes on; it is
started again, and the gap is a fact. After a restart of the kiosk in mid-meeting it does the same.
"""

import logging
import queue
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from kiosk.camera.caption import mark_of_vote
from kiosk.camera.captioning import Captioner
from kiosk.camera.film_record import FilmRecord
from kiosk.camera.gaps import FILM
from kiosk.camera.recorder import Recorder
from kiosk.camera.reports import cause_of, instant_of, lights_begun, lights_failed, lights_of
from kiosk.camera.studio import Lights, Studio
from kiosk.camera.watch import Sign, Watch
from kiosk.core.events import MeetingAdjourned, MeetingOpened, VoteClosed, VoteOpened
from kiosk.core.history import Known
from kiosk.core.journal import Entry
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.terms import MeetingId, VillageId
from kiosk.service import Kiosk

log = logging.getLogger(__name__)
STOP_WITHIN_S = 20.0
START_AGAIN_AFTER_S = 2.0
START_AFTER_FAILURE_S = 10.0
_LOOK_S = 1.0


class CameraOperator:
    """Runs the recorder for one village.

    Args:
        kiosk: the service that is heard and reported to.
        village: whose meetings are recorded.
        studio: what with.
        new_token: makes the ids of the reporting commands.

    Attributes:
        studio: as given.
        record: what the journal is told.
        lights: how the recording stands.
        on_change: called when the lights change.
    """

    def __init__(
        self, kiosk: Kiosk, village: VillageId, studio: Studio, new_token: Callable[[], str]
    ) -> None:
        self._kiosk, self._village = kiosk, village
        self.studio = studio
        self.on_change: Callable[[], None] = lambda: None
        self._do: queue.Queue[Callable[[], None] | None] = queue.Queue()
        self._recorder = Recorder(self._take)
        self._captioner = Captioner(self._recorder, lambda: kiosk.known(village), self._do.put)
        self._meeting: MeetingId | None = None
        self.record = FilmRecord(kiosk, village, self.folder, new_token)
        self._is_filming = False
        self._watch = Watch()
        self.lights = Lights()
        self._thread = threading.Thread(target=self._work, name="camera-operator", daemon=True)

    def start(self) -> None:
        """Listen; if a meeting is in session the kiosk was cut off in it, so take the film up again."""
        self._kiosk.subscribe(self.heard)
        sitting = self._kiosk.village(self._village).sitting_meeting
        for meeting in self._kiosk.village(self._village).meetings.values():
            if meeting.recording.is_running and meeting.adjourned_at is not None:
                self._do.put(partial(self._finish_late, meeting.id))
        if sitting is not None:
            self._do.put(partial(self._take_up, sitting))
        self._thread.start()

    def stop(self) -> None:
        """Seal what is being recorded and end."""
        self._do.put(None)
        self._thread.join(timeout=STOP_WITHIN_S + 5)

    @property
    def recorder_pid(self) -> int | None:
        """The recorder's process, while it is alive: for those who measure it, or kill it on purpose."""
        return self._recorder.pid

    def folder(self, meeting: MeetingId) -> Path:
        """Where this meeting's film is kept."""
        return self.studio.recordings_dir / self._village / meeting

    def heard(self, village: VillageId, entries: Sequence[Entry], known: Known) -> None:
        """A listener of the service; what hangs in it holds up the votes."""
        if village != self._village or known.village is None:
            return
        self._captioner.heard(entries)
        for entry in entries:
            match entry.event:
                case MeetingOpened(meeting=meeting):
                    self._do.put(partial(self._begin, meeting))
                case VoteOpened() | VoteClosed() as event:
                    mark = mark_of_vote(event, entry.seq, known.village)
                    self._do.put(partial(self._recorder.mark, *mark))
                case MeetingAdjourned(meeting=meeting):
                    self._do.put(partial(self._end, meeting))
                case _:
                    pass

    def _take(self, report: Mapping[str, object]) -> None:
        """A report came, on the thread that reads them."""
        self._watch.heard()
        self._do.put(partial(self._reported, report))

    def _work(self) -> None:
        while (step := self._next()) is not None:
            for task in (step, self._look_after):
                try:
                    task()
                except Exception:  # whatever goes wrong with the film, the meeting goes on
                    log.exception("the camera operator failed in a step")
        self._recorder.stop(STOP_WITHIN_S)
        while not self._do.empty():
            if (last := self._do.get()) is not None:
                last()

    def _next(self) -> Callable[[], None] | None:
        try:
            return self._do.get(timeout=_LOOK_S)
        except queue.Empty:
            return lambda: None

    def _look_after(self) -> None:
        """A recorder that says nothing any more: say so, and kill it when it has had its time."""
        if not self._recorder.is_running:
            return
        sign = self._watch.sign
        if sign is Sign.HANGS:
            log.error("the recorder hangs and is killed")
            self._recorder.kill()
        elif sign is Sign.UNSEEN and self.lights.picture in {"live", "card"}:
            self._shine(replace(self.lights, picture="lost"))

    def _begin(self, meeting: MeetingId) -> None:
        self._meeting = meeting
        if self.lights.picture == "off":  # what has failed or is lost says so until it is back
            self._shine(replace(self.lights, picture="starting"))
        self._watch.heard()
        caption = self._captioner.begin(meeting)
        self._recorder.start(self.studio.settings(self.folder(meeting), caption))
        self._captioner.begun()

    def _take_up(self, sitting: Meeting) -> None:
        last = self.record.recover(sitting.id)
        self.record.gaps.begin("kiosk", last or sitting.recording.started_at or sitting.opened_at)
        self._begin(sitting.id)

    def _finish_late(self, meeting: MeetingId) -> None:
        """Adjourned while no recorder ran: the kiosk or the recorder was cut off, or it was to start again."""
        self.record.recover(meeting)
        self.record.finish(meeting)
        self._leave()

    def _leave(self) -> None:
        """Nothing is filmed any more."""
        self._meeting = None
        self._captioner.end()
        self._shine(Lights())

    def _end(self, meeting: MeetingId) -> None:
        if self._meeting != meeting:
            return
        if self._recorder.is_running:
            self._recorder.stop(STOP_WITHIN_S)  # what it reports at its end ends the film
        else:
            self._finish_late(meeting)

    def _reported(self, report: Mapping[str, object]) -> None:  # noqa: C901, PLR0912 -- dispatch only
        if (meeting := self._meeting) is None:
            return
        at = instant_of(report.get("at"))
        match report.get("event"):
            case "started":
                self._started(meeting, report, at)
            case "status":
                self._shine(lights_of(report, self.lights))
            case "sealed":
                self.record.seal(meeting)
            case "marked":
                self.record.mark(meeting, report)
            case "lost":
                self.record.gaps.begin("camera", instant_of(report.get("since")) or at)
            case "back":
                self.record.gaps.end(meeting, at, "camera")
            case "deaf":
                self.record.gaps.begin("microphone", at)
            case "heard":
                self.record.gaps.end(meeting, at, "microphone")
            case "failed":
                log.error("recording failed: %s", report.get("cause"))
                self._shine(lights_failed(report, self.lights))
            case "stopped":
                self._stopped(meeting, at)
            case "died":
                self._died(meeting)
            case _:
                log.warning("the recorder said something unknown: %s", report)

    def _started(
        self, meeting: MeetingId, report: Mapping[str, object], at: datetime | None
    ) -> None:
        self.record.started(meeting, str(report["kind"]), sound=bool(report["sound"]))
        self.record.gaps.end(meeting, at, *FILM)
        self._is_filming = True
        self._shine(lights_begun(report, self.lights))

    def _stopped(self, meeting: MeetingId, at: datetime | None) -> None:
        if self.lights.picture == "card":
            self.record.gaps.forget("camera")  # it was never there: nothing was interrupted
        self.record.gaps.end(meeting, at, "camera", "microphone")
        sitting = self.record.meeting(meeting)
        was_filming, self._is_filming = self._is_filming, False
        if sitting.adjourned_at is not None:
            self.record.finish(meeting)
            self._leave()
        else:
            # It gave up by itself, the disk full perhaps: try again until the meeting ends.
            self.record.gaps.begin(cause_of(self.lights), at if was_filming else sitting.opened_at)
            self._again_in(START_AFTER_FAILURE_S, meeting)

    def _died(self, meeting: MeetingId) -> None:
        """Killed or crashed: seal what there is, and start again if the meeting still sits."""
        sitting = self.record.meeting(meeting)
        last = self.record.recover(meeting) or sitting.opened_at
        self.record.gaps.end(meeting, last, "camera", "microphone")
        self.record.gaps.begin("recorder", last)
        self._is_filming = False
        if sitting.in_session:
            restarts = self.lights.restarts + 1
            self._shine(replace(self.lights, picture="lost", restarts=restarts))
            self._again_in(START_AGAIN_AFTER_S, meeting)
        else:
            self._finish_late(meeting)

    def _again_in(self, wait_s: float, meeting: MeetingId) -> None:
        timer = threading.Timer(wait_s, lambda: self._do.put(partial(self._start_again, meeting)))
        timer.daemon = True
        timer.start()

    def _start_again(self, meeting: MeetingId) -> None:
        if self.record.meeting(meeting).in_session:
            self._begin(meeting)

    def _shine(self, lights: Lights) -> None:
        if lights != self.lights:
            self.lights = lights
            self.on_change()
