"""QR codes as one SVG path, so that a strict policy on styles and images has nothing to forbid."""

from dataclasses import dataclass

import segno

QUIET_ZONE = 4
"""Modules of white around the code, as ISO/IEC 18004 asks."""


@dataclass(frozen=True, slots=True)
class QrPath:
    """A code as path data on a square of `side` modules, quiet zone included."""

    d: str
    side: int


def qr_path(text: str) -> QrPath:
    """The code of a text, at error level M."""
    matrix = segno.make(text, error="m", micro=False).matrix
    marks = [
        f"M{x + QUIET_ZONE} {y + QUIET_ZONE}h1v1h-1z"
        for y, row in enumerate(matrix)
        for x, dark in enumerate(row)
        if dark
    ]
    return QrPath("".join(marks), len(matrix) + 2 * QUIET_ZONE)
