"""Reading the register out of a spreadsheet: any order, any usual spelling, and every broken row with its sentence."""

import io
import time
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.law.roll import Post
from kiosk.core.terms import Capacity, PersonId, Sex
from kiosk.intake import spreadsheet
from kiosk.intake.check import BadRow, check
from kiosk.intake.columns import HEADERS, REQUIRED, ROWS_AT_MOST, Column, Row, Unreadable
from kiosk.intake.neighbours import ALREADY_ENROLLED
from kiosk.intake.previews import Preview, Previews
from kiosk.intake.spreadsheet import blank_xlsx
from kiosk.intake.table import read_table
from kiosk.intake.titles import MEMBERSHIPS, USUAL, capacity_of
from kiosk.store.register import Person

TODAY = date(2026, 11, 22)
GOOD = {
    Column.NAME: "陈志强",
    Column.SEX: "男",
    Column.BORN_ON: "1965-03-02",
    Column.GROUP: "3",
    Column.HOUSEHOLD: "3-012",
}
ENROLLED = Person(PersonId("p1"), "陈志强", Sex.MALE, date(1965, 3, 2), 3, "3-012")
IDENTITY_NUMBER = "441501196503021234"


def row(number=2, **changed):
    return Row(number, GOOD | {Column[name]: text for name, text in changed.items()})


def checked(*rows, enrolled=()):
    return check(rows, enrolled, TODAY)


def entry(**changed):
    result = checked(row(**changed))
    assert result.bad == ()
    (good,) = result.good
    return good


def said(*, enrolled=(), **changed):
    """The sentences of one broken row."""
    result = checked(row(**changed), enrolled=enrolled)
    assert result.good == ()
    (bad,) = result.bad
    return bad.sentences


def csv_of(*lines, encoding="utf-8", separator=","):
    return "\r\n".join(separator.join(line) for line in lines).encode(encoding)


def xlsx_of(*lines):
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


HEADER = [column.value for column in REQUIRED]
LINE = list(GOOD.values())


def refused(content, filename="花名册.csv"):
    with pytest.raises(Unreadable) as unreadable:
        read_table(content, filename)
    for sentence in (unreadable.value.what, unreadable.value.todo):
        assert sentence.endswith("。")
    return unreadable.value.what


# --- the file


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_csv_is_read_in_each_usual_encoding_and_with_each_usual_separator(encoding, separator):
    table = read_table(csv_of(HEADER, LINE, encoding=encoding, separator=separator), "花名册.csv")
    assert table == (Row(2, GOOD),)


def test_rare_characters_survive_gb18030():
    line = ["龚䶮山", *LINE[1:]]
    (read,) = read_table(csv_of(HEADER, line, encoding="gb18030"), "a.CSV")
    assert read.cells[Column.NAME] == "龚䶮山"


def test_an_xlsx_is_read_with_numbers_and_dates_as_excel_keeps_them():
    line = ["陈志强", "男", date(1965, 3, 2), 3, 12.0]
    (read,) = read_table(xlsx_of(HEADER, line), "花名册.xlsx")
    assert list(read.cells.values()) == ["陈志强", "男", "1965-03-02", "3", "12"]


@given(st.permutations(list(Column)))
def test_the_columns_may_stand_in_any_order(columns):
    line = [GOOD.get(column, "") for column in columns]
    (read,) = read_table(csv_of([c.value for c in columns], line), "a.csv")
    assert {c: text for c, text in read.cells.items() if text} == GOOD


def test_a_title_above_the_header_and_empty_lines_are_passed_over_and_rows_keep_their_numbers():
    content = csv_of(["金塱村花名册"], [""], [" 姓 名 *", *HEADER[1:]], LINE, ["", ""], LINE)
    assert [read.number for read in read_table(content, "a.csv")] == [4, 6]


def test_the_first_sheet_is_read_even_where_its_size_is_written_too_small():
    content = xlsx_of(HEADER, LINE, LINE)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b'<dimension ref="A1:E3"', b'<dimension ref="A1"')
    assert len(read_table(repacked(parts), "a.xlsx")) == 2


def repacked(parts, compression=zipfile.ZIP_DEFLATED):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", compression) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return written.getvalue()


def parts_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


@pytest.mark.parametrize(
    ("content", "filename", "words"),
    [
        (b"", "a.xlsx", "这个文件是空的。"),
        (b"\r\n\r\n", "a.csv", "这个文件里什么也没有。"),
        (b"hello", "a.txt", "这不是表格文件。"),
        (b"hello", "花名册", "这不是表格文件。"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 100, "a.xls", "这是旧版Excel的文件。"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 100, "a.xlsx", "这是旧版Excel的文件，或者加了密码。"),
        (b"%PDF-1.7", "a.xlsx", "这个文件不是Excel表格，或者已经损坏。"),
        (b"PK\x03\x04" + b"x" * 500, "a.xlsx", "这个文件不是Excel表格，或者已经损坏。"),
        (repacked({"a.xml": "<a/>"}), "a.xlsx", "这个文件不是Excel表格，或者已经损坏。"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "a.csv", "这个文件的文字读不出来。"),
        ("姓名".encode("utf-16"), "a.csv", "这个文件的文字读不出来。"),
        (csv_of(HEADER), "a.csv", "表里只有表头，没有人。"),
        (csv_of(["甲", "乙"], LINE), "a.csv", "没有找到写着“姓名”的表头。"),
        (csv_of(["姓名", "组"], LINE), "a.csv", "表头里缺“性别”“出生日期”“户号”。"),
        (csv_of([*HEADER, "备注", "民族"], LINE), "a.csv", "表头里的“备注”“民族”本机不认识。"),
        (csv_of([*HEADER, "组"], LINE), "a.csv", "表头里“组”出现了两次。"),
        (csv_of([*HEADER, "身份证号码"], LINE), "a.csv", "表里有“身份证号码”一列。"),
        (b'"' + b"x" * 200_000, "a.csv", "这个文件的内容不是表格。"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_cannot_be_taken_is_told_in_one_sentence(content, filename, words):
    assert refused(content, filename) == words


def test_more_rows_than_a_village_has_are_refused():
    content = csv_of(HEADER, *[LINE] * ROWS_AT_MOST)
    assert len(read_table(content, "a.csv")) == ROWS_AT_MOST
    assert refused(content + b"\r\n" + csv_of(LINE)) == "表格超过20000行。"


def test_a_file_that_unpacks_to_gigabytes_is_refused_before_it_is_unpacked():
    parts = parts_of(xlsx_of(HEADER, LINE)) | {"xl/media/image.bin": b"\0" * 80_000_000}
    bomb = repacked(parts)
    assert len(bomb) < 1_000_000
    assert refused(bomb, "a.xlsx") == "这个文件展开以后太大。"


def test_a_sheet_of_nothing_but_cells_is_refused_before_it_is_read():
    parts = parts_of(xlsx_of(HEADER, LINE))
    parts["xl/worksheets/sheet1.xml"] = b"<worksheet>" + b"<c/>" * 4_000_000
    assert refused(repacked(parts), "a.xlsx") == "这个文件展开以后太大。"


def test_a_file_that_defines_words_of_its_own_is_refused():
    parts = parts_of(xlsx_of(HEADER, LINE))
    bomb = b'<?xml version="1.0"?>' + b" " * 9000 + b'<!DOCTYPE a [<!ENTITY b "bb">]>'
    parts["xl/workbook.xml"] = bomb
    assert refused(repacked(parts), "a.xlsx") == "这个文件不是Excel表格，或者已经损坏。"


def test_a_row_with_a_number_beyond_all_rows_does_not_keep_the_kiosk_busy():
    parts = parts_of(xlsx_of(HEADER, LINE))
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b'<row r="2"', b'<row r="99999999999"')
    began = time.monotonic()
    assert refused(repacked(parts), "a.xlsx") == "表里只有表头，没有人。"
    assert time.monotonic() - began < 20


@given(st.binary(max_size=300), st.sampled_from(["a.xlsx", "a.csv", "a"]))
def test_whatever_the_bytes_are_the_answer_is_a_sentence(content, filename):
    refused(content, filename)


# --- the blank spreadsheet


def test_the_blank_spreadsheet_has_every_column_and_its_example_is_nobody():
    book = openpyxl.load_workbook(io.BytesIO(blank_xlsx()))
    header, example = book.active.iter_rows(values_only=True)
    assert [word.strip("*") for word in header] == list(HEADERS)
    assert {HEADERS[word.strip("*")] for word in header if word.endswith("*")} == set(REQUIRED)
    assert all(example)
    assert refused(blank_xlsx(), "花名册.xlsx") == "表里只有表头，没有人。"


def test_the_example_of_the_blank_spreadsheet_would_be_a_good_row():
    cells = dict(spreadsheet._EXAMPLE) | {Column.NAME: "张三"}
    result = checked(Row(2, cells))
    assert result.bad == ()
    assert [post.title for post in result.good[0].posts] == [
        "村民代表",
        "党员",
        "集体经济组织成员",
    ]


# --- one row


def test_a_row_with_the_required_cells_alone_is_good():
    good = entry()
    assert (good.name, good.sex, good.born_on) == ("陈志强", Sex.MALE, date(1965, 3, 2))
    assert (good.group, good.household, good.row) == (3, "3-012", 2)
    assert (good.represents_household, good.phone, good.grid, good.posts) == (False, None, "", ())


@pytest.mark.parametrize(
    "written",
    [
        "1965-03-02",
        "1965/3/2",
        "1965.3.2",
        "1965年3月2日",
        "1965年03月02",
        "１９６５-３-２",
        "19650302",
    ],
)
def test_a_birthday_is_read_in_every_usual_spelling(written):
    assert entry(BORN_ON=written).born_on == date(1965, 3, 2)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("3", 3),
        ("3组", 3),
        ("第3组", 3),
        ("第三村民小组", 3),
        ("十组", 10),
        ("十二", 12),
        ("二十一组", 21),
        ("３", 3),
    ],
)
def test_a_group_is_read_as_people_write_it(written, number):
    assert entry(GROUP=written).group == number


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("13800001234", "13800001234"),
        ("138 0000 1234", "13800001234"),
        ("138-0000-1234", "13800001234"),
        ("+86 13800001234", "13800001234"),
        ("0660-8600123", "0660-8600123"),
        ("(0660)8600123", "06608600123"),
        ("8600123", "8600123"),
        ("", None),
    ],
)
def test_a_telephone_is_read_as_people_write_it(written, kept):
    assert entry(PHONE=written).phone == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("张　三", "张三"),
        (" 张 三 ", "张三"),
        ("阿依古丽·买买提", "阿依古丽·买买提"),
        ("龚䶮山", "龚䶮山"),
    ],
)
def test_a_name_is_kept_without_the_spaces_that_fill_a_column(written, kept):
    assert entry(NAME=written).name == kept


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"NAME": ""}, "没有写“姓名”，请补上。"),
        ({"NAME": "张3"}, "“姓名”写的是“张3”，里面有不是文字的符号，请只写名字。"),
        ({"NAME": "张" * 31}, "“姓名”太长，请只写名字。"),
        ({"SEX": ""}, "没有写“性别”，请写“男”或“女”。"),
        ({"SEX": "M"}, "“性别”写的是“M”，请写“男”或“女”。"),
        ({"BORN_ON": ""}, "没有写“出生日期”，请写成1965-03-02这样。"),
        (
            {"BORN_ON": "1965-02-30"},
            "“出生日期”写的是“1965-02-30”，日历上没有这一天，请核对年月日。",
        ),
        (
            {"BORN_ON": "六五年"},
            "“出生日期”写的是“六五年”，看不懂是哪一天，请写成1965-03-02这样。",
        ),
        (
            {"BORN_ON": "2026-11-23"},
            "“出生日期”写的是“2026-11-23”，还没到这一天，请核对年份。",
        ),
        (
            {"BORN_ON": "1865-03-02"},
            "“出生日期”写的是“1865-03-02”，已经超过120岁，请核对年份。",
        ),
        ({"GROUP": ""}, "没有写“组”，请写1到99的组号，例如3。"),
        ({"GROUP": "0"}, "“组”写的是“0”，请写1到99的组号，例如3。"),
        ({"GROUP": "东片"}, "“组”写的是“东片”，请写1到99的组号，例如3。"),
        ({"GROUP": "一一"}, "“组”写的是“一一”，请写1到99的组号，例如3。"),
        ({"HOUSEHOLD": ""}, "没有写“户号”，同一户的人请写同一个户号。"),
        ({"HOUSEHOLD": "x" * 21}, "“户号”太长，请写20个字以内。"),
        ({"GRID": "x" * 21}, "“网格”太长，请写20个字以内。"),
        (
            {"PHONE": "1234567890"},
            "“电话”写的是“1234567890”，不像电话号码，请写11位手机号，或带区号的座机号，没有就空着。",
        ),
        ({"COLLECTIVE": "也许"}, "“集体成员”写的是“也许”，请写“是”或“否”。"),
        ({"REPRESENTS_HOUSEHOLD": "对"}, "“户代表”写的是“对”，请写“是”或“否”。"),
        (
            {"PARTY": "民盟"},
            "“政治面貌”写的是“民盟”，请写“正式党员”或“预备党员”，不是党员就空着。",
        ),
        (
            {"POSTS": "村民代表", "SINCE": "2026-01-20", "UNTIL": "2026-01-19"},
            "“任期止”在“任期起”之前，请核对两个日期。",
        ),
        ({"POSTS": "村民代表", "UNTIL": "2026-11-21"}, "“任期止”在“任期起”之前，请核对两个日期。"),
        ({"SINCE": "2026-01-20"}, "写了“任期起”，没有写“职务”，请补上职务或删掉任期。"),
        (
            {"REPRESENTS_HOUSEHOLD": "是", "BORN_ON": "2010-01-01"},
            "“户代表”要满18周岁，他还没满，请改由这一户的成年人担任。",
        ),
    ],
)
def test_a_broken_cell_is_told_with_its_column_and_what_to_write(changed, sentence):
    assert said(**changed) == (sentence,)


def test_an_unknown_post_is_told_with_the_words_that_are_known():
    (sentence,) = said(POSTS="村民代表、会计", SINCE="2026-01-20")
    assert sentence.startswith("“职务”里的“会计”本机不认识，请写村民代表、")


def test_everything_that_is_wrong_in_a_row_is_told_at_once():
    assert len(said(NAME="", SEX="?", GROUP="x", PHONE="1")) == 4


@pytest.mark.parametrize("column", Column)
@pytest.mark.parametrize(
    "pasted",
    [
        IDENTITY_NUMBER,
        "44150119650302123X",
        "441501 19650302 1234",
        "4.41501E+17",
        "6222020200112233445",
    ],
)
def test_an_identity_or_bank_number_is_refused_wherever_it_stands_and_never_said_again(
    column, pasted
):
    result = checked(row(**{column.name: pasted}))
    assert result.good == ()
    sentence = f"“{column.value}”这一格里像是身份证号或银行卡号。本机不保存这些号码，请删掉。"
    assert sentence in result.bad[0].sentences
    assert pasted not in str(result)


def test_an_identity_number_that_excel_kept_as_a_number_is_found_too():
    line = ["陈志强", "男", date(1965, 3, 2), 3, int(IDENTITY_NUMBER)]
    assert checked(*read_table(xlsx_of(HEADER, line), "a.xlsx")).good == ()


# --- posts


@pytest.mark.parametrize("title", USUAL)
def test_every_offered_title_is_kept_as_the_title_of_its_post(title):
    (post,) = entry(POSTS=title, SINCE="2026-01-20", UNTIL="2031-01-19").posts
    assert post == Post(USUAL[title], title, date(2026, 1, 20), date(2031, 1, 19))


@pytest.mark.parametrize(
    ("written", "capacity"),
    [
        ("村务监督委员会主任", Capacity.SUPERVISOR),
        ("村党支部书记", Capacity.PARTY_COMMITTEE_MEMBER),
        ("党总支副书记", Capacity.PARTY_COMMITTEE_MEMBER),
        ("村民委员会委员", Capacity.VILLAGE_COMMITTEE_MEMBER),
        ("集体经济组织成员代表", Capacity.MEMBER_REPRESENTATIVE),
        ("会计", None),
        ("党员", None),
    ],
)
def test_posts_are_understood_as_people_write_them(written, capacity):
    assert capacity_of(written) is capacity


@pytest.mark.parametrize("separator", ["、", "；", ";", "，", " ", "、 "])
def test_several_posts_stand_in_one_cell(separator):
    posts = entry(POSTS=f"支部委员{separator}村委会主任").posts
    assert [post.capacity for post in posts] == [
        Capacity.PARTY_COMMITTEE_MEMBER,
        Capacity.VILLAGE_COMMITTEE_MEMBER,
    ]
    assert all(post.since == TODAY and post.until is None for post in posts)


def test_two_titles_in_one_body_are_one_seat_under_both_words():
    (post,) = entry(POSTS="支部书记、支部委员").posts
    assert post.title == "支部书记、支部委员"


def test_memberships_stand_after_the_posts_and_have_no_term_of_the_office():
    posts = entry(
        POSTS="村民代表", PARTY="预备党员", COLLECTIVE="是", SINCE="2026-01-20", UNTIL="2031-01-19"
    ).posts
    assert [post.title for post in posts] == ["村民代表", "预备党员", "集体经济组织成员"]
    assert [post.until for post in posts] == [date(2031, 1, 19), None, None]
    assert {post.title for post in posts[1:]} <= set(MEMBERSHIPS)


# --- one row and the others


def numbers(result):
    return [bad.number for bad in result.bad]


def test_the_same_person_twice_in_the_file_is_told_at_the_second_row():
    result = checked(row(2), row(7))
    assert [good.row for good in result.good] == [2]
    assert result.bad == (
        BadRow(7, "陈志强", ("和第2行是同一个人（姓名、出生日期、户号都一样），请删掉其中一行。",)),
    )


def test_a_namesake_of_another_household_or_birthday_is_somebody_else():
    result = checked(row(2), row(3, HOUSEHOLD="3-013"), row(4, BORN_ON="1990-01-01"))
    assert result.bad == ()


def test_who_is_in_the_register_already_is_not_taken_again():
    assert said(enrolled=[ENROLLED]) == (ALREADY_ENROLLED,)


def test_two_representatives_of_one_household_are_both_told():
    yes = {"REPRESENTS_HOUSEHOLD": "是"}
    result = checked(row(2, **yes), row(3, NAME="李桂兰", **yes), row(4, NAME="陈小明"))
    assert numbers(result) == [2, 3]
    assert result.bad[0].sentences == (
        "第2行、第3行是同一户，都写了户代表，一户只能有一个，请只留一个“是”。",
    )


def test_a_household_that_has_its_representative_gets_no_second_one():
    enrolled = Person(
        PersonId("p1"), "黄国华", Sex.MALE, date(1960, 1, 1), 3, "3-012", represents_household=True
    )
    assert said(REPRESENTS_HOUSEHOLD="是", enrolled=[enrolled]) == (
        "这一户在花名册里已经有户代表黄国华，一户只能有一个，请写“否”。",
    )


def test_a_household_in_two_groups_is_told_at_all_its_rows():
    result = checked(row(2), row(3, NAME="李桂兰", GROUP="5"), row(4, HOUSEHOLD="3-013"))
    assert numbers(result) == [2, 3]
    assert result.bad[0].sentences == ("这一行写的是3组，同一户的第3行写的是5组，请核对组和户号。",)


def test_a_household_stays_in_the_group_it_has_in_the_register():
    assert said(NAME="李桂兰", GROUP="5", enrolled=[ENROLLED]) == (
        "这一户在花名册里是3组，这里写的是5组，一户只能在一个组，请核对。",
    )


def test_three_thousand_rows_with_forty_broken_ones_are_told_in_a_moment():
    lines = [
        [f"陈{'一二三四五六七八九十'[n % 10]}", "女", "1970-01-01", 1 + n // 4 % 8, f"h{n // 4}"]
        for n in range(3000)
    ]
    broken = range(10, 3000, 75)
    for place, n in enumerate(broken):
        lines[n][place % 4 if place % 4 < 3 else 1] = ["", "?", "1970-13-01", "?"][place % 4]
    content = xlsx_of(HEADER, *lines)
    began = time.monotonic()
    result = checked(*read_table(content, "a.xlsx"))
    assert time.monotonic() - began < 10
    assert numbers(result) == [n + 2 for n in broken]
    assert len(result.bad) == 40
    assert len(result.good) == 2960


# --- between preview and answer

PREVIEW = Preview((row(2), row(5, NAME="李桂兰")), (BadRow(3, "", ("没有写“姓名”，请补上。",)),))
TOKEN = "a-token-of-sixteen"


def test_a_preview_is_kept_for_one_answer_and_for_its_owners_eyes(tmp_path):
    folder = tmp_path / "intake"
    previews = Previews(folder)
    previews.keep(TOKEN, PREVIEW)
    (file,) = folder.iterdir()
    assert (folder.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o700, 0o600)
    assert previews.look(TOKEN) == PREVIEW
    assert previews.take(TOKEN) == PREVIEW
    assert previews.take(TOKEN) is previews.look(TOKEN) is None
    assert list(folder.iterdir()) == []


def test_a_new_preview_takes_the_place_of_a_forgotten_one(tmp_path):
    previews = Previews(tmp_path / "intake")
    previews.keep("forgotten", PREVIEW)
    previews.keep(TOKEN, PREVIEW)
    assert previews.look("forgotten") is None
    assert len(list((tmp_path / "intake").iterdir())) == 1


@pytest.mark.parametrize("token", ["", "..", "../kiosk", "x" * 300, "中文", "a\0b"])
def test_a_token_is_never_a_path(tmp_path, token):
    assert Previews(Path(tmp_path)).look(token) is None
