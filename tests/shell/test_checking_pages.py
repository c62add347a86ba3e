"""核对: the code of the paper in one's hand is of which entry; feed and JSON say what the pages say."""

import json
from xml.etree import ElementTree as ET

import jsonschema
import kiosk_fixtures
import pytest
import site_fixtures
from kiosk_fixtures import VILLAGE
from site_fixtures import words

from kiosk.config import ROOT
from kiosk.core import terms
from kiosk.core.ballot_terms import Choice, Method
from kiosk.core.events import BallotCast, CheckedIn, PublicationOpened
from kiosk.core.journal import read
from kiosk.core.matters.matter import Phase, Progress
from kiosk.core.matters.oversight import Sign

whole_database = kiosk_fixtures.whole_database
papered_database = kiosk_fixtures.papered_database
published_house = site_fixtures.published_house
SCHEMA = json.loads((ROOT / "kiosk/data/public.schema.json").read_text("utf-8"))
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def checked(house, typed):
    return words(house.visitor().client.get("/check/", query_string={"code": typed}).text)


def first(house, kind):
    return next(e for e in map(read, house.lines()) if isinstance(e.event, kind))


@pytest.mark.parametrize("spelled", ["{}", " {} ", "校验码 {}"])
def test_the_code_of_a_resolution_says_which_entry_it_is_and_leads_to_it(published_house, spelled):
    entry = first(published_house, PublicationOpened)
    said = checked(published_house, spelled.format(entry.head.check_code))
    assert f"有。这是会议日志第{entry.seq}条的校验码。" in said
    assert "“长者饭堂改造”：决议公开，从2026年7月15日到2026年7月29日" in said
    assert "印着它的文书：决议书" in said
    assert "看长者饭堂改造" in said


def test_dashes_blanks_and_full_width_digits_make_no_difference(published_house):
    code = first(published_house, PublicationOpened).head.check_code
    wide = "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else " " for c in code)
    for typed in (code.replace("-", ""), code.replace("-", " "), wide):
        assert "有。这是会议日志第" in checked(published_house, typed)


def test_of_what_a_person_did_only_that_there_is_an_entry_is_said(published_house):
    """Who came, and who cast a ballot, is not public: when it was written is."""
    for kind in (CheckedIn, BallotCast):
        entry = first(published_house, kind)
        said = checked(published_house, entry.head.check_code)
        assert f"第{entry.seq}条的校验码" in said
        assert "会议里的一条记录，内容不公开" in said
        person = published_house.app.parts.register.person(VILLAGE, entry.event.person)
        assert person.name not in said


def test_a_code_that_the_journal_does_not_know_says_what_to_do(published_house):
    said = checked(published_house, "0000-0000-0000-0001")
    assert "会议日志里没有这个校验码。" in said
    assert "请打村委会或者镇里的电话，先不要在纸上签字。" in said


def test_a_code_with_a_digit_too_few_is_not_taken_for_a_wrong_paper(published_house):
    said = checked(published_house, "7618-5352-4805-114")
    assert "校验码是十六位数字，您写了15位。" in said
    assert "没有这个校验码" not in said


# --- the feed


def test_the_feed_is_atom_and_says_what_hangs_and_which_meeting_comes(published_house):
    answer = published_house.visitor().get("/feed.xml")
    assert answer.mimetype == "application/atom+xml"
    feed = ET.fromstring(answer.data)
    for name in ("a:id", "a:title", "a:updated", "a:author/a:name"):
        assert feed.find(name, ATOM).text, name
    entries = feed.findall("a:entry", ATOM)
    assert len({entry.find("a:id", ATOM).text for entry in entries}) == len(entries) == 5
    updated = [entry.find("a:updated", ATOM).text for entry in entries]
    assert updated == sorted(updated, reverse=True)
    said = [entry.find("a:summary", ATOM).text for entry in entries]
    assert any(one.startswith("通过：赞成9，超过到会10户的一半。") for one in said)
    assert "办完了：长者饭堂已建成开餐，实际支出17.82万元，比预算节余0.78万元。" in "".join(said)
    assert "应到45人" in said[0]


def test_a_feed_on_a_site_leads_to_its_own_pages_and_names_things_as_the_hall_does(published_house):
    hall = ET.fromstring(published_house.visitor().get("/feed.xml").data)
    site = ET.fromstring((published_house.site / "feed.xml").read_bytes())
    ids = [[e.text for e in feed.iterfind(".//a:id", ATOM)] for feed in (hall, site)]
    assert ids[0] == ids[1]
    links = [e.get("href") for e in site.iterfind(".//a:entry/a:link", ATOM)]
    assert "r/2026-3.html" in links


# --- JSON


def documents(house):
    made = sorted(house.site.rglob("*.json"))
    return [path for path in made if path.name not in {"site.json", "public.schema.json"}]


def test_every_public_document_holds_to_the_schema(published_house):
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    validator = jsonschema.Draft202012Validator(SCHEMA)
    kinds = set()
    for path in documents(published_house):
        told = json.loads(path.read_text("utf-8"))
        assert [error.message for error in validator.iter_errors(told)] == [], path
        kinds.add(told["kind"])
    assert kinds == {"portal", "matter", "resolution", "result", "need", "heads"}


def test_a_document_that_says_more_than_the_schema_does_not_hold_to_it(published_house):
    told = json.loads((published_house.site / "m/1.json").read_text("utf-8"))
    told["matter"]["author"] = "somebody"
    assert not jsonschema.Draft202012Validator(SCHEMA).is_valid(told)


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        (("matter_in_brief", "phase"), Phase),
        (("flag", "sign"), Sign),
        (("count", "choice"), Choice),
        (("vote", "method"), Method),
        (("vote", "body"), terms.Body),
        (("matter", "rule_row"), terms.RowId),
        (("matter", "origin"), terms.Origin),
        (("deliberation", "stage"), terms.Stage),
        (("village", "purpose"), terms.Purpose),
    ],
)
def test_the_words_of_the_schema_are_the_words_of_the_kiosk(place, kind):
    name, field = place
    assert SCHEMA["$defs"][name]["properties"][field]["enum"] == [member.value for member in kind]


def test_the_stages_of_the_schema_know_the_same_progress():
    stages = SCHEMA["$defs"]["matter"]["properties"]["stages"]["items"]["properties"]
    assert stages["progress"]["enum"] == [member.value for member in Progress]


def test_data_says_what_the_page_says(published_house):
    told = json.loads(published_house.visitor().get("/m/2.json").data)["matter"]
    decided = told["deliberations"][-1]
    assert decided["verdict"] == "通过：赞成35，超过到会40人的一半"
    assert sum(c["count"] for c in decided["counts"]) + decided["unused"] == decided["present"]
    assert decided["majority"]["holds"] is True
    assert told["works"][0]["spent_fen"] == 26_500_000
    head = published_house.kiosk.known(VILLAGE).head
    document = json.loads(published_house.visitor().get("/r/2026-1.json").data)
    assert document["head"]["check_code"] == head.check_code


def test_the_schema_is_told_in_the_documents():
    told = (ROOT / "docs/public-json.md").read_text("utf-8")
    for name, definition in SCHEMA["$defs"].items():
        if name.endswith("_document") or name == "portal":
            assert f"`{definition['properties']['kind']['const']}`" in told
        for field in definition["properties"]:
            assert f"`{field}`" in told, (name, field)
