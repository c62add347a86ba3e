"""What IPP says of a printer (printer-state-reasons, RFC 8011 §5.4.12) as one sign: the worst of what it says.

A reason ends in -error, -warning, -report or nothing. A printer with two trays says media-empty-warning of one of them
and goes on printing: such a word stops nothing unless the printer itself has stopped.
"""

from collections.abc import Iterable

from kiosk.printing.printer import Sign

IDLE, PROCESSING, STOPPED = 3, 4, 5
"""printer-state (RFC 8011 §5.4.11)."""
_BY_REASON = {
    "media-jam": Sign.JAMMED,
    "cover-open": Sign.COVER_OPEN,
    "door-open": Sign.COVER_OPEN,
    "interlock-open": Sign.COVER_OPEN,
    "media-empty": Sign.NO_PAPER,
    "media-needed": Sign.NO_PAPER,
    "input-tray-missing": Sign.NO_PAPER,
    "toner-empty": Sign.NO_TONER,
    "marker-supply-empty": Sign.NO_TONER,
    "offline": Sign.OFFLINE,
    "shutdown": Sign.OFFLINE,
    "timed-out": Sign.OFFLINE,
    "paused": Sign.PAUSED,
    "moving-to-paused": Sign.PAUSED,
    "connecting-to-device": Sign.CONNECTING,
    "media-low": Sign.PAPER_LOW,
    "toner-low": Sign.TONER_LOW,
    "marker-supply-low": Sign.TONER_LOW,
}
_ALWAYS = frozenset({Sign.OFFLINE, Sign.PAUSED, Sign.CONNECTING, Sign.PAPER_LOW, Sign.TONER_LOW})
"""Count with whatever ending: Debian's back ends say `offline-report` of a printer that is switched off."""
_WORST_FIRST = tuple(dict.fromkeys(_BY_REASON.values()))
_WARNINGS = ("-warning", "-report")


def sign_of(state: int, reasons: Iterable[str], *, accepting: bool = True) -> Sign:
    """The sign of a printer in that state, for these reasons."""
    stopped = state == STOPPED
    signs = {sign for reason in reasons if (sign := _sign(reason, stopped=stopped))}
    for sign in _WORST_FIRST:
        if sign in signs and not (sign.can_print and (stopped or not accepting)):
            return sign
    if stopped:
        return Sign.TROUBLE
    if not accepting:
        return Sign.REFUSING
    return Sign.PRINTING if state == PROCESSING else Sign.READY


def _sign(reason: str, *, stopped: bool) -> Sign | None:
    word, is_warning = reason, False
    for ending in (*_WARNINGS, "-error"):
        if reason.endswith(ending):
            word, is_warning = reason.removesuffix(ending), ending in _WARNINGS
    sign = _BY_REASON.get(word)
    counts = stopped or not is_warning or sign in _ALWAYS
    return sign if counts else None
