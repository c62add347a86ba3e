"""The camera operator (摄录员): records exactly while a meeting is in session, and reports to the journal.

A listener of the service: it hears of opened and closed meetings and votes after the commit, works on a thread
of its own, and turns the recorder's reports into facts. If the recorder dies the meeting goes on; it is started
again, and the gap is a fact. After a restart of the kiosk in mid-meeting it does the same.
"""

import logging
import queue
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from kiosk import wording
from kiosk.camera.recorder import Recorder
from kiosk.camera.recovery import recover
from kiosk.camera.reports import (
    instant_of,
    lights_of,
    mark_of,
    put_on_record,
    seals_of,
)
from kiosk.camera.studio import Lights, Studio
from kiosk.core.commands import Command, NoteInterruption, StartRecording, StopRecording
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
        self._recorder = Recorder(lambda report: self._do.put(partial(self._reported, report)))
        self._do: queue.Queue[Callable[[], None] | None] = queue.Queue()
        self._meeting: MeetingId | None = None
        self._gap_since: datetime | None = None
        self._gap_cause = ""
        self._lost_since: datetime | None = None
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

    def folder(self, meeting: MeetingId) -> Path:
        """Where this meeting's film is kept."""
        return self._studio.recordings_dir / self._village / meeting

    def heard(self, village: VillageId, entries: Sequence[Entry], known: Known) -> None:
        """A listener of the service."""
        if village != self._village or known.village is None:
            return
        for entry in entries:
            match entry.event:
                case MeetingOpened(meeting=meeting):
                    self._do.put(partial(self._begin, meeting))
                case VoteOpened() | VoteClosed() as event:
                    self._do.put(partial(self._mark, event, known.village))
                case MeetingAdjourned(meeting=meeting):
                    self._do.put(partial(self._end, meeting))
                case _:
                    pass

    def _work(self) -> None:
        while (step := self._do.get()) is not None:
            try:
                step()
            except Exception:
                # Whatever goes wrong with the film, the meeting goes on.
                log.exception("the camera operator failed in a step")
        self._recorder.stop(STOP_WITHIN_S)
        while not self._do.empty():
            last = self._do.get()
            if last is not None:
                last()

    def _begin(self, meeting: MeetingId) -> None:
        self._meeting = meeting
        self._shine(replace(self.lights, picture="starting"))
        village = self._kiosk.village(self._village)
        caption = f"{village.name} {wording.BODIES[village.meeting(meeting).body]}"
        self._recorder.start(self._studio.settings(self.folder(meeting), caption))

    def _take_up(self, sitting: Meeting) -> None:
        self._meeting = sitting.id
        last = self._recover(sitting)
        self._gap_since = last or sitting.recording.started_at or sitting.opened_at
        self._gap_cause = "kiosk"
        self._begin(sitting.id)

    def _finish_late(self, meeting: MeetingId) -> None:
        """Adjourned while no recorder ran: the kiosk or the recorder was cut off, or it was to start again."""
        self._meeting = meeting
        self._recover(self._kiosk.village(self._village).meeting(meeting))
        known = self._kiosk.village(self._village).meeting(meeting)
        since, until = self._gap_since, known.adjourned_at
        if known.recording.started is not None:
            if since is not None and until is not None and since < until:
                self._tell(NoteInterruption(meeting, since, until, self._gap_cause))
            self._tell(StopRecording(meeting))
        self._meeting = self._gap_since = self._lost_since = None
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

    def _mark(self, event: VoteOpened | VoteClosed, village: Village) -> None:
        moment = Moment.OPENED if isinstance(event, VoteOpened) else Moment.CLOSED
        about = village.meetings[event.meeting].votes[event.vote].matters
        title = "、".join(village.matters[matter].title for matter in about)
        says = "表决开始" if moment is Moment.OPENED else "表决结束"
        self._recorder.mark(f"{event.vote}:{moment.value}", f"{says}：{title}")

    def _end(self, meeting: MeetingId) -> None:
        if self._meeting != meeting:
            return
        if self._recorder.is_running:
            self._recorder.stop(STOP_WITHIN_S)  # what it reports at its end ends the film
        else:
            self._finish_late(meeting)

    def _reported(self, report: Mapping[str, object]) -> None:  # noqa: C901 -- dispatch only
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
                self._lost_since = instant_of(report.get("since")) or at
            case "back":
                self._back(meeting, at)
            case "failed":
                log.error("recording failed: %s", report.get("cause"))
                self._shine(replace(self.lights, picture="failed"))
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
        if self._gap_since is not None and at is not None:
            self._tell(NoteInterruption(meeting, self._gap_since, at, self._gap_cause))
        self._gap_since = None
        self._shine(Lights("card" if kind == "card" else "live", sound))

    def _seal(self, meeting: MeetingId) -> None:
        """Put every sealed part on record that is not there yet, in their order: the chain goes through them all."""
        known = self._kiosk.village(self._village).meeting(meeting).recording.segments
        told = {segment.part for segment in known}
        seals = seals_of(meeting, self.folder(meeting))
        self._tell(*(seal for seal in seals if seal.part not in told))

    def _back(self, meeting: MeetingId, at: datetime | None) -> None:
        if self._lost_since is not None and at is not None:
            self._tell(NoteInterruption(meeting, self._lost_since, at, "camera"))
        self._lost_since = None

    def _stopped(self, meeting: MeetingId, at: datetime | None) -> None:
        # With no camera from start to end nothing was interrupted.
        if self.lights.picture != "card":
            self._back(meeting, at)
        over = self._kiosk.village(self._village).meeting(meeting).adjourned_at is not None
        if over:
            self._tell(StopRecording(meeting))
            self._meeting = self._lost_since = None
            self._shine(Lights())
        else:
            # It gave up by itself, the disk full perhaps: try again until the meeting ends.
            self._gap_since, self._gap_cause = at, "recorder"
            self._again_in(START_AFTER_FAILURE_S, meeting)

    def _died(self, meeting: MeetingId) -> None:
        """Killed or crashed: seal what there is, and start again if the meeting still sits."""
        sitting = self._kiosk.village(self._village).meeting(meeting)
        self._gap_since = self._recover(sitting) or sitting.opened_at
        self._gap_cause, self._lost_since = "recorder", None
        if sitting.in_session:
            self._shine(replace(self.lights, picture="lost"))
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
