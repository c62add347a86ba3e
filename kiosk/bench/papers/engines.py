"""The three that set the same resolution, each warm in a process of its own: ours, WeasyPrint, Chromium.

Warm is what a kiosk is: the program runs, its fonts are loaded, the first papers are behind it. WeasyPrint keeps its
fonts and its style sheet, Chromium its browser and its tab; each makes one paper after the other, and the first ones do
not count.
"""

import multiprocessing
import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from kiosk.bench.figures import Figures
from kiosk.bench.papers import content
from kiosk.bench.papers.chromium import Chromium
from kiosk.bench.papers.family import family_cpu_s, held_mb
from kiosk.config import ROOT
from kiosk.core.terms import CHINA
from kiosk.store.signing_key import SigningKey
from kiosk.typeset.document import Document
from kiosk.typeset.fonts import FontFolder
from kiosk.typeset.render import render
from kiosk.typeset.signing import signed

Subject = TypeVar("Subject")
WARMING = 2
"""So many papers come first and do not count."""


class Missing(Exception):
    """The program to compare with is not on this machine; the message says what is missing."""


def ours(documents: Sequence[Document]) -> Figures:
    """Our own: set, PDF/A-3b with its record; and the signature, which the others do not make, by itself."""
    return _apart(_ours, documents)


def weasyprint(pages: Sequence[str]) -> Figures:
    """WeasyPrint as PDF/A-3b, its fonts and its style sheet kept from paper to paper. Raises Missing."""
    _require_weasyprint()
    return _apart(_weasyprint, pages)


def weasyprint_each(pages: Sequence[str]) -> Figures:
    """WeasyPrint as its manual shows it: each paper for itself, fonts and all. Raises Missing."""
    _require_weasyprint()
    return _apart(_weasyprint_each, pages)


def _require_weasyprint() -> None:
    if find_spec("weasyprint") is None:
        raise Missing("没有 WeasyPrint：pip install 'kiosk[bench]'")


def chromium(pages: Sequence[str]) -> Figures:
    """Chromium without a window; it writes plain PDF. Raises Missing."""
    with TemporaryDirectory() as name:
        files = [Path(name) / f"{number}.html" for number in range(len(pages))]
        for file, page in zip(files, pages, strict=True):
            file.write_text(page, encoding="utf-8")
        try:
            browser = Chromium(Path(name) / "profile")
        except LookupError as missing:
            raise Missing("没有 Chromium：apt-get install chromium") from missing
        try:
            addresses = [file.as_uri() for file in files]
            figures = _timed(browser.printed, addresses, lambda: family_cpu_s(browser.pid))
            return figures | {"memory_mb": held_mb(browser.pid)}
        finally:
            browser.close()


def _apart(work: Callable[..., None], subjects: Sequence[object]) -> Figures:
    """The measurement in a process that has done nothing else."""
    context = multiprocessing.get_context("spawn")
    mine, theirs = context.Pipe()
    process = context.Process(target=work, args=(theirs, subjects))
    process.start()
    theirs.close()
    try:
        figures: Figures = mine.recv()
    finally:
        process.join()
    return figures


def _ours(told: Connection, documents: Sequence[Document]) -> None:
    fonts = FontFolder.from_node_modules(ROOT / "node_modules")
    document, began = documents[0], time.process_time()
    paper = render(document, fonts)
    first_ms = (time.process_time() - began) * 1000
    figures = _timed(lambda document: render(document, fonts), documents)
    memory_mb = held_mb()
    assert document.made_at is not None
    at = document.made_at.astimezone(CHINA)
    with TemporaryDirectory() as folder:
        key = SigningKey.kept(Path(folder) / "key.pem", document.author, at)
    papers = [paper] * len(documents)
    signing = _timed(lambda paper: signed(paper, key.certificate, key.private, at), papers)
    figures |= {"signature_ms": signing["cpu_ms"], "first_ms": first_ms, "memory_mb": memory_mb}
    told.send(figures)


def _weasyprint(told: Connection, pages: Sequence[str]) -> None:
    from weasyprint import CSS, HTML  # noqa: PLC0415 -- not needed by a kiosk, and may be missing
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 -- same

    fonts = FontConfiguration()
    sheet = CSS(string=content.style(), font_config=fonts)
    # A style sheet in the page would load the fonts anew for each paper.
    words = [page.replace(content.style(), "") for page in pages]

    def printed(page: str) -> bytes:
        html = HTML(string=page)
        made: bytes = html.write_pdf(stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/a-3b")
        return made

    told.send(_timed(printed, words) | {"memory_mb": held_mb()})


def _weasyprint_each(told: Connection, pages: Sequence[str]) -> None:
    from weasyprint import HTML  # noqa: PLC0415 -- not needed by a kiosk, and may be missing

    def printed(page: str) -> bytes:
        made: bytes = HTML(string=page).write_pdf(pdf_variant="pdf/a-3b")
        return made

    told.send(_timed(printed, pages) | {"memory_mb": held_mb()})


def _timed(
    make: Callable[[Subject], bytes],
    subjects: Sequence[Subject],
    cpu_s: Callable[[], float] = time.process_time,
) -> Figures:
    """Milliseconds by the clock (median, quickest) and by the processor, all cores together; how large a paper is."""
    for subject in subjects[:WARMING]:
        make(subject)
    counted = subjects[WARMING:]
    taken, made, cpu_before = [], b"", cpu_s()
    for subject in counted:
        began = time.perf_counter()
        made = make(subject)
        taken.append((time.perf_counter() - began) * 1000)
    taken.sort()
    return {
        "paper_ms": taken[len(taken) // 2],
        "quickest_ms": taken[0],
        "cpu_ms": (cpu_s() - cpu_before) * 1000 / len(counted),
        "size_bytes": len(made),
    }
