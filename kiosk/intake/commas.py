"""Lines out of a .csv file: UTF-8 with or without its mark, or GB 18030 as Chinese spreadsheets save it."""

import csv
import io
from collections.abc import Iterator, Sequence

from kiosk.intake.columns import Unreadable

_ENCODINGS = ("utf-8-sig", "gb18030")
_TODO = "请在表格软件里另存为.xlsx，再上传。"


def lines_of_csv(content: bytes) -> Iterator[tuple[int, Sequence[str]]]:
    """Line number and cells, one after the other. Unreadable where it is no text."""
    text = _text(content)
    try:
        yield from enumerate(csv.reader(io.StringIO(text, newline=""), _Dialect(text)), start=1)
    except csv.Error as error:
        raise Unreadable("这个文件的内容不是表格。", _TODO) from error


def _text(content: bytes) -> str:
    if b"\0" not in content:
        for encoding in _ENCODINGS:
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                continue
    raise Unreadable("这个文件的文字读不出来。", _TODO)


class _Dialect(csv.excel):
    """Excel's own, with whatever stands between the words of the first line."""

    def __init__(self, text: str) -> None:
        first = text.lstrip().partition("\n")[0]
        self.delimiter = max(",\t;", key=first.count)
        super().__init__()
