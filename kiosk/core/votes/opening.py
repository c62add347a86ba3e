"""How a vote opens (表决开始): standing aside, on one matter or on several by consent, by what method.

- A vote opens only with the quorum, one at a time, on what is before the meeting and whose stage is due
  (四议两公开, 农村基层组织工作条例 §19).
- Several matters go in one vote only where nobody asked otherwise, on the same rule, and nobody there stands aside.
- The method is fixed before it opens: in the open (everybody sees the counts grow), one by one, or secret (nobody
  sees anything before the close, and no ballot can be changed).
- 回避: declared before the vote opens; no national rule lets a recused member leave the base.
"""

from kiosk.core import commands as c
from kiosk.core import events as e
from kiosk.core.ballot_terms import Method
from kiosk.core.facts import fact
from kiosk.core.matters.matter import require_due
from kiosk.core.meetings.attending import require_entitled, require_quorum
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.refusals import Reason, require, require_text
from kiosk.core.terms import MatterId
from kiosk.core.values import Contest
from kiosk.core.village import Village
from kiosk.core.votes.box import LEAST_BALLOTS


def require_listed(meeting: Meeting, matter: MatterId) -> None:
    """Refused: NOT_ON_AGENDA (不在议程)."""
    require(matter in meeting.matters, Reason.NOT_ON_AGENDA)


def require_undecided(meeting: Meeting, matter: MatterId) -> None:
    """Refused: NOT_ON_AGENDA, VOTE_OPEN, ALREADY_DECIDED (已表决); a void vote has decided nothing."""
    require_listed(meeting, matter)
    vote = meeting.vote_on(matter)
    require(vote is None or not vote.is_open, Reason.VOTE_OPEN)
    require(vote is None, Reason.ALREADY_DECIDED)


def require_before(village: Village, meeting: Meeting, matter: MatterId) -> None:
    """That the matter is still this body's to deliberate on (职权): since the call it may have gone elsewhere.

    Refused: WRONG_BODY, and as `matter.require_due` says.
    """
    stage, known = meeting.row.stage, village.matter(matter)
    require_due(known, stage)
    body = village.rows[known.row_at(stage)].body
    require(
        body is meeting.body,
        Reason.WRONG_BODY,
        basis=known.kind.basis,
        matter=known.title,
        body=body.value,
    )


def recuse(meeting: Meeting, command: c.DeclareRecusal) -> tuple[e.RecusalDeclared, ...]:
    """A member stands aside (回避) before the vote opens; the same again changes nothing.

    Refused: NOT_ON_AGENDA, NOT_CALLED, NO_VOTING_RIGHT, VOTE_OPEN, ALREADY_DECIDED, TEXT_MISSING.
    """
    require_entitled(meeting, command.person)
    require_undecided(meeting, command.matter)
    require_text(command.ground)
    if (command.matter, command.person) in meeting.recusals:
        return ()
    return (fact(e.RecusalDeclared, command),)


def open_vote(village: Village, meeting: Meeting, command: c.OpenVote) -> tuple[e.VoteOpened]:
    """Fix the electorate and open the vote (开始表决).

    Refused: AGENDA_EMPTY, LISTED_TWICE, NOT_ON_AGENDA, VOTE_OPEN, ALREADY_DECIDED, VOTE_EXISTS, NO_QUORUM,
    NOT_BY_CONSENT, RECUSAL_IN_BLOCK, and as `require_before` and `_require_method` say.
    """
    require(command.matters, Reason.AGENDA_EMPTY)
    require(len(set(command.matters)) == len(command.matters), Reason.LISTED_TWICE)
    require(meeting.open_vote is None, Reason.VOTE_OPEN)
    for matter in command.matters:
        require_undecided(meeting, matter)
        require_before(village, meeting, matter)
    require(
        all(command.vote not in other.votes for other in village.meetings.values()),
        Reason.VOTE_EXISTS,
    )
    recused = [p for m, p in meeting.recusals if m in command.matters and p in meeting.present]
    if len(command.matters) > 1:
        _require_consent(meeting, command.matters)
        require(not recused, Reason.RECUSAL_IN_BLOCK)
    require_quorum(meeting, meeting.rows[command.matters[0]])
    _require_method(command, len(meeting.present) - len(recused))
    shown = command.method is Method.OPEN or command.running_tally
    return (
        fact(
            e.VoteOpened,
            command,
            stage=meeting.row.stage,
            electorate=tuple(sorted(meeting.present)),
            recused=tuple(sorted(recused)),
            running_tally=shown,
            contest=_contest(village, meeting, command.matters[0]),
        ),
    )


def _contest(village: Village, meeting: Meeting, matter: MatterId) -> Contest | None:
    """Whom the vote chooses among (推选), where its row says so; before that stage it answers a question."""
    return village.matter(matter).contest if meeting.rows[matter].contest else None


def _require_consent(meeting: Meeting, matters: tuple[MatterId, ...]) -> None:
    """Refused: NOT_BY_CONSENT (合并表决): each still in the block, and all decided by one rule."""
    require(meeting.consent.issuperset(matters), Reason.NOT_BY_CONSENT)
    require(not any(meeting.rows[matter].contest for matter in matters), Reason.NOT_BY_CONSENT)
    require(len({meeting.rows[matter].id for matter in matters}) == 1, Reason.NOT_BY_CONSENT)


def _require_method(command: c.OpenVote, voters: int) -> None:
    """Refused: NOT_SHOWN_SECRETLY, NOT_CHANGED_SECRETLY, TOO_FEW_FOR_SECRECY where nobody could hide among others."""
    if command.method is not Method.SECRET:
        return
    require(not command.running_tally, Reason.NOT_SHOWN_SECRETLY)
    require(not command.revisable, Reason.NOT_CHANGED_SECRETLY)
    few = voters < LEAST_BALLOTS
    require(not few, Reason.TOO_FEW_FOR_SECRECY, ballots=voters, least=LEAST_BALLOTS)
