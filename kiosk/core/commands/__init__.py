"""What may be asked of a village: imperative, complete, without time or chance in them."""

from kiosk.core.commands.custody import (
    ConfirmFilmDeletion,
    CustodyCommand,
    ProposeFilmDeletion,
    RejectClip,
    ReleaseClip,
    RequestClip,
    ViewFilm,
    WithdrawClip,
)
from kiosk.core.commands.matters import (
    AnswerNeed,
    ArchiveMatter,
    CountersignEmergency,
    DeclareEmergency,
    EndMatter,
    FileNeed,
    FileOpinion,
    FileSignedSheet,
    RaiseMatter,
    RecordReview,
    ReportEmergency,
    ReturnMatter,
    ReviseProposal,
    SendToAssembly,
    WitnessEmergency,
)
from kiosk.core.commands.meetings import (
    AcceptShortFilm,
    Adjourn,
    AmendProposal,
    CallOffMeeting,
    CheckIn,
    CheckOut,
    ConveneMeeting,
    DeclareInquorate,
    EndSpeech,
    GiveFloor,
    GiveProxy,
    OpenMeeting,
    PinNote,
    ReorderAgenda,
    RequestFloor,
    ServeNotice,
    TakeItem,
    TakeOutOfConsent,
)
from kiosk.core.commands.minutes import (
    AcceptRecordDifference,
    ApproveMinutes,
    CompareSignedPaper,
    MinutesCommand,
    NoteMinutes,
    ReadMinutes,
    ReportStick,
    WitnessingCommand,
)
from kiosk.core.commands.publicity import (
    AnswerObjection,
    AssignWorks,
    AttachPhoto,
    AttachVoice,
    EscalateObjection,
    FileObjection,
    InspectWorks,
    PublicityCommand,
    PublishResult,
    RecordContract,
    ReportProgress,
    RequestAcceptance,
    StartWorks,
)
from kiosk.core.commands.recording import (
    IssuePaper,
    KioskCommand,
    MarkVideo,
    NoteInterruption,
    ReportFilmRoom,
    SealSegment,
    StartRecording,
    StopRecording,
)
from kiosk.core.commands.village import (
    AdoptCatalogue,
    AdoptSigningKey,
    ChangeClipAudience,
    ChangePeriods,
    ChangePhones,
    ChangeRow,
    ConfirmCorrection,
    FoundVillage,
    ProposeCorrection,
)
from kiosk.core.commands.votes import (
    CastBallot,
    CheckCount,
    CloseVote,
    ConfirmHands,
    CountHands,
    DeclareRecusal,
    ExchangeBallotPaper,
    ExplainDifference,
    IssueBallotPaper,
    NoteHands,
    OpenVote,
    PrintBallotPapers,
    ReadBallotPaper,
    ReturnBallotPapers,
    SettleDifference,
    TakeBackReading,
    VoidVote,
    WitnessClosing,
)

VillageCommand = (
    FoundVillage
    | AdoptCatalogue
    | ChangeRow
    | ChangePeriods
    | ChangeClipAudience
    | ChangePhones
    | AdoptSigningKey
    | ProposeCorrection
    | ConfirmCorrection
)
MatterCommand = (
    FileNeed
    | AnswerNeed
    | RaiseMatter
    | RecordReview
    | ReviseProposal
    | ReturnMatter
    | EndMatter
    | SendToAssembly
    | FileOpinion
    | ArchiveMatter
    | FileSignedSheet
    | DeclareEmergency
    | CountersignEmergency
    | WitnessEmergency
    | ReportEmergency
)
MeetingCommand = (
    ConveneMeeting
    | ServeNotice
    | CallOffMeeting
    | DeclareInquorate
    | CheckIn
    | CheckOut
    | GiveProxy
    | OpenMeeting
    | AcceptShortFilm
    | TakeItem
    | ReorderAgenda
    | RequestFloor
    | GiveFloor
    | EndSpeech
    | AmendProposal
    | TakeOutOfConsent
    | Adjourn
    | PinNote
)
VoteCommand = (
    DeclareRecusal
    | OpenVote
    | CastBallot
    | NoteHands
    | ConfirmHands
    | CountHands
    | PrintBallotPapers
    | IssueBallotPaper
    | ExchangeBallotPaper
    | ReturnBallotPapers
    | ReadBallotPaper
    | TakeBackReading
    | WitnessClosing
    | CloseVote
    | CheckCount
    | ExplainDifference
    | SettleDifference
    | VoidVote
)
Command = (
    VillageCommand
    | MatterCommand
    | MeetingCommand
    | VoteCommand
    | PublicityCommand
    | KioskCommand
    | CustodyCommand
    | MinutesCommand
    | WitnessingCommand
)

__all__ = [
    "AcceptRecordDifference",
    "AcceptShortFilm",
    "Adjourn",
    "AdoptCatalogue",
    "AdoptSigningKey",
    "AmendProposal",
    "AnswerNeed",
    "AnswerObjection",
    "ApproveMinutes",
    "ArchiveMatter",
    "AssignWorks",
    "AttachPhoto",
    "AttachVoice",
    "CallOffMeeting",
    "CastBallot",
    "ChangeClipAudience",
    "ChangePeriods",
    "ChangePhones",
    "ChangeRow",
    "CheckCount",
    "CheckIn",
    "CheckOut",
    "CloseVote",
    "Command",
    "CompareSignedPaper",
    "ConfirmCorrection",
    "ConfirmFilmDeletion",
    "ConfirmHands",
    "ConveneMeeting",
    "CountHands",
    "CountersignEmergency",
    "CustodyCommand",
    "DeclareEmergency",
    "DeclareInquorate",
    "DeclareRecusal",
    "EndMatter",
    "EndSpeech",
    "EscalateObjection",
    "ExchangeBallotPaper",
    "ExplainDifference",
    "FileNeed",
    "FileObjection",
    "FileOpinion",
    "FileSignedSheet",
    "FoundVillage",
    "GiveFloor",
    "GiveProxy",
    "InspectWorks",
    "IssueBallotPaper",
    "IssuePaper",
    "KioskCommand",
    "MarkVideo",
    "MatterCommand",
    "MeetingCommand",
    "MinutesCommand",
    "NoteHands",
    "NoteInterruption",
    "NoteMinutes",
    "OpenMeeting",
    "OpenVote",
    "PinNote",
    "PrintBallotPapers",
    "ProposeCorrection",
    "ProposeFilmDeletion",
    "PublicityCommand",
    "PublishResult",
    "RaiseMatter",
    "ReadBallotPaper",
    "ReadMinutes",
    "RecordContract",
    "RecordReview",
    "RejectClip",
    "ReleaseClip",
    "ReorderAgenda",
    "ReportEmergency",
    "ReportFilmRoom",
    "ReportProgress",
    "ReportStick",
    "RequestAcceptance",
    "RequestClip",
    "RequestFloor",
    "ReturnBallotPapers",
    "ReturnMatter",
    "ReviseProposal",
    "SealSegment",
    "SendToAssembly",
    "ServeNotice",
    "SettleDifference",
    "StartRecording",
    "StartWorks",
    "StopRecording",
    "TakeBackReading",
    "TakeItem",
    "TakeOutOfConsent",
    "ViewFilm",
    "VillageCommand",
    "VoidVote",
    "VoteCommand",
    "WithdrawClip",
    "WitnessClosing",
    "WitnessEmergency",
    "WitnessingCommand",
]
