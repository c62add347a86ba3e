"""Every page of a static site (全部网页): the hall's portal asked for each address that its pages lead to, once.

What no page leads to is not public; what a page leads to and is not there is a fault, and no site comes of it.
"""

import re
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass

from flask import Flask
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Response

from kiosk.site.addresses import file_of, translated
from kiosk.web.medium import SITE
from kiosk.web.public.reading import Reading

BEGINNING = ("/", "/hung/", "/check/heads", "/public.json", "/feed.xml")
"""From these everything is reached."""
DATED = {
    "text/html": re.compile(rb'<p class="(?:asof|upto)">.*?</p>'),
    "application/json": re.compile(rb'"as_of":"[^"]*","head":\{[^}]*\}'),
}
"""By which minute and entry a file says that it was written; those of the beginning always say the newest."""
_READ = ("text/", "application/json", "application/atom+xml")
OK = 200


class DeadLink(Exception):
    """An address that a page leads to does not answer."""


@dataclass(frozen=True, slots=True)
class File:
    """One file of the site: its name, and its bytes in pieces.

    `dated`: what in it only says when it was written. Where nothing else is new, the file that stands there stays.
    """

    name: str
    content: Iterator[bytes]
    dated: re.Pattern[bytes] | None = None


def files(flask: Flask, read: Reading) -> Iterator[File]:
    """Yield every file of the site that shows this reading. DeadLink; NoSuchPlace."""
    due = deque(BEGINNING)
    known = set(due)

    def lead_to(address: str) -> None:
        if address not in known:
            known.add(address)
            due.append(address)

    while due:
        address = due.popleft()
        environ = EnvironBuilder(address, environ_base={SITE: read}).get_environ()
        with closing(Response.from_app(flask.wsgi_app, environ)) as answer:
            if answer.status_code != OK:
                raise DeadLink(f"{address}: {answer.status}")
            dated = None if address in BEGINNING else DATED.get(answer.mimetype or "")
            yield File(file_of(address), _content(answer, address, lead_to), dated)


def _content(answer: Response, address: str, lead_to: Callable[[str], object]) -> Iterator[bytes]:
    """What stands in the file: papers and pictures as they are, everything that leads somewhere translated."""
    mimetype = answer.mimetype or ""
    if not mimetype.startswith(_READ):
        return answer.iter_encoded()
    text = b"".join(answer.iter_encoded()).decode()
    return iter([translated(text, mimetype, address, lead_to).encode()])
