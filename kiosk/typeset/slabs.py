"""Slabs: pieces of a paper that no page break may cut, and how they are laid on pages.

What must stay together is marked on the slabs, not known here: a heading with its text, two
lines of a paragraph, a signature with what is signed (GB/T 9704—2012, 7.3.5.5).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from kiosk.typeset.tags import Tag, TaggedCanvas

Draw = Callable[[TaggedCanvas, float], None]
"""Draws a slab whose upper edge lies at the given height above the page's bottom (pt)."""

_SLIP = 0.5


def _nothing(_canvas: TaggedCanvas, _top: float) -> None:
    """An empty slab has nothing to draw."""


@dataclass(frozen=True, slots=True)
class Slab:
    """height: pt.  keep: stays with the next slab.  head: repeated above it on a new page.

    gap: mere space, which vanishes at the top of a page.  fresh: begins a page.
    below: pt that stay free under it at a page's end.
    tag: what it is to a reader; without one, mere furniture of the page.
    """

    height: float
    draw: Draw = _nothing
    keep: bool = False
    head: "Slab | None" = None
    gap: bool = False
    fresh: bool = False
    below: float = 0.0
    tag: Tag | None = None


def space(height: float, *, keep: bool = False) -> Slab:
    """Empty space of `height` pt."""
    return Slab(height, keep=keep, gap=True)


def tagged(slabs: Sequence[Slab], tag: Tag | None) -> list[Slab]:
    """The same slabs, each a piece of the same element."""
    return [replace(slab, tag=tag) for slab in slabs]


def hold_together(slabs: Sequence[Slab]) -> list[Slab]:
    """The same slabs, none to be parted from the next except after the last."""
    return [*(replace(slab, keep=True) for slab in slabs[:-1]), *slabs[-1:]]


def hold_to_previous(before: Sequence[Slab], *, inked: int = 1) -> list[Slab]:
    """The same slabs, the last one with ink, or so many of them, held to whatever follows."""
    out = list(before)
    for at in range(len(out) - 1, -1, -1):
        out[at] = replace(out[at], keep=True)
        inked -= not out[at].gap
        if not inked:
            break
    return out


@dataclass(slots=True)
class Page:
    """A page being filled: slabs with their distance (pt) below the top of the type area."""

    room: float
    used: float = 0.0
    placed: list[tuple[Slab, float]] = field(default_factory=list)

    def takes(self, height: float) -> bool:
        """Whether `height` pt more fit."""
        return self.used + height <= self.room + _SLIP

    def lay(self, slab: Slab) -> None:
        """Lay a slab below the others, under its head if it opens the page."""
        if not self.placed and slab.head is not None:
            self.placed.append((slab.head, 0.0))
            self.used = slab.head.height
        if self.placed or not slab.gap:
            self.placed.append((slab, self.used))
            self.used += slab.height


def _groups(slabs: Iterable[Slab]) -> Iterator[list[Slab]]:
    group: list[Slab] = []
    for slab in slabs:
        group.append(slab)
        if not slab.keep:
            yield group
            group = []
    if group:
        yield group


def _wants_new_page(page: Page, group: Sequence[Slab]) -> bool:
    if page.placed and group[0].fresh:
        return True
    height = sum(slab.height for slab in group)
    inked = [slab for slab in group if not slab.gap]
    if not (page.placed and inked):
        return False
    below = inked[-1].below
    return height + below <= page.room and not page.takes(height + below)


def pages(slabs: Iterable[Slab], room: float) -> list[Page]:
    """Lay slabs on pages of `room` pt; a group longer than a page is broken where it must be."""
    out = [Page(room)]
    for group in _groups(slabs):
        if _wants_new_page(out[-1], group):
            out.append(Page(room))
        for slab in group:
            if out[-1].placed and not slab.gap and not out[-1].takes(slab.height + slab.below):
                out.append(Page(room))
            out[-1].lay(slab)
    return out
