"""A long list a page at a time (分页): what a telephone holds, and on the portal no more."""

from collections.abc import Sequence
from typing import TypeVar

Thing = TypeVar("Thing")

A_PAGE = 30
"""How many entries a list shows at once: on a telephone a page stays small."""


def paged(things: Sequence[Thing], page: int) -> tuple[Sequence[Thing], int]:
    """One page of a long list, counted from 1, and the number of the next page, 0 where there is none."""
    end = max(1, page) * A_PAGE
    return things[end - A_PAGE : end], max(1, page) + 1 if len(things) > end else 0
