"""What is set in all three: a resolution of the demonstration village, as our document and as a page of HTML."""

import hashlib
import tempfile
from dataclasses import replace
from html import escape
from pathlib import Path

import segno

from kiosk.app import create_app, open_store
from kiosk.config import ROOT, Settings
from kiosk.core.journal import read
from kiosk.core.papers import due
from kiosk.core.terms import Paper
from kiosk.demo.story import Past
from kiosk.setting_up import found_demo
from kiosk.typeset.document import (
    Bars,
    Blank,
    Block,
    CheckBlock,
    Document,
    Heading,
    Line,
    NewPage,
    Paragraph,
    PhotoPlaces,
    SealPlace,
    Signatures,
    Table,
)

_FONTS = ROOT / "node_modules" / "@expo-google-fonts"
_FACES = {
    "Song": "noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf",
    "Title": "noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf",
    "Hei": "noto-sans-sc/500Medium/NotoSansSC_500Medium.ttf",
    "Kai": "noto-serif-sc/500Medium/NotoSerifSC_500Medium.ttf",
}
"""The very files that our papers are set in."""
_FOOT_CODE_MM = 15
_STYLE = """
@page { size: A4; margin: 37mm 26mm 35mm 28mm }
body { font: 15.79pt/29.6pt Song; margin: 0; text-align: justify }
h1 { font: 22pt/36pt Title; text-align: center; border-top: 1.2pt solid #8e1b1b; padding-top: 30pt; margin: 0 0 15pt }
h2, h3, h4 { font: 15.79pt/29.6pt Hei; text-indent: 2em; margin: 0; break-after: avoid }
h3 { font-family: Kai } h4 { font-family: Title }
p { margin: 0; text-indent: 2em } p.line { text-indent: 0 } .center { text-align: center } .right { text-align: right }
table { border-collapse: collapse; width: 100%; font-size: 12pt; line-height: 1.45; margin: 8pt 0 }
td, th { border: .5pt solid; padding: 2pt 5pt } th { font-family: Hei; background: #e5e5e5; font-weight: normal }
.bar { display: inline-block; background: #000; height: 10pt } .small { font-size: 10.5pt; line-height: 17pt }
.seal { border: .5pt dashed #888; width: 60mm; height: 42mm; margin: 8pt 0 8pt auto; text-align: center }
.check { display: flex; gap: 4pt; border-top: .5pt solid; padding-top: 4pt } .check svg { width: 26mm; height: 26mm }
"""


def demonstration_resolution() -> Document:
    """The newest resolution that the demonstration village has published."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = Settings(folder / "data", folder / "films", camera="card", microphone="none")
        _flask, engine = open_store(settings)
        found_demo(engine, settings, past=Past.WHOLE)
        engine.dispose()
        application = create_app(settings)
        home, kiosk = application.parts.home, application.parts.kiosk
        owed = [one for line in kiosk.lines(home) for one in due(read(line))]
        resolutions = [one for one in owed if one.paper is Paper.RESOLUTION]
        document = application.press.document(home, resolutions[-1])
        assert isinstance(document, Document)
        return document


def papers(document: Document, count: int) -> list[Document]:
    """So many resolutions, each with codes of its own: nobody's cache may know the next paper."""
    return [_numbered(document, number) for number in range(count)]


def _numbered(document: Document, number: int) -> Document:
    digest = hashlib.sha256(f"{document.code}{number}".encode()).hexdigest()
    blocks = tuple(
        replace(block, qr_text=f"{block.qr_text.partition('#')[0]}#{digest}")
        if isinstance(block, CheckBlock)
        else block
        for block in document.blocks
    )
    code = f"{document.code.partition('#')[0]}#{int(digest[:13], 16):016d}"
    return replace(document, code=code, blocks=blocks)


def page(document: Document) -> str:
    """The same words, tables, codes and foot of each page as HTML, in the same fonts."""
    blocks = "\n".join(map(_block, document.blocks))
    title = escape(document.title).replace("\n", "<br>")
    return (
        f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{escape(document.subject)}</title>'
        f"<style>{style()}</style><style>{_foot(document)}</style>"
        f"<body><h1>{title}</h1>\n{blocks}</body></html>"
    )


def _foot(document: Document) -> str:
    """What each page has at its foot: the code (of the first page, on all), the foot line, the number."""
    code = segno.make(f"{document.code}.1", error="m", micro=False)
    side = code.symbol_size()[0]
    image = code.svg_data_uri(scale=_FOOT_CODE_MM / side, unit="mm")
    return (
        f'@page {{ @bottom-left {{ content: url("{image}") }} '
        f"@bottom-center {{ content: '{document.footer}'; font: 9pt Song }} "
        "@bottom-right { content: '— ' counter(page) ' —'; font: 14pt Song } }"
    )


def style() -> str:
    """The style sheet, which names the files of the fonts."""
    faces = "".join(
        f"@font-face {{ font-family: {name}; src: url({(_FONTS / file).as_uri()}) }}\n"
        for name, file in _FACES.items()
    )
    return faces + _STYLE


def _block(block: Block) -> str:
    match block:
        case Line():
            return f'<p class="line {block.align}">{_text(block.text)}</p>'
        case Paragraph():
            return f"<p>{_text(block.text)}</p>"
        case Heading():
            return f"<h{block.level + 1}>{_text(block.text)}</h{block.level + 1}>"
        case Blank():
            return f'<div style="height: {block.lines * 29.6}pt"></div>'
        case NewPage():
            return '<div style="break-before: page"></div>'
        case _:
            return _figure(block)


def _figure(block: Table | Bars | Signatures | SealPlace | CheckBlock | PhotoPlaces) -> str:
    match block:
        case Table():
            return _table(block)
        case Bars():
            return _bars(block)
        case Signatures():
            return "".join(f"<p>{_text('　　　　　　'.join(row))}</p>" for row in block.rows)
        case SealPlace():
            return f'<div class="seal">{_text(chr(10).join((*block.lines, block.words)))}</div>'
        case CheckBlock():
            return _check(block)
        case PhotoPlaces():
            return ""  # no resolution has any


def _text(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _table(block: Table) -> str:
    head = "".join(f"<th>{_text(column.title)}</th>" for column in block.columns)
    rows = "".join(
        f"<tr>{''.join(f'<td>{_text(cell)}</td>' for cell in row)}</tr>" for row in block.rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _bars(block: Bars) -> str:
    return "".join(
        f'<p class="line">{_text(bar.label)} '
        f'<span class="bar" style="width: {bar.count / block.base * 60:.1f}%"></span> {bar.count}</p>'
        for bar in block.rows
    )


def _check(block: CheckBlock) -> str:
    code = segno.make(block.qr_text, error="m", micro=False).svg_inline()
    return f'<div class="check">{code}<p class="line small">{_text(chr(10).join(block.lines))}</p></div>'
