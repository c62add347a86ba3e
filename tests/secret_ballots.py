"""A secret ballot as the ballot page sends it, without a browser: for tests that cast many of them over HTTP.

The wire format, as `static/js/secret.js` writes it and `kiosk.web.sitting.sealed` reads it:

    GET  {at}/choose        the page holds <div data-secret data-action data-key data-whose>, the same for every choice
                            data-key     the public half of the vote's X25519 key, 64 hexadecimal digits
                            data-whose   SHA-256 of vote id, line feed (0x0A), person id; 64 hexadecimal digits
    POST {data-action}      a form of three fields, all of constant length, and nothing else of the voter's:
                            csrf_token   (or as the page's script does: headers X-CSRFToken and X-Kiosk-Form: 1)
                            sender       the public half of a key pair made for this ballot, 64 hexadecimal digits
                            sealed       208 hexadecimal digits: nonce (24 bytes) and nacl.box (16 + 64 bytes)

    what is sealed          64 bytes: `whose` (32 bytes), then the choice's name in ASCII ("for"), zeroes up to 64

{at} is /ballot for a paired screen, after POST /ballot/turn; /slip for a phone, where GET /slip/<token> shows the same
page. The answer is {"go": "{at}/done"} with the script's headers, else a redirect there; the same ballot sent again
gets the same answer.

    booth = read_booth(page)
    screen.send(booth.action, **sealed(booth, "for"))

or in one go, `screen` being any browser with `open(path)` and `send(path, **fields)`:

    vote_secretly_at(screen, meeting, vote, person, "for")
    vote_secretly_on_phone(phone, token, "for")
"""

import re
from dataclasses import dataclass

from nacl.public import Box, PrivateKey, PublicKey

PLAIN_BYTES = 64
_BOOTH = re.compile(
    r'data-secret data-action="(?P<action>[^"]+)" data-key="(?P<key>[0-9a-f]{64})" '
    r'data-whose="(?P<whose>[0-9a-f]{64})"'
)


@dataclass(frozen=True)
class Booth:
    """What the page of a secret vote tells its script."""

    action: str
    key: str
    whose: str


def read_booth(page):
    found = _BOOTH.search(page)
    assert found, "no secret vote on this page"
    return Booth(**found.groupdict())


def sealed(booth, choice):
    """The fields of the form for this choice; other bytes each time, of one length."""
    return encrypted(booth, bytes.fromhex(booth.whose) + choice.encode())


def encrypted(booth, plain):
    """Any content, padded to 64 bytes, encrypted to the vote's key."""
    sender = PrivateKey.generate()
    box = Box(sender, PublicKey(bytes.fromhex(booth.key)))
    content = bytes(box.encrypt(plain.ljust(PLAIN_BYTES, b"\0")))
    return {"sender": bytes(sender.public_key).hex(), "sealed": content.hex()}


def vote_secretly_at(screen, meeting, vote, person, choice):
    """A turn at a paired ballot screen; the answer to the ballot."""
    screen.send("/ballot/turn", meeting=meeting, vote=vote, person=person)
    booth = read_booth(screen.open("/ballot/choose"))
    return screen.send(booth.action, **sealed(booth, choice))


def vote_secretly_on_phone(phone, token, choice):
    """The slip of this token, on a phone; the answer to the ballot."""
    booth = read_booth(phone.open(f"/slip/{token}"))
    return phone.send(booth.action, **sealed(booth, choice))
