"""A village that has decided hundreds of matters (办过几百件事的村): for measurements, and for tests of long lists.

Everything goes through the one door as any other past. Many matters go before one meeting of a small village, so that
a thousand papers' worth of record is told in seconds.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from kiosk.core.commands import (
    AdoptCatalogue,
    AnswerNeed,
    AssignWorks,
    FileNeed,
    FoundVillage,
    InspectWorks,
    PublishResult,
    RaiseMatter,
    RecordContract,
    ReportProgress,
    RequestAcceptance,
    StartWorks,
)
from kiosk.core.terms import (
    Body,
    MatterId,
    MeetingId,
    NeedId,
    PersonId,
    Purpose,
    Role,
    Standing,
)
from kiosk.demo.one_commit import in_one_commit
from kiosk.demo.people import demonstration_people
from kiosk.demo.proposals import CANTEEN, ROAD
from kiosk.demo.story import VILLAGE, shipped_catalogue
from kiosk.demo.telling import Deed, Teller, Turnout, said, tell
from kiosk.keeping import JournalStore
from kiosk.store.register import Person, Register

SINCE = date(2016, 1, 1)
AT_ONCE = 50
"""Matters before one meeting."""
A_BATCH_DAYS = 60
"""From the raising of some matters to that of the next."""
PUBLIC_DAYS = 15
PLACES = ("虎头岭", "峎下", "石埗", "大塱", "坑尾", "河唇", "新围", "祠堂边", "老榕树下", "晒谷场")
WORKS = ("机耕路硬化", "灌溉渠清淤", "路灯安装", "公厕改造", "垃圾屋搬迁", "水塔维修", "篮球场翻新")
SITTINGS = (
    (Body.PARTY_COMMITTEE, 1, 3, 0),
    (Body.TWO_COMMITTEES, 4, 6, 0),
    (Body.PARTY_MEETING, 8, 13, 0),
    (Body.REPRESENTATIVES, 15, 24, 2),
)
"""Who decides on a batch: called and held on these days after its raising, with so many against."""
_OWNER, _OWNER_NAME = PersonId("p0004"), "林观塱"


def few_people() -> tuple[Person, ...]:
    """The demonstration village with as few representatives as its bodies need, in office since long ago."""
    return tuple(
        replace(person, posts=tuple(replace(post, since=SINCE) for post in person.posts))
        for person in demonstration_people(representatives=20)
    )


def found_many(
    register: Register, store: JournalStore, now: datetime, portal_url: str, matters: int
) -> None:
    """Make a village that has decided so many matters and carried most of them out, ending at `now`."""
    people = few_people()
    register.enrol(VILLAGE, people)
    with in_one_commit(store, VILLAGE) as one:
        tell(Teller(one, VILLAGE, people, now), past_of(matters, portal_url))


def past_of(matters: int, portal_url: str) -> list[Deed]:
    """The founding, and so many matters in batches; the newest batch has been decided four days ago."""
    every = [_raised(number) for number in range(1, matters + 1)]
    batches = [every[i : i + AT_ONCE] for i in range(0, len(every), AT_ONCE)]
    begins = [-(28 + A_BATCH_DAYS * back) for back in range(len(batches))][::-1]
    deeds = [_founded(begins[0] - 5, portal_url)]
    for number, (begin, batch) in enumerate(zip(begins, batches, strict=True), start=1):
        deeds += _batch(number, begin, batch)
    return deeds


def _founded(day: int, portal_url: str) -> Deed:
    founding = FoundVillage(
        VILLAGE, "金塱村", "马塘镇", "0660-8600123", portal_url, Purpose.DEMONSTRATION
    )
    adopting = AdoptCatalogue(shipped_catalogue(), "县级小微权力清单", "马塘镇人民政府")
    return said(day, Role.ADMIN, founding, adopting)


def _raised(number: int) -> RaiseMatter:
    place, works = PLACES[number % len(PLACES)], WORKS[number % len(WORKS)]
    like = CANTEEN if number % 2 else ROAD
    return replace(
        like,
        matter=MatterId(f"many-{number}"),
        title=f"{place}{works}（{number}）",
        amount_fen=1_000_000 + number * 100_000,
        proposal=(f"{place}{works}，第{number}件。", *like.proposal),
        needs=(),
    )


def _batch(number: int, begin: int, batch: Sequence[RaiseMatter]) -> Iterator[Deed]:
    """Some matters through all four bodies, and their works to the end where there is time."""
    ids = [raised.matter for raised in batch]
    name = f"many-{number}"
    yield said(begin, Role.SECRETARY, *batch)
    yield from _need(number, begin)
    for body, called, held, against in SITTINGS:
        yield from _decided(body, name, (begin + called, begin + held), ids, against)
    if begin + A_BATCH_DAYS < 0:
        yield from _works(begin + 40, batch)


def _decided(
    body: Body, name: str, days: tuple[int, int], matters: Sequence[MatterId], against: int
) -> tuple[Deed, Deed]:
    """A body was called and held on these two days, and decided on all of these together."""
    meeting, (called, held) = MeetingId(f"{body.value}-{name}"), days
    together = Turnout(against=against)
    return (
        (called, lambda teller: teller.convene(meeting, body, matters, held, consent=True)),
        (held, lambda teller: teller.hold(meeting, together, together=True)),
    )


def _need(number: int, day: int) -> Iterator[Deed]:
    need = NeedId(f"many-need-{number}")
    wish = f"{PLACES[number % len(PLACES)]}的路灯坏了，请派人修（{number}）。"
    yield said(day, Role.VILLAGER, FileNeed(need, Standing.VILLAGER, "一位村民", wish, 0, 0))
    yield said(day + 2, Role.SECRETARY, AnswerNeed(need, "已派电工去修，三天内修好。"))


def _works(day: int, batch: Sequence[RaiseMatter]) -> Iterator[Deed]:
    for raised in batch:
        matter, budget = raised.matter, raised.amount_fen
        yield day, _assigning(matter, budget, day)
        yield said(day + 3, Role.SECRETARY, ReportProgress(matter, "已完成一半。", budget // 2))
        done = RequestAcceptance(matter, "按方案做完。", budget - 10_000)
        yield said(day + 5, Role.SECRETARY, done)
        seen = InspectWorks(matter, accepted=True, statement="到场查看，与方案相符。")
        yield said(day + 6, Role.SUPERVISOR, seen)
        result = PublishResult(matter, f"{raised.title}已完工。", PUBLIC_DAYS)
        yield said(day + 7, Role.SECRETARY, result)


def _assigning(matter: MatterId, budget_fen: int, day: int) -> Callable[[Teller], None]:
    def assign(teller: Teller) -> None:
        command = AssignWorks(matter, _OWNER, _OWNER_NAME, teller.day(day + 30), budget_fen)
        contract = RecordContract(
            matter, "马塘镇宏基建筑工程队", budget_fen - 5_000, teller.day(day)
        )
        teller.do(Role.SECRETARY, command, contract, StartWorks(matter))

    return assign
