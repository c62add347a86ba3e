"""A meeting in a box: whole histories told in three lines, through the same one door as everything else.

    sim = convened(entitled=45, observers=3).check_in(30).open().open_vote()
    sim.cast(16, 10, 2).close().adjourn()
    assert sim.vote().carried

What is done in a vote, by whatever channel, is in `polling`.

Voters are `v01`, `v02`, … in the order of their seats, people without a vote `o01`, `o02`, …. Where households vote,
`v01` stands for `h01`. The clock moves one second at each look, and on to the day of the meeting when the first
person arrives.
"""

from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import count, cycle, islice
from pathlib import Path

from memory_store import MemoryJournal
from polling import IN_OWN_NAME, MATTER, Polling

import kiosk
from kiosk.core import commands as c
from kiosk.core.authority import PERMITTED
from kiosk.core.ballot_terms import Method
from kiosk.core.journal import read
from kiosk.core.law.cataloguing import read_catalogue
from kiosk.core.law.statute import BODY_ROWS, ROWS
from kiosk.core.refusals import Refused
from kiosk.core.terms import (
    CHINA,
    Body,
    Capacity,
    CommandId,
    KindId,
    MeetingId,
    Origin,
    PersonId,
    Purpose,
    Role,
    RowId,
    Sex,
    Stage,
    VillageId,
    VoteId,
    day_of,
)
from kiosk.core.values import Actor, AgendaItem, Attachment, Seat
from kiosk.service import Kiosk

VILLAGE = VillageId("shangshe")
FIRST_DAY = datetime(2026, 11, 2, 9, 0, tzinfo=CHINA)
LETTER = Attachment("委托书.jpg", 9, "cd" * 32)
CATALOGUE = read_catalogue(
    (Path(kiosk.__file__).parent / "data" / "catalogue.json").read_text("utf-8")
)
BODIES = (Body.PARTY_COMMITTEE, Body.TWO_COMMITTEES, Body.PARTY_MEETING, Body.REPRESENTATIVES)
BODY_OF = dict(zip((Stage.PROPOSAL, Stage.CONSULTATION, Stage.REVIEW), BODIES, strict=False))
OBSERVERS = (Capacity.SUPERVISOR, Capacity.PARTY_DELEGATE, Capacity.ADVISER)
VOTERS = {
    Body.PARTY_COMMITTEE: Capacity.PARTY_COMMITTEE_MEMBER,
    Body.TWO_COMMITTEES: Capacity.VILLAGE_COMMITTEE_MEMBER,
    Body.PARTY_MEETING: Capacity.PARTY_MEMBER,
    Body.REPRESENTATIVES: Capacity.REPRESENTATIVE,
    Body.ASSEMBLY: Capacity.VILLAGER,
    Body.HOUSEHOLDS: Capacity.HOUSEHOLD_REPRESENTATIVE,
    Body.GROUP: Capacity.VILLAGER,
    Body.GROUP_HOUSEHOLDS: Capacity.HOUSEHOLD_REPRESENTATIVE,
    Body.MEMBERS: Capacity.COLLECTIVE_MEMBER,
    Body.MEMBER_REPRESENTATIVES: Capacity.MEMBER_REPRESENTATIVE,
}
DECIDES = {  # what kind of matter comes before whom
    Body.ASSEMBLY: "public_works",
    Body.HOUSEHOLDS: "public_works",
    Body.GROUP: "group_matter",
    Body.GROUP_HOUSEHOLDS: "group_matter",
    Body.MEMBERS: "distribution",
    Body.MEMBER_REPRESENTATIVES: "distribution",
}
GROUPS = {Body.GROUP, Body.GROUP_HOUSEHOLDS}


class SteppingClock:
    """A clock that moves on one second at each look, and else only where it is told to."""

    def __init__(self, at=FIRST_DAY):
        self.at = at

    def __call__(self):
        self.at += timedelta(seconds=1)
        return self.at

    def pass_days(self, days):
        self.at = datetime.combine(day_of(self.at) + timedelta(days), time(9, 0), CHINA)


def seat(person, capacity=Capacity.REPRESENTATIVE, *, votes=True, household="", group=1):
    name, sex = f"某{person}", Sex.FEMALE
    post = "副镇长" if capacity is Capacity.TOWNSHIP_OFFICER else ""
    return Seat(PersonId(person), name, sex, group, capacity, votes, household, post)


def seats(body, entitled, observers=0):
    """So many voters of the body and so many people without a vote."""
    by_household = ROWS[BODY_ROWS[body]].by_household
    voting = [
        seat(f"v{n:02d}", VOTERS[body], household=f"h{n:02d}" if by_household else "")
        for n in range(1, entitled + 1)
    ]
    capacities = islice(cycle(OBSERVERS), observers)
    attending = [seat(f"o{n:02d}", as_, votes=False) for n, as_ in enumerate(capacities, start=1)]
    return (*voting, *attending)


def founding():
    names = ("上社村", "马塘镇", "0660-8600000", "http://kiosk")
    return c.FoundVillage(VILLAGE, *names, Purpose.DEMONSTRATION)


def adopting(catalogue=CATALOGUE):
    return c.AdoptCatalogue(catalogue, "村民会议决定", "镇人民政府")


def raising(matter=MATTER, title="修路", body=Body.REPRESENTATIVES, **changed):
    """A lawful matter that comes before that body in the end, changed in some things."""
    decided_by = BODY_ROWS[body] if body in DECIDES else RowId.REPRESENTATIVES
    lawful = c.RaiseMatter(
        matter=matter,
        kind=KindId(DECIDES.get(body, "public_works")),
        row=decided_by,
        title=title,
        origin=Origin.VILLAGERS,
        group=1 if body in GROUPS else 0,
        amount_fen=10_000_00,
        proposal=("修一公里",),
        for_means="修",
        against_means="不修",
        mandate="2026年第一次村民会议授权" if body not in DECIDES else "",
    )
    return replace(lawful, **changed)


def listed(agenda, *, consent=False):
    """The agenda of these matters, ten minutes each."""
    return tuple(AgendaItem(matter, 10, consent) for matter in agenda)


def actor_of(command):
    """Somebody who may ask for it."""
    role = min(PERMITTED[type(command)], key=list(Role).index)
    own = getattr(command, IN_OWN_NAME.get(type(command), ""), None)
    return Actor(role, None if role is Role.KIOSK else own or PersonId("officer"))


def refused(action):
    """The refusal that the action meets."""
    try:
        action()
    except Refused as refusal:
        return refusal
    raise AssertionError("it was not refused")


class MeetingSimulator(Polling):
    """One village, its clock and the meeting that is on; each step answers the simulator itself."""

    def __init__(self, store=None, clock=None):
        self.clock = clock or SteppingClock()
        self.store = store or MemoryJournal()
        self.kiosk = Kiosk(self.store, self.clock)
        self.meeting_id = MeetingId("none")
        self.vote_id = VoteId("none")
        self._told = count(1)

    # --- what may be asked

    def do(self, command, actor=None, command_id=None):
        """Execute a command as somebody who may; the receipt."""
        given = command_id or CommandId(f"c{next(self._told):04d}")
        return self.kiosk.execute(VILLAGE, command, actor or actor_of(command), given)

    def reason(self, command, actor=None):
        """Why the command is refused; nothing may have been written then, neither in the journal nor in a box."""
        return self.refusal(command, actor).reason

    def refusal(self, command, actor=None):
        """The whole refusal, with its facts and its article."""
        before = self.lines(), self.box()
        refusal = refused(lambda: self.do(command, actor))
        assert (self.lines(), self.box()) == before
        return refusal

    # --- the story

    def found(self, *matters, body=Body.REPRESENTATIVES):
        """The village with its catalogue, and these matters raised for that body to decide."""
        self.do(founding())
        self.do(adopting())
        for matter in matters or (MATTER,):
            self.do(raising(matter, body=body))
        return self

    def calling(
        self,
        body=Body.REPRESENTATIVES,
        entitled=45,
        observers=0,
        agenda=(MATTER,),
        *,
        consent=False,
        **more,
    ):
        """The call of the body with just the notice that its rows ask for, changed in some things."""
        rows = self.village().rows
        stage = rows[BODY_ROWS[body]].stage
        asked = {BODY_ROWS[body], *(self.matter(matter).row_at(stage) for matter in agenda)}
        day = day_of(self.clock.at) + timedelta(max(rows[row].notice_days for row in asked))
        lawful = c.ConveneMeeting(
            meeting=MeetingId(f"m{len(self.village().meetings) + 1}"),
            body=body,
            group=1 if body in GROUPS else 0,
            place="议事厅",
            starts_at=datetime.combine(day, time(9, 30), CHINA),
            agenda=listed(agenda, consent=consent),
            seats=seats(body, entitled, observers),
        )
        return replace(lawful, **more)

    def convene(
        self, body=Body.REPRESENTATIVES, entitled=45, observers=0, agenda=(MATTER,), **more
    ):
        """Call the body with just the notice that its rows ask for."""
        call = self.calling(body, entitled, observers, agenda, **more)
        self.do(call)
        self.meeting_id = call.meeting
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

    def until_the_hour(self):
        """Let the time pass until the meeting is to begin, if it has not."""
        self.clock.at = max(self.clock.at, self.meeting().starts_at)
        return self

    def leave(self, *people):
        for person in people:
            self.do(c.CheckOut(self.meeting_id, PersonId(person)))
        return self

    def give_proxy(self, principal, proxy, household="h1"):
        """By a letter somebody absent lets another of his household vote for him (委托)."""
        people = PersonId(principal), PersonId(proxy)
        self.do(c.GiveProxy(self.meeting_id, *people, household, LETTER))
        return self

    def open(self):
        self.do(c.OpenMeeting(self.meeting_id))
        return self

    def take(self, matter=MATTER):
        self.do(c.TakeItem(self.meeting_id, matter))
        return self

    def request(self, *people):
        for person in people:
            self.do(c.RequestFloor(self.meeting_id, PersonId(person)))
        return self

    def give(self, person, seconds=180):
        self.do(c.GiveFloor(self.meeting_id, PersonId(person), seconds))
        return self

    def end_speech(self):
        self.do(c.EndSpeech(self.meeting_id))
        return self

    def amend(self, *proposal, mover="v01", matter=MATTER):
        self.do(c.AmendProposal(self.meeting_id, matter, PersonId(mover), proposal))
        return self

    def take_out(self, matter=MATTER, person="v01"):
        self.do(c.TakeOutOfConsent(self.meeting_id, matter, PersonId(person)))
        return self

    def recuse(self, *people, matter=MATTER):
        for person in people:
            self.do(c.DeclareRecusal(self.meeting_id, matter, PersonId(person), "本人承包"))
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
        stage = ROWS[BODY_ROWS[body]].stage
        while (due := self.matter(agenda[0]).due) is not stage:
            self.hold(BODY_OF[due], agenda=agenda)
        return self

    # --- what came of it

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

    def box(self):
        """What is in the sealed box of the vote; None where it has none."""
        try:
            return self.store.box(VILLAGE, self.vote_id)
        except LookupError:
            return None

    def events(self):
        return [read(line).event for line in self.lines()]


def convened(
    entitled=45, observers=0, body=Body.REPRESENTATIVES, agenda=(MATTER,), store=None, **more
):
    """A village whose matter has come as far as this body, and the body called together."""
    sim = MeetingSimulator(store).found(*agenda, body=body).carried_up_to(body, agenda)
    return sim.convene(body, entitled, observers, agenda, **more)


def voting(present=30, entitled=45, observers=0, body=Body.REPRESENTATIVES, *, vote=(), **more):
    """The same, with so many there and the vote open; `vote`: how it opens."""
    sim = convened(entitled, observers, body, **more).check_in(present).open()
    return sim.open_vote(**dict(vote))


def secretly(present=30, entitled=45, **more):
    """The same, and the vote is secret (无记名)."""
    return voting(present, entitled, vote={"method": Method.SECRET}, **more)
