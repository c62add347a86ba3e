"""Slips: one person's ballot on his own phone, in one vote; handed out at the console, scanned, used, ended."""

import re
from html import unescape

import kiosk_fixtures
import pytest
from kiosk_fixtures import CHAIR, SUPERVISOR, TELLER, VOTE
from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.core import commands as c
from kiosk.core.ballot_terms import Channel, Choice
from kiosk.core.events import BallotCast, BallotChanged
from kiosk.core.terms import CommandId, PersonId, Role, VillageId, VoteId
from kiosk.demo.story import MATTER, TODAY, VILLAGE
from kiosk.store.slips import Slip, Slips
from kiosk.store.tables import SlipRow

founded_database, house = kiosk_fixtures.founded_database, kiosk_fixtures.house

HERE = VillageId("here")
MINE = Slip(VoteId("v1"), PersonId("p1"), CommandId("slip-1"))
NOT_VALID, NO_SLIP = "这张表决条不能用。", "还没有扫表决条。"


# --- what is kept of a slip


def test_a_slip_is_found_by_its_token_alone(engine):
    slips = Slips(engine)
    slips.issue(HERE, MINE, "token")
    assert slips.by_token("token") == MINE
    assert slips.by_token("Token") is None
    assert slips.holders(HERE, MINE.vote) == {MINE.person}
    assert slips.holders(HERE, VoteId("v2")) == frozenset()
    with Session(engine) as session:
        (row,) = session.scalars(select(SlipRow))
    assert "token" not in row.token_hash


def test_a_new_slip_ends_the_one_before(engine):
    slips = Slips(engine)
    slips.issue(HERE, MINE, "old")
    slips.issue(HERE, MINE, "new")
    assert slips.by_token("old") is None
    assert slips.by_token("new") == MINE


def test_a_renewed_slip_casts_under_another_id_and_others_do_not(engine):
    slips = Slips(engine)
    other = Slip(MINE.vote, PersonId("p2"), CommandId("slip-2"))
    slips.issue(HERE, MINE, "mine")
    slips.issue(HERE, other, "other")
    slips.renew("mine", CommandId("slip-3"))
    assert slips.by_token("mine").command == "slip-3"
    assert slips.by_token("other") == other


# --- handed out at the console


def voting(house, *, present=30, revisable=False):
    house.check_in(present).open()
    house.do(c.OpenVote(TODAY, (MATTER,), VOTE, running_tally=True, revisable=revisable))
    return house


def issue(house, person, token="token-of-a-slip"):
    slip = Slip(VOTE, person, CommandId(f"{token}-{person}"))
    house.app.parts.slips.issue(VILLAGE, slip, token)
    return f"/slip/{token}"


def words(page):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", page)))


def test_a_tap_on_a_name_shows_his_slip_large_enough_to_scan(house):
    voting(house)
    officer, voter = house.officer(TELLER), house.voters()[3]
    assert f'value="{voter}"' in officer.open("/console/slips")
    page = officer.post("/console/slips", vote=VOTE, person=voter).text
    assert house.meeting().seats[voter].name in page
    assert 'class="slip__code"' in page
    assert "/slip/" not in page, "the token stands in the code alone, not in the text of the page"
    assert house.app.parts.slips.holders(VILLAGE, VOTE) == {voter}
    assert "已发" in officer.open("/console/slips")


def test_who_cannot_vote_gets_no_slip(house):
    voting(house).cast(1)
    officer, before = house.officer(CHAIR), house.lines()
    voted, absent = house.voters()[0], house.voters()[40]
    for person, said in ((voted, "您已经表决过了。"), (absent, "还没有签到，或者已经离场。")):
        answer = officer.send("/console/slips", vote=VOTE, person=person)
        assert (answer.status_code, answer.json["what"]) == (409, said)
    assert house.app.parts.slips.holders(VILLAGE, VOTE) == frozenset()
    assert house.lines() == before


def test_before_the_vote_there_are_no_slips(house):
    house.check_in(30).open()
    officer = house.officer(CHAIR)
    assert "现在没有表决" in officer.open("/console/slips")
    answer = officer.send("/console/slips", vote=VOTE, person=house.voters()[0])
    assert (answer.status_code, answer.json["what"]) == (409, "现在没有进行表决。")


def test_slips_are_printed_for_those_who_have_none(house):
    voting(house)
    first, second = house.voters()[:2]
    issue(house, first)
    officer = house.officer(TELLER)
    page = officer.post("/console/slips/print", vote=VOTE).text
    assert page.count('class="slip__code"') == 29
    assert house.meeting().seats[first].name not in words(page)
    assert house.meeting().seats[second].name in words(page)
    assert officer.post("/console/slips/print", vote=VOTE).location == "/console/slips"


def test_the_supervisor_hands_out_no_slips(house):
    voting(house)
    answer = house.officer(SUPERVISOR).get("/console/slips")
    assert answer.status_code == 403


# --- on the phone


def test_the_phone_says_whose_ballot_in_what_and_how_before_the_first_tap(house):
    voting(house)
    voter = house.voters()[0]
    page = house.visitor().open(issue(house, voter))
    assert house.meeting().seats[voter].name in page
    assert house.village().matters[MATTER].title in page
    assert "记名，逐个表决：您投什么，记在您的名下。投下就不能改。" in words(page)
    assert re.findall(r'name="choice" value="(\w+)"', page) == ["for", "against", "abstain"]


def test_law_10_what_a_ballots_page_fetches_does_not_tell_which_name_is_on_it(house):
    voting(house)
    phone, voter = house.visitor(), house.voters()[0]
    assert "/glyphs/" in phone.open("/"), "the portal brings rare characters"
    assert "/glyphs/" not in phone.open(issue(house, voter))
    assert "/glyphs/" not in phone.post("/slip/confirm", choice="for").text


def test_a_ballot_on_a_phone_works_without_script_and_says_its_channel(house):
    voting(house)
    phone, voter = house.visitor(), house.voters()[0]
    phone.open(issue(house, voter))
    assert "您选了：" in phone.post("/slip/confirm", choice="against").text
    answer = phone.post("/slip/cast", choice="against", person=house.voters()[1], vote="other")
    assert (answer.status_code, answer.location) == (303, "/slip/done")
    assert "已记下您的表决" in phone.open("/slip/done")
    (entry,) = [e for e in house.entries(BallotCast) if e.event.vote == VOTE]
    assert entry.event == BallotCast(TODAY, VOTE, voter, (Choice.AGAINST,), Channel.PHONE)
    assert (entry.actor.role, entry.actor.person, entry.actor.device) == (Role.VOTER, voter, None)


def test_the_same_ballot_again_from_a_phone_is_one_ballot(house):
    voting(house)
    phone = house.visitor()
    phone.open(issue(house, house.voters()[0]))
    for _ in range(2):
        assert phone.send("/slip/cast", choice="for").json == {"go": "/slip/done"}
    assert len([e for e in house.events(BallotCast) if e.vote == VOTE]) == 1
    answer = phone.send("/slip/cast", choice="against")
    assert answer.status_code == 409
    assert house.vote().ballots == {house.voters()[0]: (Choice.FOR,)}


def test_a_used_slip_shows_the_tick_and_no_cards(house):
    voting(house)
    phone, address = house.visitor(), issue(house, house.voters()[0])
    phone.open(address)
    phone.send("/slip/cast", choice="for")
    for page in (phone.open(address), phone.open("/slip/choose"), house.visitor().open(address)):
        assert "已记下您的表决" in page
        assert "choice" not in page


def test_an_old_or_wrong_slip_is_said_in_plain_words(house):
    voting(house)
    old = issue(house, house.voters()[0], "old")
    phone = house.visitor()
    phone.open(old)
    issue(house, house.voters()[0], "new")
    assert NOT_VALID in house.visitor().open(old, 404)
    assert NOT_VALID in house.visitor().open("/slip/guessed", 404)
    assert phone.get("/slip/choose").location == "/slip"
    assert NOT_VALID in phone.open("/slip", 403)
    assert phone.send("/slip/cast", choice="for").status_code == 302
    assert NO_SLIP in house.visitor().open("/slip", 403)
    assert not house.vote().ballots


def test_a_slip_is_good_for_its_vote_alone(house):
    voting(house)
    address = issue(house, house.voters()[0])
    phone = house.visitor()
    phone.open(address)
    house.close_vote()
    assert "这次表决已经结束。" in phone.open(address, 409)
    answer = phone.send("/slip/cast", choice="for")
    assert (answer.status_code, answer.json["what"]) == (409, "现在没有进行表决。")


def test_who_left_the_room_does_not_vote_from_outside(house):
    voting(house, present=31)
    voter = house.voters()[0]
    address = issue(house, voter)
    house.do(c.CheckOut(TODAY, voter))
    assert "还没有签到，或者已经离场。" in house.visitor().open(address, 409)


def test_a_phone_and_a_screen_are_one_ballot(house):
    voting(house)
    phone, screen, voter = house.visitor(), house.ballot_screen(), house.voters()[0]
    phone.open(issue(house, voter))
    screen.send("/ballot/turn", meeting=TODAY, vote=VOTE, person=voter)
    assert phone.send("/slip/cast", choice="for").json == {"go": "/slip/done"}
    answer = screen.send("/ballot/cast", choice="against")
    assert (answer.status_code, answer.json["what"]) == (409, "您已经表决过了。")
    assert house.vote().ballots == {voter: (Choice.FOR,)}


@pytest.mark.parametrize("choice", ["", "FOR", "赞成", "<script>"])
def test_what_is_no_choice_is_refused_from_a_phone_too(house, choice):
    voting(house)
    phone = house.visitor()
    phone.open(issue(house, house.voters()[0]))
    for path in ("/slip/confirm", "/slip/cast"):
        assert phone.send(path, choice=choice).status_code == 400
    assert not house.vote().ballots


# --- ballots that may be changed until the close


def test_a_ballot_may_be_changed_on_the_phone_until_the_close(house):
    voting(house, revisable=True)
    phone, voter = house.visitor(), house.voters()[0]
    address = issue(house, voter)
    assert "结束前可以改。" in words(phone.open(address))
    phone.send("/slip/cast", choice="for")
    assert 'href="/slip/choose"' in phone.open("/slip/done")
    for choice in ("against", "abstain", "for"):
        phone.open("/slip/choose")
        assert phone.send("/slip/cast", choice=choice).json == {"go": "/slip/done"}
    changed = [event.answer[0] for event in house.events(BallotChanged)]
    assert changed == [Choice.AGAINST, Choice.ABSTAIN, Choice.FOR]
    assert house.vote().ballots == {voter: (Choice.FOR,)}
    house.close_vote()
    assert "已记下您的表决" in phone.open("/slip/choose")
    assert phone.send("/slip/cast", choice="against").status_code == 409


def test_who_may_change_his_ballot_keeps_a_tile_at_the_screen(house):
    voting(house, revisable=True)
    screen, voter = house.ballot_screen(), house.voters()[0]
    for choice in ("for", "against"):
        turn = screen.send("/ballot/turn", meeting=TODAY, vote=VOTE, person=voter)
        assert turn.json == {"go": "/ballot/choose"}
        assert screen.send("/ballot/cast", choice=choice).json == {"go": "/ballot/done"}
        page = screen.open("/ballot/")
        assert page.count("已投，可改") == 1
        assert "已表决 1 人，共 30 人" in page
    assert house.vote().ballots == {voter: (Choice.AGAINST,)}
    assert house.vote().changes == 1


def test_where_ballots_are_final_who_has_voted_has_no_tile(house):
    voting(house).cast(1)
    page = house.ballot_screen().open("/ballot/")
    assert f'value="{house.voters()[0]}"' not in page
    assert "已投，可改" not in page
