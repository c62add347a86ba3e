"""Any sequence of commands, lawful or not: the record stays whole, and agrees with arithmetic of its own.

What the machine checks it reads from the journal's lines as plain JSON, without the product's own counting.
"""

import json
from fractions import Fraction

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from simulator import BODIES, MATTER, VILLAGE, MeetingSimulator, actor_of, refused, seat, seats

from kiosk.core import commands as c
from kiosk.core.history import replay
from kiosk.core.journal import check, read
from kiosk.core.refusals import Reason, Refused
from kiosk.core.terms import (
    Capacity,
    Channel,
    Choice,
    CommandId,
    MatterId,
    MeetingId,
    Moment,
    Paper,
    PersonId,
    Role,
    VoteId,
)
from kiosk.core.values import Actor

VOTERS = [f"v{n:02d}" for n in range(1, 6)]
PEOPLE = st.sampled_from([*VOTERS, *VOTERS, "o01", "stranger"]).map(PersonId)
MATTERS = st.sampled_from([MATTER, MATTER, MatterId("well")])
VOTES = st.sampled_from(["x1-0", "x1-0", "x1-1", "x2-0"]).map(VoteId)
CHOICES = st.sampled_from([*Choice, Choice.FOR, Choice.FOR])
BODY = st.sampled_from(BODIES)
MEETINGS = st.sampled_from(["x1", "x1", "x1", "x2"]).map(MeetingId)
COUNTED = {  # of whom the majority is counted, said without the product
    "party_committee": "entitled",
    "two_committees": "entitled",
    "party_meeting": "entitled",
    "representatives": "present",
}


class AnyMeeting(RuleBasedStateMachine):
    """Five voters, somebody without a vote, a stranger; two matters, two meetings, three votes."""

    @initialize(
        body=BODY,
        more=BODY,
        there=st.sampled_from([5, 4, 3]),
        aside=st.lists(PEOPLE, max_size=1),
        choices=st.lists(CHOICES, min_size=3, max_size=5),
        steps=st.sampled_from([3, 2, 1, 0]),
    )
    def a_meeting_is_called_and_most_are_there(self, body, more, there, aside, choices, steps):
        self.sim = MeetingSimulator().found(MATTER, MatterId("well")).carried_up_to(body)
        self.ids = 0
        self.done = []
        agenda = (MATTER, MatterId("well")) if body is BODIES[0] else (MATTER,)
        self.call(MeetingId("x1"), body, agenda)
        self.call(MeetingId("x2"), more, agenda)
        self.sim.meeting_id = MeetingId("x1")
        self.sim.until_the_day()
        for person in VOTERS[:there]:
            self.ask(c.CheckIn(MeetingId("x1"), PersonId(person)))
        for person in aside:
            self.ask(c.DeclareRecusal(MeetingId("x1"), MATTER, person, "亲属承包"))
        self.the_meeting_goes_on(steps, choices, [])

    def call(self, meeting, body, agenda):
        starts_at = self.sim.clock.at.replace(day=self.sim.clock.at.day + 3)
        observer = seat("o01", Capacity.ADVISER, votes=False)
        called = (*seats(body, len(VOTERS)), observer)
        self.ask(c.ConveneMeeting(meeting, body, "厅", starts_at, agenda, called))

    def ask(self, command, actor=None):
        """Execute as somebody; a refusal leaves the journal as it is."""
        self.ids += 1
        given = CommandId(f"x{self.ids}")
        actor = actor or actor_of(command)
        before = self.sim.head()
        try:
            receipt = self.sim.do(command, actor, given)
        except Refused:
            assert self.sim.head() == before
            return
        if receipt.head != before:
            self.done.append((command, actor, given, receipt))

    # --- what may be asked

    @rule(meeting=MEETINGS, person=PEOPLE)
    def somebody_arrives(self, meeting, person):
        self.ask(c.CheckIn(meeting, person))

    @rule(meeting=MEETINGS, person=PEOPLE)
    def somebody_leaves(self, meeting, person):
        self.ask(c.CheckOut(meeting, person))

    @rule(meeting=MEETINGS, adjourns=st.booleans())
    def a_meeting_opens_or_ends(self, meeting, adjourns):
        self.ask(c.Adjourn(meeting) if adjourns else c.OpenMeeting(meeting))

    @rule(meeting=MEETINGS, matter=MATTERS, person=PEOPLE)
    def somebody_stands_aside(self, meeting, matter, person):
        self.ask(c.DeclareRecusal(meeting, matter, person, "亲属承包"))

    @rule(meeting=MEETINGS, matter=MATTERS, vote=VOTES, shown=st.booleans())
    def a_vote_opens(self, meeting, matter, vote, shown):
        self.ask(c.OpenVote(meeting, matter, vote, shown))

    @rule(meeting=MEETINGS, vote=VOTES, person=PEOPLE, choice=CHOICES)
    def somebody_votes(self, meeting, vote, person, choice):
        self.ask(c.CastBallot(meeting, vote, person, choice, Channel.KIOSK_SCREEN))

    @rule(
        steps=st.integers(1, 3),
        choices=st.lists(CHOICES, min_size=2, max_size=5),
        people=st.lists(PEOPLE, max_size=2),
    )
    def the_meeting_takes_its_course(self, steps, choices, people):
        self.the_meeting_goes_on(steps, choices, people)

    def the_meeting_goes_on(self, steps, choices, people):
        for _ in range(steps):
            self.next_step(choices, people)

    def next_step(self, choices, people):
        """The next lawful step, whatever it is: open, open a vote, cast, close, adjourn."""
        village = self.sim.village()
        meeting = village.sitting_meeting or village.meetings[MeetingId("x1")]
        due = [matter for matter in meeting.agenda if not meeting.vote_on(matter)]
        vote = meeting.open_vote
        if not meeting.in_session:
            self.ask(c.OpenMeeting(meeting.id))
        elif vote is None and due:
            free = f"{meeting.id}-{len(meeting.votes)}"
            self.ask(c.OpenVote(meeting.id, due[0], VoteId(free), running_tally=True))
        elif vote is None:
            self.ask(c.Adjourn(meeting.id))
        else:
            self.people_vote(vote, [*people, *sorted(vote.waiting)], choices)

    def people_vote(self, vote, people, choices):
        for person, choice in zip(people, choices, strict=False):
            self.ask(c.CastBallot(vote.meeting, vote.id, person, choice, Channel.KIOSK_SCREEN))
        if len(choices) % 2:
            self.ask(
                c.CloseVote(vote.meeting, vote.id, unused_confirmed=len(people) < len(choices))
            )
            self.ask(c.CloseVote(vote.meeting, vote.id, unused_confirmed=True))

    @rule(meeting=MEETINGS, vote=VOTES, confirmed=st.booleans())
    def a_vote_closes(self, meeting, vote, confirmed):
        self.ask(c.CloseVote(meeting, vote, confirmed))

    @rule(agenda=st.lists(MATTERS, max_size=2, unique=True).map(tuple), body=BODY)
    def a_body_is_called_and_its_day_comes(self, agenda, body):
        if self.sim.clock.at.day < 20:
            self.call(MeetingId("x2"), body, agenda)
            self.sim.clock.pass_days(3)

    @rule(matter=MATTERS)
    def a_paper_is_issued(self, matter):
        self.ask(c.IssuePaper(matter, Paper.RESOLUTION, self.sim.head().seq, 1, "ab" * 32))

    @rule(meeting=MEETINGS, vote=VOTES, moment=st.sampled_from(Moment), fails=st.booleans())
    def the_camera_works(self, meeting, vote, moment, fails):
        at = self.sim.clock.at
        if fails:
            self.ask(c.NoteInterruption(meeting, at, at, "断电"))
            self.ask(c.StopRecording(meeting))
        self.ask(c.StartRecording(meeting, "camera", sound=True))
        self.ask(c.MarkVideo(meeting, vote, moment, "part-0001.mp4", 1))
        self.ask(c.SealSegment(meeting, "part-0001.mp4", 1, "ab" * 32, at, at, 1))

    @rule(role=st.sampled_from(Role), meeting=MEETINGS, person=PEOPLE)
    def anybody_tries_anything(self, role, meeting, person):
        self.ask(c.CheckIn(meeting, person), Actor(role, person))
        self.ask(c.Adjourn(MeetingId("x9")), Actor(role, person))
        ballot = (VoteId("x1-0"), PersonId("v01"), Choice.FOR, Channel.KIOSK_SCREEN)
        self.ask(c.CastBallot(meeting, *ballot), Actor(role, person))

    @precondition(lambda self: self.done)
    @rule(data=st.data())
    def a_command_is_sent_again(self, data):
        command, actor, given, receipt = data.draw(st.sampled_from(self.done))
        before = self.sim.lines()
        again = self.sim.do(command, actor, given)
        assert again.head == receipt.head
        assert again.repeated
        assert self.sim.lines() == before
        other = c.Adjourn(MeetingId("other"))
        refusal = refused(lambda: self.sim.do(other, command_id=given))
        assert refusal.reason is Reason.COMMAND_REUSED

    # --- what holds whatever was asked

    @invariant()
    def at_most_one_meeting_is_in_session_and_one_vote_open(self):
        meetings = self.sim.village().meetings.values()
        assert sum(meeting.in_session for meeting in meetings) <= 1
        for meeting in meetings:
            assert sum(vote.is_open for vote in meeting.votes.values()) <= 1

    @invariant()
    def the_four_counts_add_up_to_those_present(self):
        for meeting in self.sim.village().meetings.values():
            for vote in meeting.votes.values():
                four = vote.tally
                assert four.present == len(vote.electorate)
                assert min(four.votes_for, four.votes_against, four.abstentions, four.unused) >= 0

    def teardown(self):
        if hasattr(self, "sim"):
            lines, known = self.sim.lines(), self.sim.kiosk.known(VILLAGE)
            assert check(lines, known.head) is None
            assert replay((read(line).event, read(line).at) for line in lines) == known.village
            only_lawful_ballots_count([json.loads(line)["event"] for line in lines])


def only_lawful_ballots_count(events):
    """Walk the events as plain values: who voted, in what, and what it came to."""
    bodies, rolls, votes = {}, {}, {}
    for event in events:
        match event["kind"]:
            case "MeetingConvened":
                bodies[event["meeting"]] = event["body"]
            case "MeetingOpened":
                rolls[event["meeting"]] = set(event["roll"])
            case "VoteOpened":
                assert event["vote"] not in votes
                assert set(event["electorate"]) <= rolls[event["meeting"]]
                votes[event["vote"]] = event | {"ballots": {}, "open": True}
            case "BallotCast":
                a_lawful_ballot(votes[event["vote"]], event)
            case "VoteClosed":
                the_exact_outcome(votes[event["vote"]], event, bodies, rolls)
            case "MeetingAdjourned":
                of_meeting = [v for v in votes.values() if v["meeting"] == event["meeting"]]
                assert not any(vote["open"] for vote in of_meeting)


def a_lawful_ballot(vote, ballot):
    person = ballot["person"]
    assert vote["open"]
    assert person in vote["electorate"]
    assert person not in vote["recused"]
    assert person not in vote["ballots"]
    vote["ballots"][person] = ballot["choice"]


def the_exact_outcome(vote, closed, bodies, rolls):
    assert vote["open"]
    vote["open"] = False
    meeting, choices, tally = vote["meeting"], list(vote["ballots"].values()), closed["tally"]
    present, entitled = len(vote["electorate"]), len(rolls[meeting])
    base = {"present": present, "entitled": entitled}[COUNTED[bodies[meeting]]]
    assert tally == {
        "votes_for": choices.count("for"),
        "votes_against": choices.count("against"),
        "abstentions": choices.count("abstain"),
        "unused": present - len(choices),
        "recused": len(vote["recused"]),
    }
    assert closed["base"] == base
    assert closed["carried"] is (Fraction(choices.count("for"), base) > Fraction(1, 2))


TestAnyMeeting = AnyMeeting.TestCase
TestAnyMeeting.settings = settings(max_examples=2 * settings().max_examples, stateful_step_count=40)
