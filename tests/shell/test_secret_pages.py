"""Secret votes over HTTP: the wire says nothing of the choice; a ballot counts once, for its own person alone."""

import re

import kiosk_fixtures
import pytest
from kiosk_fixtures import CHAIR, SCRIPT, SUPERVISOR, VOTE
from nacl.public import PrivateKey
from secret_ballots import (
    Booth,
    encrypted,
    read_booth,
    sealed,
    vote_secretly_at,
    vote_secretly_on_phone,
)

from kiosk.core import commands as c
from kiosk.core.ballot_terms import Choice, Method
from kiosk.core.events import BallotCast, BoxOpened
from kiosk.core.terms import CommandId, Role
from kiosk.demo.story import MATTER, TODAY, VILLAGE
from kiosk.store.slips import Slip

founded_database, house = kiosk_fixtures.founded_database, kiosk_fixtures.house

CHOICES = ("for", "against", "abstain")
DONE = {"go": "/ballot/done"}


@pytest.fixture
def secret(house):
    """A secret vote of thirty is open."""
    house.check_in(30).open()
    house.do(c.OpenVote(TODAY, (MATTER,), VOTE, running_tally=False, method=Method.SECRET))
    return house


def turn_at(house, person):
    """A ballot screen at which it is this person's turn, and its booth."""
    screen = house.ballot_screen()
    screen.send("/ballot/turn", meeting=TODAY, vote=VOTE, person=person)
    return screen, read_booth(screen.open("/ballot/choose"))


def close(house):
    """The chair closes, the supervisor is there: the counts by choice."""
    house.do(c.WitnessClosing(TODAY, VOTE, SUPERVISOR), Role.SUPERVISOR, SUPERVISOR)
    house.close_vote()
    return [count.count for count in house.vote().tally.counts]


def test_the_promise_is_made_before_the_first_tap(secret):
    screen = secret.ballot_screen()
    for page in (
        screen.open("/ballot/"),
        turn_at(secret, secret.voters()[0])[0].open("/ballot/choose"),
    ):
        assert "谁也不知道您投了什么，投下就不能改。" in page
        assert "无记名" in page


def test_ballots_at_screens_and_on_phones_are_counted_together(secret):
    voters, screen = iter(secret.voters()), secret.ballot_screen()
    for choice, number in (("for", 4), ("against", 2), ("abstain", 1)):
        for _ in range(number):
            assert vote_secretly_at(screen, TODAY, VOTE, next(voters), choice).json == DONE
    for place, choice in enumerate(("for", "for", "against", "abstain", "abstain")):
        person, token = next(voters), f"token-{place}"
        slip = Slip(VOTE, person, CommandId(f"slip-{place}"))
        secret.app.parts.slips.issue(VILLAGE, slip, token)
        answer = vote_secretly_on_phone(secret.visitor(), token, choice)
        assert answer.json == {"go": "/slip/done"}
    assert secret.vote().turnout == 12
    assert close(secret) == [6, 3, 3]
    assert len(secret.events(BoxOpened)) == 1
    assert not [e for e in secret.events(BallotCast) if e.vote == VOTE]


def test_pages_requests_and_answers_are_of_one_length_for_every_choice(secret):
    lengths = set()
    for voter, choice in zip(secret.voters(), CHOICES, strict=False):
        screen, booth = turn_at(secret, voter)
        form = sealed(booth, choice)
        answer = screen.send(booth.action, **form)
        lengths.add(
            (
                *map(len, form.values()),
                answer.data,
                *sorted((k, len(v)) for k, v in answer.headers if k != "Set-Cookie"),
            )
        )
        assert answer.headers["Cache-Control"] == "no-store"
    assert len(lengths) == 1


def test_the_same_choice_never_looks_the_same(secret):
    _, booth = turn_at(secret, secret.voters()[0])
    forms = [sealed(booth, "for") for _ in range(20)]
    assert len({form["sealed"] for form in forms} | {form["sender"] for form in forms}) == 40


def test_a_secret_page_has_no_form_for_a_choice_and_says_why_without_its_script(secret):
    screen, _ = turn_at(secret, secret.voters()[0])
    page = screen.open("/ballot/choose")
    assert re.findall(r'<form[^>]*action="([^"]+)"', page) == ["/comfort"]
    assert "这块屏幕现在不能无记名投票，请用纸票。" in page
    assert re.search(r"<div class=\"booth\" data-secret [^>]*hidden>", page)
    assert screen.get("/ballot/choose").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/ballot/confirm", "/ballot/cast"])
def test_a_choice_in_the_open_is_not_taken_in_a_secret_vote(secret, path):
    screen, _ = turn_at(secret, secret.voters()[0])
    assert screen.send(path, choice="for").status_code == 400
    assert secret.vote().turnout == 0


def test_a_lost_tick_is_given_again_and_the_ballot_counts_once(secret):
    screen, booth = turn_at(secret, secret.voters()[0])
    form = sealed(booth, "for")
    for _ in range(3):
        assert screen.send(booth.action, **form).json == DONE
    vote_others(secret, 5)
    assert close(secret) == [1, 5, 0]
    assert screen.send(booth.action, **form).json == DONE, "even after the box was opened"


def vote_others(house, number):
    for voter in house.voters()[1 : number + 1]:
        screen, booth = turn_at(house, voter)
        assert screen.send(booth.action, **sealed(booth, "against")).json == DONE


def test_a_secret_ballot_is_final(secret):
    screen, booth = turn_at(secret, secret.voters()[0])
    screen.send(booth.action, **sealed(booth, "for"))
    screen.send(booth.action, **sealed(booth, "against"))
    answer = screen.send("/ballot/turn", meeting=TODAY, vote=VOTE, person=secret.voters()[0])
    assert (answer.status_code, answer.json["what"]) == (409, "您已经表决过了。")
    vote_others(secret, 5)
    assert close(secret) == [1, 5, 0]


def test_an_overheard_ballot_is_worth_nothing_to_another(secret):
    mine, other = secret.voters()[:2]
    _, booth = turn_at(secret, mine)
    overheard = sealed(booth, "for")
    screen, own = turn_at(secret, other)
    assert screen.send(own.action, **overheard).status_code == 400
    assert secret.vote().turnout == 0


def test_a_ballot_of_another_vote_is_not_taken(secret):
    screen, booth = turn_at(secret, secret.voters()[0])
    for foreign in (
        Booth(booth.action, bytes(PrivateKey.generate().public_key).hex(), booth.whose),
        Booth(booth.action, booth.key, "00" * 32),
    ):
        assert screen.send(booth.action, **sealed(foreign, "for")).status_code == 400
    assert secret.vote().turnout == 0


@pytest.mark.parametrize("choice", [b"", b"FOR", b"for\0x", b"\xff", "赞成".encode(), b"x" * 40])
def test_what_is_no_choice_inside_is_refused(secret, choice):
    screen, booth = turn_at(secret, secret.voters()[0])
    form = encrypted(booth, bytes.fromhex(booth.whose) + choice)
    assert screen.send(booth.action, **form).status_code == 400
    assert secret.vote().turnout == 0


@pytest.mark.parametrize(
    ("sender", "content"),
    [("", ""), ("00" * 32, "00" * 104), ("zz" * 32, "00" * 104), ("00" * 31, "00" * 104),
     ("11" * 32, "00" * 103), ("１" * 64, "00" * 104)],
)  # fmt: skip
def test_what_is_no_ballot_is_refused(secret, sender, content):
    screen, booth = turn_at(secret, secret.voters()[0])
    assert screen.send(booth.action, sender=sender, sealed=content).status_code == 400
    assert secret.vote().turnout == 0


def test_after_the_close_no_ballot_is_taken_and_the_reason_is_said(secret):
    vote_others(secret, 5)
    screen, booth = turn_at(secret, secret.voters()[0])
    form = sealed(booth, "for")
    assert close(secret) == [0, 5, 0]
    answer = screen.send(booth.action, **form)
    assert (answer.status_code, answer.json["what"]) == (409, "现在没有进行表决。")


def test_a_void_vote_gives_no_tick(secret):
    screen, booth = turn_at(secret, secret.voters()[0])
    form = sealed(booth, "for")
    screen.send(booth.action, **form)
    secret.do(c.VoidVote(TODAY, VOTE, "表决屏出了故障，有人投错、投不了"), Role.CHAIR, CHAIR)
    answer = screen.send(booth.action, **form)
    assert (answer.status_code, answer.json["what"]) == (409, "这次表决已经作废。")


def test_without_the_boxs_key_nobody_is_led_on(secret):
    screen, booth = turn_at(secret, secret.voters()[0])
    form = sealed(booth, "for")
    secret.app.parts.box_keys.destroy(VOTE)
    assert "票箱的钥匙不见了" in screen.open("/ballot/choose", 409)
    assert "票箱的钥匙不见了" in screen.send(booth.action, **form).json["what"]


def test_a_secret_ballot_without_the_pages_own_sending_is_taken_too(secret):
    """Where steady.js is missing the page's form is sent by the browser itself."""
    screen, booth = turn_at(secret, secret.voters()[0])
    answer = screen.post(booth.action, **sealed(booth, "for"))
    assert (answer.status_code, answer.location) == (303, "/ballot/done")
    assert secret.vote().turnout == 1


def test_the_tiles_of_a_secret_vote_tell_no_numbers(secret):
    vote_others(secret, 3)
    page = secret.ballot_screen().open("/ballot/")
    assert "已表决" not in page
    assert "tab__count" not in page


def test_nothing_of_the_choice_stands_in_the_session(secret):
    screen, booth = turn_at(secret, secret.voters()[0])
    before = {key: cookie.value for key, cookie in screen.client._cookies.items()}
    headers = SCRIPT | {"X-CSRFToken": screen.token}
    screen.client.post(booth.action, data=sealed(booth, "for"), headers=headers)
    with screen.client.session_transaction() as session:
        assert not {choice.value for choice in Choice} & set(map(str, session.values()))
    after = {key: cookie.value for key, cookie in screen.client._cookies.items()}
    assert set(before) == set(after)
    assert {len(value) for value in before.values()} == {len(value) for value in after.values()}
