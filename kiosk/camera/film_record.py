"""What the journal is told of a film (录像的记录): its start, its parts, its marks, its gaps and its end."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from kiosk.camera.gaps import Gaps
from kiosk.camera.recovery import recover
from kiosk.camera.reports import mark_of, put_on_record, seals_of
from kiosk.core.commands import Command, ReportFilmRoom, StartRecording, StopRecording
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.terms import CommandId, MeetingId, VillageId
from kiosk.service import Kiosk


class FilmRecord:
    """Puts facts about the films of one village into its journal; `gaps` are those that are not over yet.

    Args:
        kiosk: the one door.
        village: whose journal.
        folder: where a meeting's film is kept.
        new_token: makes the ids of the commands.
    """

    def __init__(
        self,
        kiosk: Kiosk,
        village: VillageId,
        folder: Callable[[MeetingId], Path],
        new_token: Callable[[], str],
    ) -> None:
        self._kiosk, self._village = kiosk, village
        self._folder, self._new_token = folder, new_token
        self.gaps = Gaps(self._tell)

    def meeting(self, meeting: MeetingId) -> Meeting:
        """The meeting as it stands."""
        return self._kiosk.village(self._village).meeting(meeting)

    def room(self, meeting: MeetingId, minutes: int) -> None:
        """So many minutes of film the disk holds before that meeting."""
        self._tell(ReportFilmRoom(meeting, minutes))

    def started(self, meeting: MeetingId, kind: str, *, sound: bool) -> None:
        """The recorder runs; what was sealed before it could be told, too."""
        self._tell(StartRecording(meeting, kind, sound))
        self.seal(meeting)

    def seal(self, meeting: MeetingId) -> None:
        """Every sealed part that is not on record yet, in their order: the chain goes through them all."""
        told = {segment.part for segment in self.meeting(meeting).recording.segments}
        seals = seals_of(meeting, self._folder(meeting))
        self._tell(*(seal for seal in seals if seal.part not in told))

    def recover(self, meeting: MeetingId) -> datetime | None:
        """Seal what the recorder left unsealed or unreported; until when the film goes, None where there is none."""
        folder = self._folder(meeting)
        if not folder.exists():
            return None
        recover(folder)
        seals = seals_of(meeting, folder)
        if self.meeting(meeting).recording.started is not None:  # else `started` tells of them
            self.seal(meeting)
        return seals[-1].ended_at if seals else None

    def mark(self, meeting: MeetingId, report: Mapping[str, object]) -> None:
        """A moment of a vote stands in the film."""
        self._tell(mark_of(meeting, report))

    def finish(self, meeting: MeetingId) -> None:
        """The meeting is over and no recorder runs: open gaps last to its end. A film that never began has none."""
        known = self.meeting(meeting)
        if known.recording.started is not None:
            self.gaps.end(meeting, known.adjourned_at)
            self._tell(StopRecording(meeting))
        self.gaps.forget()

    def _tell(self, *commands: Command) -> None:
        for command in commands:
            put_on_record(self._kiosk, self._village, command, CommandId(self._new_token()))
