"""Printouts (打印): a paper is asked for with so many copies; how printer and paper stand, and what to do, in words.

Shared by every page that has something to print. Nothing here speaks with a printer: the desk does, in its own thread.
"""

from dataclasses import dataclass

from flask import render_template, request

from kiosk.core.refusals import Malformed
from kiosk.printing.orders import Order, Stage
from kiosk.printing.printer import Media, PrinterState, Sign
from kiosk.web.answers import Unclear, command_id, refilled, went_well
from kiosk.web.filling import Answer
from kiosk.web.forms import number
from kiosk.web.parts import Printing, parts
from kiosk.web.pictures import Picture
from kiosk.wording import Sentence

COPIES_AT_MOST = 50
HOME = "/printing/"
MEDIA = {Media.A4: "A4 纸", Media.A3: "A3 纸（A4 的两倍大）"}

SIGNS = {
    Sign.NONE: Sentence(
        "没有接打印机。",
        "文书先存着：接好打印机、通上电，就会自动打印。等不及的，点“打开PDF”存到U盘，拿到别处打。",
    ),
    Sign.READY: Sentence("打印机可以用。", ""),
    Sign.PRINTING: Sentence("打印机正在打。", "请等一等。"),
    Sign.CONNECTING: Sentence(
        "正在连打印机。", "等了半分钟还没动静，请看看打印机开了没有、线插好没有。"
    ),
    Sign.PAPER_LOW: Sentence("打印机的纸快没了。", "还能打。请准备好纸。"),
    Sign.TONER_LOW: Sentence("打印机的墨快没了。", "还能打。请准备新的墨盒、硒鼓。"),
    Sign.NO_PAPER: Sentence("打印机没有纸了。", "请放好纸，放好后会自动接着打印。"),
    Sign.NO_TONER: Sentence("打印机没有墨了。", "请换墨盒、硒鼓，盖好盖子，换好后会自动接着打印。"),
    Sign.JAMMED: Sentence(
        "打印机卡纸了。", "请打开盖子，把卡住的纸慢慢抽出来，再盖好，会自动接着打印。"
    ),
    Sign.COVER_OPEN: Sentence("打印机的盖子没有盖好。", "请把盖子、纸盒都关严，会自动接着打印。"),
    Sign.OFFLINE: Sentence(
        "打印机没有开，或者线断了。", "请打开打印机的电源，插好线，连上后会自动接着打印。"
    ),
    Sign.PAUSED: Sentence(
        "打印机在系统里被暂停了。",
        "请关掉打印机再打开；还不行，请装机的人恢复它（见手册“打印和扫描”）。文书先存着。",
    ),
    Sign.REFUSING: Sentence(
        "打印机现在不收新的文书。", "请关掉打印机再打开；还不行，请装机的人看一看。文书先存着。"
    ),
    Sign.TROUBLE: Sentence(
        "打印机停了，没有说原因。", "请看看打印机自己的小屏和灯；关掉再打开，会自动接着打印。"
    ),
    Sign.SILENT: Sentence(
        "打印机没有回应。",
        "请看看打印机和它的网线、电源。文书先存着，通了会自动打印；不耽误开会。",
    ),
}
"""How the printer stands: what is so, and what to do."""
_LIGHTS = {
    Sign.NONE: ("off", "没有接上，文书先存着"),
    Sign.READY: ("ok", "可以打印"),
    Sign.PRINTING: ("ok", "正在打印"),
    Sign.CONNECTING: ("ok", "正在连接"),
    Sign.PAPER_LOW: ("warn", "纸快没了，请准备纸"),
    Sign.TONER_LOW: ("warn", "墨快没了，请准备墨盒"),
    Sign.NO_PAPER: ("warn", "没有纸了，请放纸"),
    Sign.NO_TONER: ("warn", "没有墨了，请换墨盒"),
    Sign.JAMMED: ("warn", "卡纸了，请取出来"),
    Sign.COVER_OPEN: ("warn", "盖子没有盖好"),
    Sign.OFFLINE: ("warn", "没有开，或者线断了"),
    Sign.PAUSED: ("warn", "被暂停了"),
    Sign.REFUSING: ("warn", "不收新的文书"),
    Sign.TROUBLE: ("warn", "停了，请看看"),
    Sign.SILENT: ("warn", "没有回应"),
}
_STAGES = {
    Stage.WAITING: "等着打印机，还没有送去",
    Stage.SENDING: "正在送去打印机",
    Stage.QUEUED: "打印机收下了，排着队",
    Stage.PRINTING: "正在打",
    Stage.DONE: "打好了",
    Stage.CANCELLED: "取消了",
    Stage.FAILED: "没有打成。请看看打印机，再点“再打一次”。",
    Stage.UNSURE: "不知道打出来没有。请看看打印机的出纸口：没有，就点“再打一次”；有了，点“不用打了”。",
}
_CANCELLING = "正在取消"
_WRONG_SIZE = "这台打印机印不了{}，先存着。请把PDF存到U盘，拿到能印的地方去打。"
_DISK = Sentence("磁盘满了，没有存下。", "请清理磁盘，再打一次；或者打开PDF存到U盘。")
_TOO_MANY = Sentence(f"一次最多打{COPIES_AT_MOST}份。", f"请填1到{COPIES_AT_MOST}。")


@dataclass(frozen=True, slots=True)
class Printout:
    """What is to be printed (要打印的文书): `has_copies` where more than one may be wanted."""

    title: str
    link: str
    back: str
    media: Media
    pages: int
    has_copies: bool = True


def ask(printout: Printout, sentence: Sentence | None = None) -> str:
    """打印: which paper, how many copies, how the printer stands."""
    state = parts().printing.state()
    return render_template(
        "printing/ask.html",
        village=parts().village(),
        printout=printout,
        media=MEDIA[printout.media],
        copies=request.form.get("copies", "1"),
        most=COPIES_AT_MOST,
        printer=notice(state),
        wrong_size=wrong_size(state, printout.media),
        sentence=sentence,
        here=request.full_path.removesuffix("?"),
    )


def order(printout: Printout, pdf: bytes) -> Answer:
    """Put it on the shelf, from where it is printed as soon as the printer can; then to the list."""
    try:
        copies = _copies() if printout.has_copies else 1
        asked_at = parts().kiosk.now()
        name = str(command_id())
        parts().printing.order(
            Order(name, printout.title, printout.link, printout.media, copies, asked_at), pdf
        )
    except OSError:
        return refilled(Unclear(_DISK), lambda no: ask(printout, no))
    except Unclear as unclear:
        return refilled(unclear, lambda no: ask(printout, no))
    return went_well(HOME)


def _copies() -> int:
    copies = number("copies", "份数")
    if not 1 <= copies <= COPIES_AT_MOST:
        raise Unclear(_TOO_MANY)
    return copies


def notice(state: PrinterState) -> Picture:
    """How the printer stands, as a notice."""
    told = SIGNS[state.sign]
    kind = "warn" if _LIGHTS[state.sign][0] == "warn" else "info"
    return {"what": told.what, "todo": told.todo, "kind": kind}


def light(printing: Printing) -> Picture:
    """打印机 among the lights of the console."""
    look, words = _LIGHTS[printing.state().sign]
    waiting = sum(order.stage.is_open for order in printing.orders())
    said = f"{words}；{waiting}份没打完" if waiting else words
    return {"name": "打印机", "state": look, "words": said}


def wrong_size(state: PrinterState, media: Media) -> str:
    """What is to be done where the printer does not take that paper; empty where it does."""
    return "" if state.takes(media) else _WRONG_SIZE.format(MEDIA[media])


def row(one: Order, state: PrinterState) -> Picture:
    """A paper in the list, with what may be done."""
    words = _STAGES[one.stage]
    if one.stage is Stage.WAITING:
        words = wrong_size(state, one.media) or words
    if one.unwanted and one.stage.is_open:
        words = _CANCELLING
    return {
        "id": one.id,
        "title": one.title,
        "link": one.link,
        "at": one.asked_at,
        "copies": one.copies,
        "media": MEDIA[one.media],
        "words": words,
        "flagged": one.stage in {Stage.FAILED, Stage.UNSURE},
        "may_cancel": not one.stage.is_over and not one.unwanted,
        "may_again": one.stage in {Stage.FAILED, Stage.UNSURE},
    }


def named(name: str) -> Order:
    """The order of that id. Malformed where there is none."""
    for one in parts().printing.orders():
        if one.id == name:
            return one
    raise Malformed("order")
