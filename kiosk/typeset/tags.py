"""What each piece of a page is (结构标签), so that a screen reader and a program read a paper as a person does.

A page is drawn inside marks: of a paragraph, a cell of a table, a figure; what belongs to no text (page numbers, rules,
a head that is repeated) is an artifact. The marks become the structure tree in `archive` (ISO 32000-1, 14.7 and 14.8).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO

from kiosk.typeset.canvas import Canvas

Path = tuple[tuple[str, int], ...]
"""An element by its way from the outermost: the role of each, and which of its parent's elements it is."""


@dataclass(frozen=True, slots=True)
class Tag:
    """What a slab is: a role of ISO 32000-1, 14.8.4; `alt` says a figure in words.

    whole: everything it draws is one element; else it marks its own parts (a table its cells).
    """

    role: str
    key: int
    alt: str = ""
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Mark:
    """One marked piece of a page (from 0): its number there, and the element it is a part of."""

    page: int
    number: int
    path: Path
    alt: str


@dataclass(slots=True)
class _Marking:
    marks: list[Mark] = field(default_factory=list)
    path: Path = ()
    on_page: int = -1
    number: int = 0
    muted: bool = False


class TaggedCanvas(Canvas):
    """A canvas that remembers what was drawn on it."""

    def __init__(self, out: BytesIO, size: tuple[float, float]) -> None:
        super().__init__(out, size)
        self._marking = _Marking()

    @property
    def marks(self) -> list[Mark]:
        """Every mark so far, in the order of reading."""
        return self._marking.marks

    @contextmanager
    def within(self, role: str, key: int) -> Iterator[None]:
        """What is marked meanwhile lies inside this element."""
        marking = self._marking
        before, marking.path = marking.path, (*marking.path, (role, key))
        yield
        marking.path = before

    @contextmanager
    def marked(self, role: str, key: int, alt: str = "") -> Iterator[None]:
        """What is drawn meanwhile is this element, or one more piece of it."""
        if self._marking.muted:
            yield
            return
        with self.within(role, key):
            mark = Mark(self.getPageNumber() - 1, self._next_number(), self._marking.path, alt)
        self._marking.marks.append(mark)
        self.addLiteral(f"/{role} <</MCID {mark.number}>> BDC")
        yield
        self.addLiteral("EMC")

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """What is drawn meanwhile belongs to the page, not to the text."""
        if self._marking.muted:
            yield
            return
        self.addLiteral("/Artifact BMC")
        self._marking.muted = True
        yield
        self._marking.muted = False
        self.addLiteral("EMC")

    @contextmanager
    def tagged(self, tag: Tag | None) -> Iterator[None]:
        """What is drawn meanwhile is what the tag says; without one it is an artifact."""
        if tag is None:
            with self.artifact():
                yield
        elif tag.whole:
            with self.marked(tag.role, tag.key, tag.alt):
                yield
        else:
            with self.within(tag.role, tag.key):
                yield

    def _next_number(self) -> int:
        marking, page = self._marking, self.getPageNumber() - 1
        marking.number = marking.number + 1 if page == marking.on_page else 0
        marking.on_page = page
        return marking.number
