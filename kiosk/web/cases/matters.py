"""事项: every matter with its path and what comes next; the page of one, with its whole file."""

from datetime import date

from flask import Blueprint, render_template, request

from kiosk import wording
from kiosk.core.matters.dossier import Deliberation
from kiosk.core.matters.matter import Matter, Phase
from kiosk.core.matters.oversight import completion, matter_flags
from kiosk.core.matters.oversight import flags as all_flags
from kiosk.core.matters.phases import TRANSITIONS
from kiosk.core.terms import DELIBERATIONS, MatterId, MeetingId, day_of
from kiosk.core.values import Contest
from kiosk.core.village import Village
from kiosk.web import pictures
from kiosk.web.access import ANY_OFFICER, CONSOLE, SUPERVISION, allow, visitor
from kiosk.web.cases.steps import OF_SUPERVISORS, NextStep, body_name, called_on, next_step
from kiosk.web.differences import differences
from kiosk.web.issued import papers_of
from kiosk.web.parts import parts, today

matters = Blueprint("matters", __name__, url_prefix="/matters")

_FIRST_TWO = DELIBERATIONS[:2]

OVER = frozenset({Phase.DONE, Phase.ENDED, Phase.ARCHIVED})
"""What is finished stands behind a tab of its own."""


@matters.get("/")
@allow(ANY_OFFICER)
def listed() -> str:
    """Every matter, the newest first; what goes on, or what is over."""
    village, on = parts().village(), today()
    over = request.args.get("show") == "over"
    going = [m for m in village.matters.values() if m.phase(on) not in OVER]
    done = [m for m in village.matters.values() if m.phase(on) in OVER]
    return render_template(
        "matters/list.html",
        village=village,
        tabs=[
            {"label": "正在办", "href": "/matters/", "current": not over, "count": len(going)},
            {
                "label": "办完、终止的",
                "href": "/matters/?show=over",
                "current": over,
                "count": len(done),
            },
        ],
        matters=[_entry(village, m, on) for m in reversed(done if over else going)],
        completed=wording.completed(completion(village, on)),
        waiting=sum(not need.is_settled for need in village.needs.values()),
        may_raise=_is_of_console(),
    )


def _entry(village: Village, matter: Matter, on: date) -> dict[str, object]:
    return {
        "matter": matter,
        "phase": wording.phase(matter, on),
        "amount": wording.money(matter.amount_fen) if matter.amount_fen else "",
        "path": pictures.stage_path(matter, on),
        "next": next_step(village, matter, on),
        "flags": [wording.SIGNS[flag.sign] for flag in matter_flags(matter, on)],
    }


def _is_of_console() -> bool:
    return CONSOLE.admits(visitor())


def _may_go_on(step: NextStep) -> bool:
    """Whether the visitor is one of those who do the next step: else he reads of it and has no button."""
    return (SUPERVISION if step.step in OF_SUPERVISORS else CONSOLE).admits(visitor())


@matters.get("/<matter>")
@allow(ANY_OFFICER)
def one(matter: str) -> str:
    """The whole file of one matter, and the one thing to do next."""
    village, on = parts().village(), today()
    shown = village.matter(MatterId(matter))
    step = next_step(village, shown, on)
    return render_template(
        "matters/matter.html",
        village=village,
        matter=shown,
        today=on,
        day_of=day_of,
        next=step,
        meeting=called_on(village, shown),
        flags=[flag for flag in all_flags(village, on) if flag.matter == shown.id],
        path=pictures.stage_path(shown, on),
        facts=_facts(village, shown),
        clauses=shown.proposal,
        deliberations=[_deliberated(village, d) for d in reversed(shown.deliberations)],
        revisions=_revisions(village, shown),
        may=_open_ways(shown, on),
        joint=_joint_sitting(village, shown),
        may_go_on=_may_go_on(step),
        of_console=_is_of_console(),
        papers=papers_of(village, shown),
    )


def _facts(village: Village, matter: Matter) -> list[tuple[str, str]]:
    kind, row = matter.kind, village.rows[matter.row]
    told = [
        ("类别", f"{kind.name}（{kind.basis}）"),
        ("动议事由", wording.ORIGINS[matter.origin]),
        ("由谁决定", wording.RULE_ROWS[row.id]),
        ("立项时间", wording.instant(matter.raised_at)),
    ]
    told += [("村民小组", wording.group(matter.group))] if matter.group else []
    told += [("授权", matter.mandate)] if matter.mandate else []
    told += [("评议谁", _appraised(matter))] if matter.appraised else []
    told += _contest(matter.contest) if matter.contest else []
    told += [("另要报批", kind.approval)] if kind.approval else []
    told += [
        (f"来自需求{need.number}号", f"{need.text}（{need.author}）")
        for need in (village.needs[n] for n in matter.needs)
    ]
    return told


def _contest(contest: Contest) -> list[tuple[str, str]]:
    """Who stands, and for how many places (候选人、名额)."""
    places = f"{contest.places}个；{wording.asked(contest)}"
    return [("候选人", wording.candidates_said(contest)), ("名额", places)]


def _appraised(matter: Matter) -> str:
    assert matter.appraised is not None
    person = parts().register.person(parts().home, matter.appraised)
    return f"{person.name}（{person.title}）" if person else "已不在花名册"


def _deliberated(village: Village, held: Deliberation) -> dict[str, object]:
    """One deliberation with its whole arithmetic (审议结果)."""
    meeting = village.meeting(held.meeting)
    vote = meeting.vote(held.vote)
    tally, entitled = vote.tally, len(meeting.entitled)
    came_out = wording.came_out(vote, entitled=entitled)
    return {
        "stage": wording.STAGES_SHORT[held.stage],
        "meeting": f"第{meeting.ordinal}次{body_name(meeting.body, meeting.group)}",
        "at": wording.instant(held.at),
        "outcome": wording.said_in_one(vote),
        "quorum": wording.quorum(meeting.row.quorum.compare(tally.present, entitled)),
        "represented": wording.represented(vote),
        "counts": wording.counts(tally, vote.contest),
        "majority": came_out.sentence,
        "by_candidate": came_out.lines,
        "basis": vote.row.majority_basis,
        "void": f"已宣布作废：{vote.void_ground}" if held.void else "",
        "set_aside": held.set_aside and not held.void,
    }


def _revisions(village: Village, matter: Matter) -> list[dict[str, object]]:
    return [
        {
            "at": wording.instant(revision.at),
            "why": revision.why or _moved(village, revision.meeting),
            "rows": differences(revision.proposal_before, revision.proposal_after),
        }
        for revision in reversed(matter.revisions)
    ]


def _moved(village: Village, meeting_id: MeetingId | None) -> str:
    if meeting_id is None:
        return ""
    meeting = village.meeting(meeting_id)
    return f"第{meeting.ordinal}次{body_name(meeting.body, meeting.group)}会上修改"


def _open_ways(matter: Matter, on: date) -> dict[str, bool]:
    """What 更多 offers: what the phase takes; the rest the rules say when it is asked for."""
    phase = matter.phase(on)
    return {step.__name__: row[phase] is None for step, row in TRANSITIONS.items()}


def _joint_sitting(village: Village, matter: Matter) -> bool:
    """Whether the two committees may be called into one sitting with the Party committee's meeting (合并召开)."""
    first = called_on(village, matter)
    if first is None or first.in_session or matter.kind.stages[:2] != _FIRST_TWO:
        return False
    follows = (m for m in village.meetings.values() if m.follows == first.id and not m.is_over)
    return first.row.stage is _FIRST_TWO[0] and next(follows, None) is None
