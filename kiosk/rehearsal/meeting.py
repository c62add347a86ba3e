"""The rehearsed meeting: from an empty room to the resolution on a phone, checking on the way what must hold."""

import hashlib
import queue
import re
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from kiosk.app import create_app
from kiosk.core.ballot_terms import Choice
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.terms import DeviceKind, VoteId
from kiosk.core.values import Seat
from kiosk.core.village import Village
from kiosk.demo.story import MATTER, TODAY
from kiosk.rehearsal.server import RealServer
from kiosk.rehearsal.visitors import BallotScreen, BigScreen, Browser, Officer, Said
from kiosk.setting_up import Codes

SECRETARY = "p0003"
VOTE = VoteId(f"{TODAY}-vote-1")
BALLOT_SCREENS = 3
PAPER_WITHIN_S = 10.0
LIVE_WITHIN_S = 2.0
FILM_WITHIN_S = 30.0
VOTING_LASTS_S = 8.0
"""How long the voting of a rehearsal lasts at least, whatever the number of people: enough film to look at."""


class DidNotHold(Exception):
    """Something that must hold did not; the message is for people."""


def must(holds: object, what: str) -> None:
    """Raise DidNotHold unless it holds."""
    if not holds:
        raise DidNotHold(what)


@dataclass(slots=True)
class Rehearsal:
    """One rehearsed meeting with everybody in it. `said` collects what was seen, for the report."""

    server: RealServer
    codes: Codes
    officer: Officer = field(init=False)
    hall: BigScreen = field(init=False)
    ballots: list[BallotScreen] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    pdf: bytes = b""

    def __post_init__(self) -> None:
        self.officer = Officer(self.server.url)
        self.hall = BigScreen(self.server.url)

    def village(self) -> Village:
        """What the database holds, read from outside the server."""
        return create_app(self.server.settings).parts.village()

    def meeting(self) -> Meeting:
        """The meeting as the database holds it."""
        return self.village().meetings[TODAY]

    def steps(self) -> Iterator[str]:
        """Hold the meeting; yields the name of each piece of work when it is done.

        Raises:
            DidNotHold: something that must hold did not.
        """
        self.gather()
        yield "登录和配对"
        seats = list(self.meeting().seats.values())
        voters = [seat for seat in seats if seat.votes]
        needed = self.meeting().row.quorum.least(len(voters))
        yield from self._check_in(voters[: needed - 1])
        self._try_to_open_without_quorum(needed)
        yield from self._check_in(voters[needed - 1 :])
        yield from self._check_in([seat for seat in seats if not seat.votes])
        self.open()
        yield "宣布开会，开始录像"
        self._open_vote()
        self._observers_are_told(seats)
        yield "列席人员不能表决"
        yield from self._vote(voters)
        self._repeat_a_ballot(voters[0])
        self._close(len(voters))
        yield "结束表决"
        self._adjourn()
        yield "散会，决议上公开栏"
        self._film_is_sealed()
        yield "录像封存"

    @staticmethod
    def work(people: int) -> int:
        """How many steps there will be for so many people on the roll."""
        observers, single_steps = 9, 6
        return 2 * people + observers + single_steps

    def gather(self) -> None:
        """Everybody signs in and pairs."""
        code = next(code for person, _, _, code in self.codes.officers if person == SECRETARY)
        self.officer.sign_in(SECRETARY, code)
        screens = dict(self.codes.screens)
        for number in range(BALLOT_SCREENS):
            screen = BallotScreen(self.server.url)
            first = screens[DeviceKind.BALLOT]
            screen.pair(first if number == 0 else self.officer.pairing_code("ballot"))
            self.ballots.append(screen)
        self.hall.pair(screens[DeviceKind.HALL])

    def _check_in(self, seats: Sequence[Seat]) -> Iterator[str]:
        for seat in seats:
            self.officer.send("/checkin/in", meeting=TODAY, person=seat.person)
            yield "签到"

    def _try_to_open_without_quorum(self, needed: int) -> None:
        try:
            self.officer.send("/console/open", meeting=TODAY)
        except Said as said:
            must(f"要到{needed}人，实到{needed - 1}人" in said.what, f"人数不够时的说明：{said}")
            self.said.append(f"{needed - 1}人时不能开会：{said.what}{said.basis}")
            return
        raise DidNotHold("人数不够却开了会")

    def open(self) -> None:
        """Declare the meeting open; the big screen and the recorder follow."""
        self.officer.send("/console/open", meeting=TODAY)
        self.hall.wait_for(
            lambda html: "名册已定" in html and "code__digits" in html, LIVE_WITHIN_S
        )
        self.await_that(lambda m: m.recording.is_running, "录像没有开始")

    def _open_vote(self) -> None:
        self.officer.send("/console/vote", meeting=TODAY, matter=MATTER, running_tally="yes")
        self.hall.wait_for(lambda html: "hall--voting" in html, LIVE_WITHIN_S)

    def _observers_are_told(self, seats: Sequence[Seat]) -> None:
        for seat in (s for s in seats if not s.votes):
            try:
                self.ballots[0].vote(TODAY, VOTE, seat.person, "for")
            except Said as said:
                must("没有表决权" in said.what, f"列席人员听到的是：{said}")
                continue
            raise DidNotHold(f"{seat.name}列席，却投了票")

    def _vote(self, voters: Sequence[Seat]) -> Iterator[str]:
        """Everybody votes, at several screens at once; each screen takes one person at a time."""
        cast: queue.Queue[Exception | None] = queue.Queue()
        with ThreadPoolExecutor(BALLOT_SCREENS) as pool:
            for number, screen in enumerate(self.ballots):
                pool.submit(
                    self._vote_at, screen, list(enumerate(voters))[number::BALLOT_SCREENS], cast
                )
            for _ in voters:
                trouble = cast.get(timeout=60)
                if trouble is not None:
                    raise DidNotHold(f"有一票没有投上：{trouble}") from trouble
                yield "表决"

    def _vote_at(
        self,
        screen: BallotScreen,
        queued: Sequence[tuple[int, Seat]],
        cast: "queue.Queue[Exception | None]",
    ) -> None:
        for place, seat in queued:
            time.sleep(VOTING_LASTS_S / len(queued))  # people take their time
            try:
                screen.vote(TODAY, VOTE, seat.person, choice_of(place).value)
                cast.put(None)
            except Exception as trouble:  # handed over: the meeting's thread raises it
                cast.put(trouble)
                return

    def _repeat_a_ballot(self, seat: Seat) -> None:
        before = self.meeting().votes[VOTE].tally
        for screen in self.ballots[:2]:
            try:
                screen.vote(TODAY, VOTE, seat.person, "against")
            except Said as said:
                must("已经表决过" in said.what, f"再投一次听到的是：{said}")
            else:
                raise DidNotHold("同一个人投了两次票")
        must(self.meeting().votes[VOTE].tally == before, "再投一次改变了票数")

    def _close(self, voters: int) -> None:
        tally = self.meeting().votes[VOTE].tally
        must(tally.present == voters, f"四个数加起来不是到会人数：{tally}")
        self.officer.send("/console/close", meeting=TODAY, vote=VOTE)
        seconds = self.hall.wait_for(lambda html: "hall--result" in html, LIVE_WITHIN_S)
        self.said.append(f"表决结果{seconds:.2f}秒后上了大屏")

    def _adjourn(self) -> None:
        began = time.monotonic()
        self.officer.send("/console/adjourn", meeting=TODAY)
        phone = Browser(self.server.url)
        while True:
            page = phone.open("/")
            found = re.search(r'href="(/r/\d+-\d+\.pdf)"', page)
            if found:
                break
            must(time.monotonic() - began < PAPER_WITHIN_S, "散会10秒后公开栏上还没有决议书")
            time.sleep(0.1)
        self.pdf = phone.session.get(phone.url + found.group(1), timeout=30).content
        seconds = time.monotonic() - began
        must(self.pdf.startswith(b"%PDF"), "公开栏上的决议书不是 PDF")
        told = phone.open(found.group(1).removesuffix(".pdf"))
        size = re.search(r"算前(\d+)字节", told)
        paper = self.pdf[: int(size[1])] if size else b""
        must(hashlib.sha256(paper).hexdigest() in told, "决议书与公开栏上的校验值不一致")
        must(seconds <= PAPER_WITHIN_S, f"决议书用了{seconds:.1f}秒")
        self.said.append(f"散会{seconds:.2f}秒后手机打开了决议书（{len(self.pdf) // 1024} KB）")

    def _film_is_sealed(self) -> None:
        self.await_that(lambda m: m.recording.stopped, "录像没有封存")
        self.hall.close()

    def await_that(self, holds: Callable[[Meeting], bool], otherwise: str) -> None:
        """Wait until the database says so. DidNotHold with `otherwise` if it never does."""
        until = time.monotonic() + FILM_WITHIN_S
        while not holds(self.meeting()):
            must(time.monotonic() < until, otherwise)
            time.sleep(0.3)


def choice_of(place: int) -> Choice:
    """Who votes how in a rehearsal: most in favour, every eighth against, every eleventh abstaining."""
    if place % 8 == 7:  # noqa: PLR2004 -- the pattern just named
        return Choice.AGAINST
    return Choice.ABSTAIN if place % 11 == 10 else Choice.FOR  # noqa: PLR2004 -- same
