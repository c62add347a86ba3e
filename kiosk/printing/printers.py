"""Which printer stands behind the port (打印机选择), by what the setting says."""

from kiosk.printing.cups import CupsPrinter
from kiosk.printing.printer import NoPrinter, Printer


def printer_of(setting: str) -> Printer:
    """`none`: none, and nobody looks for one; else CUPS' own choice (`auto`), or the one at that IPP address."""
    return NoPrinter() if setting == "none" else CupsPrinter(setting)
