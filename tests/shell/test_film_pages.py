"""What people see of the film: its chapters for officers, the clip of a vote for whom the village lets see it."""

import re

import kiosk_fixtures
import pytest
from film_fixtures import FilmMade
from kiosk_fixtures import (
    CHAIR,
    CHAIR_AND_ADMIN,
    OPENING,
    SECRETARY,
    SUPERVISOR,
    TELLER,
    VOTE,
)

from kiosk.core import commands as c
from kiosk.core.ballot_terms import Method
from kiosk.core.terms import ClipAudience, Role, ViewingPurpose
from kiosk.demo.story import MATTER, TODAY
from kiosk.web.sitting.vote_clips import is_in_hall

founded_database, house = kiosk_fixtures.founded_database, kiosk_fixtures.house
PURPOSE = ViewingPurpose.MINUTES.value
FILM = f"/film/{TODAY}/"
CLIP = f"/film/{TODAY}/{VOTE}/"
HALL, OUTSIDE = {"REMOTE_ADDR": "192.168.1.30"}, {"REMOTE_ADDR": "203.0.113.9"}


def film_facts(house, *commands):
    for command in commands:
        house.do(command, Role.KIOSK, None)


def filmed(house, *, method=Method.OPEN):
    """A meeting of forty seconds in two parts, with a gap of ten between them; the vote from second 8 to 25."""
    made = FilmMade(house.app.parts.film.folder(TODAY), OPENING).part(20).part(10, after_gap=10)
    house.check_in(30).open()
    film_facts(house, c.StartRecording(TODAY, "camera", sound=True))
    house.clock.on(seconds=8)
    house.do(c.OpenVote(TODAY, (MATTER,), VOTE, method is Method.OPEN, method))
    film_facts(house, made.mark(TODAY, VOTE, "opened", 8))
    house.clock.on(seconds=27)
    if method is not Method.SECRET:
        house.cast(20, 5, 5)
    return made


def over(house, made):
    """Closed at second 35 by the clock, 25 of the film; adjourned and sealed."""
    house.close_vote()
    film_facts(house, made.mark(TODAY, VOTE, "closed", 25))
    house.clock.on(seconds=5)
    house.adjourn()
    seals = list(made.seals(TODAY))
    gap = c.NoteInterruption(TODAY, seals[0].ended_at, seals[1].began_at, "camera")
    film_facts(house, *seals, gap, c.StopRecording(TODAY))
    return house


def looking(house, person):
    """An officer who has said why he looks at the film of a meeting that is over."""
    officer = house.officer(person)
    if house.meeting().adjourned_at:
        assert officer.post(f"/films/{TODAY}/open", purpose=PURPOSE).status_code == 303
    return officer


def test_without_a_reason_an_officer_sees_neither_film_nor_clip_and_is_asked(house):
    over(house, filmed(house))
    officer = house.officer(SECRETARY)
    assert officer.get(FILM).location == f"/films/{TODAY}/open"
    assert officer.get(CLIP).location == f"/films/{TODAY}/open?then={CLIP}"
    assert officer.get(f"{CLIP}clip.m3u8").status_code == 409


def seconds_of(page):
    """Each chapter's second and its words."""
    found = re.findall(
        r'<a class="chapter [^>]*data-second="([\d.]+)".*?chapter__words">(.*?)</span>', page, re.S
    )
    return {words: float(second) for second, words in found}


# --- the film with its chapters


def test_the_chapters_stand_beside_the_film_each_at_its_second(house):
    over(house, filmed(house))
    told = seconds_of(looking(house, SECRETARY).open(FILM))
    assert told["第1次表决开始：公益性骨灰楼选址与建设方案（记名，当场公开）"] == 8
    closed = next(words for words in told if words.startswith("第1次表决结束"))
    assert told[closed] == 25
    assert told["录像中断，到09:00:30为止（摄像头断开）"] == pytest.approx(20, abs=0.1)
    assert "宣布散会" in told


def test_each_ballot_of_an_open_vote_is_a_chapter_and_never_says_for_what(house):
    over(house, filmed(house))
    page = looking(house, SECRETARY).open(FILM)
    assert "看谁什么时候投的票（30）" in page
    name = house.meeting().seats[house.voters()[0]].name
    assert f"{name}投票" in page
    assert "赞成</span>" not in page


def test_of_a_vote_taken_one_by_one_nobody_is_named_before_its_close(house):
    made = filmed(house, method=Method.IN_TURN)
    officer = house.officer(SECRETARY)
    assert "看谁什么时候投的票" not in officer.open(FILM)
    over(house, made)
    assert "看谁什么时候投的票（30）" in looking(house, SECRETARY).open(FILM)


def test_a_chapter_is_a_link_that_opens_the_film_there_without_a_script(house):
    over(house, filmed(house))
    officer = looking(house, SECRETARY)
    assert 'href="?t=8.000#film"' in officer.open(FILM)
    assert f'src="{FILM}film.m3u8#t=8.000"' in officer.open(f"{FILM}?t=8.000")
    assert f'src="{FILM}film.m3u8"' in officer.open(f"{FILM}?t=%22onload")


def test_a_meeting_without_a_film_says_so_and_has_no_playlist(house):
    house.check_in(30).open()
    officer = house.officer(TELLER)
    assert "这次会议没有录像" in officer.open(FILM)
    officer.open(f"{FILM}film.m3u8", status=404)
    officer.open(f"{FILM}part-0001.mp4", status=404)


def test_the_whole_film_is_for_officers_wherever_they_are(house):
    over(house, filmed(house))
    stranger = house.visitor()
    for path in (FILM, f"{FILM}film.m3u8", f"{FILM}part-0001.mp4"):
        assert stranger.get(path, environ_base=HALL).location == "/signin"
    assert looking(house, SUPERVISOR).get(FILM, environ_base=OUTSIDE).status_code == 200


# --- the clip of a vote


def audience(house, which):
    house.do(
        c.ChangeClipAudience(which, "村民代表会议决议", "村民代表会议"), Role.ADMIN, CHAIR_AND_ADMIN
    )


def test_whoever_scans_the_code_in_the_hall_sees_the_clip_with_the_result(house):
    over(house, filmed(house))
    page = house.visitor().get(CLIP, environ_base=HALL)
    assert page.status_code == 200
    assert "公益性骨灰楼选址与建设方案" in page.text
    assert "赞成20＋反对5＋弃权5" in page.text
    assert f'src="{CLIP}clip.m3u8"' in page.text
    assert "看整场录像" not in page.text


def test_from_outside_nobody_sees_it_and_is_told_what_to_do(house):
    over(house, filmed(house))
    for path in (CLIP, f"{CLIP}clip.m3u8", f"{CLIP}part-0001.mp4/0-1238.mp4"):
        page = house.visitor().get(path, environ_base=OUTSIDE)
        assert page.status_code == 403
        assert "请连上会场的无线网再扫一次" in page.text


@pytest.mark.parametrize("which", ClipAudience)
def test_the_supervisors_see_it_everywhere_whatever_the_village_says(house, which):
    over(house, filmed(house))
    if which is not ClipAudience.HALL_NETWORK:
        audience(house, which)
    page = looking(house, SUPERVISOR).get(CLIP, environ_base=OUTSIDE)
    assert page.status_code == 200
    assert "看整场录像" in page.text


def test_where_the_clips_are_for_officers_the_hall_is_told_so(house):
    over(house, filmed(house))
    audience(house, ClipAudience.OFFICERS)
    page = house.visitor().get(CLIP, environ_base=HALL)
    assert (page.status_code, "只给干部和监委会看" in page.text) == (403, True)


def test_public_means_what_was_released_the_original_stays_in_the_hall(house):
    over(house, filmed(house))
    audience(house, ClipAudience.PUBLIC)
    assert house.visitor().get(CLIP, environ_base=OUTSIDE).status_code == 403
    assert house.visitor().get(CLIP, environ_base=HALL).status_code == 200


def pieces_of(text):
    return re.findall(r"/film/\S+?/part-\d+\.mp4/\d+-\d+\.mp4", text)


def test_the_clip_gives_out_its_own_pieces_and_nothing_else_of_the_film(house):
    over(house, filmed(house))
    visitor = house.visitor()
    text = visitor.get(f"{CLIP}clip.m3u8", environ_base=HALL).text
    assert text.count("#EXT-X-DISCONTINUITY\n") == 1, "over the gap"
    for path in pieces_of(text):
        piece = visitor.get(path, environ_base=HALL)
        assert piece.status_code == 200
        assert len(piece.data) == int(path.rsplit("-", 1)[1].removesuffix(".mp4"))
    size = (house.app.parts.film.folder(TODAY) / "part-0001.mp4").stat().st_size
    for other in (f"part-0001.mp4/0-{size}.mp4", "part-0001.mp4/5-10.mp4", "chain.mp4/0-10.mp4"):
        assert visitor.get(CLIP + other, environ_base=HALL).status_code == 404


def test_the_links_of_a_clip_count_from_where_the_clip_begins(house):
    over(house, filmed(house))
    page = house.visitor().get(CLIP, environ_base=HALL).text
    opened, closed = re.findall(r'data-second="([\d.]+)"', page)
    assert 5 <= float(opened) < 7.5
    assert float(closed) - float(opened) == pytest.approx(17, abs=0.01)


def test_an_open_vote_has_no_clip_yet(house):
    filmed(house)
    page = house.visitor().get(CLIP, environ_base=HALL)
    assert (page.status_code, "没有录像片段" in page.text) == (404, True)


def test_a_vote_of_another_meeting_has_no_clip_here(house):
    over(house, filmed(house))
    assert house.visitor().get(f"{FILM}nothing/", environ_base=HALL).status_code == 409


@pytest.mark.parametrize(
    ("client", "inside"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("10.3.2.1", True),
        ("172.31.0.9", True),
        ("192.168.8.8", True),
        ("fe80::1", True),
        ("fd00::7", True),
        ("::ffff:192.168.1.9", True),
        ("::ffff:8.8.8.8", False),
        ("172.32.0.1", False),
        ("8.8.8.8", False),
        ("100.64.0.1", False),
        ("2400:3200::1", False),
        ("", False),
        ("nonsense", False),
    ],
)
def test_the_halls_network_is_private_addresses_and_this_machine(client, inside):
    assert is_in_hall(client) is inside


# --- who may see the clips: the village lays it down


def test_an_administrator_changes_it_with_basis_and_approver(house):
    officer = house.officer(CHAIR_AND_ADMIN)
    assert "干部，和连着会场网络的人" in officer.open("/admin/rules/clips/")
    officer.open("/admin/rules/clips/change")
    seen = officer.post("/admin/rules/clips/change", audience="officers", step="preview")
    assert "改了以后是这样" in seen.text
    filled = {"audience": "officers", "basis": "村民代表会议决议", "approver": "村民代表会议"}
    assert officer.post("/admin/rules/clips/change", **filled).location == "/admin/rules/clips/"
    assert house.village().clip_audience is ClipAudience.OFFICERS
    page = officer.open("/admin/rules/clips/")
    assert "只有干部" in page
    assert "批准：村民代表会议" in page


def test_others_read_it_and_do_not_change_it(house):
    chair = house.officer(CHAIR)
    assert "/admin/rules/clips/change" not in chair.open("/admin/rules/clips/")
    assert chair.get("/admin/rules/clips/change").status_code == 403


def test_without_an_approver_nothing_is_changed(house):
    officer = house.officer(CHAIR_AND_ADMIN)
    officer.open("/admin/rules/clips/change")
    answer = officer.post("/admin/rules/clips/change", audience="officers", basis="村民会议决议")
    assert answer.status_code == 409
    assert house.village().clip_audience is ClipAudience.HALL_NETWORK


def test_a_form_that_changes_nothing_says_so(house):
    officer = house.officer(CHAIR_AND_ADMIN)
    officer.open("/admin/rules/clips/change")
    filled = {"audience": "hall_network", "basis": "村民会议决议", "approver": "村民会议"}
    assert "没有改动" in officer.post("/admin/rules/clips/change", **filled).text


# --- the papers and the portal lead to it


def test_the_resolution_on_the_portal_leads_to_the_clip(house):
    over(house, filmed(house))
    publication = house.village().matters[MATTER].publications[-1]
    page = house.visitor().open(f"/r/{publication.year}-{publication.number}")
    assert f'href="{CLIP}"' in page
