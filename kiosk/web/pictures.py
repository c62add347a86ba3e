"""What the drawn components are given: rings, bars, seats, the path, lamps; words from wording."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from markupsafe import Markup

from kiosk import wording
from kiosk.core.ballot_terms import CANDIDATE_NUMBERS, Choice
from kiosk.core.law.tally import Counts, judge
from kiosk.core.matters.dossier import Deliberation
from kiosk.core.matters.matter import Matter
from kiosk.core.matters.publicity import Publication
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.terms import DELIBERATIONS, PersonId, RowId, Stage, day_of
from kiosk.core.values import Answer, Contest, Seat
from kiosk.core.votes.vote import Vote
from kiosk.wording.filming import film_lights

Picture = dict[str, object]

LOOKS = {
    Choice.FOR: "for",
    Choice.AGAINST: "against",
    Choice.ABSTAIN: "abstain",
    Choice.SATISFIED: "for",
    Choice.FAIRLY_SATISFIED: "abstain",
    Choice.DISSATISFIED: "against",
} | dict.fromkeys(CANDIDATE_NUMBERS, "named")
"""How an answer is drawn: the disc and the fill of one of the three; a candidate by his number, all alike."""


def quorum_ring(meeting: Meeting) -> Picture:
    """实到 of 应到 with the notch at what the rule row asks."""
    quorum = meeting.quorum
    return {
        "present": quorum.count,
        "entitled": quorum.base,
        "needed": quorum.threshold.least(quorum.base),
        "met": quorum.holds,
        "words": wording.quorum_todo(quorum, opened=meeting.opened_at is not None),
    }


def turnout_ring(vote: Vote) -> Picture:
    """已表决 of those who may, by whatever channel; it tells nothing of the answers."""
    able = len(vote.able)
    cast = vote.turnout
    return {"present": cast, "entitled": able, "needed": 0, "met": cast == able, "words": ""}


def tally_bars(vote: Vote, meeting: Meeting) -> Picture:
    """The counts on one scale, with the line at what carries."""
    tally, row = vote.tally, vote.row
    majority = judge(tally, row, entitled=len(meeting.entitled))
    threshold = majority.threshold.least(majority.base)
    rows: list[Picture] = [
        answer_face(c.choice, vote.contest)
        | {"count": c.count, "chosen": not vote.is_open and c.choice in vote.chosen}
        for c in tally.counts
    ]
    rows.append({"choice": "unused", "label": wording.UNUSED, "count": tally.unused})
    return {
        "rows": rows,
        "base": max(tally.present, threshold),
        "threshold": threshold,
        "threshold_words": wording.threshold_words(row, threshold),
    }


def answer_face(choice: Choice, contest: Contest | None) -> Picture:
    """How an answer is known: its drawing and its word; a candidate by his number and his name."""
    candidate = contest.numbered.get(choice) if contest else None
    if candidate is None:
        return {"choice": LOOKS[choice], "label": wording.CHOICES[choice]}
    return {"choice": "named", "number": choice.value, "label": candidate.name}


def candidate_list(contest: Contest) -> list[Picture]:
    """The candidates (候选人) by number and name."""
    return [answer_face(choice, contest) for choice in contest.numbered]


def subtotals(vote: Vote) -> list[Picture]:
    """分渠道票数: how many gave each answer by each channel that was used; they add up to the counts."""
    return [
        {
            "channel": wording.CHANNELS[subtotal.channel],
            "counts": [c.count for c in subtotal.counts],
            "total": subtotal.cast,
        }
        for subtotal in vote.subtotals
    ]


def counts_side_by_side(vote: Vote) -> list[Picture]:
    """计票 and every other count of the same vote, an answer a column; `differs` where a count is not the ballots'."""
    rows: list[Picture] = [_count_row("计票", vote.tally.counts, vote)]
    for source, check in vote.checks.items():
        rows.append(_count_row(wording.COUNT_SOURCES[source], check.counts, vote))
    return rows


def _count_row(name: str, counts: Counts, vote: Vote) -> Picture:
    return {
        "name": name,
        "counts": [c.count for c in counts],
        "differs": counts != vote.tally.counts,
    }


def seat_grid(meeting: Meeting, vote: Vote | None, *, revealed: bool) -> list[Picture]:
    """A square for each person entitled: absent, present, voted, or how (where that may be shown)."""
    ordered = sorted(meeting.entitled, key=lambda p: (meeting.seats[p].group, p))
    return [{"state": _seat_state(p, meeting, vote, revealed=revealed)} for p in ordered]


def on_grid(states: Iterable[str], columns: int, mark: Callable[[str], Markup]) -> Markup:
    """The seats as SVG, each on its place of 40 units.

    What a seat of each state looks like is drawn once: a thousand of them drawn singly took most of a page's time.
    """
    marks: dict[str, Markup] = {}
    seats = []
    for number, state in enumerate(states):
        if state not in marks:
            marks[state] = Markup('class="seat seat--{}">{}</g>').format(state, mark(state))
        y, x = divmod(number, columns)
        seats.append(f'\n  <g transform="translate({x * 40} {y * 40})" {marks[state]}')
    return Markup("".join(seats))  # noqa: S704 -- numbers, and what the template drew


def _seat_state(person: PersonId, meeting: Meeting, vote: Vote | None, *, revealed: bool) -> str:
    if vote is not None and person in vote.ballots:
        return _ballot_state(vote, vote.ballots[person]) if revealed else "voted"
    if vote is not None and person in vote.papers.holders:
        return "voted"
    base = meeting.present if vote is None else vote.electorate
    return "present" if person in base else "absent"


def _ballot_state(vote: Vote, answer: Answer) -> str:
    # Whom a ballot names has no place in one square; that it names nobody has.
    named = vote.contest is not None and answer[0] is not Choice.ABSTAIN
    return "voted" if named else LOOKS[answer[0]]


def stage_path(matter: Matter, on: date, *, dated: bool = False) -> list[Picture]:
    """The stages of this kind of matter with their dates and how each went.

    `dated`: until when something hangs, instead of how many days are left, which is not so tomorrow.
    """
    stages = [*matter.kind.stages, Stage.RESOLUTION_PUBLIC]
    stages += [Stage.RESULT_PUBLIC] if matter.kind.works else []
    return [
        {
            "name": wording.STAGES_SHORT[stage],
            "long": wording.stage_long(stage, matter.row),
            "state": matter.progress(stage, on).value,
            "date": _stage_date(matter, stage),
            "words": _stage_words(matter, stage, on, dated=dated),
        }
        for stage in stages
    ]


def _last(matter: Matter, stage: Stage) -> Deliberation | None:
    held = [d for d in matter.deliberations if d.stage is stage and d.stands]
    return held[-1] if held else None


def _hanging(matter: Matter, stage: Stage) -> Publication | None:
    return matter.resolution if stage is Stage.RESOLUTION_PUBLIC else matter.result


def _stage_date(matter: Matter, stage: Stage) -> str:
    if stage in DELIBERATIONS:
        held = _last(matter, stage)
        return wording.day_short(day_of(held.at)) if held else ""
    publication = _hanging(matter, stage)
    return wording.day_short(publication.first_day) if publication else ""


def _stage_words(matter: Matter, stage: Stage, on: date, *, dated: bool) -> str:
    if stage in DELIBERATIONS:
        held = _last(matter, stage)
        if held is None:
            return ""
        if matter.row is RowId.APPRAISAL:
            return "已评议"
        return _carried_words(matter, carried=held.carried)
    publication = _hanging(matter, stage)
    if publication is None:
        return ""
    if dated:
        return f"到{wording.day_short(publication.last_day)}"
    left = publication.days_left(on)
    return f"还有{left}天" if left else "期满"


def _carried_words(matter: Matter, *, carried: bool) -> str:
    if matter.contest is not None:
        return "有人当选" if carried else "没有人当选"
    return "通过" if carried else "未通过"


def person_tile(seat: Seat) -> Picture:
    """The unchanging part of a name tile."""
    group = wording.group(seat.group) if seat.group else ""
    capacity = wording.CAPACITIES[seat.capacity]
    return {
        "key": seat.person,
        "name": seat.name,
        "group": group.removesuffix("村民小组").removeprefix("第") + "组" if group else "",
        "capacity": capacity,
        "household": f"{seat.household}户" if seat.household else "",
        "time": "",
        "action": None,
        "fields": {},
    }


def lights(lamps: Mapping[str, str]) -> list[Picture]:
    """录像, 声音, 磁盘 with words."""
    return [
        {"name": name, "state": state, "words": words} for name, state, words in film_lights(lamps)
    ]
