"""How much goes between the glyphs of a line: tightened pairs, squeezed marks, spread lines.

Nothing here knows where lines end.  No glyph is ever scaled; only the space after it changes.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from kiosk.typeset.breaks import CLOSING, OPENING, blank_between, tightening

_GIVE = 0.8
"""Which part of a mark's remaining blank may be squeezed away: inks must not touch."""
_LOOSEST = 0.25
"""A line lacking more than this part of its width stays ragged rather than being torn apart."""
SLIP = 0.01
"""Rounding, pt."""


class Glyph(NamedTuple):
    """One character in the font that draws it; a line feed has no font and no advance (pt)."""

    char: str
    font: str
    advance: float


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line ready to draw: glyphs, and what (pt, may be negative) to add after each of them."""

    glyphs: tuple[Glyph, ...]
    gaps: tuple[float, ...]
    size: float

    @property
    def text(self) -> str:
        """The characters, with the space or line feed at which the line was broken."""
        return "".join(glyph.char for glyph in self.glyphs)

    @property
    def width(self) -> float:
        """From the left of the first to the right of the last visible glyph, pt."""
        seen = _seen(self.glyphs)
        return sum(glyph.advance for glyph in self.glyphs[:seen]) + sum(self.gaps[:seen])


def _seen(glyphs: tuple[Glyph, ...]) -> int:
    """How many glyphs are left without the spaces at the end."""
    end = len(glyphs)
    while end and glyphs[end - 1].char in " \n":
        end -= 1
    return end


def _gaps(glyphs: tuple[Glyph, ...], size: float) -> list[float]:
    """The gap after each glyph before the line is justified; after the last, none."""
    pairs = pairwise(glyphs)
    return [
        *[-size * tightening(before.char, after.char) for before, after in pairs],
        *[0.0][: len(glyphs)],
    ]


def _gives(glyphs: tuple[Glyph, ...], gaps: list[float], size: float) -> list[float]:
    """How much (pt) each gap may still shrink; a closing mark at the end gives its own blank."""
    ends = [blank_between(a.char, b.char) * size for a, b in pairwise(glyphs)]
    if glyphs:
        ends.append(0.5 * size if glyphs[-1].char in CLOSING else 0.0)
    return [max(0.0, blank + gap) * _GIVE for blank, gap in zip(ends, gaps, strict=True)]


def natural(glyphs: tuple[Glyph, ...], size: float) -> float:
    """The width (pt) of a line of these glyphs before it is justified."""
    seen = glyphs[: _seen(glyphs)]
    return sum(glyph.advance for glyph in seen) + sum(_gaps(seen, size))


def squeezed(glyphs: tuple[Glyph, ...], size: float) -> float:
    """The least width (pt) of a line of these glyphs."""
    seen = glyphs[: _seen(glyphs)]
    return natural(seen, size) - sum(_gives(seen, _gaps(seen, size), size))


def _stretchable(glyphs: tuple[Glyph, ...]) -> list[int]:
    """The gaps that take what a line lacks: not inside words and numbers, not inside ——."""

    def latin(char: str) -> bool:
        return char.isascii() and char != " "

    def slot(a: str, b: str) -> bool:
        return not (latin(a) and latin(b)) and not (a == b and a in "—…") and a not in OPENING

    pairs = pairwise(glyphs)
    return [at for at, (a, b) in enumerate(pairs) if slot(a.char, b.char)]


def _shrunk(gaps: list[float], gives: list[float], excess: float) -> list[float]:
    """Take `excess` pt away: first at the line's end, the rest from all marks alike."""
    last = min(excess, gives[-1]) if gives else 0.0
    inner = sum(gives[:-1])
    part = min(1.0, (excess - last) / inner) if inner else 0.0
    return [*(gap - give * part for gap, give in zip(gaps[:-1], gives, strict=False)), -last]


def _spread(gaps: list[float], lack: float, slots: list[int]) -> list[float]:
    """Add `lack` pt in equal parts to the gaps that may take it."""
    more, spread = lack / max(1, len(slots)), list(gaps)
    for at in slots:
        spread[at] += more
    return spread


def fill(glyphs: tuple[Glyph, ...], room: float, size: float, *, ragged: bool) -> SetLine:
    """Distribute what a line lacks, or has too much, over its gaps."""
    seen = glyphs[: _seen(glyphs)]
    gaps = _gaps(seen, size)
    lack = room - sum([glyph.advance for glyph in seen]) - sum(gaps)
    if lack < -SLIP:
        gaps = _shrunk(gaps, _gives(seen, gaps, size), -lack)
    elif not ragged and lack < room * _LOOSEST:
        gaps = _spread(gaps, lack, _stretchable(seen))
    return SetLine(glyphs, (*gaps, *(0.0 for _ in glyphs[len(seen) :])), size)
