"""`kiosk rehearse` as a newcomer types it, and the verifier on what it leaves behind."""

import re
import subprocess
import sys

import cv2
import numpy as np
import pytest
from pypdf import PdfReader

from kiosk.core.history import replay
from kiosk.core.journal import read
from kiosk.core.matters.matter import Phase
from kiosk.core.terms import Paper, Purpose, Stage, day_of

LEAST_LAWFUL_ROLL = 25
"""Five committee members and twenty representatives: four fifths of the whole (村民委员会组织法 §29)."""


@pytest.fixture
def film(tmp_path):
    """A film file: two seconds of a moving square."""
    path = tmp_path / "film.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 25, (640, 360))
    for n in range(50):
        frame = np.full((360, 640, 3), 60, np.uint8)
        cv2.rectangle(frame, (n * 10, 100), (n * 10 + 80, 200), (40, 200, 240), -1)
        writer.write(frame)
    writer.release()
    return path


def kiosk(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kiosk", *arguments],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def test_a_rehearsal_ends_with_everything_in_place_and_any_flipped_byte_is_named(tmp_path, film):
    out = tmp_path / "out"
    held = kiosk("rehearse", "--people", "45", "--camera", str(film), "--out", str(out))
    assert held.returncode == 0, held.stdout + held.stderr
    assert "核验      通过" in held.stdout
    assert "要到30人，实到29人" in held.stdout

    bundle = out / "bundle"
    assert kiosk("audit", str(bundle)).returncode == 0
    for pattern, named in (
        ("journal.jsonl", "日志"),
        ("recordings/**/*.mp4", "part-0001.mp4"),
        ("papers/*.pdf", "文书"),
    ):
        path, *_ = sorted(bundle.glob(pattern))
        whole = path.read_bytes()
        path.unlink()  # it may be a hard link to the kiosk's own file
        path.write_bytes(whole[:1000] + bytes([whole[1000] ^ 1]) + whole[1001:])
        verdict = kiosk("audit", str(bundle))
        assert verdict.returncode == 1
        assert named in verdict.stdout
        path.write_bytes(whole)
    assert kiosk("audit", str(bundle)).returncode == 0


# --- a whole matter


def carried(out, matter):
    """What `kiosk rehearse --matter` said, the village that its bundle holds, its one matter and its last day."""
    held = kiosk(
        "rehearse",
        *("--matter", matter),
        *("--people", str(LEAST_LAWFUL_ROLL)),
        *("--film-height", "360"),
        *("--out", str(out)),
    )
    assert held.returncode == 0, held.stdout + held.stderr
    entries = [read(line) for line in (out / "bundle/journal.jsonl").read_text().splitlines()]
    village = replay(entries)
    (archived,) = village.matters.values()
    return held.stdout, village, archived, day_of(entries[-1].at), out


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    return carried(tmp_path_factory.mktemp("full") / "out", "full")


def test_a_matter_is_carried_from_a_villagers_need_to_the_archive(full):
    said, village, matter, today, out = full
    assert "核验      通过" in said
    assert kiosk("verify", str(out / "matter")).returncode == 0
    assert '"purpose":"rehearsal"' in (out / "matter/manifest.json").read_text("utf-8")
    assert re.search(r"共点按\d+次，请求\d+次，演练时钟走了\d+天，用时[0-9.]+秒", said)
    assert matter.phase(today) is Phase.ARCHIVED
    (need,) = village.needs.values()
    assert need.matter == matter.id
    assert [done.stage for done in matter.deliberations] == list(Stage)[:4]
    assert {photo.picture.value for photo in matter.photos} == {
        "first_day",
        "last_day",
        "before",
        "after",
    }
    assert [p.days() for p in matter.publications] == [15, 15]
    (objection,) = village.objections_to(matter.id)
    assert objection.hearing.answer
    assert matter.works.contracts
    assert matter.works.milestones
    assert matter.works.accepted_at
    assert [opinion.stage for opinion in matter.opinions] == list(Stage)
    papers = [paper.paper for paper in village.papers if paper.subject == matter.id]
    assert {Paper.RESOLUTION, Paper.RESULT, Paper.FILE_INDEX} <= set(papers)


def test_everything_that_a_rehearsal_leaves_behind_says_that_it_is_one(full):
    _said, village, _matter, _today, out = full
    assert village.purpose is Purpose.REHEARSAL
    papers = list((out / "bundle/papers").glob("*.pdf"))
    assert papers
    for paper in papers:
        for page in PdfReader(paper).pages:
            assert "演练" in page.extract_text(), paper.name


def test_a_matter_that_the_party_members_defeat_is_returned_revised_and_passes(tmp_path):
    said, _village, matter, today, _out = carried(tmp_path / "out", "returned")
    assert "核验      通过" in said
    assert "审议：未通过" in said
    assert matter.phase(today) is Phase.ARCHIVED
    assert [(done.stage.value, done.carried) for done in matter.deliberations] == [
        ("proposal", True),
        ("consultation", True),
        ("review", False),
        ("consultation", True),
        ("review", True),
        ("decision", True),
    ]
    (back,) = matter.returns
    assert back.to is Stage.CONSULTATION
    (revision,) = matter.revisions
    assert revision.proposal_after == matter.proposal
    # What was reviewed before the return is reviewed again (合法性审查).
    assert [review.set_aside for review in matter.reviews] == [True, False]


def test_a_rehearsal_does_not_begin_where_something_lies_already(tmp_path):
    (tmp_path / "minutes.txt").write_text("村里的")
    refused = kiosk("rehearse", "--matter", "full", "--out", str(tmp_path))
    assert refused.returncode == 2
    assert "请换一个空文件夹" in refused.stderr
