"""What stands burnt into the film while a meeting goes on (画面字幕), and whether the room may be seen at all."""

from dataclasses import dataclass

from kiosk import wording
from kiosk.core.events import VoteClosed, VoteOpened
from kiosk.core.history import Known
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.terms import MeetingId, Moment
from kiosk.core.village import Village
from kiosk.core.votes.vote import Vote


@dataclass(frozen=True, slots=True)
class Caption:
    """The words at the bottom, the newest entry of the journal, and whether a card covers the room."""

    words: str = ""
    entry: int = 0
    covered: bool = False


def caption_of(known: Known, meeting: MeetingId) -> Caption:
    """What the film of that meeting shows with the village as it stands. LookupError without village or meeting."""
    village = known.village
    if village is None:
        raise LookupError(meeting)
    sitting = village.meeting(meeting)
    whose = f"{village.name} {wording.BODIES[sitting.body]}"
    item = _item(village, sitting)
    vote = sitting.open_vote
    return Caption(
        f"{whose} · {item}" if item else whose,
        known.head.seq,
        covered=vote is not None and must_be_covered(vote),
    )


def mark_of_vote(event: VoteOpened | VoteClosed, seq: int, village: Village) -> tuple[str, str]:
    """Id and words of the mark of that entry: the words stand in the film for five seconds."""
    moment = Moment.OPENED if isinstance(event, VoteOpened) else Moment.CLOSED
    title = "、".join(village.titles(village.meetings[event.meeting].votes[event.vote]))
    words = f"{wording.MOMENTS[moment]}（日志第{seq}条）：{title}"
    return f"{event.vote}:{moment.value}", words


def must_be_covered(vote: Vote) -> bool:
    """Whether a camera could see how somebody votes (无记名).

    While a secret vote is open, until its papers are back in the open box and nobody is left who could still vote at
    a screen: then they are read aloud before everybody (唱票), which belongs into the film.
    """
    if not (vote.is_open and vote.is_secret):
        return False
    reading = vote.papers.returned is not None and vote.turnout >= len(vote.able)
    return not reading


def _item(village: Village, meeting: Meeting) -> str:
    """The matters that are voted on, else the one that is debated, with their numbers on the agenda."""
    vote, taken = meeting.open_vote, meeting.debate.item
    matters = vote.matters if vote else (taken.matter,) if taken else ()
    return "、".join(
        f"议题{meeting.matters.index(matter) + 1} {village.matters[matter].title}"
        for matter in matters
        if matter in meeting.matters
    )
