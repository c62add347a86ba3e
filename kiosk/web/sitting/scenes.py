"""What console and big screen both show of a meeting: the item, who speaks, what was changed, results, pauses, shares.

View data only: numbers with their arithmetic, sentences from the wording, instants for the countdown.
"""

from datetime import datetime

from kiosk import wording
from kiosk.core.ballot_terms import Choice
from kiosk.core.law.roll import representatives_share, women_share
from kiosk.core.law.rules import Comparison, RuleRow
from kiosk.core.matters.matter import Matter
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.terms import Body, Capacity, PersonId, RowId, Stage
from kiosk.core.village import Village
from kiosk.core.votes.vote import Vote
from kiosk.web import pictures
from kiosk.web.pictures import Picture
from kiosk.web.sitting.motions import changes
from kiosk.web.sitting.straw import StrawPoll

SECONDS_A_MINUTE = 60
_DECIDED_BY_ASSEMBLY = frozenset({RowId.ASSEMBLY, RowId.HOUSEHOLDS, RowId.ALL_VILLAGERS})


def title(meeting: Meeting) -> str:
    """第1次村民代表会议; of a group's meeting which group's."""
    return wording.meeting_title(meeting)


def milliseconds(at: datetime) -> int:
    """The instant as scripts count it."""
    return int(at.timestamp() * 1000)


def item(meeting: Meeting, matters: tuple[Matter, ...], at: datetime) -> Picture:
    """The item before the meeting: its place on the agenda, its minutes, its matters."""
    minutes = sum(i.minutes for i in meeting.agenda if i.matter in {m.id for m in matters})
    since = _since(meeting, matters)
    used = int((at - since).total_seconds()) // SECONDS_A_MINUTE if since else 0
    places = [meeting.matters.index(m.id) + 1 for m in matters]
    numbers = f"第{'、'.join(map(str, places))}项"
    return {
        "place": f"{numbers}，共{len(meeting.matters)}项",
        "minutes": minutes,
        "used": used,
        "over": used > minutes,
        "since_ms": milliseconds(since) if since else 0,
        "now_ms": milliseconds(at),
        "matters": [matter_sheet(meeting, m) for m in matters],
        "titles": [m.title for m in matters],
        "together": len(matters) > 1,
    }


def _since(meeting: Meeting, matters: tuple[Matter, ...]) -> datetime | None:
    on = meeting.debate.item
    return on.since if on and on.matter in {m.id for m in matters} else None


def film_notice(village: Village, meeting: Meeting) -> Picture | None:
    """录音录像告知: from the opening until the first item is taken; None before and after."""
    if not meeting.in_session or meeting.debate.item or meeting.votes:
        return None
    periods = village.custody(meeting.id).periods
    return {
        "brief": wording.film_notice_brief(village.name, periods),
        "aloud": wording.film_notice_aloud(village.name, village.office_phone, periods),
    }


def matter_sheet(meeting: Meeting, matter: Matter) -> Picture:
    """One matter as it is put to the vote: money, clauses, what each answer means, what the meeting changed."""
    row = meeting.rows.get(matter.id, meeting.row)
    return {
        "id": matter.id,
        "title": matter.title,
        "amount": wording.money(matter.amount_fen) if matter.amount_fen else "",
        "clauses": matter.proposal,
        "means": meanings(matter, row),
        "asked": wording.asked(matter.contest) if row.contest and matter.contest else "",
        "candidates": pictures.candidate_list(matter.contest)
        if row.contest and matter.contest
        else [],
        "changes": changes(meeting, matter),
        "carries": _carries(meeting, row),
        "majority_basis": row.majority_basis,
        "women": _women(meeting, matter),
    }


def _carries(meeting: Meeting, row: RuleRow) -> str:
    """What carries, with the numbers of this moment: 赞成过半数（按到会人数算）即为通过：30，要16票."""
    base = row.base_count(entitled=len(meeting.entitled), present=len(meeting.present))
    share, of = wording.threshold_name(row.majority), wording.BASES[row.majority_base]
    at_stake = f"{share}（按{of}{base}算，{row.majority.least(base)}票）"
    if row.contest:
        return f"{wording.decisive(row)}{at_stake}才能当选；够票数的比名额多，得票多的当选"
    return f"{wording.decisive(row)}{at_stake}即为{wording.outcome(row, carried=True)}"


def meanings(matter: Matter, row: RuleRow) -> list[tuple[str, str]]:
    """赞成意味着…, 反对意味着…; the answers of an appraisal, and candidates, speak for themselves."""
    if row.contest or Choice.FOR not in row.options:
        return []
    return [("赞成意味着", matter.for_means), ("反对意味着", matter.against_means)]


def speech(meeting: Meeting, at: datetime) -> Picture | None:
    """Who has the floor, and until when; None where nobody has."""
    speaker = meeting.debate.speaker
    if speaker is None:
        return None
    began = milliseconds(speaker.since)
    ends = began + speaker.seconds * 1000
    left = max(0, ends - milliseconds(at)) // 1000
    return {
        **pictures.person_tile(meeting.seats[speaker.person]),
        "minutes": speaker.seconds // SECONDS_A_MINUTE,
        "ends_ms": ends,
        "now_ms": milliseconds(at),
        "left": f"{left // SECONDS_A_MINUTE}:{left % SECONDS_A_MINUTE:02d}",
        "over": left == 0,
    }


def waiting(meeting: Meeting) -> list[Picture]:
    """Those who wait for the floor, in their order."""
    return [pictures.person_tile(meeting.seats[person]) for person in meeting.debate.waiting]


def vote_scene(meeting: Meeting, vote: Vote) -> Picture:
    """What is shown of a vote: how many have voted, who not, the counts, and the outcome when closed.

    Of a secret vote that is open nothing is in it that the box keeps: no name, no counts.
    """
    tally = vote.tally
    came_out = wording.came_out(vote, entitled=len(meeting.entitled))
    sealed = vote.is_secret and vote.is_open
    named = not vote.is_secret and not vote.hands
    return {
        "turnout": pictures.turnout_ring(vote),
        "tally": None if sealed else pictures.tally_bars(vote, meeting),
        "counts": "" if sealed else wording.counts(tally, vote.contest),
        "waiting": sorted(meeting.seats[p].name for p in vote.waiting) if named else [],
        "outcome": "" if sealed else came_out.sentence,
        "by_candidate": () if sealed else came_out.lines,
        "carried": vote.carried,
        "word": came_out.word,
        "verdict": "" if sealed else came_out.verdict,
        "contest": vote.contest,
        "asked": wording.asked(vote.contest) if vote.contest else "",
        "majority_basis": vote.row.majority_basis,
    }


def void_votes(village: Village, meeting: Meeting) -> list[Picture]:
    """The votes declared void: they stay in sight, struck through, with the reason."""
    return [
        {
            "titles": "；".join(village.titles(vote)),
            "counts": wording.counts(vote.tally, vote.contest) if vote.closed_at else "没有投完",
            "ground": vote.void_ground,
        }
        for vote in meeting.votes.values()
        if vote.is_void
    ]


def next_steps(village: Village, vote: Vote) -> list[Picture]:
    """For each matter that did not carry: what its rule lets happen now, and where (退回、提交村民会议、终止)."""
    lost = [village.matters[m] for m in vote.matters]
    return [
        {
            "title": m.title,
            "what": wording.not_so(vote.row),
            "words": _what_next(vote, m),
            "href": f"/matters/{m.id}",
        }
        for m in lost
        if vote.closed_at and not vote.is_void and m.defeated
    ]


def _what_next(vote: Vote, matter: Matter) -> str:
    back = matter.kind.stage_to_return_to(vote.row.returns_to)
    above = vote.stage is Stage.DECISION and vote.row.body is Body.REPRESENTATIVES
    higher = any(row in _DECIDED_BY_ASSEMBLY for row in matter.kind.rows)
    up = "；分歧大的，可以提交村民会议决定" if above and higher else ""
    return f"可以退回“{wording.STAGES_LONG[back]}”，修改后再议{up}；不再办的，终止。"


def shares(meeting: Meeting) -> list[str]:
    """妇女 and 村民代表 of those entitled against what the row asks, and how many women are there (村组法 §29)."""
    seats = meeting.seats.values()
    told = []
    women = women_share(meeting.row, seats)
    if women is not None:
        told.append(_share("妇女村民代表", women, meeting.row.women_basis))
    if meeting.row.body is Body.REPRESENTATIVES:
        told.append(_share("村民代表", representatives_share(seats), "村民委员会组织法第二十九条"))
    if meeting.row.by_household:
        told.append(_households(meeting))
    return told


def _share(whose: str, share: Comparison, basis: str) -> str:
    reached = "达到" if share.holds else "不到"
    words = wording.share(share.threshold)
    sum_ = wording.inequality(share)
    return f"{whose}{share.count}人，应到{share.base}人：{sum_} → {reached}{words}（{basis}）"


def _households(meeting: Meeting) -> str:
    entitled = [seat for seat in meeting.seats.values() if seat.votes]
    as_representative = sum(s.capacity is Capacity.HOUSEHOLD_REPRESENTATIVE for s in entitled)
    return f"户代表{as_representative}人，每户一票：到会{len(meeting.present)}户，应到{len(entitled)}户"


def _women(meeting: Meeting, matter: Matter) -> str:
    """Where a matter's own row asks for women and the body's does not."""
    row = meeting.rows.get(matter.id, meeting.row)
    share = women_share(row, meeting.seats.values())
    return _share("妇女", share, row.women_basis) if share and meeting.row.women is None else ""


def pause(meeting: Meeting) -> Picture:
    """会议暂停: since when, the arithmetic, how many are missing."""
    quorum = meeting.quorum
    since = meeting.pauses[-1].since if meeting.pauses else None
    return {
        "since": wording.clock(since) if since else "",
        "missing": max(0, quorum.threshold.least(quorum.base) - quorum.count),
        "sum": wording.quorum(quorum),
        "basis": meeting.row.quorum_basis,
        "unit": "户" if meeting.row.by_household else "人",
    }


def straw(poll: StrawPoll, present: int) -> Picture:
    """The hands raised, on one scale of those present."""
    return {
        "rows": [pictures.answer_face(c, poll.contest) | {"count": n} for c, n in poll.hands],
        "base": max(present, max((n for _, n in poll.hands), default=0), 1),
        "threshold": None,
        "threshold_words": "",
        "raised": 0 if poll.contest else sum(n for _, n in poll.hands),
        "present": present,
    }


def speakers_tile(meeting: Meeting, person: PersonId) -> Picture:
    """The tile of somebody present, with what he is doing on the floor."""
    debate = meeting.debate
    speaks = debate.speaker is not None and debate.speaker.person == person
    queue = debate.waiting.index(person) + 1 if person in debate.waiting else 0
    words = "正在发言" if speaks else f"排第{queue}" if queue else ""
    return pictures.person_tile(meeting.seats[person]) | {"words": words, "speaks": speaks}
