"""The larger commands of the machine, made about whatever there is, and what they are made about."""

import hashlib
from base64 import b64encode
from dataclasses import replace
from datetime import timedelta

from procedure_story import PICTURE
from simulator import CATALOGUE, GROUPS, listed, raising, seats

from kiosk.core import commands as c
from kiosk.core.law.periods import Periods
from kiosk.core.law.statute import ROWS
from kiosk.core.terms import (
    Body,
    CorrectionId,
    Edition,
    EmergencyId,
    KindId,
    MatterId,
    MeetingId,
    NeedId,
    ObjectionId,
    Origin,
    Paper,
    PersonId,
    RowId,
    Stage,
    Standing,
    VoteId,
    day_of,
)
from kiosk.core.values import Candidate, Contest, Exclusion

VOTERS = [PersonId(f"v{n:02d}") for n in range(1, 8)]
STRANGER = PersonId("stranger")
OFFICER, CHAIR = PersonId("officer"), PersonId("second")
TEXTS = ["按规定办理", "按规定办理", "按规定办理", " "]
KINDS = [
    "public_works",
    "group_matter",
    "distribution",
    "appraisal",
    "charter",
    "land_plan",
    "supervisors",
    "group_leader",
]
DAY = timedelta(days=1)


class Asking:
    """What is asked about: mostly what exists, now and then what does not."""

    def __init__(self, sim, pick):
        self.sim, self.pick, self.village = sim, pick, sim.village()
        self.today = day_of(sim.clock.at)

    def known(self, ids, otherwise):
        """One of these ids, the newest most often; or one that nothing has."""
        newest = list(ids)[-1:]
        return self.pick.one([*newest, *newest, *ids, otherwise])

    def fresh(self, ids, prefix):
        """An id that nothing has yet, or now and then one that something has."""
        new = f"{prefix}{len(ids) + 1}"
        return self.pick.one([new, new, new, *list(ids)[-1:]])

    def text(self):
        return self.pick.one(TEXTS)

    def matter(self):
        return self.known(self.village.matters, MatterId("no matter"))

    def meeting(self):
        sitting = self.village.sitting_meeting
        likely = [sitting.id] * 6 if sitting else []
        return self.pick.one([*likely, self.known(self.village.meetings, MeetingId("no meeting"))])

    def the_meeting(self):
        """The meeting that is on or comes next, if one is."""
        return self.village.next_meeting

    def item(self):
        meeting = self.the_meeting()
        return self.pick.one([*(meeting.matters * 2 if meeting else ()), self.matter()])

    def vote(self):
        sitting = self.village.sitting_meeting
        if sitting and sitting.open_vote and self.pick.often():
            return sitting.open_vote.id
        votes = [v for m in self.village.meetings.values() for v in m.votes]
        return self.known(votes, VoteId("no vote"))

    def voidable(self):
        """A vote; but not one on a matter that was archived while the meeting went on."""
        meeting = self.village.sitting_meeting
        votes = meeting.votes.values() if meeting else ()
        done = [v.id for v in votes if any(self.village.matter(m).archived_at for m in v.matters)]
        free = [v.id for v in votes if v.id not in done]
        return self.known(free, VoteId("no vote"))

    def person(self):
        return self.pick.one([*VOTERS, *VOTERS, PersonId("o01"), STRANGER])

    def objection(self):
        return self.known(self.village.objections, ObjectionId("no objection"))

    def day(self):
        """A day near today, the last of a publication or the one after it most often."""
        ends = [m.publication.last_day for m in self.village.matters.values() if m.publication]
        near = [self.today, self.today + DAY, self.today - 20 * DAY]
        return self.pick.one([*near, *ends, *(end + DAY for end in ends)])


def a_catalogue(a):
    """The shipped one, a later version of it, or one without its guarantee of papers."""
    later = replace(CATALOGUE, version=a.pick.one([CATALOGUE.version, "2"]))
    no_papers = replace(later, kinds=tuple(replace(k, papers=()) for k in later.kinds))
    chosen = a.pick.one([later, later, no_papers])
    return c.AdoptCatalogue(chosen, a.text(), "镇人民政府")


def a_row(a):
    """A row that is stricter than the statute's in one thing, or laxer."""
    row = ROWS[a.pick.one(list(RowId))]
    stricter = ROWS[RowId.MEMBERS].majority
    changed = a.pick.one(
        [
            replace(row, notice_days=row.notice_days + 1),
            replace(row, notice_days=max(0, row.notice_days - 1)),
            replace(row, quorum=stricter),
            replace(row, majority=stricter),
            replace(row, majority=ROWS[RowId.PARTY_COMMITTEE].quorum),
            replace(row, recused_leave=True),
            replace(row, proxies=a.pick.number(0, 4), proxies_basis="本村议事规则"),
            replace(row, returns_to=Stage.PROPOSAL),
        ]
    )
    return c.ChangeRow(changed, a.text(), "镇人民政府")


def some_periods(a):
    days = (a.pick.number(14, 18), a.pick.number(2, 6), a.pick.number(0, 20), a.pick.number(0, 2))
    return c.ChangePeriods(Periods(*days, exclusions=a.pick.yes()), a.text(), "镇人民政府")


def a_need(a):
    need = NeedId(a.fresh(a.village.needs, "need-"))
    supporters, of = a.pick.number(0, 6), a.pick.number(0, 40)
    return c.FileNeed(need, a.pick.one(list(Standing)), "张某", a.text(), supporters, of)


def a_matter(a):
    matter = MatterId(a.fresh(a.village.matters, "matter-"))
    kind = CATALOGUE.kind(KindId(a.pick.one([*KINDS, "guarantee"])))
    row = a.pick.one([*kind.rows, *kind.rows, RowId.REPRESENTATIVES])
    needs = [n.id for n in a.village.needs.values()]
    return raising(
        matter,
        title=a.pick.one(["修路", f"第{len(a.village.matters)}件"]),
        kind=kind.id,
        row=row,
        origin=a.pick.one(list(Origin)),
        group=a.pick.one([1, 1, 0]) if kind.group else 0,
        needs=tuple(a.pick.one([[], [], needs[-1:]])),
        appraised=PersonId("officer") if row is RowId.APPRAISAL else None,
        contest=a_contest(a) if ROWS[row].contest or a.pick.seldom() else None,
        mandate=a.pick.one(["村民会议授权", ""]),
        amount_fen=a.pick.one([10_000_00, 0, -1]),
    )


def a_contest(a):
    """Some of the people for some places; now and then none, one twice, or more places than people."""
    standing = [a.person() for _ in range(a.pick.number(0, 4))]
    people = standing if a.pick.seldom() else list(dict.fromkeys(standing))
    candidates = tuple(Candidate(person, f"候选人{person}") for person in people)
    return Contest(candidates, a.pick.number(0 if a.pick.seldom() else 1, 3))


def a_meeting(a):
    """A body called on one matter or two: the body that is due, or any."""
    agenda = tuple(dict.fromkeys([a.matter(), a.matter()]))
    bodies = [b for b in (due_body(a.village, matter) for matter in agenda) if b]
    body = a.pick.one([*bodies * 8, *Body])
    people = list(seats(body, a.pick.number(0, 5), 1))
    if a.pick.yes():
        people = [replace(s, household="") for s in people]
    left_out = Exclusion(PersonId("away"), "某away", "长期外出", a.text())
    follows = [m.id for m in a.village.meetings.values() if not m.is_over]
    return c.ConveneMeeting(
        meeting=MeetingId(a.fresh(a.village.meetings, "m")),
        body=body,
        group=a.pick.one([1, 1, 0]) if body in GROUPS else 0,
        place="议事厅",
        starts_at=a.sim.clock.at + a.pick.number(-1, 11) * DAY,
        agenda=listed(agenda, consent=a.pick.yes()),
        seats=tuple(people),
        exclusions=a.pick.one([(), (), (left_out,)]),
        urgent_ground=a.pick.one(["", "", "防汛"]),
        follows=a.pick.one([None, None, *follows[-1:]]),
        leader=a.pick.one([None, VOTERS[0]]),
    )


def due_body(village, matter):
    known = village.matters.get(matter)
    if known is None or known.due is None:
        return None
    return village.rows[known.row_at(known.due)].body


def an_order(a):
    meeting = a.the_meeting()
    matters = meeting.matters if meeting else ()
    return c.ReorderAgenda(a.meeting(), a.pick.one([matters, matters[::-1], matters[1:]]))


def a_letter(a):
    """Somebody lets another vote for him; now and then one of another household, or himself."""
    household = a.pick.one(["h1", "h1", "h1", " "])
    return c.GiveProxy(a.meeting(), a.person(), a.person(), household, PICTURE)


def a_segment(a):
    at = a.sim.clock.at
    part = f"part-{a.pick.number(1, 3):04d}.mp4"
    return c.SealSegment(a.meeting(), part, 1, "ab" * 32, at, at, 1, 9, "cd" * 32)


def an_interruption(a):
    at = a.sim.clock.at
    return c.NoteInterruption(a.meeting(), at, at, "断电")


def a_paper(a):
    seq = a.pick.one([a.sim.head().seq, 20, 0])
    subject = a.pick.one([a.matter(), a.meeting()])
    sha256 = a.pick.one(["ab", "cd"]) * 32
    edition, source = a.pick.one(list(Edition)), a.pick.one([seq, seq, seq - 1])
    return c.IssuePaper(subject, a.pick.one(list(Paper)), edition, source, seq, 1, sha256)


def a_sheet(a):
    """A page of a paper that was issued; now and then of none, or a page that no paper has."""
    issued = [(p.subject, p.paper, p.from_seq) for p in a.village.papers]
    subject, paper, seq = a.known(issued, ("no matter", Paper.RESOLUTION, 1))
    page = a.pick.one([0, 1, 2, 2])
    return c.FileSignedSheet(subject, paper, seq, page, PICTURE, a.pick.yes())


def a_key(a):
    """One of two keys, as a machine has after its disk was changed."""
    certificate = a.pick.one([b"one", b"two"])
    told = b64encode(certificate).decode()
    return c.AdoptSigningKey(told, hashlib.sha256(certificate).hexdigest())


def an_escalation(a):
    return c.EscalateObjection(a.objection(), a.text())


def a_correction(a):
    number = CorrectionId(a.fresh(a.village.corrections, "correction-"))
    seq = a.pick.one([0, 1, a.sim.head().seq, a.sim.head().seq + 1])
    return c.ProposeCorrection(number, seq, a.text(), "应为李某")


def an_emergency(a):
    return a.known(a.village.emergencies, EmergencyId("no emergency"))


def a_pinned_note(a):
    """At the present, mostly; now and then before the meeting or after it."""
    moment = a.sim.clock.at + a.pick.one([0, 0, -1, 1]) * DAY
    return c.PinNote(a.meeting(), moment, a.text())


def a_minuted_note(a):
    """On the item, another or none; now and then in the place of an earlier note, which may be struck already."""
    matter = a.pick.one([a.item(), a.item(), None])
    strikes = a.pick.one([0, 0, 0, 1, 2])
    return c.NoteMinutes(a.meeting(), OFFICER, matter, a.text(), strikes)


def heads_of(a):
    """The head of the meeting's last business, mostly; or another, or none."""
    meeting = a.the_meeting()
    newest = meeting.minutes.business if meeting else None
    return a.pick.one([newest, newest, newest, a.sim.head()]) or a.sim.head()


def a_reading_out(a):
    head = heads_of(a)
    return c.ReadMinutes(a.meeting(), OFFICER, head.seq, head.digest)


def an_approval(a):
    head = heads_of(a)
    return c.ApproveMinutes(a.meeting(), a.pick.one([CHAIR, OFFICER]), head.seq, head.digest)


def a_comparison(a):
    """Of the closing code, mostly."""
    head = a.pick.one([a.village.closing, a.sim.head()]) or a.sim.head()
    return c.CompareSignedPaper(a.meeting(), head.seq, head.digest, a.pick.yes())


def a_stick(a):
    """The stick holds the newest head, which is so, or one that no journal has."""
    head, agrees = a.sim.head(), a.pick.yes()
    seq = a.pick.one([head.seq, head.seq, 0])
    return c.ReportStick(a.meeting(), seq, head.digest if agrees else "ee" * 32, agrees)


def a_voice(a):
    """A reading aloud of what hangs, of another number, or of nothing; now and then too short."""
    matter = a.matter()
    known = a.village.matters.get(matter)
    of = known.publication if known else None
    stage, year, number = (
        (of.stage, of.year, of.number) if of else (Stage.RESOLUTION_PUBLIC, 2026, 1)
    )
    number += a.pick.one([0, 0, 0, 1])
    duration_ms = a.pick.one([999, 1_000, 45_000, 600_000, 600_001])
    return c.AttachVoice(matter, stage, year, number, PICTURE, duration_ms)
