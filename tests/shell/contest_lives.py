"""Contests (推选) by every channel that has them, lawful to the end, for the verifier to judge and forgers to spoil."""

from ballot_lives import Count, put_to_the_vote
from lives import issued
from procedure_story import Story
from simulator import MATTER, adopting, founding, raising

from kiosk.core.ballot_terms import CANDIDATE_NUMBERS, Channel, Choice, Method
from kiosk.core.terms import Body, KindId, Paper, PersonId, RowId
from kiosk.core.values import Candidate, Contest

A, B, C, D = CANDIDATE_NUMBERS[:4]
NOBODY = Choice.ABSTAIN
NAMES = ("何㛃", "龚䶮", "欧阳建国", "林秀英")
SCREEN = Channel.KIOSK_SCREEN


def standing(*names, places=2):
    """These people stand for so many places."""
    candidates = (Candidate(PersonId(f"k{n:02d}"), name) for n, name in enumerate(names, start=1))
    return Contest(tuple(candidates), places)


def contesting(*names, places=2, entitled=12, **changed):
    """The representatives meet to choose supervisors; all have come, and two observers."""
    lawful = {"kind": KindId("supervisors"), "row": RowId.CONTEST, "mandate": "", "amount_fen": 0}
    sim = Story()
    sim.do(founding())
    sim.do(adopting())
    told = {
        "title": "推选村务监督委员会成员",
        "contest": standing(*(names or NAMES), places=places),
    }
    sim.do(raising(**(lawful | told | changed)))
    sim.convene(Body.REPRESENTATIVES, entitled, 2)
    return sim.check_in(entitled).open()


def contest():
    """Two of four are chosen: 3 ballots at the screen, 4 by phone, 4 on paper of which one is invalid, 1 by none."""
    sim = put_to_the_vote(contesting(), revisable=True)
    count = Count(sim).ballot("v01", A, B, channel=SCREEN).ballot("v02", A, B, channel=SCREEN)
    count.ballot("v03", A, channel=SCREEN).ballot("v04", A, C).ballot("v05", B).ballot("v05", A, B)
    count.ballot("v06", NOBODY).ballot("v07", A, B).issue("v08", "v09", "v10", "v11")
    count.returned(4).read((A, B), (B, C), B, A).take_back().read(None)
    sim.close()
    issued(sim, sim.vote_id, Paper.TALLY_SHEET, "VoteClosed")
    count.check(7, 7, 3, 0, 1).explain().settle()
    sim.adjourn()
    issued(sim, MATTER, Paper.RESOLUTION, "PublicationOpened")
    return sim


def level_on_the_last_place():
    """One of three is chosen for two places: the two after him have as many votes."""
    sim = put_to_the_vote(contesting(*NAMES[:3]))
    count = Count(sim)
    for number, answer in enumerate([(A, B)] * 5 + [(A, C)] * 5 + [(B, C)] * 2, start=1):
        count.ballot(f"v{number:02d}", *answer)
    return sim.close().adjourn()


def secret_contest():
    """A secret one: six at the screen, five on paper of which one is invalid, one lets it be."""
    sim = put_to_the_vote(contesting(), Method.SECRET)
    count = Count(sim)
    for number, answer in enumerate([(A, B)] * 4 + [(C,), (NOBODY,)], start=1):
        count.ballot(f"v{number:02d}", *answer, channel=SCREEN)
    count.issue(*(f"v{number:02d}" for number in range(7, 12)))
    count.returned(5).read((A, B), (A, B), (A, B), B, None).witness()
    return sim.close().adjourn()


def nobody_chosen():
    """Nobody has a majority, and the group chooses again in the same meeting."""
    sim = Story()
    sim.do(founding())
    sim.do(adopting())
    group = {"kind": KindId("group_leader"), "row": RowId.GROUP_CONTEST, "group": 1, "mandate": ""}
    sim.do(
        raising(title="推选第1村民小组组长", contest=standing("何㛃", "龚䶮", places=1), **group)
    )
    sim.convene(Body.GROUP, 5).check_in(5).open()
    put_to_the_vote(sim)
    Count(sim).ballot("v01", A).ballot("v02", A).ballot("v03", B).ballot("v04", B)
    sim.close().void("两人得票相等，当场再选")
    put_to_the_vote(sim)
    Count(sim).ballot("v01", A).ballot("v02", A).ballot("v03", A).ballot("v04", B)
    return sim.close().adjourn()


CONTEST_LIVES = (contest, level_on_the_last_place, secret_contest, nobody_chosen)
