"""What may be asked of a village: imperative, complete, without time or chance in them."""

from kiosk.core.commands.matters import (
    AnswerNeed,
    ArchiveMatter,
    CountersignEmergency,
    DeclareEmergency,
    EndMatter,
    FileNeed,
    FileOpinion,
    RaiseMatter,
    RecordReview,
    ReportEmergency,
    ReturnMatter,
    ReviseProposal,
    SendToAssembly,
    WitnessEmergency,
)
from kiosk.core.commands.meetings import (
    Adjourn,
    AmendProposal,
    CallOffMeeting,
    CastBallot,
    CheckIn,
    CheckOut,
    CloseVote,
    ConveneMeeting,
    DeclareInquorate,
    DeclareRecusal,
    EndSpeech,
    GiveFloor,
    OpenMeeting,
    OpenVote,
    ReorderAgenda,
    RequestFloor,
    ServeNotice,
    TakeItem,
    TakeOutOfConsent,
    VoidVote,
)
from kiosk.core.commands.publicity import (
    AnswerObjection,
    AssignWorks,
    AttachPhoto,
    EscalateObjection,
    FileObjection,
    InspectWorks,
    PublishResult,
    RecordContract,
    ReportProgress,
    RequestAcceptance,
    StartWorks,
)
from kiosk.core.commands.recording import (
    IssuePaper,
    MarkVideo,
    NoteInterruption,
    SealSegment,
    StartRecording,
    StopRecording,
)
from kiosk.core.commands.village import (
    AdoptCatalogue,
    ChangePeriods,
    ChangeRow,
    ConfirmCorrection,
    FoundVillage,
    ProposeCorrection,
)

VillageCommand = (
    FoundVillage
    | AdoptCatalogue
    | ChangeRow
    | ChangePeriods
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
    | OpenMeeting
    | TakeItem
    | ReorderAgenda
    | RequestFloor
    | GiveFloor
    | EndSpeech
    | AmendProposal
    | TakeOutOfConsent
    | DeclareRecusal
    | OpenVote
    | CastBallot
    | CloseVote
    | VoidVote
    | Adjourn
)
PublicityCommand = (
    AttachPhoto
    | FileObjection
    | AnswerObjection
    | EscalateObjection
    | PublishResult
    | AssignWorks
    | RecordContract
    | StartWorks
    | ReportProgress
    | RequestAcceptance
    | InspectWorks
)
KioskCommand = (
    StartRecording | SealSegment | NoteInterruption | MarkVideo | StopRecording | IssuePaper
)
Command = VillageCommand | MatterCommand | MeetingCommand | PublicityCommand | KioskCommand

__all__ = [
    "Adjourn",
    "AdoptCatalogue",
    "AmendProposal",
    "AnswerNeed",
    "AnswerObjection",
    "ArchiveMatter",
    "AssignWorks",
    "AttachPhoto",
    "CallOffMeeting",
    "CastBallot",
    "ChangePeriods",
    "ChangeRow",
    "CheckIn",
    "CheckOut",
    "CloseVote",
    "Command",
    "ConfirmCorrection",
    "ConveneMeeting",
    "CountersignEmergency",
    "DeclareEmergency",
    "DeclareInquorate",
    "DeclareRecusal",
    "EndMatter",
    "EndSpeech",
    "EscalateObjection",
    "FileNeed",
    "FileObjection",
    "FileOpinion",
    "FoundVillage",
    "GiveFloor",
    "InspectWorks",
    "IssuePaper",
    "KioskCommand",
    "MarkVideo",
    "MatterCommand",
    "MeetingCommand",
    "NoteInterruption",
    "OpenMeeting",
    "OpenVote",
    "ProposeCorrection",
    "PublicityCommand",
    "PublishResult",
    "RaiseMatter",
    "RecordContract",
    "RecordReview",
    "ReorderAgenda",
    "ReportEmergency",
    "ReportProgress",
    "RequestAcceptance",
    "RequestFloor",
    "ReturnMatter",
    "ReviseProposal",
    "SealSegment",
    "SendToAssembly",
    "ServeNotice",
    "StartRecording",
    "StartWorks",
    "StopRecording",
    "TakeItem",
    "TakeOutOfConsent",
    "VillageCommand",
    "VoidVote",
    "WitnessEmergency",
]
