"""A document in, PDF/A bytes out: the same bytes for the same document, always."""

from io import BytesIO
from itertools import groupby

from kiosk.typeset.archive import Card, archived
from kiosk.typeset.blocks import block_slabs, title_slabs
from kiosk.typeset.document import Document, Face
from kiosk.typeset.fonts import PRESS, FontFolder
from kiosk.typeset.furniture import draw_foot, draw_rehearsal
from kiosk.typeset.grid import HEIGHT, PAGE_HEIGHT, PAGE_WIDTH, TOP
from kiosk.typeset.record import record
from kiosk.typeset.slabs import Page, pages
from kiosk.typeset.tags import TaggedCanvas


def _draw_page(canvas: TaggedCanvas, page: Page) -> None:
    inked = [(slab, below) for slab, below in page.placed if not slab.gap]
    for tag, placed in groupby(inked, key=lambda each: each[0].tag):
        with canvas.tagged(tag):
            for slab, below in placed:
                slab.draw(canvas, TOP - below)


def _card(document: Document) -> Card:
    return Card(
        title=document.title.replace("\n", ""),
        author=document.author,
        subject=document.subject,
        made_at=document.made_at,
        record=record(document),
    )


def render(document: Document, fonts: FontFolder) -> bytes:
    """The document as PDF/A-3b: A4 pages, every font embedded, its record attached.

    The same document gives the same bytes in any process.  Safe to call from several threads,
    which take turns.  Raises MissingGlyph when a character cannot be drawn, FontMissing when a
    font file is damaged, segno.DataOverflowError when a QR text is too long.
    """
    with PRESS:
        slabs = [*title_slabs(document.title, fonts), *block_slabs(document.blocks, fonts)]
        out = BytesIO()
        size = (PAGE_WIDTH, PAGE_HEIGHT)
        canvas = TaggedCanvas(out, size, fonts.sort("—", Face.SONG).font)
        for number, page in enumerate(pages(slabs, HEIGHT), start=1):
            if document.rehearsal:
                with canvas.artifact():
                    draw_rehearsal(canvas, fonts)
            _draw_page(canvas, page)
            with canvas.artifact():
                draw_foot(canvas, document.footer, number, fonts)  # last, as it is read
            canvas.showPage()
        canvas.save()
    return archived(out.getvalue(), _card(document), canvas.marks)
