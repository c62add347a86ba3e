"""From a text to set lines: glyphs, where the lines end, and how much goes between the glyphs.

A line takes what fits.  If it may not end there, closing marks are pushed in by squeezing the
blanks of the line's marks, or else the last characters are pushed out to the next line; a line
that is then too short is spread evenly (两端对齐).  No glyph is ever scaled.
"""

from collections.abc import Iterator

from kiosk.typeset.breaks import CLOSING, may_break, tightening
from kiosk.typeset.document import Face
from kiosk.typeset.fonts import FontFolder, MissingGlyph
from kiosk.typeset.spacing import SLIP, Glyph, SetLine, fill, squeezed

_ENDLESS = 1e6
_PUSHED_IN = 3
"""At most this many closing marks are pushed into a full line."""


def glyphs_of(text: str, face: Face, size: float, fonts: FontFolder) -> tuple[Glyph, ...]:
    """The glyphs of a text at `size` pt; what no font draws is spelled by its number."""
    try:
        return _glyphs(text, face, size, fonts)
    except MissingGlyph:
        return _glyphs(fonts.spelled(text, face), face, size, fonts)


def _glyphs(text: str, face: Face, size: float, fonts: FontFolder) -> tuple[Glyph, ...]:
    sorts = fonts.case(face)
    return tuple([Glyph(char, (sort := sorts[char]).font, sort.em * size) for char in text])


def surely_fits(text: str, face: Face, size: float, fonts: FontFolder, *, room: float) -> bool:
    """Whether every line of the text is known to fit `room` pt: its characters do even with all their blanks."""
    sorts = fonts.case(face)
    try:
        wide = max(sum([sorts[char].em for char in line]) for line in text.split("\n"))
    except MissingGlyph:
        return False
    return wide * size <= room


def _reach(glyphs: tuple[Glyph, ...], start: int, room: float, size: float) -> int:
    """The end of the longest line that fits, or the place after a line feed within it."""
    end, total, seen = start, 0.0, 0.0
    while end < len(glyphs):
        glyph = glyphs[end]
        total += glyph.advance
        if end > start:
            total -= size * tightening(glyphs[end - 1].char, glyph.char)
        if glyph.char not in " \n":
            seen = total  # what `natural` gives for the line so far, without asking for all of it again
        if seen > room + SLIP:
            break
        end += 1
        if glyph.char == "\n":
            break
    return end


def _end(glyphs: tuple[Glyph, ...], free: list[bool], start: int, room: float, size: float) -> int:
    """Where the line that begins at `start` ends: as it falls, pushed in, or pushed out."""

    def lawful(at: int) -> bool:
        return at == len(glyphs) or free[at] or (at > start and glyphs[at - 1].char == "\n")

    fits = _reach(glyphs, start, room, size)
    for end in range(fits, min(fits + _PUSHED_IN, len(glyphs)) + 1):
        tight = end == fits or squeezed(glyphs[start:end], size) <= room + SLIP
        if end > start and lawful(end) and tight:
            return end
        if end < len(glyphs) and glyphs[end].char not in CLOSING:
            break
    return next((at for at in range(fits, start, -1) if lawful(at)), max(fits, start + 1))


def _spans(glyphs: tuple[Glyph, ...], room: float, indent: float, size: float) -> Iterator[slice]:
    free = may_break("".join(glyph.char for glyph in glyphs))
    start = 0
    while start < len(glyphs):
        end = _end(glyphs, free, start, room if start else room - indent, size)
        yield slice(start, end)
        start = end


def set_lines(
    text: str,
    face: Face,
    size: float,
    fonts: FontFolder,
    *,
    room: float,
    indent: float = 0.0,
    justify: bool = False,
) -> list[SetLine]:
    """Set a text in lines of at most `room` pt, the first shorter by `indent` pt.

    Joining the lines' texts gives back the text as it was spelled.  The last line, and lines before a deliberate
    break, stay ragged.  A word wider than the line is cut.
    """
    glyphs = glyphs_of(text, face, size, fonts)
    lines = []
    for span in _spans(glyphs, room, indent, size):
        last = span.stop == len(glyphs) or glyphs[span.stop - 1].char == "\n"
        width = room if span.start else room - indent
        lines.append(fill(glyphs[span], width, size, ragged=last or not justify))
    return lines or [SetLine((), (), size)]


def balanced(
    text: str, face: Face, size: float, fonts: FontFolder, *, room: float
) -> list[SetLine]:
    """Like `set_lines`, centred texts' way: as few lines as possible, as even as possible."""
    best = set_lines(text, face, size, fonts, room=room)
    narrower = room - size
    while narrower > room / 3:
        lines = set_lines(text, face, size, fonts, room=narrower)
        if len(lines) > len(best):
            break
        best, narrower = lines, narrower - size
    return best


def fitted(text: str, face: Face, size: float, fonts: FontFolder, *, room: float) -> SetLine:
    """A text on one line, in smaller type where `room` pt would not hold it: nothing is cut."""
    flat = text.replace("\n", " ")
    line = set_lines(flat, face, size, fonts, room=_ENDLESS)[0]
    if line.width <= room:
        return line
    return set_lines(flat, face, size * room / line.width, fonts, room=_ENDLESS)[0]
