"""The sealed boxes of secret votes (票箱): one row a vote, rewritten with each ballot, unreadable once it is over.

What SQLite keeps of a row that was overwritten (its log, free pages, the order of both) would tell the order of the
ballots. So every content is sealed with a key of its vote before the database sees it, all of one length, and the key
is destroyed when the vote ends: from then on nothing of it can be read, neither from the disk, nor from a copy made
meanwhile, nor from what went over the network, which pages encrypt for the same key. The key is a file of its own, so
that a power cut during the vote loses no ballot. Who reads this file during the vote can read everything:
`docs/secrecy.md`.

XSalsa20-Poly1305 and X25519 (libsodium, through PyNaCl), each with its own key derived from the vote's (BLAKE2b).
"""

import hashlib
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from nacl.bindings import crypto_box_SECRETKEYBYTES
from nacl.exceptions import CryptoError
from nacl.public import Box as Exchange
from nacl.public import PrivateKey, PublicKey
from nacl.secret import SecretBox
from nacl.utils import random as random_bytes

from kiosk.core.refusals import Malformed
from kiosk.core.terms import VoteId
from kiosk.store.durable import put, sync_folder

KEY_BYTES = crypto_box_SECRETKEYBYTES
_DESTROYED = bytes(KEY_BYTES)


class BoxKeys:
    """The keys of the secret votes that are open, one file each; destroyed when the vote is over.

    Args:
        folder: where they lie; readable by its owner alone.
        chance: that many random bytes.
    """

    def __init__(self, folder: Path, chance: Callable[[int], bytes] = random_bytes) -> None:
        self._folder = folder
        self._chance = chance

    def make(self, vote: VoteId) -> None:
        """A new key for a new box, in the place of any that was left over; on the disk before this returns."""
        path = self._path(vote)
        # Not even the folder's own name may be lost in a power cut: no box could be opened without what is in it.
        self._folder.mkdir(mode=0o700, exist_ok=True)
        self._folder.chmod(0o700)
        sync_folder(self._folder.parent)
        put(path, self._chance(KEY_BYTES), mode=0o600)

    def destroy(self, vote: VoteId) -> None:
        """Overwrite the key and remove it; nothing where there is none."""
        path = self._path(vote)
        with suppress(FileNotFoundError):
            with path.open("r+b") as file:
                file.write(_DESTROYED)
                file.flush()
                os.fsync(file.fileno())
            path.unlink()
            sync_folder(self._folder)

    def kept(self) -> Iterable[VoteId]:
        """The votes of which a key is there, be it half destroyed."""
        return [VoteId(path.stem) for path in sorted(self._folder.glob("*.key"))]

    def seal(self, vote: VoteId, content: bytes) -> bytes:
        """The content as only the vote's key opens it; as long as the content and 40 bytes."""
        box = self._box(vote)
        return bytes(box.encrypt(content, self._chance(SecretBox.NONCE_SIZE)))

    def opened(self, vote: VoteId, sealed: bytes) -> bytes:
        """The content that was sealed. Malformed if the key does not open it."""
        try:
            return bytes(self._box(vote).decrypt(sealed))
        except CryptoError as error:
            raise Malformed("box: does not open") from error

    def ballot_key(self, vote: VoteId) -> bytes:
        """The public half for pages: what they encrypt with it, only the vote's key opens."""
        return bytes(self._reader(vote).public_key)

    def ballot(self, vote: VoteId, sender: bytes, sealed: bytes) -> bytes:
        """What a page encrypted for this vote with a key pair of its own. Malformed if it does not open."""
        try:
            return bytes(Exchange(self._reader(vote), PublicKey(sender)).decrypt(sealed))
        except (CryptoError, ValueError, TypeError) as error:
            raise Malformed("ballot: does not open") from error

    def _box(self, vote: VoteId) -> SecretBox:
        return SecretBox(self._key(vote, b"box"))

    def _reader(self, vote: VoteId) -> PrivateKey:
        return PrivateKey(self._key(vote, b"ballots"))

    def _key(self, vote: VoteId, use: bytes) -> bytes:
        """LookupError where there is none, or no more: whoever reads while it is being destroyed finds zeroes."""
        try:
            key = self._path(vote).read_bytes()
        except FileNotFoundError as error:
            raise LookupError(f"no key of {vote}") from error
        if len(key) != KEY_BYTES or key == _DESTROYED:
            raise LookupError(f"no key of {vote}")
        return hashlib.blake2b(key=key, person=use, digest_size=KEY_BYTES).digest()

    def _path(self, vote: VoteId) -> Path:
        if not vote or "/" in vote or vote.startswith("."):
            raise Malformed("vote")
        return self._folder / f"{vote}.key"
