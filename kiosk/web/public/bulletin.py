"""What the portal tells (公开内容): resolutions, results, notices of meetings, money; in words and with its arithmetic.

Nothing here names a person but the one who answers for works, whom the resolution itself names.
"""

from collections.abc import Iterable
from datetime import date, datetime

from kiosk import wording
from kiosk.core.law.rules import Comparison
from kiosk.core.law.tally import judge
from kiosk.core.matters.dossier import Deliberation
from kiosk.core.matters.matter import Matter
from kiosk.core.matters.works import Works
from kiosk.core.meetings.course import MeetingState
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.responding import TOLD
from kiosk.core.terms import Body, Stage, day_of
from kiosk.core.village import Village
from kiosk.core.votes.vote import Vote
from kiosk.web.parts import parts
from kiosk.web.postings import Posting
from kiosk.web.public.counting import counting_told
from kiosk.web.public.reading import Reading
from kiosk.web.public.spoken import voice_told
from kiosk.wording import choosing
from kiosk.wording.oversight import SIGNS, left_over, phase
from kiosk.wording.pieces import result_number
from kiosk.wording.public import verdict
from kiosk.wording.sentences import ballots

Told = dict[str, object]

_STATES = {
    MeetingState.CALLED: "",
    MeetingState.IN_SESSION: "正在开会",
    MeetingState.PAUSED: "正在开会，人数不足，暂停",
    MeetingState.INQUORATE: "到会人数不够，没有开成",
    MeetingState.CALLED_OFF: "已经取消，不开了",
}


def told_of(read: Reading, posting: Posting) -> Told:
    """One resolution or result, as cards, lists and its own page tell it."""
    is_result = posting.publication.stage is Stage.RESULT_PUBLIC
    return (result_told if is_result else resolution_told)(read, posting)


def resolution_told(read: Reading, posting: Posting) -> Told:
    """One resolution, carried or not, with its arithmetic and its days in public."""
    village, matter, of = read.village, posting.matter, posting.publication
    vote = village.meeting(of.meeting).vote(of.vote)
    told = vote_told(village.meeting(of.meeting), vote)
    stands = {d.vote for d in matter.deliberations if d.stands}
    return (
        _hanging_told(posting, read.on)
        | told
        | {
            "kind": "resolution",
            "number": wording.resolution_number(village.name, of.year, of.number),
            "decided": _decided(of.first_day, village.meeting(of.meeting).body, vote),
            "pdf": f"打开{_paper(vote)} PDF",
            "paper": "推选结果" if vote.contest else "决议书",
            "proposal": _proposal_heading(vote),
            "amount": wording.money(matter.amount_fen) if matter.amount_fen else "",
            "set_aside": "" if of.vote in stands else _no_more(vote),
        }
    )


def _decided(on: date, body: Body, vote: Vote) -> str:
    if vote.contest:
        return choosing.decided(on, body, vote)
    return wording.decided(on, body, carried=bool(vote.carried), decisive=vote.row.decisive)


def _paper(vote: Vote) -> str:
    if vote.contest:
        return "推选结果"
    return "决议书" if vote.carried else "表决结果"


def _proposal_heading(vote: Vote) -> str:
    if vote.contest:
        return "按什么方案推选的"
    return "决定了什么" if vote.carried else "表决的方案（未通过）"


def _no_more(vote: Vote) -> str:
    what = "次推选的结果不再算数" if vote.contest else "份决议不再执行"
    return f"这件事已经退回重新商议，这{what}。"


def result_told(read: Reading, posting: Posting) -> Told:
    """One result: what came of it in words, what was planned and what it cost."""
    of = posting.publication
    works = works_of(posting)
    return _hanging_told(posting, read.on) | {
        "kind": "result",
        "number": result_number(read.village.name, of.year, of.number),
        "summary": of.summary,
        "pdf": "打开实施结果 PDF",
        "money": money_told(works) if works else [],
        "accepted": wording.day(day_of(works.accepted_at)) if works and works.accepted_at else "",
    }


def _hanging_told(posting: Posting, on: date) -> Told:
    of = posting.publication
    return {
        "title": posting.matter.title,
        "link": posting.link,
        "matter": posting.matter.number,
        "first": wording.day(of.first_day),
        "last": wording.day(of.last_day),
        "last_day": of.last_day.isoformat(),
        "as_of": wording.day(on),
        "days": of.days(),
        "left": of.days_left(on),
        "hangs": of.hangs(on),
        "code": posting.head.check_code if posting.head else "",
        "voice": voice_told(posting),
        "ready": posting.paper is not None and parts().papers.path(posting.paper).exists(),
    }


def entries(read: Reading, matters: Iterable[Matter]) -> list[Told]:
    """Each matter in a line: where it stands, its money, what is wrong with it."""
    return [_entry(read, matter) for matter in matters]


def _entry(read: Reading, matter: Matter) -> Told:
    signs = (SIGNS[flag.sign] for flag in read.flags_of(matter))
    return {
        "number": matter.number,
        "title": matter.title,
        "phase": phase(matter, read.on),
        "amount": wording.money(matter.amount_fen) if matter.amount_fen else "",
        "raised": wording.day(day_of(matter.raised_at)),
        "flags": list(dict.fromkeys(signs)),
    }


def vote_told(meeting: Meeting, vote: Vote) -> Told:
    """One vote with its whole arithmetic and the articles it rests on."""
    tally, entitled = vote.tally, len(meeting.entitled)
    quorum = meeting.row.quorum.compare(tally.present, entitled)
    bases = (meeting.row.quorum_basis, vote.row.majority_basis)
    judged = judge(tally, vote.row, entitled=entitled)
    return {
        "carried": vote.carried,
        "verdict": verdict(judged, vote),
        "outcome": wording.said_in_one(vote),
        "quorum": "。".join(filter(None, (wording.quorum(quorum), wording.represented(vote)))),
        "basis": "；".join(dict.fromkeys(bases)),
        "counting": counting_told(vote),
    } | _judged(vote, judged, entitled)


def _judged(vote: Vote, judged: Comparison, entitled: int) -> Told:
    """The counts and what they come to; of candidates (推选) a line each, who is chosen, what stays open."""
    if vote.contest is None:
        return {
            "counts": wording.counts(vote.tally),
            "majority": wording.majority(judged, vote.row),
            "candidates": [],
            "chosen": "",
        }
    chosen = choosing.chosen_said(vote.chosen, vote.contest)
    return {
        "counts": ballots(vote.tally),
        "majority": choosing.needed(vote.row, judged),
        "candidates": wording.candidate_lines(vote, vote.tally, entitled),
        "chosen": f"{chosen}。{choosing.places_said(vote.chosen, vote.contest)}",
    }


def deliberation_told(village: Village, held: Deliberation) -> Told:
    """One deliberation (审议) with its arithmetic, and whether it still counts."""
    meeting = village.meeting(held.meeting)
    vote = meeting.vote(held.vote)
    return vote_told(meeting, vote) | {
        "kind": "vote",
        "stage": wording.STAGES_SHORT[held.stage],
        "body": wording.BODIES[meeting.body],
        "ordinal": meeting.ordinal,
        "at": wording.day(day_of(held.at)),
        "void": held.void,
        "void_ground": vote.void_ground,
        "set_aside": held.set_aside,
    }


def works_of(posting: Posting) -> Works | None:
    """The works that this result is about: the last that were accepted before it was published."""
    matter, first = posting.matter, posting.publication.first_day
    every = (*matter.former_works, *([matter.works] if matter.works else []))
    done = [w for w in every if w.accepted_at and day_of(w.accepted_at) < first]
    return done[-1] if done else None


def money_told(works: Works) -> list[str]:
    """Budget, contracts and what was spent (预算和支出), each difference with its arithmetic."""
    told = []
    if works.contracts:
        told.append(left_over("预算", works.budget_fen, "合同", works.contracted_fen))
    if works.accepted_at:
        told.append(left_over("预算", works.budget_fen, "实际支出", works.spent_fen))
    elif works.spent_fen:
        told.append(left_over("预算", works.budget_fen, "已支出", works.spent_fen))
    return told or [f"预算{wording.money(works.budget_fen)}"]


def coming(read: Reading) -> list[Meeting]:
    """The meetings from that day on, the soonest first; those that were called off too."""
    found = [
        meeting
        for meeting in read.village.meetings.values()
        if meeting.state in _STATES and day_of(meeting.starts_at) >= read.on
    ]
    return sorted(found, key=lambda meeting: meeting.starts_at)


def notices(read: Reading) -> list[Told]:
    """The meetings from that day on (会议通知), the soonest first; one that was called off says so."""
    return [_notice(read.village, meeting) for meeting in coming(read)]


def _notice(village: Village, meeting: Meeting) -> Told:
    seats = [seat for seat in meeting.seats.values() if seat.votes]
    capacities = dict.fromkeys(wording.CAPACITIES[c] for c in meeting.row.voters)
    owed = [e for e in village.emergencies.values() if e.is_owed]
    where = f"（{wording.group(meeting.group)}）" if meeting.group else ""
    return {
        "title": f"{wording.BODIES[meeting.body]}{where}",
        "when": wording.instant(meeting.starts_at),
        "place": meeting.place,
        "who": f"应到{len(seats)}{'户' if meeting.row.by_household else '人'}（{'、'.join(capacities)}）",
        "state": _STATES[meeting.state],
        "convened": wording.day(day_of(meeting.convened_at)),
        "urgent": meeting.urgent_ground,
        "matters": [village.matters[m] for m in meeting.matters],
        "emergencies": owed if meeting.body in TOLD else [],
        "excluded": len(meeting.exclusions),
    }


def proposal_at(matter: Matter, at: datetime) -> tuple[str, ...]:
    """The proposal as it stood at that instant (当时的方案): later revisions do not change what was decided."""
    later = (r.proposal_before for r in matter.revisions if r.at > at)
    return next(later, matter.proposal)
