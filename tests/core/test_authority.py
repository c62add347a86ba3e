"""Who may ask for what: the table said a second time, and complete."""

from datetime import UTC, datetime
from typing import get_args

import pytest
from simulator import MATTER, MeetingSimulator, founding, raising, refused, seats

from kiosk.core import commands as c
from kiosk.core.authority import PERMITTED
from kiosk.core.procedure import decide
from kiosk.core.refusals import Reason
from kiosk.core.terms import (
    Actor,
    Body,
    Channel,
    Choice,
    MatterId,
    MeetingId,
    Moment,
    Paper,
    PersonId,
    Role,
    VoteId,
)

AT = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
M, V, P = MeetingId("m"), VoteId("v"), PersonId("p")
CONSOLE = {"chair", "secretary"}
DOOR = {"chair", "secretary", "teller"}
COMMANDS = [
    (founding(), {"admin"}),
    (raising(), CONSOLE),
    (c.ConveneMeeting(M, Body.REPRESENTATIVES, "厅", AT, (MATTER,), seats(Body.REPRESENTATIVES, 3)), CONSOLE),
    (c.CheckIn(M, P), DOOR),
    (c.CheckOut(M, P), DOOR),
    (c.OpenMeeting(M), CONSOLE),
    (c.DeclareRecusal(M, MATTER, P, "亲属承包"), CONSOLE),
    (c.OpenVote(M, MATTER, V, running_tally=True), CONSOLE),
    (c.CastBallot(M, V, P, Choice.FOR, Channel.KIOSK_SCREEN), {"voter"}),
    (c.CloseVote(M, V, unused_confirmed=True), CONSOLE),
    (c.Adjourn(M), CONSOLE),
    (c.StartRecording(M, "camera", sound=True), {"kiosk"}),
    (c.SealSegment(M, "part-0001.mp4", 1, "00", AT, AT, 1), {"kiosk"}),
    (c.NoteInterruption(M, AT, AT, "断电"), {"kiosk"}),
    (c.MarkVideo(M, V, Moment.OPENED, "part-0001.mp4", 0), {"kiosk"}),
    (c.StopRecording(M), {"kiosk"}),
    (c.IssuePaper(MATTER, Paper.RESOLUTION, 1, 1, "00"), {"kiosk"}),
]  # fmt: skip


def name(value):
    return type(value[0]).__name__ if isinstance(value, tuple) else None


def test_the_table_names_every_command_there_is():
    every = set(get_args(c.Command))
    assert set(PERMITTED) == every
    assert {type(command) for command, _ in COMMANDS} == every


@pytest.mark.parametrize("row", COMMANDS, ids=name)
@pytest.mark.parametrize("role", Role)
def test_a_command_is_open_to_the_roles_of_its_row_and_to_no_other(row, role):
    command, roles = row
    actor = Actor(role, P)
    if role.value not in roles:
        assert refused(lambda: decide(None, command, actor, AT)).reason is Reason.ROLE_MAY_NOT
    elif isinstance(command, c.FoundVillage):
        assert decide(None, command, actor, AT)
    else:
        assert refused(lambda: decide(None, command, actor, AT)).reason is Reason.NO_SUCH_MEETING


def test_the_supervisors_watch_and_change_nothing():
    assert not any(Role.SUPERVISOR in roles for roles in PERMITTED.values())


def test_the_journal_says_whose_hand_it_was():
    sim = MeetingSimulator().found()
    secretary = Actor(Role.SECRETARY, PersonId("p0003"))
    sim.do(raising(MatterId("well")), secretary)
    assert '"actor":{"device":null,"person":"p0003","role":"secretary"}' in sim.lines()[-1]
