"""Who may ask for what: the table said a second time, and complete."""

from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from polling import IN_OWN_NAME
from simulator import MeetingSimulator, raising, refused
from strategies import of_type

from kiosk.core import commands as c
from kiosk.core.authority import PERMITTED
from kiosk.core.procedure import decide
from kiosk.core.refusals import Reason
from kiosk.core.terms import MatterId, PersonId, Role
from kiosk.core.values import Actor

AT = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
P = PersonId("p")
CHAIR_OR_SECRETARY = """
    AnswerNeed RaiseMatter RecordReview ReviseProposal ReturnMatter EndMatter SendToAssembly ArchiveMatter
    FileSignedSheet
    DeclareEmergency CountersignEmergency ReportEmergency ConveneMeeting ServeNotice CallOffMeeting DeclareInquorate
    OpenMeeting TakeItem ReorderAgenda GiveFloor EndSpeech AmendProposal TakeOutOfConsent DeclareRecusal OpenVote
    CloseVote Adjourn AttachVoice PublishResult AssignWorks RecordContract StartWorks ReportProgress RequestAcceptance
    ProposeCorrection
"""
ROLES = {
    "FoundVillage AdoptCatalogue ChangeRow ChangePeriods ChangeClipAudience ChangePhones": {
        "admin"
    },
    CHAIR_OR_SECRETARY: {"chair", "secretary"},
    "VoidVote AcceptShortFilm ApproveMinutes": {"chair"},
    "NoteMinutes ReadMinutes": {"secretary"},
    "CompareSignedPaper": {"chair", "secretary", "supervisor"},
    "CheckIn CheckOut GiveProxy RequestFloor": {"chair", "secretary", "teller"},
    "ConfirmCorrection AttachPhoto AnswerObjection": {"chair", "secretary", "supervisor"},
    "FileNeed FileObjection EscalateObjection": {"chair", "secretary", "supervisor", "villager"},
    "FileOpinion WitnessEmergency InspectWorks PinNote AcceptRecordDifference": {"supervisor"},
    "CastBallot": {"voter"},
    "NoteHands": {"chair", "secretary", "teller"},
    "ConfirmHands CountHands": {"chair", "secretary", "teller", "supervisor"},
    "PrintBallotPapers IssueBallotPaper ExchangeBallotPaper ReturnBallotPapers": {
        "chair",
        "secretary",
        "teller",
    },
    "ReadBallotPaper TakeBackReading": {"chair", "secretary", "teller"},
    "CheckCount ExplainDifference SettleDifference": {"chair", "secretary", "teller", "supervisor"},
    "WitnessClosing": {"supervisor"},
    "ViewFilm": {"chair", "secretary", "teller", "supervisor", "admin"},
    "ProposeFilmDeletion RequestClip": {"chair", "secretary"},
    "ConfirmFilmDeletion": {"supervisor"},
    "ReleaseClip RejectClip WithdrawClip": {"chair", "secretary", "supervisor"},
    "ReportFilmRoom StartRecording SealSegment NoteInterruption MarkVideo StopRecording IssuePaper ReportStick": {
        "kiosk"
    },
    "AdoptSigningKey": {"kiosk"},
}
TABLE = {name: roles for names, roles in ROLES.items() for name in names.split()}
EVERY = {kind.__name__: kind for kind in get_args(c.Command)}


def reason(command, actor):
    """Why a village that was never founded refuses it."""
    return refused(lambda: decide(None, command, actor, AT)).reason


def test_the_table_names_every_command_there_is():
    assert set(PERMITTED) == set(EVERY.values())
    assert set(TABLE) == set(EVERY)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", TABLE)
@settings(max_examples=3, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_command_is_open_to_the_roles_of_its_row_and_to_no_other(name, role, data):
    command = data.draw(of_type(EVERY[name]))
    actor = Actor(role, getattr(command, IN_OWN_NAME.get(type(command), ""), P))
    if role.value not in TABLE[name]:
        assert reason(command, actor) is Reason.ROLE_MAY_NOT
    elif isinstance(command, c.FoundVillage):
        assert decide(None, command, actor, AT)
    else:
        assert reason(command, actor) is Reason.NO_SUCH_MEETING


OWN = {
    "CastBallot": "person",
    "NoteHands": "clerk",
    "ConfirmHands": "witness",
    "CountHands": "teller",
    "CheckCount": "teller",
    "WitnessClosing": "supervisor",
    "ExplainDifference": "officer",
    "SettleDifference": "officer",
    "NoteMinutes": "recorder",
    "ReadMinutes": "recorder",
    "ApproveMinutes": "chair",
    "AcceptRecordDifference": "supervisor",
}


@pytest.mark.parametrize("name", OWN)
@settings(max_examples=3, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_nobody_votes_notes_counts_or_witnesses_in_the_name_of_another(name, data):
    command = replace(data.draw(of_type(EVERY[name])), **{OWN[name]: P})
    for role in PERMITTED[EVERY[name]]:
        for person in (PersonId("another"), None):
            assert reason(command, Actor(role, person)) is Reason.ROLE_MAY_NOT
        assert reason(command, Actor(role, P)) is Reason.NO_SUCH_MEETING


def test_every_command_that_says_who_does_it_is_held_to_it():
    """A person named as whom it is about (`IssueBallotPaper`) is another thing."""
    doers = {"clerk", "witness", "teller", "supervisor", "officer", "recorder", "chair"}
    named = {n for n, kind in EVERY.items() if doers & {field.name for field in fields(kind)}}
    assert named == set(OWN) - {"CastBallot"}


def test_the_supervisors_decide_nothing_and_cast_no_ballot():
    theirs = {kind.__name__ for kind, roles in PERMITTED.items() if Role.SUPERVISOR in roles}
    assert theirs == {
        "FileNeed", "FileObjection", "EscalateObjection", "AnswerObjection", "AttachPhoto",
        "FileOpinion", "WitnessEmergency", "InspectWorks", "ConfirmCorrection", "WitnessClosing",
        "ConfirmHands", "CountHands", "CheckCount", "ExplainDifference", "SettleDifference",
        "ViewFilm", "ConfirmFilmDeletion", "ReleaseClip", "RejectClip", "WithdrawClip", "PinNote",
        "CompareSignedPaper", "AcceptRecordDifference",
    }  # fmt: skip


def test_the_journal_says_whose_hand_it_was():
    sim = MeetingSimulator().found()
    secretary = Actor(Role.SECRETARY, PersonId("p0003"))
    sim.do(raising(MatterId("well")), secretary)
    assert '"actor":{"device":null,"person":"p0003","role":"secretary"}' in sim.lines()[-1]
