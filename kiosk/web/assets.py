"""What pages load besides /static: the panel's size, packages and fonts that set-up installed, comfort settings."""

import re

from flask import Blueprint, abort, render_template, request, send_file, session
from werkzeug.wrappers import Response

from kiosk.config import ROOT
from kiosk.core.ballot_terms import CANDIDATE_NUMBERS, Choice
from kiosk.web.access import ANY_OFFICER, PUBLIC, allow
from kiosk.web.answers import went_well
from kiosk.web.parts import parts
from kiosk.web.pictures import LOOKS
from kiosk.wording import CHOICES

assets = Blueprint("assets", __name__)

_PACKAGES = ROOT / "node_modules"
_FONTS = _PACKAGES / "@expo-google-fonts" / "noto-sans-sc"
_SERIF = _PACKAGES / "@expo-google-fonts" / "noto-serif-sc"
RARE = "fonts/rare.ttf"
SERVED = {
    "socket.io.js": _PACKAGES / "socket.io-client" / "dist" / "socket.io.esm.min.js",
    "morphdom.js": _PACKAGES / "morphdom" / "dist" / "morphdom-esm.js",
    "nacl.js": _PACKAGES / "tweetnacl" / "nacl-fast.min.js",
    "fonts/sans-400.ttf": _FONTS / "400Regular" / "NotoSansSC_400Regular.ttf",
    "fonts/sans-700.ttf": _FONTS / "700Bold" / "NotoSansSC_700Bold.ttf",
    "fonts/serif-400.ttf": _SERIF / "400Regular" / "NotoSerifSC_400Regular.ttf",
}
SIZES = ("1", "2", "3", "4")
CONTRASTS = ("normal", "dark", "light")
HERE = re.compile(r"/(?![/\\])[^\\\x00-\x20]*")
"""An address on this site; browsers read a backslash as a slash, and leave tabs and line ends out."""


@assets.get("/assets/<path:name>")
@allow(PUBLIC)
def packaged(name: str) -> Response:
    """A file of an installed package, by our name for it."""
    path = parts().settings.rare_font if name == RARE else SERVED.get(name)
    if path is None:
        abort(404)
    return send_file(path, max_age=86400, conditional=True)


@assets.get("/panel.css")
@allow(PUBLIC)
def panel() -> Response:
    """How many pixels a millimetre has on this kiosk's panel."""
    return Response(f":root{{--mm:{parts().settings.px_per_mm}px}}", mimetype="text/css")


@assets.post("/comfort")
@allow(PUBLIC)
def comfort() -> Response:
    """Text size or contrast, by one tap; the ballot screen forgets it after each voter."""
    if request.form.get("size") in SIZES:
        session["size"] = request.form["size"]
    if request.form.get("contrast") in CONTRASTS:
        session["contrast"] = request.form["contrast"]
    back = request.form.get("back", "/")
    return went_well(back if HERE.fullmatch(back) else "/")


@assets.get("/components")
@allow(ANY_OFFICER)
def gallery() -> str:
    """Every component in every state: what all screens are made of."""
    choices = [
        {"value": choice.value, "label": CHOICES[choice], "look": LOOKS[choice]}
        for choice in Choice
        if choice not in CANDIDATE_NUMBERS
    ]
    return render_template("components/gallery.html", choices=choices)
