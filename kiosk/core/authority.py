"""Who may ask for what (权限): one row a command. The pages say the same for their routes; this is the law."""

from kiosk.core import commands as c
from kiosk.core.refusals import Reason, require
from kiosk.core.terms import PersonId, Role
from kiosk.core.values import Actor

# The secretary works the console at the chair's word, so both may; the journal says whose hand it was.
_CONSOLE = frozenset({Role.CHAIR, Role.SECRETARY})
_DOOR = _CONSOLE | {Role.TELLER}
_COUNTING = _DOOR | {Role.SUPERVISOR}
_CHAIR = frozenset({Role.CHAIR})
_ADMIN = frozenset({Role.ADMIN})
_SECRETARY = frozenset({Role.SECRETARY})
_SUPERVISOR = frozenset({Role.SUPERVISOR})
_MACHINE = frozenset({Role.KIOSK})
_OFFICERS = _COUNTING | _ADMIN
_ANYBODY = _CONSOLE | {Role.SUPERVISOR, Role.VILLAGER}

PERMITTED: dict[type[c.Command], frozenset[Role]] = {
    c.FoundVillage: _ADMIN,
    c.AdoptCatalogue: _ADMIN,
    c.ChangeRow: _ADMIN,
    c.ChangePeriods: _ADMIN,
    c.ChangeClipAudience: _ADMIN,
    c.ChangePhones: _ADMIN,
    c.ProposeCorrection: _CONSOLE,
    c.ConfirmCorrection: _CONSOLE | _SUPERVISOR,
    c.FileNeed: _ANYBODY,
    c.AnswerNeed: _CONSOLE,
    c.RaiseMatter: _CONSOLE,
    c.RecordReview: _CONSOLE,
    c.ReviseProposal: _CONSOLE,
    c.ReturnMatter: _CONSOLE,
    c.EndMatter: _CONSOLE,
    c.SendToAssembly: _CONSOLE,
    c.FileOpinion: _SUPERVISOR,
    c.ArchiveMatter: _CONSOLE,
    c.FileSignedSheet: _CONSOLE,
    c.DeclareEmergency: _CONSOLE,
    c.CountersignEmergency: _CONSOLE,
    c.WitnessEmergency: _SUPERVISOR,
    c.ReportEmergency: _CONSOLE,
    c.ConveneMeeting: _CONSOLE,
    c.ServeNotice: _CONSOLE,
    c.CallOffMeeting: _CONSOLE,
    c.DeclareInquorate: _CONSOLE,
    c.CheckIn: _DOOR,
    c.CheckOut: _DOOR,
    c.GiveProxy: _DOOR,
    c.OpenMeeting: _CONSOLE,
    c.TakeItem: _CONSOLE,
    c.ReorderAgenda: _CONSOLE,
    c.RequestFloor: _DOOR,
    c.GiveFloor: _CONSOLE,
    c.EndSpeech: _CONSOLE,
    c.AmendProposal: _CONSOLE,
    c.TakeOutOfConsent: _CONSOLE,
    c.DeclareRecusal: _CONSOLE,
    c.OpenVote: _CONSOLE,
    c.CastBallot: frozenset({Role.VOTER}),
    c.NoteHands: _DOOR,
    c.ConfirmHands: _COUNTING,
    c.CountHands: _COUNTING,
    c.PrintBallotPapers: _DOOR,
    c.IssueBallotPaper: _DOOR,
    c.ExchangeBallotPaper: _DOOR,
    c.ReturnBallotPapers: _DOOR,
    c.ReadBallotPaper: _DOOR,
    c.TakeBackReading: _DOOR,
    c.WitnessClosing: _SUPERVISOR,
    c.CloseVote: _CONSOLE,
    c.CheckCount: _COUNTING,
    c.ExplainDifference: _COUNTING,
    c.SettleDifference: _COUNTING,
    c.VoidVote: _CHAIR,
    c.Adjourn: _CONSOLE,
    c.PinNote: _SUPERVISOR,
    c.NoteMinutes: _SECRETARY,
    c.ReadMinutes: _SECRETARY,
    c.ApproveMinutes: _CHAIR,
    c.CompareSignedPaper: _CONSOLE | _SUPERVISOR,
    c.ReportStick: _MACHINE,
    c.AcceptRecordDifference: _SUPERVISOR,
    c.AttachPhoto: _CONSOLE | _SUPERVISOR,
    c.AttachVoice: _CONSOLE,
    c.FileObjection: _ANYBODY,
    c.AnswerObjection: _CONSOLE | _SUPERVISOR,
    c.EscalateObjection: _ANYBODY,
    c.PublishResult: _CONSOLE,
    c.AssignWorks: _CONSOLE,
    c.RecordContract: _CONSOLE,
    c.StartWorks: _CONSOLE,
    c.ReportProgress: _CONSOLE,
    c.RequestAcceptance: _CONSOLE,
    c.InspectWorks: _SUPERVISOR,
    c.ViewFilm: _OFFICERS,
    c.ProposeFilmDeletion: _CONSOLE,
    c.ConfirmFilmDeletion: _SUPERVISOR,
    c.RequestClip: _CONSOLE,
    c.ReleaseClip: _CONSOLE | _SUPERVISOR,
    c.RejectClip: _CONSOLE | _SUPERVISOR,
    c.WithdrawClip: _CONSOLE | _SUPERVISOR,
    c.StartRecording: _MACHINE,
    c.SealSegment: _MACHINE,
    c.ReportFilmRoom: _MACHINE,
    c.AcceptShortFilm: _CHAIR,
    c.NoteInterruption: _MACHINE,
    c.MarkVideo: _MACHINE,
    c.StopRecording: _MACHINE,
    c.IssuePaper: _MACHINE,
    c.AdoptSigningKey: _MACHINE,
}


def require_authority(actor: Actor, command: c.Command) -> None:
    """Refused: ROLE_MAY_NOT; and nobody casts, notes, counts or witnesses in the name of another."""
    require(actor.role in PERMITTED[type(command)], Reason.ROLE_MAY_NOT)
    own = _in_own_name(command)
    require(own is None or own == actor.person, Reason.ROLE_MAY_NOT)


IN_OWN_NAME: dict[type[c.Command], str] = {
    c.CastBallot: "person",
    c.NoteHands: "clerk",
    c.ConfirmHands: "witness",
    c.CountHands: "teller",
    c.CheckCount: "teller",
    c.WitnessClosing: "supervisor",
    c.ExplainDifference: "officer",
    c.SettleDifference: "officer",
    c.NoteMinutes: "recorder",
    c.ReadMinutes: "recorder",
    c.ApproveMinutes: "chair",
    c.AcceptRecordDifference: "supervisor",
}
"""The field that says who gives the command himself (本人), where it names him."""


def _in_own_name(command: c.Command) -> PersonId | None:
    field = IN_OWN_NAME.get(type(command))
    own: PersonId | None = getattr(command, field) if field else None
    return own
