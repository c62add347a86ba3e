"""What a paper says, before anybody decides how it looks: plain frozen values, no ReportLab.

The papers module builds a `Document`; `render` alone turns it into pages.  Every text may
hold line feeds for deliberate breaks.  Sizes and places follow GB/T 9704—2012 as a
reference; a village is not an organ of state, so there is neither a red letterhead nor a seal.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto
from typing import Literal

from kiosk.core.codec import Plain

Align = Literal["left", "center", "right"]
Pattern = Literal["solid", "hatch", "dots", "empty"]


class Face(Enum):
    """A typeface by its duty on the paper (GB/T 9704—2012, 5.2.2 and 7.3.3), not by its file."""

    BODY = auto()
    """正文 (the slot of 仿宋)."""
    BOLD = auto()
    """Emphasis within the text and third-level headings."""
    TITLE = auto()
    """标题 (the slot of 小标宋)."""
    HEI = auto()
    """黑体: first-level headings, heads of tables."""
    KAI = auto()
    """楷体: second-level headings; Song where no 楷体 is given."""
    SONG = auto()
    """宋体: page numbers, small print, tables."""


@dataclass(frozen=True, slots=True)
class Line:
    """Text that stands by itself: a number, an addressee, a date; it wraps only if too long."""

    text: str
    align: Align = "left"
    face: Face = Face.BODY
    small: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Justified running text; its first line is indented two characters (首行空二字, 7.3.3)."""

    text: str
    indent: bool = True
    face: Face = Face.BODY


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that never stands last on a page: 1 “一、”, 2 “（一）”, 3 “1.” (7.3.3)."""

    level: Literal[1, 2, 3]
    text: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; its width is its share among the shares of all columns."""

    title: str
    share: int = 1
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under a shaded head, which is repeated on every page it reaches.

    together: no page break inside; for the few rows that a reader adds up.
    to_sign: rows high enough to write in by pen.
    form: what people fill in: always the same size of type, whether its cells wrap or not.
    small: always in the smallest type, for many short lines in a cell.
    Raises ValueError when a row has not as many cells as there are columns, or a column no width.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    emphasised_rows: frozenset[int] = frozenset()
    together: bool = False
    to_sign: bool = False
    form: bool = False
    small: bool = False

    def __post_init__(self) -> None:
        if not self.columns or any(column.share < 1 for column in self.columns):
            raise ValueError("a table needs columns, each with a share of at least 1")
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"a row of {len(row)} cells under {len(self.columns)} columns")


@dataclass(frozen=True, slots=True)
class Bar:
    """One counted choice; the pattern tells it apart on a black-and-white printer."""

    label: str
    count: int
    pattern: Pattern = "solid"


@dataclass(frozen=True, slots=True)
class Bars:
    """Horizontal bars from a common zero to `base`, with a line at `threshold`.

    Raises ValueError when a count or the threshold lies outside 0..base: such a figure lies.
    """

    rows: tuple[Bar, ...]
    base: int
    threshold: int | None = None
    threshold_label: str = ""

    def __post_init__(self) -> None:
        counts = [bar.count for bar in self.rows]
        counts += [] if self.threshold is None else [self.threshold]
        if self.base < 1 or any(not 0 <= count <= self.base for count in counts):
            raise ValueError(f"counts {counts} do not lie between 0 and the base {self.base}")


@dataclass(frozen=True, slots=True)
class Blank:
    """Empty body lines; they vanish at the top of a page."""

    lines: float = 1.0


@dataclass(frozen=True, slots=True)
class Signatures:
    """Places to sign by pen: rows of labels (“主持人：”), each followed by a ruled line.

    Underscores at a label's end are replaced by the rule.  Never alone on a page (7.3.5.5).
    """

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class SealPlace:
    """A dashed box where the seal goes by hand; the kiosk never draws a seal.

    `lines` (who issues, and the date) stand centred in the box, to be covered by the seal (7.3.5).
    """

    words: str = "（此处加盖印章）"
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PhotoPlaces:
    """Empty frames side by side in which photographs are glued (贴照片处), each with what belongs there."""

    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins a page: an annex (附件另面编排, 7.3.8)."""


@dataclass(frozen=True, slots=True)
class CheckBlock:
    """A QR code of 26 mm with lines of small text beside it, to check the paper by."""

    qr_text: str
    lines: tuple[str, ...] = ()


Block = (
    Line
    | Paragraph
    | Heading
    | Table
    | Bars
    | Blank
    | NewPage
    | Signatures
    | SealPlace
    | PhotoPlaces
    | CheckBlock
)


@dataclass(frozen=True, slots=True)
class Document:
    """A whole paper.

    title: at the head of the first page; empty for a paper without one.
    author, subject: the issuing committee and the paper's number, for the file's properties.
    footer: one small line at the left of every page foot, such as the check code.
    code: what the small QR code at every page foot says; none where it is empty.
    rehearsal: prints 演练 large and pale across each page.
    made_at: when, by the journal, the paper was made; for the file's properties.
    data: the figures of the paper for programs to read; goes into the attached record.
    """

    title: str
    blocks: tuple[Block, ...]
    author: str = ""
    subject: str = ""
    footer: str = ""
    code: str = ""
    rehearsal: bool = False
    made_at: datetime | None = None
    data: Mapping[str, Plain] = field(default_factory=dict)
