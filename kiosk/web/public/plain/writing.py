"""Writing what is public as JSON: no number of a telephone or card in any text, whoever wrote it."""

import json
from collections.abc import Mapping, Sequence

from flask import Response

from kiosk.core.codec import instant_text
from kiosk.core.journal import Head
from kiosk.web.public.reading import Reading
from kiosk.wording.public import discreet

FORMAT = "kiosk-public-2"
Value = None | bool | int | str | Sequence["Value"] | Mapping[str, "Value"]
PHONES = ("office_phone", "township_phone", "supervision_phone")
AS_THEY_ARE = frozenset({*PHONES, "href", "sha256", "digest", "check_code", "code"})
"""What the kiosk made itself: addresses, digests, codes; and the telephones of offices, which are public."""


def document(kind: str, read: Reading, **content: Value) -> Response:
    """One public thing of that kind, with the village, the day and the head that it is told from."""
    village = read.village
    told: dict[str, Value] = {
        "format": FORMAT,
        "kind": kind,
        "village": {
            "name": village.name,
            "township": village.township,
            **{phone: getattr(village, phone) for phone in PHONES},
            "purpose": village.purpose.value,
        },
        "as_of": instant_text(read.at),
        "head": head(read.head),
    }
    text = json.dumps(_clean(told | content), ensure_ascii=False, separators=(",", ":"))
    return Response(text, mimetype="application/json")


def as_script(name: str, value: Value) -> Response:
    """The same for a page that nobody answers, opened from a stick: a script may be loaded there, JSON may not."""
    text = json.dumps(_clean(value), ensure_ascii=False, separators=(",", ":"))
    # A line end of Unicode ends a line of JavaScript too.
    text = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return Response(f"var {name}={text};\n", mimetype="text/javascript")


def head(told: Head | None) -> Value:
    """A head, null where there is none."""
    if told is None:
        return None
    return {"seq": told.seq, "digest": told.digest, "check_code": told.check_code}


def _clean(value: Value) -> Value:
    match value:
        case str():
            return discreet(value)
        case Mapping():
            return {k: v if k in AS_THEY_ARE else _clean(v) for k, v in value.items()}
        case bool() | int() | None:
            return value
        case _:
            return [_clean(one) for one in value]
