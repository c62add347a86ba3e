"""委托 at the door: who is away, who of his household votes for him, the letter; and where the two stand afterwards."""

import re
from io import BytesIO

import kiosk_fixtures
import pytest
from kiosk_fixtures import CHAIR, CHAIR_AND_ADMIN, SECRETARY, SUPERVISOR, TELLER, TODAY
from proxy_fixtures import (
    MEMBERS,
    PRINCIPAL,
    PROXY,
    SHARES,
    STRANGER,
    arrive,
    called,
    in_session,
    letter,
    members,
    open_vote,
)

from kiosk import wording
from kiosk.core import commands as c
from kiosk.core.ballot_terms import Channel, Choice, Method
from kiosk.core.events import BallotCast, ProxyGiven
from kiosk.core.law.statute import ROWS
from kiosk.core.terms import Role, RowId

founded_database, house = kiosk_fixtures.founded_database, kiosk_fixtures.house

PAGE = "/checkin/proxy"
TWO = {"principal": PRINCIPAL, "proxy": PROXY}
PAIR = f"{PAGE}?principal={PRINCIPAL}&proxy={PROXY}"


@pytest.fixture
def door(house):
    return called(house)


def tiles(page):
    """The names that are offered, by the address of each."""
    return dict(re.findall(r'<a class="tile button" href="([^"]+)".*?tile__name">([^<]+)<', page))


def name(house, person):
    return members(house).seats[person].name


def tile(page, person):
    """What stands on somebody's tile."""
    found = re.search(rf'<(form|div)[^>]*data-key="{person}".*?</\1>', page, re.S)
    return re.sub(r"<[^>]+>", " ", found[0]) if found else ""


def send(browser, file=None, **two):
    fields = {"csrf_token": browser.token, "meeting": MEMBERS, **(two or TWO)}
    fields["file"] = (BytesIO(file or letter()), "IMG_1.jpg")
    return browser.remember(browser.client.post(f"{PAGE}/send", data=fields))


def give(browser, **two):
    """The whole way: the letter is sent, looked at, and comes on record."""
    sent = send(browser, **two)
    assert sent.status_code == 303, sent.text
    shown = sent.location.rpartition("shown=")[2]
    return browser.post(PAGE, meeting=MEMBERS, shown=shown, **(two or TWO))


# --- the way through the pages


def test_the_wall_offers_letters_only_where_the_row_allows_them(house):
    officer = house.officer(TELLER)
    assert PAGE not in officer.open("/checkin/")
    answer = officer.get(PAGE)
    assert answer.status_code == 409
    assert "这个会议不能委托别人投票" in answer.text
    called(house)
    assert f'href="{PAGE}"' in house.officer(TELLER).open("/checkin/")


def test_who_is_away_is_offered_first(door):
    arrive(door, PROXY)
    page = door.officer(TELLER).open(PAGE)
    assert f"{PAGE}?principal={PRINCIPAL}" in tiles(page)
    assert f"{PAGE}?principal={PROXY}" not in tiles(page)
    assert '最多代 <b class="num">3</b> 人' in page
    assert ROWS[RowId.MEMBERS].proxies_basis in page


def test_only_people_of_his_household_are_offered(door):
    people = door.app.parts.register.people(door.app.parts.home)
    household = next(p.household for p in people if p.id == PRINCIPAL)
    mine = {p.id for p in people if p.household == household and p.id in members(door).entitled}
    page = door.officer(TELLER).open(f"{PAGE}?principal={PRINCIPAL}")
    offered = {href.rpartition("proxy=")[2] for href in tiles(page)}
    assert offered == mine - {PRINCIPAL}
    assert PROXY in offered
    assert STRANGER not in offered


def test_who_gave_a_letter_himself_or_has_three_is_not_offered(door):
    officer = door.officer(TELLER)
    give(officer)
    assert f"{PAGE}?principal={PRINCIPAL}" not in tiles(officer.open(PAGE))
    third = f"{PAGE}?principal=p0125"
    assert f"{third}&amp;proxy={PRINCIPAL}" not in tiles(officer.open(third))
    assert "已代1人" in officer.open(third)


def test_the_letter_is_looked_at_before_it_is_on_record(door):
    officer = door.officer(TELLER)
    assert "请用手机把委托书拍好" in officer.open(PAIR)  # a kiosk without a camera
    sent = send(officer)
    page = officer.open(sent.location)
    assert "看得清两个人的名字、签名和日期吗" in page
    assert officer.get(re.search(r'src="(/photos/[^"]+)"', page)[1]).status_code == 200
    assert not door.events(ProxyGiven)


def test_the_letter_comes_on_record_with_the_household_of_the_register(door):
    officer = door.officer(TELLER)
    assert give(officer).location == "/checkin/"
    (entry,) = door.entries(ProxyGiven)
    given = entry.event
    person = door.app.parts.register.person(door.app.parts.home, PRINCIPAL)
    assert (given.principal, given.proxy, given.household) == (PRINCIPAL, PROXY, person.household)
    assert (entry.actor.role, entry.actor.person) == (Role.TELLER, TELLER)
    kept = door.settings.data_dir / "photos" / f"{given.attachment.sha256}.jpg"
    assert kept.stat().st_size == given.attachment.size_bytes


def test_somebody_of_another_household_is_refused_and_the_letter_is_not_kept(door):
    answer = give(door.officer(TELLER), principal=PRINCIPAL, proxy=STRANGER)
    assert answer.status_code == 409
    assert "只能委托同一户的另一个成员" in answer.text
    assert not list((door.settings.data_dir / "photos").glob("*.jpg"))
    assert not door.events(ProxyGiven)


def test_the_same_letter_sent_twice_is_refused_and_stays_on_file(door):
    officer = door.officer(TELLER)
    give(officer)
    answer = give(officer)
    assert answer.status_code == 409
    assert "他的委托已经记过了" in answer.text
    assert len(list((door.settings.data_dir / "photos").glob("*.jpg"))) == 1


def test_what_is_no_photograph_is_refused_in_words(door):
    officer = door.officer(TELLER)
    assert "这个文件不是照片" in send(officer, b"no picture").text
    answer = officer.post(f"{PAGE}/send", meeting=MEMBERS, **TWO)
    assert (answer.status_code, "还没有选照片" in answer.text) == (409, True)
    assert officer.post(f"{PAGE}/shoot", meeting=MEMBERS, **TWO).status_code == 409
    assert officer.post(PAGE, meeting=MEMBERS, shown="../secret", **TWO).status_code == 400
    gone = officer.post(PAGE, meeting=MEMBERS, shown="0" * 64, **TWO)
    assert (gone.status_code, "已经不在了" in gone.text) == (400, True)


def test_a_letter_over_8_mb_is_refused_in_words(door):
    officer = door.officer(TELLER)
    officer.open(PAIR)
    # Sent by hand: a client that reads its file to the end would keep what was not read open.
    path, form = f"{PAGE}/send", "multipart/form-data; boundary=x"
    answer = officer.client.post(path, data=b"x" * (8 * 1024 * 1024 + 1), content_type=form)
    assert (answer.status_code, "照片超过8MB。" in answer.text) == (413, True)


def test_a_supervisor_takes_in_no_letter(door):
    assert door.officer(SUPERVISOR).get(PAGE).status_code == 403


# --- where the two stand


def test_the_wall_says_who_is_represented_and_counts_him(door):
    officer = door.officer(TELLER)
    give(officer)
    assert f"委托{name(door, PROXY)}（还没到）" in tile(officer.open("/checkin/"), PRINCIPAL)
    arrive(door, PROXY)
    page = officer.open("/checkin/")
    assert f"委托{name(door, PROXY)}" in tile(page, PRINCIPAL)
    assert "还没到" not in tile(page, PRINCIPAL)
    assert "代1人" in tile(page, PROXY)
    assert "其中书面委托 1 人" in page
    assert len(members(door).present) == 2


def test_who_comes_himself_votes_himself(door):
    officer = door.officer(TELLER)
    give(officer)
    arrive(door, PROXY)
    assert officer.post("/checkin/in", meeting=MEMBERS, person=PRINCIPAL).status_code == 303
    page = officer.open("/checkin/")
    assert "委托" not in tile(page, PRINCIPAL)
    assert "代1人" not in tile(page, PROXY)


@pytest.fixture
def sitting(door):
    """Everybody is there but one, whose letter is at the door."""
    give(door.officer(TELLER))
    return in_session(door, PRINCIPAL)


def test_the_ballot_screen_offers_him_under_the_name_of_who_votes_for_him(sitting):
    open_vote(sitting)
    screen, by = sitting.ballot_screen(), f"（{name(sitting, PROXY)}代）"
    assert by in tile(screen.open("/ballot/"), PRINCIPAL)
    assert by not in tile(screen.open("/ballot/"), PROXY)
    vote = "members-vote"
    screen.post("/ballot/turn", meeting=MEMBERS, vote=vote, person=PRINCIPAL)
    assert by in screen.open("/ballot/choose")
    assert by in screen.post("/ballot/confirm", choice="for").text
    screen.post("/ballot/cast", choice="for")
    assert [e.person for e in sitting.events(BallotCast)][-1] == PRINCIPAL
    assert members(sitting).votes[vote].ballots == {PRINCIPAL: (Choice.FOR,)}


@pytest.mark.parametrize(
    "path", ["/console/awaited", "/console/hands/for", "/console/papers/wall", "/console/slips"]
)
def test_every_way_of_voting_offers_him(sitting, path):
    open_vote(sitting)
    officer = sitting.officer(SECRETARY)
    if "papers" in path:
        sitting.do(c.PrintBallotPapers(MEMBERS, "members-vote", "K7M2QX", 20))
    assert f"（{name(sitting, PROXY)}代）" in tile(officer.open(path), PRINCIPAL)


def test_his_slip_says_who_votes_for_him(sitting):
    open_vote(sitting)
    page = sitting.officer(SECRETARY).post("/console/slips", vote="members-vote", person=PRINCIPAL)
    assert page.status_code == 200
    assert f"{name(sitting, PROXY)}代" in page.text


def test_tellers_count_a_hand_for_him_too(sitting):
    vote = open_vote(sitting)
    page = sitting.officer(SECRETARY).open("/console/count/")
    assert f'<b class="num">{len(vote.electorate)}</b>' in page


def test_the_floor_is_not_offered_to_him(sitting):
    page = sitting.officer(SECRETARY).open("/console/speak")
    assert name(sitting, PROXY) in page
    assert f'data-key="{PRINCIPAL}"' not in page


def test_leaving_says_what_becomes_of_those_whom_one_represents(sitting):
    page = sitting.officer(TELLER).open("/checkin/leave")
    assert "受人委托的走了，委托他的人也不算到会" in page
    assert "代1人" in tile(page, PROXY)
    sitting.do(c.CheckOut(MEMBERS, PROXY))
    assert PRINCIPAL not in members(sitting).present


def test_in_secret_nobody_is_told_apart(sitting):
    open_vote(sitting, method=Method.SECRET, running_tally=False)
    assert f"（{name(sitting, PROXY)}代）" in tile(
        sitting.ballot_screen().open("/ballot/"), PRINCIPAL
    )


# --- what is told of it


def decided(house):
    """The whole vote in favour, to the publication; the vote."""
    vote = open_vote(house)
    for person in sorted(vote.waiting):
        ballot = c.CastBallot(MEMBERS, vote.id, person, (Choice.FOR,), Channel.KIOSK_SCREEN)
        house.do(ballot, Role.VOTER, person)
    house.do(c.CloseVote(MEMBERS, vote.id, unused_confirmed=False))
    house.do(c.Adjourn(MEMBERS))
    return members(house).votes[vote.id]


def test_the_portal_and_the_matter_say_how_many_were_represented(sitting):
    vote = decided(sitting)
    said = f"到会{len(vote.electorate)}人，其中书面委托1人"
    assert wording.represented(vote) == said
    on_portal = sitting.visitor().open(f"/m/{sitting.village().matters[SHARES].number}")
    assert said in on_portal
    assert name(sitting, PRINCIPAL) not in on_portal
    assert said in sitting.officer(SECRETARY).open(f"/matters/{SHARES}")


# --- the rule


def test_the_rulebook_says_where_letters_are_allowed_and_for_how_many(house):
    officer = house.officer(CHAIR)
    page = officer.open("/admin/rules/members")
    assert "可以书面委托同户的成员，一个人最多代3人" in page
    assert "不可以，要本人到会" in officer.open("/admin/rules/representatives")


def test_a_village_may_allow_fewer(house):
    officer = house.officer(CHAIR_AND_ADMIN)
    page = officer.open("/admin/rules/members/change")
    assert 'name="proxies" value="3"' in page
    assert 'name="proxies"' not in officer.open("/admin/rules/representatives/change")
    fields = {
        "quorum": "2-3-with", "majority": "2-3-with", "base": "entitled", "notice_days": "10", "urgent": "no",
        "voters": "collective_member", "recused_leave": "no", "women": "", "basis": "成员大会决定",
        "approver": "成员大会", "step": "save",
    }  # fmt: skip
    grounds = re.findall(r'name="basis" value="([^"]+)"', page)
    approvers = re.findall(r'name="approver" value="([^"]+)"', page)
    fields |= {"basis": grounds[0], "basis_more": "11月1日", "approver": approvers[0]}
    answer = officer.post("/admin/rules/members/change", proxies="1", **fields)
    assert answer.status_code == 303, answer.text
    row = house.village().rows[RowId.MEMBERS]
    assert row.proxies == 1
    assert row.proxies_basis.endswith("，不宽于农村集体经济组织法第二十七条")
    answer = officer.post("/admin/rules/members/change", proxies="4", **fields)
    assert answer.status_code == 409
    officer.post("/admin/rules/members/change", proxies="0", **fields)
    row = house.village().rows[RowId.MEMBERS]
    assert (row.proxies, row.proxies_basis) == (0, "")


def test_the_meeting_of_today_is_not_the_members(house):
    """The representatives come themselves: 村民委员会组织法 lets nobody represent a representative."""
    assert house.village().meetings[TODAY].row.proxies == 0
