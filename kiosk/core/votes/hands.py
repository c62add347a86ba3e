"""A show of hands (举手表决): by name with a witness, or by number with two tellers.

- By name: a clerk notes who raised a hand for what; nothing counts until a second person who watched confirms it.
- By number: two tellers count the hands of all who have not voted otherwise, without seeing each other's count. A
  difference blocks the close; each may count again.
- Hands are seen by everybody: a secret vote knows none. Neither does a choice among candidates (推选): of raised hands
  nobody could say that none was raised for more of them than there are places.
"""

from collections.abc import Collection, Mapping

from kiosk.core import commands as c
from kiosk.core import events as e
from kiosk.core.facts import fact
from kiosk.core.law.tally import Counts, total
from kiosk.core.refusals import Reason, Refused, require
from kiosk.core.terms import PersonId
from kiosk.core.values import Seat
from kiosk.core.votes.casting import require_able, require_answer
from kiosk.core.votes.states import HandsCommand
from kiosk.core.votes.vote import TELLERS, Vote


def decide(
    vote: Vote,
    command: HandsCommand,
    seats: Mapping[PersonId, Seat],
    inside: Collection[PersonId],
) -> tuple[e.HandsNoted | e.HandsConfirmed | e.HandsCounted, ...]:
    """What a show of hands brings about. Refused: NOT_SECRETLY, NOT_BY_HANDS, and as each says."""
    require(not vote.is_secret, Reason.NOT_SECRETLY)
    require(vote.contest is None, Reason.NOT_BY_HANDS)
    match command:
        case c.NoteHands():
            return note(vote, command, seats, inside)
        case c.ConfirmHands():
            return confirm(vote, command, seats, inside)
        case c.CountHands():
            return count(vote, command, inside)


def note(
    vote: Vote,
    command: c.NoteHands,
    seats: Mapping[PersonId, Seat],
    inside: Collection[PersonId],
) -> tuple[e.HandsNoted]:
    """A clerk's note (举手记名). Refused: NO_HANDS, LISTED_TWICE, NOT_AN_OPTION, and as `require_able`."""
    require(command.hands, Reason.NO_HANDS)
    people = [hand.person for hand in command.hands]
    require(len(set(people)) == len(people), Reason.LISTED_TWICE)
    for hand in command.hands:
        require_answer(vote, (hand.choice,))
    for person in people:
        require_able(vote, person, seats, inside)
    return (fact(e.HandsNoted, command),)


def confirm(
    vote: Vote,
    command: c.ConfirmHands,
    seats: Mapping[PersonId, Seat],
    inside: Collection[PersonId],
) -> tuple[e.HandsConfirmed]:
    """The witness confirms (见证确认).

    Refused: NO_HANDS, SAME_OFFICER, NOTE_OUTDATED where somebody noted has voted otherwise meanwhile, or left.
    """
    if vote.note is None:
        raise Refused(Reason.NO_HANDS)
    require(vote.note.clerk != command.witness, Reason.SAME_OFFICER)
    for hand in vote.note.hands:
        try:
            require_able(vote, hand.person, seats, inside)
        except Refused as refused:
            name = seats[hand.person].name
            raise Refused(Reason.NOTE_OUTDATED, {"name": name}) from refused
    return (fact(e.HandsConfirmed, command),)


def count(
    vote: Vote, command: c.CountHands, inside: Collection[PersonId]
) -> tuple[e.HandsCounted, ...]:
    """A teller's count (举手点数); the same again changes nothing.

    Refused: NOTE_OPEN, NOT_AN_OPTION, MORE_HANDS_THAN_PEOPLE, TELLERS_ENOUGH.
    """
    require(vote.note is None, Reason.NOTE_OPEN)
    require_counts(vote, command.counts)
    people = len(vote.waiting & frozenset(inside))
    raised = total(command.counts)
    require(raised <= people, Reason.MORE_HANDS_THAN_PEOPLE, raised=raised, people=people)
    require(command.teller in vote.hands or len(vote.hands) < TELLERS, Reason.TELLERS_ENOUGH)
    if vote.hands.get(command.teller) == command.counts:
        return ()
    return (fact(e.HandsCounted, command),)


def require_counts(vote: Vote, counts: Counts) -> None:
    """That there is one number, not below zero, for each answer in order. Refused: NOT_AN_OPTION, COUNT_NEGATIVE."""
    offered = tuple(c.choice for c in counts)
    require(offered == vote.options, Reason.NOT_AN_OPTION)
    require(all(c.count >= 0 for c in counts), Reason.COUNT_NEGATIVE)
