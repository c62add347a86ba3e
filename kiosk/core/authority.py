"""Who may ask for what (权限): one row a command. The pages say the same for their routes; this is the law."""

from kiosk.core.commands import (
    Adjourn,
    CastBallot,
    CheckIn,
    CheckOut,
    CloseVote,
    Command,
    ConveneMeeting,
    DeclareRecusal,
    FoundVillage,
    IssuePaper,
    MarkVideo,
    NoteInterruption,
    OpenMeeting,
    OpenVote,
    RaiseMatter,
    SealSegment,
    StartRecording,
    StopRecording,
)
from kiosk.core.refusals import Reason, require
from kiosk.core.terms import Actor, Role

# The secretary works the console at the chair's word, so both may; the journal says whose hand it was.
_CONSOLE = frozenset({Role.CHAIR, Role.SECRETARY})
_DOOR = _CONSOLE | {Role.TELLER}
_MACHINE = frozenset({Role.KIOSK})

PERMITTED: dict[type[Command], frozenset[Role]] = {
    FoundVillage: frozenset({Role.ADMIN}),
    RaiseMatter: _CONSOLE,
    ConveneMeeting: _CONSOLE,
    CheckIn: _DOOR,
    CheckOut: _DOOR,
    OpenMeeting: _CONSOLE,
    DeclareRecusal: _CONSOLE,
    OpenVote: _CONSOLE,
    CastBallot: frozenset({Role.VOTER}),
    CloseVote: _CONSOLE,
    Adjourn: _CONSOLE,
    StartRecording: _MACHINE,
    SealSegment: _MACHINE,
    NoteInterruption: _MACHINE,
    MarkVideo: _MACHINE,
    StopRecording: _MACHINE,
    IssuePaper: _MACHINE,
}


def require_authority(actor: Actor, command: Command) -> None:
    """Refused: ROLE_MAY_NOT; a ballot may only be cast by the person whose turn it is at the screen."""
    require(actor.role in PERMITTED[type(command)], Reason.ROLE_MAY_NOT)
    if isinstance(command, CastBallot):
        require(actor.person == command.person, Reason.ROLE_MAY_NOT)
