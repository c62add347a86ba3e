"""The machine-readable record of a paper (机器可读的数据), as JSON: what it says, no more and no less, and its figures.

It is made of the document, which is what was printed, so it can tell nobody anything that the paper does not; on a
public paper (公示版) neither. Described in docs/papers.md.
"""

import json
import re
from dataclasses import fields

from kiosk.core.codec import Plain, instant_text
from kiosk.typeset.document import Blank, Block, Column, Document

FORMAT = "kiosk-paper/1"
_LOOKS = frozenset({"align", "face", "small", "indent", "pattern", "together", "emphasised_rows"})
"""How a block looks is no part of what it says."""


def record(document: Document) -> bytes:
    """The document as JSON in UTF-8: the same bytes for the same document."""
    made = {} if document.made_at is None else {"made_at": instant_text(document.made_at)}
    value = {
        "format": FORMAT,
        "title": document.title,
        "issuer": document.author,
        "number": document.subject,
        "check": document.footer,
        "rehearsal": document.rehearsal,
        **made,
        "data": dict(document.data),
        "content": [_block(block) for block in document.blocks if not isinstance(block, Blank)],
    }
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def _block(block: Block) -> dict[str, Plain]:
    kind = re.sub(r"(?<!^)(?=[A-Z])", "_", type(block).__name__).lower()
    said = {f.name: getattr(block, f.name) for f in fields(block) if f.name not in _LOOKS}
    return {"block": kind, **{name: _said(value) for name, value in said.items()}}


def _said(value: object) -> Plain:
    """A field of a block; of a column its title, of a bar its label and count."""
    match value:
        case None | bool() | int() | str():
            return value
        case Column():
            return value.title
        case tuple():
            return [_said(each) for each in value]
        case _:
            parts = fields(value)  # type: ignore[arg-type]
            return {f.name: _said(getattr(value, f.name)) for f in parts if f.name not in _LOOKS}
