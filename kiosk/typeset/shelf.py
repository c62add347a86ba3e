"""Where issued papers are kept (文书存放): each one file, set from the journal, behind it the village's signature."""

import hashlib
import re
from enum import Enum, auto
from pathlib import Path

from pikepdf import Pdf, PdfError

from kiosk.core.events import PaperIssued
from kiosk.core.papers import Due, file_name
from kiosk.store.durable import put

_RANGE = re.compile(rb"/ByteRange *\[ *0 +(\d+) +(\d+) +(\d+) *\]")


class Kept(Enum):
    """What the disk has of a paper."""

    GONE = auto()
    """No file, or not the paper's bytes: restored from a copy of the database alone, or a bad disk."""
    UNSIGNED = auto()
    """The paper, and behind it no signature, or a broken one."""
    SIGNED = auto()
    """The paper and the signature."""


class Shelf:
    """The folder of the papers, named as `core.papers.file_name` says."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, paper: PaperIssued | Due) -> Path:
        """Where that paper is kept."""
        return self._folder / file_name(paper)

    def kept(self, issued: PaperIssued) -> Kept:
        """What the disk has of it. The digest in the journal is that of the paper before any signature."""
        try:
            content = self.path(issued).read_bytes()
        except FileNotFoundError:
            return Kept.GONE
        paper = content[: issued.size_bytes]
        if len(paper) < issued.size_bytes or hashlib.sha256(paper).hexdigest() != issued.sha256:
            return Kept.GONE
        return Kept.SIGNED if is_signed(content, issued.size_bytes) else Kept.UNSIGNED

    def pages(self, issued: PaperIssued) -> int:
        """How many pages it has; 1 where its file is gone or cannot be read."""
        try:
            with Pdf.open(self.path(issued)) as paper:
                return len(paper.pages)
        except (OSError, PdfError):
            return 1

    def put(self, path: Path, content: bytes) -> None:
        """Keep the bytes; on the disk when this returns."""
        self._folder.mkdir(parents=True, exist_ok=True)
        put(path, content)


def is_signed(content: bytes, size_bytes: int) -> bool:
    """Whether a signature follows the paper's `size_bytes` and covers the file to its end; not whether it is valid."""
    return any(
        int(found[2]) + int(found[3]) == len(content)
        for found in _RANGE.finditer(content, size_bytes)
    )
