"""A pile of signed pages at once (一叠签字页): a scan of many pages or many photographs, each known by its code.

What was read off a page travels through the browser under the server's seal: a form can send back a reading, or leave
it out, but not make one.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.datastructures import FileStorage

from kiosk.core.refusals import Malformed, Refused
from kiosk.core.village import Village
from kiosk.web import stills
from kiosk.web.answers import Unclear
from kiosk.web.cases.signed_pages import SignedPage, page_read, paper_of
from kiosk.wording import Sentence, refusal

FILES_AT_MOST = 20
_TOO_MANY = Sentence(f"一次最多传{FILES_AT_MOST}个文件。", "请分几次传。")
_NO_MORE = Sentence(f"一次最多{FILES_AT_MOST}页，这个没有读。", "存完下面的，请再传一次。")
NOT_WHOLE = Sentence(
    "有的页没有读出来。", "下面是读出来了的；缺的那几页，请拍照，或者单独再扫描一次。"
)


@dataclass(frozen=True, slots=True)
class PiledPage:
    """A page of the pile: its picture's SHA-256, and what its code says; None where it cannot be read."""

    shown: str
    read: SignedPage | None

    @property
    def seal(self) -> str:
        """What was read, for a form."""
        assert self.read is not None
        return _sealer().dumps([self.shown, self.read.key, self.read.page])


@dataclass(frozen=True, slots=True)
class Pile:
    """The pages that were read, and what is to be said of the others."""

    pages: tuple[PiledPage, ...]
    troubles: tuple[Sentence, ...]


def taken_in(village: Village) -> Pile:
    """The pages in every file of the form, looked at one after the other. NoStill where there is not one."""
    files = [file for file in request.files.getlist("file") if file.filename]
    if not files:
        raise stills.NoStill(stills.NO_FILE)
    if len(files) > FILES_AT_MOST:
        raise stills.NoStill(_TOO_MANY)
    pages: list[PiledPage] = []
    troubles: list[Sentence] = []
    for file in files:
        if len(pages) >= FILES_AT_MOST:
            troubles.append(_of(file, _NO_MORE))
            continue
        try:
            with file.stream:  # a large one lies in a file of its own
                shown, is_whole = stills.sheets_sent(file.read())
        except stills.NoStill as none:
            troubles.append(_of(file, none.sentence) if len(files) > 1 else none.sentence)
            continue
        pages += (PiledPage(one.digest, page_read(one.codes, village)) for one in shown)
        troubles += () if is_whole else (_of(file, NOT_WHOLE),)
    if not pages:
        raise stills.NoStill(troubles[0])
    return Pile(tuple(pages), tuple(troubles))


def _of(file: FileStorage, sentence: Sentence) -> Sentence:
    return Sentence(f"{file.filename}：{sentence.what}", sentence.todo)


def sealed(village: Village) -> Iterator[PiledPage]:
    """The pages whose seals the form brings back. Malformed where one is not the server's."""
    for seal in request.form.getlist("sealed"):
        try:
            shown, key, page = _sealer().loads(seal)
        except BadSignature as error:
            raise Malformed("sealed") from error
        paper = paper_of(village, key)
        if paper is None:
            raise Malformed("sealed")
        yield PiledPage(shown, SignedPage(paper, page))


def why_not(error: Refused | Unclear) -> Sentence:
    """A no to one page of several, in words."""
    return error.sentence if isinstance(error, Unclear) else refusal(error)


def _sealer() -> URLSafeSerializer:
    secret = current_app.secret_key
    assert secret
    return URLSafeSerializer(secret, salt="signed-page")
