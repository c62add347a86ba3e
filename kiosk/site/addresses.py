"""From the addresses of the hall's portal to the files of a static site, and pages from the one to the other.

Every link of the site is relative, so that it may stand in any folder of any host, or be opened from a stick. Pure.
"""

import re
from collections.abc import Callable
from posixpath import dirname, relpath

_QUERY = re.compile(r"[a-z]+=[0-9A-Za-z_-]+")
_PATH = re.compile(r"/(?:[0-9A-Za-z_.-]+/)*[0-9A-Za-z_.-]*")
_IN_MARKUP = re.compile(r'(?<=[\s"])((?:href|src)=")(/[^"#]*)')
_IN_STYLE = re.compile(r'(url\(")(/[^"#]*)')
_IN_DATA = re.compile(r'("href":")(/[^"#]*)')
_PATTERNS = {
    "text/html": _IN_MARKUP,
    "application/atom+xml": _IN_MARKUP,
    "text/css": _IN_STYLE,
    "application/json": _IN_DATA,
    "text/javascript": _IN_DATA,
}


class NoSuchPlace(Exception):
    """A page leads to an address that has no place on a static site; a fault of the page, not of the village."""


def file_of(address: str) -> str:
    """The file that answers that address: `/m/?page=2` is `m/index-page-2.html`. NoSuchPlace."""
    path, _, query = address.partition("?")
    if not _PATH.fullmatch(path) or ".." in path or (query and not _QUERY.fullmatch(query)):
        raise NoSuchPlace(address)
    name = path.lstrip("/") + ("index" if path.endswith("/") else "")
    name += f"-{query.replace('=', '-')}" if query else ""
    return name if "." in name.rpartition("/")[2] else f"{name}.html"


def translated(text: str, mimetype: str, address: str, found: Callable[[str], object]) -> str:
    """The text as it stands on the site, its links relative; `found` is told every address that it leads to.

    Scripts are loaded into pages of their own folder's depth, so what they lead to is given from the site's root.
    """
    pattern = _PATTERNS.get(mimetype)
    if pattern is None:
        return text
    here = "" if mimetype == "text/javascript" else dirname(file_of(address))

    def relative(match: re.Match[str]) -> str:
        found(match[2])
        return match[1] + relpath(file_of(match[2]), here or ".")

    return pattern.sub(relative, text)
