"""Full-text search in Chinese (全文查找): every part of a question must occur; words need not be told apart.

Pure: things with their texts in, those that match out. A Chinese text has no blanks to cut it by, and cutting it by a
dictionary would miss names; so a part of the question is looked for as it stands. Where nothing has all of it, what
shares most pairs of neighbouring characters comes near. `static/js/find.js` does the same on a static site.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from unicodedata import normalize

AT_MOST = 60
"""More than this nobody reads: he asks more exactly."""
NEAR_ENOUGH = 2
"""Comes near: at least 1 / NEAR_ENOUGH of the pairs of neighbouring characters of the question."""
AROUND = 18
"""Characters on either side of what was found."""


@dataclass(frozen=True)
class Thing:
    """One thing that can be found: where it stands, its title, a line about it, and all of its text."""

    href: str
    title: str
    about: str
    text: str

    @cached_property
    def spelled(self) -> str:
        """All that is searched in, as `spelled` has it."""
        return spelled(f"{self.title}\n{self.about}\n{self.text}")


@dataclass(frozen=True, slots=True)
class Found:
    """What was found: the things, whether they only come near, and how many there are in all."""

    things: Sequence[Thing]
    near: bool
    count: int


def spelled(text: str) -> str:
    """As it is compared: width and case make no difference, blanks within a line neither."""
    lines = normalize("NFKC", text).lower().split("\n")
    return "\n".join("".join(line.split()) for line in lines)


def parts_of(question: str) -> list[str]:
    """The parts of a question, which blanks keep apart."""
    return [spelled(part) for part in normalize("NFKC", question).split()]


def search(things: Sequence[Thing], question: str) -> Found:
    """What answers the question: those with it in the title first, then in the order given."""
    parts = parts_of(question)
    if not parts:
        return Found((), near=False, count=0)
    hits = [thing for thing in things if all(part in thing.spelled for part in parts)]
    if hits:
        hits.sort(key=lambda thing: not all(part in spelled(thing.title) for part in parts))
        return Found(hits[:AT_MOST], near=False, count=len(hits))
    near = _near(things, parts)
    return Found(near[:AT_MOST], near=True, count=len(near))


def _near(things: Sequence[Thing], parts: Sequence[str]) -> list[Thing]:
    pairs = {part[i : i + 2] for part in parts for i in range(len(part) - 1)}
    if not pairs:
        return []
    scored = [(sum(pair in thing.spelled for pair in pairs), thing) for thing in things]
    scored = [(score, thing) for score, thing in scored if score * NEAR_ENOUGH >= len(pairs)]
    scored.sort(key=lambda one: one[0], reverse=True)
    return [thing for _, thing in scored]


def excerpt(thing: Thing, question: str) -> tuple[str, str, str]:
    """Where the first part of the question stands in the text: before it, itself, after it; blank where it does not."""
    for part in normalize("NFKC", question).split():
        at = thing.text.find(part)
        if at >= 0:
            end = at + len(part)
            before = thing.text[max(0, at - AROUND) : at].rpartition("\n")[2]
            return before, thing.text[at:end], thing.text[end : end + AROUND].partition("\n")[0]
    return "", "", ""
