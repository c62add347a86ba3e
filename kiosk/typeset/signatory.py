"""Who signs the papers (签名): opens the village's key, puts on record which it is, and signs as long as it has it."""

import hashlib
import logging
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

from kiosk import wording
from kiosk.core.commands import AdoptSigningKey
from kiosk.core.terms import CommandId, Role, VillageId
from kiosk.core.values import Actor
from kiosk.service import Kiosk
from kiosk.store.signing_key import SigningKey

log = logging.getLogger(__name__)


class Signatory:
    """Signs with the key in that file, which is made at the first start; without a file nothing is signed."""

    def __init__(
        self,
        kiosk: Kiosk,
        key_file: Path | None,
        new_token: Callable[[], str],
    ) -> None:
        self._kiosk = kiosk
        self._key_file = key_file
        self._new_token = new_token
        self._key: SigningKey | None = None

    @property
    def is_signing(self) -> bool:
        """Whether it has a key."""
        return self._key is not None

    def begin(self, village: VillageId) -> None:
        """Open the key, and put on record which it is. Where that fails papers are set all the same."""
        if self._key_file is None:
            return
        try:
            key = SigningKey.kept(self._key_file, self._owner(village), self._kiosk.now())
            told = b64encode(key.certificate).decode()
            adopted = AdoptSigningKey(told, hashlib.sha256(key.certificate).hexdigest())
            machine, command = Actor(Role.KIOSK), CommandId(self._new_token())
            self._kiosk.execute(village, adopted, machine, command)
            self._key = key
        except Exception:
            log.exception("no key to sign papers with; the next start tries again")

    def _owner(self, home: VillageId) -> str:
        village = self._kiosk.village(home)
        return f"{village.name}村民委员会{wording.purpose_mark(village.purpose)}"

    def signed(self, paper: bytes) -> bytes:
        """The paper with the village's signature behind it; where that fails the paper as it is."""
        key = self._key
        if key is None:
            return paper
        # A fifth of the program by its weight, needed when a paper is signed: a start after a power cut does without.
        from kiosk.typeset.signing import signed  # noqa: PLC0415

        try:
            return signed(paper, key.certificate, key.private, self._kiosk.now())
        except Exception:
            log.exception("paper not signed; the next start tries again")
            return paper
