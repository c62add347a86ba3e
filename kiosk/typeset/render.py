"""A document in, PDF/A bytes out: the same bytes for the same document, always."""

from io import BytesIO
from itertools import groupby

from kiosk.typeset.archive import Card, archived
from kiosk.typeset.blocks import block_slabs, title_slabs
from kiosk.typeset.document import Document
from kiosk.typeset.fonts import PRESS, FontFolder
from kiosk.typeset.furniture import draw_foot, draw_rehearsal
from kiosk.typeset.grid import HEIGHT, PAGE_HEIGHT, PAGE_WIDTH, TOP
from kiosk.typeset.poster import Poster
from kiosk.typeset.poster_drawn import HEIGHT as A3_HEIGHT
from kiosk.typeset.poster_drawn import WIDTH as A3_WIDTH
from kiosk.typeset.poster_drawn import draw_poster
from kiosk.typeset.record import record
from kiosk.typeset.slabs import Page, pages
from kiosk.typeset.tags import TaggedCanvas


def _draw_page(canvas: TaggedCanvas, page: Page) -> None:
    inked = [(slab, below) for slab, below in page.placed if not slab.gap]
    for tag, placed in groupby(inked, key=lambda each: each[0].tag):
        with canvas.tagged(tag):
            for slab, below in placed:
                slab.draw(canvas, TOP - below)


def _card(sheet: Document | Poster) -> Card:
    document = sheet.words if isinstance(sheet, Poster) else sheet
    return Card(
        title=document.title.replace("\n", ""),
        author=document.author,
        subject=document.subject,
        made_at=document.made_at,
        record=record(document),
    )


def render(document: Document | Poster, fonts: FontFolder) -> bytes:
    """The document as PDF/A-3b: A4 pages, a poster one of A3; every font embedded, its record attached.

    The same document gives the same bytes in any process.  Safe to call from several threads,
    which take turns.  Raises FontMissing when a
    font file is damaged, ValueError when a QR text is too long.
    """
    with PRESS:
        out = BytesIO()
        size = (A3_WIDTH, A3_HEIGHT) if isinstance(document, Poster) else (PAGE_WIDTH, PAGE_HEIGHT)
        canvas = TaggedCanvas(out, size)
        if isinstance(document, Poster):
            draw_poster(canvas, document, fonts)
            canvas.showPage()
        else:
            _draw_pages(canvas, document, fonts)
        canvas.save()
    return archived(out.getvalue(), _card(document), canvas.marks)


def _draw_pages(canvas: TaggedCanvas, document: Document, fonts: FontFolder) -> None:
    slabs = [*title_slabs(document.title, fonts), *block_slabs(document.blocks, fonts)]
    for number, page in enumerate(pages(slabs, HEIGHT), start=1):
        if document.rehearsal:
            with canvas.artifact():
                draw_rehearsal(canvas, fonts)
        _draw_page(canvas, page)
        with canvas.artifact():
            draw_foot(canvas, document, number, fonts)  # last, as it is read
        canvas.showPage()
