"""The camera operator (摄录员): records exactly while a meeting is in session, and reports to the journal.

A listener of the service: it hears of opened and closed meetings and votes after the commit, works on a thread
of its own, and turns the recorder's reports into facts. If the recorder dies or hangs the meeting goes on; it is
started again, and the gap is a fact. After a restart of the kiosk in mid-meeting it does the same.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from kiosk import wording
from kiosk.camera.captioning import Captioner
from kiosk.camera.gaps import FILM, Gaps
from kiosk.camera.recorder import Recorder
from kiosk.camera.recovery import recover
from kiosk.camera.reports import (
    cause_of,
    instant_of,
    lights_of,
    mark_of,
    put_on_record,
    seals_of,
)
from kiosk.camera.studio import Lights, Studio
from kiosk.core.commands import Command, StartRecording, StopRecording
from kiosk.core.events import MeetingAdjourned, MeetingOpened, VoteClosed, VoteOpened
from kiosk.core.history import Known
from kiosk.core.journal import Entry
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.terms import CommandId, MeetingId, Moment, VillageId
from kiosk.core.village import Village
from kiosk.service import Kiosk

log = logging.getLogger(__name__)
STOP_WITHIN_S = 20.0
START_AGAIN_AFTER_S = 2.0
START_AFTER_FAILURE_S = 10.0
HANGS_AFTER_S = 30.0
"""A recorder that says nothing for so long is killed; it reports once a second."""
_LOOK_S = 1.0
_UNSEEN_AFTER_S = 5.0


class CameraOperator:
    """Runs the recorder for one village.

    Args:
        kiosk: the service that is heard and reported to.
        village: whose meetings are recorded.
        studio: what with.
        new_token: makes the ids of the reporting commands.

    Attributes:
        lights: how the recording stands.
        on_change: called when the lights change.
    """

    def __init__(
        self, kiosk: Kiosk, village: VillageId, studio: Studio, new_token: Callable[[], str]
    ) -> None:
        self._kiosk = kiosk
        self._village = village
        self._studio = studio
        self._new_token = new_token
        self.on_change: Callable[[], None] = lambda: None
        self._do: queue.Queue[Callable[[], None] | None] = queue.Queue()
        self._recorder = Recorder(self._take)
        self._captioner = Captioner(self._recorder, lambda: kiosk.known(village), self._do.put)
        self._meeting: MeetingId | None = None
        self._gaps = Gaps(self._tell)
        self._is_filming = False
        self._reported_at = time.monotonic()
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

    @property
    def reserve_mb(self) -> int:
        """How much of the disk the film leaves to the votes."""
        return self._studio.reserve_mb

    def folder(self, meeting: MeetingId) -> Path:
        """Where this meeting's film is kept."""
        return self._studio.recordings_dir / self._village / meeting

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
                    self._do.put(partial(self._mark, event, entry.seq, known.village))
                case MeetingAdjourned(meeting=meeting):
                    self._do.put(partial(self._end, meeting))
                case _:
                    pass

    def _take(self, report: Mapping[str, object]) -> None:
        """A report came, on the thread that reads them."""
        self._reported_at = time.monotonic()
        self._do.put(partial(self._reported, report))

    def _work(self) -> None:
        while (step := self._next()) is not None:
            self._take_step(step)
            self._look_after()
        self._recorder.stop(STOP_WITHIN_S)
        while not self._do.empty():
            last = self._do.get()
            if last is not None:
                last()

    def _next(self) -> Callable[[], None] | None:
        try:
            return self._do.get(timeout=_LOOK_S)
        except queue.Empty:
            return self._look_after

    def _take_step(self, step: Callable[[], None]) -> None:
        try:
            step()
        except Exception:
            # Whatever goes wrong with the film, the meeting goes on.
            log.exception("the camera operator failed in a step")

    def _look_after(self) -> None:
        """A recorder that says nothing any more: say so, and kill it when it has had its time."""
        if not self._recorder.is_running:
            return
        silent_s = time.monotonic() - self._reported_at
        if silent_s > HANGS_AFTER_S:
            log.error("the recorder hangs and is killed")
            self._recorder.kill()
        elif silent_s > _UNSEEN_AFTER_S and self.lights.picture in {"live", "card"}:
            self._shine(replace(self.lights, picture="lost"))

    def _begin(self, meeting: MeetingId) -> None:
        self._meeting = meeting
        self._shine(replace(self.lights, picture="starting"))
        self._reported_at = time.monotonic()
        caption = self._captioner.begin(meeting)
        self._recorder.start(self._studio.settings(self.folder(meeting), caption))
        self._captioner.begun()

    def _take_up(self, sitting: Meeting) -> None:
        self._meeting = sitting.id
        last = self._recover(sitting)
        self._gaps.begin("kiosk", last or sitting.recording.started_at or sitting.opened_at)
        self._begin(sitting.id)

    def _finish_late(self, meeting: MeetingId) -> None:
        """Adjourned while no recorder ran: the kiosk or the recorder was cut off, or it was to start again."""
        self._meeting = meeting
        self._recover(self._kiosk.village(self._village).meeting(meeting))
        known = self._kiosk.village(self._village).meeting(meeting)
        if known.recording.started is not None:
            self._gaps.end(meeting, known.adjourned_at)
            self._tell(StopRecording(meeting))
        self._leave()

    def _leave(self) -> None:
        """Nothing is filmed any more."""
        self._meeting = None
        self._gaps.forget()
        self._captioner.end()
        self._shine(Lights())

    def _recover(self, meeting: Meeting) -> datetime | None:
        """Seal what the recorder left unsealed or unreported; until when the film goes."""
        folder = self.folder(meeting.id)
        if not folder.exists():
            return None
        recover(folder)
        seals = seals_of(meeting.id, folder)
        if meeting.recording.started is not None:  # else `_started` tells of them
            self._seal(meeting.id)
        return seals[-1].ended_at if seals else None

    def _mark(self, event: VoteOpened | VoteClosed, seq: int, village: Village) -> None:
        moment = Moment.OPENED if isinstance(event, VoteOpened) else Moment.CLOSED
        about = village.meetings[event.meeting].votes[event.vote].matters
        title = "、".join(village.matters[matter].title for matter in about)
        says = f"{wording.MOMENTS[moment]}（日志第{seq}条）：{title}"
        self._recorder.mark(f"{event.vote}:{moment.value}", says)

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
                self._seal(meeting)
            case "marked":
                self._tell(mark_of(meeting, report))
            case "lost":
                self._gaps.begin("camera", instant_of(report.get("since")) or at)
            case "back":
                self._gaps.end(meeting, at, "camera")
            case "deaf":
                self._gaps.begin("microphone", at)
            case "heard":
                self._gaps.end(meeting, at, "microphone")
            case "failed":
                log.error("recording failed: %s", report.get("cause"))
                cause = str(report.get("cause", ""))
                self._shine(replace(self.lights, picture="failed", cause=cause))
            case "stopped":
                self._stopped(meeting, at)
            case "died":
                self._died(meeting)
            case _:
                log.warning("the recorder said something unknown: %s", report)

    def _started(
        self, meeting: MeetingId, report: Mapping[str, object], at: datetime | None
    ) -> None:
        kind, sound = str(report["kind"]), bool(report["sound"])
        self._tell(StartRecording(meeting, kind, sound))
        self._seal(meeting)
        self._gaps.end(meeting, at, *FILM)
        self._is_filming = True
        picture = "card" if kind == "card" else "live"
        self._shine(replace(self.lights, picture=picture, sound="live" if sound else "silent"))

    def _seal(self, meeting: MeetingId) -> None:
        """Put every sealed part on record that is not there yet, in their order: the chain goes through them all."""
        known = self._kiosk.village(self._village).meeting(meeting).recording.segments
        told = {segment.part for segment in known}
        seals = seals_of(meeting, self.folder(meeting))
        self._tell(*(seal for seal in seals if seal.part not in told))

    def _stopped(self, meeting: MeetingId, at: datetime | None) -> None:
        if self.lights.picture == "card":
            self._gaps.forget("camera")  # it was never there: nothing was interrupted
        self._gaps.end(meeting, at, "camera", "microphone")
        sitting = self._kiosk.village(self._village).meeting(meeting)
        was_filming, self._is_filming = self._is_filming, False
        if sitting.adjourned_at is not None:
            self._gaps.end(meeting, sitting.adjourned_at)
            self._tell(StopRecording(meeting))
            self._leave()
        else:
            # It gave up by itself, the disk full perhaps: try again until the meeting ends.
            self._gaps.begin(cause_of(self.lights), at if was_filming else sitting.opened_at)
            self._again_in(START_AFTER_FAILURE_S, meeting)

    def _died(self, meeting: MeetingId) -> None:
        """Killed or crashed: seal what there is, and start again if the meeting still sits."""
        sitting = self._kiosk.village(self._village).meeting(meeting)
        last = self._recover(sitting) or sitting.opened_at
        self._gaps.end(meeting, last, "camera", "microphone")
        self._gaps.begin("recorder", last)
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
        if self._kiosk.village(self._village).meeting(meeting).in_session:
            self._begin(meeting)

    def _tell(self, *commands: Command) -> None:
        for command in commands:
            put_on_record(self._kiosk, self._village, command, CommandId(self._new_token()))

    def _shine(self, lights: Lights) -> None:
        if lights != self.lights:
            self.lights = lights
            self.on_change()
