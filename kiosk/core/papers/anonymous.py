"""Votes and meetings without anybody's name (隐名): every count comes out the same, and nobody's answer is left.

The people of a vote become numbers in the order of their answers, so that neither the order nor a number tells who
somebody was. Pure.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from kiosk.core.meetings.course import Debate
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.meetings.notes import MinutesBook
from kiosk.core.meetings.recording import Recording
from kiosk.core.meetings.witness import Witness
from kiosk.core.papers.discretion import discreet
from kiosk.core.terms import PersonId
from kiosk.core.values import Answer, Contest
from kiosk.core.votes.box import Box
from kiosk.core.votes.vote import Explanation, Vote

V = TypeVar("V")
NOBODY = PersonId("")


def numbered(number: int) -> PersonId:
    """The id of somebody of whom no more is told than that there is one."""
    return PersonId(f"#{number}")


def anonymous_vote(vote: Vote) -> Vote:
    """The vote with numbers for people: the tally, its channels and its papers come out the same."""
    called = {p: numbered(n) for n, p in enumerate(sorted(vote.electorate, key=_alike(vote)))}

    def those(people: Iterable[PersonId]) -> frozenset[PersonId]:
        return frozenset(called[p] for p in people if p in called)

    def of_each(values: Mapping[PersonId, V]) -> dict[PersonId, V]:
        return {called[p]: values[p] for p in sorted(values, key=lambda p: called[p])}

    explained = vote.explanation
    return replace(
        vote,
        electorate=those(vote.electorate),
        recused=those(vote.recused),
        represented=those(vote.represented),
        ballots=of_each(vote.ballots),
        channels=of_each(vote.channels),
        contest=standing_for(vote.contest),
        note=None,
        hands={numbered(n): counts for n, counts in enumerate(vote.hands.values())},
        papers=replace(
            vote.papers,
            holders=those(vote.papers.holders),
            readings=tuple(sorted(vote.papers.readings, key=_spelled)),
        ),
        box=Box(those(vote.box.voted), vote.box.counts, vote.box.cast),
        witness=None if vote.witness is None else NOBODY,
        checks={of: replace(check, teller=NOBODY) for of, check in vote.checks.items()},
        explanation=_said(explained) if explained else None,
        void_ground=discreet(vote.void_ground),
    )


def _alike(vote: Vote) -> Callable[[PersonId], tuple[object, ...]]:
    """What of somebody's part in the vote is counted: people who are alike in it may stand in any order."""

    def key(person: PersonId) -> tuple[object, ...]:
        channel = vote.channels.get(person)
        return (
            _spelled(vote.ballots.get(person)),
            channel.value if channel else "",
            person in vote.recused,
            person in vote.represented,
            person in vote.papers.holders,
            person in vote.box.voted,
        )

    return key


def _spelled(answer: Answer | None) -> str:
    return " ".join(choice.value for choice in answer or ())


def standing_for(contest: Contest | None) -> Contest | None:
    """Who stands for something is named in public; his id is nobody's business."""
    if contest is None:
        return None
    known = (replace(candidate, person=NOBODY) for candidate in contest.candidates)
    return replace(contest, candidates=tuple(known))


def _said(explained: Explanation) -> Explanation:
    agreed = None if explained.agreed_by is None else NOBODY
    return Explanation(NOBODY, discreet(explained.ground), agreed)


def anonymous_meeting(meeting: Meeting) -> Meeting:
    """The meeting without its people and its votes: when, where, which body, how many entitled."""
    return replace(
        meeting,
        seats={},
        exclusions=(),
        place=discreet(meeting.place),
        urgent_ground=discreet(meeting.urgent_ground),
        leader=None,
        served={},
        arrivals={},
        presence=(),
        proxies={},
        roll=frozenset(map(numbered, range(len(meeting.entitled)))),
        recusals={},
        votes={},
        debate=Debate(),
        recording=Recording(started=meeting.recording.started),
        notes=(),
        minutes=_signed(meeting.minutes),
        witness=Witness(),
    )


def _signed(book: MinutesBook) -> MinutesBook:
    """When the minutes were read and approved; who signed, and what was noted, is left out."""
    read, approved = book.read, book.approved
    return replace(
        book,
        notes=(),
        read=replace(read, by=NOBODY) if read else None,
        approved=replace(approved, by=NOBODY) if approved else None,
    )
