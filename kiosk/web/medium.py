"""In what a public page is read (媒介): in the hall, where the kiosk answers, or on a static site that nobody answers.

A static site (`kiosk publish`) is made of the very pages of the hall: it asks for each under this key, which nobody
can send over the network. What only works in the hall is a sentence there that says where to go; and what would
become untrue the next day says of which day it is.
"""

from flask import request

SITE = "kiosk.site"
"""Under this key of the request's environment a static site has the reading that all of its pages are made of."""


def on_site() -> bool:
    """Whether the present page is one of a static site."""
    return SITE in request.environ
