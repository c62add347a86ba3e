"""Why not: the closed set of reasons for which the rules refuse, each with its legal basis.

Every reason has a Chinese sentence in `kiosk.wording` that tells the person what to do next.
"""

from dataclasses import dataclass, field
from enum import Enum


class Reason(Enum):
    """A lawful no. The value is what stands in protocols; the basis, where one exists, is an article."""

    ROLE_MAY_NOT = "role_may_not"
    COMMAND_REUSED = "command_reused"
    VILLAGE_EXISTS = "village_exists"
    NO_SUCH_MATTER = "no_such_matter"
    NO_SUCH_MEETING = "no_such_meeting"
    NO_SUCH_VOTE = "no_such_vote"
    MATTER_EXISTS = "matter_exists"
    MEETING_EXISTS = "meeting_exists"
    STAGE_OUT_OF_ORDER = "stage_out_of_order"
    NOTICE_TOO_SHORT = "notice_too_short"
    AGENDA_EMPTY = "agenda_empty"
    SEATED_TWICE = "seated_twice"
    NOBODY_ENTITLED = "nobody_entitled"
    SEAT_MAY_NOT_VOTE = "seat_may_not_vote"
    TOO_EARLY = "too_early"
    NOT_CALLED = "not_called"
    NOT_CHECKED_IN = "not_checked_in"
    ALREADY_IN_SESSION = "already_in_session"
    NOT_IN_SESSION = "not_in_session"
    MEETING_OVER = "meeting_over"
    ANOTHER_MEETING_IN_SESSION = "another_meeting_in_session"
    NO_QUORUM = "no_quorum"
    NOT_ON_AGENDA = "not_on_agenda"
    ALREADY_DECIDED = "already_decided"
    VOTE_OPEN = "vote_open"
    VOTE_EXISTS = "vote_exists"
    VOTE_NOT_OPEN = "vote_not_open"
    NO_VOTING_RIGHT = "no_voting_right"
    NOT_IN_ELECTORATE = "not_in_electorate"
    RECUSED = "recused"
    ALREADY_VOTED = "already_voted"
    UNVOTED_NOT_CONFIRMED = "unvoted_not_confirmed"
    PAPER_NOT_DUE = "paper_not_due"
    PAPER_ISSUED = "paper_issued"
    NO_SUCH_RECORDING = "no_such_recording"


PROCEDURE = "中国共产党农村基层组织工作条例第十九条（四议两公开）"

BASIS: dict[Reason, str] = {
    Reason.STAGE_OUT_OF_ORDER: PROCEDURE,
}
"""The article behind a reason where it is always the same; a rule row names its own (`basis`)."""


@dataclass
class Refused(Exception):
    """The rules say no: `facts` are the numbers the sentence needs, `basis` the article that forbids."""

    reason: Reason
    facts: dict[str, str | int] = field(default_factory=dict)
    basis: str = ""

    def __str__(self) -> str:
        return f"{self.reason.value} {self.facts}" if self.facts else self.reason.value


class Malformed(ValueError):
    """The input is not a command at all; its message names the field."""


def require(condition: object, reason: Reason, /, *, basis: str = "", **facts: str | int) -> None:
    """Refuse for this reason unless the condition holds."""
    if not condition:
        raise Refused(reason, facts, basis or BASIS.get(reason, ""))
