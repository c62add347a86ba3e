"""Everybody who takes part in the course of a matter: officers at the console, ballot screens, a villager, the clock.

What each does is said by the words on the pages; how often somebody pressed something is counted for the report.
"""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.app import Application, create_app, utc_now
from kiosk.core.ballot_terms import Choice
from kiosk.core.terms import DeviceKind, PersonId, VoteId
from kiosk.core.village import Village
from kiosk.rehearsal.server import RealServer
from kiosk.rehearsal.visitors import BallotScreen, Browser, Officer
from kiosk.setting_up import Codes
from kiosk.store.register import Person
from kiosk.web.settings.rehearsing import STEPS

CHAIR, SECRETARY, SUPERVISOR = PersonId("p0001"), PersonId("p0003"), PersonId("p0010")
BALLOT_SCREENS = 3


@dataclass(slots=True)
class People:
    """Who takes part. `outside` reads the database from outside the server, and only reads."""

    server: RealServer
    chair: Officer
    secretary: Officer
    supervisor: Officer
    villager: Browser
    screens: list[BallotScreen]
    outside: Application
    days: int = 0

    @classmethod
    def gathered(cls, server: RealServer, codes: Codes) -> "People":
        """Everybody signs in and pairs."""
        given = {person: code for person, _, _, code in codes.officers}
        chair, secretary, supervisor = (Officer(server.url) for _ in range(3))
        for officer, person in ((chair, CHAIR), (secretary, SECRETARY), (supervisor, SUPERVISOR)):
            officer.sign_in(person, given[person])
        screens = [BallotScreen(server.url) for _ in range(BALLOT_SCREENS)]
        first = dict(codes.screens)[DeviceKind.BALLOT]
        for number, screen in enumerate(screens):
            screen.pair(first if number == 0 else secretary.pairing_code("ballot"))
        return cls(
            server=server,
            chair=chair,
            secretary=secretary,
            supervisor=supervisor,
            villager=Browser(server.url),
            screens=screens,
            outside=create_app(server.settings),
        )

    def village(self) -> Village:
        """What the database holds."""
        return self.outside.parts.village()

    def now(self) -> datetime:
        """The present instant of the rehearsal."""
        return utc_now() + timedelta(days=self.days)

    def person(self, person: PersonId) -> Person:
        """Somebody of the register."""
        found = self.outside.parts.register.person(self.outside.parts.home, person)
        assert found is not None
        return found

    def wait(self, days: int) -> None:
        """Let so many days go by: the secretary moves the clock, the others sign in again."""
        left = days
        while left > 0:
            step = max(step for step in STEPS if step <= left)
            self.secretary.open("/rehearsal/")
            self.secretary.press(f"前进{step}天")
            left -= step
        self.days += days
        for officer in (self.chair, self.supervisor):
            officer.sign_in_again()

    def vote(self, meeting: str, vote: VoteId, ballots: Sequence[tuple[PersonId, Choice]]) -> None:
        """Everybody votes, at all screens at once; each screen takes one person after the other."""

        def at_screen(number: int) -> None:
            for person, choice in ballots[number :: len(self.screens)]:
                self.screens[number].vote(meeting, vote, person, choice.value)

        with ThreadPoolExecutor(len(self.screens)) as pool:
            list(pool.map(at_screen, range(len(self.screens))))

    def browsers(self) -> Iterable[Browser]:
        """Every browser that takes part."""
        return (self.chair, self.secretary, self.supervisor, self.villager, *self.screens)

    def taps(self) -> int:
        """How often anybody pressed or chose something."""
        return sum(browser.taps for browser in self.browsers())

    def requests(self) -> int:
        """How many requests the server was sent."""
        return sum(browser.requests for browser in self.browsers())

    def unmarked(self) -> list[str]:
        """The pages that did not say that this is a rehearsal."""
        return sorted({path for browser in self.browsers() for path in browser.unmarked})
