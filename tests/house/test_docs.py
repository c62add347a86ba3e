"""The documents say what the code does: settings, commands, reasons, events, words, files, dependencies, decisions."""

import json
import re
import tomllib
from dataclasses import fields
from enum import Enum
from pathlib import Path

import click
import pytest

from kiosk.cli import cli
from kiosk.core import ballot_terms, terms
from kiosk.core.journal import KINDS
from kiosk.wording import REASONS

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
ADRS = ROOT / "docs" / "adr"
MANUAL = ROOT / "docs" / "manual"
DEPENDENCIES = ROOT / "docs" / "dependencies.md"
DOCUMENTS = sorted([README, *ROOT.glob("docs/**/*.md")])
REFUSALS = "9-机器说不行的时候.md"
SETTING = re.compile(r"(?<![.\w])KIOSK_[A-Z_]+")  # not Channel.KIOSK_SCREEN
LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)#]+)\)")
PACKAGE = re.compile(r"[@A-Za-z0-9][@A-Za-z0-9_./-]*")


def text_of(path):
    return path.read_text(encoding="utf-8")


def section(path, heading):
    """The text under a heading of the second level."""
    found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", text_of(path), re.M | re.S)
    assert found, f"{path.name} has no section {heading}"
    return found[1]


def first_cells(table):
    """What stands in code marks in the first column of a table."""
    rows = re.findall(r"^\| (.*?) \|", table, re.M)
    return {code for cell in rows for code in re.findall(r"`([^`]+)`", cell)}


def named(path):
    return str(path.relative_to(ROOT))


def test_every_setting_is_documented_and_the_reverse():
    read = set(re.findall(r'"(KIOSK_[A-Z_]+)"', text_of(ROOT / "kiosk" / "config.py")))
    assert first_cells(section(README, "Settings")) == read
    everywhere = {name for path in DOCUMENTS for name in SETTING.findall(text_of(path))}
    assert everywhere == read


def every_command(group, prefix="kiosk"):
    nobody = click.Context(group)
    for name in group.list_commands(nobody):
        command = group.get_command(nobody, name)
        if isinstance(command, click.Group):
            yield from every_command(command, f"{prefix} {name}")
        else:
            yield f"{prefix} {name}", command


def test_every_command_is_documented_and_the_reverse():
    known = dict(every_command(cli))
    table = first_cells(section(README, "Commands"))
    told = {re.match(r"kiosk(?: [a-z]+)+", entry)[0]: entry for entry in table}
    assert told.keys() == known.keys()
    for name, command in known.items():
        offered = {o for p in command.params if isinstance(p, click.Option) for o in p.opts}
        shown = set(re.findall(r"--[a-z-]+", told[name]))
        # The options of what travels alone are its own business; click passes them on.
        assert shown == offered or name in {"kiosk audit", "kiosk verify"}, name


def without_facts(sentence):
    return re.sub(r"\{[a-z]+\}", "…", sentence)


def test_the_manual_tells_every_refusal_and_what_to_do_then():
    told = re.findall(r"^\| ([^|]+?) \| ([^|]+?) \|$", text_of(MANUAL / REFUSALS), re.M)
    for what, todo in REASONS.values():
        assert told.count((without_facts(what), without_facts(todo))) == 1, what


def declared_packages():
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))["project"]
    lines = [*project["dependencies"], text_of(ROOT / "setup" / "uv.in")]
    lines += [line for extra in project["optional-dependencies"].values() for line in extra]
    front_end = json.loads(text_of(ROOT / "package.json"))["dependencies"]
    return {re.match(r"[A-Za-z0-9_-]+", line)[0] for line in lines} | front_end.keys()


def test_every_dependency_has_its_reason_and_the_reverse():
    headings = ("Runtime", "Set-up", "Test", "Front end")
    told = [c for h in headings for c in first_cells(section(DEPENDENCIES, h))]
    assert sorted(told) == sorted(declared_packages())
    assert all(PACKAGE.fullmatch(name) for name in told)


def paths_of_the_tree():
    """Each line: two spaces a level, a name (a folder ends in /), and what it is."""
    tree = re.search(r"```text\n(.*?)```", section(README, "The tree"), re.S)[1]
    open_folders = []
    for line in tree.splitlines():
        indent, name, words = re.fullmatch(r"( *)(\S+) +(.+)", line).groups()
        assert words
        open_folders[len(indent) // 2 :] = [name]
        yield "".join(open_folders)


def test_the_tree_is_as_it_is_drawn():
    drawn = list(paths_of_the_tree())
    assert len(drawn) == len(set(drawn))
    missing = [path for path in drawn if not (ROOT / path).exists()]
    assert missing == []
    assert all((ROOT / path).is_dir() == path.endswith("/") for path in drawn)


def test_every_package_and_every_module_of_the_core_is_in_the_tree():
    kiosk = ROOT / "kiosk"
    # Commands, events and papers are told apart by what they are about; the tree names the package alone.
    subjects = {kiosk / "core" / name for name in ("commands", "events", "papers")}
    core = [p for p in kiosk.glob("core/*/*.py") if p.parent not in subjects]
    found = [*kiosk.glob("*.py"), *kiosk.glob("core/*.py"), *core]
    modules = {
        named(path)
        for path in found
        if path.parent.parent.name != "core" or path.stem != "__init__"
    }
    packages = {
        f"{named(path.parent)}/"
        for path in [*kiosk.glob("*/__init__.py"), *kiosk.glob("core/*/__init__.py")]
    }
    undrawn = (modules | packages | {"kiosk/"}) - set(paths_of_the_tree())
    assert undrawn == set()


def test_the_index_of_decisions_is_complete():
    files = sorted(path.name for path in ADRS.glob("*.md"))
    assert [int(name[:4]) for name in files] == list(range(1, len(files) + 1))
    rows = re.findall(
        r"^\| \[(\d{4})\]\(docs/adr/(\S+)\) \| (.+) \|$", section(README, "Decisions"), re.M
    )
    assert [file for _, file, _ in rows] == files
    for number, file, title in rows:
        text = text_of(ADRS / file)
        assert file.startswith(f"{number}-")
        assert text.startswith(f"# {number} {title}\n")
        headings = re.findall(r"^## (.+)$", text, re.M)
        assert headings == ["Context", "Options", "Decision", "Consequences"]
        assert "- Bad: " in text, f"{file} names no cost"


def test_the_journal_format_names_every_kind_with_its_fields():
    rows = re.findall(
        r"^\| `(\w+)` \| [^|]+ \| (.+) \|$", text_of(ROOT / "docs" / "journal.md"), re.M
    )
    told = {kind: re.findall(r"`(\w+)`", cell) for kind, cell in rows}
    assert told == {name: [f.name for f in fields(kind)] for name, kind in KINDS.items()}


def test_the_glossary_knows_every_term_of_the_closed_sets():
    glossary = first_cells(section(README, "Glossary"))
    sets = [
        kind
        for module in (terms, ballot_terms)
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, Enum) and kind.__module__ == module.__name__
    ]
    members = {f"{kind.__name__}.{member.name}" for kind in sets for member in kind}
    assert {word for word in glossary if "." in word} == members


def links():
    for path in DOCUMENTS:
        for is_image, target in LINK.findall(text_of(path)):
            if "://" not in target:
                yield path, bool(is_image), (path.parent / target).resolve()


def test_every_link_leads_somewhere():
    dead = [f"{named(path)}: {t}" for path, is_image, t in links() if not (is_image or t.exists())]
    assert dead == []


def test_every_picture_is_there_and_is_described():
    missing = [named(target) for _, is_image, target in links() if is_image and not target.exists()]
    assert missing == []
    assert not any("![](" in text_of(path) for path in DOCUMENTS)


def test_the_manual_index_lists_every_chapter():
    chapters = {path.name for path in MANUAL.glob("[0-9]*.md")}
    index = {target for _, target in LINK.findall(text_of(MANUAL / "README.md"))}
    assert index == chapters


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
def test_no_document_names_a_place_of_one_machine(path):
    assert re.findall(r"/(?:work|root|tmp|home)/\S*", text_of(path)) == []
