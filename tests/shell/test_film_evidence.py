"""What is done to a film after the meeting: the verifier names the part and the fragment."""

import json
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

import av
import pytest
from forging import canonical, chained, entries_of, event_of
from kiosk_fixtures import found_today, settings_in, wait_until

from kiosk.core.events import SegmentSealed, VideoMarked
from kiosk.demo.story import TODAY
from kiosk.evidence.audit import check_code, verify
from kiosk.evidence.bundle import export

FIRST, SECOND = "part-0001.mp4", "part-0002.mp4"


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    """The bundle of a meeting that was really filmed, in two parts, with a vote in it."""
    folder = tmp_path_factory.mktemp("filmed")
    house = found_today(settings_in(folder))
    operator = house.app.operator
    operator.studio = replace(operator.studio, segment_s=3)
    operator.start()
    house.open()
    wait_until(lambda: house.meeting().recording.is_running)
    time.sleep(2)
    house.open_vote()
    wait_until(lambda: len(house.meeting().recording.marks) == 1)
    house.cast(20, 5, 5).close_vote()
    wait_until(lambda: house.events(SegmentSealed))
    time.sleep(1.5)
    house.adjourn()
    wait_until(lambda: house.meeting().recording.stopped)
    assert [one.part for one in house.events(SegmentSealed)][:2] == [FIRST, SECOND]
    assert len(house.events(VideoMarked)) == 2
    kiosk, home = house.app.parts.kiosk, house.app.parts.home
    out = folder / "bundle"
    bundle = export(kiosk, home, house.app.press.path, operator.folder, out)
    assert bundle.missing == ()
    house.close()
    return out


@pytest.fixture
def bundle(original, tmp_path) -> Path:
    """A copy that may be damaged."""
    return Path(shutil.copytree(original, tmp_path / "copy"))


def film(bundle):
    return bundle / "recordings" / TODAY


def chain(bundle):
    return [json.loads(line) for line in (film(bundle) / "chain.jsonl").read_text().splitlines()]


def of_part(bundle, part):
    return [line for line in chain(bundle) if line["part"] == part]


def cut(bundle, part):
    """The fragments of a part."""
    content = (film(bundle) / part).read_bytes()
    return [content[one["off"] : one["off"] + one["len"]] for one in of_part(bundle, part)]


def chain_faults(bundle):
    return [fault for fault in verify(bundle).faults if "片段" in fault]


def test_an_untouched_film_holds_in_all_its_fragments(original):
    assert verify(original).faults == []
    assert len(of_part(original, FIRST)) > 4


def test_it_holds_for_the_verifier_that_lies_in_the_bundle(original):
    done = subprocess.run(
        [sys.executable, original / "audit.py", original], capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_two_fragments_swapped_are_named(bundle):
    pieces = cut(bundle, FIRST)
    pieces[2], pieces[3] = pieces[3], pieces[2]
    (film(bundle) / FIRST).write_bytes(b"".join(pieces))
    assert chain_faults(bundle) == [
        f"录像 {TODAY}/{FIRST} 的第 2 个片段：与片段链不符，被改动、调换或截去"
    ]


def test_a_fragment_cut_out_is_named(bundle):
    pieces = cut(bundle, SECOND)
    (film(bundle) / SECOND).write_bytes(b"".join(pieces[:1] + pieces[2:]))
    assert chain_faults(bundle) == [
        f"录像 {TODAY}/{SECOND} 的第 1 个片段：与片段链不符，被改动、调换或截去"
    ]


def test_a_part_that_ends_early_is_named_with_its_first_missing_fragment(bundle):
    pieces = cut(bundle, FIRST)
    (film(bundle) / FIRST).write_bytes(b"".join(pieces[:-2]))
    assert chain_faults(bundle) == [
        f"录像 {TODAY}/{FIRST} 的第 {len(pieces) - 2} 个片段：与片段链不符，被改动、调换或截去"
    ]


def test_what_was_added_at_the_end_of_a_part_is_named(bundle):
    with (film(bundle) / FIRST).open("ab") as file:
        file.write(cut(bundle, FIRST)[2])
    assert chain_faults(bundle) == [f"录像 {TODAY}/{FIRST}：片段链之外多出内容"]


def test_a_part_encoded_again_is_named(bundle):
    encode_again(film(bundle) / SECOND, bundle / "again.mp4")
    (bundle / "again.mp4").replace(film(bundle) / SECOND)
    (fault,) = chain_faults(bundle)
    assert fault.startswith(f"录像 {TODAY}/{SECOND} 的")


def encode_again(source, target):
    """The same pictures by another hand."""
    with av.open(str(source)) as old, av.open(str(target), "w") as new:
        stream = new.add_stream("libx264", rate=25)
        stream.width, stream.height, stream.pix_fmt = 1280, 720, "yuv420p"
        for number, frame in enumerate(old.decode(video=0)):
            frame.pts, frame.time_base = number, Fraction(1, 25)
            frame.pict_type = av.video.frame.PictureType.NONE
            new.mux(stream.encode(frame))
        new.mux(stream.encode())


def chained_anew(bundle, keep=lambda pieces: pieces, of=FIRST):
    """Forge a part, and its chain with it, as somebody would who knows the format."""
    lines, h = [], bytes(32)
    for part in sorted({line["part"] for line in chain(bundle)}):
        pieces = cut(bundle, part)
        pieces = keep(pieces) if part == of else pieces
        off = 0
        for i, piece in enumerate(pieces):
            h = sha256(h + piece).digest()
            lines.append(
                {"part": part, "i": i, "off": off, "len": len(piece), "t": 1.0, "h": h.hex()}
            )
            off += len(piece)
        (film(bundle) / part).write_bytes(b"".join(pieces))
    (film(bundle) / "chain.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))


def swapped(pieces):
    return [*pieces[:2], pieces[3], pieces[2], *pieces[4:]]


def test_a_chain_forged_with_its_film_does_not_end_where_the_journal_says(bundle):
    chained_anew(bundle, swapped)
    assert chain_faults(bundle)[0] == f"录像 {TODAY}/{FIRST}：片段链的末尾与日志不符"


def test_a_shorter_chain_is_named(bundle):
    chained_anew(bundle, lambda pieces: pieces[:-1])
    assert "个片段，日志记了" in chain_faults(bundle)[0]


def seal_anew(bundle):
    """The journal forged too: only the mark, made while the meeting was on, still has the old head."""
    entries = entries_of((bundle / "journal.jsonl").read_bytes().splitlines())
    lines = chain(bundle)
    for entry in entries:
        event = entry["event"]
        if event["kind"] == "SegmentSealed":
            content = (film(bundle) / event["part"]).read_bytes()
            event["size_bytes"], event["sha256"] = len(content), sha256(content).hexdigest()
            event["chain"] = lines[event["fragments"] - 1]["h"]
    written = chained(entries)
    (bundle / "journal.jsonl").write_bytes(b"".join(line + b"\n" for line in written))
    digest = sha256(written[-1]).hexdigest()
    manifest = json.loads((bundle / "manifest.json").read_text())
    manifest |= {
        "head": {"seq": len(written), "digest": digest},
        "check_code": check_code(digest),
    }
    (bundle / "manifest.json").write_bytes(canonical(manifest) + b"\n")


def test_a_mark_binds_the_film_before_its_part_was_sealed(bundle):
    entries = entries_of((bundle / "journal.jsonl").read_bytes().splitlines())
    mark = event_of(entries, "VideoMarked", 0)
    assert mark["fragments"] > 3
    chained_anew(bundle, swapped)
    seal_anew(bundle)
    (fault,) = (fault for fault in chain_faults(bundle) if "标记" in fault)
    assert fault.startswith(f"录像 {TODAY}/{FIRST}：与日志里标记时的片段链不符")


def test_a_film_whose_chain_is_gone_does_not_verify(bundle):
    (film(bundle) / "chain.jsonl").unlink()
    assert verify(bundle).faults == [f"片段链 recordings/{TODAY}/chain.jsonl：缺少或读不出来"]


@pytest.mark.parametrize("line", ["{}", "7", "[1]", '{"h":"zz"}', "不是"])
def test_a_chain_that_cannot_be_read_does_not_verify(bundle, line):
    count = len(chain(bundle))
    (film(bundle) / "chain.jsonl").write_text((line + "\n") * count)
    assert verify(bundle).faults == [f"片段链 recordings/{TODAY}/chain.jsonl：读不懂"]


def test_a_film_that_is_gone_is_said_once_and_the_others_are_still_held(bundle):
    (film(bundle) / FIRST).unlink()
    assert verify(bundle).faults == [f"录像 {TODAY}/{FIRST}：缺少这个文件"]
    pieces = cut(bundle, SECOND)
    pieces[1], pieces[2] = pieces[2], pieces[1]
    (film(bundle) / SECOND).write_bytes(b"".join(pieces))
    assert chain_faults(bundle)[0].startswith(f"录像 {TODAY}/{SECOND} 的第 1 个片段")
