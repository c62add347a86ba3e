"""A document in, PDF bytes out: the same bytes for the same document, always."""

from io import BytesIO
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from kiosk.typeset.blocks import block_slabs, title_slabs
from kiosk.typeset.document import Document, Face
from kiosk.typeset.fonts import PRESS, FontFolder
from kiosk.typeset.furniture import draw_foot, draw_rehearsal
from kiosk.typeset.grid import CHARACTER, HEIGHT, PAGE_HEIGHT, PAGE_WIDTH, TOP
from kiosk.typeset.slabs import Page, pages

_CREATOR = "村民议事表决一体机"


def _canvas(document: Document, fonts: FontFolder, out: BytesIO) -> Canvas:
    options: dict[str, Any] = {
        "pagesize": (PAGE_WIDTH, PAGE_HEIGHT),
        "invariant": 1,  # no clock and no chance in the file: its hash can be checked
        "pageCompression": 1,
        "lang": "zh-CN",
        "initialFontName": fonts.sort("—", Face.SONG).font,  # or Helvetica goes in, not embedded
        "initialFontSize": CHARACTER,
    }
    canvas = Canvas(out, **options)
    canvas.setTitle(document.title.replace("\n", ""))
    canvas.setAuthor(document.author)
    canvas.setSubject(document.subject)
    canvas.setCreator(_CREATOR)
    canvas.setProducer("ReportLab")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return canvas


def _draw_page(canvas: Canvas, page: Page) -> None:
    for slab, below in page.placed:
        slab.draw(canvas, TOP - below)


def render(document: Document, fonts: FontFolder) -> bytes:
    """The document as a PDF of A4 pages with every font embedded.

    The same document gives the same bytes in any process.  Safe to call from several threads,
    which take turns.  Raises MissingGlyph when a character cannot be drawn, FontMissing when a
    font file is damaged, segno.DataOverflowError when a QR text is too long.
    """
    with PRESS:
        slabs = [*title_slabs(document.title, fonts), *block_slabs(document.blocks, fonts)]
        out = BytesIO()
        canvas = _canvas(document, fonts, out)
        for number, page in enumerate(pages(slabs, HEIGHT), start=1):
            if document.rehearsal:
                draw_rehearsal(canvas, fonts)
            _draw_page(canvas, page)
            draw_foot(canvas, document.footer, number, fonts)  # last, as it is read
            canvas.showPage()
        canvas.save()
    return out.getvalue()
