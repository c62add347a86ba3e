"""Rare characters on telephones (生僻字): pages bring the slices of the typeface that they need, and no others.

Which characters a page holds is seen when it is done, so that no template has to think of it.
"""

import re

from flask import Blueprint, Flask, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from kiosk.config import ROOT
from kiosk.store.durable import put
from kiosk.typeset.slices import A_SLICE, cut, slices_of
from kiosk.web.access import PUBLIC, allow
from kiosk.web.parts import parts

glyphs = Blueprint("glyphs", __name__, url_prefix="/glyphs")

FONT = ROOT / "node_modules/@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf"
SLICE = re.compile(r"[0-9a-f]{3,4}")
AT_MOST = 60
"""Slices that one style sheet names: its address must not become too long."""
A_YEAR_S = 365 * 86400
_FACE = (
    '@font-face{{font-family:"Kiosk Rare";font-display:swap;'
    'src:url("/glyphs/{name}.woff") format("woff");unicode-range:U+{first:X}-{last:X}}}\n'
)
_ON_TELEPHONES, _BALLOTS = "/static/css/portal.css", "/slip"


@glyphs.get("/<names>.css")
@allow(PUBLIC)
def faces(names: str) -> Response:
    """The style sheet of these slices: a telephone fetches those whose characters it cannot draw itself."""
    told = names.split("-")
    if len(told) > AT_MOST or not all(SLICE.fullmatch(name) for name in told):
        raise NotFound
    rules = []
    for name in told:
        first = int(name, 16) * A_SLICE
        rules.append(_FACE.format(name=name, first=first, last=first + A_SLICE - 1))
    return _kept(Response("".join(rules), mimetype="text/css"))


@glyphs.get("/<name>.woff")
@allow(PUBLIC)
def slice_(name: str) -> Response:
    """One slice: cut when it is first asked for, kept from then on."""
    if not SLICE.fullmatch(name):
        raise NotFound
    folder = parts().settings.glyphs_dir
    path = folder / f"{name}.woff"
    if not path.exists():
        try:
            woff = cut(FONT, name)
        except LookupError:
            raise NotFound from None
        folder.mkdir(parents=True, exist_ok=True)
        put(path, woff)
    return _kept(Response(path.read_bytes(), mimetype="font/woff"))


def _kept(answer: Response) -> Response:
    answer.cache_control.max_age = A_YEAR_S  # what it holds never changes
    return answer


def bring_slices(app: Flask) -> None:
    """Every page for telephones brings the slices that its rare characters stand in.

    Not those of a ballot: a name that was chosen is in them, and what a telephone fetches would tell which (law 10).
    """

    @app.after_request
    def add(response: Response) -> Response:
        is_ballot = request.path.startswith(_BALLOTS)
        if response.mimetype == "text/html" and not response.is_streamed and not is_ballot:
            page = response.get_data(as_text=True)
            if _ON_TELEPHONES in page and (names := slices_of(page)):
                response.set_data(page.replace("</head>", f"{_links(names)}</head>", 1))
        return response


def _links(names: list[str]) -> str:
    several = (names[i : i + AT_MOST] for i in range(0, len(names), AT_MOST))
    return "".join(
        f'<link rel="stylesheet" href="/glyphs/{"-".join(some)}.css">\n' for some in several
    )
