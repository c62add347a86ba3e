"""A QR code as one filled path: sharp at any resolution, no image in the file."""

import re

import zxingcpp

from kiosk.typeset.canvas import Canvas

_QUIET = 4
"""Empty modules around the code (ISO/IEC 18004)."""
_DARK = re.compile(rb"\x00+")


def _matrix(text: str) -> list[bytes]:
    """The rows of the code, at level M, in the smallest version that holds the text: 0 is a dark module."""
    try:
        code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    except ValueError as error:
        raise ValueError(f"no QR code holds these {len(text)} characters") from error
    image = zxingcpp.write_barcode_to_image(code, scale=1, add_quiet_zones=False)
    pixels: memoryview = memoryview(image)  # type: ignore[arg-type] # Python 3.11 has no type for buffers
    return [bytes(row) for row in pixels.tolist()]


def draw_code(
    canvas: Canvas, text: str, x: float, y: float, side: float, *, to_the_left: bool = False
) -> None:
    """Draw the code of `text`, which with its quiet zone measures `side` pt.

    `x` is where its first dark module begins, `to_the_left` where its last one ends: the margin of the page is
    quiet too; `y` is the lower edge of the square.

    Raises ValueError when the text is longer than a code holds.
    """
    rows = _matrix(text)
    module = side / (len(rows) + 2 * _QUIET)
    if to_the_left:
        x -= len(rows) * module
    spans = [(down, *run.span()) for down, row in enumerate(rows) for run in _DARK.finditer(row)]
    runs = " ".join([f"{start} {down} {end - start} 1 re" for down, start, end in spans])
    top = y + side - _QUIET * module
    canvas.addLiteral(f"q {module:.6f} 0 0 {-module:.6f} {x:.3f} {top:.3f} cm {runs} f Q")
