"""Where a sequence begins: villages in different states, each brought there once."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from procedure_story import told
from simulator import (
    BODY_OF,
    DECIDES,
    MeetingSimulator,
    adopting,
    founding,
    raising,
)

from kiosk.core.ballot_terms import Choice, Method
from kiosk.core.history import NOTHING, Known, caught_up
from kiosk.core.journal import check, read
from kiosk.core.terms import Body, KindId, MatterId, PersonId, RowId, Stage, VoteId
from kiosk.core.values import Candidate, Contest


@dataclass(frozen=True)
class Beginning:
    """Where a sequence begins: the journal so far, the village that stands on it, the time."""

    lines: tuple[str, ...]
    known: Known
    at: datetime
    boxes: tuple[tuple[VoteId, bytes], ...]


@cache
def beginning(name):
    sim = STORIES[name]()
    lines = tuple(sim.lines())
    assert check(lines, sim.head()) is None
    known = caught_up(NOTHING, lines)
    boxes = ((sim.vote_id, sim.box()),) if sim.box() is not None else ()
    return Beginning(lines, known, sim.clock.at, boxes)


def several():
    """Matters for every body that decides, an appraisal, and one that needs a legal review."""
    sim = MeetingSimulator()
    sim.do(founding())
    sim.do(adopting())
    for body in (Body.REPRESENTATIVES, *DECIDES):
        sim.do(raising(MatterId(body.value), title=body.value, body=body))
    appraisal = {"kind": KindId("appraisal"), "row": RowId.APPRAISAL}
    sim.do(raising(MatterId("officer"), **appraisal, appraised=PersonId("a")))
    sim.do(raising(MatterId("charter"), kind=KindId("charter"), row=RowId.HOUSEHOLDS, mandate=""))
    return sim


def decisions_due():
    """The same, and all of them have come as far as the body that decides; the legal review is still due."""
    sim = several()
    for stage, body in BODY_OF.items():
        sim.hold(
            body,
            3,
            agenda=tuple(
                m.id
                for m in sim.village().matters.values()
                if m.due is stage and not (m.kind.review and m.gate is stage)
            ),
        )
    return sim


def in_session():
    """The representatives of five sit on the road, three of them there."""
    story = told().carry(Stage.DECISION)
    return story.convene(Body.REPRESENTATIVES, 5, 1).check_in(4).open()


def secret():
    """Seven of nine representatives vote in secret on the road, and nobody has voted yet."""
    story = told().carry(Stage.DECISION)
    story.convene(Body.REPRESENTATIVES, 9, 1).check_in(7).open()
    return story.open_vote(method=Method.SECRET)


def candidates():
    """Seven of nine representatives choose two of three for the 监委会, each in his own way; one has voted."""
    sim = MeetingSimulator()
    sim.do(founding())
    sim.do(adopting())
    people = (Candidate(PersonId(f"v0{n}"), f"候选人{n}") for n in (1, 2, 3))
    kind = {"kind": KindId("supervisors"), "row": RowId.CONTEST, "mandate": ""}
    sim.do(raising(title="推选", **kind, contest=Contest(tuple(people), 2)))
    sim.convene(entitled=9, observers=1).check_in(7).open().open_vote()
    return sim.ballot("v01", (Choice.NO_1, Choice.NO_3))


def members_called():
    """The members of the collective are to meet: four of seven are there, and one is represented."""
    sim = decisions_due().convene(Body.MEMBERS, 7, agenda=(MatterId(Body.MEMBERS.value),))
    return sim.check_in(4).give_proxy("v07", "v01")


STORIES = {
    "nothing": MeetingSimulator,
    "raised": several,
    "decisions due": decisions_due,
    "members called": members_called,
    "reviewed": lambda: told().carry(Stage.DECISION),
    "in session": in_session,
    "voting": lambda: in_session().open_vote().cast(1),
    "secret": secret,
    "candidates": candidates,
    "counted by hand": lambda: in_session().open_vote().raise_hands(1).count_hands(2),
    "decided": lambda: told().carry(),
    "to carry out": lambda: told().carry().over().assign().start(),
    "accepted": lambda: told().carried_out(),
    "divided": lambda: told().defeat(),
}


@cache
def read_once(line):
    return read(line)


BEGINNINGS = (*STORIES, *(name for name in STORIES if name != "nothing"), *["decisions due"] * 4)
"""With nothing at all little can be done, so it is begun with less often; where every body is due, more often."""
