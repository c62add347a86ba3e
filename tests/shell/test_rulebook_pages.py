"""议事规则、期限、事项清单 over HTTP: read with their articles and arithmetic, changed, never below the law."""

import json
import re
from dataclasses import replace

import kiosk_fixtures
import pytest
from click.testing import CliRunner
from kiosk_fixtures import CHAIR, SECRETARY_AND_ADMIN, SUPERVISOR

from kiosk import wording
from kiosk.cli import cli
from kiosk.config import SHIPPED_CATALOGUE
from kiosk.core.events import CatalogueAdopted, PeriodsChanged, RowChanged
from kiosk.core.law.floors import FLOORS
from kiosk.core.law.rules import Threshold
from kiosk.core.law.statute import ROWS
from kiosk.core.terms import RowId
from kiosk.web.settings.rows import rebased

founded_database, house = kiosk_fixtures.founded_database, kiosk_fixtures.house
still_house = kiosk_fixtures.still_house

ROW = "/admin/rules/representatives"
PERIODS = "/admin/rules/periods/change"
THREE_QUARTERS = Threshold(3, 4, inclusive=True)
ARTICLE_30 = "村民委员会组织法第三十条"
ARTICLE_35 = "村民委员会组织法第三十五条"


def words(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


def a_row(**changed):
    """The representatives' row as its form posts it."""
    return {
        "quorum": "2-3-with",
        "majority": "1-2-over",
        "base": "present",
        "notice_days": "3",
        "urgent": "no",
        "voters": "village_committee_member representative",
        "recused_leave": "no",
        "women": "1-3-with",
        "basis": "村民会议决议",
        "basis_more": "2026年11月20日第3号",
        "approver": "村民会议",
        "step": "save",
    } | changed


def days(**changed):
    return {
        "public_days": "15",
        "objection_days": "3",
        "need_days": "15",
        "pause_days": "0",
        "film_years": "10",
        "major_film_years": "30",
        "exclusions": "no",
        "basis": "村民会议决议",
        "approver": "村民会议",
        "step": "save",
    } | changed


def changes(house):
    """The rows that were changed after the founding."""
    return house.events(RowChanged)[len(RowId) :]


def period_changes(house):
    return house.events(PeriodsChanged)[1:]


# --- reading


def test_every_rule_row_in_force_is_listed_in_words(still_house):
    page = words(still_house.officer(SUPERVISOR).open("/admin/rules/"))
    for row in RowId:
        assert wording.RULE_ROWS[row] in page
    assert "应到户数的三分之二以上" in page
    assert "10天，特殊情况可以临时通知" in page


@pytest.mark.parametrize("row", RowId, ids=lambda row: row.value)
def test_each_part_of_a_row_stands_with_its_article(still_house, row):
    page = words(still_house.officer(CHAIR).open(f"/admin/rules/{row.value}"))
    rule = ROWS[row]
    for basis in (rule.quorum_basis, rule.majority_basis, rule.notice_basis, rule.voters_basis):
        assert basis in page
    assert wording.BODIES[rule.body] in page


def test_the_examples_are_worked_out_for_this_village(still_house):
    page = words(still_house.officer(CHAIR).open(ROW))
    assert "应到45人：29人不够（29×3=87 ＜ 90），30人够（30×3=90 ≥ 90）" in page
    assert "到会30人：15人不够（15×2=30 ≤ 30），16人够（16×2=32 ＞ 30）" in page
    assert re.search(r"妇女现在\d+人：\d+×3=\d+ [≥＜] 45", page)


def test_the_row_of_a_group_is_worked_out_for_every_group(still_house):
    page = still_house.officer(CHAIR).open("/admin/rules/group")
    for number in range(1, 9):
        assert f"第{number}村民小组" in page


def test_the_founding_stands_first_in_the_history(still_house):
    page = words(still_house.officer(CHAIR).open(ROW))
    assert "建村时开始使用 依据：建村时采用法定规则" in page


def test_who_is_no_administrator_reads_but_does_not_change(still_house):
    officer = still_house.officer(CHAIR)
    assert "改这条规则" not in officer.open(ROW)
    assert officer.get(f"{ROW}/change").status_code == 403
    assert officer.post(f"{ROW}/change", **a_row()).status_code == 403


# --- changing a row


def test_the_form_shows_the_row_as_it_is(still_house):
    page = still_house.officer(SECRETARY_AND_ADMIN).open(f"{ROW}/change")
    chosen = re.findall(r'name="(\w+)" value="([\w-]+)" checked', page)
    assert ("quorum", "2-3-with") in chosen
    assert ("majority", "1-2-over") in chosen
    assert ("base", "present") in chosen
    assert ("women", "1-3-with") in chosen
    for share in ("半数以上", "过半数", "三分之二以上", "四分之三以上", "五分之四以上"):
        assert share in page


def test_a_change_is_seen_before_it_is_saved(house):
    officer = house.officer(SECRETARY_AND_ADMIN)
    wish = a_row(quorum="3-4-with", basis="", basis_more="", step="preview")
    answer = officer.post(f"{ROW}/change", **wish)
    assert answer.status_code == 200
    page = words(answer.text)
    assert "33人不够（33×4=132 ＜ 135），34人够（34×4=136 ≥ 135）" in page
    assert "29人不够（29×3=87 ＜ 90）" in page
    assert 'value="3-4-with" checked' in answer.text
    assert changes(house) == []


def test_a_stricter_quorum_is_saved_with_basis_approver_and_article(house):
    officer = house.officer(SECRETARY_AND_ADMIN)
    assert officer.post(f"{ROW}/change", **a_row(quorum="3-4-with")).location == ROW
    (event,) = changes(house)
    assert event.row.quorum == THREE_QUARTERS
    assert event.basis == "村民会议决议2026年11月20日第3号"
    assert event.row.quorum_basis == f"{event.basis}，不低于{ARTICLE_30}"
    assert event.row.majority_basis == ARTICLE_30
    page = words(officer.open(ROW))
    assert "到会：应到人数的三分之二以上 → 应到人数的四分之三以上" in page
    assert "批准：村民会议" in page
    assert "陈㛃（管理）" in page
    assert "改过" in officer.open("/admin/rules/")


def test_a_part_that_goes_back_to_the_law_rests_on_the_law_again():
    law = ROWS[RowId.REPRESENTATIVES]
    raised = rebased(law, replace(law, quorum=THREE_QUARTERS), "村民会议决议")
    assert raised.quorum_basis == f"村民会议决议，不低于{ARTICLE_30}"
    assert rebased(raised, replace(raised, quorum=law.quorum), "另一决议") == law
    later = rebased(raised, replace(raised, notice_days=5), "另一决议")
    assert later.quorum_basis == raised.quorum_basis
    assert later.notice_basis == "另一决议"


@pytest.mark.parametrize("step", ["preview", "save"])
@pytest.mark.parametrize(
    ("laxer", "what", "article"),
    [
        ({"quorum": "1-2-over"}, "到会人数的要求比法律低", ARTICLE_30),
        ({"majority": "1-2-with"}, "通过票数的要求比法律低", ARTICLE_30),
        ({"women": ""}, "妇女比例比法律低", "村民委员会组织法第二十九条"),
    ],
)
def test_undercutting_the_law_is_refused_with_the_article_and_nothing_is_lost(
    house, laxer, what, article, step
):
    answer = house.officer(SECRETARY_AND_ADMIN).post(f"{ROW}/change", **a_row(step=step) | laxer)
    assert answer.status_code == 409
    assert what in answer.text
    assert article in answer.text
    assert "2026年11月20日第3号" in answer.text
    field, value = next(iter(laxer.items()))
    assert f'name="{field}" value="{value}" checked' in answer.text
    assert changes(house) == []


def test_two_thirds_of_all_cannot_be_counted_of_those_present(house):
    form = a_row(majority="2-3-with", notice_days="10", women="")
    form |= {"voters": "collective_member", "base": "present"}
    answer = house.officer(SECRETARY_AND_ADMIN).post("/admin/rules/members/change", **form)
    assert answer.status_code == 409
    assert "不能改按到会人数算" in answer.text
    assert "农村集体经济组织法第二十七条" in answer.text


@pytest.mark.parametrize("blank", [{"basis": "", "basis_more": ""}, {"approver": ""}])
def test_a_change_without_basis_or_approver_is_refused(house, blank):
    form = a_row(quorum="3-4-with") | blank
    answer = house.officer(SECRETARY_AND_ADMIN).post(f"{ROW}/change", **form)
    assert answer.status_code == 409
    assert "有一处还没有写。" in answer.text
    assert changes(house) == []


def test_a_form_that_changes_nothing_says_so(house):
    answer = house.officer(SECRETARY_AND_ADMIN).post(f"{ROW}/change", **a_row())
    assert answer.status_code == 400
    assert "没有改动" in answer.text


@pytest.mark.parametrize("given", ["", "三天", "-1"])
def test_days_are_whole_numbers(house, given):
    form = a_row(notice_days=given)
    answer = house.officer(SECRETARY_AND_ADMIN).send(f"{ROW}/change", **form)
    assert answer.json["what"] == "“提前通知的天数”要填一个整数。"


def test_a_notice_of_three_months_is_a_typing_error(house):
    form = a_row(notice_days="90")
    answer = house.officer(SECRETARY_AND_ADMIN).post(f"{ROW}/change", **form)
    assert "通知天数要在0到60之间" in answer.text


@pytest.mark.parametrize(
    "odd",
    [{"quorum": "much"}, {"base": "all"}, {"recused_leave": ""}, {"voters": "cat"}, {"women": "x"}],
)
def test_what_no_tile_says_is_not_understood(house, odd):
    form = a_row(quorum="3-4-with") | odd
    answer = house.officer(SECRETARY_AND_ADMIN).post(f"{ROW}/change", **form)
    assert answer.status_code == 400
    assert changes(house) == []


def test_a_row_that_is_none_is_not_understood(still_house):
    assert still_house.officer(CHAIR).get("/admin/rules/parliament").status_code == 400


def test_a_village_may_let_the_recused_leave_the_base(house):
    officer = house.officer(SECRETARY_AND_ADMIN)
    assert "有1人回避：他还在人数里，照样按到会30人算。" in words(officer.open(ROW))
    officer.post(f"{ROW}/change", **a_row(recused_leave="yes"))
    page = words(officer.open(ROW))
    assert "有1人回避：30－1＝29人：14人不够（14×2=28 ≤ 29），15人够" in page


def test_a_branch_without_a_committee_proposes_in_its_meeting(house):
    officer = house.officer(SECRETARY_AND_ADMIN)
    path = "/admin/rules/party_committee/change"
    assert 'name="voters" value="party_member"' in officer.open(path)
    form = a_row(quorum="1-2-with", base="entitled", notice_days="1", women="")
    officer.post(path, **form | {"voters": "party_member"})
    assert changes(house)[0].row.voters_basis.startswith("村民会议决议")
    assert len(FLOORS[RowId.PARTY_COMMITTEE].electorates) == 2


def test_a_meeting_already_called_keeps_the_old_row(house):
    house.officer(SECRETARY_AND_ADMIN).post(f"{ROW}/change", **a_row(quorum="4-5-with"))
    house.check_in(30).open()
    assert house.meeting().quorum.threshold == ROWS[RowId.REPRESENTATIVES].quorum


# --- periods


def test_the_periods_stand_with_their_article_and_their_calendar(still_house):
    page = words(still_house.officer(SUPERVISOR).open("/admin/rules/periods/"))
    assert "15天 村民委员会组织法第三十五条" in page
    assert "2026年11月22日到2026年12月6日，共15天，首尾两天都算" in page
    assert "不计入应到不允许" in page


@pytest.mark.parametrize("step", ["preview", "save"])
def test_a_publication_of_seven_days_is_refused_with_article_35(house, step):
    officer = house.officer(SECRETARY_AND_ADMIN)
    answer = officer.post(PERIODS, **days(public_days="7", basis_more="第9号", step=step))
    assert answer.status_code == 409
    assert "公示7天太短，法律规定至少15天。" in answer.text
    assert ARTICLE_35 in answer.text
    assert "第9号" in answer.text
    assert 'name="public_days" value="7"' in answer.text
    assert period_changes(house) == []


@pytest.mark.parametrize(
    ("odd", "range_"),
    [
        ({"objection_days": "2"}, "3到15"),
        ({"need_days": "0"}, "1到60"),
        ({"pause_days": "367"}, "0到366"),
    ],
)
def test_answers_are_owed_within_their_range(house, odd, range_):
    answer = house.officer(SECRETARY_AND_ADMIN).post(PERIODS, **days() | odd)
    assert answer.status_code == 409
    assert f"天数要在{range_}之间。" in answer.text
    assert period_changes(house) == []


def test_a_publication_of_a_thousand_years_is_a_typing_error(house):
    answer = house.officer(SECRETARY_AND_ADMIN).post(PERIODS, **days(public_days="365000"))
    assert answer.status_code == 400
    assert "“公示天数”最多填999天。" in answer.text


def test_longer_periods_are_seen_then_saved_with_their_history(house):
    officer = house.officer(SECRETARY_AND_ADMIN)
    seen = officer.post(PERIODS, **days(public_days="20", step="preview"))
    assert "2026年12月11日，共20天" in words(seen.text)
    assert period_changes(house) == []
    assert officer.post(PERIODS, **days(public_days="20")).location == "/admin/rules/periods/"
    page = words(officer.open("/admin/rules/periods/"))
    assert "公示天数：15天 → 20天" in page
    assert house.village().periods.public_days == 20


def test_leaving_people_out_of_the_roll_is_off_and_needs_a_basis(house):
    officer = house.officer(SECRETARY_AND_ADMIN)
    assert house.village().periods.exclusions is False
    bare = officer.post(PERIODS, **days(exclusions="yes", basis="", approver=""))
    assert bare.status_code == 409
    officer.post(PERIODS, **days(exclusions="yes", basis="重庆市实施办法第七条"))
    assert house.village().periods.exclusions is True
    assert "不计入应到：不允许 → 允许" in words(officer.open("/admin/rules/periods/"))


# --- the catalogue


def test_the_catalogue_is_read_kind_by_kind_with_its_digest(still_house):
    page = words(still_house.officer(SUPERVISOR).open("/admin/rules/catalogue/"))
    assert still_house.events(CatalogueAdopted)[0].digest in page
    for kind in still_house.village().catalogue.kinds:
        assert kind.name in page
        assert kind.basis in page
    assert "法律禁止，机器不受理" in page
    assert "提议→商议→审议→决议" in page
    assert "依据：县级小微权力清单；批准：马塘镇人民政府" in page


# --- the command line


@pytest.fixture
def at_the_machine(house, monkeypatch):
    monkeypatch.setenv("KIOSK_DATA_DIR", str(house.settings.data_dir))
    monkeypatch.setenv("KIOSK_RECORDINGS_DIR", str(house.settings.recordings_dir))
    return lambda *arguments: CliRunner().invoke(cli, [*map(str, arguments)])


def county_file(folder, change):
    """The shipped catalogue with a change, as a county would send it."""
    catalogue = json.loads(SHIPPED_CATALOGUE.read_text("utf-8"))
    change(catalogue)
    path = folder / "county.json"
    path.write_text(json.dumps(catalogue, ensure_ascii=False), "utf-8")
    return path


def newer(catalogue):
    catalogue |= {"name": "某县小微权力清单", "version": "2026-12"}


def allow_guarantees(catalogue):
    kind = next(kind for kind in catalogue["kinds"] if kind["id"] == "guarantee")
    kind["forbidden"] = ""


ADOPTED = ("--basis", "县农业农村局2026年5号文", "--approver", "马塘镇人民政府")


def test_a_catalogue_file_is_only_checked_until_basis_and_approver_are_given(
    at_the_machine, house, tmp_path
):
    checked = at_the_machine("catalogue", county_file(tmp_path, newer))
    assert checked.exit_code == 0, checked.output
    assert "某县小微权力清单" in checked.output
    assert "合法" in checked.output
    assert "还没有启用" in checked.output
    assert len(house.events(CatalogueAdopted)) == 1


def test_a_countys_catalogue_is_adopted_and_stands_on_the_page(at_the_machine, house, tmp_path):
    adopted = at_the_machine("catalogue", county_file(tmp_path, newer), *ADOPTED)
    assert adopted.exit_code == 0, adopted.output
    event = house.events(CatalogueAdopted)[-1]
    assert (event.basis, event.approver) == (ADOPTED[1], ADOPTED[3])
    assert event.digest in adopted.output
    page = words(house.officer(CHAIR).open("/admin/rules/catalogue/"))
    assert "某县小微权力清单（2026-12" in page
    again = at_the_machine("catalogue", county_file(tmp_path, newer), *ADOPTED)
    assert again.exit_code == 0
    assert "已经在用" in again.output
    assert len(house.events(CatalogueAdopted)) == 2


@pytest.mark.parametrize("options", [(), ADOPTED])
def test_an_unlawful_catalogue_is_refused_with_kind_and_article(
    at_the_machine, house, tmp_path, options
):
    refused = at_the_machine("catalogue", county_file(tmp_path, allow_guarantees), *options)
    assert refused.exit_code == 1
    assert "提供担保" in refused.output
    assert "村民委员会组织法第十三条" in refused.output
    assert len(house.events(CatalogueAdopted)) == 1


def test_a_broken_file_is_refused_by_its_place(at_the_machine, house, tmp_path):
    def break_(catalogue):
        catalogue["kinds"][3]["mandate"] = 1

    refused = at_the_machine("catalogue", county_file(tmp_path, break_))
    assert refused.exit_code == 1
    assert "kinds[3].mandate" in refused.output
    path = tmp_path / "picture.json"
    path.write_bytes(b"\x89PNG\xff")
    assert "不是清单文件" in at_the_machine("catalogue", path).output
    assert "没有这个文件" in at_the_machine("catalogue", tmp_path / "none.json").output


@pytest.mark.parametrize("half", [ADOPTED[:2], ADOPTED[2:]])
def test_basis_and_approver_are_given_together(at_the_machine, house, tmp_path, half):
    refused = at_the_machine("catalogue", county_file(tmp_path, newer), *half)
    assert refused.exit_code == 1
    assert "--basis" in refused.output
    assert len(house.events(CatalogueAdopted)) == 1


def test_the_rule_table_is_printed_for_the_rows_in_force(at_the_machine, house):
    house.officer(SECRETARY_AND_ADMIN).post(f"{ROW}/change", **a_row(quorum="3-4-with"))
    printed = at_the_machine("rules")
    assert printed.exit_code == 0
    assert "### 村民代表会议决议 `representatives`" in printed.output
    assert "| 45 | 到会 | " in printed.output
    assert "34×4=136 ≥ 45×3=135 够" in printed.output


def test_without_a_village_the_law_itself_is_printed(tmp_path, monkeypatch):
    monkeypatch.setenv("KIOSK_DATA_DIR", str(tmp_path / "empty"))
    printed = CliRunner().invoke(cli, ["rules"])
    assert printed.exit_code == 0
    assert printed.output.strip() == "\n".join(wording.rule_table(ROWS.values()))
