"""The whole state of one village (村): its rules, needs, matters, meetings, papers. Computed, never stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from kiosk.core.correction import Correction
from kiosk.core.emergency import Emergency
from kiosk.core.events import PaperIssued, SignedSheetFiled, SigningKeyAdopted
from kiosk.core.law.catalogue import Catalogue, Kind
from kiosk.core.law.periods import Periods
from kiosk.core.law.rules import RuleRow
from kiosk.core.matters.matter import Matter
from kiosk.core.matters.need import Need
from kiosk.core.matters.publicity import Objection
from kiosk.core.meetings.custody import Custody
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.refusals import Reason, Refused
from kiosk.core.terms import (
    ClipAudience,
    CorrectionId,
    EmergencyId,
    KindId,
    MatterId,
    MeetingId,
    NeedId,
    ObjectionId,
    Purpose,
    RowId,
    VillageId,
)
from kiosk.core.values import NamedHead
from kiosk.core.votes.box import Box
from kiosk.core.votes.vote import Vote

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Village:
    """One village as of the last of its `entries` in the journal."""

    id: VillageId
    name: str
    township: str
    office_phone: str
    portal_url: str
    purpose: Purpose
    entries: int = 0
    catalogue: Catalogue | None = None
    rows: Mapping[RowId, RuleRow] = field(default_factory=dict)
    periods: Periods = field(default_factory=Periods)
    clip_audience: ClipAudience = ClipAudience.HALL_NETWORK
    township_phone: str = ""
    """Of the township's office (乡镇电话); empty until it was laid down."""
    supervision_phone: str = ""
    """Of whoever takes complaints (监督电话); empty until it was laid down."""
    needs: Mapping[NeedId, Need] = field(default_factory=dict)
    matters: Mapping[MatterId, Matter] = field(default_factory=dict)
    meetings: Mapping[MeetingId, Meeting] = field(default_factory=dict)
    objections: Mapping[ObjectionId, Objection] = field(default_factory=dict)
    emergencies: Mapping[EmergencyId, Emergency] = field(default_factory=dict)
    corrections: Mapping[CorrectionId, Correction] = field(default_factory=dict)
    films: Mapping[MeetingId, Custody] = field(default_factory=dict)
    papers: tuple[PaperIssued, ...] = ()
    sheets: tuple[SignedSheetFiled, ...] = ()
    """Every page that people signed by pen and that came back (签字页)."""
    signing_keys: tuple[SigningKeyAdopted, ...] = ()
    """Every key that papers were signed by, the newest last."""

    def kind(self, kind: KindId) -> Kind:
        """The kind of matter of that id. Refused: NO_SUCH_KIND."""
        found = None if self.catalogue is None else self.catalogue.kind(kind)
        if found is None:
            raise Refused(Reason.NO_SUCH_KIND)
        return found

    def need(self, need: NeedId) -> Need:
        """The need of that id. Refused: NO_SUCH_NEED."""
        return _found(self.needs, need, Reason.NO_SUCH_NEED)

    def matter(self, matter: MatterId) -> Matter:
        """The matter of that id. Refused: NO_SUCH_MATTER."""
        return _found(self.matters, matter, Reason.NO_SUCH_MATTER)

    def meeting(self, meeting: MeetingId) -> Meeting:
        """The meeting of that id. Refused: NO_SUCH_MEETING."""
        return _found(self.meetings, meeting, Reason.NO_SUCH_MEETING)

    def custody(self, meeting: MeetingId) -> Custody:
        """What has become of the film of that meeting."""
        return self.films.get(meeting) or Custody()

    def objection(self, objection: ObjectionId) -> Objection:
        """The objection of that id. Refused: NO_SUCH_OBJECTION."""
        return _found(self.objections, objection, Reason.NO_SUCH_OBJECTION)

    def emergency(self, emergency: EmergencyId) -> Emergency:
        """The emergency of that id. Refused: NO_SUCH_EMERGENCY."""
        return _found(self.emergencies, emergency, Reason.NO_SUCH_EMERGENCY)

    def titles(self, vote: Vote) -> list[str]:
        """What the vote is on: the titles of its matters."""
        return [self.matters[matter].title for matter in vote.matters]

    def objections_to(self, matter: MatterId) -> list[Objection]:
        """Every objection to a matter, in the order they came."""
        return [o for o in self.objections.values() if o.matter == matter]

    @property
    def sitting_meeting(self) -> Meeting | None:
        """The meeting in session, if one is."""
        return next((m for m in self.meetings.values() if m.in_session), None)

    @property
    def open_vote(self) -> Vote | None:
        """The vote that is open, if one is."""
        meeting = self.sitting_meeting
        return meeting.open_vote if meeting else None

    @property
    def secret_vote(self) -> Vote | None:
        """The same, if it is secret (无记名表决)."""
        vote = self.open_vote
        return vote if vote and vote.is_secret else None

    @property
    def next_meeting(self) -> Meeting | None:
        """The meeting in session; else the earliest that is called and not over."""
        called = [m for m in self.meetings.values() if not m.is_over]
        return self.sitting_meeting or min(called, key=lambda m: m.starts_at, default=None)

    @property
    def last_meeting(self) -> Meeting | None:
        """The meeting that was adjourned last."""
        held = [(m.adjourned_at, m) for m in self.meetings.values() if m.adjourned_at]
        return max(held, key=lambda at: at[0])[1] if held else None

    @property
    def closing(self) -> NamedHead | None:
        """Where the journal ended when the village's last meeting closed (上次散会校验码); None before the first."""
        closed = [m.heads.closed for m in self.meetings.values() if m.heads.closed]
        return max(closed, key=lambda head: head.seq, default=None)

    def with_matter(self, matter: Matter) -> "Village":
        """The village with this matter in the place of its earlier state."""
        return replace(self, matters={**self.matters, matter.id: matter})

    def with_film(self, meeting: MeetingId, custody: Custody) -> "Village":
        """The village with this custody of the meeting's film in the place of its earlier state."""
        return replace(self, films={**self.films, meeting: custody})

    def with_meeting(self, meeting: Meeting) -> "Village":
        """The village with this meeting in the place of its earlier state."""
        return replace(self, meetings={**self.meetings, meeting.id: meeting})

    def with_box(self, vote: Vote, box: Box) -> "Village":
        """The village with this box in its secret vote."""
        meeting = self.meetings[vote.meeting]
        return self.with_meeting(meeting.with_vote(vote.with_box(box)))


def _found(among: Mapping[K, V], key: K, otherwise: Reason) -> V:
    if key not in among:
        raise Refused(otherwise)
    return among[key]
