"""What has happened: past tense, immutable, and readable for ever.

A kind once written in a village's journal is never renamed or changed; what must change becomes a new kind. The
name of the class is the `kind` in the journal.
"""

from kiosk.core.events.matters import (
    EmergencyCountersigned,
    EmergencyDeclared,
    EmergencyReported,
    EmergencyWitnessed,
    MatterArchived,
    MatterEnded,
    MatterRaised,
    MatterReturned,
    MatterSentToAssembly,
    NeedAnswered,
    NeedFiled,
    OpinionFiled,
    ProposalRevised,
    ReviewRecorded,
)
from kiosk.core.events.meetings import (
    AgendaReordered,
    BallotCast,
    CheckedIn,
    CheckedOut,
    FloorGiven,
    FloorRequested,
    ItemTaken,
    ItemTakenOutOfConsent,
    MeetingAdjourned,
    MeetingCalledOff,
    MeetingConvened,
    MeetingInquorate,
    MeetingOpened,
    MeetingPaused,
    MeetingResumed,
    NoticeServed,
    ProposalAmended,
    RecusalDeclared,
    SpeechEnded,
    VoteClosed,
    VoteOpened,
    VoteVoided,
)
from kiosk.core.events.publicity import (
    AcceptanceRequested,
    ContractRecorded,
    ObjectionAnswered,
    ObjectionEscalated,
    ObjectionFiled,
    PhotoAttached,
    ProgressReported,
    PublicationOpened,
    WorksAssigned,
    WorksInspected,
    WorksStarted,
)
from kiosk.core.events.recording import (
    PaperIssued,
    RecordingInterrupted,
    RecordingStarted,
    RecordingStopped,
    SegmentSealed,
    VideoMarked,
)
from kiosk.core.events.village import (
    CatalogueAdopted,
    CorrectionConfirmed,
    CorrectionProposed,
    PeriodsChanged,
    RowChanged,
    VillageFounded,
)

VillageEvent = (
    VillageFounded
    | CatalogueAdopted
    | RowChanged
    | PeriodsChanged
    | CorrectionProposed
    | CorrectionConfirmed
)
MatterEvent = (
    NeedFiled
    | NeedAnswered
    | MatterRaised
    | ReviewRecorded
    | ProposalRevised
    | MatterReturned
    | MatterEnded
    | MatterSentToAssembly
    | OpinionFiled
    | MatterArchived
    | EmergencyDeclared
    | EmergencyCountersigned
    | EmergencyWitnessed
    | EmergencyReported
)
MeetingEvent = (
    MeetingConvened
    | NoticeServed
    | MeetingCalledOff
    | MeetingInquorate
    | CheckedIn
    | CheckedOut
    | MeetingOpened
    | MeetingPaused
    | MeetingResumed
    | ItemTaken
    | AgendaReordered
    | FloorRequested
    | FloorGiven
    | SpeechEnded
    | ProposalAmended
    | ItemTakenOutOfConsent
    | RecusalDeclared
    | VoteOpened
    | BallotCast
    | VoteClosed
    | VoteVoided
    | MeetingAdjourned
)
PublicityEvent = (
    PublicationOpened
    | PhotoAttached
    | ObjectionFiled
    | ObjectionAnswered
    | ObjectionEscalated
    | WorksAssigned
    | ContractRecorded
    | WorksStarted
    | ProgressReported
    | AcceptanceRequested
    | WorksInspected
)
KioskEvent = (
    RecordingStarted
    | SegmentSealed
    | RecordingInterrupted
    | VideoMarked
    | RecordingStopped
    | PaperIssued
)
Event = VillageEvent | MatterEvent | MeetingEvent | PublicityEvent | KioskEvent

__all__ = [
    "AcceptanceRequested",
    "AgendaReordered",
    "BallotCast",
    "CatalogueAdopted",
    "CheckedIn",
    "CheckedOut",
    "ContractRecorded",
    "CorrectionConfirmed",
    "CorrectionProposed",
    "EmergencyCountersigned",
    "EmergencyDeclared",
    "EmergencyReported",
    "EmergencyWitnessed",
    "Event",
    "FloorGiven",
    "FloorRequested",
    "ItemTaken",
    "ItemTakenOutOfConsent",
    "KioskEvent",
    "MatterArchived",
    "MatterEnded",
    "MatterEvent",
    "MatterRaised",
    "MatterReturned",
    "MatterSentToAssembly",
    "MeetingAdjourned",
    "MeetingCalledOff",
    "MeetingConvened",
    "MeetingEvent",
    "MeetingInquorate",
    "MeetingOpened",
    "MeetingPaused",
    "MeetingResumed",
    "NeedAnswered",
    "NeedFiled",
    "NoticeServed",
    "ObjectionAnswered",
    "ObjectionEscalated",
    "ObjectionFiled",
    "OpinionFiled",
    "PaperIssued",
    "PeriodsChanged",
    "PhotoAttached",
    "ProgressReported",
    "ProposalAmended",
    "ProposalRevised",
    "PublicationOpened",
    "PublicityEvent",
    "RecordingInterrupted",
    "RecordingStarted",
    "RecordingStopped",
    "RecusalDeclared",
    "ReviewRecorded",
    "RowChanged",
    "SegmentSealed",
    "SpeechEnded",
    "VideoMarked",
    "VillageEvent",
    "VillageFounded",
    "VoteClosed",
    "VoteOpened",
    "VoteVoided",
    "WorksAssigned",
    "WorksInspected",
    "WorksStarted",
]
