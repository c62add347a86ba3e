"""What each fact makes of a vote (表决过程): ballots, counts, the end, and what is found out after it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from kiosk.core import events as e
from kiosk.core.ballot_terms import Channel
from kiosk.core.terms import PersonId
from kiosk.core.values import Answer
from kiosk.core.votes.box import Box
from kiosk.core.votes.paper_ballots import PaperEvent
from kiosk.core.votes.vote import Check, Explanation, Note, Vote


def after(vote: Vote, event: e.VoteEvent, at: datetime) -> Vote:  # noqa: C901 -- dispatch, each arm is one step
    """The vote after one of its facts. ValueError for what is no fact of a vote already open."""
    match event:
        case e.BallotCast() | e.BallotChanged() | e.HandsNoted() | e.HandsConfirmed():
            return _voted(vote, event)
        case e.HandsCounted():
            return replace(vote, hands={**vote.hands, event.teller: event.counts})
        case _ if isinstance(event, PaperEvent):
            return replace(vote, papers=vote.papers.after(event))
        case e.ClosingWitnessed():
            return replace(vote, witness=event.supervisor)
        case e.BoxOpened():
            return vote.with_box(_box_of(event))
        case e.VoteClosed():
            return replace(
                vote, closed_at=at, carried=event.carried, chosen=event.chosen, note=None
            )
        case e.CountChecked() | e.DifferenceExplained() | e.DifferenceSettled():
            return _checked(vote, event)
        case e.VoteVoided():
            return replace(vote, void_ground=event.ground, note=None)
        case _:
            raise ValueError("no fact of a vote that is open")


def _voted(
    vote: Vote, event: e.BallotCast | e.BallotChanged | e.HandsNoted | e.HandsConfirmed
) -> Vote:
    match event:
        case e.BallotCast():
            return _with_ballots(vote, {event.person: event.answer}, event.channel)
        case e.BallotChanged():
            changed = replace(vote, changes=vote.changes + 1)
            return _with_ballots(changed, {event.person: event.answer}, event.channel)
        case e.HandsNoted():
            return replace(vote, note=Note(event.clerk, event.hands))
        case e.HandsConfirmed():
            assert vote.note is not None
            raised = {hand.person: (hand.choice,) for hand in vote.note.hands}
            return replace(_with_ballots(vote, raised, Channel.HANDS_NAMED), note=None)


def _with_ballots(vote: Vote, ballots: Mapping[PersonId, Answer], channel: Channel) -> Vote:
    return replace(
        vote,
        ballots={**vote.ballots, **ballots},
        channels={**vote.channels, **dict.fromkeys(ballots, channel)},
    )


def _box_of(event: e.BoxOpened) -> Box:
    counts = {(s.channel, c.choice): c.count for s in event.subtotals for c in s.counts if c.count}
    return Box(frozenset(event.voters), counts, {s.channel: s.cast for s in event.subtotals})


def _checked(
    vote: Vote, event: e.CountChecked | e.DifferenceExplained | e.DifferenceSettled
) -> Vote:
    match event:
        case e.CountChecked():
            check = Check(event.teller, event.counts)
            # Another count is another difference: what was said about the last does not explain it.
            return replace(vote, checks={**vote.checks, event.source: check}, explanation=None)
        case e.DifferenceExplained():
            return replace(vote, explanation=Explanation(event.officer, event.ground))
        case e.DifferenceSettled():
            assert vote.explanation is not None
            agreed = replace(vote.explanation, agreed_by=event.officer)
            return replace(vote, explanation=agreed)
