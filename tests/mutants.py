"""Mutation testing of the rules: change one thing in the source at a time, and see whether a test notices.

    python tests/mutants.py kiosk/core/rules.py kiosk/core/tally.py …

Ours because mutmut 3 leaves properties, class methods of dataclasses and tables alone, of which the rules are made, and
cosmic-ray starts a Python a mutant and removes no statements. Each mutant lives in a forked child and in memory only;
tests that reach the changed function run first, and before a mutant is said to survive, all the others.
"""

import ast
import builtins
import copy
import importlib.abc
import importlib.util
import os
import pickle
import signal
import sys
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import argon2  # noqa: F401 -- loaded once here, so that no child has to
import flask  # noqa: F401 -- same
import hypothesis  # noqa: F401 -- same
import pytest
import sqlalchemy  # noqa: F401 -- same

TESTS = [
    f"tests/core/test_{name}.py"
    for name in (
        "rules tally voting matter publicity laws works archiving floor meeting oversight statute"
    ).split()
]
SECONDS = 120
"""Whoever takes longer runs in circles."""

COMPARED = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
COMPUTED = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.FloorDiv: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
CALLED = {"any": "all", "all": "any", "max": "min", "min": "max"}
FUNCTION = (ast.FunctionDef,)


@dataclass(frozen=True)
class Mutant:
    """One change: in which file and line, inside which function (0: none), what, and the whole source with it."""

    path: str
    line: int
    function: int
    what: str
    source: str


# --- what may be changed


def changes(node, enums):
    """Every single change of this node: what it is called, and the node that takes its place."""
    match node:
        case ast.Compare(ops=[*ops]):
            for i, op in enumerate(ops):
                for other in COMPARED[type(op)]:
                    changed = copy.deepcopy(node)
                    changed.ops[i] = other()
                    yield "comparison", changed
        case ast.BoolOp(op=op, values=values):
            other = ast.Or() if isinstance(op, ast.And) else ast.And()
            yield "boolean", ast.BoolOp(other, values)
            for i in range(len(values)):
                rest = values[:i] + values[i + 1 :]
                yield "operand", rest[0] if len(rest) == 1 else ast.BoolOp(op, rest)
        case ast.UnaryOp(op=ast.Not()):
            yield "not", node.operand
        case ast.UnaryOp(op=ast.USub()):
            yield "sign", node.operand
        case ast.BinOp(op=op) if type(op) in COMPUTED:
            yield "arithmetic", ast.BinOp(node.left, COMPUTED[type(op)](), node.right)
        case ast.Constant(value=bool()):
            yield "constant", ast.Constant(not node.value)
        case ast.Constant(value=int()):
            yield "boundary", ast.Constant(node.value + 1)
        case ast.Return(value=ast.expr()) if not is_none(node.value):
            yield "return", ast.Return(ast.Constant(None))
        case ast.Expr(value=ast.Call()):
            yield "removed", ast.Pass()
        case ast.If() | ast.IfExp():
            changed = copy.copy(node)
            changed.test = ast.UnaryOp(ast.Not(), node.test)
            yield "branch", changed
        case ast.Call(func=ast.Name(id=name)) if name in CALLED:
            changed = copy.copy(node)
            changed.func = ast.Name(CALLED[name], ast.Load())
            yield "call", changed
        case ast.Attribute(value=ast.Name(id=name), attr=attr) if attr in enums.get(name, ()):
            members = enums[name]
            other = members[(members.index(attr) + 1) % len(members)]
            yield "member", ast.Attribute(node.value, other, ast.Load())
        case _:
            return


def is_none(node):
    return isinstance(node, ast.Constant) and node.value is None


def mutants(path, source, enums):
    """Every mutant of a file, but for its type hints."""
    tree = ast.parse(source)
    found = []

    def walk(node, function):
        if isinstance(node, FUNCTION):
            function = node.lineno
        for name, value in ast.iter_fields(node):
            if name in {"annotation", "returns", "decorator_list", "bases"}:
                continue
            if isinstance(value, list):
                for i, child in enumerate(value):
                    if isinstance(child, ast.AST):
                        put(value, i, child, function)
            elif isinstance(value, ast.AST):
                put(node.__dict__, name, value, function)

    def put(place, key, child, function):
        for what, other in changes(child, enums):
            place[key] = ast.copy_location(other, child)
            changed = ast.unparse(ast.fix_missing_locations(tree))
            found.append(Mutant(path, child.lineno, function, what, changed))
        place[key] = child
        walk(child, function)

    walk(tree, 0)
    plain = ast.unparse(ast.parse(source))
    return [mutant for mutant in found if mutant.source != plain]


def enums_of(path):
    """The members of each closed set that a file of the vocabulary defines."""
    tree = ast.parse(Path(path).read_text("utf-8"))
    return {
        node.name: [s.targets[0].id for s in node.body if isinstance(s, ast.Assign)]
        for node in tree.body
        if isinstance(node, ast.ClassDef) and any(ast.unparse(b) == "Enum" for b in node.bases)
    }


# --- running the tests against it


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

    def pytest_runtest_logreport(self, report):
        self.took[report.nodeid] = self.took.get(report.nodeid, 0) + report.duration


def in_child(sources, watch, answer=None):
    """Run the tests in a forked child with these sources; its exit status, 0 where nothing failed."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    signal.alarm(SECONDS)
    if not os.environ.get("ALOUD"):
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
    sys.meta_path.insert(0, Instead(sources))
    builtins.hit = lambda place: watch.reached[place].add(watch.now)
    # Some plugins are loaded before pytest could rewrite their assertions; nothing depends on it.
    quietly = ["-W", "ignore::pytest.PytestAssertRewriteWarning", "-p", "no:cacheprovider"]
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
    for path in ("terms", "refusals", "matter", "voting"):
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
    """The line that differs, as it is in the mutant."""
    before = ast.unparse(ast.parse(Path(mutant.path).read_text("utf-8"))).splitlines()
    after = mutant.source.splitlines()
    changed = (new for old, new in zip(before, after, strict=False) if old != new)
    return next(changed, "(the last line)").strip()


if __name__ == "__main__":
    main(sys.argv[1:])
