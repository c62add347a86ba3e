"""What has happened: past tense, immutable, and readable for ever.

A kind once written in a village's journal is never renamed or changed; what must change becomes a new kind. The
name of the class is the `kind` in the journal.
"""

from kiosk.core.events.custody import (
    ClipRejected,
    ClipReleased,
    ClipRequested,
    ClipWithdrawn,
    CustodyEvent,
    FilmDeleted,
    FilmDeletionProposed,
    FilmViewed,
)
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
    NotePinned,
    NoticeServed,
    ProposalAmended,
    ProxyGiven,
    ShortFilmAccepted,
    SpeechEnded,
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
    FilmRoomReported,
    PaperIssued,
    RecordingInterrupted,
    RecordingStarted,
    RecordingStopped,
    SegmentSealed,
    VideoMarked,
)
from kiosk.core.events.village import (
    CatalogueAdopted,
    ClipAudienceChanged,
    CorrectionConfirmed,
    CorrectionProposed,
    PeriodsChanged,
    RowChanged,
    VillageFounded,
)
from kiosk.core.events.votes import (
    BallotCast,
    BallotChanged,
    BallotPaperExchanged,
    BallotPaperIssued,
    BallotPaperRead,
    BallotPapersPrinted,
    BallotPapersReturned,
    BoxOpened,
    ClosingWitnessed,
    CountChecked,
    DifferenceExplained,
    DifferenceSettled,
    HandsConfirmed,
    HandsCounted,
    HandsNoted,
    ReadingTakenBack,
    RecusalDeclared,
    VoteClosed,
    VoteOpened,
    VoteVoided,
)

VillageEvent = (
    VillageFounded
    | CatalogueAdopted
    | RowChanged
    | PeriodsChanged
    | ClipAudienceChanged
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
    | ProxyGiven
    | MeetingOpened
    | ShortFilmAccepted
    | MeetingPaused
    | MeetingResumed
    | ItemTaken
    | AgendaReordered
    | FloorRequested
    | FloorGiven
    | SpeechEnded
    | ProposalAmended
    | ItemTakenOutOfConsent
    | MeetingAdjourned
    | NotePinned
)
VoteEvent = (
    RecusalDeclared
    | VoteOpened
    | BallotCast
    | BallotChanged
    | HandsNoted
    | HandsConfirmed
    | HandsCounted
    | BallotPapersPrinted
    | BallotPaperIssued
    | BallotPaperExchanged
    | BallotPapersReturned
    | BallotPaperRead
    | ReadingTakenBack
    | ClosingWitnessed
    | BoxOpened
    | VoteClosed
    | CountChecked
    | DifferenceExplained
    | DifferenceSettled
    | VoteVoided
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
    FilmRoomReported
    | RecordingStarted
    | SegmentSealed
    | RecordingInterrupted
    | VideoMarked
    | RecordingStopped
    | PaperIssued
)
Event = (
    VillageEvent
    | MatterEvent
    | MeetingEvent
    | VoteEvent
    | PublicityEvent
    | KioskEvent
    | CustodyEvent
)

__all__ = [
    "AcceptanceRequested",
    "AgendaReordered",
    "BallotCast",
    "BallotChanged",
    "BallotPaperExchanged",
    "BallotPaperIssued",
    "BallotPaperRead",
    "BallotPapersPrinted",
    "BallotPapersReturned",
    "BoxOpened",
    "CatalogueAdopted",
    "CheckedIn",
    "CheckedOut",
    "ClipAudienceChanged",
    "ClipRejected",
    "ClipReleased",
    "ClipRequested",
    "ClipWithdrawn",
    "ClosingWitnessed",
    "ContractRecorded",
    "CorrectionConfirmed",
    "CorrectionProposed",
    "CountChecked",
    "CustodyEvent",
    "DifferenceExplained",
    "DifferenceSettled",
    "EmergencyCountersigned",
    "EmergencyDeclared",
    "EmergencyReported",
    "EmergencyWitnessed",
    "Event",
    "FilmDeleted",
    "FilmDeletionProposed",
    "FilmRoomReported",
    "FilmViewed",
    "FloorGiven",
    "FloorRequested",
    "HandsConfirmed",
    "HandsCounted",
    "HandsNoted",
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
    "NotePinned",
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
    "ProxyGiven",
    "PublicationOpened",
    "PublicityEvent",
    "ReadingTakenBack",
    "RecordingInterrupted",
    "RecordingStarted",
    "RecordingStopped",
    "RecusalDeclared",
    "ReviewRecorded",
    "RowChanged",
    "SegmentSealed",
    "ShortFilmAccepted",
    "SpeechEnded",
    "VideoMarked",
    "VillageEvent",
    "VillageFounded",
    "VoteClosed",
    "VoteEvent",
    "VoteOpened",
    "VoteVoided",
    "WorksAssigned",
    "WorksInspected",
    "WorksStarted",
]
