"""The port to a printer (打印机): how it stands, taking sheets in, what became of them, letting them go.

Whoever implements it answers within a few seconds or not at all: the desk that uses it works in a thread of its own, so
that nobody who votes or signs in ever waits for a printer. The conformance of each is held by
`tests/shell/test_printers.py`.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Protocol


class Sign(Enum):
    """How a printer stands (打印机状态)."""

    NONE = "none"  # 没有接打印机
    READY = "ready"  # 可以打印
    PRINTING = "printing"  # 正在打印
    CONNECTING = "connecting"  # 正在连接
    PAPER_LOW = "paper_low"  # 纸快没了
    TONER_LOW = "toner_low"  # 墨快没了
    NO_PAPER = "no_paper"  # 没有纸了
    NO_TONER = "no_toner"  # 没有墨了
    JAMMED = "jammed"  # 卡纸
    COVER_OPEN = "cover_open"  # 盖子开着
    OFFLINE = "offline"  # 没有开机或者断线
    PAUSED = "paused"  # 被暂停了
    REFUSING = "refusing"  # 不收
    TROUBLE = "trouble"  # 别的毛病
    SILENT = "silent"  # 打印服务没有回应

    @property
    def can_print(self) -> bool:
        """Whether sheets may be given to it now."""
        return self in _WORKING


_WORKING = frozenset({Sign.READY, Sign.PRINTING, Sign.CONNECTING, Sign.PAPER_LOW, Sign.TONER_LOW})


class Media(Enum):
    """The size of the paper (纸张): its name in IPP (PWG 5101.1)."""

    A4 = "iso_a4_210x297mm"
    A3 = "iso_a3_297x420mm"


class Fate(Enum):
    """What became of sheets that a printer took (打印结果)."""

    QUEUED = "queued"  # 排着队
    PRINTING = "printing"  # 正在打
    DONE = "done"  # 打好了
    CANCELLED = "cancelled"  # 取消了
    FAILED = "failed"  # 没打成
    FORGOTTEN = "forgotten"  # 查不到了


@dataclass(frozen=True, slots=True)
class PrinterState:
    """How it stands, what it is called, which paper it says it takes; nothing said of paper excludes none."""

    sign: Sign
    name: str = ""
    media: frozenset[str] = frozenset()

    def takes(self, media: Media) -> bool:
        """Whether it prints on paper of that size."""
        return not self.media or media.value in self.media


@dataclass(frozen=True, slots=True)
class Sheets:
    """What is to be printed: a PDF at its true size on that paper, on one side, so many copies."""

    pdf: bytes
    title: str
    media: Media
    copies: int


class NotTaken(Exception):
    """The printer did not take the sheets, for sure; `for_good`: nor would it if asked again."""

    def __init__(self, *, for_good: bool) -> None:
        super().__init__("not taken")
        self.for_good = for_good


class NoAnswer(Exception):
    """It did not answer in time: what was asked of it may have happened or not."""


class Printer(Protocol):
    """What the desk asks of a printer."""

    def state(self) -> PrinterState:
        """How it stands now. Never raises: one that does not answer is SILENT or NONE."""
        ...

    def send(self, sheets: Sheets) -> int:
        """Have them printed; the number under which it knows them. NotTaken, NoAnswer."""
        ...

    def fate(self, job: int) -> Fate:
        """What became of them. NoAnswer."""
        ...

    def cancel(self, job: int) -> None:
        """Do not print them any more; nothing happens where they are out already. NoAnswer."""
        ...


class NoPrinter:
    """There is no printer, and nobody looks for one (KIOSK_PRINTER=none): every paper waits."""

    def state(self) -> PrinterState:
        """There is none."""
        return PrinterState(Sign.NONE)

    def send(self, sheets: Sheets) -> int:  # noqa: ARG002 -- the port's own
        """NotTaken."""
        raise NotTaken(for_good=False)

    def fate(self, job: int) -> Fate:  # noqa: ARG002 -- the port's own
        """Nothing was ever taken."""
        return Fate.FORGOTTEN

    def cancel(self, job: int) -> None:
        """Nothing is there to be cancelled."""
