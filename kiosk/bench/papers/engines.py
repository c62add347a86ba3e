"""The three that set the same resolution, each warm in a process of its own: ours, WeasyPrint, Chromium.

Warm is what a kiosk is: the program runs, its fonts are loaded, the first papers are behind it. WeasyPrint keeps its
fonts and its style sheet, Chromium its browser and its tab; each makes one paper after the other, and the first ones do
not count.
"""

import multiprocessing
import time
from collections.abc import Callable
from importlib.util import find_spec
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory

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

WARMING = 2
Print = Callable[[], bytes]


class Missing(Exception):
    """The program to compare with is not on this machine; the message says what is missing."""


def ours(document: Document, papers: int) -> Figures:
    """Our own: set, PDF/A-3b with its record; and the signature, which the others do not make, by itself."""
    return _apart(_ours, document, papers)


def weasyprint(page: str, papers: int) -> Figures:
    """WeasyPrint as PDF/A-3b, its fonts and its style sheet kept from paper to paper. Raises Missing."""
    _require_weasyprint()
    return _apart(_weasyprint, page, papers)


def weasyprint_each(page: str, papers: int) -> Figures:
    """WeasyPrint as its manual shows it: each paper for itself, fonts and all. Raises Missing."""
    _require_weasyprint()
    return _apart(_weasyprint_each, page, papers)


def _require_weasyprint() -> None:
    if find_spec("weasyprint") is None:
        raise Missing("没有 WeasyPrint：pip install 'kiosk[bench]'")


def chromium(page: str, papers: int) -> Figures:
    """Chromium without a window; it writes plain PDF. Raises Missing."""
    with TemporaryDirectory() as name:
        file = Path(name) / "resolution.html"
        file.write_text(page, encoding="utf-8")
        try:
            browser = Chromium(Path(name) / "profile")
        except LookupError as missing:
            raise Missing("没有 Chromium：apt-get install chromium") from missing
        try:
            address = file.as_uri()
            figures = _timed(
                lambda: browser.printed(address), papers, lambda: family_cpu_s(browser.pid)
            )
            return figures | {"memory_mb": held_mb(browser.pid)}
        finally:
            browser.close()


def _apart(work: Callable[..., None], subject: object, papers: int) -> Figures:
    """The measurement in a process that has done nothing else."""
    context = multiprocessing.get_context("spawn")
    mine, theirs = context.Pipe()
    process = context.Process(target=work, args=(theirs, subject, papers))
    process.start()
    theirs.close()
    try:
        figures: Figures = mine.recv()
    finally:
        process.join()
    return figures


def _ours(told: Connection, document: Document, papers: int) -> None:
    fonts = FontFolder.from_node_modules(ROOT / "node_modules")
    figures = _timed(lambda: render(document, fonts), papers)
    paper = render(document, fonts)
    assert document.made_at is not None
    at = document.made_at.astimezone(CHINA)
    with TemporaryDirectory() as folder:
        key = SigningKey.kept(Path(folder) / "key.pem", document.author, at)
    signing = _timed(lambda: signed(paper, key.certificate, key.private, at), papers)
    told.send(figures | {"signature_ms": signing["paper_ms"], "memory_mb": held_mb()})


def _weasyprint(told: Connection, page: str, papers: int) -> None:
    from weasyprint import CSS, HTML  # noqa: PLC0415 -- not needed by a kiosk, and may be missing
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 -- same

    fonts = FontConfiguration()
    sheet = CSS(string=content.style(), font_config=fonts)
    words = page.replace(content.style(), "")  # it would load the fonts anew for each paper

    def printed() -> bytes:
        html = HTML(string=words)
        made: bytes = html.write_pdf(stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/a-3b")
        return made

    told.send(_timed(printed, papers) | {"memory_mb": held_mb()})


def _weasyprint_each(told: Connection, page: str, papers: int) -> None:
    from weasyprint import HTML  # noqa: PLC0415 -- not needed by a kiosk, and may be missing

    def printed() -> bytes:
        made: bytes = HTML(string=page).write_pdf(pdf_variant="pdf/a-3b")
        return made

    told.send(_timed(printed, papers) | {"memory_mb": held_mb()})


def _timed(make: Print, papers: int, cpu_s: Callable[[], float] = time.process_time) -> Figures:
    """Milliseconds by the clock (median, quickest) and by the processor, all cores together; how large a paper is."""
    for _ in range(WARMING):
        make()
    taken, made, cpu_before = [], b"", cpu_s()
    for _ in range(papers):
        began = time.perf_counter()
        made = make()
        taken.append((time.perf_counter() - began) * 1000)
    taken.sort()
    return {
        "paper_ms": taken[len(taken) // 2],
        "quickest_ms": taken[0],
        "cpu_ms": (cpu_s() - cpu_before) * 1000 / papers,
        "size_bytes": len(made),
    }
