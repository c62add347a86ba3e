"""The whole state of one village (村): its matters, its meetings, its papers. Computed, never stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from kiosk.core.events import PaperIssued
from kiosk.core.matter import Matter
from kiosk.core.meeting import Meeting
from kiosk.core.refusals import Reason, Refused
from kiosk.core.terms import MatterId, MeetingId, VillageId


@dataclass(frozen=True, slots=True)
class Village:
    """One village: its matters, its meetings, its issued papers."""

    id: VillageId
    name: str
    township: str
    office_phone: str
    portal_url: str
    demonstration: bool
    matters: Mapping[MatterId, Matter] = field(default_factory=dict)
    meetings: Mapping[MeetingId, Meeting] = field(default_factory=dict)
    papers: tuple[PaperIssued, ...] = ()

    def matter(self, matter: MatterId) -> Matter:
        """The matter of that id. Refused: NO_SUCH_MATTER."""
        if matter not in self.matters:
            raise Refused(Reason.NO_SUCH_MATTER)
        return self.matters[matter]

    def meeting(self, meeting: MeetingId) -> Meeting:
        """The meeting of that id. Refused: NO_SUCH_MEETING."""
        if meeting not in self.meetings:
            raise Refused(Reason.NO_SUCH_MEETING)
        return self.meetings[meeting]

    @property
    def sitting_meeting(self) -> Meeting | None:
        """The meeting in session, if one is."""
        return next((m for m in self.meetings.values() if m.in_session), None)

    @property
    def next_meeting(self) -> Meeting | None:
        """The meeting in session; else the earliest that is called and not over."""
        called = [m for m in self.meetings.values() if m.adjourned_at is None]
        return self.sitting_meeting or min(called, key=lambda m: m.starts_at, default=None)

    @property
    def last_meeting(self) -> Meeting | None:
        """The meeting that was adjourned last."""
        held = [(m.adjourned_at, m) for m in self.meetings.values() if m.adjourned_at]
        return max(held, key=lambda at: at[0])[1] if held else None

    def with_matter(self, matter: Matter) -> "Village":
        """The village with this matter in the place of its earlier state."""
        return replace(self, matters={**self.matters, matter.id: matter})

    def with_meeting(self, meeting: Meeting) -> "Village":
        """The village with this meeting in the place of its earlier state."""
        return replace(self, meetings={**self.meetings, meeting.id: meeting})
