"""The floor (议程与发言): which matter the meeting is on, who speaks, what is changed before the vote.

- Whoever is in the room may speak, with a vote or without (列席人员可以发言).
- A proposal is changed by somebody entitled, before its vote, and once: more than that goes back to be consulted on.
- Anybody entitled may have a matter voted on by itself.
"""

from kiosk.core import commands as c
from kiosk.core import events as e
from kiosk.core.facts import fact
from kiosk.core.meetings.attending import require_entitled, require_there
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.refusals import Reason, Refused, require, require_text
from kiosk.core.village import Village
from kiosk.core.votes.opening import require_before, require_listed, require_undecided

SPEECH_SECONDS = range(30, 30 * 60 + 1)
"""A speech lasts from half a minute to half an hour."""

FloorCommand = (
    c.TakeItem
    | c.ReorderAgenda
    | c.RequestFloor
    | c.GiveFloor
    | c.EndSpeech
    | c.AmendProposal
    | c.TakeOutOfConsent
)


def decide(village: Village, meeting: Meeting, command: FloorCommand) -> tuple[e.Event, ...]:
    """What the command brings about on the floor. Refused: as each says."""
    match command:
        case c.TakeItem():
            return _take(meeting, command)
        case c.ReorderAgenda():
            return _reorder(meeting, command)
        case c.RequestFloor():
            return _request(meeting, command)
        case c.GiveFloor():
            return _give(meeting, command)
        case c.EndSpeech():
            return _end(meeting, command)
        case c.AmendProposal():
            return _amend(village, meeting, command)
        case c.TakeOutOfConsent():
            return _take_out(meeting, command)


def _take(meeting: Meeting, command: c.TakeItem) -> tuple[e.ItemTaken, ...]:
    """Refused: NOT_ON_AGENDA, VOTE_OPEN, ALREADY_DECIDED. The matter that it is on already goes on."""
    require_undecided(meeting, command.matter)
    require(meeting.open_vote is None, Reason.VOTE_OPEN)
    item = meeting.debate.item
    if item is not None and item.matter == command.matter:
        return ()
    return (fact(e.ItemTaken, command),)


def _reorder(meeting: Meeting, command: c.ReorderAgenda) -> tuple[e.AgendaReordered, ...]:
    """Refused: AGENDA_DIFFERS. What was voted on, or is, stays in front; the rest comes as it is asked for."""
    require(sorted(command.matters) == sorted(meeting.matters), Reason.AGENDA_DIFFERS)
    decided = [matter for matter in meeting.matters if meeting.vote_on(matter)]
    to_come = [matter for matter in command.matters if matter not in decided]
    order = (*decided, *to_come)
    return () if order == meeting.matters else (fact(e.AgendaReordered, command, matters=order),)


def _request(meeting: Meeting, command: c.RequestFloor) -> tuple[e.FloorRequested, ...]:
    """Refused: NOT_CALLED, NOT_CHECKED_IN. Asking again while waiting changes nothing."""
    require_there(meeting, command.person)
    if command.person in meeting.debate.waiting:
        return ()
    return (fact(e.FloorRequested, command),)


def _give(meeting: Meeting, command: c.GiveFloor) -> tuple[e.FloorGiven]:
    """Refused: NOT_CALLED, NOT_CHECKED_IN, FLOOR_TAKEN, SPEECH_TOO_LONG."""
    require_there(meeting, command.person)
    require(meeting.debate.speaker is None, Reason.FLOOR_TAKEN)
    require(
        command.seconds in SPEECH_SECONDS,
        Reason.SPEECH_TOO_LONG,
        least=SPEECH_SECONDS[0],
        most=SPEECH_SECONDS[-1],
    )
    return (fact(e.FloorGiven, command),)


def _end(meeting: Meeting, command: c.EndSpeech) -> tuple[e.SpeechEnded]:
    """Refused: NOBODY_SPEAKS."""
    speaker = meeting.debate.speaker
    if speaker is None:
        raise Refused(Reason.NOBODY_SPEAKS)
    return (fact(e.SpeechEnded, command, person=speaker.person),)


def _amend(
    village: Village, meeting: Meeting, command: c.AmendProposal
) -> tuple[e.ProposalAmended]:
    """The mover sits there with a vote, and the vote has not begun (会上修改方案).

    Refused: NOT_ON_AGENDA, VOTE_OPEN, ALREADY_DECIDED, NOT_CALLED, NO_VOTING_RIGHT, NOT_CHECKED_IN,
    ALREADY_AMENDED, TEXT_MISSING, NOTHING_CHANGED, and as `balloting.require_before` says.
    """
    require_undecided(meeting, command.matter)
    require_before(village, meeting, command.matter)
    require_entitled(meeting, command.mover)
    require_there(meeting, command.mover)
    require(command.matter not in meeting.amended, Reason.ALREADY_AMENDED)
    require(command.proposal, Reason.TEXT_MISSING)
    require_text(*command.proposal)
    require(command.proposal != village.matter(command.matter).proposal, Reason.NOTHING_CHANGED)
    return (fact(e.ProposalAmended, command),)


def _take_out(meeting: Meeting, command: c.TakeOutOfConsent) -> tuple[e.ItemTakenOutOfConsent]:
    """Refused: NOT_ON_AGENDA, NOT_CALLED, NO_VOTING_RIGHT, NOT_CHECKED_IN, NOT_BY_CONSENT, ALREADY_DECIDED."""
    require_listed(meeting, command.matter)
    require_entitled(meeting, command.person)
    require_there(meeting, command.person)
    require(command.matter in meeting.consent, Reason.NOT_BY_CONSENT)
    require_undecided(meeting, command.matter)
    return (fact(e.ItemTakenOutOfConsent, command),)
