"""What the tests of the web shell share: the demonstration village on a morning in November, and who comes to it.

    house.check_in(30).open().open_vote().cast(16, 10, 2)     # by the one door, quickly
    officer = house.officer(SECRETARY)                        # over HTTP, as people do
    officer.send("/console/close", ...)                       # as the page's script sends a form
    officer.post("/console/close", ...)                       # as a browser without script sends it

The application is the real one; only its clock is in our hands. Nothing runs by itself: a test that wants papers,
live pages or film starts the press, the live screens or the operator. Argon2 is made cheap where a secret is stored,
and its hash carries that with it.
"""

import re
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import count
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from jinja2 import BytecodeCache
from sharing import made_once

from kiosk import wording
from kiosk.app import create_app, open_store, utc_now
from kiosk.config import Settings
from kiosk.core import commands as c
from kiosk.core.ballot_terms import Channel, Choice, Method
from kiosk.core.history import NOTHING, Known, caught_up
from kiosk.core.journal import read
from kiosk.core.refusals import Malformed
from kiosk.core.sheets import unsigned
from kiosk.core.terms import (
    CHINA,
    Body,
    CommandId,
    DeviceId,
    KindId,
    MatterId,
    MeetingId,
    Origin,
    Purpose,
    Role,
    RowId,
    VoteId,
)
from kiosk.core.values import Actor, AgendaItem, Attachment
from kiosk.demo.founding import found_demonstration
from kiosk.demo.proposals import MANDATE
from kiosk.demo.story import MATTER, TODAY, VILLAGE, Past
from kiosk.demo.telling import seats
from kiosk.store.credentials import Credentials
from kiosk.store.devices import DeviceKind, Devices
from kiosk.store.journal import SqlJournal
from kiosk.store.register import Register

OPENING = datetime(2026, 11, 22, 9, 0, tzinfo=CHINA)
BODIES = (Body.PARTY_COMMITTEE, Body.TWO_COMMITTEES, Body.PARTY_MEETING, Body.REPRESENTATIVES)
VOTE = VoteId(f"{TODAY}-vote-1")
CHAIR, CHAIR_AND_ADMIN = "p0002", "p0001"
SECRETARY, SECRETARY_AND_ADMIN = "p0005", "p0003"
TELLER, SUPERVISOR = "p0006", "p0010"
OFFICERS = (CHAIR, CHAIR_AND_ADMIN, SECRETARY, SECRETARY_AND_ADMIN, TELLER, SUPERVISOR)
PIN = "284913"
SCRIPT = {"X-Kiosk-Form": "1"}
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
CSRF = re.compile(r'<meta name="csrf-token" content="([^"]+)"')
PATIENCE_S = 20


class Compiled(BytecodeCache):
    """Templates are compiled once for all applications of a test run: each would else compile its own."""

    def __init__(self):
        self._kept = {}

    def load_bytecode(self, bucket):
        if (kept := self._kept.get(bucket.key)) is not None:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket):
        self._kept[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


@lru_cache(maxsize=64)
def folded(lines: tuple[str, ...]) -> Known:
    """The village of a journal: folding is pure, so what the same lines give need not be found out again."""
    return caught_up(NOTHING, lines)


def know_at_once(kiosk):
    """Spare the service the journal's first hundreds of lines, which are the same in most houses."""
    lines = tuple(kiosk.lines(VILLAGE))
    with suppress(
        RuntimeError, Malformed
    ):  # a journal that a test has spoilt is the service's to judge
        kiosk._desk(VILLAGE).known = folded(lines)


class HandClock:
    """A clock that moves only where a test moves it."""

    def __init__(self, at=OPENING):
        self.at = at

    def __call__(self):
        return self.at

    def on(self, **by):
        self.at += timedelta(**by)


class Browser:
    """One browser: Flask's own test client, with the CSRF token that its pages carry."""

    def __init__(self, flask):
        self.client = flask.test_client()
        self._token = ""

    def open(self, path, status=200):
        """Open a page and give its text."""
        answer = self.client.get(path, buffered=True)
        assert answer.status_code == status, f"{path}: {answer.status}"
        return self.remember(answer).text

    def get(self, path, **options):
        return self.remember(self.client.get(path, buffered=True, **options))

    def remember(self, answer):
        if answer.mimetype == "text/html" and (found := CSRF.search(answer.text)):
            self._token = found.group(1)
        return answer

    def post(self, path, **fields):
        """Send a form as a browser without script."""
        return self.remember(self.client.post(path, data={"csrf_token": self.token} | fields))

    def send(self, path, **fields):
        """Send a form as the page's script does."""
        headers = SCRIPT | {"X-CSRFToken": self.token}
        return self.remember(self.client.post(path, data=fields, headers=headers))

    @property
    def token(self):
        if not self._token:
            self.open("/pair")
        return self._token

    def cookies(self):
        """Every cookie as a header carries it, to be played again by somebody else."""
        return "; ".join(f"{c.key}={c.value}" for c in self.client._cookies.values())


@dataclass
class House:
    """The village hall: one application over one database, a clock, and everybody who may come in."""

    settings: Settings
    clock: HandClock
    app: object = None
    _opened: list = field(default_factory=list)
    _numbers: Callable = None

    def __post_init__(self):
        self.app = self.another()
        self._numbers = count(len(self.lines())).__next__  # ids that no earlier house has given

    # --- the application

    def another(self):
        """Another application on the same database, as another start of the program."""
        application = create_app(self.settings, clock=self.clock)
        application.flask.jinja_env.bytecode_cache = COMPILED
        know_at_once(application.parts.kiosk)
        self._opened.append(application)
        return application

    def close(self):
        for application in self._opened:
            if application.operator._thread.is_alive():
                application.operator.stop()
            application.parts.credentials._engine.dispose()

    @property
    def engine(self):
        return self.app.parts.credentials._engine

    @property
    def kiosk(self):
        return self.app.parts.kiosk

    def village(self):
        return self.kiosk.village(VILLAGE)

    def meeting(self):
        return self.village().meetings[TODAY]

    def vote(self):
        return self.meeting().votes[VOTE]

    def lines(self):
        return self.kiosk.lines(VILLAGE)

    def entries(self, kind):
        return [entry for entry in map(read, self.lines()) if isinstance(entry.event, kind)]

    def events(self, kind):
        return [entry.event for entry in self.entries(kind)]

    # --- who comes

    def visitor(self, application=None):
        return Browser((application or self.app).flask)

    def officer(self, person, application=None):
        browser = self.visitor(application)
        browser.open(f"/signin/{person}")
        answer = browser.post(f"/signin/{person}", secret=PIN)
        assert answer.location in {"/console/", "/supervision/"}, answer.text
        return browser

    def issue_code(self, person, code):
        Credentials(self.engine, CHEAP).issue_code(person, code)

    def await_screen(self, kind, lasts=timedelta(minutes=15)):
        """A screen that waits to be paired; its code."""
        code = f"{10_000_000 + self._numbers():08d}"
        device = DeviceId(f"{kind.value}-{code}")
        until = self.clock() + lasts
        Devices(self.engine, CHEAP).await_pairing(device, VILLAGE, kind, code, until)
        return code

    def screen(self, kind, application=None):
        browser = self.visitor(application)
        code = self.await_screen(kind)
        assert browser.post("/pair", code=code).status_code == 303
        return browser

    def ballot_screen(self):
        return self.screen(DeviceKind.BALLOT)

    def hall_screen(self):
        return self.screen(DeviceKind.HALL)

    # --- the meeting, by the one door

    def voters(self):
        """Everybody entitled, in the order of the roll."""
        return sorted(p for p, seat in self.meeting().seats.items() if seat.votes)

    def do(self, command, role=Role.SECRETARY, person=SECRETARY):
        command_id = CommandId(f"house-{self._numbers():04d}")
        return self.kiosk.execute(VILLAGE, command, Actor(role, person), command_id)

    def check_in(self, number):
        for person in self.voters()[:number]:
            self.do(c.CheckIn(TODAY, person))
        return self

    def open(self):
        self.do(c.OpenMeeting(TODAY))
        return self

    def recuse(self, person):
        self.do(c.DeclareRecusal(TODAY, MATTER, person, "本人与此事有利害关系"))
        return self

    def open_vote(self, *, running_tally=True, method=Method.IN_TURN):
        shown = running_tally and method is not Method.SECRET
        self.do(c.OpenVote(TODAY, (MATTER,), VOTE, shown, method))
        return self

    def cast(self, in_favour=0, against=0, abstain=0):
        """Ballots of those who wait, in the order of the roll."""
        choices = [Choice.FOR] * in_favour + [Choice.AGAINST] * against
        choices += [Choice.ABSTAIN] * abstain
        waiting = sorted(self.vote().waiting)
        for person, choice in zip(waiting, choices, strict=False):
            ballot = c.CastBallot(TODAY, VOTE, person, (choice,), Channel.KIOSK_SCREEN)
            self.do(ballot, Role.VOTER, person)
        return self

    def close_vote(self):
        self.do(c.CloseVote(TODAY, VOTE, unused_confirmed=True))
        return self

    def adjourn(self):
        self.do(c.Adjourn(TODAY))
        return self

    def decided(self, in_favour=16, against=10, abstain=2, present=30):
        """A whole meeting, up to the publication."""
        self.check_in(present).open().open_vote().cast(in_favour, against, abstain)
        return self.close_vote().adjourn()

    # --- another meeting, by the one door

    def meet(self, body, matter, *, in_favour=None, group=0):
        """The body is called in time and held, the clock moving on: everybody comes, so many are in favour."""
        number = self._numbers()
        meeting, vote = MeetingId(f"{body.value}-{number}"), VoteId(f"{body.value}-{number}-vote")
        starts = self.clock() + timedelta(days=10)
        called = seats(body, self.app.parts.register.people(VILLAGE), starts.date(), group=group)
        agenda = (AgendaItem(matter, 30),)
        self.do(c.ConveneMeeting(meeting, body, group, "村党群议事厅", starts, agenda, called))
        self.clock.at = starts
        for seat in called:
            self.do(c.CheckIn(meeting, seat.person))
        self.do(c.OpenMeeting(meeting))
        self.do(c.OpenVote(meeting, (matter,), vote, running_tally=True))
        for place, seat in enumerate(called):
            yes = in_favour is None or place < in_favour
            choice = Choice.FOR if yes else Choice.AGAINST
            ballot = c.CastBallot(meeting, vote, seat.person, (choice,), Channel.KIOSK_SCREEN)
            self.do(ballot, Role.VOTER, seat.person)
        self.do(c.CloseVote(meeting, vote, unused_confirmed=False))
        self.do(c.Adjourn(meeting))
        return self

    def carry(self, raising):
        """Another matter through all four bodies, on later days, to its resolution."""
        self.do(raising)
        for body in BODIES:
            self.meet(body, raising.matter)
        return self

    def set_papers(self):
        """Let the press set everything that is due, and end."""
        self.app.press.start(VILLAGE)
        self.app.press.stop(within_s=300)
        return self


def signed(house):
    """The page of the resolution that people signed has come back."""
    for paper in unsigned(house.village(), MATTER):
        picture = Attachment("签字页.jpg", 9, "ab" * 32)
        named = (paper.subject, paper.paper, paper.from_seq)
        house.do(c.FileSignedSheet(*named, 3, picture, by_hand=True))
    return house


def public_phones(village):
    """The telephones of offices, which are for everybody to call."""
    return [village.office_phone, *(phone for _name, phone in wording.phones(village))]


def adjourning():
    """What `Kiosk.execute` takes to end the meeting."""
    return VILLAGE, c.Adjourn(TODAY), Actor(Role.SECRETARY, SECRETARY), CommandId("adjourning")


def another_matter(matter="matter-2"):
    return c.RaiseMatter(
        matter=MatterId(matter),
        kind=KindId("public_works"),
        row=RowId.REPRESENTATIVES,
        title="村道硬化",
        origin=Origin.OFFICERS,
        group=0,
        amount_fen=0,
        proposal=("把村口的路修好。",),
        for_means="同意",
        against_means="不同意",
        mandate=MANDATE,
    )


def wait_until(holds, within_s=PATIENCE_S):
    """Wait until it holds, and give what it gave."""
    until = time.monotonic() + within_s
    while not (found := holds()):
        assert time.monotonic() < until, "it did not come to hold"
        time.sleep(0.02)
    return found


def settings_in(folder):
    return Settings(
        data_dir=folder / "data",
        recordings_dir=folder / "recordings",
        public_url="http://127.0.0.1:8000",
        camera="card",
        microphone="none",
        film_height=360,
    )


def rehearsal_in(folder):
    return replace(settings_in(folder), rehearsal=True)


def _database(settings):
    return settings.data_dir / "kiosk.sqlite3"


def _found(settings, **options):
    """Make the database of the demonstration village, its officers with a PIN."""
    _flask, engine = open_store(settings)
    store, register = SqlJournal(engine), Register(engine)
    found_demonstration(register, store, lambda: OPENING, settings.public_url, **options)
    credentials = Credentials(engine, CHEAP)
    for person in OFFICERS:
        credentials.issue_code(person, PIN)
        credentials.set_pin(person, PIN, credentials.code_mark(person))
    engine.dispose()


@pytest.fixture(scope="session")
def founded_database(tmp_path_factory):
    """Only the past of today's matter: made once, copied for each test."""
    folder = made_once(tmp_path_factory, "founded", lambda made: _found(settings_in(made)))
    return _database(settings_in(folder))


@pytest.fixture(scope="session")
def whole_database(tmp_path_factory):
    """With everything else that happened in the demonstration village."""

    def make(folder):
        _found(settings_in(folder), past=Past.WHOLE)

    return _database(settings_in(made_once(tmp_path_factory, "whole", make)))


@pytest.fixture(scope="session")
def rehearsal_database(tmp_path_factory):
    """The same as a rehearsal, which has a clock of its own."""

    def make(folder):
        _found(rehearsal_in(folder), purpose=Purpose.REHEARSAL)

    return _database(rehearsal_in(made_once(tmp_path_factory, "rehearsal", make)))


def _copy(database: Path, settings):
    settings.data_dir.mkdir(parents=True)
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("VACUUM INTO ?", (str(settings.data_dir / "kiosk.sqlite3"),))


@pytest.fixture
def house(tmp_path, founded_database):
    settings = settings_in(tmp_path)
    _copy(founded_database, settings)
    opened = House(settings, HandClock())
    yield opened
    opened.close()


@pytest.fixture
def whole_house(tmp_path, whole_database):
    """A house with needs, works, an archived matter and a resolution that hangs: `kiosk.demo.past`."""
    settings = settings_in(tmp_path)
    _copy(whole_database, settings)
    opened = House(settings, HandClock())
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def papered_database(tmp_path_factory, whole_database):
    """The same with all its papers, which take their time to be set."""

    def make(folder):
        _copy(whole_database, settings_in(folder))
        House(settings_in(folder), HandClock()).set_papers().close()

    return _database(settings_in(made_once(tmp_path_factory, "papered", make)))


@pytest.fixture
def papered_house(tmp_path, papered_database):
    """A whole house in which everything that is due has been set."""
    settings = settings_in(tmp_path)
    _copy(papered_database, settings)
    shutil.copytree(papered_database.parent / "papers", settings.papers_dir)
    opened = House(settings, HandClock())
    yield opened
    opened.close()


@pytest.fixture
def rehearsal_house(tmp_path, rehearsal_database):
    """A house in which a rehearsal is held: its clock can be moved forward."""
    settings = rehearsal_in(tmp_path / "rehearsal")
    _copy(rehearsal_database, settings)
    opened = House(settings, HandClock())
    yield opened
    opened.close()


@pytest.fixture
def second_house(tmp_path, founded_database):
    settings = settings_in(tmp_path / "second")
    _copy(founded_database, settings)
    opened = House(settings, HandClock())
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def still_house(tmp_path_factory, founded_database):
    """A house for tests that change nothing in it: one a module."""
    settings = settings_in(tmp_path_factory.mktemp("still"))
    _copy(founded_database, settings)
    opened = House(settings, HandClock())
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def decided_database(tmp_path_factory, founded_database):
    """The same after a meeting: 16 for, 10 against, 2 abstentions of 30 present, the paper set and published."""

    def make(folder):
        _copy(founded_database, settings_in(folder))
        House(settings_in(folder), HandClock()).decided().set_papers().close()

    return _database(settings_in(made_once(tmp_path_factory, "decided", make)))


@pytest.fixture
def decided_house(tmp_path, decided_database):
    settings = settings_in(tmp_path)
    _copy(decided_database, settings)
    shutil.copytree(decided_database.parent / "papers", settings.papers_dir)
    shutil.copy(decided_database.parent / "signing-key.pem", settings.signing_key_file)
    opened = House(settings, HandClock())
    yield opened
    opened.close()


@pytest.fixture
def filming_house(tmp_path):
    """A house on the wall clock, as the recorder keeps it; 30 are there and the meeting may open."""
    opened = found_today(settings_in(tmp_path))
    yield opened
    opened.close()


def found_today(settings):
    """The demonstration village with its meeting called for this very moment."""
    _flask, engine = open_store(settings)
    now = utc_now()
    found_demonstration(Register(engine), SqlJournal(engine), lambda: now, settings.public_url)
    Credentials(engine, CHEAP).issue_code(SECRETARY, PIN)
    credentials = Credentials(engine, CHEAP)
    credentials.set_pin(SECRETARY, PIN, credentials.code_mark(SECRETARY))
    engine.dispose()
    return House(settings, utc_now).check_in(30)
