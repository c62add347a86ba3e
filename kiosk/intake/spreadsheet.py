"""Lines out of an .xlsx file, read so that neither a bomb nor a broken file does harm; and the blank one to fill in."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import islice

import openpyxl
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet.datavalidation import DataValidation

from kiosk.intake.columns import REQUIRED, ROWS_AT_MOST, Column, Unreadable

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_UNPACKED_AT_MOST = 64 * 1024 * 1024
_PARTS_AT_MOST = 500
_TAGS_AT_MOST = 3_000_000  # 20,000 rows of 13 columns make a million
_COLUMNS_AT_MOST = 60
_LINES_AT_MOST = 1_048_576  # Excel's own limit
_NO_SPREADSHEET = (
    "这个文件不是Excel表格，或者已经损坏。",
    "请用表格软件打开，另存为.xlsx，再上传。",
)
_TOO_BIG = ("这个文件展开以后太大。", "请只留一张花名册，删掉图片和别的工作表，再上传。")

_EXAMPLE = {
    Column.NAME: "示例张三（填好后请删除这一行）",
    Column.SEX: "男",
    Column.BORN_ON: "1965-03-02",
    Column.GROUP: "3",
    Column.HOUSEHOLD: "3-012",
    Column.REPRESENTS_HOUSEHOLD: "是",
    Column.PHONE: "13800000000",
    Column.GRID: "第一网格",
    Column.PARTY: "正式党员",
    Column.POSTS: "村民代表",
    Column.COLLECTIVE: "是",
    Column.SINCE: "2026-01-20",
    Column.UNTIL: "2031-01-19",
}
_CHOICES = {
    Column.SEX: "男,女",
    Column.REPRESENTS_HOUSEHOLD: "是,否",
    Column.PARTY: "正式党员,预备党员",
    Column.COLLECTIVE: "是,否",
}


def lines_of_xlsx(content: bytes) -> Iterator[tuple[int, Sequence[str]]]:
    """Line number and cells of the first sheet, one after the other. Unreadable where it is none, or too big."""
    _require_harmless(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        assert isinstance(sheet, ReadOnlyWorksheet)
        sheet.reset_dimensions()  # some programs write a size that is too small
        lines = sheet.iter_rows(max_col=_COLUMNS_AT_MOST, values_only=True)
        for number, line in enumerate(islice(lines, _LINES_AT_MOST), start=1):
            yield number, [_text(value) for value in line] if any(line) else ()
    except Exception as error:  # whatever a broken file makes the library trip over
        raise Unreadable(*_NO_SPREADSHEET) from error


def _require_harmless(content: bytes) -> None:
    """A small file may unpack to gigabytes, or define words that do: look before it is read."""
    if content.startswith(_OLE):
        raise Unreadable("这是旧版Excel的文件，或者加了密码。", "请去掉密码，另存为.xlsx，再上传。")
    if not content.startswith(_ZIP):
        raise Unreadable(*_NO_SPREADSHEET)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            unpacked = sum(part.file_size for part in parts)
            if len(parts) > _PARTS_AT_MOST or unpacked > _UNPACKED_AT_MOST:
                raise Unreadable(*_TOO_BIG)
            texts = [packed.read(p) for p in parts if p.filename.endswith((".xml", ".rels"))]
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, ValueError) as error:
        raise Unreadable(*_NO_SPREADSHEET) from error
    if sum(text.count(b"<") for text in texts) > _TAGS_AT_MOST:
        raise Unreadable(*_TOO_BIG)
    if any(b"<!DOCTYPE" in text.replace(b"\0", b"") for text in texts):
        raise Unreadable(
            *_NO_SPREADSHEET
        )  # no spreadsheet program writes one; it could hold a bomb


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)


def blank_xlsx() -> bytes:
    """The blank spreadsheet (空白花名册): header, one example row, lists to choose from where there are few words."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "花名册"
    for place, column in enumerate(Column, start=1):
        head = sheet.cell(1, place, column.value + ("*" if column in REQUIRED else ""))
        head.font = Font(bold=True)
        head.alignment = Alignment(horizontal="center")
        example = sheet.cell(2, place, _EXAMPLE[column])
        example.number_format = "@"
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = max(12, 2 * len(_EXAMPLE[column]))
        if column in _CHOICES:
            choice = DataValidation("list", formula1=f'"{_CHOICES[column]}"', allow_blank=True)
            choice.add(f"{letter}2:{letter}{ROWS_AT_MOST}")
            sheet.add_data_validation(choice)
    sheet.freeze_panes = "A2"
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
