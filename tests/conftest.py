"""What all tests share: hypothesis without chance, a real SQLite database in a folder of its own, fast argon2."""

import os
from collections.abc import Callable

import pytest
from argon2 import PasswordHasher
from flask import Flask
from hypothesis import Phase, settings
from werkzeug.routing import Rule

from kiosk.store.database import migrate, open_database

compiled: dict[tuple[object, ...], Callable[..., tuple[str, str]]] = {}
compile_builder = Rule._compile_builder


def compiled_once(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
    """Werkzeug compiles two functions a rule, for us 480 an application: half the time of a test that needs one.

    They depend on nothing but what stands in this key.
    """
    assert not rule.defaults
    key = (rule.rule, tuple(rule._trace), append_unknown)
    if key not in compiled:
        compiled[key] = compile_builder(rule, append_unknown)
    return compiled[key]


Rule._compile_builder = compiled_once

settings.register_profile("ci", derandomize=True, deadline=None, max_examples=100)
settings.register_profile("night", deadline=None, max_examples=5_000, print_blob=True)
# Whether a mutant is noticed is all that is asked, not by how small an example.
settings.register_profile(
    "mutants",
    derandomize=True,
    deadline=None,
    max_examples=20,
    phases=[Phase.explicit, Phase.generate],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture
def database_url(tmp_path):
    return f"sqlite:///{tmp_path / 'kiosk.sqlite3'}"


@pytest.fixture
def open_engine(database_url):
    """Opens the same database as often as it is asked, as another start of the program would."""
    opened = []

    def open_again():
        engine = open_database(Flask("test"), database_url)
        opened.append(engine)
        return engine

    yield open_again
    for engine in opened:
        engine.dispose()


@pytest.fixture
def engine(open_engine):
    engine = open_engine()
    migrate(engine)
    return engine


@pytest.fixture
def hasher():
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
