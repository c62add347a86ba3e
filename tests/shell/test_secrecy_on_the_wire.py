"""Law 10 with everything running: the real server, screens and phones, the camera, and somebody who taps the line.

Beside all files (see `test_secrecy_on_the_disk`) he has each byte that went over the network, in both directions and
with its time: pages, forms, the sockets of the big screen; and in the end the papers and the bundle of evidence.
"""

import re
from dataclasses import replace
from io import BytesIO
from itertools import groupby, pairwise
from random import Random  # noqa: TID251 -- seeded: the same orders and answers each time

import pytest
from attacks import CHOICES, found, found_by
from forensics import Observer, Trace, tables_of
from pypdf import PdfReader
from secret_ballots import vote_secretly_at, vote_secretly_on_phone
from tapping import Tap

from kiosk.app import create_app
from kiosk.core import commands as c
from kiosk.core.terms import CommandId, DeviceKind, Role
from kiosk.core.values import Actor
from kiosk.demo.story import MATTER, TODAY, VILLAGE
from kiosk.evidence.bundle import export
from kiosk.rehearsal.server import RealServer, rehearsal_settings
from kiosk.rehearsal.visitors import BallotScreen, BigScreen, Browser, Officer
from kiosk.store.slips import Slip

RESULT, VOTES = (19, 15, 11), 3
REQUEST = re.compile(rb"(GET|POST) (\S+) HTTP")
SECRETARY, CHAIR, SUPERVISOR = "p0003", "p0002", "p0010"


class Hall:
    """The village hall with 45 voters inside, a ballot screen, a big screen, phones, and somebody at the line."""

    def __init__(self, folder):
        self.folder = folder
        self.server = RealServer(
            rehearsal_settings(folder, "card", film_height=360), folder / "server.log"
        )
        self.codes = self.server.found()
        self.outside = create_app(self.server.settings)
        self.chance = Random(45)
        self._told = iter(range(1_000_000))
        seats = self.meeting().seats.values()
        self.voters = {seat.person: seat.name for seat in seats if seat.votes}
        for person in self.voters:
            self.do(c.CheckIn(TODAY, person), Role.TELLER, "p0006")
        self.server.start()
        self.tap = Tap(self.server.settings.port)
        self._come_in()

    def _come_in(self):
        screens = dict(self.codes.screens)
        code = next(code for person, _, _, code in self.codes.officers if person == SECRETARY)
        self.officer = Officer(self.tap.url)
        self.officer.sign_in(SECRETARY, code)
        self.screen = BallotScreen(self.tap.url)
        self.screen.pair(screens[DeviceKind.BALLOT])
        self.big_screen = BigScreen(self.tap.url)
        self.big_screen.pair(screens[DeviceKind.HALL])
        self.officer.send("/console/open", meeting=TODAY)

    def meeting(self):
        return self.outside.parts.village().meetings[TODAY]

    def do(self, command, role, person):
        actor, number = Actor(role, person), CommandId(f"outside-{next(self._told):06d}")
        self.outside.parts.kiosk.execute(VILLAGE, command, actor, number)

    def open_vote(self):
        self.officer.send("/console/method", meeting=TODAY, matter=MATTER, method="secret")
        return self.meeting().open_vote.id

    def cast(self, vote, person, choice):
        """One in three by his own phone, everybody else at the screen."""
        if self.chance.random() < 1 / 3:
            token = f"{self.chance.getrandbits(128):032x}"
            slip = Slip(vote, person, CommandId(f"slip-{token}"))
            self.outside.parts.slips.issue(VILLAGE, slip, token)
            phone = Browser(self.tap.url)
            vote_secretly_on_phone(phone, token, choice)
            phone.session.close()
        else:
            vote_secretly_at(self.screen, TODAY, vote, person, choice)
            self.screen.open("/ballot/")

    def close_vote(self, vote):
        self.do(c.WitnessClosing(TODAY, vote, SUPERVISOR), Role.SUPERVISOR, SUPERVISOR)
        self.officer.send("/console/close", meeting=TODAY, vote=vote)
        tally = self.meeting().votes[vote].tally
        assert tuple(n.count for n in tally.counts) == RESULT

    def key_of(self, vote):
        return (self.server.settings.box_keys_dir / f"{vote}.key").read_bytes()

    def leave(self):
        self.big_screen.close()
        for browser in (self.officer, self.screen, self.big_screen):
            browser.session.close()
        self.tap.close()
        self.server.stop()
        self.outside.parts.credentials._engine.dispose()


@pytest.fixture(scope="module")
def hall(tmp_path_factory):
    hall = Hall(tmp_path_factory.mktemp("hall"))
    yield hall
    hall.leave()


@pytest.fixture(scope="module")
def watched(hall):
    """The traces of the votes, and the keys as they were while these lasted."""
    observer, traces, keys = Observer(hall.folder), [], []
    for number in range(VOTES):
        vote = hall.open_vote()
        keys.append(hall.key_of(vote))
        traces.append(watched_vote(hall, observer, vote))
        hall.close_vote(vote)
        if number < VOTES - 1:
            hall.do(c.VoidVote(TODAY, vote, "再表决一次"), Role.CHAIR, CHAIR)
        else:
            put_on_paper(hall)
        traces[-1].rest = observer.everything()
        traces[-1].tables = tables_of(hall.server.settings.data_dir / "kiosk.sqlite3")
    printed = {name: pdf for name, pdf in traces[-1].rest.items() if name.endswith(".pdf")}
    traces[-1].rest |= {
        f"text of {n}": text_of(pdf) for n, pdf in printed.items() if "bundle" not in n
    }
    return traces, keys


def watched_vote(hall, observer, vote):
    people = sorted(hall.voters)
    choices = [choice for choice, n in zip(CHOICES, RESULT, strict=True) for _ in range(n)]
    hall.chance.shuffle(people)
    hall.chance.shuffle(choices)
    trace = Trace(people, choices, names=hall.voters)
    observer.look()
    hall.tap.since()
    for person, choice in zip(people, choices, strict=True):
        hall.cast(vote, person, choice)
        trace.steps.append(with_traffic(observer.look(), hall.tap.since()))
    return trace


def with_traffic(step, heard):
    """Beside what the files say: each request and its answer, the pushes of the sockets, and how long all took."""
    said = ""
    for way, pieces in turns_taken(heard):
        message = b"".join(chunk for *_, chunk in pieces)
        asked = REQUEST.match(message)
        said = name_of(asked) if asked and way == "up" else said
        name = f"{way}: {said if asked or message.startswith(b'HTTP') else 'more'}"
        step.new[name] = step.new.get(name, b"") + message
        step.numbers[f"pieces of {name}"] = len(pieces)
        step.times[f"length of {name}"] = pieces[-1][0] - pieces[0][0]
    changes_of_way = [(at, way) for at, _, way, _ in heard]
    pauses = [b - a for (a, one), (b, other) in pairwise(changes_of_way) if one != other]
    step.times |= {f"pause {number}": pause for number, pause in enumerate(pauses)}
    return step


def turns_taken(heard):
    """The pieces that went one way on one connection without a word from the other side."""
    for (way, _), pieces in groupby(heard, key=lambda one: (one[2], one[1])):
        yield way, list(pieces)


def name_of(asked):
    """The request, but for what is the voter's own in its address."""
    return re.sub(r"[0-9a-f]{16,}", "…", f"{asked[1].decode()} {asked[2].decode()}")


def put_on_paper(hall):
    """The meeting ends, the resolution is printed, and somebody takes the evidence home on a stick."""
    hall.officer.send("/console/adjourn", meeting=TODAY)
    outside = hall.outside.parts
    hall.big_screen.wait_for(lambda html: "hall--adjourned" in html, 20)
    hall.big_screen.close()
    hall.server.stop()  # the paper that is due is set before the end
    export(
        outside.kiosk,
        VILLAGE,
        outside.papers.path,
        outside.film.folder,
        hall.folder / "bundle",
    )


def text_of(pdf):
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).encode()


def test_from_every_file_and_every_byte_on_the_line_nobody_learns_who_gave_which_answer(watched):
    traces, _ = watched
    assert any("bundle/journal.jsonl" in name for name in traces[-1].rest)
    assert any(name.endswith(".mp4") for name in traces[-1].rest)
    assert any("赞成".encode() in b for n, b in traces[-1].rest.items() if n.startswith("text of"))
    assert found(traces) == {}


def test_the_key_of_a_vote_is_nowhere_but_in_its_own_file_and_then_nowhere(watched, hall):
    traces, keys = watched
    assert list(hall.server.settings.box_keys_dir.iterdir()) == []
    assert not [path for path in (hall.folder / "bundle").rglob("*") if "key" in path.name]
    for trace in traces:
        blobs = [*trace.rest.values(), *(new for s in trace.steps for new in s.new.values())]
        blobs += [after for step in trace.steps for _, after in step.changed.values()]
        for key in keys:
            assert not any(key in blob or key.hex().encode() in blob for blob in blobs)


def longer_by_choice(step, choice):
    return with_change(step, "up: POST", lambda said: said + b" " * CHOICES.index(choice))


def said_by_choice(step, choice):
    return with_change(step, "down: POST", lambda said: said + f' "{choice}"'.encode())


def slower_by_choice(step, choice):
    return replace(step, times=step.times | {"pause 3": 0.001 * 4 ** CHOICES.index(choice)})


def with_change(step, begins, change):
    """The step with another last message of those that begin so."""
    *_, name = (name for name in step.new if name.startswith(begins))
    return replace(step, new=step.new | {name: change(step.new[name])})


@pytest.mark.parametrize(
    ("leak", "attack"),
    [
        (longer_by_choice, "sizes"),
        (said_by_choice, "words that are added"),
        (slower_by_choice, "times"),
    ],
)
def test_a_leak_that_is_planted_on_the_line_is_found(watched, leak, attack):
    traces, _ = watched
    leaky = [replace(t, steps=[*map(leak, t.steps, t.choices)], sequences={}) for t in traces]
    assert found_by(attack, leaky)
