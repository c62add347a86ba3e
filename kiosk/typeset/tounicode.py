"""Copying text out of the PDF: ReportLab's ToUnicode map breaks beyond the basic plane.

ReportLab 5.1 writes a code point such as U+2A65F as ``<2A65F>``; ISO 32000-1 (9.10.3) wants
UTF-16BE, so a rare character of a name would be copied as two wrong ones.  It also writes more
than the 100 entries a ``beginbfchar`` may hold.
"""

from collections.abc import Sequence

from reportlab.pdfbase import ttfonts

_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo
<< /Registry (Adobe)
/Ordering (UCS)
/Supplement 0
>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<00> <FF>
endcodespacerange"""
_TAIL = """endcmap
CMapName currentdict /CMap defineresource pop
end
end"""
_AT_MOST = 100


def _rows(codes: Sequence[tuple[int, int]]) -> list[str]:
    body = [
        f"<{code:02X}> <{chr(point).encode('utf-16-be').hex().upper()}>" for code, point in codes
    ]
    return [f"{len(codes)} beginbfchar", *body, "endbfchar"]


def to_unicode_map(fontname: str, subset: Sequence[int]) -> str:  # noqa: ARG001 - ReportLab calls it
    """The ToUnicode CMap of one subset: `subset[code]` is the code point drawn by `code`."""
    codes = [(code, point) for code, point in enumerate(subset) if code and point]
    out = [_HEAD]
    for start in range(0, len(codes), _AT_MOST):
        out += _rows(codes[start : start + _AT_MOST])
    return "\n".join([*out, _TAIL])


def install() -> None:
    """Put this map in the place of ReportLab's; doing it twice does no harm."""
    ttfonts.makeToUnicodeCMap = to_unicode_map
