"""The catalogue of matters: read strictly, named by its digest, never below the law; and the one that is shipped."""

import json
import re
from dataclasses import fields, replace
from hashlib import sha256
from pathlib import Path

import pytest

from kiosk.core.law.catalogue import FILE_PAPERS, Bar, Catalogue, Kind
from kiosk.core.law.cataloguing import (
    Fault,
    catalogue_digest,
    read_catalogue,
    require_lawful_catalogue,
)
from kiosk.core.law.limits import LIMITS
from kiosk.core.refusals import Malformed, Reason, Refused
from kiosk.core.terms import DELIBERATIONS, KindId, Retention, RowId, Stage

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "kiosk" / "data" / "catalogue.json").read_text(encoding="utf-8")
DOCUMENT = (ROOT / "docs" / "catalogue.md").read_text(encoding="utf-8")
SHIPPED = read_catalogue(TEXT)
VILLAGE_LAW = "村民委员会组织法"
COLLECTIVE_LAW = "农村集体经济组织法"


def kind(kind_id):
    found = SHIPPED.kind(KindId(kind_id))
    assert found is not None, kind_id
    return found


def with_kind(kind_id, **changes):
    changed = replace(kind(kind_id), **changes)
    kinds = tuple(changed if k.id == kind_id else k for k in SHIPPED.kinds)
    return replace(SHIPPED, kinds=kinds)


def refused(catalogue):
    with pytest.raises(Refused) as caught:
        require_lawful_catalogue(catalogue)
    return caught.value


def fault(kind_id, **changes):
    """What is wrong with the shipped kind once it is changed, and the article."""
    refusal = refused(with_kind(kind_id, **changes))
    assert refusal.reason is Reason.CATALOGUE_UNDERCUTS_LAW
    assert refusal.facts["kind"] == changes.get("name", kind(kind_id).name)
    return Fault(refusal.facts["what"]), refusal.basis


def malformed(text):
    with pytest.raises(Malformed) as caught:
        read_catalogue(text)
    return str(caught.value)


def edited(**changes):
    """The shipped file with its first kind changed."""
    value = json.loads(TEXT)
    value["kinds"][0].update(changes)
    return json.dumps(value, ensure_ascii=False)


# --- what is shipped


def test_the_shipped_catalogue_is_lawful():
    require_lawful_catalogue(SHIPPED)


def test_the_shipped_catalogue_has_every_kind_the_founders_named():
    assert [k.name for k in SHIPPED.kinds] == [
        "村庄规划与建设", "误工补贴人员及标准", "集体收益使用", "公益事业兴办与筹资筹劳", "重点帮扶",
        "村民自治章程", "村规民约", "土地承包方案", "承包地个别调整", "发包给外部", "集体经营性建设用地",
        "林地流转", "集体资产处置与重大合同", "收益分配", "征地补偿分配", "成员确认", "村民小组事项",
        "民主评议", "推选村务监督委员会成员", "推选村民代表", "推选村民小组组长", "提供担保",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "kind_id",
    ["village_planning", "work_subsidies", "collective_income", "public_works", "assistance"],
)
def test_what_belongs_to_the_assembly_goes_to_representatives_only_by_its_authority(kind_id):
    known = kind(kind_id)
    assert known.rows == (RowId.REPRESENTATIVES, RowId.ASSEMBLY, RowId.HOUSEHOLDS)
    assert known.mandate
    assert "第二十八条" in known.basis


@pytest.mark.parametrize("kind_id", ["charter", "village_rules"])
def test_the_assembly_alone_makes_the_villages_own_rules_and_files_them(kind_id):
    known = kind(kind_id)
    assert known.rows == (RowId.ASSEMBLY, RowId.HOUSEHOLDS)
    assert "第三十一条" in known.bar(RowId.REPRESENTATIVES).basis
    assert "备案" in known.approval
    assert not known.works


@pytest.mark.parametrize("kind_id", ["land_plan", "compensation", "membership"])
def test_what_the_collective_may_not_leave_to_its_representatives_says_so(kind_id):
    assert RowId.MEMBER_REPRESENTATIVES not in kind(kind_id).rows
    assert "第二十八条" in kind(kind_id).bar(RowId.MEMBER_REPRESENTATIVES).basis


@pytest.mark.parametrize(
    "kind_id",
    [
        "land_plan",
        "land_adjustment",
        "land_outsiders",
        "construction_land",
        "forest_transfer",
        "assets",
        "distribution",
        "compensation",
        "membership",
    ],
)
def test_land_and_assets_are_never_decided_by_half_of_those_present(kind_id):
    known = kind(kind_id)
    for row in (RowId.REPRESENTATIVES, RowId.ASSEMBLY, RowId.HOUSEHOLDS):
        assert row not in known.rows
        assert known.bar(row).basis


def test_a_row_that_is_not_barred_has_no_bar():
    assert kind("land_plan").bar(RowId.ALL_VILLAGERS) is None


def test_land_for_outsiders_is_approved_by_the_township():
    assert kind("land_outsiders").approval == "报乡镇人民政府批准"


def test_a_guarantee_is_forbidden_outright():
    known = kind("guarantee")
    assert "第十三条" in known.forbidden
    assert known.rows == ()


def test_an_appraisal_and_a_charter_owe_no_paper_of_works():
    for kind_id in ("appraisal", "charter", "village_rules", "membership"):
        assert "实施进度与验收表" not in kind(kind_id).papers
    assert kind("public_works").papers == FILE_PAPERS


def test_every_kind_that_has_works_owes_the_paper_of_its_acceptance_and_the_reverse():
    for known in SHIPPED.kinds:
        assert ("实施进度与验收表" in known.papers) is known.works


def test_the_file_of_a_resolution_is_kept_for_ever_where_no_privacy_speaks_against_it():
    kept = {k.id: k.retention for k in SHIPPED.kinds if not k.forbidden}
    shorter = {kind_id for kind_id, kept_for in kept.items() if kept_for != Retention.PERMANENT}
    assert shorter == {"assistance", "group_matter", "appraisal"}


def test_a_catalogue_has_no_kind_that_it_does_not_name():
    assert SHIPPED.kind(KindId("unknown")) is None


# --- going back


@pytest.mark.parametrize(
    ("kind_id", "named", "back"),
    [
        ("public_works", Stage.CONSULTATION, Stage.CONSULTATION),
        ("public_works", Stage.PROPOSAL, Stage.PROPOSAL),
        ("group_matter", Stage.CONSULTATION, Stage.PROPOSAL),
        ("group_matter", Stage.DECISION, Stage.DECISION),
        ("appraisal", Stage.CONSULTATION, Stage.DECISION),
    ],
)
def test_a_matter_goes_back_to_the_named_stage_or_the_last_one_before_that_it_passes(
    kind_id, named, back
):
    assert kind(kind_id).stage_to_return_to(named) is back


# --- never below the law


def test_a_county_cannot_allow_guarantees():
    found, basis = fault("guarantee", forbidden="", rows=(RowId.ASSEMBLY,))
    assert found is Fault.NOT_FORBIDDEN
    assert basis == "村民委员会组织法第十三条（不得提供担保）"


def test_a_county_cannot_allow_guarantees_under_another_name():
    kinds = (*SHIPPED.kinds[:-1], replace(kind("public_works"), id=KindId("x"), name="互保"))
    renamed = replace(kinds[-1], basis=f"{VILLAGE_LAW}第十三条")
    refusal = refused(replace(SHIPPED, kinds=(*kinds[:-1], renamed)))
    assert refusal.facts == {"kind": "互保", "what": "not_forbidden"}


def test_elections_are_not_run_on_this_machine():
    found, basis = fault("public_works", basis=f"{VILLAGE_LAW}第十八条")
    assert found is Fault.NOT_FORBIDDEN
    assert "选举" in basis


def test_a_county_may_forbid_more_than_the_law():
    require_lawful_catalogue(with_kind("collective_income", forbidden="本县暂停办理"))


@pytest.mark.parametrize("kind_id", ["charter", "village_rules"])
def test_representatives_may_not_be_given_the_villages_own_rules(kind_id):
    found, basis = fault(kind_id, rows=(RowId.REPRESENTATIVES,), bars=())
    assert found is Fault.BODY
    assert "第三十一条" in basis


@pytest.mark.parametrize("item", ["一", "三", "八", "十", "十二"])
def test_what_the_collectives_law_keeps_from_member_representatives_stays_kept(item):
    found, basis = fault(
        "distribution",
        name="别的名字",
        basis=f"{COLLECTIVE_LAW}第二十六条第一款第{item}项",
        rows=(RowId.MEMBERS, RowId.MEMBER_REPRESENTATIVES),
    )
    assert found is Fault.BODY
    assert "第二十八条" in basis


def test_an_item_that_is_not_named_is_taken_to_be_any():
    found, _ = fault("distribution", basis=f"{COLLECTIVE_LAW}第二十六条")
    assert found is Fault.BODY


@pytest.mark.parametrize("item", ["二", "五", "六", "七", "九", "十一", "十三"])
def test_the_rest_may_go_to_member_representatives(item):
    basis = f"{COLLECTIVE_LAW}第二十六条第一款第{item}项"
    require_lawful_catalogue(with_kind("distribution", basis=basis))


@pytest.mark.parametrize(
    "basis",
    [
        "农村土地承包法第五十二条",
        "土地管理法第六十三条",
        "森林法第十八条",
        f"{COLLECTIVE_LAW}第二十六条",
    ],
)
@pytest.mark.parametrize("row", [RowId.REPRESENTATIVES, RowId.ASSEMBLY, RowId.HOUSEHOLDS])
def test_two_thirds_of_all_may_not_become_half_of_those_present(basis, row):
    found, _ = fault("public_works", id=KindId("x"), basis=basis, rows=(row,))
    assert found is Fault.BODY


def test_representatives_may_not_decide_the_assemblys_matters_without_its_authority():
    found, basis = fault("public_works", mandate=False)
    assert found is Fault.MANDATE
    assert "第二十八条" in basis
    assembly = (RowId.ASSEMBLY, RowId.HOUSEHOLDS)
    require_lawful_catalogue(with_kind("public_works", mandate=False, rows=assembly))


def test_the_paragraph_on_collective_property_is_not_about_the_assemblys_matters():
    bound = [limit for limit in LIMITS if limit.binds(kind("assets"))]
    assert all("第二十八条第一款" not in limit.basis for limit in bound)
    assert VILLAGE_LAW in kind("assets").basis


def test_officers_are_appraised_on_the_row_of_appraisals_and_on_no_other():
    assert fault("appraisal", rows=(RowId.REPRESENTATIVES,))[0] is Fault.BODY
    assert fault("group_matter", rows=(RowId.GROUP, RowId.APPRAISAL))[0] is Fault.ROWS


def test_the_party_is_heard_before_the_village_decides():
    found, basis = fault("public_works", stages=(Stage.CONSULTATION, Stage.DECISION))
    assert found is Fault.STAGES
    assert "第二十八条第三款" in basis


def test_no_file_lacks_its_minutes_its_publication_and_the_supervisors_opinion():
    for paper in ("会议记录", "决议公示", "村务监督意见书"):
        left = tuple(p for p in FILE_PAPERS if p != paper)
        found, basis = fault("public_works", papers=left)
        assert (found, basis) == (Fault.PAPERS, "村民委员会组织法第三十五条、第三十九条")


# --- a kind that cannot be carried through


@pytest.mark.parametrize(
    ("kind_id", "changes", "found"),
    [
        ("public_works", {"rows": ()}, Fault.ROWS),
        ("public_works", {"rows": (RowId.ASSEMBLY, RowId.ASSEMBLY)}, Fault.ROWS),
        ("group_matter", {"rows": (RowId.PARTY_MEETING,)}, Fault.ROWS),
        ("charter", {"bars": (Bar(RowId.ASSEMBLY, "某条"),)}, Fault.ROWS),
        ("charter", {"bars": (Bar(RowId.REPRESENTATIVES, " "),)}, Fault.ROWS),
        ("public_works", {"stages": ()}, Fault.STAGES),
        ("public_works", {"stages": DELIBERATIONS[:3]}, Fault.STAGES),
        ("public_works", {"stages": DELIBERATIONS[::-1]}, Fault.STAGES),
        ("public_works", {"stages": (*DELIBERATIONS, Stage.DECISION)}, Fault.STAGES),
        ("public_works", {"stages": (*DELIBERATIONS, Stage.RESULT_PUBLIC)}, Fault.STAGES),
        ("group_matter", {"group": False}, Fault.GROUP),
        ("group_matter", {"review": True}, Fault.REVIEW),
        ("public_works", {"papers": (*FILE_PAPERS, "别的")}, Fault.PAPERS),
        ("public_works", {"papers": (*FILE_PAPERS, "会议记录")}, Fault.PAPERS),
        ("public_works", {"id": KindId("charter")}, Fault.LISTED_TWICE),
        ("public_works", {"name": "村规民约"}, Fault.LISTED_TWICE),
    ],
    ids=str,
)
def test_a_kind_that_cannot_be_carried_through_is_refused(kind_id, changes, found):
    refusal = refused(with_kind(kind_id, **changes))
    assert (refusal.reason, refusal.facts["what"]) == (
        Reason.CATALOGUE_UNDERCUTS_LAW,
        found.value,
    )


@pytest.mark.parametrize("field", ["id", "name", "basis"])
def test_a_kind_has_an_id_a_name_and_a_basis(field):
    assert refused(with_kind("public_works", **{field: ""})).reason is Reason.TEXT_MISSING


def test_a_catalogue_has_a_name_and_a_version():
    assert refused(replace(SHIPPED, version=" ")).reason is Reason.TEXT_MISSING


# --- the file


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, '{"kinds": }'])
def test_what_is_not_json_is_no_catalogue(text):
    assert malformed(text) == "not JSON"


def test_a_field_that_is_missing_or_unknown_is_named():
    value = json.loads(TEXT)
    del value["kinds"][2]["works"]
    value["kinds"][2]["work"] = True
    assert malformed(json.dumps(value)) == "kinds[2]: Kind: fields ['work', 'works']"
    assert malformed('{"name": "x", "kinds": []}') == "Catalogue: fields ['version']"
    assert malformed("[]") == "Catalogue: not an object"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("mandate", 1),
        ("name", None),
        ("stages", ["decided"]),
        ("rows", "representatives"),
        ("bars", [{"row": "assembly"}]),
        ("bars", [{"row": "assembly", "basis": "x", "note": "y"}]),
        ("papers", [1]),
        ("retention", "for_ever"),
    ],
)
def test_a_field_that_does_not_read_is_named_with_its_place(field, value):
    assert malformed(edited(**{field: value})).startswith(f"kinds[0].{field}: ")


def test_a_field_that_stands_twice_is_refused():
    assert "'name'" in malformed('{"name": "a", "name": "b", "version": "1", "kinds": []}')


def test_kinds_are_a_list():
    assert malformed('{"name": "a", "version": "1", "kinds": {}}') == "not a list"


def test_the_digest_is_that_of_the_canonical_file():
    value = json.loads(TEXT)
    line = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert catalogue_digest(SHIPPED) == sha256(line.encode()).hexdigest()


def test_the_digest_does_not_depend_on_how_the_file_is_spaced():
    again = read_catalogue(json.dumps(json.loads(TEXT), sort_keys=True))
    assert catalogue_digest(again) == catalogue_digest(SHIPPED)
    assert catalogue_digest(with_kind("public_works", mandate=False)) != catalogue_digest(SHIPPED)


# --- the document


@pytest.mark.parametrize("of", [Catalogue, Kind, Bar], ids=lambda of: of.__name__)
def test_the_document_describes_every_field_and_no_other(of):
    section = re.search(rf"^## {of.__name__}\n(.*?)(?=^## |\Z)", DOCUMENT, re.M | re.S)[1]
    told = re.findall(r"^\| `(\w+)` \|", section, re.M)
    assert told == [f.name for f in fields(of)]


def test_the_document_names_every_value_a_field_may_take():
    values = {m.value for names in (DELIBERATIONS, RowId, Retention) for m in names}
    assert values <= set(re.findall(r"`(\w+)`", DOCUMENT))
    assert all(paper in DOCUMENT for paper in FILE_PAPERS)


def test_the_document_names_every_limit_of_the_law():
    assert [limit.basis for limit in LIMITS if limit.basis not in DOCUMENT] == []
    assert all(f"`{found.value}`" in DOCUMENT for found in Fault)


def test_the_document_lists_every_kind_that_is_shipped():
    listed = re.findall(r"^\| `(\w+)` \| (\S+) \| ([^|]+) \|", DOCUMENT, re.M)
    assert [(i, n, b) for i, n, b in listed if SHIPPED.kind(KindId(i))] == [
        (k.id, k.name, k.basis) for k in SHIPPED.kinds
    ]
