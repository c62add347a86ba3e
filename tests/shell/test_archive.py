"""The archival form of every paper: PDF/A-3b by a validator, tagged, its record inside, its time the journal's."""

import json
import re
from collections import Counter
from io import BytesIO

import kiosk_fixtures
import pikepdf
import pytest
from papers import owed
from pikepdf import Array, Name, pdfa
from test_ballot_papers import pdf as ballot_papers
from test_typeset_render import FONTS, resolution

from kiosk.core.events import PaperIssued
from kiosk.core.journal import read
from kiosk.core.terms import CHINA, Paper
from kiosk.typeset.archive import RECORD
from kiosk.typeset.document import Column, Document, Table
from kiosk.typeset.record import record
from kiosk.typeset.render import render

whole_database, whole_house = kiosk_fixtures.whole_database, kiosk_fixtures.whole_house
papered_database, papered_house = kiosk_fixtures.papered_database, kiosk_fixtures.papered_house
SHOWS_TEXT = {"Tj", "TJ", "'", '"'}


def findings(content, folder):
    """What the validator finds against PDF/A-3b in a file, and what it could not look at."""
    path = folder / "paper.pdf"
    path.write_bytes(content)
    report = pdfa.validate_written(path, "3b")
    return [] if report.passed else [report.summary()]


def spoilt(content, spoil):
    """The same file after something was done to it."""
    with pikepdf.open(BytesIO(content)) as paper:
        spoil(paper)
        out = BytesIO()
        paper.save(out)
    return out.getvalue()


def record_in(content):
    with pikepdf.open(BytesIO(content)) as paper:
        return paper.attachments[RECORD].get_file().read_bytes()


def elements(element, roles=()):
    """Every element of the structure tree under this one, by the roles from the document down."""
    here = (*roles, str(element.S)[1:])
    yield here, element
    for kid in element.K if isinstance(element.get("/K"), Array) else []:
        if not isinstance(kid, int) and "/S" in kid:
            yield from elements(kid, here)


def tree(content):
    with pikepdf.open(BytesIO(content)) as paper:
        yield from elements(paper.Root.StructTreeRoot.K)


@pytest.fixture(scope="module")
def paper():
    return render(resolution(), FONTS)


# --- PDF/A-3b


def test_every_kind_of_paper_that_a_village_sets_is_pdf_a_3b(papered_house, tmp_path):
    newest = {(one.paper, one.edition): one for one in papered_house.events(PaperIssued)}
    assert {paper for paper, _ in newest} == set(Paper)
    assert newest.keys() == {(one.paper, one.edition) for one in owed(papered_house.lines())}
    for kind, issued in newest.items():
        path = papered_house.app.press.path(issued)
        content = path.read_bytes()[: issued.size_bytes]
        assert findings(content, tmp_path) == [], kind
        made = read(papered_house.lines()[issued.from_seq - 1])
        with pikepdf.open(BytesIO(content)) as file:
            told = f"{made.at.astimezone(CHINA):D:%Y%m%d%H%M%S}+08'00'"
            assert str(file.docinfo.CreationDate) == str(file.docinfo.ModDate) == told
            assert f"{made.at.astimezone(CHINA):%Y-%m-%dT%H:%M:%S}+08:00" in xmp(file)
        source = json.loads(record_in(content))["data"]["source"]
        told = (source["paper"], source["edition"], source["subject"])
        assert told == (issued.paper.value, issued.edition.value, issued.subject)
        assert (source["seq"], source["digest"]) == (made.seq, made.head.digest)


def xmp(file):
    return file.Root.Metadata.read_bytes().decode()


def test_ballot_papers_and_a_paper_with_nothing_on_it_are_pdf_a_3b_too(tmp_path):
    assert findings(ballot_papers(), tmp_path) == []
    assert findings(render(Document("", ()), FONTS), tmp_path) == []


def test_the_validator_notices_what_is_missing(paper, tmp_path):
    def drop(name):
        return lambda file: file.Root.__delitem__(name)

    def lose_a_font(file):
        font = next(iter(file.pages[0].Resources.Font.values()))
        del font.DescendantFonts[0].FontDescriptor["/FontFile2"]

    assert findings(paper, tmp_path) == []
    for spoil in (drop("/OutputIntents"), drop("/Metadata"), lose_a_font):
        assert findings(spoilt(paper, spoil), tmp_path) != []


# --- tagged


def test_the_structure_of_a_paper_is_what_a_person_reads(paper):
    roles = Counter("/".join(path) for path, _ in tree(paper))
    assert roles["Document/H1"] == roles["Document/H2"] == roles["Document/H3"] == 1
    assert roles["Document/Table/TR/TH"] == roles["Document/Table/TR/TD"] == 2
    assert roles["Document/Figure"] == roles["Document/Div/Figure"] == 1
    alts = [str(e.Alt) for path, e in tree(paper) if path[-1] == "Figure"]
    assert alts == [
        "条形图，满格 33：赞成 28，反对 3；过半数：17 票",
        "二维码：http://192.168.8.1/p/5",
    ]


def test_every_character_belongs_to_an_element_or_to_the_furniture_of_the_page(paper):
    with pikepdf.open(BytesIO(paper)) as file:
        owners = file.Root.StructTreeRoot.ParentTree.Nums
        for at, page in enumerate(file.pages):
            marks = marked(page)
            owned = next(owners[n + 1] for n in range(0, len(owners), 2) if owners[n] == at)
            assert sorted(marks) == list(range(len(owned)))
            assert page.StructParents == at


def marked(page):
    """The numbers of the page's marks; nothing is shown outside of one, and none lies in another."""
    inside, numbers = [], []
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC":
                assert inside == []
                numbers.append(int(operands[1].MCID))
                inside.append(operands[0])
            case "BMC":
                assert operands == [Name.Artifact]
                inside.append(operands[0])
            case "EMC":
                inside.pop()
            case shown if shown in SHOWS_TEXT:
                assert inside
    assert inside == []
    return numbers


def test_a_table_over_several_pages_is_one_table_with_one_head():
    rows = tuple((str(n), "村" * 60) for n in range(40))
    pdf = render(Document("名册", (Table((Column("序号"), Column("姓名", 3)), rows),)), FONTS)
    roles = Counter("/".join(path) for path, _ in tree(pdf))
    assert roles["Document/Table"] == 1
    assert roles["Document/Table/TR"] == 41
    assert roles["Document/Table/TR/TH"] == 2
    assert roles["Document/Table/TR/TD"] == 80


# --- the record


def test_the_attached_record_is_the_source_of_the_paper_and_says_what_it_says(paper):
    content = record_in(paper)
    assert content == record(resolution())
    with pikepdf.open(BytesIO(paper)) as file:
        (attached,) = file.Root.AF
        assert attached.AFRelationship == Name.Source
        assert attached.UF == RECORD
    told = json.loads(content)
    assert told["format"] == "kiosk-paper/1"
    assert told["number"] == "金塱村决〔2026〕5号"
    bars = next(block for block in told["content"] if block["block"] == "bars")
    assert bars["rows"] == [{"label": "赞成", "count": 28}, {"label": "反对", "count": 3}]
    assert (bars["base"], bars["threshold"]) == (33, 17)
    table = next(block for block in told["content"] if block["block"] == "table")
    assert (table["columns"], table["rows"]) == (["赞成", "反对"], [["28", "3"]])


def test_the_record_tells_nobody_more_than_the_paper(papered_house):
    """Every text of the record is printed; beside them stand counts, ids and where it comes from."""
    issued = [p for p in papered_house.events(PaperIssued) if p.paper is Paper.RESOLUTION][-1]
    path = papered_house.app.press.path(issued)
    told = json.loads(record_in(path.read_bytes()))
    vote = told["data"]["vote"]
    assert vote["cast"] + vote["unused"] == vote["present"]
    assert sum(count["count"] for count in vote["counts"]) == vote["cast"]
    assert vote["carried"] is True
    names = {
        seat.name for m in papered_house.village().meetings.values() for seat in m.seats.values()
    }
    printed = json.dumps(told, ensure_ascii=False)
    assert [name for name in names if name in printed] == []
    assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)", printed)
