"""From a file to its rows (读表格): .xlsx or .csv, a header row in Chinese, the columns in any order."""

from collections.abc import Iterator, Sequence

from kiosk.intake.cells import plain
from kiosk.intake.columns import HEADERS, REQUIRED, ROWS_AT_MOST, Column, Row, Unreadable
from kiosk.intake.commas import lines_of_csv

Line = tuple[int, Sequence[str]]
EXAMPLE = "示例"
"""A row whose name begins so is the example of the blank spreadsheet and nobody's."""

_HEADER_WITHIN = 10  # a title and a note may stand above the header
_TODO_HEADER = "请下载空白表格，按它的表头填写，再上传。"


def read_table(content: bytes, filename: str) -> tuple[Row, ...]:
    """All rows with something in them, without the example. Unreadable says what is wrong with the file."""
    lines = _lines(content, filename)
    columns = _header(lines)
    rows = []
    for number, line in lines:
        row = Row(number, {column: _at(line, place) for column, place in columns.items()})
        if not any(row.cells.values()) or row.cells[Column.NAME].startswith(EXAMPLE):
            continue
        rows.append(row)
        if len(rows) > ROWS_AT_MOST:
            raise Unreadable(
                f"表格超过{ROWS_AT_MOST}行。", "请确认选对了文件；人数确实多，请分几个文件上传。"
            )
    if not rows:
        raise Unreadable("表里只有表头，没有人。", "请把村民填进去，再上传。")
    return tuple(rows)


def _lines(content: bytes, filename: str) -> Iterator[Line]:
    kind = filename.lower().rpartition(".")[2]
    if not content:
        raise Unreadable("这个文件是空的。", "请选另一个文件。")
    if kind == "xlsx":
        from kiosk.intake.spreadsheet import lines_of_xlsx  # noqa: PLC0415 -- a tenth of a start, needed once in years

        return lines_of_xlsx(content)
    if kind == "csv":
        return lines_of_csv(content)
    if kind == "xls":
        raise Unreadable("这是旧版Excel的文件。", "请在Excel里另存为.xlsx，再上传。")
    raise Unreadable("这不是表格文件。", "请选.xlsx或.csv文件。")


def _header(lines: Iterator[Line]) -> dict[Column, int]:
    seen = 0
    for _, line in lines:
        words = [_word(cell) for cell in line]
        if Column.NAME.value in words:
            return _columns(words)
        seen += any(words)
        if seen >= _HEADER_WITHIN:
            break
    if not seen:
        raise Unreadable("这个文件里什么也没有。", "请选另一个文件。")
    raise Unreadable("没有找到写着“姓名”的表头。", _TODO_HEADER)


def _columns(words: Sequence[str]) -> dict[Column, int]:
    if private := [word for word in words if "身份证" in word]:
        raise Unreadable(
            f"表里有“{private[0][:16]}”一列。", "本机不保存身份证号，请删掉这一列再上传。"
        )
    if unknown := [word for word in words if word and word not in HEADERS]:
        shown = "”“".join(word[:16] for word in unknown[:5])
        raise Unreadable(f"表头里的“{shown}”本机不认识。", "请删掉，或改成空白表格里的列名。")
    if twice := [word for word in HEADERS if words.count(word) > 1]:
        raise Unreadable(f"表头里“{twice[0]}”出现了两次。", "请只留一列。")
    if missing := [column.value for column in REQUIRED if column.value not in words]:
        raise Unreadable(f"表头里缺“{'”“'.join(missing)}”。", _TODO_HEADER)
    return {HEADERS[word]: place for place, word in enumerate(words) if word}


def _word(cell: str) -> str:
    return plain(cell).replace(" ", "").strip("*")


def _at(line: Sequence[str], place: int) -> str:
    return line[place].strip() if place < len(line) else ""
