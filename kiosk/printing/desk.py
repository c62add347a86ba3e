"""The print desk (打印台): papers wait on the shelf until the printer can take them, in a thread of its own.

Nothing is printed twice by the machine: where it does not know whether the printer took a paper (the power went, the
answer did not come), it says so and a person looks. What waits goes on by itself when the printer is ready.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from kiosk.printing.orders import LINES_KEPT, Order, OrderShelf, Stage
from kiosk.printing.printer import Fate, NoAnswer, NotTaken, Printer, PrinterState, Sign

log = logging.getLogger(__name__)

LOOKS_EVERY_S = 10.0
"""How often the printer is looked at while nothing waits; that often the light is right."""
WAITS_S = 1.5
"""How often while something does."""
_STAGES = {
    Fate.QUEUED: Stage.QUEUED,
    Fate.PRINTING: Stage.PRINTING,
    Fate.DONE: Stage.DONE,
    Fate.CANCELLED: Stage.CANCELLED,
    Fate.FAILED: Stage.FAILED,
    Fate.FORGOTTEN: Stage.UNSURE,
}


class PrintDesk:
    """Gives papers to the printer one after the other and knows how each stands.

    Args:
        printer: the port.
        folder: where the papers wait.
        on_change: told when the printer or a paper stands otherwise than before.
    """

    def __init__(
        self, printer: Printer, folder: Path, on_change: Callable[[], None] = lambda: None
    ) -> None:
        self._printer = printer
        self._shelf = OrderShelf(folder)
        self.on_change = on_change
        self._state = PrinterState(Sign.NONE)
        self._lock = threading.Lock()
        self._orders = {o.id: _after_a_stop(o) for o in self._shelf.read().values()}
        self._awake = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name="printing", daemon=True)

    def start(self) -> None:
        """Begin to look at the printer and to give it what waits."""
        self._thread.start()

    def stop(self) -> None:
        """End; what waits is there at the next start."""
        self._stopping.set()
        self._awake.set()
        if self._thread.is_alive():
            self._thread.join(timeout=30)

    def state(self) -> PrinterState:
        """How the printer stood when it was looked at last."""
        return self._state

    def orders(self) -> tuple[Order, ...]:
        """The papers, the newest first."""
        with self._lock:
            return tuple(reversed(self._orders.values()))

    def order(self, order: Order, pdf: bytes) -> None:
        """Have a paper printed; the same order again changes nothing. OSError where the disk is full."""
        with self._lock:
            if order.id in self._orders:
                return
            self._shelf.add(order, pdf)
            self._orders[order.id] = order
            self._forget_old()
        self._stirred()

    def cancel(self, name: str) -> None:
        """Do not print it any more; one that is over stays as it is."""
        with self._lock:
            order = self._orders.get(name)
            if order is None or order.stage.is_over:
                return
            # What the printer may hold is let go by the thread that speaks with it.
            held = order.stage in {Stage.SENDING, Stage.QUEUED, Stage.PRINTING}
            changed = replace(order, unwanted=True)
            self._keep(changed if held else replace(changed, stage=Stage.CANCELLED))
        self._stirred()

    def again(self, name: str) -> None:
        """Print once more what failed, or of which nobody knows; a person has looked."""
        with self._lock:
            order = self._orders.get(name)
            if order is None or order.stage not in {Stage.FAILED, Stage.UNSURE}:
                return
            self._keep(replace(order, stage=Stage.WAITING, job=0, unwanted=False))
        self._stirred()

    def look(self) -> None:
        """Once: how the printer stands, what became of what it took, and give it what waits."""
        before = (self._state, self.orders())
        self._state = self._printer.state()
        for order in reversed(self.orders()):
            if order.job and order.stage.is_open:
                self._ask_after(order)
            elif order.stage is Stage.WAITING and self._fits(order):
                self._give(order)
        if before != (self._state, self.orders()):
            self.on_change()

    def _fits(self, order: Order) -> bool:
        return self._state.sign.can_print and self._state.takes(order.media)

    def _give(self, order: Order) -> None:
        sheets = self._shelf.sheets(order)
        if sheets is None:
            self._moved(order.id, Stage.FAILED)
            return
        if not self._moved(order.id, Stage.SENDING):
            return  # cancelled in this instant
        try:
            job = self._printer.send(sheets)
        except NotTaken as refused:
            self._moved(order.id, Stage.FAILED if refused.for_good else Stage.WAITING)
        except NoAnswer:
            log.warning("nobody knows whether %s was taken", order.title)
            self._moved(order.id, Stage.UNSURE)
        else:
            self._moved(order.id, Stage.QUEUED, job)

    def _ask_after(self, order: Order) -> None:
        try:
            if order.unwanted:
                self._printer.cancel(order.job)
            self._moved(order.id, _STAGES[self._printer.fate(order.job)], order.job)
        except (NoAnswer, NotTaken):
            log.info("the printer does not say what became of %s", order.title)

    def _moved(self, name: str, stage: Stage, job: int = 0) -> bool:
        """So far it has come; False where it is gone or over."""
        with self._lock:
            order = self._orders.get(name)
            if order is None or order.stage.is_over:
                return False
            if order.unwanted and stage is Stage.WAITING:
                stage = Stage.CANCELLED
            changed = replace(order, stage=stage, job=job)
            if changed != order:
                self._keep(changed)
            return not changed.stage.is_over

    def _keep(self, order: Order) -> None:
        self._shelf.put(order)
        self._orders[order.id] = order

    def _forget_old(self) -> None:
        over = [order for order in self._orders.values() if order.stage.is_over]
        for order in over[:-LINES_KEPT]:
            self._shelf.forget(order)
            del self._orders[order.id]

    def _stirred(self) -> None:
        self._awake.set()
        self.on_change()

    def _work(self) -> None:
        while not self._stopping.is_set():
            self._awake.clear()
            try:
                self.look()
            except Exception:
                # A full disk, a printer that answers nonsense: the meeting goes on, and it is looked again.
                log.exception("the printer could not be looked at")
            waiting = any(order.stage.is_open for order in self.orders())
            self._awake.wait(WAITS_S if waiting else LOOKS_EVERY_S)


def _after_a_stop(order: Order) -> Order:
    """What was on its way when the program ended: nobody knows whether the printer has it."""
    return replace(order, stage=Stage.UNSURE) if order.stage is Stage.SENDING else order
