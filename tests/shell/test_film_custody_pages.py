"""Films after their meeting, over HTTP: a reason before looking, who looked, deletion by two, clips let out by two."""

import hashlib
import json
import re
import shutil

import kiosk_fixtures
import pytest
from face_films import write_film
from kiosk_fixtures import (
    CHAIR,
    CHAIR_AND_ADMIN,
    SECRETARY,
    SECRETARY_AND_ADMIN,
    SUPERVISOR,
    TELLER,
    VOTE,
    signed,
    wait_until,
)

from kiosk.camera.eraser import erase_film
from kiosk.core import commands as c
from kiosk.core.events import (
    ClipReleased,
    ClipRequested,
    FilmDeletionProposed,
    FilmViewed,
    SegmentSealed,
)
from kiosk.core.terms import Moment, Role, Stage, ViewingPurpose, day_of
from kiosk.demo.story import MATTER, TODAY
from kiosk.evidence.audit import verify
from kiosk.evidence.bundle import export

founded_database, decided_house = kiosk_fixtures.founded_database, kiosk_fixtures.decided_house
decided_database = kiosk_fixtures.decided_database

FILM, KEPT = f"/film/{TODAY}/", f"/films/{TODAY}/"
PART = "part-0001.mp4"
GROUND = "保存期满，没有人需要再看。"


@pytest.fixture(scope="module")
def reel(tmp_path_factory):
    """A film of two seconds, with a face in it."""
    return write_film(tmp_path_factory.mktemp("reel") / PART, 2)


def one_fragment(folder, content):
    """The film's chain where all of it is one fragment, as the recorder writes it; how many there are, and the last."""
    h = hashlib.sha256(bytes(32) + content).hexdigest()
    line = {"part": PART, "i": 0, "off": 0, "len": len(content), "t": 1.0, "h": h}
    (folder / "chain.jsonl").write_text(json.dumps(line) + "\n")
    return 1, h


@pytest.fixture
def house(decided_house, reel):
    """The meeting was filmed in one part, the vote marked in it."""
    folder = decided_house.app.operator.folder(TODAY)
    folder.mkdir(parents=True)
    shutil.copy(reel, folder / PART)
    at, content = decided_house.clock(), reel.read_bytes()
    head = one_fragment(folder, content)
    as_machine = {"role": Role.KIOSK, "person": None}
    decided_house.do(c.StartRecording(TODAY, "camera", sound=True), **as_machine)
    for moment, offset_ms in ((Moment.OPENED, 500), (Moment.CLOSED, 1500)):
        decided_house.do(c.MarkVideo(TODAY, VOTE, moment, PART, offset_ms, *head), **as_machine)
    digest = hashlib.sha256(content).hexdigest()
    sealed = c.SealSegment(TODAY, PART, len(content), digest, at, at, 2000, *head)
    decided_house.do(sealed, **as_machine)
    decided_house.do(c.StopRecording(TODAY), **as_machine)
    yield decided_house
    for application in decided_house._opened:
        application.clips.stop()
        application.eraser.stop()


def words(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


def opened(house, person, **form):
    officer = house.officer(person)
    answer = officer.post(f"{KEPT}open", **({"purpose": "minutes", "words": ""} | form))
    assert answer.location == FILM, answer.text
    return officer


# --- a reason before looking


def test_the_film_page_asks_for_a_reason_first_and_its_playlist_and_parts_refuse(house):
    officer = house.officer(SECRETARY)
    assert officer.get(FILM).location == f"{KEPT}open"
    assert officer.get(f"{FILM}film.m3u8").status_code == 409
    refused = officer.get(f"{FILM}{PART}")
    assert refused.status_code == 409
    assert "要先登记事由" in refused.text
    assert house.events(FilmViewed) == []


def test_a_reason_is_tapped_and_logged_and_then_the_film_plays(house):
    officer = opened(house, SECRETARY, purpose="objection", words="三组问念过没有")
    assert house.events(FilmViewed) == [
        FilmViewed(TODAY, ViewingPurpose.OBJECTION, "三组问念过没有")
    ]
    assert 'src="/film/' in officer.open(FILM)
    assert officer.get(f"{FILM}{PART}").status_code == 200


def test_no_reason_is_no_film_and_other_is_written_out(house):
    officer = house.officer(TELLER)
    assert officer.post(f"{KEPT}open", words="").status_code == 400
    blank = officer.post(f"{KEPT}open", purpose="other", words=" ")
    assert (blank.status_code, "有一处还没有写。" in blank.text) == (409, True)
    assert officer.post(f"{KEPT}open", purpose="curiosity", words="").status_code == 400
    assert officer.get(FILM).location == f"{KEPT}open"


def test_one_officers_reason_opens_nothing_for_another_and_ends_after_two_hours(house):
    officer = opened(house, SECRETARY)
    assert house.officer(SUPERVISOR).get(f"{FILM}{PART}").status_code == 409
    house.clock.on(hours=2)
    assert officer.get(f"{FILM}{PART}").status_code == 409


def test_while_the_meeting_goes_on_no_reason_is_needed(tmp_path, founded_database):
    settings = kiosk_fixtures.settings_in(tmp_path)
    kiosk_fixtures._copy(founded_database, settings)
    house = kiosk_fixtures.House(settings, kiosk_fixtures.HandClock())
    house.check_in(30).open()
    house.do(c.StartRecording(TODAY, "camera", sound=True), Role.KIOSK, None)
    assert house.officer(SECRETARY).get(f"{FILM}film.m3u8").status_code == 200
    house.close()


def test_the_log_tells_supervisors_and_admins_who_when_and_why_and_nobody_else(house):
    opened(house, SECRETARY, purpose="inspection", words="镇里来查")
    house.clock.on(minutes=5)
    opened(house, SUPERVISOR, purpose="supervision")
    for reader in (SUPERVISOR, SECRETARY_AND_ADMIN, CHAIR_AND_ADMIN):
        page = words(house.officer(reader).open("/films/log"))
        assert "谢丽玥第1次村民代表会议上级检查、审计，依法调取：镇里来查" in page
        assert page.index("村务监督") < page.index("镇里来查"), "the newest first"
    for stranger in (SECRETARY, CHAIR, TELLER):
        assert house.officer(stranger).get("/films/log").status_code == 403


def test_words_in_the_log_are_words(house):
    opened(house, SECRETARY, purpose="other", words="<script>alert(1)</script>")
    assert "<script>alert" not in house.officer(SUPERVISOR).open("/films/log")


# --- how long, and how it goes


def test_the_page_says_until_when_the_film_is_kept_without_asking_why(house):
    page = words(house.officer(TELLER).open(KEPT))
    assert "保存30年（按事项的分量），到2056年11月22日为止" in page
    assert house.events(SegmentSealed)[0].sha256 in page
    assert "提出删除" not in page


def later(house):
    """The matter is carried out and filed, and thirty years and a day have gone."""
    house.clock.on(days=16)
    house.do(c.AssignWorks(MATTER, SECRETARY, "谢丽玥", day_of(house.clock()), 1_00))
    house.do(c.StartWorks(MATTER))
    house.do(c.RequestAcceptance(MATTER, "完成", 1_00))
    house.do(c.InspectWorks(MATTER, True, "合格"), Role.SUPERVISOR, SUPERVISOR)
    house.clock.on(days=1)
    house.do(c.PublishResult(MATTER, "建成", 15))
    house.clock.on(days=16)
    for stage in Stage:
        opinion = c.FileOpinion(MATTER, stage, favourable=True, text="合规")
        house.do(opinion, Role.SUPERVISOR, SUPERVISOR)
    signed(house).do(c.ArchiveMatter(MATTER))
    held = day_of(house.meeting().adjourned_at)
    house.clock.on(days=(held.replace(year=held.year + 30) - day_of(house.clock())).days + 1)
    return house


def deleted(house):
    house.officer(SECRETARY).post(f"{KEPT}delete", ground=GROUND, ground_more="")
    return house.officer(SUPERVISOR).post(f"{KEPT}confirm", ground=GROUND)


def test_before_its_last_day_is_over_nobody_deletes_a_film(house):
    answer = house.officer(SECRETARY).post(f"{KEPT}delete", ground=GROUND, ground_more="")
    assert answer.status_code == 409
    assert "录像要保存30年" in answer.text
    assert house.events(FilmDeletionProposed) == []


def test_two_officers_delete_a_film_and_its_digests_stay(house):
    house = later(house)
    house.app.eraser.start()
    folder = house.app.operator.folder(TODAY)
    assert "提出删除" in house.officer(SECRETARY).open(KEPT)
    house.officer(SECRETARY).post(f"{KEPT}delete", ground=GROUND, ground_more="")
    assert (folder / PART).exists()
    assert "要由另一位监委会的同志" in house.officer(SECRETARY).open(KEPT)
    swapped = house.officer(SUPERVISOR).post(f"{KEPT}confirm", ground="别的理由")
    assert swapped.status_code == 409
    assert house.officer(SUPERVISOR).post(f"{KEPT}confirm", ground=GROUND).status_code == 303
    wait_until(lambda: not (folder / PART).exists())
    assert [path.name for path in folder.iterdir()] == ["chain.jsonl"]
    page = words(house.officer(SECRETARY).open(KEPT))
    (sealed,) = house.events(SegmentSealed)
    assert "已经按规定删除" in page
    assert sealed.sha256 in page
    assert "保存期满，没有人需要再看。" in page
    assert "谢丽玥，" in page
    assert house.officer(SECRETARY).get(FILM).location == KEPT
    assert house.officer(SECRETARY).get(f"{FILM}{PART}").status_code == 409
    assert "已经按规定删除" in house.visitor().open("/r/2026-1")


def test_a_deletion_that_the_power_cut_short_is_completed_at_the_next_start(house):
    house = later(house)
    assert deleted(house).status_code == 303
    folder = house.app.operator.folder(TODAY)
    assert (folder / PART).exists(), "the eraser of this test was not started"
    again = house.another()
    again.eraser.start()
    wait_until(lambda: not (folder / PART).exists())
    erase_film(folder)  # and once more does no harm


def test_a_bundle_without_the_deleted_film_verifies_and_one_with_it_does_not(house, tmp_path):
    house = later(house)
    deleted(house)
    app = house.app
    made = export(
        house.kiosk, app.parts.home, app.press.path, app.operator.folder, tmp_path / "bundle"
    )
    folder = made.folder
    faults = verify(folder).faults
    assert [fault for fault in faults if "录像" in fault] == []
    (folder / "recordings" / TODAY).mkdir(parents=True)
    shutil.copy(app.operator.folder(TODAY) / PART, folder / "recordings" / TODAY / PART)
    assert [f for f in verify(folder).faults if "已经删除，文件还在" in f] != []


# --- a clip for the public


def asked(house, **form):
    officer = house.officer(SECRETARY)
    fields = {"vote": VOTE, "clip": "clip-1", "way": "faces", "sound": "no"} | form
    return officer, officer.post(f"{KEPT}clips/new", **fields)


def ready(house, clip="clip-1", **form):
    """A clip that was asked for and made, by the real process."""
    house.app.clips.start()
    officer, answer = asked(house, clip=clip, **form)
    assert answer.location == f"{KEPT}clips/{clip}", answer.text
    maker = house.app.clips
    for _ in range(15):  # the detector takes its time on a busy machine
        try:
            wait_until(lambda: maker.state(TODAY, clip).name in {"ready", "failed"})
            break
        except AssertionError:
            assert maker.is_at_work
    assert maker.state(TODAY, clip).name == "ready"
    return officer


def digest_on(page):
    return re.search(r'name="sha256" value="([0-9a-f]{64})"', page)[1]


def test_a_clip_is_made_looked_at_by_another_let_out_and_taken_back(house):
    asker, other, villager = ready(house), house.officer(SUPERVISOR), house.visitor()
    url = f"{KEPT}clips/clip-1"
    public = f"/clip/{TODAY}/clip-1.mp4"
    mine = asker.open(url)
    assert "要由另一位同志登录后审看" in mine
    state = house.app.clips.state(TODAY, "clip-1")
    own = asker.post(f"{url}/release", sha256=state.sha256)
    assert (own.status_code, "要由另一位同志来办" in own.text) == (409, True)
    page = other.open(url)
    assert "<video" in page
    assert other.get(f"{url}.mp4").status_code == 200
    assert villager.get(public).status_code == 404
    assert "<video" not in villager.open("/r/2026-1")

    assert other.post(f"{url}/release", sha256="ab" * 32).status_code == 400
    assert other.post(f"{url}/release", sha256=digest_on(page)).status_code == 303
    (event,) = house.events(ClipReleased)
    seen = villager.get(public)
    assert hashlib.sha256(seen.data).hexdigest() == event.sha256
    assert len(seen.data) == event.size_bytes
    portal = villager.open("/r/2026-1")
    assert f'src="{public}"' in portal
    assert event.sha256 in portal
    assert "人脸打了马赛克，声音去掉了" in portal
    assert villager.get(f"{url}.mp4").location == "/signin"

    house.app.eraser.start()
    assert other.post(f"{url}/withdraw", ground="录到的人要求撤下。").status_code == 303
    assert villager.get(public).status_code == 404
    assert "<video" not in villager.open("/r/2026-1")
    wait_until(lambda: not house.app.clips.path(TODAY, "clip-1").exists())


def test_a_clip_that_shows_somebody_is_rejected_and_another_is_made_coarse_all_over(house):
    ready(house, way="whole", sound="yes")
    other = house.officer(SUPERVISOR)
    url = f"{KEPT}clips/clip-1"
    assert other.post(f"{url}/reject", ground="").status_code == 409
    assert other.post(f"{url}/reject", ground="还认得出人，要重做。").status_code == 303
    assert "不公开：还认得出人" in words(other.open(KEPT))
    assert house.visitor().get(f"/clip/{TODAY}/clip-1.mp4").status_code == 404
    _, again = asked(house, clip="clip-2", way="whole")
    assert again.location == f"{KEPT}clips/clip-2"


def test_a_clip_asked_for_before_a_power_cut_is_made_by_the_next_start(house):
    asked(house, way="whole")
    assert house.app.clips.state(TODAY, "clip-1").name == "waiting"
    half = house.app.clips.path(TODAY, "clip-1").with_suffix(".half")
    half.parent.mkdir(parents=True)
    half.write_bytes(b"half a clip")
    again = house.another()
    again.clips.start()
    wait_until(lambda: again.clips.state(TODAY, "clip-1").name == "ready")
    assert not half.exists()


def test_a_clip_whose_film_cannot_be_read_says_so(house):
    (house.app.operator.folder(TODAY) / PART).write_bytes(b"no film")
    house.app.clips.start()
    officer, _ = asked(house, way="whole")
    wait_until(lambda: house.app.clips.state(TODAY, "clip-1").name == "failed")
    assert "录像打不开" in officer.open(f"{KEPT}clips/clip-1")


def test_a_way_that_is_none_is_nonsense_and_nothing_is_asked_for(house):
    _, answer = asked(house, way="nothing")
    assert answer.status_code == 400
    assert house.events(ClipRequested) == []
