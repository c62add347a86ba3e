"""The register's pages: finding, adding, changing, posts, roles, leaving; the import, which stores nothing early."""

import io
import re
from datetime import date

import kiosk_fixtures
import openpyxl
import pytest
from kiosk_fixtures import (
    CHAIR,
    CHAIR_AND_ADMIN,
    SCRIPT,
    SECRETARY,
    SECRETARY_AND_ADMIN,
    SUPERVISOR,
    TELLER,
)

from kiosk.core.law.roll import Post
from kiosk.core.terms import Capacity, PersonId, Role, Sex
from kiosk.demo.story import VILLAGE
from kiosk.intake.columns import HEADERS, REQUIRED
from kiosk.intake.table import read_table
from kiosk.store.register import Register

founded_database, house = kiosk_fixtures.founded_database, kiosk_fixtures.house
still_house = kiosk_fixtures.still_house

VILLAGER = (
    "p0101"  # 第1组, the representative of a household of four, a representative of the villagers
)
HEADER = [column.value for column in REQUIRED]
NEW = {
    "name": "冼晓玥",
    "sex": "女",
    "born_on": "1990-05-06",
    "group": "3",
    "household": "3-900",
    "represents": "是",
    "party": "",
    "collective": "是",
}


def people(house):
    return {person.id: person for person in Register(house.engine).people(VILLAGE)}


def person(house, id_=VILLAGER):
    return Register(house.engine).person(VILLAGE, PersonId(id_))


def of(name, house):
    return next(p for p in people(house).values() if p.name == name)


def page_of(id_, more=""):
    return f"/admin/register/person/{id_}{more}"


def words(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


def names_on(page):
    return re.findall(r'tile__name">([^<]+)<', page)


def xlsx(*lines):
    book = openpyxl.Workbook()
    for line in (HEADER, *lines):
        book.active.append(line)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def upload(officer, content, filename="花名册.xlsx"):
    form = {"csrf_token": officer.token, "file": (io.BytesIO(content), filename)}
    return officer.remember(officer.client.post("/admin/register/import", data=form))


GOOD = ["冼晓玥", "女", "1990-05-06", 3, "3-900"]
BROKEN = ["", "女", "1990-05-06", 3, "3-901"]


# --- who may


@pytest.mark.parametrize("officer", [CHAIR, CHAIR_AND_ADMIN, SECRETARY, SECRETARY_AND_ADMIN])
def test_chair_and_secretary_keep_the_register(still_house, officer):
    assert "花名册 · 共300人" in still_house.officer(officer).open("/admin/register/")


@pytest.mark.parametrize("officer", [TELLER, SUPERVISOR])
def test_nobody_else_sees_the_register(still_house, officer):
    browser = still_house.officer(officer)
    for path in ("/admin/register/", "/admin/register/import", page_of(VILLAGER)):
        assert browser.get(path).status_code == 403


def test_the_register_is_found_from_the_officers_and_from_the_console(still_house):
    officer = still_house.officer(CHAIR_AND_ADMIN)
    assert 'href="/admin/register/"' in officer.open("/admin/officers")
    assert 'href="/admin/register/"' in officer.open("/console/")


# --- finding


def test_one_group_is_shown_at_a_time_with_its_number_of_people(still_house):
    page = still_house.officer(SECRETARY).open("/admin/register/?group=3")
    expected = [p.name for p in people(still_house).values() if p.group == 3]
    assert sorted(names_on(page)) == sorted(expected)
    assert f'<span>3组</span><span class="tab__count num">{len(expected)}</span>' in page


def test_a_household_stands_together_its_representative_first(still_house):
    shown = person(still_house)
    together = [p for p in people(still_house).values() if p.household == shown.household]
    names = names_on(still_house.officer(SECRETARY).open("/admin/register/?group=1"))
    first = names.index(shown.name)
    assert set(names[first : first + 4]) == {p.name for p in together}


def test_without_a_group_the_first_is_shown(still_house):
    officer = still_house.officer(SECRETARY)
    shown = names_on(officer.open("/admin/register/"))
    assert shown == names_on(officer.open("/admin/register/?group=1"))


def test_a_surname_is_found_in_the_whole_village_or_in_one_group(still_house):
    officer = still_house.officer(SECRETARY)
    everywhere = names_on(officer.open("/admin/register/?q=陈"))
    expected = [p.name for p in people(still_house).values() if p.name[0] == "陈"]
    assert sorted(everywhere) == sorted(expected)
    here = names_on(officer.open("/admin/register/?group=3&q=陈"))
    assert set(here) < set(everywhere)
    assert "没有找到人。" in officer.open("/admin/register/?q=司徒")


@pytest.mark.parametrize(
    "query", ["group=x", "group=99", "group=-1", "q=%00", "q=<script>", "added=x"]
)
def test_an_odd_question_is_never_a_bug(still_house, query):
    page = still_house.officer(SECRETARY).open(f"/admin/register/?{query}")
    assert "<script>" not in page.replace('<script type="module"', "")


def test_a_household_nobody_speaks_for_is_named(house):
    speaker = person(house)
    Register(house.engine).change(VILLAGE, replaced(speaker, represents_household=False))
    page = house.officer(SECRETARY).open("/admin/register/?group=1")
    assert "有1户还没有户代表。" in page
    assert f"户号：{speaker.household}。" in page


def replaced(person, **changed):
    return type(person)(**{n: getattr(person, n) for n in person.__slots__} | changed)


# --- adding and changing


def test_a_name_that_no_font_draws_is_refused_with_what_to_do(house):
    """Never a blank on the sheet: U+2EBF0 is younger than the fonts."""
    secretary = house.officer(SECRETARY)
    answer = secretary.post("/admin/register/new", **(NEW | {"name": "冼\U0002ebf0"}))
    assert answer.status_code == 409
    assert "有本机印不出来的字：\U0002ebf0（U+2EBF0）" in answer.text
    assert "装上有这个字的字体" in answer.text
    assert "冼\U0002ebf0" not in {person.name for person in people(house).values()}


@pytest.mark.parametrize("way", ["post", "send"])
def test_a_person_is_added_with_household_and_membership(house, way):
    answer = getattr(house.officer(SECRETARY), way)("/admin/register/new", **NEW)
    added = of("冼晓玥", house)
    go = page_of(added.id)
    assert answer.location == go if way == "post" else answer.json == {"go": go}
    assert (added.sex, added.born_on, added.group) == (Sex.FEMALE, date(1990, 5, 6), 3)
    assert (added.household, added.represents_household) == ("3-900", True)
    assert added.posts == (
        Post(Capacity.COLLECTIVE_MEMBER, "集体经济组织成员", date(2026, 11, 22)),
    )


@pytest.mark.parametrize("way", ["post", "send"])
def test_what_is_wrong_with_a_person_is_told_and_the_form_keeps_what_was_typed(house, way):
    before = people(house)
    wrong = NEW | {"born_on": "1990-15-06", "phone": "123"}
    answer = getattr(house.officer(SECRETARY), way)("/admin/register/new", **wrong)
    assert answer.status_code == 409
    assert "“出生日期”写的是“1990-15-06”，日历上没有这一天，请核对年月日。" in answer.text
    assert "不像电话号码" in answer.text
    assert 'value="冼晓玥"' in answer.text
    assert people(house) == before


def test_who_is_in_the_register_is_not_added_twice(house):
    officer = house.officer(SECRETARY)
    officer.post("/admin/register/new", **NEW)
    assert "花名册里已经有这个人" in officer.post("/admin/register/new", **NEW).text
    assert len(people(house)) == 301


def test_an_identity_number_is_not_kept(house):
    wrong = NEW | {"grid": "441501199005061234"}
    assert house.officer(SECRETARY).post("/admin/register/new", **wrong).status_code == 409
    assert len(people(house)) == 300


def details(house, id_=VILLAGER, **changed):
    shown = person(house, id_)
    sex = "女" if shown.sex is Sex.FEMALE else "男"
    return {
        "name": shown.name,
        "sex": sex,
        "born_on": shown.born_on.isoformat(),
        "group": str(shown.group),
        "household": shown.household,
        "phone": shown.phone,
        "grid": shown.grid,
    } | changed


def test_the_form_shows_the_details_and_saving_them_unchanged_changes_nothing(house):
    officer, before = house.officer(SECRETARY), person(house)
    page = officer.open(page_of(VILLAGER, "/change"))
    for value in (before.name, before.phone, before.household, before.born_on.isoformat()):
        assert f'value="{value}"' in page
    assert officer.post(page_of(VILLAGER, "/change"), **details(house)).status_code == 303
    assert person(house) == before


def test_details_are_changed_and_posts_and_roles_stay(house):
    before = person(house, CHAIR)
    changed = details(house, CHAIR, phone="13911112222", grid="")
    house.officer(SECRETARY).post(page_of(CHAIR, "/change"), **changed)
    assert person(house, CHAIR) == replaced(before, phone="13911112222", grid="")


def test_a_household_moves_to_another_group_together(house):
    before = person(house)
    house.officer(SECRETARY).post(page_of(VILLAGER, "/change"), **details(house, group="5组"))
    together = [p for p in people(house).values() if p.household == before.household]
    assert len(together) == 4
    assert {p.group for p in together} == {5}
    assert person(house).represents_household


def test_who_moves_to_another_household_speaks_for_nobody(house):
    other = next(
        p for p in people(house).values() if p.group == 1 and p.household != person(house).household
    )
    moving = details(house, household=other.household)
    assert house.officer(SECRETARY).post(page_of(VILLAGER, "/change"), **moving).status_code == 303
    assert person(house).household == other.household
    assert not person(house).represents_household


def test_nobody_moves_into_a_household_of_another_group(house):
    other = next(p for p in people(house).values() if p.group == 2)
    answer = house.officer(SECRETARY).post(
        page_of(VILLAGER, "/change"), **details(house, household=other.household)
    )
    assert answer.status_code == 409
    assert "这一户在花名册里是2组，这里写的是1组，一户只能在一个组，请核对。" in answer.text


# --- one person


def test_a_page_tells_what_is_known_of_a_person(still_house):
    shown = person(still_house)
    page = words(still_house.officer(SECRETARY).open(page_of(VILLAGER)))
    for known in (shown.name, shown.phone, shown.household, shown.grid, "村民代表", "户代表"):
        assert known in page
    together = [p for p in people(still_house).values() if p.household == shown.household]
    assert len(together) == 4
    assert all(p.name in page for p in together)


def test_another_of_the_household_becomes_its_representative(house):
    before = person(house)
    other = next(
        p for p in people(house).values() if p.household == before.household and p.id != before.id
    )
    house.officer(SECRETARY).post(page_of(other.id, "/represent"))
    assert person(house, other.id).represents_household
    assert not person(house).represents_household


def test_a_child_does_not_speak_for_a_household(house):
    officer = house.officer(SECRETARY)
    officer.post("/admin/register/new", **NEW | {"represents": "否", "born_on": "2012-01-01"})
    child = of("冼晓玥", house)
    assert "改由他当户代表" not in officer.open(page_of(child.id))
    answer = officer.post(page_of(child.id, "/represent"))
    assert answer.status_code == 409
    assert "户代表要满18周岁。" in answer.text
    assert not person(house, child.id).represents_household


def test_a_post_is_given_with_its_term_before_the_membership_of_the_collective(house):
    officer = house.officer(SECRETARY)
    form = {"title": "监委会委员", "since": "2026-12-01", "until": "2031-11-30"}
    officer.post(page_of("p0110", "/posts"), **form)
    titles = [post.title for post in person(house, "p0110").posts]
    assert titles[-2:] == ["监委会委员", "集体经济组织成员"]
    page = words(officer.open(page_of("p0110")))
    assert "监委会委员 2026-12-01 起，2031-11-30 止 · 还没到任期" in page


def test_a_post_gets_an_end_and_then_none(house):
    officer, (post, *_) = house.officer(SECRETARY), person(house).posts
    which = f"{post.capacity.value} {post.since}"
    officer.post(page_of(VILLAGER, "/posts/end"), post=which, until="2026-11-21")
    assert person(house).posts[0].until == date(2026, 11, 21)
    assert "任期已满" in officer.open(page_of(VILLAGER))
    officer.post(page_of(VILLAGER, "/posts/end"), post=which, until="")
    assert person(house).posts[0] == post


def test_a_term_does_not_end_before_it_begins(house):
    officer, before = house.officer(SECRETARY), person(house)
    which = f"{before.posts[0].capacity.value} {before.posts[0].since}"
    for path, form in (
        ("/posts", {"title": "网格员", "since": "2026-12-01", "until": "2026-11-30"}),
        ("/posts/end", {"post": which, "until": "2020-01-01"}),
    ):
        answer = officer.send(page_of(VILLAGER, path), **form)
        assert (answer.status_code, answer.json["what"]) == (
            409,
            "“任期止”在“任期起”之前，请核对两个日期。",
        )
    assert person(house) == before


@pytest.mark.parametrize("written", ["2031-01-19", "2031年1月19日", "2031/1/19"])
def test_a_term_is_read_in_every_usual_spelling(house, written):
    officer, before = house.officer(SECRETARY), person(house)
    which = f"{before.posts[0].capacity.value} {before.posts[0].since}"
    officer.post(page_of(VILLAGER, "/posts/end"), post=which, until=written)
    assert person(house).posts[0].until == date(2031, 1, 19)


def test_a_term_that_cannot_be_read_is_told(house):
    answer = house.officer(SECRETARY).send(
        page_of(VILLAGER, "/posts"), title="网格员", since="明年"
    )
    assert answer.status_code == 409
    assert answer.json["what"] == "“任期起”写的是“明年”，看不懂是哪一天，请写成1965-03-02这样。"


def test_a_post_enrolled_by_mistake_is_taken_away(house):
    post, *others = person(house).posts
    which = f"{post.capacity.value} {post.since}"
    house.officer(SECRETARY).post(page_of(VILLAGER, "/posts/remove"), post=which)
    assert person(house).posts == tuple(others)


def test_who_becomes_a_full_member_is_probationary_no_longer(house):
    probationary = next(p for p in people(house).values() if p.holds(Capacity.PROBATIONARY_MEMBER))
    form = {"title": "党员", "since": "2027-06-30", "until": ""}
    house.officer(SECRETARY).post(page_of(probationary.id, "/posts"), **form)
    ends = {post.capacity: post.until for post in person(house, probationary.id).posts}
    assert ends[Capacity.PROBATIONARY_MEMBER] == date(2027, 6, 29)
    assert ends[Capacity.PARTY_MEMBER] is None


# --- roles


def entrust(officer, id_, role, answer="give"):
    return officer.post(page_of(id_, "/roles"), role=role, answer=answer)


def test_only_the_administrator_sees_and_gives_roles(house):
    secretary, admin = house.officer(SECRETARY), house.officer(SECRETARY_AND_ADMIN)
    assert "在本机的岗位" not in secretary.open(page_of(VILLAGER))
    assert entrust(secretary, VILLAGER, "admin").status_code == 403
    assert person(house).roles == frozenset()
    assert "给他监票岗位" in admin.open(page_of(VILLAGER))
    assert entrust(admin, VILLAGER, "teller").status_code == 303
    assert entrust(admin, VILLAGER, "secretary").status_code == 303
    assert person(house).roles == {Role.TELLER, Role.SECRETARY}
    assert "取消监票岗位" in admin.open(page_of(VILLAGER))
    assert entrust(admin, VILLAGER, "teller", "take").status_code == 303
    assert person(house).roles == {Role.SECRETARY}


def test_who_loses_his_last_role_is_signed_out(house):
    admin, secretary = house.officer(SECRETARY_AND_ADMIN), house.officer(SECRETARY)
    assert entrust(admin, SECRETARY, "secretary", "take").status_code == 303
    assert secretary.get("/console/").location == "/signin"


def test_the_last_administrator_stays_one(house):
    admin = house.officer(SECRETARY_AND_ADMIN)
    assert entrust(admin, CHAIR_AND_ADMIN, "admin", "take").status_code == 303
    answer = entrust(admin, SECRETARY_AND_ADMIN, "admin", "take")
    assert answer.status_code == 409
    assert "他是唯一的管理员。" in answer.text
    assert Role.ADMIN in person(house, SECRETARY_AND_ADMIN).roles


# --- leaving


def test_who_leaves_is_asked_about_once_more_and_is_gone(house):
    officer, gone = house.officer(SECRETARY), person(house)
    page = officer.open(page_of(VILLAGER, "/leave"))
    assert f"把{gone.name}移出花名册？" in page
    assert f"他是户号{gone.household}的户代表。" in page
    assert officer.post(page_of(VILLAGER, "/leave")).location == "/admin/register/?group=1"
    assert person(house) is None
    assert officer.get(page_of(VILLAGER)).status_code == 400


def test_the_record_of_a_meeting_stays_when_somebody_leaves(house):
    before = house.lines()
    house.officer(SECRETARY).post(page_of(VILLAGER, "/leave"))
    assert house.lines() == before


def test_an_officer_does_not_leave_before_his_roles_are_taken(house):
    answer = house.officer(SECRETARY).send(page_of(CHAIR_AND_ADMIN, "/leave"))
    assert (answer.status_code, answer.json["what"]) == (409, "他还是本机的工作人员。")
    assert person(house, CHAIR_AND_ADMIN) is not None


# --- the import


def test_the_blank_spreadsheet_is_downloaded_under_a_chinese_name(still_house):
    answer = still_house.officer(SECRETARY).get("/admin/register/blank.xlsx")
    assert (
        "filename*=UTF-8''%E8%8A%B1%E5%90%8D%E5%86%8C.xlsx" in answer.headers["Content-Disposition"]
    )
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    header = [cell.value.strip("*") for cell in next(book.active.iter_rows())]
    assert header == list(HEADERS)


def test_nothing_is_stored_before_the_answer_and_then_only_the_good_rows(house):
    officer, before = house.officer(SECRETARY), people(house)
    preview = upload(
        officer, xlsx(GOOD, BROKEN, ["冼晓明", "男", "1988-01-01", 3, "3-900"])
    ).location
    page = officer.open(preview)
    assert people(house) == before
    assert "好的 2 行，有错的 1 行" in page
    assert "3组2人" in page
    assert "没有写“姓名”，请补上。" in page
    assert "第3行" in page
    assert "只导入好的 2 行" in page
    assert "一行也不导入" in page
    done = officer.post(preview, answer="good")
    assert done.location == "/admin/register/?added=2&left=0"
    assert "已导入2人。" in officer.open(done.location)
    assert len(people(house)) == 302
    assert of("冼晓明", house).household == "3-900"


def test_whoever_says_no_has_imported_nothing(house):
    officer = house.officer(SECRETARY)
    preview = upload(officer, xlsx(GOOD)).location
    assert "导入全部 1 行" in officer.open(preview)
    officer.post(preview, answer="none")
    assert len(people(house)) == 300
    assert list((house.settings.data_dir / "intake").iterdir()) == []


def test_the_answer_counts_once(house):
    officer = house.officer(SECRETARY)
    preview = upload(officer, xlsx(GOOD)).location
    assert officer.send(preview, answer="good").status_code == 200
    again = officer.send(preview, answer="good")
    assert (again.status_code, again.json["what"]) == (
        409,
        "这次导入已经办完，或者被新的上传代替了。",
    )
    assert officer.get(preview).status_code == 409
    assert len(people(house)) == 301


def test_who_was_added_by_hand_since_the_preview_is_not_added_again(house):
    officer = house.officer(SECRETARY)
    preview = upload(officer, xlsx(GOOD, ["冼晓明", "男", "1988-01-01", 3, "3-900"])).location
    officer.post("/admin/register/new", **NEW)
    assert "好的 1 行，有错的 1 行" in officer.open(preview)
    done = officer.post(preview, answer="good").location
    assert done == "/admin/register/?added=1&left=1"
    assert "有1行没有导入" in officer.open(done)
    assert len(people(house)) == 302


def test_a_file_with_no_good_row_offers_no_import(house):
    officer = house.officer(SECRETARY)
    page = officer.open(upload(officer, xlsx(BROKEN)).location)
    assert "好的 0 行，有错的 1 行" in page
    assert 'value="good"' not in page


def test_the_broken_rows_stand_before_those_who_are_in_already(house):
    officer = house.officer(SECRETARY)
    officer.post(upload(officer, xlsx(GOOD)).location, answer="good")
    page = officer.open(upload(officer, xlsx(GOOD, BROKEN)).location)
    assert page.index("没有写“姓名”") < page.index("花名册里已经有这个人")


def test_the_kept_file_holds_no_row_that_was_refused(house):
    officer = house.officer(SECRETARY)
    private = ["冼晓明", "男", "1988-01-01", 3, "441501198801011234"]
    upload(officer, xlsx(GOOD, private))
    (kept,) = (house.settings.data_dir / "intake").iterdir()
    assert "冼晓玥" in kept.read_text()
    assert "441501198801011234" not in kept.read_text()
    assert kept.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("content", "filename", "words"),
    [
        (b"", "a.xlsx", "这个文件是空的。"),
        (b"%PDF", "a.pdf", "这不是表格文件。"),
        ("姓名,身份证号\r\n".encode(), "a.csv", "表里有“身份证号”一列。"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_on_the_page(still_house, content, filename, words):
    answer = upload(still_house.officer(SECRETARY), content, filename)
    assert answer.status_code == 409
    assert words in answer.text
    assert "上传并核对" in answer.text


def test_without_a_file_the_page_says_so(still_house):
    answer = still_house.officer(SECRETARY).post("/admin/register/import")
    assert answer.status_code == 409
    assert "还没有选文件。" in answer.text


def test_the_upload_may_be_larger_than_other_forms_but_not_without_end(still_house):
    officer = still_house.officer(SECRETARY)
    lines = [f"陈一,女,1970-01-01,1,h{n}" for n in range(8000)]
    content = "\r\n".join([",".join(HEADER), *lines]).encode()
    assert len(content) > 200_000
    assert upload(officer, content, "a.csv").status_code == 303
    answer = officer.client.post(
        "/admin/register/import",
        data=b"x" * (4 * 1024 * 1024 + 1),
        content_type="multipart/form-data; boundary=x",
    )
    assert answer.status_code == 413
    assert "文件超过4MB。" in answer.text
    assert officer.post("/admin/register/new", name="x" * 100_000).status_code == 413


def test_an_upload_without_its_token_is_refused(still_house):
    officer = still_house.officer(SECRETARY)
    for headers in ({}, SCRIPT):
        form = {"file": (io.BytesIO(xlsx(GOOD)), "a.xlsx")}
        answer = officer.client.post("/admin/register/import", data=form, headers=headers)
        assert answer.status_code == 400


def test_the_form_sends_the_file_without_the_pages_script(still_house):
    page = still_house.officer(SECRETARY).open("/admin/register/import")
    assert 'formmethod="post"' in page
    assert 'formenctype="multipart/form-data"' in page


@pytest.mark.parametrize("token", ["unknown-token", "..", "%2e%2e", "x" * 300, "中文"])
def test_an_unknown_preview_is_told_in_plain_words(still_house, token):
    officer = still_house.officer(SECRETARY)
    assert officer.get(f"/admin/register/import/{token}").status_code in (404, 409)
    assert officer.post(f"/admin/register/import/{token}", answer="good").status_code in (404, 409)


@pytest.mark.parametrize("unknown", ["none", "..", "%00", "x" * 300, "日志", "<script>"])
def test_unknown_people_and_posts_are_never_a_bug(still_house, unknown):
    officer = still_house.officer(CHAIR_AND_ADMIN)
    for more in ("", "/change", "/leave"):
        assert officer.get(page_of(unknown, more)).status_code in (400, 404)
    for more in (
        "/change",
        "/leave",
        "/represent",
        "/posts",
        "/posts/end",
        "/posts/remove",
        "/roles",
    ):
        assert officer.post(page_of(unknown, more)).status_code in (400, 404)
    for more, form in (
        ("/posts", {"title": unknown}),
        ("/posts/end", {"post": unknown}),
        ("/posts/remove", {"post": unknown}),
        ("/roles", {"role": unknown}),
        ("/roles", {"role": "kiosk"}),
    ):
        assert officer.post(page_of(VILLAGER, more), **form).status_code == 400
    assert person(still_house).roles == frozenset()


def test_an_uploaded_table_is_read_as_the_reader_reads_it():
    (read,) = read_table(xlsx(GOOD), "花名册.xlsx")
    assert list(read.cells.values()) == [*GOOD[:3], "3", "3-900"]
