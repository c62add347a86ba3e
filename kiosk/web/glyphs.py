"""Characters on telephones (生僻字): pages bring the slices of the typefaces that they need, and no others.

Which characters a page holds is seen when it is done, so that no template has to think of it. Telephones, Windows and
macOS always come with a Chinese font; a Linux desktop may have none at all, and is offered the common characters too.
"""

import re
from collections.abc import Collection
from contextlib import suppress
from functools import cache
from pathlib import Path
from threading import Lock

from flask import Blueprint, Flask, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from kiosk.config import ROOT
from kiosk.store.durable import put
from kiosk.typeset.slices import Chain, Slice
from kiosk.web.access import PUBLIC, allow
from kiosk.web.parts import parts

glyphs = Blueprint("glyphs", __name__, url_prefix="/glyphs")

_FONTS = ROOT / "node_modules/@expo-google-fonts"
SANS = _FONTS / "noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf"
SERIF = _FONTS / "noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf"
"""Draws the forty-eight characters that the other lacks."""
SLICE = re.compile(r"(?:([12])-)?([0-9a-f]{3,4})")
AT_MOST = 35
"""Slices that one style sheet names: on a static site its address is the name of a file, of 255 letters at most."""
A_YEAR_S = 365 * 86400
_CUTTING = Lock()
"""Two telephones that ask for the same slice at once get the same file."""
_MAY_LACK_CHINESE = ("X11;", "Wayland;")
"""In the name by which a browser of a Linux desktop calls itself."""
_FACE = (
    '@font-face{{font-family:"Kiosk Rare";font-display:swap;'
    'src:url("/glyphs/{name}.woff") format("woff");unicode-range:{characters}}}\n'
)
_LOCAL = ("Noto Sans CJK SC", "NotoSansCJKsc-Regular", "Noto Sans SC", "NotoSansSC-Regular",
          "Source Han Sans SC", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei")  # fmt: skip
"""Fonts with which a Linux desktop needs nothing of ours."""
_COMMON = (
    '@font-face{font-family:"Kiosk Common";font-display:swap;src:'
    + "".join(f'local("{name}"),' for name in _LOCAL)
    + 'url("/glyphs/common.woff") format("woff")}\n:root{--face:"Kiosk Common"}\n'
)
_ON_TELEPHONES, _BALLOTS = "/static/css/portal.css", "/slip"


def chain() -> Chain:
    """The fonts of telephones' pages, as far as they are installed."""
    return _chain(parts().settings.rare_font)


@cache
def _chain(rare: Path | None) -> Chain:
    return Chain((SANS, SERIF, rare) if rare else (SANS, SERIF))


@glyphs.get("/<names>.css")
@allow(PUBLIC)
def faces(names: str) -> Response:
    """The style sheet of these slices: a telephone fetches those whose characters it cannot draw itself."""
    told = names.split("_")
    if len(told) > AT_MOST:
        raise NotFound
    slices = [_slice(name) for name in told]
    _cut_missing(slices)
    return _kept(Response("".join(map(_face, slices)), mimetype="text/css"))


def _face(some: Slice) -> str:
    characters = ",".join(f"U+{char:X}" for char in chain().characters(some))
    if not characters:
        raise NotFound
    return _FACE.format(name=some.name, characters=characters)


def _cut_missing(slices: Collection[Slice]) -> None:
    with _CUTTING:
        missing = [some for some in slices if not _path(some.name).exists()]
        for some, woff in chain().cut(missing):
            _keep(_path(some.name), woff)


def _slice(name: str) -> Slice:
    found = SLICE.fullmatch(name)
    if not found:
        raise NotFound
    font, number = found.groups()
    return Slice(int(font or 0), int(number, 16))


@glyphs.get("/common.css")
@allow(PUBLIC)
def common_face() -> Response:
    """The style sheet for a machine without any Chinese font."""
    return _kept(Response(_COMMON, mimetype="text/css"))


@glyphs.get("/common.woff")
@allow(PUBLIC)
def common_characters() -> Response:
    """The characters of every telephone, for a machine that has none: cut when first asked for."""
    path = _path("common")
    with _CUTTING:
        if not path.exists():
            _keep(path, chain().cut_common())
    return _woff(path)


@glyphs.get("/<name>.woff")
@allow(PUBLIC)
def slice_(name: str) -> Response:
    """One slice: cut when it is first asked for, kept from then on."""
    _cut_missing([_slice(name)])
    path = _path(name)
    if not path.exists():
        raise NotFound
    return _woff(path)


def _path(name: str) -> Path:
    return parts().settings.glyphs_dir / f"{name}.woff"


def _keep(path: Path, woff: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    put(path, woff)


def _woff(path: Path) -> Response:
    return _kept(Response(path.read_bytes(), mimetype="font/woff"))


def _kept(answer: Response) -> Response:
    answer.cache_control.max_age = A_YEAR_S  # what it holds never changes
    return answer


def may_lack_chinese() -> bool:
    """Whether the machine that asks may have no Chinese font at all."""
    return any(sign in request.user_agent.string for sign in _MAY_LACK_CHINESE)


def bring_slices(app: Flask) -> None:
    """Every page for telephones brings the slices that its rare characters stand in.

    Not those of a ballot: a name that was chosen is in them, and what a telephone fetches would tell which (law 10).
    """
    app.jinja_env.globals["may_lack_chinese"] = may_lack_chinese

    @app.after_request
    def add(response: Response) -> Response:
        is_ballot = request.path.startswith(_BALLOTS)
        if response.mimetype == "text/html" and not response.is_streamed and not is_ballot:
            page = response.get_data(as_text=True)
            if _ON_TELEPHONES in page and (some := chain().slices_of(page)):
                with suppress(
                    OSError
                ):  # the page is there without them; a full disk is told elsewhere
                    _cut_missing(
                        some
                    )  # all at once: opening a font takes longer than cutting out of it
                response.set_data(page.replace("</head>", f"{_links(some)}</head>", 1))
        return response


def _links(slices: list[Slice]) -> str:
    names = [some.name for some in slices]
    several = (names[i : i + AT_MOST] for i in range(0, len(names), AT_MOST))
    return "".join(
        f'<link rel="stylesheet" href="/glyphs/{"_".join(some)}.css">\n' for some in several
    )
