"""Why not: the closed set of reasons for which the rules refuse, each with its legal basis.

Every reason has a Chinese sentence in `kiosk.wording` that tells the person what to do next.
"""

from dataclasses import dataclass, field
from enum import Enum


class Reason(Enum):
    """A lawful no. The value is what stands in protocols; the basis, where one exists, is an article."""

    # anything
    ROLE_MAY_NOT = "role_may_not"
    COMMAND_REUSED = "command_reused"
    SAME_OFFICER = "same_officer"
    TEXT_MISSING = "text_missing"
    MONEY_NEGATIVE = "money_negative"
    BACK_DATED = "back_dated"
    DATE_TO_COME = "date_to_come"

    # the village, its rules and its record
    VILLAGE_EXISTS = "village_exists"
    UNDERCUTS_LAW = "undercuts_law"
    ROW_MALFORMED = "row_malformed"
    CATALOGUE_UNDERCUTS_LAW = "catalogue_undercuts_law"
    PUBLIC_TOO_SHORT = "public_too_short"
    ANSWER_DAYS_OUT_OF_RANGE = "answer_days_out_of_range"
    NO_SUCH_ENTRY = "no_such_entry"
    CORRECTION_EXISTS = "correction_exists"
    NO_SUCH_CORRECTION = "no_such_correction"
    CORRECTION_CONFIRMED = "correction_confirmed"

    # needs
    NEED_EXISTS = "need_exists"
    NO_SUCH_NEED = "no_such_need"
    NEED_ANSWERED = "need_answered"
    TOO_FEW_SUPPORTERS = "too_few_supporters"

    # matters
    MATTER_EXISTS = "matter_exists"
    NO_SUCH_MATTER = "no_such_matter"
    NO_SUCH_KIND = "no_such_kind"
    KIND_FORBIDDEN = "kind_forbidden"
    KIND_BARRED = "kind_barred"
    MANDATE_MISSING = "mandate_missing"
    GROUP_MISSING = "group_missing"
    APPRAISED_MISSING = "appraised_missing"
    PAUSE_NOT_OVER = "pause_not_over"
    MATTER_ENDED = "matter_ended"
    MATTER_ARCHIVED = "matter_archived"
    STAGE_OUT_OF_ORDER = "stage_out_of_order"
    NOT_DELIBERATING = "not_deliberating"
    NOTHING_CHANGED = "nothing_changed"
    REVIEW_MISSING = "review_missing"
    REVIEW_NOT_DUE = "review_not_due"
    NOT_RETURNABLE = "not_returnable"
    NOT_DEFEATED = "not_defeated"
    NO_ASSEMBLY_ABOVE = "no_assembly_above"
    STAGE_NOT_REACHED = "stage_not_reached"
    OPINION_EXISTS = "opinion_exists"
    OPINION_MISSING = "opinion_missing"
    MATTER_NOT_DONE = "matter_not_done"

    # emergencies
    EMERGENCY_EXISTS = "emergency_exists"
    NO_SUCH_EMERGENCY = "no_such_emergency"
    EMERGENCY_SIGNED = "emergency_signed"
    EMERGENCY_NOT_SIGNED = "emergency_not_signed"
    EMERGENCY_OWED = "emergency_owed"

    # calling a meeting
    MEETING_EXISTS = "meeting_exists"
    NO_SUCH_MEETING = "no_such_meeting"
    WRONG_BODY = "wrong_body"
    WRONG_GROUP = "wrong_group"
    NOTICE_TOO_SHORT = "notice_too_short"
    URGENT_NOT_ALLOWED = "urgent_not_allowed"
    AGENDA_EMPTY = "agenda_empty"
    LISTED_TWICE = "listed_twice"
    SEATED_TWICE = "seated_twice"
    HOUSEHOLD_SEATED_TWICE = "household_seated_twice"
    NOBODY_ENTITLED = "nobody_entitled"
    SEAT_MAY_NOT_VOTE = "seat_may_not_vote"
    EXCLUSION_NOT_ALLOWED = "exclusion_not_allowed"
    EXCLUSION_WITHOUT_BASIS = "exclusion_without_basis"
    NOT_ONE_SITTING = "not_one_sitting"
    NOT_ONE_LEADER = "not_one_leader"

    # a meeting
    TOO_EARLY = "too_early"
    DAY_PAST = "day_past"
    NOT_CALLED = "not_called"
    NOT_CHECKED_IN = "not_checked_in"
    ALREADY_IN_SESSION = "already_in_session"
    NOT_IN_SESSION = "not_in_session"
    MEETING_PAUSED = "meeting_paused"
    MEETING_OVER = "meeting_over"
    MEETING_NOT_HELD = "meeting_not_held"
    ANOTHER_MEETING_IN_SESSION = "another_meeting_in_session"
    NO_QUORUM = "no_quorum"
    QUORUM_IS_THERE = "quorum_is_there"
    NOT_ON_AGENDA = "not_on_agenda"
    AGENDA_DIFFERS = "agenda_differs"
    FLOOR_TAKEN = "floor_taken"
    NOBODY_SPEAKS = "nobody_speaks"
    SPEECH_TOO_LONG = "speech_too_long"
    ALREADY_AMENDED = "already_amended"

    # voting for somebody who is away
    PROXY_NOT_ALLOWED = "proxy_not_allowed"
    PROXY_OTHER_HOUSEHOLD = "proxy_other_household"
    PROXY_LIMIT = "proxy_limit"
    PROXY_EXISTS = "proxy_exists"
    PROXY_IS_AWAY = "proxy_is_away"
    PRINCIPAL_IS_HERE = "principal_is_here"

    # votes
    NO_SUCH_VOTE = "no_such_vote"
    ALREADY_DECIDED = "already_decided"
    VOTE_OPEN = "vote_open"
    VOTE_EXISTS = "vote_exists"
    VOTE_NOT_OPEN = "vote_not_open"
    VOTE_VOID = "vote_void"
    NOT_BY_CONSENT = "not_by_consent"
    RECUSAL_IN_BLOCK = "recusal_in_block"
    NO_VOTING_RIGHT = "no_voting_right"
    HOUSEHOLD_VOTES_ONCE = "household_votes_once"
    NOT_IN_ELECTORATE = "not_in_electorate"
    RECUSED = "recused"
    ALREADY_VOTED = "already_voted"
    NOT_AN_OPTION = "not_an_option"
    UNVOTED_NOT_CONFIRMED = "unvoted_not_confirmed"
    NOT_BY_HIMSELF = "not_by_himself"
    COUNT_NEGATIVE = "count_negative"

    # a secret vote
    NOT_SECRET = "not_secret"  # noqa: S105 -- no password
    NOT_SECRETLY = "not_secretly"
    NOT_SHOWN_SECRETLY = "not_shown_secretly"
    NOT_CHANGED_SECRETLY = "not_changed_secretly"
    TOO_FEW_FOR_SECRECY = "too_few_for_secrecy"
    WITNESS_MISSING = "witness_missing"
    BOX_LOST = "box_lost"

    # a show of hands
    NO_HANDS = "no_hands"
    NOTE_OPEN = "note_open"
    NOTE_OUTDATED = "note_outdated"
    HANDS_BEING_COUNTED = "hands_being_counted"
    MORE_HANDS_THAN_PEOPLE = "more_hands_than_people"
    TELLERS_ENOUGH = "tellers_enough"
    TELLER_MISSING = "teller_missing"
    TELLERS_DIFFER = "tellers_differ"

    # ballot papers
    PAPER_IN_HAND = "paper_in_hand"
    NO_PAPER_IN_HAND = "no_paper_in_hand"
    ANOTHER_BATCH = "another_batch"
    PAPERS_TOO_FEW = "papers_too_few"
    PAPERS_TOO_MANY = "papers_too_many"
    BOX_IS_OPEN = "box_is_open"
    BOX_IS_SHUT = "box_is_shut"
    MORE_PAPERS_THAN_ISSUED = "more_papers_than_issued"
    READING_BEGUN = "reading_begun"
    READ_OUT_OF_TURN = "read_out_of_turn"
    ALL_PAPERS_READ = "all_papers_read"
    PAPERS_UNREAD = "papers_unread"

    # counting once more
    COUNTS_AGREE = "counts_agree"
    COUNTS_DIFFER = "counts_differ"
    OUTCOME_DIFFERS = "outcome_differs"
    NOT_EXPLAINED = "not_explained"

    # publication, objections, works
    NOT_PUBLISHED = "not_published"
    PUBLICATION_NOT_OVER = "publication_not_over"
    PHOTO_WRONG_DAY = "photo_wrong_day"
    OBJECTION_EXISTS = "objection_exists"
    NO_SUCH_OBJECTION = "no_such_objection"
    OBJECTIONS_CLOSED = "objections_closed"
    OBJECTION_ANSWERED = "objection_answered"
    OBJECTION_OPEN = "objection_open"
    OBJECTION_AT_TOP = "objection_at_top"
    NOTHING_TO_CARRY_OUT = "nothing_to_carry_out"
    WORKS_ASSIGNED = "works_assigned"
    WORKS_NOT_ASSIGNED = "works_not_assigned"
    WORKS_STARTED = "works_started"
    WORKS_NOT_STARTED = "works_not_started"
    ACCEPTANCE_NOT_REQUESTED = "acceptance_not_requested"
    ACCEPTANCE_REQUESTED = "acceptance_requested"
    WORKS_ACCEPTED = "works_accepted"
    WORKS_NOT_ACCEPTED = "works_not_accepted"
    RESULT_TOO_SOON = "result_too_soon"
    RESULT_PUBLISHED = "result_published"

    # papers and film
    PAPER_NOT_DUE = "paper_not_due"
    PAPER_ISSUED = "paper_issued"
    NO_SUCH_RECORDING = "no_such_recording"
    FILM_ROOM_SHORT = "film_room_short"


PROCEDURE = "中国共产党农村基层组织工作条例第十九条（四议两公开）"
TRUTHFULNESS = "村民委员会组织法第三十五条（保证所公布事项的真实性）"
PUBLICITY = "村民委员会组织法第三十五条"
SUPERVISION = "村民委员会组织法第三十七条、第三十九条"

BASIS: dict[Reason, str] = {
    Reason.STAGE_OUT_OF_ORDER: PROCEDURE,
    Reason.BACK_DATED: TRUTHFULNESS,
    Reason.PUBLIC_TOO_SHORT: PUBLICITY,
    Reason.PUBLICATION_NOT_OVER: PUBLICITY,
    Reason.OBJECTIONS_CLOSED: PUBLICITY,
    Reason.RESULT_TOO_SOON: PUBLICITY,
    Reason.OPINION_MISSING: SUPERVISION,
    Reason.WORKS_NOT_ACCEPTED: SUPERVISION,
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


def require_text(*texts: str) -> None:
    """Refused: TEXT_MISSING where one of the texts says nothing."""
    require(all(text.strip() for text in texts), Reason.TEXT_MISSING)


def require_money(*amounts_fen: int) -> None:
    """Refused: MONEY_NEGATIVE where one of the amounts, in 分, is below zero."""
    require(all(amount >= 0 for amount in amounts_fen), Reason.MONEY_NEGATIVE)
