"""The bundle of one matter, and its two verifiers: each finds whatever is altered, and they agree (ADR 0028)."""

import base64
import errno
import hashlib
import json
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from ballot_lives import BALLOT_LIVES
from browsers import launched
from bundled import (
    Alteration,
    Chance,
    House,
    a_byte,
    alterations,
    as_format_1,
    contents,
    places_of_signature,
    village_with_two_matters,
)
from click.testing import CliRunner
from contest_lives import CONTEST_LIVES
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from forging import canonical, chained, drop, entries_of, event_of, put
from lives import LIVES, WELL
from simulator import MATTER

from kiosk.cli import cli
from kiosk.core.tree import Tree, subjects
from kiosk.evidence.audit import check_code
from kiosk.evidence.bundle import VERIFIER, matter_called
from kiosk.evidence.carried.verify import Wrong, verify
from kiosk.evidence.carried.verify_signatures import N, is_signature
from kiosk.evidence.placing import ExportRefused, plainly_told

IN_THE_PAGE = """async ([files, alterations, code]) => {
  const bytes = (text) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  const whole = new Map(Object.entries(files).map(([name, text]) => [name, bytes(text)]));
  const told = [];
  for (const changes of alterations) {
    const blobs = new Map([...whole].map(([name, data]) => [name, new Blob([data])]));
    for (const [name, begin, end, instead] of changes) {
      const data = whole.get(name);
      blobs.set(name, new Blob([data.subarray(0, begin), bytes(instead), data.subarray(end)]));
    }
    const said = verifyBundle(blobs, code).then((lines) => lines.join("\\n"));
    told.push(await said.catch((wrong) => `不通过：${wrong.message}`));
  }
  return told;
}"""


def in_python(folder, code=None):
    """What verify.py says: its report, or 不通过 and the first fault."""
    try:
        return "\n".join(verify(folder, code))
    except Wrong as wrong:
        return f"不通过：{wrong}"


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    return village_with_two_matters(tmp_path_factory.mktemp("house"))


@pytest.fixture(scope="module")
def original(house, tmp_path_factory):
    """The bundle of the matter, of files of its own: what is exported may be linked to the kiosk's."""
    bundle = house.export(tmp_path_factory.mktemp("bundle") / "out", MATTER)
    assert bundle.missing == ()
    copy = tmp_path_factory.mktemp("copy") / "matter"
    return Path(shutil.copytree(bundle.folder, copy))


@pytest.fixture(scope="module")
def page(original):
    """verify.html as it lies in the bundle, opened from the disk in a real Chromium."""
    with launched() as browser:
        page = browser.new_page(viewport={"width": 390, "height": 844})
        page.goto(f"file://{original}/verify.html")
        yield page


@pytest.fixture(scope="module")
def in_chromium(page):
    """What verify.html says of these files, once for each list of alterations."""

    def asked(files, altered=((),), code=None):
        coded = {name: base64.b64encode(content).decode() for name, content in files.items()}
        changes = [
            [[a.name, a.begin, a.end, base64.b64encode(a.instead).decode()] for a in one]
            for one in altered
        ]
        return page.evaluate(IN_THE_PAGE, [coded, changes, code])

    return asked


# --- unaltered


def test_the_unaltered_bundle_passes_in_both_and_they_say_the_same(original, in_chromium):
    said = in_python(original)
    assert in_chromium(contents(original)) == [said]
    assert "应到 12 到会 12 赞成 7 反对 3 弃权 0 未表决 2，通过" in said
    assert said.endswith("已核对文件：录像 2 段，文书 2 份，照片 1 张")


def test_it_runs_alone_with_nothing_of_the_kiosk(original, tmp_path):
    for name in VERIFIER:
        shutil.copy(original / name, tmp_path)
    for program in (tmp_path / "verify.py", original / "verify.py"):
        done = subprocess.run(
            [sys.executable, "-I", program, original], capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.endswith("通过\n")
    # What the second run would have left of itself in the bundle is no file of the bundle.
    assert not list(original.rglob("__pycache__"))


def test_of_other_matters_there_are_digests_alone(house, original):
    whole = len(house.sim.lines())
    extract = (original / "journal.jsonl").read_text("utf-8")
    assert len(extract.splitlines()) < whole
    assert len((original / "tree.jsonl").read_text("utf-8").splitlines()) <= whole
    assert "井水浑" not in extract
    assert f'"matters":["{WELL}"]' not in extract
    assert f'"matters":["{MATTER}"]' in extract


def test_each_check_code_printed_on_a_paper_is_computed_again(original, in_chromium):
    entries = [json.loads(line) for line in (original / "journal.jsonl").read_bytes().splitlines()]
    issued = [e["event"] for e in entries if e["event"]["kind"] == "PaperIssued"]
    assert len(issued) == 2
    files, leaves = contents(original), (original / "tree.jsonl").read_bytes().splitlines()
    for paper in issued:
        code = check_code(json.loads(leaves[paper["from_seq"] - 1])[0])
        told = f"校验码与日志第 {paper['from_seq']} 条相符，请与纸上的条号对照"
        for said in (in_python(original, code), *in_chromium(files, code=code)):
            assert told in said
    for said in (in_python(original, "1" * 16), *in_chromium(files, code="1" * 16)):
        assert said == "不通过：校验码：与日志的任何一条都不符，日志不是签字时的那一本"


# --- altered


def test_a_thousand_alterations_are_all_found_by_both_and_both_say_the_same(original, in_chromium):
    files = contents(original)
    altered = [one for one in alterations(files) if one.of(files[one.name]) != files[one.name]]
    assert len(altered) == 1000
    by_chromium = in_chromium(files, [[one] for one in altered])
    for one, other_says in zip(altered, by_chromium, strict=True):
        (original / one.name).write_bytes(one.of(files[one.name]))
        says = in_python(original)
        (original / one.name).write_bytes(files[one.name])
        assert says.startswith("不通过："), one
        assert says == other_says, one
    assert in_python(original).startswith("上社村")


def test_whatever_is_altered_in_a_signature_is_found_though_the_manifest_was_written_anew(
    original, in_chromium
):
    """Signatures stand behind what the journal says of a paper: who alters one need only write the manifest anew."""
    files, chance = contents(original), Chance(7)
    name = min(name for name in files if name.startswith("papers/"))
    altered = {}
    for part, (begin, end) in places_of_signature(files[name]).items():
        for _ in range(25):
            place = begin + chance.below(end - begin)
            one = a_byte(name, files[name][: place + 1][-1:], chance)
            altered[part, place, one.instead] = (
                files[name][:place] + one.instead + files[name][place + 1 :]
            )
    spoiled = [
        [whole(name, files, content), anew(name, files, content)] for content in altered.values()
    ]
    by_chromium = in_chromium(files, spoiled)
    for (what, content), other_says in zip(altered.items(), by_chromium, strict=True):
        (original / name).write_bytes(content)
        (original / "manifest.json").write_bytes(spoiled_manifest(name, files, content))
        says = in_python(original)
        assert says.startswith(f"不通过：{name}："), what
        assert "清单" not in says, what
        assert says == other_says, what
    for one in (name, "manifest.json"):
        (original / one).write_bytes(files[one])
    assert in_python(original).startswith("上社村")


def spoiled_manifest(name, files, content):
    manifest = json.loads(files["manifest.json"])
    manifest["files"][name] |= listed(content)
    return canonical(manifest) + b"\n"


def whole(name, files, content):
    return Alteration(name, 0, len(files[name]), content)


def anew(name, files, content):
    """The manifest that lists the paper as it is now."""
    return whole("manifest.json", files, spoiled_manifest(name, files, content))


def test_both_know_a_signature_on_p_256_from_a_number_that_is_none(page):
    asked = []
    for number in range(12):
        key = ec.generate_private_key(ec.SECP256R1())
        point, message = key.public_key().public_numbers(), f"{number}".encode()
        r, s = decode_dss_signature(key.sign(message, ec.ECDSA(SHA256())))
        x, y = point.x, point.y
        good = (x, y, message, r, s)
        asked.append((good, True))
        asked.append(((x, y, message, r, N - s), True))  # the other of the two that the sum allows
        asked += [(bad, False) for bad in (
            (x, y, message + b".", r, s), (x, y, message, s, r), (x, y, message, r + 1, s), (x, y, message, 0, s),
            (x, y, message, r, 0), (x, y, message, r + N, s), (x, y, message, r, s + N), (x, y + 1, message, r, s),
        )]  # fmt: skip
    for (x, y, message, r, s), is_one in asked:
        assert is_signature((x, y), message, r, s) is is_one
    told = [
        [str(x), str(y), list(hashlib.sha256(message).digest()), str(r), str(s)]
        for (x, y, message, r, s), _ in asked
    ]
    said = page.evaluate(
        "(all) => all.map(([x, y, digest, r, s]) => "
        "isSignature([BigInt(x), BigInt(y)], digest, BigInt(r), BigInt(s)))",
        told,
    )
    assert said == [is_one for _, is_one in asked]


def left_out(files, seq):
    """The same bundle without that entry, as somebody would write it who wants nobody to notice."""
    lines = files["journal.jsonl"].splitlines(keepends=True)
    seqs = [json.loads(line)["seq"] for line in lines]
    manifest = json.loads(files["manifest.json"])
    kept = [n for n in seqs if n != seq]
    manifest["extract"] = [[n, n] for n in kept]
    journal = b"".join(line for n, line in zip(seqs, lines, strict=True) if n != seq)
    manifest["files"]["journal.jsonl"] = listed(journal)
    return {**files, "journal.jsonl": journal, "manifest.json": canonical(manifest) + b"\n"}


def listed(content):
    return {"size_bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def said_of(files, folder, in_chromium):
    """What both say of these files, which must be the same."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    said = in_python(folder)
    assert in_chromium(files) == [said]
    return said


def test_no_entry_of_the_matter_can_be_left_out_unnoticed(original, tmp_path, in_chromium):
    files = contents(original)
    seqs = [json.loads(line)["seq"] for line in files["journal.jsonl"].splitlines()]
    for n, seq in enumerate(seqs[1:-1:9]):
        said = said_of(left_out(files, seq), tmp_path / str(n), in_chromium)
        assert said == f"不通过：日志第 {seq} 条：讲的是这件事，却没有放进来"


def test_an_entry_of_another_matter_may_be_left_out_and_is(original):
    leaves = [json.loads(line) for line in (original / "tree.jsonl").read_bytes().splitlines()]
    lines = (original / "journal.jsonl").read_bytes().splitlines()
    here = {json.loads(line)["seq"] for line in lines}
    gone = [about for seq, (_, about) in enumerate(leaves, 1) if seq not in here]
    assert gone
    assert all(WELL in about or f"{WELL}" not in about for about in gone)
    assert not any(MATTER in about for about in gone)


# --- forged: every digest computed again, so that only counting again can tell


def forged(bundle, *changes):
    """The files of a whole village's bundle after the changes, chained anew up to the manifest."""
    files = contents(bundle)
    entries = entries_of(files["journal.jsonl"].splitlines())
    for change in changes:
        entries = change(entries) or entries
    lines, tree, leaves = chained(entries), Tree(), []
    for line, entry in zip(lines, entries, strict=True):
        digest, about = hashlib.sha256(line).hexdigest(), subjects(entry["event"])
        tree = tree.grown(digest, about)
        leaves.append(canonical([digest, list(about)]))
    files["journal.jsonl"] = b"".join(line + b"\n" for line in lines)
    files["tree.jsonl"] = b"".join(leaf + b"\n" for leaf in leaves)
    manifest = json.loads(files["manifest.json"])
    manifest["files"] |= {name: listed(files[name]) for name in ("journal.jsonl", "tree.jsonl")}
    head = {"seq": len(lines), "digest": digest}
    manifest |= {"head": head, "root": tree.root, "check_code": check_code(digest)}
    manifest["extract"] = [[1, len(lines)]]
    files["manifest.json"] = canonical(manifest) + b"\n"
    return files


def one_more(entries):
    """The first count of the last vote is one more, as is what was cast; the sub-totals agree."""
    event = event_of(entries, "VoteClosed")
    for numbers in (event["tally"], event["subtotals"][0]):
        numbers["counts"][0]["count"] += 1
        numbers["cast"] += 1
    event["tally"]["unused"] -= 1


def other_outcome(entries):
    event = event_of(entries, "VoteClosed")
    event["carried"] = not event["carried"]


def other_base(entries):
    event_of(entries, "VoteClosed")["base"] -= 1


@pytest.mark.parametrize("life", [*BALLOT_LIVES, *CONTEST_LIVES], ids=lambda life: life.__name__)
@pytest.mark.parametrize("forge", [one_more, other_outcome, other_base])
def test_a_forged_count_with_correct_digests_is_found_by_counting_again(
    life, forge, tmp_path, in_chromium
):
    whole = House(told(life), tmp_path).export(tmp_path / "whole").folder
    seq = max(entry["seq"] for entry in votes_closed(whole))
    said = said_of(forged(whole, forge), tmp_path / "forged", in_chromium)
    assert said.startswith(f"不通过：日志第 {seq} 条："), said
    assert any(words in said for words in ("重算为", "结果应为", "计算基数应为", "票数与选票不符"))


def votes_closed(folder):
    entries = entries_of((folder / "journal.jsonl").read_bytes().splitlines())
    return [entry for entry in entries if entry["event"]["kind"] == "VoteClosed"]


@pytest.mark.parametrize(
    ("change", "otherwise"),
    [
        (drop("BallotCast", person="v02", vote="m4-vote-1"), "计票与选票不符"),
        (put("VoteOpened", -2, recused=["v01"]), "已回避"),
        (put("VoteOpened", electorate=["v01"]), "表决人名单"),
        (drop("BallotPaperRead"), "纸票没有唱完"),
        (drop("HandsCounted"), "两个人点的举手不一致"),
        (drop("HandsConfirmed"), "举手"),
        (put("BallotCast", answer=["never"]), "不认识的表决意见"),
        (put("BallotCast", answer=7), "内容不完整或无法理解"),
    ],
)
def test_a_forged_ballot_with_correct_digests_is_found_by_counting_again(
    house, tmp_path, in_chromium, change, otherwise
):
    whole = house.export(tmp_path / "whole").folder
    said = said_of(forged(whole, change), tmp_path / "forged", in_chromium)
    assert said.startswith("不通过：日志第 "), said
    assert otherwise in said


# --- every kind of vote there is


@cache
def told(life):
    return life()


@pytest.mark.parametrize(
    "life", [*LIVES, *BALLOT_LIVES, *CONTEST_LIVES], ids=lambda life: life.__name__
)
def test_of_every_lawful_life_each_matter_is_counted_to_its_end_by_both(
    life, tmp_path, in_chromium
):
    sim = told(life)
    for matter in [None, *sim.village().matters]:
        out = tmp_path / str(matter)
        missing = House(sim, tmp_path).export(out, matter).missing
        said = in_python(out)
        assert in_chromium(contents(out)) == [said]
        # These stories have no files on the disk: what is missed first is one of them, after every vote was counted.
        assert ("缺少这个文件" in said) == bool(missing), said
        assert said.startswith("不通过") == bool(missing), said


# --- the format before this one


@pytest.fixture(scope="module")
def older(house, tmp_path_factory):
    """The record of the whole village as the kiosk wrote it in format 1."""
    whole = house.export(tmp_path_factory.mktemp("newer") / "out").folder
    kept = ("papers/", "photos/", "recordings/")
    files = {name: data for name, data in contents(whole).items() if name.startswith(kept)}
    entries = entries_of(house.sim.lines())
    return as_format_1(tmp_path_factory.mktemp("older") / "bundle", entries, files)


def test_a_bundle_of_the_older_format_still_verifies_in_both(older, in_chromium):
    said = in_python(older)
    assert in_chromium(contents(older)) == [said]
    assert said.endswith("已核对文件：录像 2 段，文书 2 份，照片 1 张")


def test_and_whatever_is_altered_in_it_is_found_by_both(older, in_chromium):
    files = contents(older)
    by_hand = [a for a in alterations(files, seed=2) if a.name != "tree.jsonl"][::9]
    altered = [
        a for a in by_hand if not (a.name.endswith("chain.jsonl") and b"1.5" not in a.instead)
    ]
    altered = [a for a in altered if a.of(files[a.name]) != files[a.name]]
    by_chromium = in_chromium(files, [[one] for one in altered])
    for one, other_says in zip(altered, by_chromium, strict=True):
        (older / one.name).write_bytes(one.of(files[one.name]))
        says = in_python(older)
        (older / one.name).write_bytes(files[one.name])
        assert says.startswith("不通过："), one
        assert says == other_says, one


# --- making a bundle


def test_an_unknown_matter_a_folder_in_use_and_a_full_disk_are_told_plainly(house, tmp_path):
    village = house.sim.village()
    assert matter_called(village, " 修路 ") == matter_called(village, "1") == MATTER
    with pytest.raises(ExportRefused, match=r"没有“修桥”这个事项.*现有的事项：1 修路"):
        matter_called(village, "修桥")
    (tmp_path / "note.txt").write_text("x")
    with pytest.raises(ExportRefused, match="请换一个空的文件夹"):
        house.export(tmp_path, MATTER)
    with pytest.raises(ExportRefused, match="写不进去"):
        house.export(tmp_path / "note.txt" / "out", MATTER)
    with pytest.raises(ExportRefused, match=r"磁盘满了，没有写完.*请删掉"), plainly_told(tmp_path):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_without_its_films_a_bundle_has_their_chains_and_says_so(house, tmp_path, in_chromium):
    bundle = house.export(tmp_path / "out", MATTER, with_films=False)
    assert bundle.missing == ()
    assert not list(bundle.folder.rglob("*.mp4"))
    said = in_python(bundle.folder)
    assert in_chromium(contents(bundle.folder)) == [said]
    assert said.endswith("文书 2 份，照片 1 张，另有录像 2 段没有放进来，只核了片段链")
    chain = next(bundle.folder.rglob("chain.jsonl"))
    chain.write_bytes(chain.read_bytes().replace(b'"len": 1000', b'"len": 1001', 1))
    assert in_python(bundle.folder).startswith("不通过：recordings/")


def test_a_command_that_asks_for_neither_or_both_says_how_it_is_written():
    for asked in (
        [],
        ["--all"],
        ["修路"],
        ["--all", "修路", "out"],
        ["--all", "--no-films", "out"],
    ):
        done = CliRunner().invoke(cli, ["export", *asked])
        assert done.exit_code == 2
        assert "kiosk export" in done.output


def test_the_page_takes_a_folder_and_shows_the_verdict_in_large(page, original):
    page.set_input_files("#folder", str(original))
    page.locator(".verdict b").get_by_text("通过").wait_for()
    assert "演示村" in page.locator(".rehearsal").inner_text()
    assert page.locator(".votes li").count() == 4
    zipped = shutil.make_archive(str(original.parent / "stick"), "zip", original.parent, "matter")
    page.fill("#code", "1111-2222-3333-4444")
    page.set_input_files("#files", zipped)
    page.locator(".verdict--bad b").get_by_text("不通过").wait_for()
    assert "日志不是签字时的那一本" in page.locator(".verdict").inner_text()


def shown(page, picked):
    """What the page says of that folder, once it is done."""
    # What it said before must not be taken for its answer.
    page.evaluate("document.getElementById('outcome').replaceChildren()")
    page.set_input_files("#folder", str(picked))
    page.locator(".verdict:not(.verdict--busy)").wait_for()
    return page.locator("#outcome").inner_text()


@pytest.mark.parametrize("text_percent", [100, 125, 150, 200])
def test_on_a_narrow_phone_nothing_of_the_page_is_cut_off_at_any_text_size(
    page, original, text_percent
):
    page.reload()  # nothing typed or laid over it by the test before
    page.set_viewport_size({"width": 360, "height": 740})
    page.add_style_tag(content=f"html {{ font-size: {text_percent}% }}")
    for _ in ("empty", "passed"):
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert [v["id"] for v in Axe().run(page).response["violations"]] == []
        shown(page, original)


def test_the_page_says_in_words_what_was_chosen_wrongly(page, original, tmp_path):
    page.reload()
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "note.txt").write_text("x")
    assert "不是证据包" in shown(page, tmp_path / "photos")
    lacking = Path(shutil.copytree(original, tmp_path / "lacking"))
    name = next(lacking.glob("papers/*.pdf"))
    name.unlink()
    assert "缺少这个文件" in shown(page, lacking)


def test_the_page_is_used_with_the_keyboard_alone(page):
    page.reload()
    reached = []
    for _ in range(3):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id"))
    assert reached == ["code", "folder", "files"]
