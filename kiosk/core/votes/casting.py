"""Ballots at a screen or on a phone (投票): one person, one ballot; where households vote, one household, one ballot.

- A named ballot is a fact in the journal. It is final, or may be changed until the close where the vote was opened so.
- A secret ballot is no fact: it goes into the sealed box (`box`), and is final.
- Whoever has a paper in his hand votes by it; once hands are counted nobody votes by himself any more.
"""

from collections.abc import Collection, Mapping

from kiosk.core import commands as c
from kiosk.core import events as e
from kiosk.core.ballot_terms import Channel, Choice
from kiosk.core.facts import fact
from kiosk.core.law.rules import RuleRow
from kiosk.core.refusals import Reason, Refused, require
from kiosk.core.terms import PersonId
from kiosk.core.values import Answer, Seat
from kiosk.core.votes.box import Sealed, packed
from kiosk.core.votes.vote import Vote

BY_HIMSELF = frozenset({Channel.KIOSK_SCREEN, Channel.PHONE})
"""The channels by which somebody casts his own ballot (自己投)."""


def cast(
    vote: Vote,
    command: c.CastBallot,
    seats: Mapping[PersonId, Seat],
    inside: Collection[PersonId],
) -> tuple[e.BallotCast | e.BallotChanged, ...] | Sealed:
    """Take one ballot (投票), checking in the order of the statute; `inside`: who is in the room.

    The same ballot again, where ballots may be changed, changes nothing.

    Refused: NOT_BY_HIMSELF, ALREADY_VOTED, and as `require_able` and `require_answer`.
    """
    require(command.channel in BY_HIMSELF, Reason.NOT_BY_HIMSELF)
    person = command.person
    may_change = vote.revisable and vote.channels.get(person) in BY_HIMSELF
    require_able(vote, person, seats, inside, again=may_change)
    require_answer(vote, command.answer)
    if vote.is_secret:
        box = vote.box.with_ballot(person, command.answer, command.channel)
        return Sealed(vote.id, packed(box, vote.electorate, vote.options))
    was = vote.ballots.get(person)
    if was is None:
        return (fact(e.BallotCast, command),)
    return (fact(e.BallotChanged, command, was=was),) if was != command.answer else ()


def require_able(
    vote: Vote,
    person: PersonId,
    seats: Mapping[PersonId, Seat],
    inside: Collection[PersonId],
    *,
    again: bool = False,
) -> None:
    """That the person may vote now, by whatever channel; `again`: his ballot may be there already.

    Refused: NOT_CALLED, HOUSEHOLD_VOTES_ONCE, NO_VOTING_RIGHT, ALREADY_VOTED, PAPER_IN_HAND, NOT_CHECKED_IN,
    NOT_IN_ELECTORATE, RECUSED, HANDS_BEING_COUNTED.
    """
    row = vote.row
    require(person in seats, Reason.NOT_CALLED)
    if row.by_household:
        _require_not_represented(seats[person], seats, row)
    # 村民委员会组织法 §29: 由村民委员会成员和村民代表组成 — everybody else attends without a vote
    require(seats[person].votes, Reason.NO_VOTING_RIGHT, basis=row.voters_basis)
    voted = person in vote.ballots or person in vote.box.voted
    require(again or not voted, Reason.ALREADY_VOTED)
    require(person not in vote.papers.holders, Reason.PAPER_IN_HAND)
    require(person in inside, Reason.NOT_CHECKED_IN)
    require(person in vote.electorate, Reason.NOT_IN_ELECTORATE)
    require(person not in vote.recused, Reason.RECUSED)
    require(not vote.hands, Reason.HANDS_BEING_COUNTED)


def require_answer(vote: Vote, answer: Answer) -> None:
    """That a ballot may say this: one of the options, or where candidates stand as many as there are places.

    Refused: NOT_AN_OPTION; TOO_MANY_CHOSEN with both numbers.
    """
    in_order = tuple(option for option in vote.options if option in answer)
    require(answer and answer == in_order, Reason.NOT_AN_OPTION)
    # 弃权 says that nobody is named, and so it stands alone, as every answer to a question does.
    alone = vote.contest is None or Choice.ABSTAIN in answer
    require(len(answer) == 1 or not alone, Reason.NOT_AN_OPTION)
    most = vote.contest.places if vote.contest else 1
    require(len(answer) <= most, Reason.TOO_MANY_CHOSEN, chosen=len(answer), most=most)


def _require_not_represented(seat: Seat, seats: Mapping[PersonId, Seat], row: RuleRow) -> None:
    """Refused: HOUSEHOLD_VOTES_ONCE where another of the household has its ballot (村民委员会组织法 §26 户的代表)."""
    if seat.votes or not seat.household:
        return
    for other in seats.values():
        if other.votes and other.household == seat.household:
            raise Refused(Reason.HOUSEHOLD_VOTES_ONCE, {"name": other.name}, row.voters_basis)
