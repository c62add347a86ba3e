"""The call of a meeting as its form says it (召集单): read from the form, completed from the register, not yet sent.

Who is called and who of them has a vote comes from the roll of the meeting's day alone; the form only leaves people
out, where the village allows that, and invites guests, who have no vote.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from flask import request

from kiosk import wording
from kiosk.core.commands import ConveneMeeting
from kiosk.core.law.roll import (
    holds,
    observers,
    representatives_share,
    seats_with_vote,
    unrepresented_households,
    women_share,
)
from kiosk.core.law.rules import RuleRow
from kiosk.core.law.statute import BODY_ROWS
from kiosk.core.matters.matter import Matter
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.terms import Body, Capacity, MatterId, MeetingId, PersonId, Sex, day_of
from kiosk.core.values import AgendaItem, Exclusion, Seat
from kiosk.core.village import Village
from kiosk.store.register import Person
from kiosk.web.answers import Unclear
from kiosk.web.filling import said
from kiosk.web.forms import day, identifier, instant, line, number, one_of
from kiosk.wording import Sentence

MINUTES = (10, 20, 30)
URGENT_FOR = ("汛情、险情紧急。", "上级要求限期办理。", "农时不等人。")
LEFT_OUT_FOR = ("外出，多次联系不上。", "外出，确认不能回村。", "因病不能表达意志。")
TOWNSHIP_PLACES = (1, 2, 3)
INVITED = (Capacity.TOWNSHIP_OFFICER, Capacity.ADVISER, Capacity.GRID_WORKER)
"""Who may be asked to sit in without a vote (列席) besides those whom the rules call anyway."""


def row_of(village: Village, body: Body) -> RuleRow:
    """The body's ordinary rule row, on which it is called and seated (召集规则)."""
    return village.rows[BODY_ROWS[body]]


def strictest(village: Village, body: Body, matter: Matter) -> RuleRow:
    """Of the rows that the meeting stands on, the one that asks for the longest notice (通知天数)."""
    row = row_of(village, body)
    return max(row, village.rows[matter.row_at(row.stage)], key=lambda r: r.notice_days)


def read_call(village: Village, people: Sequence[Person]) -> ConveneMeeting:
    """The command that the form asks for; whether it is lawful the rules say. Unclear, Malformed as the fields are."""
    body = one_of(Body, "body", "哪个会议")
    follows = request.form.get("follows", "")
    leader = request.form.get("leader", "")
    group = number("group", "村民小组")
    starts_at = _starts_at()
    left_out = _exclusions(people)
    seats = _seats(village, body, group, people, day_of(starts_at), left_out)
    return ConveneMeeting(
        meeting=MeetingId(identifier("meeting")),
        body=body,
        group=group,
        place=line("place", "地点"),
        starts_at=starts_at,
        agenda=_agenda(),
        seats=seats,
        exclusions=left_out,
        urgent_ground=said("urgent", "为什么临时通知"),
        follows=MeetingId(follows) if follows else None,
        leader=PersonId(leader) if leader else None,
    )


def _starts_at() -> datetime:
    on = day("other_day", "日期") or day("day", "日期")
    if on is None:
        raise Unclear(Sentence("还没有选开会的日期。", "请点一个日期。"))
    return instant(on, "other_time" if request.form.get("other_time") else "time", "时间")


def _agenda() -> tuple[AgendaItem, ...]:
    ticked = [MatterId(matter) for matter in request.form.getlist("matters")]
    return tuple(
        AgendaItem(matter, number(f"minutes-{matter}", "时间"), f"consent-{matter}" in request.form)
        for matter in ticked
    )


def _exclusions(people: Iterable[Person]) -> tuple[Exclusion, ...]:
    left_out = set(request.form.getlist("left_out"))
    ground = said("left_out_ground", "为什么不计入应到")
    basis = line("left_out_basis", "依据")
    return tuple(Exclusion(p.id, p.name, ground, basis) for p in people if p.id in left_out)


def _seats(
    village: Village,
    body: Body,
    group: int,
    people: Sequence[Person],
    on: date,
    left_out: Iterable[Exclusion],
) -> tuple[Seat, ...]:
    row, out = row_of(village, body), frozenset(exclusion.person for exclusion in left_out)
    voting = seats_with_vote(row, people, on, group=group, left_out=out)
    attending = observers(row, people, on, group=group, entitled=voting)
    called = [*voting, *(seat for seat in attending if seat.person not in out)]
    known = {seat.person for seat in called} | out
    invited = set(request.form.getlist("guests"))
    guests = [p for p in people if p.id in invited and p.id not in known]
    return (*called, *(_guest(person, on) for person in guests), *_of_township())


def _guest(person: Person, on: date) -> Seat:
    capacity = next((c for c in INVITED if holds(person, c, on)), Capacity.ADVISER)
    of_village = capacity not in INVITED[:2]
    post = "" if of_village else person.title
    return Seat(person.id, person.name, person.sex, person.group, capacity, votes=False, post=post)


def _of_township() -> Iterator[Seat]:
    """Who comes for the township (乡镇参会人员), as the form says it: of no register, so by name and post."""
    meeting = identifier("meeting")
    for n in TOWNSHIP_PLACES:
        name, post = line(f"township_name_{n}", "姓名"), line(f"township_post_{n}", "职务")
        if name and not post:
            raise Unclear(
                Sentence(f"还没有写{name}的职务。", "签到表、会议记录上要有乡镇参会人员的职务。")
            )
        if name:
            sex, person = (
                one_of(Sex, f"township_sex_{n}", f"{name}的性别"),
                PersonId(f"t{n}-{meeting}"),
            )
            yield Seat(person, name, sex, 0, Capacity.TOWNSHIP_OFFICER, votes=False, post=post)


def guests(people: Iterable[Person], on: date) -> list[tuple[str, str, str]]:
    """Who may be invited to sit in (列席): id, name, and as what."""
    found: list[tuple[str, str, str]] = []
    for person in people:
        capacity = next((c for c in INVITED if holds(person, c, on)), None)
        if capacity is not None:
            found.append((person.id, person.name, wording.CAPACITIES[capacity]))
    return found


def counted(
    village: Village, command: ConveneMeeting, people: Sequence[Person], today: date
) -> dict[str, object]:
    """Everything that the call comes to, with its arithmetic (应到、要到、妇女比例、户数、通知天数)."""
    row, on = row_of(village, command.body), day_of(command.starts_at)
    voting = [seat for seat in command.seats if seat.votes]
    unit = "户" if row.by_household else "人"
    matters = [village.matter(item.matter) for item in command.agenda]
    notice = max((strictest(village, command.body, m) for m in matters), key=_days)
    women = women_share(row, command.seats)
    silent = unrepresented_households(people, on, group=command.group) if row.by_household else ()
    return {
        "unit": unit,
        "voting": voting,
        "attending": [seat for seat in command.seats if not seat.votes],
        "entitled": len(voting),
        "needed": row.quorum.least(len(voting)),
        "quorum": wording.example(row.quorum, len(voting), unit=unit),
        "quorum_basis": row.quorum_basis,
        "women": women,
        "women_basis": row.women_basis,
        "representatives": representatives_share(command.seats)
        if command.body is Body.REPRESENTATIVES
        else None,
        "silent": silent,
        "days": (on - today).days,
        "notice": notice,
    }


def _days(row: RuleRow) -> int:
    return row.notice_days


def leaders(first: Meeting, seats: Iterable[Seat]) -> list[tuple[str, str]]:
    """Who sits with a vote in both committees and so may lead both in one sitting (一人兼任)."""
    return [(s.person, s.name) for s in seats if s.votes and s.person in first.entitled]
