"""A secret ballot on its way from the page to the box (密封的票): encrypted in the page, opened here, of one length.

The page (`static/js/secret.js`) makes a key pair for this one ballot and encrypts to the vote's public key
(`nacl.box`: X25519, XSalsa20-Poly1305). What went over the wire opens only while the vote's key exists, and that is
destroyed when the vote ends. The content says whose ballot in which vote it is, so that it is good for no other.
"""

import hashlib

from kiosk.core.ballot_terms import Choice
from kiosk.core.refusals import Malformed
from kiosk.core.terms import PersonId, VoteId
from kiosk.core.values import Answer
from kiosk.store.boxes import BoxKeys

WHOSE_BYTES = 32
PLAIN_BYTES = 64
SENDER_DIGITS = 64
SEALED_DIGITS = 208
"""Hexadecimal: a nonce of 24 bytes, 16 that prove the content, and the content."""


def whose(vote: VoteId, person: PersonId) -> bytes:
    """What stands before the answer, so that the ballot counts for this person in this vote alone."""
    return hashlib.sha256(f"{vote}\n{person}".encode()).digest()


def answer_in(keys: BoxKeys, vote: VoteId, person: PersonId, sender: str, sealed: str) -> Answer:
    """What an encrypted ballot says, its choices with commas between; both halves in hexadecimal.

    Raises:
        Malformed: it does not open, or is another's.
        LookupError: the vote's key is not there (any more).

    """
    plain = keys.ballot(vote, _bytes(sender, SENDER_DIGITS), _bytes(sealed, SEALED_DIGITS))
    if len(plain) != PLAIN_BYTES or plain[:WHOSE_BYTES] != whose(vote, person):
        raise Malformed("ballot: another's")
    try:
        said = plain[WHOSE_BYTES:].rstrip(b"\0").decode("ascii")
        return tuple(Choice(choice) for choice in said.split(","))
    except ValueError as error:
        raise Malformed("answer") from error


def _bytes(digits: str, length: int) -> bytes:
    try:
        if len(digits) == length:
            return bytes.fromhex(digits)
    except ValueError:
        pass
    raise Malformed("ballot")
