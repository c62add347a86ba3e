"""The file of a matter: everything of it and nothing else, made again the same, and officers may take it away."""

import hashlib
import io
import re
import subprocess
import zipfile
from collections import Counter

import kiosk_fixtures
import pytest
from kiosk_fixtures import SECRETARY, SUPERVISOR, VILLAGE, another_matter, wait_until

from kiosk.core import commands as c
from kiosk.core.events import MatterEnded, PaperIssued
from kiosk.core.journal import read
from kiosk.core.papers import concerning
from kiosk.core.refusals import Reason, Refused
from kiosk.core.terms import Body, CorrectionId, Edition, MatterId, Paper, Picture, Role, Stage
from kiosk.demo.story import MATTER
from kiosk.store.photos import Photos

founded_database, house = kiosk_fixtures.founded_database, kiosk_fixtures.house
whole_database, whole_house = kiosk_fixtures.whole_database, kiosk_fixtures.whole_house
papered_database, papered_house = kiosk_fixtures.papered_database, kiosk_fixtures.papered_house

CANTEEN, GIVEN_UP = MatterId("canteen"), MatterId("matter-2")
PICTURE = b"\xff\xd8 a picture \xff\xd9"


@pytest.fixture
def given_up(house):
    """A matter that the Party committee did not take up: ended and archived, with a photograph on file."""
    house.do(another_matter())
    photos = Photos(house.settings.data_dir / "photos")
    attachment = photos.file(photos.show(PICTURE), "审查意见书.jpg")
    house.do(c.AttachPhoto(GIVEN_UP, Picture.REVIEW, attachment))
    house.meet(Body.PARTY_COMMITTEE, GIVEN_UP, in_favour=0)
    house.do(c.EndMatter(GIVEN_UP, "意见分歧较大"))
    opinion = c.FileOpinion(GIVEN_UP, Stage.PROPOSAL, favourable=True, text="程序合规")
    house.do(opinion, Role.SUPERVISOR, SUPERVISOR)
    house.do(c.ArchiveMatter(GIVEN_UP))
    return house.set_papers()


def opened(path):
    """The files in the zip by their names, without the one folder that they are all in."""
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        found = {name: archive.read(name) for name in archive.namelist()}
    (folder,) = {name.partition("/")[0] for name in found}
    return {name.removeprefix(f"{folder}/"): data for name, data in found.items()}


def text(files, name):
    return files[name].decode()


# --- what is in it


def test_the_file_holds_the_index_every_paper_the_opinions_and_its_part_of_the_journal(
    papered_house,
):
    files = opened(papered_house.app.filing.zipped(CANTEEN))
    papers = sorted(name for name in files if name.startswith("文书/"))
    named = Counter(re.sub(r"文书/日志\d{6} (.*?)(（.*|)\.pdf", r"\1", name) for name in papers)
    assert named == {
        "议题提议表": 2, "会议通知": 8, "会前准备情况": 4, "计票单": 4,
        "签到表": 8, "会议记录": 8, "决议书": 2, "决议公示": 2, "公示海报": 2,
        "实施进度与验收表": 2, "实施结果公示": 2, "村务监督意见书": 12, "案卷封面": 1, "备考表": 1, "卷内目录": 1,
    }  # fmt: skip
    assert sum("（存档版）" in name for name in papers) == 34
    assert all(files[name].startswith(b"%PDF") for name in papers)
    opinions = text(files, "意见与答复.txt")
    assert opinions.count("　同意　罗振邦") == 6
    assert "公示张贴满15日，未收到异议。" in opinions
    assert "没有缺少" in text(files, "README.txt")


def test_the_lines_of_the_journal_are_word_for_word_and_only_those_of_the_matter(whole_house):
    files = opened(whole_house.app.filing.zipped(CANTEEN))
    lines = text(files, "日志摘录.jsonl").splitlines()
    journal = whole_house.lines()
    assert len(lines) > 200
    assert [journal[read(line).seq - 1] for line in lines] == lines
    assert not [line for line in lines if "村道硬化" in line or "文化广场" in line]
    told = text(files, "日志摘录（文字）.txt").splitlines()
    assert len(told) == len(lines)
    assert told[0].startswith(f"第{read(lines[0]).seq}条　")
    assert not [line for line in told if line.endswith(("赞成", "反对", "弃权"))]


def test_of_a_meeting_on_several_matters_only_the_votes_on_this_one_are_in_its_file(whole_house):
    entries = [read(line) for line in whole_house.lines()]
    road, square = (concerning(entries, MatterId(name)) for name in ("road", "square"))
    shared = {entry.seq for entry in road} & {entry.seq for entry in square}
    kinds = {type(entry.event).__name__ for entry in entries if entry.seq in shared}
    assert {"MeetingConvened", "CheckedIn", "MeetingOpened", "MeetingAdjourned"} <= kinds
    assert not kinds & {"VoteOpened", "BallotCast", "VoteClosed", "MatterRaised"}


def test_the_need_that_a_matter_took_up_is_in_its_file(whole_house):
    entries = [read(line) for line in whole_house.lines()]
    kinds = [type(e.event).__name__ for e in concerning(entries, MatterId("road"))]
    assert kinds[0] == "NeedFiled"
    assert kinds.count("NeedFiled") == 1


def test_the_manifest_is_read_by_the_ordinary_tool(papered_house, tmp_path):
    with zipfile.ZipFile(papered_house.app.filing.zipped(CANTEEN)) as archive:
        archive.extractall(tmp_path / "out")
    command = ["sha256sum", "--check", "--strict", "校验清单.txt"]
    done = subprocess.run(
        command, check=False, cwd=tmp_path / "out" / CANTEEN, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count(": OK") == len(list((tmp_path / "out").rglob("*.*"))) - 1


def test_a_photograph_is_in_the_file_under_the_entry_that_names_it(given_up):
    files = opened(given_up.app.filing.zipped(GIVEN_UP))
    (name,) = (name for name in files if name.startswith("照片/"))
    assert re.fullmatch(r"照片/日志\d{6} 审查意见书\.jpg", name)
    assert files[name] == PICTURE


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda path: path.unlink(), "没有找到"),
        (lambda path: path.write_bytes(b"another"), "内容与日志不符，没有放入"),
    ],
)
def test_a_photograph_that_is_lost_or_changed_is_said_to_be_missing(given_up, damage, said):
    photos = given_up.settings.data_dir / "photos"
    digest = hashlib.sha256(PICTURE).hexdigest()
    for folder in (photos, photos / "shown"):
        damage(folder / f"{digest}.jpg")
    files = opened(given_up.app.filing.zipped(GIVEN_UP))
    assert not [name for name in files if name.startswith("照片/")]
    assert re.search(rf"审查意见书\.jpg：{said}", text(files, "README.txt"))


# --- made again the same


def test_another_kiosk_makes_the_same_zip_from_the_same_journal_papers_and_photographs(given_up):
    first = given_up.app.filing.zipped(GIVEN_UP)
    before = first.read_bytes()
    first.unlink()
    again = given_up.another().filing.zipped(GIVEN_UP)
    assert again == first
    assert again.read_bytes() == before


def test_the_same_record_is_not_packed_twice(given_up):
    first = given_up.app.filing.zipped(GIVEN_UP)
    made = first.stat().st_mtime_ns
    given_up.app.filing.zipped(GIVEN_UP)
    given_up.do(another_matter("matter-3"))
    given_up.app.filing.zipped(GIVEN_UP)
    given_up.another().filing.zipped(GIVEN_UP)
    assert first.stat().st_mtime_ns == made


def test_a_correction_after_the_archive_comes_into_the_file(given_up):
    before = text(opened(given_up.app.filing.zipped(GIVEN_UP)), "日志摘录（文字）.txt")
    seq = next(entry.seq for entry in given_up.entries(MatterEnded))
    given_up.do(c.ProposeCorrection(CorrectionId("one"), seq, "原因写错了", "资金没有落实"))
    after = text(opened(given_up.app.filing.zipped(GIVEN_UP)), "日志摘录（文字）.txt")
    assert after.startswith(before.rstrip("\n"))
    assert "资金没有落实" in after


def test_the_file_is_made_by_itself_when_its_index_is_set(given_up):
    zipped = given_up.settings.archives_dir / f"{GIVEN_UP}.zip"
    assert not zipped.exists()
    started = given_up.another()
    started.filing.start()
    (index,) = (p for p in given_up.events(PaperIssued) if p.paper is Paper.FILE_INDEX)
    entry = next(e for e in given_up.entries(PaperIssued) if e.event == index)
    started.parts.kiosk._tell(VILLAGE, [entry], given_up.kiosk.known(VILLAGE))
    wait_until(zipped.exists)
    started.filing.stop()
    folder = given_up.settings.archives_dir / GIVEN_UP
    assert {p.relative_to(folder).as_posix() for p in folder.rglob("*.*")} == opened(zipped).keys()


def test_a_matter_that_is_not_archived_has_no_file(house):
    with pytest.raises(Refused) as refused:
        house.app.filing.zipped(MATTER)
    assert refused.value.reason is Reason.MATTER_NOT_DONE


# --- who may take it away


def test_an_officer_downloads_the_whole_file(given_up):
    officer = given_up.officer(SECRETARY)
    answer = officer.get(f"/matters/{GIVEN_UP}/file.zip")
    assert answer.status_code == 200
    assert answer.mimetype == "application/zip"
    assert opened(io.BytesIO(answer.data)) == opened(given_up.app.filing.zipped(GIVEN_UP))


def test_whoever_is_not_signed_in_gets_neither_files_nor_papers(given_up):
    stranger = given_up.visitor()
    for path in (f"/matters/{GIVEN_UP}/file.zip", f"/papers/{GIVEN_UP}/file_index.pdf"):
        assert stranger.get(path).location == "/signin"


def test_before_the_archive_the_page_says_when_the_file_can_be_had(house):
    answer = house.officer(SECRETARY).get(f"/matters/{MATTER}/file.zip")
    assert answer.status_code == 409
    assert "这个事项还没有归档。" in answer.text
    assert house.officer(SECRETARY).get("/matters/nothing/file.zip").status_code == 409


def test_an_officer_opens_the_newest_paper_of_a_kind(papered_house):
    officer = papered_house.officer(SECRETARY)
    for subject, paper in (
        ("representatives-canteen", Paper.NOTICE),
        ("representatives-canteen-vote-1", Paper.TALLY_SHEET),
        ("canteen", Paper.RESOLUTION),
        ("canteen", Paper.RESULT),
        ("canteen", Paper.FILE_INDEX),
    ):
        answer = officer.get(f"/papers/{subject}/{paper.value}.pdf")
        issued = [
            p
            for p in papered_house.events(PaperIssued)
            if (p.subject, p.paper, p.edition) == (subject, paper, Edition.ARCHIVE)
        ]
        assert answer.mimetype == "application/pdf"
        content = answer.data[: issued[-1].size_bytes]
        assert hashlib.sha256(content).hexdigest() == issued[-1].sha256


def test_a_paper_that_is_not_set_yet_is_said_to_be_so_and_others_are_not_found(house):
    house.decided()
    officer = house.officer(SECRETARY)
    answer = officer.get(f"/papers/{MATTER}/resolution.pdf")
    assert answer.status_code == 404
    assert "这份文书还没有制成。" in answer.text
    for path in ("/papers/nothing/resolution.pdf", f"/papers/{MATTER}/poem.pdf"):
        assert "没有这一页" in officer.open(path, 404)
