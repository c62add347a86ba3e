"""The press: the same journal gives the same bytes, nothing due is forgotten, every name prints, nobody is exposed."""

import hashlib
import os
import re
import subprocess
import sys
from datetime import timedelta
from io import BytesIO

import kiosk_fixtures
import pypdfium2
import pytest
from kiosk_fixtures import another_matter, public_phones, wait_until
from papers import owed
from pypdf import PdfReader

from kiosk import wording
from kiosk.config import ROOT
from kiosk.core import commands as c
from kiosk.core.events import PaperIssued, PublicationOpened
from kiosk.core.papers import file_name
from kiosk.core.terms import Body, Edition, MatterId, MeetingId, Paper, Stage
from kiosk.core.values import AgendaItem
from kiosk.demo.people import demonstration_people
from kiosk.demo.story import MATTER, VILLAGE
from kiosk.demo.telling import seats
from kiosk.typeset.document import Column, Document, Heading, Paragraph, Table
from kiosk.typeset.fonts import FontFolder
from kiosk.typeset.render import render

founded_database, house = kiosk_fixtures.founded_database, kiosk_fixtures.house
decided_house = kiosk_fixtures.decided_house
decided_database = kiosk_fixtures.decided_database
whole_database, whole_house = kiosk_fixtures.whole_database, kiosk_fixtures.whole_house
papered_database, papered_house = kiosk_fixtures.papered_database, kiosk_fixtures.papered_house

MANY_S = 300
"""Three meetings are behind: their papers are set first, however busy the machine is."""

ANOTHER_PROCESS = """
import hashlib, sys
from pathlib import Path
from kiosk.app import create_app
from kiosk.config import Settings
folder = Path(sys.argv[1])
settings = Settings(folder / "data", folder / "recordings", camera="card", microphone="none")
application = create_app(settings)
for seq in map(int, sys.argv[2:]):
    for owed in application.press.owed(application.parts.home, seq):
        content = application.press.rendered(application.parts.home, owed)
        print(hashlib.sha256(content).hexdigest())
"""


def published(house):
    """The sequence numbers of the entries that published a resolution."""
    entries = house.entries(PublicationOpened)
    return [e.seq for e in entries if e.event.stage is Stage.RESOLUTION_PUBLIC]


def issued(house, paper=Paper.RESOLUTION, edition=Edition.PUBLIC):
    """The papers of that kind that were issued, for the public."""
    return [e for e in house.events(PaperIssued) if (e.paper, e.edition) == (paper, edition)]


def names(papers):
    return [file_name(paper) for paper in papers]


def resolution_due(house, seq):
    """The resolution for the public that the entry makes fall due."""
    every = house.app.press.owed(VILLAGE, seq)
    return next(o for o in every if (o.paper, o.edition) == (Paper.RESOLUTION, Edition.PUBLIC))


def file_of(house, seq):
    return house.app.press.path(resolution_due(house, seq))


def text_of(pdf):
    return "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def solid(text):
    """Without white space, which a line's end may put anywhere."""
    return re.sub(r"\s", "", text)


def bare_pages(pdf):
    """The places of the pages on which there is nothing."""
    with pypdfium2.PdfDocument(pdf) as document:
        pictures = [page.render(scale=0.5).to_numpy() for page in document]
    return [place for place, picture in enumerate(pictures) if picture.min() > 100]


# --- the same, always


def test_two_other_processes_set_the_same_bytes_as_were_issued(decided_house):
    """Of each kind of paper the newest, and what else the same entries made fall due."""
    newest = {paper.paper: paper.from_seq for paper in decided_house.events(PaperIssued)}
    asked = sorted(set(newest.values()))
    papers = [paper for paper in decided_house.events(PaperIssued) if paper.from_seq in asked]
    folder = decided_house.settings.data_dir.parent
    told = []
    for seed in ("1", "2"):
        command = [sys.executable, "-c", ANOTHER_PROCESS, str(folder), *map(str, asked)]
        env = os.environ | {"PYTHONHASHSEED": seed, "TZ": "America/Lima", "LC_ALL": "C"}
        done = subprocess.run(
            command, cwd=ROOT, env=env, capture_output=True, text=True, check=True, timeout=300
        )
        told.append(done.stdout.split())
    assert told == [[paper.sha256 for paper in papers]] * 2
    set_now = {Paper.NOTICE, Paper.TALLY_SHEET, Paper.ATTENDANCE, Paper.MINUTES, Paper.RESOLUTION}
    assert {*set_now, Paper.POSTER} <= newest.keys()
    for paper in papers:
        path = decided_house.app.press.path(paper)
        content = path.read_bytes()[: paper.size_bytes]
        assert hashlib.sha256(content).hexdigest() == paper.sha256
        assert len(content) == paper.size_bytes


def test_what_comes_later_in_the_journal_changes_nothing_on_the_paper(decided_house):
    (seq,) = published(decided_house)
    before = file_of(decided_house, seq).read_bytes()
    decided_house.clock.on(days=400)
    decided_house.do(another_matter())
    rendered = decided_house.app.press.rendered(VILLAGE, resolution_due(decided_house, seq))
    assert before.startswith(rendered)


# --- nothing due is forgotten


def test_a_notice_is_set_as_soon_as_its_meeting_is_called(house):
    house.app.press.start(VILLAGE)
    wait_until(lambda: len(issued(house, Paper.NOTICE)) == 4, within_s=MANY_S)
    before = len(house.lines())
    house.do(another_matter())
    people, day = house.app.parts.register.people(VILLAGE), house.clock().date()
    called = seats(Body.PARTY_COMMITTEE, people, day)
    starts, agenda = house.clock() + timedelta(days=2), (AgendaItem(MatterId("matter-2"), 10),)
    meeting = MeetingId("called")
    house.do(c.ConveneMeeting(meeting, Body.PARTY_COMMITTEE, 0, "村部", starts, agenda, called))
    notices = wait_until(lambda: [p for p in issued(house, Paper.NOTICE) if p.from_seq > before])
    house.app.press.stop()
    assert [(paper.subject, paper.paper) for paper in notices] == [(meeting, Paper.NOTICE)]


def test_a_paper_is_set_as_soon_as_its_resolution_is_published(house):
    house.app.press.start(VILLAGE)
    house.decided()
    (paper,) = wait_until(lambda: issued(house), within_s=MANY_S)
    house.app.press.stop()
    assert paper.subject == MATTER
    assert [paper.from_seq] == published(house)


def test_everything_that_was_due_when_the_power_went_is_set_at_the_next_start(house):
    house.decided()
    assert house.events(PaperIssued) == []
    started = house.another()
    started.press.start(VILLAGE)
    started.press.stop()
    papers = house.events(PaperIssued)
    assert names(papers) == names(owed(house.lines()))
    assert {paper.paper for paper in papers} >= {Paper.NOTICE, Paper.TALLY_SHEET, Paper.RESOLUTION}
    for paper in papers:
        assert started.press.path(paper).exists()


def test_the_result_and_the_index_of_the_file_are_set_when_they_are_due(papered_house):
    papers = papered_house.events(PaperIssued)
    assert names(papers) == names(owed(papered_house.lines()))
    assert {paper.paper for paper in papers} == set(Paper)
    assert [paper.subject for paper in papers if paper.paper is Paper.FILE_INDEX] == ["canteen"]
    kept = {path.name for path in papered_house.settings.papers_dir.iterdir()}
    assert kept == set(names(papers))


def test_a_paper_written_but_not_reported_is_reported_at_the_next_start(house):
    house.decided()
    (seq,) = published(house)
    path = file_of(house, seq)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"%PDF half")
    path.with_suffix(".part").write_bytes(b"%PDF ha")
    house.set_papers()
    (paper,) = issued(house)
    assert hashlib.sha256(path.read_bytes()[: paper.size_bytes]).hexdigest() == paper.sha256
    assert {found.suffix for found in path.parent.iterdir()} == {".pdf"}


def test_a_paper_is_issued_once_however_often_the_kiosk_starts(decided_house):
    before = decided_house.events(PaperIssued)
    for _ in range(3):
        started = decided_house.another()
        started.press.start(VILLAGE)
        started.press.stop()
    assert decided_house.events(PaperIssued) == before


def test_a_paper_lost_from_the_disk_is_set_again_the_same(decided_house):
    (seq,) = published(decided_house)
    path, phone = file_of(decided_house, seq), decided_house.visitor()
    issued_first = issued(decided_house)
    before = path.read_bytes()[: issued_first[0].size_bytes]
    path.unlink()
    assert phone.get("/r/2026-1.pdf").status_code == 404
    started = decided_house.another()
    started.press.start(VILLAGE)
    started.press.stop()
    assert path.read_bytes().startswith(before)
    assert issued(decided_house) == issued_first
    assert phone.get("/r/2026-1.pdf").data == path.read_bytes()


@pytest.mark.parametrize("kept", [0, 1000])
def test_a_paper_that_a_bad_disk_cut_short_is_set_again_the_same(decided_house, kept):
    (seq,) = published(decided_house)
    path = file_of(decided_house, seq)
    before = path.read_bytes()
    path.write_bytes(before[:kept])
    (paper,) = issued(decided_house)
    started = decided_house.another()
    started.press.start(VILLAGE)
    started.press.stop()
    assert path.read_bytes()[: paper.size_bytes] == before[: paper.size_bytes]
    assert len(issued(decided_house)) == 1


def test_other_bytes_never_take_the_place_of_an_issued_paper(decided_house):
    """Other fonts after an update, say: what people hold in their hands stays what the kiosk gives out."""
    (seq,) = published(decided_house)
    path = file_of(decided_house, seq)
    path.unlink()
    started = decided_house.another()
    sans = "@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf"
    modules = ROOT / "node_modules"
    started.press._fonts = FontFolder.from_node_modules(modules, fangsong=modules / sans)
    started.press.start(VILLAGE)
    started.press.stop()
    assert not path.exists()
    assert len(issued(decided_house)) == 1


# --- what prints


def test_every_name_of_the_register_and_every_wording_prints():
    people = demonstration_people()
    names = [person.name for person in people]
    assert len(names) == 300
    told = [sentence for pair in wording.REASONS.values() for sentence in pair]
    for words in (wording.BODIES, wording.STAGES_LONG, wording.STAGES_SHORT, wording.CAPACITIES,
                  wording.ROLES, wording.ORIGINS, wording.CHOICES, wording.SEXES,
                  wording.SOURCES, wording.GAPS):  # fmt: skip
        told += words.values()
    rows = tuple((person.name, person.title, f"{person.name}签到") for person in people)
    columns = (Column("姓名", 2), Column("职务", 3), Column("签到", 2))
    blocks = (
        Heading(1, "一、名册"),
        Table(columns, rows),
        Heading(1, "二、人名"),
        Paragraph("、".join(names)),
        *(Paragraph(sentence) for sentence in told),
    )
    pdf = render(Document("名册", blocks), FontFolder.from_node_modules(ROOT / "node_modules"))
    printed = solid(text_of(pdf))
    assert [name for name in names if f"{name}签到" not in printed] == []
    assert [sentence for sentence in told if solid(sentence) not in printed] == []
    for rare in "䶮㛃埗塱堃玥翀峎":
        assert rare in printed
    assert bare_pages(pdf) == []


@pytest.mark.parametrize("in_favour", [16, 15])
def test_the_resolution_says_what_was_decided_with_its_numbers(house, in_favour):
    house.decided(in_favour=in_favour, against=26 - in_favour).set_papers()
    pdf = file_of(house, *published(house)).read_bytes()
    printed = solid(text_of(pdf))
    against, carried = 26 - in_favour, in_favour == 16
    assert f"赞成{in_favour}＋反对{against}＋弃权2＋未表决2＝到会30" in printed
    assert "应到45实到30：30×3=90≥45×2=90→达到三分之二" in printed
    assert ("→超过到会人数一半，通过" in printed) is carried
    assert ("→没有超过到会人数一半，未通过" in printed) is not carried
    assert ("《公益性骨灰楼选址与建设方案》未获通过" in printed) is not carried
    assert ("选址在村北虎头岭集体荒坡地" in printed) is carried
    assert "自2026年11月22日起至2026年12月6日止公布，首尾计共15日" in printed
    assert "村民委员会组织法第三十五条" in printed
    assert "金塱村民决〔2026〕1号" in printed
    assert printed.count("演示") >= len(PdfReader(BytesIO(pdf)).pages)
    assert bare_pages(pdf) == []


def test_the_resolution_tells_of_no_voter_and_of_no_phone_but_the_offices(decided_house):
    pdf = file_of(decided_house, *published(decided_house)).read_bytes()
    printed = solid(text_of(pdf))
    for person in demonstration_people():
        assert person.name not in printed
        assert person.phone not in printed
        assert person.id not in printed
    assert "区咏翀" not in printed
    offices = set(public_phones(decided_house.village()))
    assert set(re.findall(r"0\d{3}-\d{7}", printed)) <= offices
    assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)", printed)
    told = PdfReader(BytesIO(pdf)).metadata
    assert told.author == "金塱村村民委员会"
    assert told.creation_date == decided_house.entries(PublicationOpened)[-1].at


def test_the_paper_names_the_entry_of_the_journal_it_was_set_from(decided_house):
    (seq,) = published(decided_house)
    printed = solid(text_of(file_of(decided_house, seq).read_bytes()))
    digest = hashlib.sha256(decided_house.lines()[seq - 1].encode()).hexdigest()
    assert f"（日志第{seq}条）" in printed
    assert f"校验值{digest}" in printed
    assert f"{decided_house.settings.public_url}/r/2026-1" in printed
