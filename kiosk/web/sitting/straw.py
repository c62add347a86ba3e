"""A straw poll (摸底): raised hands as the secretary counts them, for the room to see. It is no vote.

It is kept in memory only and never reaches the journal; it is gone when a vote opens, when the meeting ends, when it
turns to another matter, and when the power goes.
"""

from collections.abc import Callable
from dataclasses import dataclass

from flask import current_app

from kiosk.core.ballot_terms import Choice
from kiosk.core.meetings.course import MeetingState
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.terms import MatterId, MeetingId
from kiosk.core.values import Contest


@dataclass(frozen=True, slots=True)
class StrawPoll:
    """Hands raised for each answer, in the order of the answers; `votes` had been opened when it was taken."""

    meeting: MeetingId
    matter: MatterId | None
    votes: int
    hands: tuple[tuple[Choice, int], ...]
    contest: Contest | None = None

    def is_of(self, meeting: Meeting) -> bool:
        """Whether it still stands: the meeting goes on, on the same matter, and no vote was opened since."""
        item = meeting.debate.item
        return (
            meeting.state is MeetingState.IN_SESSION
            and self.meeting == meeting.id
            and self.matter == (item.matter if item else None)
            and self.votes == len(meeting.votes)
        )


def _nobody_looks() -> None:
    pass


@dataclass(slots=True)
class Blackboard:
    """Where the one straw poll of the room is chalked up; `tell` lets the live screens know that it changed."""

    poll: StrawPoll | None = None
    tell: Callable[[], None] = _nobody_looks

    def of(self, meeting: Meeting) -> StrawPoll | None:
        """The straw poll that is on now; None where there is none, or it no longer stands."""
        poll = self.poll
        return poll if poll is not None and poll.is_of(meeting) else None

    def chalk(
        self,
        meeting: Meeting,
        hands: tuple[tuple[Choice, int], ...],
        contest: Contest | None = None,
    ) -> None:
        """Put up a count of hands in the place of the last; `contest`: whom they were raised for."""
        item = meeting.debate.item
        matter = item.matter if item else None
        self.poll = StrawPoll(meeting.id, matter, len(meeting.votes), hands, contest)
        self.tell()

    def wipe(self) -> None:
        """Take it down."""
        self.poll = None
        self.tell()


def blackboard() -> Blackboard:
    """The blackboard of the running application."""
    board = current_app.extensions.setdefault("blackboard", Blackboard())
    assert isinstance(board, Blackboard)
    return board
