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
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.core import commands as c
from kiosk.core.journal import KINDS
from kiosk.core.rules import ROWS
from kiosk.core.terms import CHINA, Base, Channel, Choice, CommandId, Paper, PersonId, Role, VoteId
from kiosk.core.values import Actor
from kiosk.demo.people import demonstration_people
from kiosk.demo.story import MATTER, TODAY, VILLAGE, Story
from kiosk.evidence.bundle import Bundle, ExportRefused, export
from kiosk.evidence.verify import RULES, Record, verify
from kiosk.service import Kiosk
from kiosk.store.database import migrate, open_database
from kiosk.store.journal import SqlJournal
from kiosk.typeset.fonts import FontFolder
from kiosk.typeset.press import Press

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=CHINA)
VOTE = VoteId("vote-4")
PARTS = ("part-0001.mp4", "part-0002.mp4")


@dataclass
class House:
    """A kiosk after the fourth meeting, with its papers and films on the disk."""

    kiosk: Kiosk
    press: Press
    films: Path

    def export(self, out: Path) -> Bundle:
        return export(self.kiosk, VILLAGE, self.press.path, self.films.joinpath, out)


def play(kiosk: Kiosk, films: Path) -> None:
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
    do(Role.CHAIR, c.OpenVote(TODAY, MATTER, VOTE, running_tally=True), "p0002")
    for place, person in enumerate(voters[:27]):
        choice = Choice.FOR if place < 16 else Choice.AGAINST if place < 25 else Choice.ABSTAIN
        do(Role.VOTER, c.CastBallot(TODAY, VOTE, person, choice, Channel.KIOSK_SCREEN), person)
    do(Role.CHAIR, c.CloseVote(TODAY, VOTE, unused_confirmed=True), "p0002")
    do(Role.CHAIR, c.Adjourn(TODAY), "p0002")
    for number, part in enumerate(PARTS):
        content = hashlib.shake_256(part.encode()).digest(5000 + number)
        (films / TODAY).mkdir(parents=True, exist_ok=True)
        (films / TODAY / part).write_bytes(content)
        began = NOW + timedelta(minutes=10 * number)
        digest = hashlib.sha256(content).hexdigest()
        do(
            Role.KIOSK,
            c.SealSegment(
                TODAY, part, len(content), digest, began, began + timedelta(minutes=10), 600_000
            ),
        )
    do(Role.KIOSK, c.StopRecording(TODAY))


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> House:
    data = tmp_path_factory.mktemp("house")
    engine = open_database(Flask("evidence"), f"sqlite:///{data / 'kiosk.sqlite3'}")
    migrate(engine)
    store = SqlJournal(engine)
    Story(store, demonstration_people(), NOW, "http://127.0.0.1:8000").tell()
    ticks = count()
    kiosk = Kiosk(store, lambda: NOW + timedelta(seconds=next(ticks)))
    play(kiosk, data / "films")
    fonts = FontFolder.from_node_modules(ROOT / "node_modules")
    tokens = count()
    press = Press(kiosk, data / "papers", fonts, lambda: f"press-{next(tokens)}")
    press.set_resolution(VILLAGE, MATTER, seq_of(kiosk.lines(VILLAGE), "PublicationOpened"))
    yield House(kiosk, press, data / "films")
    engine.dispose()


@pytest.fixture(scope="module")
def original(house, tmp_path_factory) -> Path:
    bundle = house.export(tmp_path_factory.mktemp("bundle") / "out")
    assert bundle.missing == ()
    assert (bundle.papers, bundle.segments) == (1, 2)
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


def canonical(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def forge(bundle: Path, change) -> None:
    """Let `change` edit the entries, then chain them anew and write the manifest to match."""
    entries = [json.loads(line) for line in (bundle / "journal.jsonl").read_bytes().splitlines()]
    entries = change(entries) or entries
    prev, lines = "0" * 64, []
    for seq, entry in enumerate(entries, 1):
        lines.append(canonical({**entry, "seq": seq, "prev": prev}))
        prev = hashlib.sha256(lines[-1]).hexdigest()
    (bundle / "journal.jsonl").write_bytes(b"".join(line + b"\n" for line in lines))
    manifest = json.loads((bundle / "manifest.json").read_bytes())
    manifest |= {"head": {"seq": len(lines), "digest": prev}, "check_code": code_of(lines[-1])}
    (bundle / "manifest.json").write_bytes(canonical(manifest) + b"\n")


def of_kind(entries: list[dict], kind: str, place: int = -1) -> dict:
    return [entry["event"] for entry in entries if entry["event"]["kind"] == kind][place]


def run(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", *map(str, arguments)],
        cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


# --- the bundle as it was written


def test_an_untouched_bundle_verifies_and_its_votes_are_counted_again(original) -> None:
    verdict = verify(original, paper_code(original))
    assert verdict.faults == []
    assert (verdict.votes, verdict.segments, verdict.papers) == (4, 2, 1)
    assert verdict.entries == len((original / "journal.jsonl").read_bytes().splitlines())
    assert "应到 45 到会 30 赞成 16 反对 9 弃权 2 未表决 3（其中回避 1）" in verdict.results[-1]
    assert "16×2 > 到会 30×1，通过" in verdict.results[-1]


def test_the_copy_runs_alone_in_another_folder(original, tmp_path) -> None:
    program = shutil.copy(original / "verify.py", tmp_path / "alone.py")
    good = run(program, original, "--code", paper_code(original), cwd=tmp_path)
    assert (good.returncode, good.stderr) == (0, "")
    assert re.search(r"日志 \d+ 条，表决 4 次，录像 2 段，文书 1 份\n通过\n$", good.stdout)
    bad = run(program, original, "--code", "0000-0000-0000-0000", cwd=tmp_path)
    assert bad.returncode == 1
    assert "不通过\n校验码：与日志的任何一条都不符" in bad.stdout
    assert run(program, tmp_path / "nowhere", cwd=tmp_path).returncode == 2
    assert run(program, cwd=tmp_path).returncode == 2


def test_the_verifier_names_no_module_but_the_standard_library() -> None:
    source = (ROOT / "kiosk/evidence/verify.py").read_text("utf-8")
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
    paper = f"papers/{MATTER}-{Paper.RESOLUTION.value}-{seq}.pdf"
    assert sorted(bundle.missing) == [paper, *(f"recordings/{TODAY}/{part}" for part in PARTS)]
    faults = verify(bundle.folder).faults
    assert faults[0] == f"录像 {TODAY}/part-0001.mp4：缺少这个文件"
    assert faults[-1] == f"文书 {paper.removeprefix('papers/')}：缺少这个文件"


# --- damage


def test_every_flipped_bit_of_the_journal_is_named_by_its_entry(original, victim) -> None:
    journal = (original / "journal.jsonl").read_bytes()
    for position in [*range(0, len(journal), 97), len(journal) - 1]:
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
        faults = verify(victim).faults
        assert faults == ["清单 manifest.json：与日志不符"], position
    (victim / "manifest.json").write_bytes(manifest)


@pytest.mark.parametrize("name", ["recordings/*/part-0002.mp4", "papers/*.pdf"])
def test_a_flipped_bit_of_a_film_or_paper_names_it(bundle, name) -> None:
    path = next(bundle.glob(name))
    content = path.read_bytes()
    for position in range(0, len(content), len(content) // 9):
        damaged = bytearray(content)
        damaged[position] ^= 1 << position % 8
        path.write_bytes(damaged)
        assert len(faults := verify(bundle).faults) == 1
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
    assert verify(bundle).faults == ["papers/fake.pdf：日志里没有这个文件"]


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
        event = of_kind(entries, data.draw(st.sampled_from(kinds)))
        event[data.draw(st.sampled_from(sorted(event)))] = data.draw(ODD)

    forge(victim, put_odd_value)
    verify(victim)
    for name in ("journal.jsonl", "manifest.json"):
        shutil.copyfile(original / name, victim / name)


# --- forgery: everything chained anew, the manifest to match


def flip_a_ballot(entries: list[dict]) -> None:
    of_kind(entries, "BallotCast")["choice"] = "for"


def test_a_forged_ballot_is_found_by_counting_again(bundle) -> None:
    forge(bundle, flip_a_ballot)
    (fault,) = (f for f in verify(bundle).faults if "计票" in f)
    assert fault.endswith("重算为赞成 17 反对 9 弃权 1 未表决 3（其中回避 1）")


def test_a_journal_forged_throughout_is_found_only_by_the_code_on_paper(bundle) -> None:
    code = paper_code(bundle)

    def rewrite(entries: list[dict]) -> None:
        flip_a_ballot(entries)
        of_kind(entries, "VoteClosed")["tally"] |= {"votes_for": 17, "abstentions": 1}

    forge(bundle, rewrite)
    assert verify(bundle).faults == []
    assert verify(bundle, code).faults == ["校验码：与日志的任何一条都不符，日志不是签字时的那一本"]


def drop(kind: str, place: int = -1):
    def change(entries: list[dict]) -> list[dict]:
        gone = of_kind(entries, kind, place)
        return [entry for entry in entries if entry["event"] is not gone]

    return change


def put(kind: str, place: int = -1, /, **values: object):
    def change(entries: list[dict]) -> None:
        of_kind(entries, kind, place).update(values)

    return change


def repeat(kind: str):
    def change(entries: list[dict]) -> list[dict]:
        at = max(n for n, entry in enumerate(entries) if entry["event"]["kind"] == kind)
        again = {**entries[at], "command": "again"}
        return [*entries[: at + 1], again, *entries[at + 1 :]]

    return change


def late_ballot(entries: list[dict]) -> list[dict]:
    at = max(n for n, entry in enumerate(entries) if entry["event"]["kind"] == "VoteClosed")
    ballot = next(e for e in reversed(entries) if e["event"]["kind"] == "BallotCast")
    late = {**ballot, "command": "late", "event": {**ballot["event"], "person": "late"}}
    return [*entries[: at + 1], late, *entries[at + 1 :]]


def recused_ballot(entries: list[dict]) -> None:
    recused = of_kind(entries, "VoteOpened")["recused"][0]
    last = [entry for entry in entries if entry["event"]["kind"] == "BallotCast"][-1]
    last["event"]["person"] = last["actor"]["person"] = recused


def vote_for_a_stranger(entries: list[dict]) -> None:
    last = [entry for entry in entries if entry["event"]["kind"] == "BallotCast"][-1]
    last["event"]["person"] = last["actor"]["person"] = "x0001"


def give_an_observer_a_vote(entries: list[dict]) -> None:
    of_kind(entries, "MeetingConvened")["seats"][-1]["votes"] = True


def a_stage_left_out(entries: list[dict]) -> list[dict]:
    meeting = of_kind(entries, "MeetingConvened", 1)["meeting"]
    return [entry for entry in entries if entry["event"].get("meeting") != meeting]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (put("VoteClosed", carried=False), "结果应为通过"),
        (put("VoteClosed", base=45), "计算基数应为到会 30 人"),
        (put("VoteClosed", 0, base=4), "计算基数应为应到"),
        (put("BallotCast", choice="perhaps"), "不认识的表决意见"),
        (put("BallotCast", person="p0001"), "不是本人投的票"),
        (vote_for_a_stranger, "投票的人不是表决人"),
        (recused_ballot, "回避的人投了票"),
        (late_ballot, "没有开始或已经结束"),
        (repeat("BallotCast"), "一个人投了两张票"),
        (repeat("CheckedOut"), "离场的人没有签到"),
        (repeat("SegmentSealed"), "同一段录像封存两次"),
        (drop("BallotCast"), "计票与选票不符"),
        (drop("RecusalDeclared"), "回避名单与声明不符"),
        (drop("CheckedIn", -9), "到会 29 人，不足法定人数"),
        (drop("CheckedOut"), "到会人数与签到不符"),
        (drop("MeetingAdjourned"), "散会时所作的决议"),
        (drop("PublicationOpened"), "散会时所作的决议"),
        (drop("RecordingStarted"), "录像没有开始"),
        (put("MeetingOpened", present=31), "到会人数与签到不符"),
        (give_an_observer_a_vote, "表决权与身份不符"),
        (a_stage_left_out, "阶段次序不对"),
        (put("MeetingConvened", body="two_committees"), "会议次数不连续"),
        (put("MeetingConvened", body="party_committee", ordinal=2), "阶段次序不对"),
        (put("MeetingConvened", starts_at="2026-11-18T01:30:00.000Z"), "提前 1 天通知"),
        (put("PublicationOpened", number=2), "决议编号不连续"),
        (put("PublicationOpened", first_day="2026-11-23"), "公布首日应为散会当天 2026-11-22"),
        (put("PublicationOpened", last_day="2026-12-05"), "公布 14 天，不足 15 天"),
        (put("PublicationOpened", last_day="20261206"), "日期写法不对"),
        (put("PaperIssued", from_seq=3), "文书所据的第 3 条不是"),
        (put("RecordingStopped", kind="VoteVoided"), "不认识的条目 VoteVoided"),
        (put("VoteOpened", meeting="nowhere"), "会议还没有召集"),
    ],
)  # fmt: skip
def test_a_forgery_against_the_rules_is_found(bundle, change, why) -> None:
    forge(bundle, change)
    faults = verify(bundle).faults
    assert why in faults[0]
    assert faults[0].startswith("日志第 ")


def test_without_a_quorum_nothing_opens(bundle) -> None:
    def empty_the_room(entries: list[dict]) -> list[dict]:
        ins = [e for e in entries if e["event"]["kind"] == "CheckedIn"][-15:-5]
        kept = [entry for entry in entries if entry not in ins]
        of_kind(kept, "MeetingOpened")["present"] = 21
        return kept

    forge(bundle, empty_the_room)
    assert "不足法定人数" in verify(bundle).faults[0]


def test_the_verifiers_own_rules_say_what_the_kiosk_does() -> None:
    """Written twice on purpose; a rule or a kind of entry changed on one side only is found here."""
    assert set(Record.STEPS) == set(KINDS)
    for body, row in ROWS.items():
        rule, quorum, majority = RULES[body.value], row.quorum, row.majority
        assert rule.stage == row.stage.value
        assert (*rule.quorum, True) == (quorum.numerator, quorum.denominator, quorum.inclusive)
        assert (*rule.majority, False) == (
            majority.numerator,
            majority.denominator,
            majority.inclusive,
        )
        assert rule.base == ("到会" if row.majority_base is Base.PRESENT else "应到")
        assert rule.notice_days == row.notice_days
        assert rule.voters == {capacity.value for capacity in row.voters}
    assert len(RULES) == len(ROWS)
