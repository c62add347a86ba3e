"""Mutation testing of the rules: change one thing in the source at a time, and see whether a test notices.

    python tests/mutants.py kiosk/core/law/rules.py kiosk/core/law/tally.py …

Ours because mutmut 3 leaves properties, class methods of dataclasses and tables alone, of which the rules are made, and
cosmic-ray starts a Python a mutant and removes no statements. Each mutant lives in a forked child and in memory only;
tests that reach the changed function run first, and before a mutant is said to survive, all the others.
"""

import ast
import builtins
import importlib.abc
import importlib.util
import os
import pickle
import signal
import sys
import time
from collections import defaultdict
from pathlib import Path

import argon2  # noqa: F401 -- loaded once here, so that no child has to
import flask  # noqa: F401 -- same
import hypothesis  # noqa: F401 -- same
import pytest
import sqlalchemy  # noqa: F401 -- same
from mutations import FUNCTION, enums_of, mutants

RELEVANT = (
    "rules",
    "tally",
    "casting",
    "hands",
    "paper_ballots",
    "opening",
    "closing",
    "checking",
    "box",
    "secrecy",
    "channels",
    "states",
    "matter",
    "publicity",
    "laws",
    "works",
    "archiving",
    "floor",
    "meeting",
    "oversight",
)
TESTS = [f"tests/core/test_{name}.py" for name in RELEVANT]
SECONDS = 5
"""Of the processor; a test that takes so much longer than ten times its usual runs in circles."""


class Instead(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads some modules from these sources instead of their files."""

    def __init__(self, sources):
        self.sources = sources

    def find_spec(self, name, path=None, target=None):
        known = name in self.sources
        return importlib.util.spec_from_loader(name, self) if known else None

    def exec_module(self, module):
        exec(compile(self.sources[module.__name__], module.__name__, "exec"), module.__dict__)


class Watch:
    """Which tests run, the quick ones first; which functions each reaches, and how long it takes."""

    def __init__(self, chosen=None, seconds=None):
        self.chosen, self.seconds = chosen, seconds or {}
        self.reached, self.took, self.now = defaultdict(set), {}, ""

    def pytest_collection_modifyitems(self, items):
        if self.chosen is not None:
            items[:] = [item for item in items if item.nodeid in self.chosen]
        items.sort(key=lambda item: self.seconds.get(item.nodeid, 0))

    def pytest_runtest_logstart(self, nodeid):
        self.now = nodeid
        # Nobody handles its signal, so it ends the child, and the mutant counts as noticed.
        usual = self.seconds.get(nodeid, SECONDS)
        signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS + 10 * usual)

    def pytest_runtest_logreport(self, report):
        self.took[report.nodeid] = self.took.get(report.nodeid, 0) + report.duration


def in_child(sources, watch, answer=None):
    """Run the tests in a forked child with these sources; its exit status, 0 where nothing failed."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if not os.environ.get("ALOUD"):  # to see why the tests fail as it is
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
    sys.meta_path.insert(0, Instead(sources))
    builtins.hit = lambda place: watch.reached[place].add(watch.now)
    # Some plugins are loaded before pytest could rewrite their assertions; nothing depends on it.
    quietly = [
        "-W",
        "ignore::pytest.PytestAssertRewriteWarning",
        "-p",
        "no:cacheprovider",
        "--tb=no",
    ]
    status = pytest.main(["-x", "-q", *quietly, *TESTS], plugins=[watch])
    if answer:
        Path(answer).write_bytes(pickle.dumps((dict(watch.reached), watch.took)))
    os._exit(int(status))


def module_of(path):
    return path.removesuffix(".py").replace("/", ".")


def telling(path):
    """The source of a file, each function of which says that it was reached."""
    tree = ast.parse(Path(path).read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, FUNCTION):
            node.body.insert(0, ast.parse(f"hit(({path!r}, {node.lineno}))").body[0])
    return ast.unparse(tree)


def main(paths):
    began = time.monotonic()
    enums = {}
    for path in ("terms", "refusals", "matters/matter", "votes/vote"):
        enums |= enums_of(f"kiosk/core/{path}.py")
    answer = f"reached-{os.getpid()}"
    if in_child({module_of(path): telling(path) for path in paths}, Watch(), answer):
        sys.exit("the tests fail as it is")
    reached, seconds = pickle.loads(Path(answer).read_bytes())
    alive, all_of_them = [], []
    for path in paths:
        all_of_them += mutants(path, Path(path).read_text("utf-8"), enums)
    for number, mutant in enumerate(all_of_them, start=1):
        if survives(mutant, reached, seconds):
            alive.append(mutant)
            print(f"{mutant.path}:{mutant.line}: {mutant.what}: {difference(mutant)}", flush=True)
        if number % 50 == 0:
            minutes = (time.monotonic() - began) / 60
            print(f"# {number} of {len(all_of_them)}, {minutes:.0f} min", file=sys.stderr)
    print(f"{len(all_of_them)} mutants, {len(alive)} survive")


def survives(mutant, reached, seconds):
    near = reached.get((mutant.path, mutant.function), set())
    sources = {module_of(mutant.path): mutant.source}
    if near and in_child(sources, Watch(near, seconds)):
        return False
    far = set(seconds) - near
    return not (far and in_child(sources, Watch(far, seconds)))


def difference(mutant):
    """What stands in the mutant where it differs, with a little before and after it."""
    before = ast.unparse(ast.parse(Path(mutant.path).read_text("utf-8")))
    pairs = enumerate(zip(before, mutant.source, strict=False))
    same = next((at for at, (one, other) in pairs if one != other), len(mutant.source))
    return " ".join(mutant.source[max(0, same - 60) : same + 60].split())


if __name__ == "__main__":
    main(sys.argv[1:])
