"""念给大家听: a publication read aloud is heard on the portal, carried by site and bundle, and kept when replaced."""

import io
import json
import math
import re
import sys
import wave
from array import array
from dataclasses import replace

import av
import kiosk_fixtures
import pytest
from kiosk_fixtures import MATTER, SECRETARY, SUPERVISOR, HandClock, House, wait_until
from test_verifiers import in_python

from kiosk.core.events import VoiceAttached
from kiosk.exporting import export_from
from kiosk.site.publishing import publish

founded_database, decided_database = (
    kiosk_fixtures.founded_database,
    kiosk_fixtures.decided_database,
)
decided_house = kiosk_fixtures.decided_house
HERE = f"/matters/{MATTER}/voice/resolution_public/2026-1"
SAID_SO = b"N 22.51 E 114.05, Huawei P30"


def spoken(seconds=2.0, pitch_hz=440):
    """A WAV as a telephone records it, with what the telephone writes beside it."""
    samples = array("h", (int(9000 * math.sin(i * pitch_hz * math.tau / 16000))
                          for i in range(int(16000 * seconds))))  # fmt: skip
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setparams((1, 2, 16000, 0, "NONE", "NONE"))
        file.writeframes(samples.tobytes())
    told = b"INFOICMT" + len(SAID_SO).to_bytes(4, "little") + SAID_SO
    return out.getvalue() + b"LIST" + len(told).to_bytes(4, "little") + told


def as_kind(kind, codec):
    """The same voice in another of the formats that telephones record in."""
    out = io.BytesIO()
    with av.open(io.BytesIO(spoken())) as heard, av.open(out, "w", format=kind) as file:
        file.metadata["comment"] = SAID_SO.decode()
        stream = file.add_stream(codec, rate=48000, layout="mono")
        resampler = av.AudioResampler(stream.format.name, "mono", 48000)
        for frame in heard.decode(audio=0):
            for one in resampler.resample(frame):
                file.mux(stream.encode(one))
        file.mux(stream.encode(None))
    return out.getvalue()


def send(officer, content, name="录音.wav", here=HERE):
    fields = {"csrf_token": officer.token, "file": (io.BytesIO(content), name)}
    return officer.remember(officer.client.post(f"{here}/send", data=fields))


def read_aloud(officer, content):
    """Sent, listened to, taken."""
    shown = send(officer, content).location
    assert "用这段" in officer.open(shown)
    digest = shown.rpartition("=")[2]
    assert officer.post(HERE, shown=digest).location == f"/matters/{MATTER}#publication"
    return digest


# --- on the portal


def test_who_cannot_read_hears_the_resolution_on_the_portal(decided_house):
    officer, phone = decided_house.officer(SECRETARY), decided_house.visitor()
    assert "<audio" not in phone.open("/r/2026-1")
    digest = read_aloud(officer, spoken(2))
    (filed,) = decided_house.events(VoiceAttached)
    assert (filed.issue, filed.attachment.sha256) == (1, digest)
    assert 1_900 <= filed.duration_ms <= 2_200
    for page in ("/", "/r/2026-1"):
        shown = phone.open(page)
        assert f'<audio controls preload="none" src="/voice/{digest}.m4a">' in shown
        assert "念给大家听（2秒）" in shown
    heard = phone.get(f"/voice/{digest}.m4a")
    assert (heard.mimetype, len(heard.data)) == ("audio/mp4", filed.attachment.size_bytes)
    told = json.loads(phone.open("/r/2026-1.json"))["publication"]["voice"]
    assert told == {"href": f"/voice/{digest}.m4a", "sha256": digest, "issue": 1,
                    "size_bytes": len(heard.data), "duration_ms": filed.duration_ms}  # fmt: skip
    link = re.search(r'<link rel="enclosure"[^>]+>', phone.open("/feed.xml"))[0]
    assert f'type="audio/mp4" length="{len(heard.data)}"' in link
    assert f'href="/voice/{digest}.m4a"' in link


def test_a_new_reading_replaces_the_old_which_stays_on_record(decided_house, tmp_path):
    officer, phone = decided_house.officer(SECRETARY), decided_house.visitor()
    first, second = (read_aloud(officer, spoken(2, pitch)) for pitch in (440, 660))
    assert [event.issue for event in decided_house.events(VoiceAttached)] == [1, 2]
    assert f"/voice/{second}.m4a" in phone.open("/r/2026-1")
    assert phone.get(f"/voice/{first}.m4a").status_code == 404
    assert officer.get(f"/voices/{first}.m4a").status_code == 200
    publish(decided_house.app.flask, decided_house.app.parts, tmp_path / "site")
    assert [p.stem for p in (tmp_path / "site/voice").iterdir()] == [second]
    page = (tmp_path / "site/r/2026-1.html").read_text("utf-8")
    assert f'src="../voice/{second}.m4a"' in page
    bundle = tmp_path / "bundle"
    export_from(decided_house.app, bundle, MATTER, with_films=False)
    assert {p.stem for p in (bundle / "voices").iterdir()} == {first, second}


def test_both_recordings_are_held_against_their_digests_in_the_bundle(decided_house, tmp_path):
    read_aloud(decided_house.officer(SECRETARY), spoken())
    bundle = tmp_path / "bundle"
    export_from(decided_house.app, bundle, MATTER)
    assert "通过" in in_python(bundle)
    (voice,) = (bundle / "voices").iterdir()
    content = bytearray(voice.read_bytes())
    content[-1] ^= 1
    voice.write_bytes(content)
    assert f"voices/{voice.name}：内容与清单不符，被改动" in in_python(bundle)


# --- what is taken


@pytest.mark.parametrize(
    ("kind", "codec"), [("mp4", "aac"), ("mp3", "mp3"), ("ogg", "libopus"), ("adts", "aac")]
)
def test_a_telephones_file_is_taken_without_what_the_telephone_wrote(decided_house, kind, codec):
    officer = decided_house.officer(SECRETARY)
    digest = read_aloud(officer, as_kind(kind, codec))
    heard = officer.get(f"/voices/{digest}.m4a").data
    assert SAID_SO not in heard
    with av.open(io.BytesIO(heard)) as file:
        assert [s.type for s in file.streams] == ["audio"]
        assert file.metadata.keys() == {"major_brand", "minor_version", "compatible_brands"}


@pytest.mark.parametrize("content", [b"hello" * 100, b"", b"#EXTM3U\nfile:///etc/passwd\n"])
def test_what_is_no_sound_is_refused_in_plain_words(decided_house, content):
    answer = send(decided_house.officer(SECRETARY), content)
    assert answer.status_code == 409
    assert "这个文件不是录音，或者打不开。" in answer.text


def test_what_is_too_long_is_refused_with_what_to_read(decided_house):
    silence = io.BytesIO()
    with wave.open(silence, "wb") as file:
        file.setparams((1, 1, 600, 0, "NONE", "NONE"))
        file.writeframes(b"\x80" * 600 * 601)
    answer = send(decided_house.officer(SECRETARY), silence.getvalue())
    assert answer.status_code == 409
    assert "录音超过10分钟。" in answer.text


def test_what_was_not_published_is_not_read_aloud(decided_house):
    officer = decided_house.officer(SECRETARY)
    answer = send(officer, spoken(), here=HERE.replace("2026-1", "2026-9"))
    assert "还没有公示" in answer.text
    assert not decided_house.events(VoiceAttached)


def test_the_supervisors_do_not_read_aloud(decided_house):
    assert decided_house.officer(SUPERVISOR).get(HERE).status_code in {302, 303, 403}


# --- the kiosk's microphone


@pytest.fixture
def hearing_house(tmp_path, decided_house):
    """The same village with a microphone, which hears two seconds and says so."""
    program = tmp_path / "microphone.py"
    program.write_text(
        "import pathlib, signal, sys, time\n"
        "sys.stdout.buffer.write(bytes(range(256)) * 750)\n"
        "sys.stdout.flush()\n"
        f"pathlib.Path({str(tmp_path / 'heard')!r}).touch()\n"
        "signal.pause()\n"
    )
    settings = replace(decided_house.settings, microphone=f"{sys.executable} {program}")
    house = House(settings, HandClock(decided_house.clock()))
    yield house, tmp_path / "heard"
    house.app.parts.listener.close()
    house.close()


def test_the_secretary_reads_into_the_kiosks_microphone(hearing_house):
    house, heard = hearing_house
    officer = house.officer(SECRETARY)
    assert "开始录音" in officer.open(HERE)
    assert officer.post(f"{HERE}/begin").location == HERE
    assert "正在录音。" in officer.open(HERE)
    wait_until(heard.exists)
    shown = officer.post(f"{HERE}/end").location
    digest = shown.rpartition("=")[2]
    assert officer.post(HERE, shown=digest).status_code == 303
    (filed,) = house.events(VoiceAttached)
    assert 1_900 <= filed.duration_ms <= 2_200
    assert "开始录音" in officer.open(HERE), "the microphone is free again"


def test_without_a_microphone_a_telephone_is_asked_for(decided_house):
    officer = decided_house.officer(SECRETARY)
    assert "这台机器没有接麦克风。请用手机录好，传上来。" in officer.open(HERE)
    answer = officer.post(f"{HERE}/begin")
    assert answer.status_code == 409
    assert "麦克风没有声音。" in answer.text


def test_the_lines_to_read_say_the_resolution_as_it_hangs(decided_house):
    page = decided_house.officer(SECRETARY).open(HERE)
    assert "金塱村民决〔2026〕1号：" in page
    assert "通过：赞成16，超过到会30人的一半。" in page
    assert "公示从2026年11月22日到2026年12月6日。" in page
