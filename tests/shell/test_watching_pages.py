"""监督席 of one meeting: the film, its course, votes, papers, notes pinned to a second, and the bundle as a zip."""

import io
import re
import subprocess
import sys
import zipfile

import kiosk_fixtures
import pytest
from film_fixtures import FilmMade
from kiosk_fixtures import OPENING, SECRETARY, SUPERVISOR, TELLER, VOTE
from test_film_pages import film_facts, filmed, looking, over, seconds_of

from kiosk.core import commands as c
from kiosk.core.events import NotePinned
from kiosk.core.terms import CHINA, Role, Stage, VoteId
from kiosk.demo.story import MATTER, TODAY
from kiosk.evidence import streamed
from kiosk.web import filmed as web_filmed

founded_database, house = kiosk_fixtures.founded_database, kiosk_fixtures.house
PAGE = f"/supervision/meetings/{TODAY}/"
BUNDLE = f"{PAGE}bundle.zip"


def pin(officer, moment, **words):
    officer.open(PAGE)
    return officer.post(PAGE, moment=moment, **words)


# --- one page


def test_the_page_has_the_film_the_course_the_votes_and_the_papers(house):
    over(house, filmed(house)).set_papers()
    page = looking(house, SUPERVISOR).open(PAGE)
    assert f'src="/film/{TODAY}/film.m3u8"' in page
    assert "应到45人，要到30人，到会一直是30人。" in page
    assert "赞成20＋反对5＋弃权5" in page
    assert f'href="/film/{TODAY}/{VOTE}/"' in page
    for paper in ("会议通知", "计票单：第1次表决", "决议书：公益性骨灰楼选址与建设方案"):
        assert f"<span>{paper}</span>" in page


def drawn_line(page):
    return re.search(r'course__line" d="([^"]+)"', page)[1]


def test_the_headcount_is_a_line_that_steps_with_each_coming_and_going(house):
    made = filmed(house)
    house.do(c.CheckOut(TODAY, house.voters()[29]))
    house.clock.on(seconds=2)
    house.do(c.CheckIn(TODAY, house.voters()[29]))
    page = looking(house, SUPERVISOR).open(PAGE)
    assert "到会在29人和30人之间" in page
    assert drawn_line(page).count("V") == 2
    assert "人数不够，会议暂停，在场29人" in page
    over(house, made)


def test_a_supervisor_follows_a_meeting_while_it_sits(house):
    filmed(house)
    page = looking(house, SUPERVISOR).open(PAGE)
    assert "还没有表决完的议题" in page
    assert "第1次表决开始" in page


def test_a_meeting_that_was_not_opened_has_nothing_to_watch(house):
    page = looking(house, SUPERVISOR).get(PAGE)
    assert (page.status_code, "还没有宣布开会" in page.text) == (409, True)


def test_the_page_is_the_supervisors_alone(house):
    over(house, filmed(house))
    for person in (SECRETARY, TELLER):
        officer = house.officer(person)
        assert officer.get(PAGE).status_code == 403
        assert officer.get(BUNDLE).status_code == 403
    assert house.visitor().get(BUNDLE).location == "/signin"


def test_the_desk_of_the_supervisors_lists_the_meetings(house):
    over(house, filmed(house))
    assert f'href="{PAGE}"' in looking(house, SUPERVISOR).open("/supervision/")


# --- notes


def test_a_note_is_pinned_to_its_second_and_stands_in_the_film(house):
    over(house, filmed(house))
    officer = looking(house, SUPERVISOR)
    answer = pin(officer, "09:00:12", text="这里没有念方案，请说明。", text_more="第三条。")
    assert answer.location == f"{PAGE}#notes"
    (note,) = house.events(NotePinned)
    assert (note.number, note.text) == (1, "这里没有念方案，请说明。第三条。")
    assert note.moment == OPENING.replace(second=12)
    told = seconds_of(officer.open(PAGE))
    assert told["监委会批注1号：这里没有念方案，请说明。第三条。"] == pytest.approx(12, abs=0.1)
    assert "监委会批注" not in looking(house, SECRETARY).open(f"/film/{TODAY}/")


def test_the_form_takes_the_second_at_which_the_film_stands(house):
    over(house, filmed(house))
    page = looking(house, SUPERVISOR).open(f"{PAGE}?t=25.000")
    assert 'name="moment" value="09:00:35"' in page, "after the gap of ten seconds"
    assert "film.m3u8#t=25.000" in page


def test_a_note_after_midnight_is_of_the_next_day(house):
    house.clock.at = OPENING.replace(hour=23, minute=59)
    house.check_in(30).open()
    house.clock.on(minutes=5)
    pin(looking(house, SUPERVISOR), "00:02:00", text="这里办得合规。")
    (note,) = house.events(NotePinned)
    assert note.moment.astimezone(CHINA).day == OPENING.day + 1


@pytest.mark.parametrize(
    ("moment", "told"), [("08:59:00", "批注的时刻不在这次会议里"), ("后来", "不是一个时间")]
)
def test_a_moment_outside_the_meeting_is_refused_and_the_words_stay(house, moment, told):
    over(house, filmed(house))
    answer = pin(looking(house, SUPERVISOR), moment, text_more="主持人说了两遍。")
    assert answer.status_code in {400, 409}
    assert told in answer.text
    assert "主持人说了两遍。" in answer.text
    assert house.events(NotePinned) == []


def test_the_opinion_on_a_stage_shows_the_notes_of_its_meeting(house):
    over(house, filmed(house))
    officer = looking(house, SUPERVISOR)
    pin(officer, "09:00:12", text="这里没有念方案，请说明。")
    page = officer.open(f"/supervision/{MATTER}/{Stage.DECISION.value}")
    assert "批注1号" in page
    assert "09:00:12 这里没有念方案，请说明。" in page


# --- the work of opening it


def long_meeting(house):
    """Four hours with two thousand facts: people come and go, speak and speak again."""
    made = FilmMade(house.app.parts.film.folder(TODAY), OPENING).part(5)
    house.check_in(31).open()
    film_facts(house, c.StartRecording(TODAY, "camera", sound=True))
    speaker, walker = house.voters()[0], house.voters()[30]
    for _ in range(500):
        house.clock.on(seconds=28)
        house.do(c.GiveFloor(TODAY, speaker, 60))
        house.do(c.EndSpeech(TODAY))
        house.do(c.CheckOut(TODAY, walker))
        house.do(c.CheckIn(TODAY, walker))
    film_facts(house, *made.seals(TODAY))
    return house


def test_of_a_long_journal_only_the_entries_of_the_meeting_are_read_and_each_once(
    house, monkeypatch
):
    long_meeting(house)
    officer = looking(house, SUPERVISOR)
    of_it = [line for line in house.lines() if f'"meeting":"{TODAY}"' in line]
    assert len(of_it) > 2000
    assert len(of_it) < len(house.lines())
    seen = []
    read = web_filmed.read
    monkeypatch.setattr(web_filmed, "read", lambda line: seen.append(line) or read(line))
    page = officer.open(PAGE)
    assert seen == of_it
    assert page.count('class="chapter ') > 500


# --- the bundle


def test_the_bundle_is_what_export_writes_and_verifies(house, tmp_path):
    over(house, filmed(house)).set_papers()
    answer = looking(house, SUPERVISOR).get(BUNDLE)
    assert answer.mimetype == "application/zip"
    assert "filename*=UTF-8''" in answer.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path / "unpacked")
    (folder,) = (tmp_path / "unpacked").iterdir()
    assert (folder / "recordings" / TODAY / "part-0002.mp4").exists()
    verdict = subprocess.run(
        [sys.executable, folder / "audit.py", folder], capture_output=True, text=True, check=False
    )
    assert verdict.stdout.endswith("通过\n"), verdict.stdout


def shelves(house):
    return list(house.settings.recordings_dir.glob(".bundle-*"))


def test_the_zip_goes_out_piece_by_piece_and_leaves_nothing_behind(house, monkeypatch):
    over(house, filmed(house))
    monkeypatch.setattr(streamed, "CHUNK", 1000)
    sent = house.app.parts.bundles.zipped("证据包")
    first = next(sent)
    assert len(first) < 3000
    assert len(shelves(house)) == 1
    assert max(map(len, sent)) < 20_000, "the list of its contents comes in one piece at the end"
    assert shelves(house) == []


def test_a_download_that_is_broken_off_leaves_nothing_behind(house):
    over(house, filmed(house))
    sent = house.app.parts.bundles.zipped("证据包")
    next(sent)
    sent.close()
    assert shelves(house) == []


def test_what_a_power_cut_left_of_a_download_is_cleared_at_the_start(house):
    left = house.settings.recordings_dir / ".bundle-left"
    left.mkdir(parents=True)
    (left / "part-0001.mp4").write_bytes(b"film")
    house.app.start()
    house.app.stop()
    assert shelves(house) == []


# --- a second vote


def test_each_vote_is_listed_by_its_number_void_ones_too(house):
    filmed(house)
    house.do(c.VoidVote(TODAY, VOTE, "停电"), Role.CHAIR, "p0002")
    again = VoteId(f"{VOTE}-2")
    house.do(c.OpenVote(TODAY, (MATTER,), again, running_tally=True))
    house.do(c.CloseVote(TODAY, again, unused_confirmed=True))
    page = looking(house, SUPERVISOR).open(PAGE)
    assert "第1次表决：公益性骨灰楼选址与建设方案" in page
    assert "作废，不算数" in page
    assert f'href="/film/{TODAY}/{again}/"' in page
