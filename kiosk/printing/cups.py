"""The real printer (打印机): a queue of CUPS, or a printer that speaks IPP itself, asked over IPP (RFC 8011) by pyipp.

pyipp brings aiohttp and is loaded with the first question, in the desk's thread: a start does without.
"""

import asyncio
import logging
import socket
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from kiosk.printing.printer import (
    Fate,
    NoAnswer,
    NotTaken,
    PrinterState,
    Sheets,
    Sign,
)
from kiosk.printing.reasons import IDLE, sign_of

log = logging.getLogger(__name__)

AUTO = "auto"
CUPS = "ipp://localhost:631/"
IPP_PORT = 631
WITHIN_S = 5.0
"""So long a printer is waited for; for taking sheets four times as long."""
_USER = "kiosk"
"""Whoever asks to cancel must be who asked to print."""
_ABOUT = ("printer-name", "printer-state", "printer-state-reasons", "printer-is-accepting-jobs")
_MORE = ("printer-uri-supported", "media-supported", "device-uri")
_FATES = {
    3: Fate.QUEUED,
    4: Fate.QUEUED,
    5: Fate.PRINTING,
    6: Fate.PRINTING,
    7: Fate.CANCELLED,
    8: Fate.FAILED,
    9: Fate.DONE,
}
"""job-state (RFC 8011 §5.3.7)."""
_CLIENT_ERRORS = range(0x0400, 0x0500)

Attributes = Mapping[str, Any]


class CupsPrinter:
    """The printer at an IPP address, such as ipp://localhost:631/printers/hall.

    Args:
        address: `auto` for whichever printer CUPS on this machine calls its default, else the only one it has.
        cups: where `auto` looks.
        within_s: so many seconds it is waited for.
    """

    def __init__(self, address: str = AUTO, cups: str = CUPS, within_s: float = WITHIN_S) -> None:
        self._address = address
        self._cups = cups
        self._within_s = within_s

    def state(self) -> PrinterState:
        """How it stands; a queue that is idle has only the word of its last job, so its device is asked itself."""
        try:
            found = self._found()
            if found is None:
                return PrinterState(Sign.NONE)
            device = str(found.get("device-uri", ""))  # a printer without CUPS before it has none
            sign = _sign(found, is_old=bool(device) and found["printer-state"] == IDLE)
            if sign is Sign.READY:
                sign = self._device(device)
        except (NoAnswer, NotTaken, KeyError):
            return PrinterState(Sign.NONE if self._address == AUTO else Sign.SILENT)
        name = str(found.get("printer-name", ""))
        return PrinterState(sign, name, frozenset(_several(found.get("media-supported"))))

    def send(self, sheets: Sheets) -> int:
        """Have them printed at their true size: whatever would fit them to the page is switched off."""
        asked = {
            "operation-attributes-tag": {
                "job-name": sheets.title,
                "document-format": "application/pdf",
            },
            "job-attributes-tag": {
                "copies": sheets.copies,
                "media": sheets.media.value,
                "sides": "one-sided",
                "print-scaling": "none",
            },
            "data": sheets.pdf,
        }
        address = self._queue()
        answer = self._ask(address, "PRINT_JOB", asked, within_s=4 * self._within_s)
        return int(answer["jobs"][0]["job-id"])

    def fate(self, job: int) -> Fate:
        """What became of it; FORGOTTEN where the printer keeps no history."""
        asked = {"job-id": job, "requested-attributes": ["job-state"]}
        try:
            answer = self._ask(
                self._queue(), "GET_JOB_ATTRIBUTES", {"operation-attributes-tag": asked}
            )
        except NotTaken as none:
            if none.for_good:
                return Fate.FORGOTTEN
            raise NoAnswer from none
        return _FATES[int(answer["jobs"][0]["job-state"])]

    def cancel(self, job: int) -> None:
        """Take it out of the queue, or stop it in the middle."""
        try:
            self._ask(self._queue(), "CANCEL_JOB", {"operation-attributes-tag": {"job-id": job}})
        except NotTaken as none:
            if not none.for_good:  # one that is out already cannot be cancelled, and need not be
                raise NoAnswer from none

    def _queue(self) -> str:
        if self._address != AUTO:
            return self._address
        found = self._found()
        if found is None:
            raise NotTaken(for_good=False)
        return _several(found["printer-uri-supported"])[0]

    def _found(self) -> Attributes | None:
        """What the printer says of itself; None where CUPS has none."""
        asked = {"operation-attributes-tag": {"requested-attributes": [*_ABOUT, *_MORE]}}
        if self._address != AUTO:
            return self._first(self._address, "GET_PRINTER_ATTRIBUTES", asked)
        if not _is_heard(self._cups, self._within_s):
            return None
        default = self._first(self._cups, "CUPS_GET_DEFAULT", asked)
        return default or self._first(self._cups, "CUPS_GET_PRINTERS", asked)

    def _first(self, address: str, operation: str, asked: dict[str, Any]) -> Attributes | None:
        try:
            printers = self._ask(address, operation, asked)["printers"]
        except NotTaken as none:
            if none.for_good:
                return None
            raise
        return printers[0] if printers else None

    def _device(self, address: str) -> Sign:
        """How the device behind the queue stands, where it speaks IPP; the queue knows of it only while it prints."""
        if urlsplit(address).scheme not in {"ipp", "ipps"}:
            return Sign.READY
        asked = {"operation-attributes-tag": {"requested-attributes": list(_ABOUT)}}
        try:
            said = self._first(address, "GET_PRINTER_ATTRIBUTES", asked)
        except (NoAnswer, NotTaken):
            return Sign.OFFLINE
        return _sign(said) if said else Sign.OFFLINE

    def _ask(
        self, address: str, operation: str, asked: dict[str, Any], within_s: float | None = None
    ) -> dict[str, Any]:
        patience_s = within_s or self._within_s
        return asyncio.run(_answer(address, operation, asked, patience_s))


async def _answer(
    address: str, operation: str, asked: dict[str, Any], within_s: float
) -> dict[str, Any]:
    """One question and its answer. NotTaken where it was refused or nobody was there to hear it; else NoAnswer."""
    # Three tenths of a second and 20 MB: nobody who has no printer pays for it.
    from aiohttp import ClientConnectorError  # noqa: PLC0415
    from pyipp import IPP, IPPConnectionError, IPPError  # noqa: PLC0415
    from pyipp.enums import IppOperation, IppTag  # noqa: PLC0415
    from pyipp.tags import ATTRIBUTE_TAG_MAP  # noqa: PLC0415

    # pyipp silently leaves out what its table does not know: without this a printer would fit each page to its margins.
    ATTRIBUTE_TAG_MAP.setdefault("print-scaling", IppTag.KEYWORD)
    asked.setdefault("operation-attributes-tag", {})["requesting-user-name"] = _USER
    printer = IPP(address, request_timeout=max(1, round(within_s)))
    try:
        return await asyncio.wait_for(
            printer.execute(IppOperation[operation], asked), timeout=within_s
        )
    except IPPConnectionError as error:
        unheard = isinstance(error.__cause__, ClientConnectorError)
        raise (NotTaken(for_good=False) if unheard else NoAnswer()) from error
    except IPPError as error:
        code = _status(error)
        if code is None:
            raise NoAnswer from error
        log.warning("%s to %s: IPP status %#06x", operation, address, code)
        raise NotTaken(for_good=code in _CLIENT_ERRORS) from error
    except (TimeoutError, OSError, ValueError, KeyError, IndexError) as error:
        raise NoAnswer from error
    finally:
        await printer.close()


def _is_heard(address: str, within_s: float) -> bool:
    """Whether anybody listens there at all: most machines without a printer have no CUPS, and load no pyipp for it."""
    parts = urlsplit(address)
    try:
        socket.create_connection((parts.hostname or "", parts.port or IPP_PORT), within_s).close()
    except OSError:
        return False
    return True


def _status(error: Exception) -> int | None:
    """The IPP status that the printer answered with; None where it answered no IPP."""
    said = error.args[1] if len(error.args) > 1 else None
    code = said.get("status-code") if isinstance(said, dict) else None
    return int(code) if code is not None and code >= _CLIENT_ERRORS.start else None


def _sign(said: Attributes, *, is_old: bool = False) -> Sign:
    """`is_old`: whether its reasons are those of the last job, which stay when that was cancelled for want of paper."""
    accepting = bool(said.get("printer-is-accepting-jobs", True))
    reasons = [] if is_old else _several(said.get("printer-state-reasons"))
    return sign_of(int(said["printer-state"]), reasons, accepting=accepting)


def _several(value: object) -> list[str]:
    """IPP gives one value or a list of them."""
    if value is None:
        return []
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]
