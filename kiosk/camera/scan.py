"""Signed sheets out of a file with one or many pages (扫描件), by a process of its own: `python -m kiosk.camera.scan`.

It takes a PDF, as multifunction printers send it, or a photograph from its stdin. To its stdout it writes for each
page, as soon as it is done, a line of JSON and the straightened sheet as a JPEG, as `sheet` does. So whoever waits
keeps what was read before a page that kills the process.

A PDF is a program that somebody else wrote. It runs here: bounded in pages, in pixels whatever size a page claims, in
memory and in processor time; what it runs into ends this process and nothing else.
"""

import json
import resource
import sys
from collections.abc import Iterator
from io import BytesIO

import cv2
import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from kiosk.camera.sheet import TAKEN_IN_PX, Pixels, Sheet, as_pixels, jpeg_of, sheet_in
from kiosk.camera.sources import hush
from kiosk.camera.still import NO_PICTURE, Nothing, sent

LOCKED, TOO_MANY = 5, 6
"""What the process ends with beside the codes of `still`: a PDF with a password, one with too many pages."""
PAGES_AT_MOST = 20
MEMORY_BYTES = 4 << 30
"""Address space: OpenCV's threads take most of it; a page that is drawn takes some 50 MB."""
PROCESSOR_S = 200
_MARK = b"%PDF-"
_MARK_WITHIN_BYTES = 1024
"""So far from its beginning a PDF may say that it is one (ISO 32000-1, annex H.3.4.1)."""


def main() -> int:
    """Read what is sent, page by page; the exit code."""
    hush()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_S, PROCESSOR_S))
    try:
        for sheet in sheets_in(sys.stdin.buffer.read()):
            _write(sheet)
    except Nothing as nothing:
        return nothing.code
    return 0


def sheets_in(file: bytes) -> Iterator[Sheet | None]:
    """The sheets of a file in their order; None for a page that cannot be drawn. Nothing where it is no such file."""
    if _MARK not in file[:_MARK_WITHIN_BYTES]:
        yield sheet_in(as_pixels(sent(file, TAKEN_IN_PX)))
        return
    document = _opened(file)
    if len(document) > PAGES_AT_MOST:
        raise Nothing(TOO_MANY)
    if not len(document):
        raise Nothing(NO_PICTURE)
    for number in range(len(document)):
        drawn = _drawn(document, number)
        yield None if drawn is None else sheet_in(drawn)


def _opened(file: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(BytesIO(file))
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}
        raise Nothing(LOCKED if locked else NO_PICTURE) from error


def _drawn(document: pypdfium2.PdfDocument, number: int) -> Pixels | None:
    """The page as pixels, its longer side as long as a photograph's: however large it says that it is."""
    try:
        page = document[number]
        wide, high = page.get_size()
        scale = TAKEN_IN_PX / max(wide, high, 1.0)
        drawn: Image.Image = page.render(scale=scale).to_pil()
    except (pypdfium2.PdfiumError, MemoryError, ValueError):
        return None
    return cv2.cvtColor(np.asarray(drawn.convert("RGB")), cv2.COLOR_RGB2BGR).astype(np.uint8)


def _write(sheet: Sheet | None) -> None:
    jpeg = jpeg_of(sheet.picture) if sheet else b""
    told = {
        "codes": sheet.codes if sheet else (),
        "straightened": bool(sheet and sheet.straightened),
        "bytes": len(jpeg),
    }
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + jpeg)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    sys.exit(main())
