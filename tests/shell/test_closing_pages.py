"""How a vote is opened by another method, called, closed with a witness, and counted once more, over HTTP."""

import kiosk_fixtures
import pytest
from kiosk_fixtures import CHAIR, PIN, SECRETARY, SUPERVISOR, TELLER, VOTE
from test_hands_pages import WRONG, sign, table
from test_pages import forms, press, words
from test_sitting_pages import dominant

from kiosk.core import commands as c
from kiosk.core.ballot_terms import Channel, Choice, Method, Source
from kiosk.core.events import (
    ClosingWitnessed,
    CountChecked,
    DifferenceSettled,
    VoteOpened,
    VoteVoided,
)
from kiosk.core.terms import Role
from kiosk.demo.story import MATTER, TODAY

founded_database, house = kiosk_fixtures.founded_database, kiosk_fixtures.house

TELLERS = f"/console/check/tellers/{VOTE}"
WITNESS = "/console/witness"


def debating(house, present=30):
    house.check_in(present).open().do(c.TakeItem(TODAY, MATTER))
    return house


def secret(house, present=30):
    """A secret vote is open."""
    debating(house, present)
    house.do(c.OpenVote(TODAY, (MATTER,), VOTE, running_tally=False, method=Method.SECRET))
    return house


def cast(house, *choices):
    """Ballots at the screen, in the order of the roll."""
    waiting = sorted(house.vote().waiting)
    for person, choice in zip(waiting, choices, strict=False):
        house.do(
            c.CastBallot(TODAY, VOTE, person, (choice,), Channel.KIOSK_SCREEN), Role.VOTER, person
        )
    return house


def all_but(number, choice=Choice.AGAINST):
    return [Choice.FOR] * (30 - number) + [choice] * number


def opened(house):
    """How the vote that is open was opened: method, 可以改票, 中途显示票数."""
    (event,) = (e for e in house.events(VoteOpened) if e.vote == VOTE)
    return event.method, event.revisable, event.running_tally


# --- the method


def test_the_usual_method_takes_one_tap(house):
    officer = debating(house).officer(CHAIR)
    page = officer.open("/console/")
    assert dominant(page) == "开始表决"
    press(officer, page, "/console/vote")
    assert opened(house) == (Method.IN_TURN, False, True)


@pytest.mark.parametrize(
    ("address", "how"),
    [
        ("method=open", (Method.OPEN, False, True)),
        ("method=open&revisable=yes", (Method.OPEN, True, True)),
        ("method=in_turn", (Method.IN_TURN, False, False)),
        ("method=in_turn&running_tally=yes", (Method.IN_TURN, False, True)),
        ("method=in_turn&revisable=yes", (Method.IN_TURN, True, False)),
        ("method=secret", (Method.SECRET, False, False)),
        ("method=secret&revisable=yes&running_tally=yes", (Method.SECRET, False, False)),
    ],
)
def test_another_method_is_chosen_before_the_vote_opens(house, address, how):
    officer = debating(house).officer(CHAIR)
    assert 'href="/console/method"' in officer.open("/console/")
    page = officer.open(f"/console/method?{address}")
    assert press(officer, page, "/console/method").location == "/console/"
    assert opened(house) == how


def test_the_three_methods_stand_beside_one_another_none_put_forward(house):
    page = debating(house).officer(CHAIR).open("/console/method")
    assert "button--dominant" not in page
    assert page.count('class="button methods__one"') == 3


def test_what_a_method_does_not_know_is_not_offered(house):
    officer = debating(house).officer(CHAIR)
    offers = {
        m: words(officer.open(f"/console/method?method={m}")) for m in ("open", "in_turn", "secret")
    }
    assert "改票" in offers["open"]
    assert "显示票数" not in offers["open"]
    assert "改票" in offers["in_turn"]
    assert "显示票数" in offers["in_turn"]
    assert "改票" not in offers["secret"]
    assert "显示票数" not in offers["secret"]


def test_where_nobody_could_hide_among_others_a_secret_vote_is_refused_on_the_same_page(house):
    debating(house)
    for person in house.voters()[:26]:
        house.recuse(person)
    officer = house.officer(CHAIR)
    page = officer.open("/console/method?method=secret")
    answer = press(officer, page, "/console/method")
    assert answer.status_code == 409
    assert "只有4票，少于5票" in answer.text
    assert "用这种方式开始表决" in answer.text
    assert house.meeting().open_vote is None


@pytest.mark.parametrize(
    ("method", "said"),
    [("open", "记名，当场公开"), ("in_turn", "记名，逐个表决"), ("secret", "无记名")],
)
def test_the_console_says_by_what_method_while_the_vote_is_open(house, method, said):
    officer = debating(house).officer(CHAIR)
    press(officer, officer.open(f"/console/method?method={method}"), "/console/method")
    assert f'<p class="method"><b>{said}</b>' in officer.open("/console/")


# --- who has not voted


def test_in_a_named_vote_those_who_have_not_voted_are_called_by_name(house):
    debating(house).open_vote().cast(28)
    missing = [house.meeting().seats[p].name for p in house.vote().waiting]
    gone = sorted(house.vote().waiting)[0]
    officer = house.officer(CHAIR)
    assert dominant(officer.open("/console/")) == "叫没投的人"
    page = officer.open("/console/awaited")
    assert page.count("tile--still") == 2
    assert all(name in page for name in missing)
    assert "已经离场" not in page
    house.check_in(31).do(c.CheckOut(TODAY, gone))
    assert "已经离场" in officer.open("/console/awaited")


def test_in_a_secret_vote_only_how_many_are_missing_is_said(house):
    cast(secret(house), *all_but(3)[:-1])
    names = [seat.name for seat in house.meeting().seats.values() if seat.votes]
    officer = house.officer("p0005")
    mine = house.meeting().seats.get("p0005")
    for address in ("/console/", "/console/awaited"):
        body = officer.open(address).split("<main")[1]
        assert not [name for name in names if name in body and (mine is None or name != mine.name)]
        assert "人没有表决" in words(body)


def test_no_count_of_an_open_secret_vote_is_on_the_console(house):
    cast(secret(house), *all_but(7)[2:])
    officer = house.officer(CHAIR)
    for address in ("/console/", "/console/awaited", "/console/void"):
        page = words(officer.open(address))
        assert "赞成" not in page
        assert "反对" not in page


def test_a_named_vote_offers_every_channel_a_secret_one_no_hands(house):
    officer = debating(house).open_vote().officer(CHAIR)
    page = officer.open("/console/")
    for address in ("/console/hands/", "/console/count/", "/console/papers", "/console/slips"):
        assert f'href="{address}"' in page


# --- the secret box


def test_a_secret_vote_is_closed_with_a_member_of_the_supervisors(house):
    cast(secret(house), *all_but(10))
    officer = house.officer(CHAIR)
    assert dominant(officer.open("/console/")) == "请监委会成员开箱"
    answer = officer.send("/console/close", meeting=TODAY, vote=VOTE)
    assert answer.json["what"] == "无记名表决要有监委会成员在场才能开箱。"
    page = officer.open(WITNESS)
    assert f"{WITNESS}?officer={SUPERVISOR}" in page
    assert f"officer={TELLER}" not in page, "only who is of the 监委会"
    page = officer.open(f"{WITNESS}?officer={SUPERVISOR}")
    assert sign(officer, page, WITNESS, SUPERVISOR, WRONG).status_code == 400
    assert not house.events(ClosingWitnessed)
    assert sign(officer, page, WITNESS, SUPERVISOR, PIN).location == "/console/"
    assert dominant(officer.open("/console/")) == "开箱，结束表决"
    press(officer, officer.open("/console/"), "/console/close")
    assert [one.count for one in house.vote().tally.counts] == [20, 10, 0]
    assert "等于公开了每个人的选择" not in officer.open("/console/")


def test_the_supervisor_says_from_his_own_screen_that_he_is_there(house):
    supervisor = house.officer(SUPERVISOR)
    assert "监督开箱" not in supervisor.open("/supervision/")
    cast(secret(house), *all_but(10))
    page = supervisor.open("/supervision/")
    assert dominant(page) == "我在场监督开箱"
    assert press(supervisor, page, "/supervision/box").location == "/supervision/"
    assert "您已经说了在场监督" in supervisor.open("/supervision/")
    (witnessed,) = house.events(ClosingWitnessed)
    assert witnessed.supervisor == SUPERVISOR
    assert dominant(house.officer(CHAIR).open("/console/")) == "开箱，结束表决"


def test_a_named_vote_asks_nobody_to_witness_its_close(house):
    debating(house).open_vote()
    supervisor = house.officer(SUPERVISOR)
    assert "监督开箱" not in supervisor.open("/supervision/")
    assert "这不是无记名表决" in house.officer(CHAIR).get(WITNESS).text


def test_unused_votes_of_a_secret_vote_are_asked_for_once_without_a_name(house):
    cast(secret(house), *all_but(10)[:-2])
    officer = house.officer(CHAIR)
    assert officer.get("/console/close").location == WITNESS
    house.do(c.WitnessClosing(TODAY, VOTE, SUPERVISOR), Role.SUPERVISOR, SUPERVISOR)
    page = officer.open("/console/close")
    assert "还有 2 人没有表决" in words(page)
    assert "names" not in page
    press(officer, page, "/console/close")
    assert house.vote().tally.unused == 2


def test_a_unanimous_secret_result_warns_that_it_tells_everybodys_choice(house):
    cast(secret(house), *[Choice.FOR] * 28)
    house.do(c.WitnessClosing(TODAY, VOTE, SUPERVISOR), Role.SUPERVISOR, SUPERVISOR)
    house.close_vote()
    assert "等于公开了每个人的选择" in house.officer(CHAIR).open("/console/")


def test_a_unanimous_named_result_does_not_warn(house):
    debating(house).open_vote().cast(30).close_vote()
    assert "等于公开了" not in house.officer(CHAIR).open("/console/")


# --- counting once more


def closed(house, *hands):
    debating(house).open_vote().cast(*hands).close_vote()
    return house


def recount(house, person, *hands, source=TELLERS):
    """Another count, given by the officer at his own screen."""
    officer = house.officer(person)
    fields = dict(zip(("for", "against", "abstain"), map(str, hands), strict=True))
    return officer.send(source, meeting=TODAY, officer=person, **fields)


def test_another_count_stands_beside_the_first_and_an_equal_one_changes_nothing(house):
    closed(house, 20, 7, 3)
    console = house.officer(CHAIR)
    assert 'href="/console/check/"' in console.open("/console/")
    console.open(f"{TELLERS}/{TELLER}")
    fields = {"for": "20", "against": "7", "abstain": "3"}
    page = console.post(f"{TELLERS}/{TELLER}", meeting=TODAY, officer=TELLER, **fields)
    assert sign(console, page.text, TELLERS, TELLER, PIN).status_code == 303
    (checked,) = house.events(CountChecked)
    assert (checked.teller, checked.source) == (TELLER, Source.TELLERS)
    page = console.open("/console/check/")
    assert table(page)[1:] == [["计票", "20", "7", "3", ""], ["监票人点票", "20", "7", "3", "一样"]]
    assert "几次数的都一样" in page
    assert dominant(console.open("/console/")) == "宣布散会"


def test_the_form_of_another_count_does_not_show_what_was_counted(house):
    closed(house, 20, 7, 3)
    recount(house, TELLER, 20, 7, 3)
    page = house.officer(SECRETARY).open(f"{TELLERS}/{SECRETARY}").split("<main")[1]
    assert 'value="20"' not in page
    assert "赞成20" not in words(page)


def test_a_difference_keeps_the_meeting_from_ending_until_two_officers_have_explained_it(house):
    closed(house, 20, 7, 3)
    recount(house, TELLER, 19, 7, 3)
    console = house.officer(CHAIR)
    page = console.open("/console/")
    assert "几次数的票不一样" in page
    assert dominant(page) == "核对票数"
    assert "还不能散会" in console.open("/console/adjourn")
    answer = console.send("/console/adjourn", meeting=TODAY)
    assert answer.status_code == 409
    assert answer.json["what"] == "有一项表决，几次数的票不一样，还没有说明原因。"
    page = console.open("/console/check/")
    assert ["监票人点票", "19", "7", "3", "不一样"] in table(page)
    ground = "有人表决后离场，监票人没有数到"
    press(console, page, "/console/check/explain", ground=ground)
    assert console.send("/console/adjourn", meeting=TODAY).status_code == 409, "one is not enough"
    address = f"/console/check/?vote={VOTE}&officer={SECRETARY}"
    page = console.open(address)
    assert sign(console, page, "/console/check/settle", SECRETARY, WRONG).status_code == 400
    assert sign(console, page, "/console/check/settle", SECRETARY, PIN).status_code == 303
    (settled,) = house.events(DifferenceSettled)
    assert settled.officer == SECRETARY
    assert ground in console.open("/console/")
    assert console.send("/console/adjourn", meeting=TODAY).status_code == 200


def test_who_explained_a_difference_is_not_the_second_who_agrees(house):
    closed(house, 20, 7, 3)
    recount(house, TELLER, 19, 7, 3)
    console = house.officer(CHAIR)
    page = console.open("/console/check/")
    press(console, page, "/console/check/explain", ground=ground_of(page))
    page = console.open("/console/check/")
    assert f"officer={CHAIR}" not in page
    answer = console.send("/console/check/settle", meeting=TODAY, vote=VOTE, officer=CHAIR)
    assert answer.status_code == 409
    assert not house.vote().settled
    other = house.officer(SECRETARY)
    assert press(other, other.open("/console/check/"), "/console/check/settle").status_code == 303


def ground_of(page):
    return forms(page, "/console/check/explain")[0].fields["ground"]


def test_a_reason_is_tapped_never_typed(house):
    closed(house, 20, 7, 3)
    recount(house, TELLER, 19, 7, 3)
    console = house.officer(CHAIR)
    answer = console.send("/console/check/explain", meeting=TODAY, vote=VOTE, ground="<b>")
    assert answer.status_code == 400


def test_where_another_count_decides_otherwise_only_a_new_vote_helps(house):
    closed(house, 16, 10, 4)
    recount(house, TELLER, 15, 11, 4)
    console = house.officer(CHAIR)
    page = console.open("/console/check/")
    assert "按另一个数，结果就不一样了，不能只写个说明。" in page
    assert not forms(page, "/console/check/explain")
    page = console.open(f"/console/void?vote={VOTE}")
    press(console, page, "/console/void", ground="几次数的票对不上，结果说不清")
    assert house.events(VoteVoided)
    assert dominant(console.open("/console/")) == "开始表决"


def test_counting_once_more_may_also_put_the_difference_right(house):
    closed(house, 20, 7, 3)
    recount(house, TELLER, 19, 7, 3)
    recount(house, TELLER, 20, 7, 3)
    assert dominant(house.officer(CHAIR).open("/console/")) == "宣布散会"


def test_paper_and_tellers_may_both_be_put_beside_the_ballots(house):
    closed(house, 20, 7, 3)
    recount(house, TELLER, 20, 7, 3)
    recount(house, SECRETARY, 20, 7, 2, source=f"/console/check/papers/{VOTE}")
    rows = table(house.officer(CHAIR).open("/console/check/"))
    assert [row[0] for row in rows[1:]] == ["计票", "监票人点票", "纸质记录复点"]
    assert [row[-1] for row in rows[1:]] == ["", "一样", "不一样"]
