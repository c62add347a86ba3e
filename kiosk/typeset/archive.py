"""The archival form of a paper (归档格式): PDF/A-3b with its structure, its description and the record it was set from.

ISO 19005-3, level B, and beyond it a structure tree. Colours are bound to sRGB by an output intent, the description
stands in XMP and in the information dictionary alike, and the record (`record`) is attached as the source of the paper.
Nothing here reads a clock: the same paper gives the same bytes, its identifier included.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from io import BytesIO
from xml.sax.saxutils import escape

from pikepdf import (
    Array,
    AttachedFileSpec,
    Dictionary,
    Name,
    ObjectStreamMode,
    Pdf,
    String,
)

from kiosk.core.terms import CHINA
from kiosk.typeset.structure import add_structure
from kiosk.typeset.tags import Mark

RECORD = "record.json"
"""The name of the attached record."""
LANGUAGE = "zh-CN"
_CREATOR = "村民议事表决一体机"
_PRODUCER = "ReportLab, HarfBuzz, pikepdf"
_DESCRIBED = "本文书所依据的数据（机器可读）"


@dataclass(frozen=True, slots=True)
class Card:
    """What the file says of itself: title, issuer, number, when the journal says it was made, and its record.

    An empty field, an unknown time, no record: the file says nothing of it.
    """

    title: str
    author: str = ""
    subject: str = ""
    made_at: datetime | None = None
    record: bytes = b""


def archived(pdf: bytes, card: Card, marks: Iterable[Mark] = ()) -> bytes:
    """A PDF of ReportLab's as PDF/A-3b: the same bytes for the same arguments."""
    with Pdf.open(BytesIO(pdf)) as paper:
        for page in paper.pages:
            if "/Trans" in page:  # a transition between slides, which ReportLab always writes
                del page["/Trans"]
        add_structure(paper, marks, LANGUAGE)
        _add_output_intent(paper)
        _add_description(paper, card)
        if card.record:
            _attach(paper, card)
        out = BytesIO()
        paper.save(
            out,
            force_version="1.7",
            deterministic_id=True,
            object_stream_mode=ObjectStreamMode.generate,
        )
    return out.getvalue()


@cache
def _srgb() -> bytes:
    """The colour profile that pikepdf carries (sRGB, version 2)."""
    return (files("pikepdf.pdfa") / "data" / "sRGB.icc").read_bytes()


def _add_output_intent(paper: Pdf) -> None:
    profile = paper.make_stream(_srgb(), N=3, Alternate=Name.DeviceRGB)
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB"),
        Info=String("sRGB IEC61966-2.1"),
        DestOutputProfile=profile,
    )
    paper.Root.OutputIntents = Array([paper.make_indirect(intent)])


def _add_description(paper: Pdf, card: Card) -> None:
    """The same in the information dictionary and in XMP (ISO 19005-3, 6.6)."""
    paper.Root.Lang = String(LANGUAGE)
    paper.Root.ViewerPreferences = Dictionary(DisplayDocTitle=bool(card.title))
    if "/PageMode" in paper.Root:
        del paper.Root["/PageMode"]
    made = {"/CreationDate": _date(card.made_at), "/ModDate": _date(card.made_at)}
    told = {"/Title": card.title, "/Author": card.author, "/Subject": card.subject,
            "/Creator": _CREATOR, "/Producer": _PRODUCER, **made}  # fmt: skip
    for name in list(paper.docinfo.keys()):
        del paper.docinfo[name]
    for name, text in told.items():
        if text:
            paper.docinfo[name] = String(text)
    xmp = paper.make_stream(_xmp(card), Type=Name.Metadata, Subtype=Name.XML)
    paper.Root.Metadata = xmp


def _date(at: datetime | None) -> str:
    """A date of ISO 32000-1, 7.9.4, in China's time."""
    if at is None:
        return ""
    return f"D:{at.astimezone(CHINA):%Y%m%d%H%M%S}+08'00'"


def _attach(paper: Pdf, card: Card) -> None:
    """The record as an associated file (ISO 19005-3, 6.8): the source from which the paper was made."""
    at = _date(card.made_at)
    attached = AttachedFileSpec(
        paper,
        card.record,
        filename=RECORD,
        description=_DESCRIBED,
        mime_type="application/json",
        creation_date=at,
        mod_date=at,
        relationship=Name.Source,
    )
    paper.attachments[RECORD] = attached
    paper.Root.AF = Array([paper.Root.Names.EmbeddedFiles.Names[1]])


def _xmp(card: Card) -> bytes:
    """XMP (ISO 16684-1), with all its name spaces on the description: other readers ask for that."""
    told = [
        "<dc:format>application/pdf</dc:format>",
        _alternative("dc:title", card.title),
        _listed("dc:creator", "Seq", card.author),
        _alternative("dc:description", card.subject),
        _listed("dc:language", "Bag", LANGUAGE),
        *_times(card.made_at),
        f"<xmp:CreatorTool>{_CREATOR}</xmp:CreatorTool>",
        f"<pdf:Producer>{_PRODUCER}</pdf:Producer>",
        "<pdfaid:part>3</pdfaid:part>",
        "<pdfaid:conformance>B</pdfaid:conformance>",
    ]
    described = "\n".join(filter(None, told))
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" '
        'xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">\n'
        f"{described}\n"
        '</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end="w"?>'
    ).encode()


def _alternative(name: str, text: str) -> str:
    said = f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(text)}</rdf:li></rdf:Alt>'
    return f"<{name}>{said}</{name}>" if text else ""


def _listed(name: str, kind: str, text: str) -> str:
    said = f"<rdf:{kind}><rdf:li>{escape(text)}</rdf:li></rdf:{kind}>"
    return f"<{name}>{said}</{name}>" if text else ""


def _times(at: datetime | None) -> list[str]:
    if at is None:
        return []
    told = at.astimezone(CHINA).isoformat(timespec="seconds")
    return [
        f"<xmp:{name}>{told}</xmp:{name}>" for name in ("CreateDate", "ModifyDate", "MetadataDate")
    ]
