"""Photographs on their way onto the record (照片): from the kiosk's camera or a phone's file, looked at, then filed.

Shared by every page that takes one. What is sent over a page's own form may be larger than other forms: `widen`.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from kiosk.camera.photographer import NoPhoto, Photographer, Sheet, Trouble
from kiosk.core.refusals import Malformed, Refused
from kiosk.core.values import Attachment
from kiosk.store.photos import Photos
from kiosk.web.answers import Unclear, sorry
from kiosk.web.parts import parts
from kiosk.wording import Sentence

UPLOAD_MB = 8
PILE_MB = 40
"""A scan of twenty pages, or as many photographs."""
DIGEST = re.compile(r"[0-9a-f]{64}")
TROUBLES = {
    Trouble.NO_CAMERA: Sentence(
        "摄像头没有给出画面。", "请检查摄像头；正在录会议的，散会后再拍。也可以传手机拍的照片。"
    ),
    Trouble.NOT_A_PICTURE: Sentence("这个文件不是照片。", "请传JPG、PNG或WebP格式的照片。"),
    Trouble.TOO_SLOW: Sentence("等了太久，没有等到照片。", "请再试一次。"),
    Trouble.LOCKED: Sentence("这个PDF设了密码，打不开。", "请去掉密码再传，或者把纸拍成照片传。"),
    Trouble.TOO_MANY_PAGES: Sentence("这个PDF的页数太多。", "一次最多20页。请分几次扫描再传。"),
}
"""Why there is no picture, in words."""
NO_FILE = Sentence("还没有选照片。", "请先点“选文件”。")
GONE = Sentence("这张照片已经不在了。", "请重新拍一张。")
_NO_SCAN = Sentence(
    "这个文件打不开，里面没有照片，也没有扫描的页。",
    "请传JPG、PNG、WebP或者PDF；PDF坏了的，请重新扫描。",
)
_TOO_LARGE = Sentence(f"照片超过{UPLOAD_MB}MB。", "请把照片改小一些，再传一次。")
_PILE_TOO_LARGE = Sentence(
    f"传的文件一共超过{PILE_MB}MB。", "请分几次传，或者扫描得粗一些（200dpi就够）。"
)


class NoStill(Exception):
    """No photograph came of it; the sentence says why."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence.what)
        self.sentence = sentence


def widen(megabytes: int = UPLOAD_MB) -> None:
    """Let the present form be larger than the others; before the guard reads it for its token."""
    request.max_content_length = megabytes * 1024 * 1024


def too_large(_error: RequestEntityTooLarge) -> tuple[Response | str, int]:
    """One sentence, instead of the number that HTTP has for it."""
    return sorry(_TOO_LARGE, 413)


def pile_too_large(_error: RequestEntityTooLarge) -> tuple[Response | str, int]:
    """The same of a pile."""
    return sorry(_PILE_TOO_LARGE, 413)


def shot() -> str:
    """拍照: what the camera sees now, to be looked at; its SHA-256. NoStill."""
    try:
        return store().show(photographer().shoot())
    except NoPhoto as none:
        raise NoStill(TROUBLES[none.trouble]) from none


def sent() -> str:
    """The photograph in the form's `file`, without what a phone wrote beside it; its SHA-256. NoStill."""
    file = request.files.get("file")
    if file is None or not file.filename:
        raise NoStill(NO_FILE)
    try:
        return store().show(photographer().redraw(file.read()))
    except NoPhoto as none:
        raise NoStill(TROUBLES[none.trouble]) from none


@dataclass(frozen=True, slots=True)
class SheetShown:
    """A signed page that can be looked at: its SHA-256, and what its codes say."""

    digest: str
    codes: tuple[str, ...]


def sheet_shot() -> SheetShown:
    """拍照: the signed page under the camera, straightened. NoStill."""
    return _sheet(lambda: photographer().shoot_sheet())


def sheets_sent(file: bytes) -> tuple[list[SheetShown], bool]:
    """The signed pages in a PDF or a picture, straightened; whether these are all of it. NoStill."""
    try:
        scan = photographer().scan(file)
    except NoPhoto as none:
        sentence = _NO_SCAN if none.trouble is Trouble.NOT_A_PICTURE else TROUBLES[none.trouble]
        raise NoStill(sentence) from none
    return [SheetShown(store().show(one.jpeg), one.codes) for one in scan.sheets], scan.is_whole


def _sheet(take: Callable[[], Sheet]) -> SheetShown:
    try:
        sheet = take()
    except NoPhoto as none:
        raise NoStill(TROUBLES[none.trouble]) from none
    return SheetShown(store().show(sheet.jpeg), sheet.codes)


def still_shown(digest: str) -> str:
    """The SHA-256 of a photograph that can be looked at; empty where there is none under it."""
    return digest if DIGEST.fullmatch(digest) and store().path(digest) else ""


@contextmanager
def filing(digest: str, name: str) -> Iterator[Attachment]:
    """Keep for good the photograph that was looked at, for a command that names it; not if the command is refused.

    Malformed; Unclear where it is no longer there.
    """
    if not DIGEST.fullmatch(digest):
        raise Malformed("shown")
    attachment = store().file(digest, name)
    if attachment is None:
        raise Unclear(GONE)
    try:
        yield attachment
    except Refused:
        # The same file may have been sent before, for whatever else: what the journal names stays.
        if not any(digest in line for line in parts().kiosk.lines(parts().home)):
            store().forget(digest)
        raise


def store() -> Photos:
    """Where the photographs are."""
    return Photos(parts().settings.data_dir / "photos")


def photographer() -> Photographer:
    """Who takes them."""
    return Photographer(parts().settings.camera)
