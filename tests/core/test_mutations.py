"""The changes that mutation testing makes: one at a time, each of them meant, and nothing in a type hint."""

import pytest
from mutations import mutants

ENUMS = {"Phase": ["WORKS", "DONE"]}


def changed(line):
    """What becomes of one line inside a function."""
    source = f"def asked(a: int | None = None) -> int:\n    {line}\n"
    return {m.source.splitlines()[-1].strip() for m in mutants("asked.py", source, ENUMS)}


@pytest.mark.parametrize(
    ("line", "others"),
    [
        ("a < b", {"a <= b", "a >= b"}),
        ("a <= b", {"a < b", "a > b"}),
        ("a == b", {"a != b"}),
        ("a in b", {"a not in b"}),
        ("a and b", {"a or b", "a", "b"}),
        ("not a", {"a"}),
        ("a + b", {"a - b"}),
        ("15", {"16"}),
        ("True", {"False"}),
        ("return a", {"return None"}),
        ("require(a)", {"pass"}),
        ("any(a) == b", {"all(a) == b", "any(a) != b"}),
        ("a = Phase.DONE", {"a = Phase.WORKS"}),
        ("return None", set()),
        ("a = 'words'", set()),
    ],
)
def test_each_change_is_made_and_no_other(line, others):
    assert changed(line) == others


def test_a_branch_goes_the_other_way():
    source = "def asked(a):\n    if a:\n        a = b\n"
    (other,) = mutants("asked.py", source, {})
    assert "if not a:" in other.source
    assert (other.line, other.function) == (2, 1)
