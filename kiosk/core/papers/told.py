"""Which kinds of entries each paper tells of besides its source (所载内容): a correction of one touches the paper."""

from kiosk.core import events as e
from kiosk.core.terms import Paper

_VOTED = (
    e.VoteOpened,
    e.HandsCounted,
    e.HandsConfirmed,
    e.BallotPapersReturned,
    e.ClosingWitnessed,
    e.BoxOpened,
    e.VoteClosed,
)
_DECIDED = (
    *_VOTED,
    e.MatterRaised,
    e.ReviewRecorded,
    e.ProposalRevised,
    e.MatterReturned,
    e.MatterSentToAssembly,
    e.MeetingConvened,
    e.MeetingOpened,
    e.ProposalAmended,
    e.RecusalDeclared,
    e.CountChecked,
    e.DifferenceExplained,
    e.DifferenceSettled,
    e.VoteVoided,
    e.MeetingAdjourned,
    e.PublicationOpened,
)
_CARRIED_OUT = (
    e.WorksAssigned,
    e.ContractRecorded,
    e.WorksStarted,
    e.ProgressReported,
    e.AcceptanceRequested,
    e.WorksInspected,
)

_CAME = (e.MeetingConvened, e.CheckedIn, e.CheckedOut, e.ProxyGiven, e.MeetingOpened)
_HELD = (
    *_CAME,
    *_VOTED,
    e.MeetingPaused,
    e.MeetingResumed,
    e.ItemTaken,
    e.AgendaReordered,
    e.FloorGiven,
    e.SpeechEnded,
    e.ProposalAmended,
    e.ItemTakenOutOfConsent,
    e.RecusalDeclared,
    e.EmergencyReported,
    e.CountChecked,
    e.DifferenceExplained,
    e.DifferenceSettled,
    e.VoteVoided,
    e.MinutesNoted,
    e.MinutesRead,
    e.MinutesApproved,
    e.RecordingStarted,
    e.RecordingInterrupted,
    e.MeetingAdjourned,
)

TOLD: dict[Paper, tuple[type[e.Event], ...]] = {
    Paper.PROPOSAL_SHEET: (e.NeedFiled, e.MatterRaised),
    Paper.NOTICE: (e.MeetingConvened,),
    Paper.READINESS: (e.MeetingConvened, e.NoticeServed, e.ProxyGiven, e.MeetingOpened),
    Paper.TALLY_SHEET: _VOTED,
    Paper.ATTENDANCE: (*_CAME, e.MeetingAdjourned),
    Paper.MINUTES: _HELD,
    Paper.RESOLUTION: _DECIDED,
    Paper.POSTING: _DECIDED,
    Paper.POSTER: (*_DECIDED, *_CARRIED_OUT),
    Paper.OBJECTION_SHEET: (e.ObjectionFiled, e.ObjectionAnswered, e.ObjectionEscalated),
    Paper.WORKS_SHEET: (*_CARRIED_OUT, e.PhotoAttached),
    Paper.RESULT: (*_CARRIED_OUT, e.MatterRaised, e.PublicationOpened),
    Paper.OPINION_SHEET: (),
    Paper.FILE_COVER: (e.MatterRaised, e.MatterArchived),
    Paper.FILE_NOTES: (*_DECIDED, *_CARRIED_OUT),
    Paper.FILE_INDEX: (*_DECIDED, *_CARRIED_OUT),
}
