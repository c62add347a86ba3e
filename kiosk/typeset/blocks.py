"""Every block of a document becomes slabs; here the running text, elsewhere the figures."""

from collections.abc import Sequence
from functools import partial

from kiosk.typeset.bars import bars_slabs, said
from kiosk.typeset.canvas import Canvas
from kiosk.typeset.document import (
    Align,
    Bars,
    Blank,
    Block,
    CheckBlock,
    Face,
    Heading,
    Line,
    NewPage,
    Paragraph,
    PhotoPlaces,
    SealPlace,
    Signatures,
    Table,
)
from kiosk.typeset.fonts import FontFolder
from kiosk.typeset.grid import CHARACTER, LEFT, PITCH, SIZE_2, SIZE_SMALL_4, WIDTH, baseline
from kiosk.typeset.ink import draw_line, rule, start_of
from kiosk.typeset.lines import balanced, set_lines
from kiosk.typeset.places import check_slabs, photo_slabs, seal_slabs, signature_slabs
from kiosk.typeset.slabs import Slab, hold_to_previous, hold_together, space, tagged
from kiosk.typeset.spacing import SetLine
from kiosk.typeset.table import table_slabs
from kiosk.typeset.tags import Tag

_Text = Line | Paragraph | Heading | Blank | NewPage
_Figure = Bars | Signatures | SealPlace | PhotoPlaces | CheckBlock

_INDENT = 2 * CHARACTER
_HEADING_FACES = {1: Face.HEI, 2: Face.KAI, 3: Face.BOLD}
_SMALL_LEAD = 20.0
_TITLE_LEAD = 36.0
_TITLE_RULE = 1.2


def _draw_at(line: SetLine, x: float, lead: float, canvas: Canvas, top: float) -> None:
    draw_line(canvas, x, baseline(top, lead, line.size), line)


def _body_slab(line: SetLine, x: float) -> Slab:
    """A body line: its characters stand at the top of the pitch, so that 22 fill 225 mm (5.2.3)."""
    return Slab(PITCH, partial(_draw_at, line, x, CHARACTER))


def _running(text: str, face: Face, indent: float, fonts: FontFolder) -> list[Slab]:
    """A justified text; its first line is not left alone on a page, nor the last of four."""
    lines = set_lines(text, face, CHARACTER, fonts, room=WIDTH, indent=indent, justify=True)
    slabs = [_body_slab(line, LEFT + (0 if at else indent)) for at, line in enumerate(lines)]
    return [*hold_together(slabs[:2]), *slabs[2:-2], *hold_together(slabs[2:][-2:])]


def _heading(block: Heading, fonts: FontFolder) -> list[Slab]:
    slabs = _running(block.text, _HEADING_FACES[block.level], _INDENT, fonts)
    return hold_to_previous(hold_together(slabs))


def _line(block: Line, fonts: FontFolder) -> list[Slab]:
    size, lead = (SIZE_SMALL_4, _SMALL_LEAD) if block.small else (CHARACTER, CHARACTER)
    height = _SMALL_LEAD if block.small else PITCH
    align: Align = block.align
    lines = set_lines(block.text, block.face, size, fonts, room=WIDTH)
    return hold_together(
        [Slab(height, partial(_draw_at, line, start_of(line, align), lead)) for line in lines]
    )


def _text(block: _Text, fonts: FontFolder) -> list[Slab]:
    match block:
        case Line():
            return _line(block, fonts)
        case Paragraph():
            return _running(block.text, block.face, _INDENT if block.indent else 0.0, fonts)
        case Heading():
            return _heading(block, fonts)
        case Blank():
            return [space(block.lines * PITCH)]
        case NewPage():
            return [Slab(0.0, fresh=True, keep=True, gap=True)]


def _figure(block: _Figure, fonts: FontFolder) -> list[Slab]:
    match block:
        case Bars():
            return bars_slabs(block, fonts)
        case Signatures():
            return signature_slabs(block, fonts)
        case SealPlace():
            return seal_slabs(block, fonts)
        case PhotoPlaces():
            return photo_slabs(block, fonts)
        case CheckBlock():
            return check_slabs(block, fonts)


def _tag(block: Block, key: int) -> Tag:
    """What a block is in the structure of the paper; under the title, which is its H1, headings go one level down."""
    match block:
        case Heading():
            return Tag(f"H{block.level + 1}", key)
        case Table():
            return Tag("Table", key, whole=False)
        case CheckBlock():
            return Tag("Div", key, whole=False)
        case Bars():
            return Tag("Figure", key, said(block))
        case _:
            return Tag("P", key)


def _is_whole(block: Block) -> bool:
    """Whether it is a table that no page cuts: what introduces it goes with it."""
    return isinstance(block, Table) and block.together


def block_slabs(blocks: Sequence[Block], fonts: FontFolder) -> list[Slab]:
    """The slabs of all blocks; what authenticates a paper is held to what it authenticates."""
    out: list[Slab] = []
    for at, block in enumerate(blocks, start=1):
        if isinstance(block, Signatures):
            # With the sentence that is signed goes what it speaks of.
            out = hold_to_previous(out, inked=2)
        elif isinstance(block, SealPlace | CheckBlock) or _is_whole(block):
            out = hold_to_previous(out)
        if isinstance(block, Table):
            alike = [b for b in blocks if isinstance(b, Table) and b.columns == block.columns]
            slabs = table_slabs(block, fonts, alike)
        else:
            slabs = _text(block, fonts) if isinstance(block, _Text) else _figure(block, fonts)
        out += tagged(slabs, _tag(block, at))
    return out


def _draw_title(lines: Sequence[SetLine], canvas: Canvas, top: float) -> None:
    rule(canvas, LEFT, top, LEFT + WIDTH, top, _TITLE_RULE)
    for at, line in enumerate(lines):
        y = baseline(top - PITCH - at * _TITLE_LEAD, SIZE_2, SIZE_2)
        draw_line(canvas, start_of(line, "center"), y, line)


def title_slabs(title: str, fonts: FontFolder) -> list[Slab]:
    """The title, 二号 and centred (7.3.1), under the one thin rule; whole body lines high.

    The rule is black: a red one (红色分隔线, 7.2.7) is the letterhead of an organ of state.
    """
    if not title:
        return []
    lines = balanced(title, Face.TITLE, SIZE_2, fonts, room=WIDTH)
    need = PITCH + len(lines) * _TITLE_LEAD + PITCH / 2
    height = -(-need // PITCH) * PITCH
    return [Slab(height, partial(_draw_title, lines), keep=True, tag=Tag("H1", 0))]
