"""The bundle verifies, by a program of its own; and whatever is done to it is found and named."""

import hashlib
import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from flask import Flask
from forging import canonical, chained, drop, event_of, put, repeat, root_over
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.core import commands as c
from kiosk.core.ballot_terms import Channel, Choice
from kiosk.core.papers import file_name
from kiosk.core.terms import CHINA, CommandId, PersonId, Picture, Role, VoteId
from kiosk.core.values import Actor
from kiosk.demo.people import demonstration_people
from kiosk.demo.story import MATTER, TODAY, VILLAGE, Story
from kiosk.evidence.audit import verify
from kiosk.evidence.bundle import Bundle, ExportRefused, export
from kiosk.service import Kiosk
from kiosk.store.database import migrate, open_database
from kiosk.store.journal import SqlJournal
from kiosk.store.photos import Photos
from kiosk.typeset.fonts import FontFolder
from kiosk.typeset.press import Press

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=CHINA)
VOTE = VoteId("vote-4")
PARTS = ("part-0001.mp4", "part-0002.mp4")


@dataclass
class House:
    """A kiosk after the fourth meeting, with its papers, films and photographs on the disk."""

    kiosk: Kiosk
    press: Press
    films: Path
    photos: Photos

    def export(self, out: Path) -> Bundle:
        press, films, photos = self.press.path, self.films.joinpath, self.photos.path
        return export(self.kiosk, VILLAGE, press, films, out, photos)


def film_of_noise(folder: Path) -> dict[str, tuple[int, str]]:
    """Parts of noise in fragments of a thousand bytes, chained; where the chain ends with each."""
    folder.mkdir(parents=True)
    heads, lines, h = {}, [], bytes(32)
    for number, part in enumerate(PARTS):
        content = hashlib.shake_256(part.encode()).digest(5000 + number)
        (folder / part).write_bytes(content)
        for i, off in enumerate(range(0, len(content), 1000)):
            h = hashlib.sha256(h + content[off : off + 1000]).digest()
            length = len(content[off : off + 1000])
            lines.append({"part": part, "i": i, "off": off, "len": length, "t": 1.0, "h": h.hex()})
        heads[part] = (len(lines), h.hex())
    (folder / "chain.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    return heads


def play(kiosk: Kiosk, films: Path, photos: Photos) -> None:
    numbers = count(1)

    def do(role: Role, command: c.Command, person: str | None = None) -> None:
        actor = Actor(role, PersonId(person) if person else None)
        kiosk.execute(VILLAGE, command, actor, CommandId(f"today-{next(numbers):04d}"))

    voters = [s.person for s in kiosk.village(VILLAGE).meeting(TODAY).seats.values() if s.votes]
    assert len(voters) == 45
    observer = next(
        s.person for s in kiosk.village(VILLAGE).meeting(TODAY).seats.values() if not s.votes
    )
    for person in [*voters[:31], observer]:
        do(Role.TELLER, c.CheckIn(TODAY, person), "p0009")
    do(Role.TELLER, c.CheckOut(TODAY, voters[30]), "p0009")
    do(Role.CHAIR, c.OpenMeeting(TODAY), "p0002")
    do(Role.KIOSK, c.StartRecording(TODAY, "film", sound=True))
    do(Role.CHAIR, c.DeclareRecusal(TODAY, MATTER, voters[29], "与承建人是兄弟"), "p0002")
    do(Role.CHAIR, c.OpenVote(TODAY, (MATTER,), VOTE, running_tally=True), "p0002")
    for place, person in enumerate(voters[:27]):
        choice = Choice.FOR if place < 16 else Choice.AGAINST if place < 25 else Choice.ABSTAIN
        do(Role.VOTER, c.CastBallot(TODAY, VOTE, person, (choice,), Channel.KIOSK_SCREEN), person)
    do(Role.CHAIR, c.CloseVote(TODAY, VOTE, unused_confirmed=True), "p0002")
    do(Role.CHAIR, c.Adjourn(TODAY), "p0002")
    heads = film_of_noise(films / TODAY)
    for number, part in enumerate(PARTS):
        content = (films / TODAY / part).read_bytes()
        began = NOW + timedelta(minutes=10 * number)
        digest = hashlib.sha256(content).hexdigest()
        do(
            Role.KIOSK,
            c.SealSegment(
                TODAY,
                part,
                len(content),
                digest,
                began,
                began + timedelta(minutes=10),
                600_000,
                *heads[part],
            ),
        )
    do(Role.KIOSK, c.StopRecording(TODAY))
    board = photos.file(photos.show(b"the notice board"), "first_day.jpg")
    assert board is not None
    do(Role.SECRETARY, c.AttachPhoto(MATTER, Picture.FIRST_DAY, board), "p0003")


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> House:
    data = tmp_path_factory.mktemp("house")
    engine = open_database(Flask("evidence"), f"sqlite:///{data / 'kiosk.sqlite3'}")
    migrate(engine)
    store = SqlJournal(engine)
    Story(store, demonstration_people(), NOW, "http://127.0.0.1:8000").tell()
    ticks = count()
    kiosk = Kiosk(store, lambda: NOW + timedelta(seconds=next(ticks)))
    photos = Photos(data / "photos")
    play(kiosk, data / "films", photos)
    fonts = FontFolder.from_node_modules(ROOT / "node_modules")
    tokens = count()
    press = Press(kiosk, data / "papers", fonts, lambda: f"press-{next(tokens)}")
    for paper in press.owed(VILLAGE, seq_of(kiosk.lines(VILLAGE), "PublicationOpened")):
        press.set_paper(VILLAGE, paper)
    yield House(kiosk, press, data / "films", photos)
    engine.dispose()


@pytest.fixture(scope="module")
def original(house, tmp_path_factory) -> Path:
    bundle = house.export(tmp_path_factory.mktemp("bundle") / "out")
    assert bundle.missing == ()
    assert (bundle.papers, bundle.segments, bundle.photos) == (5, 2, 1)
    return bundle.folder


@pytest.fixture
def bundle(original, tmp_path) -> Path:
    """A copy that may be damaged."""
    return Path(shutil.copytree(original, tmp_path / "copy"))


@pytest.fixture(scope="module")
def victim(original, tmp_path_factory) -> Path:
    """A copy whose journal and manifest each damage writes anew."""
    return Path(shutil.copytree(original, tmp_path_factory.mktemp("victim") / "copy"))


def seq_of(lines: list[str], kind: str) -> int:
    return max(n for n, line in enumerate(lines, 1) if f'"kind":"{kind}"' in line)


def code_of(line: bytes) -> str:
    digits = str(int(hashlib.sha256(line).hexdigest()[:16], 16)).zfill(16)[-16:]
    return "-".join(re.findall("....", digits))


def paper_code(bundle: Path) -> str:
    lines = (bundle / "journal.jsonl").read_bytes().splitlines()
    published = seq_of([line.decode() for line in lines], "PublicationOpened")
    return code_of(lines[published - 1])


def forge(bundle: Path, change) -> None:
    """Let `change` edit the entries, then chain them anew and write the manifest to match."""
    entries = [json.loads(line) for line in (bundle / "journal.jsonl").read_bytes().splitlines()]
    lines = chained(change(entries) or entries)
    (bundle / "journal.jsonl").write_bytes(b"".join(line + b"\n" for line in lines))
    manifest = json.loads((bundle / "manifest.json").read_bytes())
    head = {"seq": len(lines), "digest": hashlib.sha256(lines[-1]).hexdigest()}
    manifest |= {"head": head, "check_code": code_of(lines[-1]), "extract": [[1, len(lines)]]}
    manifest["root"] = root_over(lines)
    journal = (bundle / "journal.jsonl").read_bytes()
    digest = hashlib.sha256(journal).hexdigest()
    manifest["files"]["journal.jsonl"] = {"size_bytes": len(journal), "sha256": digest}
    (bundle / "manifest.json").write_bytes(canonical(manifest) + b"\n")


def run(
    *arguments: object, cwd: Path | None = None, python: str = sys.executable
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [python, "-I", *map(str, arguments)],
        cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


# --- the bundle as it was written


def test_an_untouched_bundle_verifies_and_its_votes_are_counted_again(original) -> None:
    verdict = verify(original, paper_code(original))
    assert verdict.faults == []
    assert verdict.votes == 4
    assert verdict.files == {"录像": 2, "文书": 5, "照片": 1}
    assert verdict.entries == len((original / "journal.jsonl").read_bytes().splitlines())
    assert "应到 45 到会 30 赞成 16 反对 9 弃权 2 未表决 3（其中回避 1）" in verdict.results[-1]
    assert "16×2 > 到会 30×1，通过" in verdict.results[-1]


def test_the_copy_runs_alone_in_another_folder(original, tmp_path) -> None:
    program = shutil.copy(original / "audit.py", tmp_path / "alone.py")
    good = run(program, original, "--code", paper_code(original), cwd=tmp_path)
    assert (good.returncode, good.stderr) == (0, "")
    assert re.search(
        r"日志 \d+ 条，表决 4 次，录像 2 段，文书 5 份，照片 1 张\n通过\n$", good.stdout
    )
    bad = run(program, original, "--code", "0000-0000-0000-0000", cwd=tmp_path)
    assert bad.returncode == 1
    assert "不通过\n校验码：与日志的任何一条都不符" in bad.stdout
    assert run(program, tmp_path / "nowhere", cwd=tmp_path).returncode == 2
    assert run(program, cwd=tmp_path).returncode == 2


def test_the_verifier_names_no_module_but_the_standard_library() -> None:
    source = (ROOT / "kiosk/evidence/audit.py").read_text("utf-8")
    modules = set(re.findall(r"^\s*(?:from|import) (\w+)", source, re.MULTILINE))
    assert modules <= set(sys.stdlib_module_names)


def test_a_stranger_can_check_by_hand_as_the_readme_says(original) -> None:
    readme = (original / "README.txt").read_text("utf-8")
    shell = [line for line in readme.splitlines() if line.startswith("       ")]
    digest, prev, code, *_ = (
        subprocess.run(["bash", "-c", line], cwd=original, capture_output=True, check=True).stdout
        for line in shell
    )
    assert digest[:64] in prev
    dashed = "-".join(re.findall("....", code.decode().strip()))
    assert dashed == json.loads((original / "manifest.json").read_bytes())["check_code"]
    assert dashed in readme
    assert paper_code(original) in readme


def test_a_check_code_may_be_typed_as_people_type(original) -> None:
    code = paper_code(original)
    wide = code.translate({ord("0") + n: 0xFF10 + n for n in range(10)})
    for typed in (code, f" 校验码 {code} ", code.replace("-", ""), wide):
        assert verify(original, typed).faults == []
    assert verify(original, "123").faults == ["校验码：应为 16 位数字"]


def test_a_folder_in_use_and_a_village_without_a_journal_are_refused(house, tmp_path) -> None:
    (tmp_path / "note.txt").write_text("x")
    with pytest.raises(ExportRefused, match="空的文件夹"):
        house.export(tmp_path)
    with pytest.raises(ExportRefused, match="空的文件夹"):
        house.export(tmp_path / "note.txt")
    with pytest.raises(ExportRefused, match="还没有会议日志"):
        export(house.kiosk, "nowhere", house.press.path, house.films.joinpath, tmp_path / "new")


def test_what_is_missing_at_export_is_listed_and_found_by_the_verifier(house, tmp_path) -> None:
    bundle = export(
        house.kiosk, VILLAGE, lambda *_: tmp_path / "gone", lambda _: tmp_path, tmp_path / "out"
    )
    seq = seq_of(house.kiosk.lines(VILLAGE), "PublicationOpened")
    due = house.press.owed(VILLAGE, seq)
    papers = sorted(f"papers/{file_name(paper)}" for paper in due)
    photo = f"photos/{hashlib.sha256(b'the notice board').hexdigest()}.jpg"
    films = [f"recordings/{TODAY}/{part}" for part in PARTS]
    chain = f"recordings/{TODAY}/chain.jsonl"
    assert sorted(bundle.missing) == [*papers, photo, chain, *films]
    faults = verify(bundle.folder).faults
    assert faults[0] == f"录像 {TODAY}/part-0001.mp4：缺少这个文件"
    assert f"照片 {photo.removeprefix('photos/')}：缺少这个文件" in faults
    assert f"文书 {papers[0].removeprefix('papers/')}：缺少这个文件" in faults


# --- damage


def test_every_flipped_bit_of_the_journal_is_named_by_its_entry(original, victim) -> None:
    journal = (original / "journal.jsonl").read_bytes()
    for position in [*range(0, len(journal), 389), len(journal) - 1]:
        damaged = bytearray(journal)
        damaged[position] ^= 1 << position % 8
        (victim / "journal.jsonl").write_bytes(damaged)
        faults = verify(victim).faults
        seq = journal.count(b"\n", 0, position) + 1
        assert faults, position
        assert faults[0].startswith(f"日志第 {seq} 条："), (position, seq, faults)
    (victim / "journal.jsonl").write_bytes(journal)


def test_a_flipped_bit_in_a_link_names_the_entry_that_holds_it(original, victim) -> None:
    journal = (original / "journal.jsonl").read_bytes()
    lines = journal.splitlines(keepends=True)
    for seq in (1, 2, 57, len(lines)):
        start = len(b"".join(lines[: seq - 1])) + lines[seq - 1].index(b'"prev":"') + 8
        damaged = bytearray(journal)
        damaged[start] = ord("a") if damaged[start] != ord("a") else ord("b")
        (victim / "journal.jsonl").write_bytes(damaged)
        assert verify(victim).faults[0].startswith(f"日志第 {seq} 条：")
    (victim / "journal.jsonl").write_bytes(journal)


def test_every_flipped_bit_of_the_manifest_is_found(original, victim) -> None:
    manifest = (original / "manifest.json").read_bytes()
    for position in range(0, len(manifest), 5):
        damaged = bytearray(manifest)
        damaged[position] ^= 1 << position % 8
        (victim / "manifest.json").write_bytes(damaged)
        (fault,) = verify(victim).faults
        assert "清单" in fault, position
    (victim / "manifest.json").write_bytes(manifest)


@pytest.mark.parametrize("name", ["recordings/*/part-0002.mp4", "papers/*.pdf", "photos/*.jpg"])
def test_a_flipped_bit_of_a_film_a_paper_or_a_photograph_names_it(bundle, name) -> None:
    path = next(bundle.glob(name))
    content = path.read_bytes()
    for position in range(0, len(content), len(content) // 9):
        damaged = bytearray(content)
        damaged[position] ^= 1 << position % 8
        path.write_bytes(damaged)
        faults = verify(bundle).faults
        assert len(faults) == (2 if path.suffix == ".mp4" else 1), "of a film the fragment too"
        assert path.name in faults[0]
        assert "内容与日志不符" in faults[0]
    path.write_bytes(content[:-1])
    assert "大小不同" in verify(bundle).faults[0]
    path.unlink()
    assert "缺少这个文件" in verify(bundle).faults[0]


def test_lines_dropped_swapped_repeated_and_cut_off_are_named(bundle) -> None:
    lines = (bundle / "journal.jsonl").read_bytes().splitlines(keepends=True)
    swapped = [*lines[:56], lines[57], lines[56], *lines[58:]]
    cases = {
        57: [*lines[:56], *lines[57:]],
        58: [*lines[:57], lines[56], *lines[57:]],
        len(lines): lines[:-1],
        len(lines) + 1: [*lines, lines[-1].replace(b'"seq":%d' % len(lines), b'"seq":0')],
        31: [*lines[:30], lines[30][:40]],
    }
    for seq, damaged in [*cases.items(), (57, swapped)]:
        (bundle / "journal.jsonl").write_bytes(b"".join(damaged))
        assert verify(bundle).faults[0].startswith(f"日志第 {seq} 条：")


def test_an_empty_or_missing_file_is_named(bundle) -> None:
    for name in ("journal.jsonl", "manifest.json"):
        content = (bundle / name).read_bytes()
        (bundle / name).write_bytes(b"")
        assert verify(bundle).faults
        (bundle / name).unlink()
        assert name in verify(bundle).faults[0]
        (bundle / name).write_bytes(content)
    assert verify(bundle).faults == []


def test_a_file_that_the_journal_does_not_name_is_pointed_out(bundle) -> None:
    (bundle / "papers" / "fake.pdf").write_bytes(b"%PDF")
    (bundle / "photos" / "fake.jpg").write_bytes(b"JPEG")
    told = ["papers/fake.pdf：日志里没有这个文件", "photos/fake.jpg：日志里没有这个文件"]
    assert verify(bundle).faults == told


QUIET = settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@QUIET
@given(data=st.data(), name=st.sampled_from(["journal.jsonl", "manifest.json"]))
def test_no_damage_makes_the_verifier_fail_or_pass(original, victim, data, name) -> None:
    content = (original / name).read_bytes()
    start = data.draw(st.integers(0, len(content) - 1))
    end = data.draw(st.integers(start, min(len(content), start + 300)))
    put = data.draw(st.binary(max_size=40) | st.sampled_from([b"[" * 9000, b"\n", b"1e999", b"{}"]))
    damaged = content[:start] + put + content[end:]
    (victim / name).write_bytes(damaged)
    assert bool(verify(victim).faults) == (damaged != content)
    (victim / name).write_bytes(content)


ODD = (
    st.none()
    | st.booleans()
    | st.integers(-5, 400)
    | st.text(max_size=5)
    | st.just([])
    | st.just({})
)


@QUIET
@given(data=st.data())
def test_no_forged_field_makes_the_verifier_fail(original, victim, data) -> None:
    def put_odd_value(entries: list[dict]) -> None:
        kinds = sorted({entry["event"]["kind"] for entry in entries})
        event = event_of(entries, data.draw(st.sampled_from(kinds)))
        event[data.draw(st.sampled_from(sorted(event)))] = data.draw(ODD)

    forge(victim, put_odd_value)
    verify(victim)
    for name in ("journal.jsonl", "manifest.json"):
        shutil.copyfile(original / name, victim / name)


# --- forgery: everything chained anew, the manifest to match


def flip_a_ballot(entries: list[dict]) -> None:
    event_of(entries, "BallotCast")["answer"] = ["for"]


def test_a_forged_ballot_is_found_by_counting_again(bundle) -> None:
    forge(bundle, flip_a_ballot)
    (fault,) = (f for f in verify(bundle).faults if "计票" in f)
    assert fault.endswith("重算为赞成 17 反对 9 弃权 1 未表决 3（其中回避 1）")


def test_a_journal_forged_throughout_is_found_only_by_the_code_on_paper(bundle) -> None:
    code = paper_code(bundle)

    def rewrite(entries: list[dict]) -> None:
        flip_a_ballot(entries)
        closed = event_of(entries, "VoteClosed")
        for counts in (closed["tally"]["counts"], closed["subtotals"][0]["counts"]):
            counts[0]["count"], counts[2]["count"] = 17, 1

    forge(bundle, rewrite)
    assert verify(bundle).faults == []
    assert verify(bundle, code).faults == ["校验码：与日志的任何一条都不符，日志不是签字时的那一本"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (put("VoteClosed", carried=False), "结果应为通过"),
        (put("VoteClosed", base=45), "计算基数应为到会 30 人"),
        (put("VoteClosed", 0, base=4), "计算基数应为应到"),
        (repeat("BallotCast"), "一个人投了两张票"),
        (repeat("CheckedOut"), "离场的人没有签到"),
        (repeat("SegmentSealed"), "同一段录像封存两次"),
        (drop("BallotCast"), "计票与选票不符"),
        (drop("MeetingAdjourned"), "散会时所作的决议"),
        (drop("PublicationOpened"), "散会时所作的决议"),
        (drop("RecordingStarted"), "录像没有开始"),
        (put("PaperIssued", source_seq=3), "文书所据的第 3 条不是"),
        (put("RecordingStopped", kind="VoteForgotten"), "不认识的条目 VoteForgotten"),
    ],
)  # fmt: skip
def test_a_forgery_against_the_rules_is_found_in_the_bundle(bundle, change, why) -> None:
    forge(bundle, change)
    faults = verify(bundle).faults
    assert why in faults[0]
    assert faults[0].startswith("日志第 ")


def interpreters() -> list[str]:
    """Our own, and those of other ages that the machine really has."""
    others = (shutil.which(f"python3.{age}") for age in range(9, 15))
    there = [name for name in others if name and run("-c", "", python=name).returncode == 0]
    return [sys.executable, *there]


@pytest.mark.parametrize("python", interpreters())
def test_whatever_python_there_is_verifies_it(original, python) -> None:
    done = run(original / "audit.py", original, python=python)
    assert (done.returncode, done.stderr) == (0, "")
