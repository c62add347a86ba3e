"""Copying text out of the PDF: which characters the codes of a font stand for (ISO 32000-1, 9.10.3), in UTF-16BE."""

from collections.abc import Sequence

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
<0000> <FFFF>
endcodespacerange"""
_TAIL = """endcmap
CMapName currentdict /CMap defineresource pop
end
end"""
_AT_MOST = 100
"""So many entries a block may hold."""


def to_unicode_map(chars: Sequence[str]) -> str:
    """The ToUnicode CMap of a font whose code 1 draws the first of these characters, and so on."""
    rows = [
        f"<{code:04X}> <{char.encode('utf-16-be').hex().upper()}>"
        for code, char in enumerate(chars, start=1)
    ]
    blocks = [rows[start : start + _AT_MOST] for start in range(0, len(rows), _AT_MOST)]
    told = ["\n".join((f"{len(some)} beginbfchar", *some, "endbfchar")) for some in blocks]
    return "\n".join([_HEAD, *told, _TAIL])
