"""Files that survive a power cut: all of it or nothing."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.store.durable import put

ROOT = Path(__file__).resolve().parents[2]
PUT_WITHOUT_END = """
import sys
from pathlib import Path
from kiosk.store.durable import put
print("ready", flush=True)
for number in range(10**9):
    put(Path(sys.argv[1]), bytes([number % 256]) * 100_000)
"""


def test_a_file_holds_what_was_put_last(tmp_path):
    for content in (b"first", b"", b"a longer second"):
        put(tmp_path / "file", content)
        assert (tmp_path / "file").read_bytes() == content
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_new_file_is_read_by_nobody_else_where_that_is_asked(tmp_path):
    put(tmp_path / "key", b"secret", mode=0o600)
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600


def test_what_a_power_cut_left_gives_the_new_file_no_rights(tmp_path):
    left = tmp_path / "key.part"
    left.write_bytes(b"half")
    left.chmod(0o644)
    put(tmp_path / "key", b"secret", mode=0o600)
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def test_what_cannot_be_put_leaves_what_was_there(tmp_path):
    put(tmp_path / "file", b"first")
    (tmp_path / "file.part").mkdir()
    with pytest.raises(OSError, match=r"file\.part"):
        put(tmp_path / "file", b"second")
    assert (tmp_path / "file").read_bytes() == b"first"


@pytest.mark.parametrize("after", [1, 7, 40])
def test_a_kill_leaves_the_whole_of_one_content(tmp_path, after):
    path = tmp_path / "file"
    arguments = [sys.executable, "-c", PUT_WITHOUT_END, str(path)]
    with subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        running.stdout.readline()
        seen = set()
        while len(seen) < after:
            if path.exists():
                seen.add(path.stat().st_mtime_ns)
        running.kill()
    content = path.read_bytes()
    assert content == content[:1] * 100_000
