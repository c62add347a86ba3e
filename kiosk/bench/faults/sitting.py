"""A meeting held through power cuts (断电中的会议): check-in, opening, votes at several screens, close, publication.

People behave as the pages' script does: what is not acknowledged is sent again with the same command id. A ballot's id
stands with the paired screen, so 确认 is simply pressed again.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import Enum
from itertools import count

import requests

from kiosk.bench.faults.audit import (
    Deed,
    Findings,
    Notebook,
    audit,
    audit_count,
    journal_of,
    on_record,
)
from kiosk.bench.faults.mains import Cut, Mains
from kiosk.core.terms import DeviceKind
from kiosk.demo.story import MATTER, TODAY
from kiosk.rehearsal.meeting import SECRETARY, VOTE, DidNotHold, choice_of, must
from kiosk.rehearsal.server import RealServer
from kiosk.rehearsal.visitors import BallotScreen, BigScreen, Officer
from kiosk.setting_up import Codes

SCREENS = 3
DATABASE = "kiosk.sqlite3"
ON_RECORD_WITHIN_S = 90.0
PAGE_WITHIN_S = 30


class Phase(Enum):
    """Where in a meeting the power may be cut."""

    CHECK_IN = "签到"
    OPENING = "宣布开会"
    VOTE = "开始表决"
    BALLOT = "投票"
    CLOSE = "结束表决"
    ADJOURN = "散会"
    PAPER = "出决议书"


Place = tuple[Phase, int]
"""A phase, and before which deed in it, counted from 0."""


@dataclass
class Sitting:
    """One meeting with its power cuts.

    Attributes:
        notebook: what people sent and were told.
        findings: what the audits found, after each start and at the end.
        on_record_already: deeds that were committed though their acknowledgement was lost.
        sent_again: deeds that were not acknowledged before the power was cut.
    """

    server: RealServer
    codes: Codes
    cuts: Mapping[Place, Cut]
    notebook: Notebook = field(default_factory=Notebook)
    findings: Findings = field(default_factory=Findings)
    on_record_already: int = 0
    sent_again: int = 0
    mains: Mains = field(init=False)
    officer: Officer = field(init=False)
    hall: BigScreen = field(init=False)
    screens: list[BallotScreen] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.mains = Mains(self.server, self._pages_can_be_had, self._audit)
        self.officer = Officer(self.server.url)
        self.hall = BigScreen(self.server.url)

    def hold(self, voters: Sequence[str], others: Sequence[str]) -> None:
        """Hold the meeting to its published paper and sealed film.

        Raises:
            DidNotHold: the paper, the film or the big screen did not come.
            Said: the kiosk refused what is lawful, or what had been acknowledged before.
            NeverAnswered, RuntimeError: it did not come back.
        """
        self._gather()
        for number, person in enumerate([*voters, *others]):
            self._act((Phase.CHECK_IN, number), "/checkin/in", person=person)
        self._act((Phase.OPENING, 0), "/console/open")
        self.mains.settle()
        self._await('"kind":"RecordingStarted"')
        self._act((Phase.VOTE, 0), "/console/vote", matter=MATTER, running_tally="yes")
        self._ballots(voters)
        self._act((Phase.CLOSE, 0), "/console/close", vote=VOTE)
        self._act((Phase.ADJOURN, 0), "/console/adjourn")
        self.mains.settle()
        self._cut_at((Phase.PAPER, 0))
        self.mains.settle()
        self._await('"paper":"resolution"')
        self._await('"kind":"RecordingStopped"')
        try:
            # It was there all the while; by itself it comes to show what the journal says at the end.
            self.hall.wait_for_entry(len(self.lines()), ON_RECORD_WITHIN_S)
        except TimeoutError as error:
            raise DidNotHold(str(error)) from error
        self.findings.add(audit(self.lines(), self.notebook.told))
        self.findings.add(audit_count(self.lines(), self.notebook.told, VOTE))

    def leave(self) -> None:
        """Switch the big screen off, which would else look for its server for ever."""
        self.hall.close()

    def lines(self) -> list[str]:
        """The journal as it is on the disk."""
        return journal_of(self.server.settings.data_dir / DATABASE)

    def _gather(self) -> None:
        code = next(code for person, _, _, code in self.codes.officers if person == SECRETARY)
        self.officer.sign_in(SECRETARY, code)
        first = dict(self.codes.screens)[DeviceKind.BALLOT]
        for number in range(SCREENS):
            screen = BallotScreen(self.server.url)
            screen.pair(first if number == 0 else self.officer.pairing_code("ballot"))
            self.screens.append(screen)
        self.hall.pair(dict(self.codes.screens)[DeviceKind.HALL])

    def _act(self, place: Place, path: str, **fields: str) -> None:
        """The officer's deed, with an id that is the same however often it is sent."""
        phase, number = place
        deed = Deed(command=f"{phase.name.lower()}-{number:05d}")
        sent = {"meeting": str(TODAY), "command_id": deed.command} | fields
        self._cut_at(place)
        self._do(deed, lambda: self.officer.send(path, **sent))

    def _do(self, deed: Deed, send: Callable[[], object]) -> None:
        self.notebook.send(deed)
        self.mains.until_answered(send)
        self.notebook.hear(deed)

    def _cut_at(self, place: Place) -> None:
        if (cut := self.cuts.get(place)) is not None:
            self.mains.cut(cut)

    def _ballots(self, voters: Sequence[str]) -> None:
        """Everybody votes, at several screens at once; which deed is the n-th, is as it happens."""
        numbers = count()

        def at_screen(lane: int) -> None:
            for place in range(lane, len(voters), SCREENS):
                self._cut_at((Phase.BALLOT, next(numbers)))
                self._ballot(self.screens[lane], voters[place], choice_of(place).value)

        with ThreadPoolExecutor(SCREENS) as pool:
            list(pool.map(at_screen, range(SCREENS)))

    def _ballot(self, screen: BallotScreen, person: str, choice: str) -> None:
        turn = {"meeting": str(TODAY), "vote": str(VOTE), "person": person}
        self.mains.until_answered(lambda: screen.send("/ballot/turn", **turn))
        self.mains.until_answered(lambda: screen.send("/ballot/confirm", choice=choice))
        deed = Deed(person=person, choice=choice)
        self._do(deed, lambda: screen.send("/ballot/cast", choice=choice))

    # --- after a start

    def _pages_can_be_had(self) -> None:
        """The console and a ballot screen, by the sessions and pairings of before the cut."""
        for browser, path in ((self.officer, "/console/"), (self.screens[0], "/ballot/choose")):
            answer = requests.get(
                self.server.url + path,
                cookies=browser.session.cookies.get_dict(),
                timeout=PAGE_WITHIN_S,
            )
            must(answer.status_code < requests.codes.server_error, f"{path}：{answer.status_code}")
            must("/signin" not in answer.url and "/pair" not in answer.url, f"{path}：要重新登录")

    def _audit(self) -> None:
        told, waiting = list(self.notebook.told), list(self.notebook.waiting)
        lines = self.lines()
        known = on_record(lines)
        self.sent_again += len(waiting)
        self.on_record_already += sum(deed in known for deed in waiting)
        self.findings.add(audit(lines, told))

    def _await(self, sign: str) -> None:
        """Wait until an entry of the journal bears the sign."""
        until = time.monotonic() + ON_RECORD_WITHIN_S
        while not any(sign in line for line in self.lines()):
            must(time.monotonic() < until, f"没有等到 {sign}")
            time.sleep(0.3)
