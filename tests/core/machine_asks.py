"""Anything that may be asked of a village: one maker a command, near enough to the lawful to be taken now and then."""

from machine_custody import CUSTODY
from machine_makers import (
    OFFICER,
    a_catalogue,
    a_comparison,
    a_correction,
    a_key,
    a_letter,
    a_matter,
    a_meeting,
    a_minuted_note,
    a_need,
    a_paper,
    a_pinned_note,
    a_reading_out,
    a_row,
    a_segment,
    a_sheet,
    a_stick,
    a_voice,
    an_approval,
    an_emergency,
    an_escalation,
    an_interruption,
    an_order,
    some_periods,
)
from machine_vote_makers import (
    a_ballot,
    a_block,
    a_check,
    a_confirmation,
    a_count,
    a_note,
    a_reading,
    a_return,
    a_second_thought,
    a_witness,
    an_agreement,
    an_exchange,
    an_explanation,
    an_issue,
    some_papers,
)
from procedure_story import PICTURE
from simulator import founding

from kiosk.core import commands as c
from kiosk.core.terms import (
    ClipAudience,
    CorrectionId,
    EmergencyId,
    Means,
    Moment,
    NeedId,
    ObjectionId,
    PersonId,
    Picture,
    Stage,
)

ASKED = {
    c.FoundVillage: lambda a: founding(),
    c.AdoptCatalogue: a_catalogue,
    c.ChangeRow: a_row,
    c.ChangePeriods: some_periods,
    c.ChangeClipAudience: lambda a: c.ChangeClipAudience(
        a.pick.one(list(ClipAudience)), a.text(), "村民会议"
    ),
    c.ChangePhones: lambda a: c.ChangePhones(
        a.pick.one(["0660-8600456", "12345", "13800138000"]), "12388", a.text(), "镇人民政府"
    ),
    c.AdoptSigningKey: a_key,
    c.ProposeCorrection: a_correction,
    c.ConfirmCorrection: lambda a: c.ConfirmCorrection(
        a.known(a.village.corrections, CorrectionId("no correction"))
    ),
    c.FileNeed: a_need,
    c.AnswerNeed: lambda a: c.AnswerNeed(a.known(a.village.needs, NeedId("no need")), a.text()),
    c.RaiseMatter: a_matter,
    c.RecordReview: lambda a: c.RecordReview(a.matter(), "村法律顾问", a.pick.yes(), a.text()),
    c.ReviseProposal: lambda a: c.ReviseProposal(
        a.matter(), a.pick.one([("修一公里",), ("修二公里",), ()]), a.text()
    ),
    c.ReturnMatter: lambda a: c.ReturnMatter(a.matter(), a.pick.one(list(Stage)), a.text()),
    c.EndMatter: lambda a: c.EndMatter(a.matter(), a.text()),
    c.SendToAssembly: lambda a: c.SendToAssembly(a.matter(), a.text()),
    c.FileOpinion: lambda a: c.FileOpinion(
        a.matter(), a.pick.one(list(Stage)), a.pick.yes(), a.text()
    ),
    c.ArchiveMatter: lambda a: c.ArchiveMatter(a.matter()),
    c.FileSignedSheet: a_sheet,
    c.DeclareEmergency: lambda a: c.DeclareEmergency(
        EmergencyId(a.fresh(a.village.emergencies, "emergency-")), a.text(), "转移群众"
    ),
    c.CountersignEmergency: lambda a: c.CountersignEmergency(an_emergency(a)),
    c.WitnessEmergency: lambda a: c.WitnessEmergency(an_emergency(a), a.text()),
    c.ReportEmergency: lambda a: c.ReportEmergency(a.meeting(), an_emergency(a)),
    c.ConveneMeeting: a_meeting,
    c.ServeNotice: lambda a: c.ServeNotice(a.meeting(), (a.person(),), a.pick.one(list(Means))),
    c.CallOffMeeting: lambda a: c.CallOffMeeting(a.meeting(), a.text()),
    c.DeclareInquorate: lambda a: c.DeclareInquorate(a.meeting()),
    c.CheckIn: lambda a: c.CheckIn(a.meeting(), a.person()),
    c.CheckOut: lambda a: c.CheckOut(a.meeting(), a.person()),
    c.GiveProxy: a_letter,
    c.OpenMeeting: lambda a: c.OpenMeeting(a.meeting()),
    c.TakeItem: lambda a: c.TakeItem(a.meeting(), a.item()),
    c.ReorderAgenda: an_order,
    c.RequestFloor: lambda a: c.RequestFloor(a.meeting(), a.person()),
    c.GiveFloor: lambda a: c.GiveFloor(a.meeting(), a.person(), a.pick.one([29, 30, 1800, 1801])),
    c.EndSpeech: lambda a: c.EndSpeech(a.meeting()),
    c.AmendProposal: lambda a: c.AmendProposal(
        a.meeting(), a.item(), a.person(), a.pick.one([("修三公里",), ("修一公里",), ()])
    ),
    c.TakeOutOfConsent: lambda a: c.TakeOutOfConsent(a.meeting(), a.item(), a.person()),
    c.DeclareRecusal: lambda a: c.DeclareRecusal(a.meeting(), a.item(), a.person(), a.text()),
    c.OpenVote: a_block,
    c.CastBallot: a_ballot,
    c.NoteHands: a_note,
    c.ConfirmHands: a_confirmation,
    c.CountHands: a_count,
    c.PrintBallotPapers: some_papers,
    c.IssueBallotPaper: an_issue,
    c.ExchangeBallotPaper: an_exchange,
    c.ReturnBallotPapers: a_return,
    c.ReadBallotPaper: a_reading,
    c.TakeBackReading: a_second_thought,
    c.WitnessClosing: a_witness,
    c.CheckCount: a_check,
    c.ExplainDifference: an_explanation,
    c.SettleDifference: an_agreement,
    c.CloseVote: lambda a: c.CloseVote(a.meeting(), a.vote(), a.pick.yes()),
    c.VoidVote: lambda a: c.VoidVote(a.meeting(), a.voidable(), a.text()),
    c.Adjourn: lambda a: c.Adjourn(a.meeting()),
    c.PinNote: a_pinned_note,
    c.NoteMinutes: a_minuted_note,
    c.ReadMinutes: a_reading_out,
    c.ApproveMinutes: an_approval,
    c.CompareSignedPaper: a_comparison,
    c.ReportStick: a_stick,
    c.AcceptRecordDifference: lambda a: c.AcceptRecordDifference(a.meeting(), OFFICER, a.text()),
    c.AttachPhoto: lambda a: c.AttachPhoto(a.matter(), a.pick.one(list(Picture)), PICTURE),
    c.AttachVoice: a_voice,
    c.FileObjection: lambda a: c.FileObjection(
        ObjectionId(a.fresh(a.village.objections, "objection-")), a.matter(), "王某", a.text()
    ),
    c.AnswerObjection: lambda a: c.AnswerObjection(a.objection(), a.pick.yes(), a.text()),
    c.EscalateObjection: an_escalation,
    c.PublishResult: lambda a: c.PublishResult(a.matter(), a.text(), a.pick.number(13, 17)),
    c.AssignWorks: lambda a: c.AssignWorks(
        a.matter(), PersonId("owner"), "某主任", a.day(), a.pick.one([1_00, 0, -1])
    ),
    c.RecordContract: lambda a: c.RecordContract(
        a.matter(), "某公司", a.pick.one([9_00, -1]), a.day()
    ),
    c.StartWorks: lambda a: c.StartWorks(a.matter()),
    c.ReportProgress: lambda a: c.ReportProgress(a.matter(), a.text(), a.pick.one([5_00, -1])),
    c.RequestAcceptance: lambda a: c.RequestAcceptance(a.matter(), a.text(), 9_00),
    c.InspectWorks: lambda a: c.InspectWorks(a.matter(), a.pick.yes(), a.text()),
    c.ReportFilmRoom: lambda a: c.ReportFilmRoom(a.meeting(), a.pick.one([-1, 0, 20, 9999])),
    c.AcceptShortFilm: lambda a: c.AcceptShortFilm(a.meeting()),
    c.StartRecording: lambda a: c.StartRecording(a.meeting(), "camera", sound=a.pick.yes()),
    c.SealSegment: a_segment,
    c.NoteInterruption: an_interruption,
    c.MarkVideo: lambda a: c.MarkVideo(
        a.meeting(), a.vote(), a.pick.one(list(Moment)), "part-0001.mp4", 1, 9, "cd" * 32
    ),
    c.StopRecording: lambda a: c.StopRecording(a.meeting()),
    c.IssuePaper: a_paper,
    **CUSTODY,
}
"""For every command how it is asked."""
