"""The verifier for a browser (核验网页): one file that opens from a USB stick, everything it needs inlined."""

from pathlib import Path

from kiosk.config import ROOT

CARRIED = Path(__file__).parent / "carried"
_PACKAGE = ROOT / "node_modules" / "js-sha256" / "build" / "sha256.min.js"
_INLINED = {
    "/* sha256.js */": _PACKAGE,
    "/* verify.js */": CARRIED / "verify.js",
    "/* signatures.js */": CARRIED / "signatures.js",
    "/* page.js */": CARRIED / "page.js",
    "/* page.css */": CARRIED / "page.css",
}
"""What stands in the page in the place of each of these comments."""


def page() -> str:
    """The text of verify.html. Raises OSError: set-up has not installed the front-end packages."""
    text = (CARRIED / "page.html").read_text(encoding="utf-8")
    for mark, path in _INLINED.items():
        text = text.replace(mark, path.read_text(encoding="utf-8"))
    return text
