"""Every single change that may be made to a Python source: a comparison, a bound, a statement, an entry of a table."""

import ast
import copy
from dataclasses import dataclass
from pathlib import Path

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


def compared(node, _enums):
    for i, op in enumerate(node.ops):
        for other in COMPARED[type(op)]:
            ops = [*node.ops[:i], other(), *node.ops[i + 1 :]]
            yield "comparison", ast.Compare(node.left, ops, node.comparators)


def joined(node, _enums):
    yield (
        "boolean",
        ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values),
    )
    for i in range(len(node.values)):
        rest = node.values[:i] + node.values[i + 1 :]
        yield "operand", rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)


def signed(node, _enums):
    if isinstance(node.op, ast.Not | ast.USub):
        yield "sign", node.operand


def computed(node, _enums):
    if type(node.op) in COMPUTED:
        yield "arithmetic", ast.BinOp(node.left, COMPUTED[type(node.op)](), node.right)


def said(node, _enums):
    if isinstance(node.value, bool):
        yield "constant", ast.Constant(not node.value)
    elif isinstance(node.value, int):
        yield "boundary", ast.Constant(node.value + 1)


def returned(node, _enums):
    nothing = isinstance(node.value, ast.Constant) and node.value.value is None
    if node.value and not nothing:
        yield "return", ast.Return(ast.Constant(None))


def done(node, _enums):
    if isinstance(node.value, ast.Call):
        yield "removed", ast.Pass()


def branched(node, _enums):
    other = copy.copy(node)
    other.test = ast.UnaryOp(ast.Not(), node.test)
    yield "branch", other


def called(node, _enums):
    if isinstance(node.func, ast.Name) and node.func.id in CALLED:
        other = ast.Name(CALLED[node.func.id], ast.Load())
        yield "call", ast.Call(other, node.args, node.keywords)


def chosen(node, enums):
    members = enums.get(node.value.id, []) if isinstance(node.value, ast.Name) else []
    if node.attr in members:
        other = members[(members.index(node.attr) + 1) % len(members)]
        yield "member", ast.Attribute(node.value, other, ast.Load())


CHANGES = {
    ast.Compare: compared,
    ast.BoolOp: joined,
    ast.UnaryOp: signed,
    ast.BinOp: computed,
    ast.Constant: said,
    ast.Return: returned,
    ast.Expr: done,
    ast.If: branched,
    ast.IfExp: branched,
    ast.Call: called,
    ast.Attribute: chosen,
}
"""For each sort of node every single change of it: what it is called, and the node that takes its place."""


def places(node, function=0):
    """Every node below: where it hangs, under which key, itself, and the line of its function; no type hints."""
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns", "decorator_list", "bases"}:
            continue
        hung = enumerate(value) if isinstance(value, list) else [(name, value)]
        for key, child in hung:
            if isinstance(child, ast.AST):
                line = child.lineno if isinstance(child, FUNCTION) else function
                yield value if isinstance(value, list) else node.__dict__, key, child, line
                yield from places(child, line)


def mutants(path, source, enums):
    """Every mutant of a file."""
    tree = ast.parse(source)
    plain, found = ast.unparse(tree), []
    for place, key, child, function in list(places(tree)):
        for what, other in CHANGES.get(type(child), lambda *_: ())(child, enums):
            place[key] = ast.copy_location(other, child)
            changed = ast.unparse(ast.fix_missing_locations(tree))
            found.append(Mutant(path, child.lineno, function, what, changed))
            place[key] = child
    return [mutant for mutant in found if mutant.source != plain]


def enums_of(path):
    """The members of each closed set that a file of the vocabulary defines."""
    tree = ast.parse(Path(path).read_text("utf-8"))
    return {
        node.name: [s.targets[0].id for s in node.body if isinstance(s, ast.Assign)]
        for node in tree.body
        if isinstance(node, ast.ClassDef) and any(ast.unparse(b) == "Enum" for b in node.bases)
    }
