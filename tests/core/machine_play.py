"""One sequence: a village that is asked things, what it took and refused, and the auditor who reads along."""

from collections import Counter
from datetime import date, datetime, timedelta
from random import Random  # noqa: TID251 -- a test may draw; hypothesis gives the seed
from typing import get_args

from hypothesis import note
from machine_asks import ASKED
from machine_beginnings import beginning, read_once
from machine_makers import Asking
from machine_oracle import Oracle
from machine_steps import go_on
from memory_store import MemoryJournal
from simulator import (
    VILLAGE,
    MeetingSimulator,
    SteppingClock,
    actor_of,
    adopting,
    founding,
    refused,
)

from kiosk.core import commands as c
from kiosk.core.history import Known, caught_up
from kiosk.core.journal import EMPTY, check
from kiosk.core.refusals import Reason, Refused
from kiosk.core.terms import (
    CHINA,
    CommandId,
    PersonId,
    Role,
    day_of,
)
from kiosk.core.values import Actor

PEOPLE = [PersonId(name) for name in ("officer", "second", "supervisor", "v01")]
TAKEN, REFUSED, REACHED = Counter(), Counter(), Counter()
"""Over all sequences: which commands were taken, for what reasons others were refused, how far it went."""


class Pick:
    """What is not settled by the rules, drawn from one seed: the same seed says the same again."""

    def __init__(self, seed):
        self.chance = Random(seed)

    def one(self, options):
        return self.chance.choice(options)

    def number(self, least, most):
        return self.chance.randint(least, most)

    def yes(self):
        return self.number(0, 1) == 1

    def seldom(self):
        return self.number(0, 9) == 9

    def often(self):
        return not self.seldom()


class Play:
    """One village from a beginning on, and the matter of it that it is mostly about."""

    def __init__(self, name, pick):
        self.began = beginning(name)
        store = MemoryJournal()
        with store.writing(VILLAGE) as writing:
            writing.append([read_once(line) for line in self.began.lines], "before")
            for vote, content in self.began.boxes:
                writing.seal(vote, content)
        self.sim = MeetingSimulator(store, SteppingClock(self.began.at))
        # Read once for all sequences: reading it again takes longer than most of them.
        self.sim.kiosk._desk(VILLAGE).known = self.began.known
        self.oracle = Oracle().read(self.began.lines)
        self.before = Counter(self.oracle.seen)
        self.read = len(self.began.lines)
        self.asked, self.done, self.archived, self.pick = 0, [], {}, pick
        self.sealed = {}  # of each secret vote the ballots that were acknowledged
        matters = list(self.began.known.village.matters) if self.is_founded else []
        self.matter = pick.one(matters) if matters else None

    @property
    def is_founded(self):
        return self.sim.kiosk.known(VILLAGE).village is not None

    def village(self):
        return self.sim.village()

    def today(self):
        return day_of(self.sim.clock.at)

    def officer(self, person="officer"):
        return Actor(Role.CHAIR, PersonId(person))

    # --- time

    def at(self, instant):
        """The next thing happens at that instant."""
        self.sim.clock.at = max(self.sim.clock.at, instant - timedelta(seconds=1))

    def until(self, day, clock):
        if day < date(2030, 1, 1):
            self.at(datetime.combine(day, clock, CHINA))

    # --- asking

    def ask(self, command, actor=None):
        """Whether the command was taken; a refusal leaves the journal as it is, and nothing else is ever raised."""
        self.asked += 1
        given = CommandId(f"x{self.asked}")
        actor = actor or actor_of(command)
        note((actor.role, actor.person, command))
        before, lines = self.sim.head(), len(self.sim.lines())
        try:
            receipt = self.sim.do(command, actor, given)
        except Refused as refusal:
            assert (self.sim.head(), len(self.sim.lines())) == (before, lines)
            REFUSED[type(command), refusal.reason] += 1
            return False
        TAKEN[type(command)] += 1
        if receipt.head != before:
            self.done.append((command, actor, given, receipt))
        return True

    def ask_again(self):
        """The same id gives the same receipt; with other content it is refused."""
        command, actor, given, receipt = self.pick.one(self.done)
        before = len(self.sim.lines())
        again = self.sim.do(command, actor, given)
        assert again.repeated
        assert again.head == receipt.head
        other = c.AnswerNeed("no need", f"other than {given}")
        assert refused(lambda: self.sim.do(other, None, given)).reason is Reason.COMMAND_REUSED
        assert len(self.sim.lines()) == before

    def ask_anything(self):
        """Any command about whatever there is, mostly by somebody who may; of no village only that it be founded."""
        anybody = Actor(self.pick.one(list(Role)), self.pick.one(PEOPLE))
        if self.is_founded:
            meets = self.village().sitting_meeting and self.pick.yes()
            near = get_args(self.pick.one([c.MeetingCommand, c.VoteCommand]))
            kind = self.pick.one(near if meets else list(ASKED))
            command = ASKED[kind](Asking(self.sim, self.pick))
            self.ask(command, anybody if self.pick.seldom() else None)
        else:
            self.ask(self.pick.one([founding(), adopting()]))

    def go_on(self, steps):
        matters = (
            [m for m in self.village().matters if m not in self.archived] if self.is_founded else []
        )
        if matters:
            likely = [self.matter] * 3 if self.matter in matters else []
            matter = self.pick.one([*likely, *matters])
            for _ in range(steps):
                go_on(self, matter)
                if matter in self.archived:
                    return

    # --- what holds

    def audit(self):
        """The auditor reads what was written since, and finds each matter where the kiosk says that it is."""
        lines = self.sim.lines()
        self.oracle.read(lines[self.read :])
        self.read = len(lines)
        village = self.sim.kiosk.known(VILLAGE).village
        for matter in village.matters.values() if village else ():
            file = self.oracle.matters[matter.id]
            for day in file.days_that_matter(self.today()):
                assert matter.phase(day).value == file.phase(day)
            assert (matter.due.value if matter.due else None) == file.due()
            if matter.archived_at:
                assert self.archived.setdefault(matter.id, matter) == matter
        self.nothing_is_lost_in_a_box()

    def nothing_is_lost_in_a_box(self):
        """Just the ballots that were acknowledged came out of the box, and nothing else was in the journal."""
        for vote, ballots in self.sealed.items():
            read = self.oracle.votes[vote]
            assert not read["ballots"]
            if read["state"] == "closed":
                options = self.oracle.options(read)
                cast = Counter(by.value for *_, by in ballots)
                given = Counter((by.value, said.value) for _, ans, by in ballots for said in ans)
                assert read["voters"] == sorted(person for person, _, _ in ballots)
                assert read["box"] == {
                    by: [number, *(given[by, option] for option in options)]
                    for by, number in cast.items()
                }

    def finish(self, *, from_nothing):
        """The journal read anew is the village that stands; and how far it went is counted."""
        lines = self.sim.lines()
        # Without the box of a secret vote, which is not in the journal.
        known = self.sim.kiosk._desk(VILLAGE).known
        if from_nothing:
            assert check(lines, known.head) is None
            assert caught_up(Known(None, EMPTY), lines) == known
        else:
            assert caught_up(self.began.known, lines[len(self.began.lines) :]) == known
        REACHED.update(self.oracle.seen - self.before)
