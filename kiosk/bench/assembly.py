"""A village assembly in session with a vote open, in a folder of its own, and paired screens as many as are wanted."""

import hashlib
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from flask import session
from flask.sessions import SecureCookieSessionInterface
from flask_wtf.csrf import generate_csrf

from kiosk.app import Application, create_app, new_token, open_store, utc_now
from kiosk.bench.figures import SECRETARY
from kiosk.bench.wire import Address
from kiosk.core.commands import CheckIn, Command, OpenMeeting, OpenVote
from kiosk.core.terms import CommandId, DeviceKind, PersonId, VoteId
from kiosk.demo.one_commit import in_one_commit
from kiosk.demo.story import MATTER, TODAY, VILLAGE
from kiosk.rehearsal.server import RealServer, rehearsal_settings
from kiosk.service import Kiosk
from kiosk.setting_up import found_demo
from kiosk.store.journal import SqlJournal
from kiosk.web.access import SLIP_KEY

VOTE = VoteId("bench-vote")
SPARE_THREADS = 300
"""Threads beyond one for each open screen: for the taps."""


@dataclass(frozen=True, slots=True)
class Paired:
    """A browser: its cookie and the CSRF token of its page, and the token of the screen or the slip."""

    cookie: str
    csrf: str
    token: str


@dataclass(frozen=True, slots=True)
class Assembly:
    """Everybody is there, the vote is open, and nobody has voted."""

    server: RealServer
    application: Application
    voters: list[PersonId]

    @property
    def address(self) -> Address:
        """Where the server listens."""
        return (self.server.settings.host, self.server.settings.port)

    def pair(self, kind: DeviceKind, turns: Sequence[PersonId | None]) -> list[Paired]:
        """One more paired screen for each turn; where one is given it is that person's turn at the screen.

        Written straight into the database: pairing by code is slow on purpose.
        """
        browsers = _browsers(self.application, kind.value, len(turns))
        with closing(sqlite3.connect(_database(self.server))) as database, database:
            database.executemany(
                "INSERT INTO devices (id, village, kind, code_failures, token_hash, paired_at,"
                " turn_vote, turn_person, turn_command) VALUES (?, ?, ?, 0, ?, ?, ?, ?, ?)",
                (
                    (
                        new_token(),
                        VILLAGE,
                        kind.value,
                        _hashed(paired.token),
                        "2026-01-01T00:00:00.000Z",
                    )
                    + ((VOTE, person, new_token()) if person else (None, None, None))
                    for paired, person in zip(browsers, turns, strict=True)
                ),
            )
        return browsers

    def hand_out(self, voters: Sequence[PersonId]) -> list[Paired]:
        """A phone for each voter, which has scanned his slip; straight into the database, for they are many."""
        phones = _browsers(self.application, SLIP_KEY, len(voters))
        with closing(sqlite3.connect(_database(self.server))) as database, database:
            database.executemany(
                "INSERT INTO slips (village, vote, person, token_hash, command) VALUES (?, ?, ?, ?, ?)",
                (
                    (VILLAGE, VOTE, person, _hashed(phone.token), new_token())
                    for phone, person in zip(phones, voters, strict=True)
                ),
            )
        return phones

    def ballots(self) -> dict[PersonId, int]:
        """Whose ballot stands in which entry of the journal."""
        with closing(sqlite3.connect(_database(self.server))) as database:
            rows = database.execute(
                "SELECT json_extract(line, '$.event.person'), seq FROM journal"
                " WHERE json_extract(line, '$.event.kind') = 'BallotCast'"
                " AND json_extract(line, '$.event.vote') = ?",
                (VOTE,),
            )
            return {PersonId(person): seq for person, seq in rows}


def assemble(folder: Path, seats: int, screens: int, *, camera: str = "card") -> Assembly:
    """Found the village in the folder, check everybody in and open the vote; start the server yourself."""
    settings = replace(rehearsal_settings(folder, camera), threads=screens + SPARE_THREADS)
    _flask, engine = open_store(settings)
    found_demo(engine, settings, seats=seats)
    with in_one_commit(SqlJournal(engine), VILLAGE) as store:
        voters = _gather(Kiosk(store, utc_now))
    engine.dispose()
    return Assembly(RealServer(settings, folder / "log"), create_app(settings), voters)


def _gather(kiosk: Kiosk) -> list[PersonId]:
    """Everybody comes, the meeting opens, the vote opens; who may vote."""
    voters = sorted(kiosk.village(VILLAGE).meetings[TODAY].entitled)
    steps: list[Command] = [CheckIn(TODAY, person) for person in voters]
    steps += [OpenMeeting(TODAY), OpenVote(TODAY, (MATTER,), VOTE, running_tally=True)]
    for step in steps:
        kiosk.execute(VILLAGE, step, SECRETARY, CommandId(new_token()))
    return voters


def _browsers(application: Application, key: str, number: int) -> list[Paired]:
    flask = application.flask
    signer = SecureCookieSessionInterface().get_signing_serializer(flask)
    assert signer is not None
    name = flask.config["SESSION_COOKIE_NAME"]
    made = []
    for _ in range(number):
        with flask.test_request_context():
            session.permanent = True
            session[key] = token = new_token()
            csrf = generate_csrf()
            made.append(Paired(f"{name}={signer.dumps(dict(session))}", csrf, token))
    return made


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _database(server: RealServer) -> Path:
    return server.settings.data_dir / "kiosk.sqlite3"
