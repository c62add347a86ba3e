"""A show of hands over HTTP: by name with a witness, by number with two tellers; PINs of a second person."""

import re

import kiosk_fixtures
import pytest
from kiosk_fixtures import CHAIR, PIN, SECRETARY, SUPERVISOR, TELLER, VOTE
from test_pages import forms, press, words

from kiosk.core import commands as c
from kiosk.core.ballot_terms import Channel, Choice, Method
from kiosk.core.events import HandsConfirmed, HandsCounted, HandsNoted
from kiosk.core.law.tally import Count
from kiosk.demo.story import MATTER, TODAY

founded_database, house = kiosk_fixtures.founded_database, kiosk_fixtures.house

WRONG = "111222"
CONFIRM, COUNT = "/console/hands/confirm/", "/console/count"


@pytest.fixture
def voting(house):
    """A vote is open, thirty are there."""
    house.check_in(30).open().do(c.TakeItem(TODAY, MATTER))
    return house.open_vote()


def table(page):
    """The rows of a page's tables, as lists of what stands in their cells."""
    cells = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.S)
    return [
        [words(cell).strip() for cell in cells.findall(row)]
        for row in re.findall(r"<tr[^>]*>(.*?)</tr>", page, re.S)
    ]


def tap(officer, person, choice="for", up="yes"):
    return officer.send("/console/hands/mark", vote=VOTE, person=person, choice=choice, up=up)


def noted(house, *taps):
    """The secretary notes these hands and puts the list on record."""
    clerk = house.officer(SECRETARY)
    for person, choice in taps:
        assert tap(clerk, person, choice).status_code == 200
    answer = press(clerk, clerk.open("/console/hands/list"), "/console/hands/list")
    assert answer.location == CONFIRM
    return clerk


def sign(browser, page, address, officer, pin=PIN):
    """Send the page's form to that address with the officer's PIN."""
    (form,) = (f for f in forms(page, address) if f.fields.get("officer") == officer)
    return browser.remember(browser.client.post(address, data=form.fields | {"pin": pin}))


def signed(browser, officer, pin=PIN):
    """The witness's tile, then his PIN, at the clerk's screen."""
    return sign(browser, browser.open(f"{CONFIRM}?officer={officer}"), CONFIRM, officer, pin)


# --- noting names


def test_a_tap_marks_and_a_tap_takes_back_and_nothing_of_it_counts(voting):
    clerk, person, before = voting.officer(SECRETARY), voting.voters()[0], voting.lines()
    page = clerk.open("/console/hands/for")
    assert press(clerk, page, "/console/hands/mark", person=person).status_code == 303
    again = clerk.open("/console/hands/for")
    assert again.count('data-state="in"') == 1, "the page, opened again, still knows"
    assert "还没有算票" in again
    press(clerk, again, "/console/hands/mark", person=person)
    assert 'data-state="in"' not in clerk.open("/console/hands/for")
    assert voting.lines() == before


def test_the_same_tap_sent_twice_marks_once(voting):
    clerk, person = voting.officer(SECRETARY), voting.voters()[0]
    tap(clerk, person)
    tap(clerk, person)
    assert clerk.open("/console/hands/for").count('data-state="in"') == 1


def test_who_was_marked_for_one_answer_stands_still_under_the_others(voting):
    clerk, person = voting.officer(SECRETARY), voting.voters()[0]
    tap(clerk, person, "for")
    page = clerk.open("/console/hands/against")
    assert "已记赞成" in page
    assert f'name="person" value="{person}"' not in page
    tap(clerk, person, "against")
    assert re.search(r"赞成 1 人.*反对 0 人", words(clerk.open("/console/hands/list")))


def test_one_answer_leads_to_the_next_and_the_last_to_the_list(voting):
    clerk = voting.officer(SECRETARY)
    assert clerk.get("/console/hands/").location == "/console/hands/for"
    for answer, following in (("for", "against"), ("against", "abstain"), ("abstain", "list")):
        page = clerk.open(f"/console/hands/{answer}")
        assert f'button--dominant" href="/console/hands/{following}"' in page


def test_the_list_names_everybody_under_his_answer_and_who_is_missing(voting):
    clerk, people = voting.officer(TELLER), voting.voters()[:30]
    names = [voting.meeting().seats[p].name for p in people]
    tap(clerk, people[0], "for")
    tap(clerk, people[1], "against")
    page = words(clerk.open("/console/hands/list"))
    assert f"赞成 1 人{names[0]}" in page
    assert f"反对 1 人{names[1]}" in page
    assert "弃权 0 人没有人" in page
    assert "在场没有记的（28人）" in page


def test_who_votes_by_himself_meanwhile_falls_off_the_list(voting):
    clerk, person = voting.officer(SECRETARY), sorted(voting.vote().waiting)[0]
    tap(clerk, person, "for")
    voting.cast(1)
    assert "赞成 0 人" in words(clerk.open("/console/hands/list"))


def test_an_empty_list_is_not_put_on_record(voting):
    clerk = voting.officer(SECRETARY)
    assert 'action="/console/hands/list"' not in clerk.open("/console/hands/list")
    answer = clerk.send("/console/hands/list", vote=VOTE)
    assert (answer.status_code, answer.json["what"]) == (409, "还没有记下谁举了手。")


def test_hands_are_seen_by_everybody_so_a_secret_vote_knows_none(house):
    house.check_in(30).open()
    house.do(c.OpenVote(TODAY, (MATTER,), VOTE, running_tally=False, method=Method.SECRET))
    officer = house.officer(CHAIR)
    for address in ("/console/hands/for", "/console/hands/list", "/console/count/"):
        assert "无记名表决不能举手" in officer.get(address).text
    page = officer.open("/console/")
    assert "/console/hands/" not in page
    assert "/console/count" not in page


# --- the witness


def test_the_list_counts_when_a_second_person_has_given_his_pin(voting):
    people = voting.voters()[:3]
    clerk = noted(voting, (people[0], "for"), (people[1], "against"), (people[2], "abstain"))
    assert len(voting.events(HandsNoted)) == 1
    assert not voting.vote().ballots
    assert "举手记名单还没有第二个人确认，现在不算票。" in words(clerk.open("/console/"))
    assert signed(clerk, TELLER).location == "/console/"
    (confirmed,) = voting.events(HandsConfirmed)
    assert confirmed.witness == TELLER
    answers = [(choice,) for choice in Choice]
    assert voting.vote().ballots == dict(zip(people, answers, strict=False))
    assert set(voting.vote().channels.values()) == {Channel.HANDS_NAMED}


def test_the_clerk_is_not_among_those_who_may_witness_and_is_refused(voting):
    clerk = noted(voting, (voting.voters()[0], "for"))
    page = clerk.open(CONFIRM)
    assert f"officer={TELLER}" in page
    assert f"officer={SECRETARY}" not in page
    seen = re.search(r'name="seen" value="(\w+)"', clerk.open(f"{CONFIRM}?officer={TELLER}"))
    answer = clerk.send(CONFIRM, meeting=TODAY, vote=VOTE, officer=SECRETARY, seen=seen.group(1))
    assert answer.status_code == 409
    assert not voting.vote().ballots


def test_a_wrong_pin_confirms_nothing_and_says_whose_it_must_be(voting):
    clerk = noted(voting, (voting.voters()[0], "for"))
    answer = signed(clerk, TELLER, WRONG)
    assert answer.status_code == 400
    assert "密码不对。" in answer.text
    assert "再输一次自己的密码" in answer.text
    assert not voting.vote().ballots
    assert signed(clerk, TELLER).status_code == 303


def test_too_many_wrong_pins_must_wait_as_at_sign_in(voting):
    clerk = noted(voting, (voting.voters()[0], "for"))
    for _ in range(5):
        signed(clerk, TELLER, WRONG)
    answer = signed(clerk, TELLER)
    assert "请等15秒再试。" in answer.text
    assert not voting.vote().ballots
    voting.clock.on(seconds=15)
    assert signed(clerk, TELLER).status_code == 303


def test_who_has_only_a_one_time_code_cannot_sign_with_it(voting):
    clerk = noted(voting, (voting.voters()[0], "for"))
    voting.issue_code(TELLER, "135790")
    answer = signed(clerk, TELLER, "135790")
    assert "还没有设密码。" in answer.text
    assert not voting.vote().ballots


def test_nobody_without_a_fitting_role_signs(voting):
    clerk = noted(voting, (voting.voters()[0], "for"))
    assert clerk.get(f"{CONFIRM}?officer={voting.voters()[20]}").status_code == 400
    answer = clerk.send(CONFIRM, meeting=TODAY, vote=VOTE, officer="p0200", seen="", pin=PIN)
    assert answer.status_code == 400


def test_at_his_own_screen_the_witness_needs_no_pin(voting):
    noted(voting, (voting.voters()[0], "for"))
    witness = voting.officer(SUPERVISOR)
    page = witness.open(CONFIRM)
    assert "看着记的，确认无误" in page
    assert press(witness, page, CONFIRM).location == "/console/"
    (confirmed,) = voting.events(HandsConfirmed)
    assert confirmed.witness == SUPERVISOR


def test_a_list_noted_anew_meanwhile_is_shown_again_before_it_is_confirmed(voting):
    first, other = voting.voters()[:2]
    clerk = noted(voting, (first, "for"))
    witness = voting.officer(TELLER)
    page = witness.open(CONFIRM)
    tap(clerk, other, "against")
    press(clerk, clerk.open("/console/hands/list"), "/console/hands/list")
    answer = press(witness, page, CONFIRM)
    assert answer.status_code == 400
    assert "名单刚刚改过。" in answer.text
    assert not voting.vote().ballots
    assert press(witness, answer.text, CONFIRM).status_code == 303
    assert set(voting.vote().ballots) == {first, other}


def test_after_a_restart_the_list_that_waits_for_its_witness_is_still_there_to_be_changed(voting):
    person = voting.voters()[0]
    noted(voting, (person, "for"))
    clerk = voting.officer(SECRETARY, voting.another())
    assert "赞成 1 人" in words(clerk.open("/console/hands/list"))
    assert "赞成 1 人" in words(clerk.open(CONFIRM))


# --- counting by two tellers


def fields(*hands):
    return dict(zip(("for", "against", "abstain"), map(str, hands), strict=True))


def counts_at_own_screen(house, person, *hands):
    teller = house.officer(person)
    page = teller.open(f"{COUNT}/{person}")
    assert "去签名" not in page
    return teller.send(COUNT, meeting=TODAY, vote=VOTE, officer=person, **fields(*hands))


def counts_by_pin(browser, person, *hands, pin=PIN):
    """The tile, the numbers, the PIN, at somebody else's screen."""
    browser.open(f"{COUNT}/{person}")
    page = browser.post(
        f"{COUNT}/{person}", meeting=TODAY, vote=VOTE, officer=person, **fields(*hands)
    )
    assert page.status_code == 200, words(page.text)
    return sign(browser, page.text, COUNT, person, pin)


def test_two_equal_counts_are_the_ballots_of_all_who_had_not_voted_otherwise(voting):
    voting.cast(2)
    assert counts_at_own_screen(voting, TELLER, 20, 5, 3).status_code == 200
    console = voting.officer(CHAIR)
    assert counts_by_pin(console, SECRETARY, 20, 5, 3).location == "/console/count/"
    assert [e.teller for e in voting.events(HandsCounted)] == [TELLER, SECRETARY]
    assert voting.vote().turnout == 30
    assert "两位数的一样" in words(console.open("/console/count/"))
    page = console.open("/console/")
    assert ["举手点数", "20", "5", "3", "28"] in table(page)
    assert ["合计", "22", "5", "3", "30"] in table(page), "sub-totals add up"
    press(console, page, "/console/close")
    assert voting.vote().tally.counts == (
        Count(Choice.FOR, 22),
        Count(Choice.AGAINST, 5),
        Count(Choice.ABSTAIN, 3),
    )


def test_nobody_sees_the_first_count_before_the_second_is_in(voting):
    counts_at_own_screen(voting, TELLER, 19, 6, 4)
    console = voting.officer(CHAIR)
    addresses = ("/console/", "/console/count/", f"{COUNT}/{SECRETARY}", f"{COUNT}/{TELLER}")
    pages = [words(console.open(a).split("<main")[1]) for a in addresses]
    pages.append(words(voting.hall_screen().open("/hall/")))
    for page in pages:
        assert not re.search(r"赞成\D{0,4}19|反对\D{0,4}6\b|弃权\D{0,4}4\b", page)
    assert "数过了，请另一位自己数" in pages[1]
    assert 'value="19"' not in console.open(f"{COUNT}/{TELLER}")


def test_a_difference_is_said_shows_both_and_blocks_closing_until_they_agree(voting):
    counts_at_own_screen(voting, TELLER, 20, 6, 4)
    console = voting.officer(CHAIR)
    counts_by_pin(console, SECRETARY, 21, 5, 4)
    page = console.open("/console/count/")
    assert "两位数的不一样，不能结束表决" in words(page)
    assert [row[1:] for row in table(page)[1:]] == [["20", "6", "4"], ["21", "5", "4"]]
    answer = console.send("/console/close", meeting=TODAY, vote=VOTE, unused_confirmed="yes")
    assert answer.json["what"] == "两位监票人数的不一样，不能结束表决。"
    counts_by_pin(console, TELLER, 21, 5, 4)
    assert console.send("/console/close", meeting=TODAY, vote=VOTE).status_code == 200
    assert voting.vote().carried


def test_one_teller_alone_does_not_make_a_count(voting):
    counts_at_own_screen(voting, TELLER, 20, 6, 4)
    counts_at_own_screen(voting, TELLER, 21, 5, 4)
    console = voting.officer(CHAIR)
    assert "请第二位点数" in words(console.open("/console/"))
    answer = console.send("/console/close", meeting=TODAY, vote=VOTE, unused_confirmed="yes")
    assert answer.json["what"] == "只有一位监票人报了数。"


def test_a_third_person_does_not_count(voting):
    for person in (TELLER, SECRETARY):
        counts_at_own_screen(voting, person, 20, 6, 4)
    page = voting.officer(CHAIR).open("/console/count/")
    assert f"{COUNT}/{TELLER}" in page
    assert f"{COUNT}/{SUPERVISOR}" not in page
    answer = counts_at_own_screen(voting, SUPERVISOR, 20, 6, 4)
    assert answer.json["what"] == "两位监票人的数都有了。"


@pytest.mark.parametrize(
    ("hands", "status", "said"),
    [
        ((31, 0, 0), 409, "数出来31人，可是能投的只有30人。"),
        (("", 0, 0), 400, "“赞成”要填一个整数。"),
    ],
)
def test_numbers_that_cannot_be_are_refused_before_the_pin_and_stay_in_the_form(
    voting, hands, status, said
):
    console = voting.officer(CHAIR)
    data = fields(*hands)
    answer = console.post(f"{COUNT}/{TELLER}", meeting=TODAY, vote=VOTE, officer=TELLER, **data)
    assert answer.status_code == status
    assert said in answer.text
    assert f'name="for" value="{hands[0]}"' in answer.text
    assert not voting.events(HandsCounted)


def test_a_count_without_the_tellers_pin_is_not_kept_and_its_numbers_stay_in_his_form(voting):
    console = voting.officer(CHAIR)
    answer = counts_by_pin(console, TELLER, 20, 6, 4, pin=WRONG)
    assert answer.status_code == 400
    assert 'name="for" value="20"' in answer.text
    assert not voting.events(HandsCounted)
    assert sign(console, answer.text, COUNT, TELLER, PIN).status_code == 303


def test_an_unconfirmed_list_of_names_is_seen_to_before_hands_are_counted(voting):
    noted(voting, (voting.voters()[0], "for"))
    assert "举手记名单还没有第二个人确认" in voting.officer(CHAIR).get("/console/count/").text


def test_names_and_numbers_and_the_screen_add_up_in_one_vote(voting):
    people = sorted(voting.vote().waiting)
    voting.cast(5, 1)
    clerk = noted(voting, (people[6], "for"), (people[7], "abstain"))
    signed(clerk, CHAIR)
    counts_at_own_screen(voting, TELLER, 15, 5, 2)
    counts_at_own_screen(voting, SUPERVISOR, 15, 5, 2)
    console = voting.officer(CHAIR)
    shown = table(console.open("/console/"))
    for row in (
        ["表决屏", "5", "1", "0", "6"],
        ["举手记名", "1", "0", "1", "2"],
        ["举手点数", "15", "5", "2", "22"],
        ["合计", "21", "6", "3", "30"],
    ):
        assert row in shown
    assert console.send("/console/close", meeting=TODAY, vote=VOTE).status_code == 200
    assert [one.count for one in voting.vote().tally.counts] == [21, 6, 3]
