"""A meeting in a box: whole histories told in three lines, through the same one door as everything else.

    sim = convened(entitled=45, observers=3).check_in(30).open().open_vote()
    sim.cast(16, 10, 2).close().adjourn()
    assert sim.vote().carried

Voters are `v01`, `v02`, … in the order of their seats, people without a vote `o01`, `o02`, …. The clock moves one
second at each look, and on to the day of the meeting when the first person arrives.
"""

from datetime import datetime, time, timedelta
from itertools import count, cycle, islice

from memory_store import MemoryJournal

from kiosk.core import commands as c
from kiosk.core.authority import PERMITTED
from kiosk.core.journal import read
from kiosk.core.refusals import Refused
from kiosk.core.rules import ROWS
from kiosk.core.terms import (
    CHINA,
    Actor,
    Body,
    Capacity,
    Channel,
    Choice,
    CommandId,
    MatterId,
    MeetingId,
    Origin,
    PersonId,
    Role,
    Seat,
    Sex,
    VillageId,
    VoteId,
    day_of,
)
from kiosk.service import Kiosk

VILLAGE = VillageId("shangshe")
MATTER = MatterId("road")
FIRST_DAY = datetime(2026, 11, 2, 9, 0, tzinfo=CHINA)
BODIES = (Body.PARTY_COMMITTEE, Body.TWO_COMMITTEES, Body.PARTY_MEETING, Body.REPRESENTATIVES)
OBSERVERS = (Capacity.SUPERVISOR, Capacity.PARTY_DELEGATE, Capacity.ADVISER)
VOTERS = {
    Body.PARTY_COMMITTEE: Capacity.PARTY_COMMITTEE_MEMBER,
    Body.TWO_COMMITTEES: Capacity.VILLAGE_COMMITTEE_MEMBER,
    Body.PARTY_MEETING: Capacity.PARTY_MEMBER,
    Body.REPRESENTATIVES: Capacity.REPRESENTATIVE,
}


class SteppingClock:
    """A clock that moves on one second at each look, and else only where it is told to."""

    def __init__(self, at=FIRST_DAY):
        self.at = at

    def __call__(self):
        self.at += timedelta(seconds=1)
        return self.at

    def pass_days(self, days):
        self.at = datetime.combine(day_of(self.at) + timedelta(days), time(9, 0), CHINA)


def seat(person, capacity=Capacity.REPRESENTATIVE, *, votes=True):
    return Seat(PersonId(person), f"某{person}", Sex.FEMALE, 1, capacity, votes)


def seats(body, entitled, observers=0):
    """So many voters of the body and so many people without a vote."""
    voting = [seat(f"v{n:02d}", VOTERS[body]) for n in range(1, entitled + 1)]
    capacities = islice(cycle(OBSERVERS), observers)
    attending = [seat(f"o{n:02d}", as_, votes=False) for n, as_ in enumerate(capacities, start=1)]
    return (*voting, *attending)


def founding():
    return c.FoundVillage(VILLAGE, "上社村", "马塘镇", "0660-8600000", "http://kiosk", True)


def raising(matter=MATTER, title="修路"):
    return c.RaiseMatter(matter, title, Origin.VILLAGERS, 10_000_00, ("修一公里",), "修", "不修")


def actor_of(command):
    """Somebody who may ask for it."""
    if isinstance(command, c.CastBallot):
        return Actor(Role.VOTER, command.person)
    role = min(PERMITTED[type(command)], key=list(Role).index)
    return Actor(role, None if role is Role.KIOSK else PersonId("officer"))


def refused(action):
    """The refusal that the action meets."""
    try:
        action()
    except Refused as refusal:
        return refusal
    raise AssertionError("it was not refused")


class MeetingSimulator:
    """One village, its clock and the meeting that is on; each step answers the simulator itself."""

    def __init__(self, store=None, clock=None):
        self.clock = clock or SteppingClock()
        self.kiosk = Kiosk(store or MemoryJournal(), self.clock)
        self.meeting_id = MeetingId("none")
        self.vote_id = VoteId("none")
        self._told = count(1)

    # --- what may be asked

    def do(self, command, actor=None, command_id=None):
        """Execute a command as somebody who may; the receipt."""
        given = command_id or CommandId(f"c{next(self._told):04d}")
        return self.kiosk.execute(VILLAGE, command, actor or actor_of(command), given)

    def reason(self, command, actor=None):
        """Why the command is refused; nothing may have been written then."""
        before = self.lines()
        refusal = refused(lambda: self.do(command, actor))
        assert self.lines() == before
        return refusal.reason

    # --- the story

    def found(self, *matters):
        self.do(founding())
        for matter in matters or (MATTER,):
            self.do(raising(matter))
        return self

    def convene(self, body=Body.REPRESENTATIVES, entitled=45, observers=0, agenda=(MATTER,)):
        """Call the body with just the notice that its row asks for."""
        day = day_of(self.clock.at) + timedelta(ROWS[body].notice_days)
        self.meeting_id = MeetingId(f"m{len(self.village().meetings) + 1}")
        starts_at = datetime.combine(day, time(9, 30), CHINA)
        called = seats(body, entitled, observers)
        self.do(c.ConveneMeeting(self.meeting_id, body, "议事厅", starts_at, agenda, called))
        return self

    def check_in(self, count):
        """The next so many of those entitled arrive."""
        absent = [p for p in self.voters() if p not in self.meeting().arrivals]
        assert len(absent) >= count
        return self.arrive(*absent[:count])

    def arrive(self, *people):
        self.until_the_day()
        for person in people:
            self.do(c.CheckIn(self.meeting_id, PersonId(person)))
        return self

    def until_the_day(self):
        """Let the days of notice pass, if they have not."""
        days = (day_of(self.meeting().starts_at) - day_of(self.clock.at)).days
        if days > 0:
            self.clock.pass_days(days)
        return self

    def leave(self, *people):
        for person in people:
            self.do(c.CheckOut(self.meeting_id, PersonId(person)))
        return self

    def open(self):
        self.do(c.OpenMeeting(self.meeting_id))
        return self

    def recuse(self, *people, matter=MATTER):
        for person in people:
            self.do(c.DeclareRecusal(self.meeting_id, matter, PersonId(person), "本人承包"))
        return self

    def open_vote(self, matter=MATTER):
        self.vote_id = VoteId(f"{self.meeting_id}-vote-{len(self.meeting().votes) + 1}")
        self.do(c.OpenVote(self.meeting_id, matter, self.vote_id, running_tally=True))
        return self

    def cast(self, votes_for, votes_against=0, abstentions=0):
        """The next so many of those who wait say 赞成, 反对, 弃权."""
        waiting = [p for p in self.voters() if p in self.vote().waiting]
        choices = [Choice.FOR] * votes_for
        choices += [Choice.AGAINST] * votes_against + [Choice.ABSTAIN] * abstentions
        assert len(waiting) >= len(choices)
        for person, choice in zip(waiting, choices, strict=False):
            self.ballot(person, choice)
        return self

    def ballot(self, person, choice=Choice.FOR):
        self.do(self.casting(person, choice))
        return self

    def close(self, *, unused_confirmed=True):
        self.do(c.CloseVote(self.meeting_id, self.vote_id, unused_confirmed))
        return self

    def adjourn(self):
        self.do(c.Adjourn(self.meeting_id))
        return self

    def hold(self, body, entitled=1, *, against=0, agenda=(MATTER,)):
        """A whole meeting in which everybody comes, and all but so many are in favour."""
        self.convene(body, entitled, agenda=agenda).check_in(entitled).open()
        for matter in agenda:
            self.open_vote(matter).cast(entitled - against, against).close()
        return self.adjourn()

    def carried_up_to(self, body, agenda=(MATTER,)):
        """The stages before this body's, all carried."""
        for earlier in BODIES[: BODIES.index(body)]:
            self.hold(earlier, agenda=agenda)
        return self

    # --- what came of it

    def casting(self, person, choice=Choice.FOR):
        ballot = (self.meeting_id, self.vote_id, PersonId(person), choice, Channel.KIOSK_SCREEN)
        return c.CastBallot(*ballot)

    def village(self):
        return self.kiosk.village(VILLAGE)

    def meeting(self):
        return self.village().meeting(self.meeting_id)

    def vote(self):
        return self.meeting().vote(self.vote_id)

    def matter(self, matter=MATTER):
        return self.village().matter(matter)

    def voters(self):
        return [seat.person for seat in self.meeting().seats.values() if seat.votes]

    def head(self):
        return self.kiosk.known(VILLAGE).head

    def lines(self):
        return self.kiosk.lines(VILLAGE)

    def events(self):
        return [read(line).event for line in self.lines()]


def convened(entitled=45, observers=0, body=Body.REPRESENTATIVES, agenda=(MATTER,), store=None):
    """A village whose matter has come as far as this body, and the body called together."""
    sim = MeetingSimulator(store).found(*agenda).carried_up_to(body, agenda)
    return sim.convene(body, entitled, observers, agenda)


def voting(present=30, entitled=45, observers=0, body=Body.REPRESENTATIVES):
    """The same, with so many there and the vote open."""
    return convened(entitled, observers, body).check_in(present).open().open_vote()
