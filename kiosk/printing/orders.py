"""The shelf of papers that are to be printed (待打印): each a PDF and a line about it, kept through a power cut.

The PDF goes when it was printed or is not wanted any more; the line stays for a while, to be looked at.
"""

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import Enum
from pathlib import Path

from kiosk.printing.printer import Media, Sheets
from kiosk.store.durable import put

LINES_KEPT = 30
"""So many papers that are done with stay in the list."""


class Stage(Enum):
    """How far a paper has come (打印进度)."""

    WAITING = "waiting"  # 等着打印机
    SENDING = "sending"  # 正在送
    QUEUED = "queued"  # 打印机收下了，排着队
    PRINTING = "printing"  # 正在打
    DONE = "done"  # 打好了
    CANCELLED = "cancelled"  # 取消了
    FAILED = "failed"  # 没打成
    UNSURE = "unsure"  # 不知道打出来没有

    @property
    def is_open(self) -> bool:
        """Whether something is still to happen by itself."""
        return self in {Stage.WAITING, Stage.SENDING, Stage.QUEUED, Stage.PRINTING}

    @property
    def is_over(self) -> bool:
        """Whether its PDF is not needed any more."""
        return self in {Stage.DONE, Stage.CANCELLED}


@dataclass(frozen=True, slots=True)
class Order:
    """A paper that somebody wants printed (打印单).

    Attributes:
        id: names its files; the id of the form that asked for it, so that a double tap prints once.
        title: what it is, for people and for the printer's own list.
        link: where its PDF is opened.
        media: on which paper.
        copies: how many.
        asked_at: when.
        stage: how far it has come.
        job: under which number the printer knows it; 0 before it took it.
        unwanted: whether somebody said that it should not be printed any more.
    """

    id: str
    title: str
    link: str
    media: Media
    copies: int
    asked_at: datetime
    stage: Stage = Stage.WAITING
    job: int = 0
    unwanted: bool = False


class OrderShelf:
    """The orders in a folder, by id in the order in which they were asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self) -> dict[str, Order]:
        """Every order that is there; a line that cannot be read is left where it is."""
        found = [order for path in self._folder.glob("*.json") if (order := _read(path))]
        return {order.id: order for order in sorted(found, key=lambda one: one.asked_at)}

    def add(self, order: Order, pdf: bytes) -> None:
        """Keep a new one; on the disk when this returns."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        put(self._pdf(order.id), pdf, mode=0o600)
        self.put(order)

    def put(self, order: Order) -> None:
        """Keep how far it has come; its PDF goes once it is over."""
        put(self._folder / f"{order.id}.json", _line(order), mode=0o600)
        if order.stage.is_over:
            self._pdf(order.id).unlink(missing_ok=True)

    def sheets(self, order: Order) -> Sheets | None:
        """What is to be printed; None where the PDF is gone."""
        try:
            pdf = self._pdf(order.id).read_bytes()
        except FileNotFoundError:
            return None
        return Sheets(pdf, order.title, order.media, order.copies)

    def forget(self, order: Order) -> None:
        """Leave nothing of it."""
        self._pdf(order.id).unlink(missing_ok=True)
        (self._folder / f"{order.id}.json").unlink(missing_ok=True)

    def _pdf(self, name: str) -> Path:
        return self._folder / f"{name}.pdf"


def _line(order: Order) -> bytes:
    told = asdict(replace(order)) | {
        "media": order.media.value,
        "asked_at": order.asked_at.isoformat(),
        "stage": order.stage.value,
    }
    return json.dumps(told, ensure_ascii=False).encode()


def _read(path: Path) -> Order | None:
    try:
        told = json.loads(path.read_bytes())
        told["media"] = Media(told["media"])
        told["asked_at"] = datetime.fromisoformat(told["asked_at"])
        told["stage"] = Stage(told["stage"])
        return Order(**told)
    except (OSError, ValueError, KeyError, TypeError):
        return None
