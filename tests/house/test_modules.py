"""The house rules for modules: the rules stand alone, each module says what it is, and none grows too long."""

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "kiosk").rglob("*.py"))
CORE = sorted((ROOT / "kiosk/core").rglob("*.py"))
LONGEST = 260
OUTSIDE_WORLD = {
    "asyncio", "io", "logging", "multiprocessing", "os", "pathlib", "random", "secrets", "socket",
    "sqlite3", "subprocess", "tempfile", "threading", "time", "urllib", "uuid",
}  # fmt: skip
PRESENT = {"now", "utcnow", "today"}


def name(path):
    return str(path.relative_to(ROOT))


def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path):
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative import"
            yield node.module


def test_the_modules_are_found():
    assert len(MODULES) > 50
    assert len(CORE) > 15


def test_every_module_of_the_core_has_its_place_in_the_order_of_imports():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    order = next(c for c in contracts["importlinter"]["contracts"] if c["id"] == "core-order")
    placed = {module for layer in order["layers"] for module in re.split(r" [:|] ", layer)}
    packages = {"kiosk.core.commands", "kiosk.core.events", "kiosk.core.papers"}
    assert packages <= placed
    modules = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in CORE
        if path.name != "__init__.py"
    }
    loose = {m for m in modules - placed if m.rpartition(".")[0] not in packages}
    assert loose == set()


@pytest.mark.parametrize("path", CORE, ids=name)
def test_the_core_needs_the_standard_library_and_itself_alone(path):
    for module in imported(path):
        top = module.partition(".")[0]
        assert top in sys.stdlib_module_names or module.startswith("kiosk.core"), module


@pytest.mark.parametrize("path", CORE, ids=name)
def test_the_core_knows_no_disk_no_clock_no_chance_and_no_thread(path):
    assert not {module.partition(".")[0] for module in imported(path)} & OUTSIDE_WORLD
    called = {node.attr for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute)}
    assert not called & PRESENT
    names = {node.id for node in ast.walk(tree(path)) if isinstance(node, ast.Name)}
    assert not names & {"open", "print", "input", "float", "__import__", "eval", "exec"}


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_every_module_says_what_it_is(path):
    said = ast.get_docstring(tree(path))
    assert said, "no docstring"
    assert len(said) > 20


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_module_is_too_long(path):
    # The audit travels alone in every bundle, so it is one file on purpose (ADR 0012).
    longest = 1850 if path.parts[-2:] == ("evidence", "audit.py") else LONGEST
    if path.parts[-2] == "carried":
        longest = 399  # travels in every bundle, to be read in one sitting (ADR 0028, 0040)
    if path.parts[-2:] in {("events", "__init__.py"), ("commands", "__init__.py")}:
        longest = 300  # nothing but the list of what there is
    assert len(path.read_text(encoding="utf-8").splitlines()) <= longest
