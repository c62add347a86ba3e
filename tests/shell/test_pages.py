"""Every page over HTTP: the console step by step, the ballot screen, the portal; with the script and without it."""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import timedelta
from html.parser import HTMLParser
from io import BytesIO

import kiosk_fixtures
import pytest
from kiosk_fixtures import (
    CHAIR,
    OPENING,
    SECRETARY,
    SUPERVISOR,
    TELLER,
    VOTE,
    another_matter,
    public_phones,
)
from pypdf import PdfReader

from kiosk.core import commands as c
from kiosk.core.ballot_terms import Channel, Choice
from kiosk.core.events import (
    BallotCast,
    CheckedIn,
    CheckedOut,
    MeetingOpened,
    PaperIssued,
    RecusalDeclared,
    VoteClosed,
)
from kiosk.core.law.rules import THREE_ANSWERS
from kiosk.core.law.tally import Count, Tally
from kiosk.core.terms import DeviceId, Edition, Paper, Role
from kiosk.demo.story import MATTER, TODAY, VILLAGE
from kiosk.store.register import Register

founded_database, house = kiosk_fixtures.founded_database, kiosk_fixtures.house
still_house, decided_house = kiosk_fixtures.still_house, kiosk_fixtures.decided_house
decided_database = kiosk_fixtures.decided_database

ARTICLE = "村民委员会组织法第三十条"
VOTERS_ARTICLE = "村民委员会组织法第二十九条、第三十条"
CARRIED = "到会30：赞成16×2=32 ＞ 30 → 超过到会人数一半，通过"
NOT_CARRIED = "到会30：赞成15×2=30 ≤ 30 → 没有超过到会人数一半，未通过"
NOT_CALLED = "p0200"  # a villager of the register who has no seat


@dataclass
class Form:
    """A form of a page as a browser without script sees it."""

    action: str
    fields: dict = field(default_factory=dict)
    buttons: list = field(default_factory=list)

    def put(self, name, value):
        """A name that comes more than once keeps all its values, as it does in a browser."""
        known = self.fields.get(name)
        self.fields[name] = (
            value if known is None else [*([known] if isinstance(known, str) else known), value]
        )


class Forms(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if tag == "form" and told.get("method") == "post":
            self.found.append(Form(told["action"]))
        elif tag == "input" and self.found and "value" in told:
            self.found[-1].put(told["name"], told["value"])
        elif tag == "button" and self.found and "name" in told:
            self.found[-1].buttons.append((told["name"], told["value"]))


def forms(page, action):
    parser = Forms()
    parser.feed(page)
    return [form for form in parser.found if form.action == action]


def press(browser, page, action, button=None, **which):
    """Press the button of the page's form with that action, as a browser without script; the answer."""
    fitting = [f for f in forms(page, action) if which.items() <= f.fields.items()]
    assert fitting, f"no form to {action} with {which}"
    form = fitting[0]
    assert button is None or button in form.buttons
    fields = form.fields | (dict([button]) if button else {})
    return browser.remember(browser.client.post(action, data=fields))


def vote_at(screen, person, choice="for"):
    """Name, card, 确认, with the script; the last answer."""
    answer = screen.send("/ballot/turn", meeting=TODAY, vote=VOTE, person=person)
    if answer.status_code == 200:
        screen.send("/ballot/confirm", choice=choice)
        answer = screen.send("/ballot/cast", choice=choice)
    return answer


def counted(in_favour, against, abstain, unused=0, recused=0):
    answers = zip(THREE_ANSWERS, (in_favour, against, abstain), strict=True)
    cast = in_favour + against + abstain
    return Tally(tuple(Count(choice, number) for choice, number in answers), cast, unused, recused)


def words(page):
    """The text of a page, as people read it."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


# --- the console, step by step


def test_with_29_of_45_there_the_meeting_does_not_open(house):
    house.check_in(29)
    officer, before = house.officer(CHAIR), house.lines()
    page = officer.open("/console/")
    assert "应到45 实到29：29×3=87 ＜ 45×2=90 → 不到三分之二" in page
    assert "还差 1 人，不能开会" in page
    assert f"依据：{ARTICLE}" in page
    assert officer.send("/console/open", meeting=TODAY).json == {
        "what": "人数不够：应到45人，要到30人，实到29人。",
        "todo": "还差1人，请等人到齐。",
        "basis": ARTICLE,
    }
    assert officer.send("/console/open", meeting=TODAY).status_code == 409
    assert house.lines() == before


def test_with_30_of_45_there_it_opens(house):
    house.check_in(30)
    officer = house.officer(CHAIR)
    page = officer.open("/console/")
    assert "应到45 实到30：30×3=90 ≥ 45×2=90 → 达到三分之二" in page
    assert press(officer, page, "/console/open").location == "/console/"
    (opened,) = [e for e in house.events(MeetingOpened) if e.meeting == TODAY]
    assert (len(opened.roll), opened.present) == (45, 30)


def test_observers_in_the_room_do_not_count_towards_the_quorum(house):
    house.check_in(29)
    for seat in house.meeting().seats.values():
        if not seat.votes:
            house.do(c.CheckIn(TODAY, seat.person))
    assert len(house.meeting().arrivals) == 38
    assert house.officer(CHAIR).send("/console/open", meeting=TODAY).status_code == 409


@pytest.mark.parametrize(
    ("in_favour", "carried", "sentence", "said"),
    [
        (15, False, NOT_CARRIED, "赞成15人，没有超过到会30人的一半（要16人）"),
        (16, True, CARRIED, "赞成16人，超过到会30人的一半（要16人）"),
    ],
)
def test_the_outcome_is_said_with_its_arithmetic_on_every_screen(
    house, in_favour, carried, sentence, said
):
    against = 28 - in_favour
    house.check_in(30).open().open_vote().cast(in_favour, against, 2)
    officer, hall = house.officer(CHAIR), house.hall_screen()
    assert press(officer, officer.open("/console/"), "/console/close").location == "/console/"
    (closed,) = [e for e in house.events(VoteClosed) if e.vote == VOTE]
    assert (closed.tally, closed.base) == (counted(in_favour, against, 2), 30)
    assert closed.carried is carried
    counts = f"赞成{in_favour}＋反对{against}＋弃权2＋未表决0＝到会30"
    console = officer.open("/console/")
    assert sentence in console
    assert counts in console
    assert f"：{'通过' if carried else '未通过'}</h1>" in console
    big = hall.open("/hall/")
    assert said in big
    assert f'verdict__word">{"通过" if carried else "未通过"}<' in big
    assert press(officer, console, "/console/adjourn").location == "/console/"
    assert sentence in officer.open("/console/")
    phone = house.visitor()
    for page in (phone.open("/"), phone.open("/r/2026-1")):
        assert sentence in page
        assert counts in page
        assert f"表决{'通过了' if carried else '没有通过'}这件事。" in page


def test_closing_with_votes_unused_asks_once(house):
    house.check_in(30).open().open_vote().cast(16, 10, 2)
    officer, before = house.officer(CHAIR), house.lines()
    answer = officer.send("/console/close", meeting=TODAY, vote=VOTE)
    assert answer.status_code == 409
    assert answer.json["what"] == "还有2人没有表决。"
    assert house.lines() == before
    page = officer.open("/console/close")
    assert '还有 <span class="num">2</span> 人没有表决' in page
    seats_ = house.meeting().seats
    assert all(seats_[person].name in page for person in house.vote().waiting)
    assert press(officer, page, "/console/close").location == "/console/"
    (closed,) = [e for e in house.events(VoteClosed) if e.vote == VOTE]
    assert closed.tally == counted(16, 10, 2, unused=2)
    assert "＋未表决2＝到会30" in officer.open("/console/")


def test_closing_when_all_have_voted_asks_nothing(house):
    house.check_in(30).open().open_vote().cast(30)
    officer = house.officer(CHAIR)
    assert officer.send("/console/close", meeting=TODAY, vote=VOTE).json == {"go": "/console/"}
    assert officer.get("/console/close").location == "/console/"


def test_a_form_that_is_sent_again_after_a_break_is_answered_the_same_and_done_once(house):
    """The page's script keeps a form and its id until it is answered: the answer may have been lost."""
    house.check_in(30)
    officer = house.officer(CHAIR)
    steps = (
        ("/checkin/in", {"person": "p0140"}, "house-again-1"),
        ("/console/open", {}, "house-again-2"),
        ("/console/vote", {"matter": MATTER, "running_tally": "yes"}, "house-again-3"),
        ("/console/close", {"vote": VOTE, "unused_confirmed": "yes"}, "house-again-4"),
        ("/console/adjourn", {}, "house-again-5"),
    )
    for path, fields, command_id in steps:
        sent = {"meeting": TODAY, "command_id": command_id} | fields
        first, written = officer.send(path, **sent), house.lines()
        again = officer.send(path, **sent)
        assert first.status_code == 200, path
        assert (again.status_code, again.json) == (200, first.json), path
        assert house.lines() == written


def test_the_same_id_with_another_content_is_refused(house):
    officer = house.officer(CHAIR)
    officer.send("/checkin/in", meeting=TODAY, person="p0101", command_id="house-again-1")
    answer = officer.send("/checkin/in", meeting=TODAY, person="p0102", command_id="house-again-1")
    assert answer.status_code == 409
    assert answer.json["what"] == "这一步已经按另一个内容记上了。"
    assert len(house.meeting().arrivals) == 1


@pytest.mark.parametrize(
    ("path", "fields", "said"),
    [
        ("/console/vote", {"matter": MATTER}, "会议还没有宣布开会。"),
        ("/console/adjourn", {}, "会议还没有宣布开会。"),
        ("/console/close", {"vote": VOTE}, "会议还没有宣布开会。"),
        ("/checkin/out", {"person": "p0101"}, "还没有签到，或者已经离场。"),
        ("/checkin/in", {"person": NOT_CALLED}, "名册里没有这个人。"),
    ],
)
def test_a_step_before_its_time_is_refused_in_words(still_house, path, fields, said):
    officer, before = still_house.officer(CHAIR), still_house.lines()
    answer = officer.send(path, meeting=TODAY, **fields)
    assert (answer.status_code, answer.json["what"]) == (409, said)
    assert still_house.lines() == before


def test_a_meeting_is_not_over_while_a_vote_is_open(house):
    house.check_in(30).open().open_vote()
    answer = house.officer(CHAIR).send("/console/adjourn", meeting=TODAY)
    assert (answer.status_code, answer.json["what"]) == (409, "表决还没有结束。")


def test_the_dominant_button_leads_through_the_whole_meeting(house):
    """Follow the big button and the meeting runs."""
    officer, said = house.officer(SECRETARY), []

    def dominant():
        (button,) = re.findall(r'button--dominant"[^>]*>(.*?)</', officer.open("/console/"))
        return words(button)

    said.append(dominant())
    house.check_in(30)
    said.append(dominant())
    house.open()
    said.append(dominant())
    house.do(c.TakeItem(TODAY, MATTER))
    said.append(dominant())
    house.open_vote().cast(30)
    said.append(dominant())
    house.close_vote()
    said.append(dominant())
    house.adjourn()
    said.append(dominant())
    assert said == [
        "开始签到",
        "宣布开会",
        "进入议题",
        "开始表决",
        "结束表决",
        "宣布散会",
        "看公开栏上的决议",
    ]


# --- checking in


def test_checking_in_twice_is_one_arrival(house):
    officer = house.officer(TELLER)
    for _ in range(2):
        assert officer.send("/checkin/in", meeting=TODAY, person="p0101").status_code == 200
    assert [e for e in house.events(CheckedIn) if e.meeting == TODAY] == [CheckedIn(TODAY, "p0101")]


def test_leaving_and_returning_are_acts_of_their_own_with_their_times(house):
    officer = house.officer(TELLER)
    officer.send("/checkin/in", meeting=TODAY, person="p0101")
    wall = officer.open("/checkin/?tab=1")
    assert '<span class="num">09:00</span>' in wall
    assert not forms(wall, "/checkin/out"), "no second tap undoes a check-in"
    house.clock.on(minutes=5)
    page = officer.open("/checkin/leave")
    assert press(officer, page, "/checkin/out", person="p0101").location == "/checkin/"
    assert not house.meeting().arrivals
    house.clock.on(minutes=5)
    press(officer, officer.open("/checkin/?tab=1"), "/checkin/in", person="p0101")
    assert '<span class="num">09:10</span>' in officer.open("/checkin/?tab=1")
    mine = [e for e in house.entries(CheckedIn) if e.event.meeting == TODAY]
    (left,) = house.entries(CheckedOut)
    assert [e.at - OPENING for e in (mine[0], left, mine[1])] == [
        timedelta(),
        timedelta(minutes=5),
        timedelta(minutes=10),
    ]


def test_every_called_person_has_one_tile_with_who_he_is(still_house):
    officer, seats_ = still_house.officer(TELLER), still_house.meeting().seats
    told = [form.fields["person"] for form in forms(officer.open("/checkin/"), "/checkin/in")]
    observers = officer.open("/checkin/?tab=observers")
    told += [form.fields["person"] for form in forms(observers, "/checkin/in")]
    assert sorted(told) == sorted(seats_)
    assert "村外" not in observers
    assert "镇干部" in observers


# --- recusal


def test_a_recusal_is_declared_with_a_tap_and_stays_in_the_base(house):
    house.check_in(30).open()
    officer = house.officer(SECRETARY)
    person = house.voters()[0]
    page = officer.open("/console/recusal")
    assert f'href="/console/recusal?person={person}"' in page
    page = officer.open(f"/console/recusal?person={person}")
    ground = "近亲属与此事有利害关系"
    assert press(officer, page, "/console/recusal", ground=ground).location == "/console/"
    assert house.events(RecusalDeclared) == [RecusalDeclared(TODAY, MATTER, person, ground)]
    assert "已回避" in officer.open("/console/recusal")
    house.open_vote()
    answer = vote_at(house.ballot_screen(), person)
    assert (answer.status_code, answer.json["what"]) == (409, "这件事您已经回避。")
    house.cast(15, 14).close_vote()
    page = officer.open("/console/")
    assert "＋未表决1＝到会30（未表决中回避1人）" in page
    assert "未通过" in page, "15 of 30 is not more than half: a recusal makes nothing easier"


@pytest.mark.parametrize("ground", ["", "病了", "<b>", "本人与此事有利害关系 "])
def test_only_the_grounds_on_the_page_are_taken(still_house, ground):
    officer, before = still_house.officer(SECRETARY), still_house.lines()
    fields = {"meeting": TODAY, "matter": MATTER, "person": "p0101", "ground": ground}
    assert officer.send("/console/recusal", **fields).status_code == 400
    assert still_house.lines() == before


def test_once_the_vote_is_open_nobody_is_recused_any_more(house):
    house.check_in(30).open().open_vote()
    officer = house.officer(SECRETARY)
    assert "不能再申请回避" in officer.open("/console/recusal")
    fields = {"meeting": TODAY, "matter": MATTER, "person": "p0101"}
    answer = officer.send("/console/recusal", ground="本人主动申请回避", **fields)
    assert answer.status_code == 409


# --- the ballot screen


def test_observers_are_told_why_they_do_not_vote(house):
    observers = [s.person for s in house.meeting().seats.values() if not s.votes]
    for person in observers:
        house.do(c.CheckIn(TODAY, person))
    house.check_in(30).open().open_vote()
    screen = house.ballot_screen()
    tiles = {
        f.fields["person"] for f in forms(screen.open("/ballot/?tab=observers"), "/ballot/turn")
    }
    assert tiles == set(observers)
    assert len(observers) == 9
    for person in observers:
        answer = vote_at(screen, person)
        assert answer.status_code == 409
        assert answer.json["what"] == "您是列席人员，没有表决权。"
        assert answer.json["basis"] == VOTERS_ARTICLE
    assert not house.vote().ballots


def test_who_is_not_there_not_in_the_electorate_recused_or_done_gets_no_turn(house):
    house.check_in(33).open()
    recused, voted, left = house.voters()[:3]
    absent, late = house.voters()[40:42]
    house.recuse(recused).open_vote()
    house.do(c.CheckIn(TODAY, late))
    house.do(c.CheckOut(TODAY, left))
    ballot = c.CastBallot(TODAY, VOTE, voted, (Choice.AGAINST,), Channel.KIOSK_SCREEN)
    house.do(ballot, Role.VOTER, voted)
    screen, before = house.ballot_screen(), house.lines()
    told = {}
    for person in (absent, late, left, recused, voted, NOT_CALLED, "nobody", ""):
        answer = vote_at(screen, person)
        assert answer.status_code == 409
        told[person] = answer.json["what"]
    assert told == {
        absent: "还没有签到，或者已经离场。",
        left: "还没有签到，或者已经离场。",
        late: "表决开始时您还没有到场。",
        recused: "这件事您已经回避。",
        voted: "您已经表决过了。",
        NOT_CALLED: "名册里没有这个人。",
        "nobody": "名册里没有这个人。",
        "": "名册里没有这个人。",
    }
    assert house.lines() == before


def test_tiles_are_offered_to_those_who_may_still_vote_and_to_nobody_else(house):
    house.check_in(31).open()
    recused, voted = house.voters()[:2]
    house.recuse(recused).open_vote()
    screen = house.ballot_screen()
    assert vote_at(screen, voted).json == {"go": "/ballot/done"}
    page = screen.open("/ballot/")
    offered = {form.fields["person"] for form in forms(page, "/ballot/turn")}
    assert offered == house.vote().waiting
    assert len(offered) == 29
    assert "已表决 1 人，共 30 人" in page


def test_there_is_no_turn_before_the_vote_or_after_it(house):
    house.check_in(30).open()
    screen, voter = house.ballot_screen(), house.voters()[0]
    assert "现在没有表决" in screen.open("/ballot/")
    assert vote_at(screen, voter).json["what"] == "现在没有进行表决。"
    house.open_vote()
    screen.send("/ballot/turn", meeting=TODAY, vote=VOTE, person=voter)
    house.close_vote()
    answer = screen.send("/ballot/cast", choice="for")
    assert (answer.status_code, answer.json["what"]) == (409, "现在没有进行表决。")
    assert vote_at(screen, voter).status_code == 409
    assert not house.vote().ballots


def test_a_turn_is_for_the_vote_that_is_open(house):
    house.check_in(30).open().open_vote()
    screen = house.ballot_screen()
    fields = {"meeting": TODAY, "vote": "party_meeting-1-vote-1", "person": house.voters()[0]}
    assert screen.send("/ballot/turn", **fields).status_code == 409


def test_nothing_is_cast_where_it_is_nobodys_turn(house):
    house.check_in(30).open().open_vote()
    screen, before = house.ballot_screen(), house.lines()
    for path in ("/ballot/confirm", "/ballot/cast"):
        fields = {"choice": "for", "person": house.voters()[0], "vote": VOTE, "meeting": TODAY}
        answer = screen.send(path, **fields)
        assert (answer.status_code, answer.json["what"]) == (409, "现在没有进行表决。")
    assert screen.get("/ballot/choose").location == "/ballot/"
    assert house.lines() == before


def test_the_ballot_is_of_the_person_whose_turn_it_is_whatever_the_form_says(house):
    house.check_in(30).open().open_vote()
    mine, other = house.voters()[:2]
    screen = house.ballot_screen()
    screen.send("/ballot/turn", meeting=TODAY, vote=VOTE, person=mine)
    screen.send("/ballot/cast", choice="against", person=other, vote="other", meeting="other")
    assert house.vote().ballots == {mine: (Choice.AGAINST,)}
    (entry,) = [e for e in house.entries(BallotCast) if e.event.vote == VOTE]
    assert (entry.actor.role, entry.actor.person) == (Role.VOTER, mine)
    assert entry.actor.device.startswith("ballot-")


def test_the_same_cast_form_twice_is_one_ballot_and_the_same_tick(house):
    house.check_in(30).open().open_vote()
    screen, voter = house.ballot_screen(), house.voters()[0]
    first = vote_at(screen, voter)
    again = screen.send("/ballot/cast", choice="for")
    plain = screen.post("/ballot/cast", choice="for")
    assert first.json == again.json == {"go": "/ballot/done"}
    assert (plain.status_code, plain.location) == (303, "/ballot/done")
    assert "已记下您的表决" in screen.open("/ballot/done")
    assert len([e for e in house.events(BallotCast) if e.vote == VOTE]) == 1


def test_a_lost_tick_is_given_again_even_after_the_vote_was_closed(house):
    house.check_in(30).open().open_vote()
    screen = house.ballot_screen()
    vote_at(screen, house.voters()[0])
    house.close_vote()
    assert screen.send("/ballot/cast", choice="for").json == {"go": "/ballot/done"}
    assert house.vote().tally.cast == 1


def test_a_repeated_form_with_another_choice_changes_nothing(house):
    house.check_in(30).open().open_vote()
    screen, voter = house.ballot_screen(), house.voters()[0]
    vote_at(screen, voter, "for")
    assert screen.send("/ballot/cast", choice="against").status_code == 409
    assert house.vote().ballots == {voter: (Choice.FOR,)}


def test_the_same_person_at_two_screens_has_one_ballot(house):
    house.check_in(30).open().open_vote()
    one, other, voter = house.ballot_screen(), house.ballot_screen(), house.voters()[0]
    for screen in (one, other):
        turn = screen.send("/ballot/turn", meeting=TODAY, vote=VOTE, person=voter)
        assert turn.json == {"go": "/ballot/choose"}
    assert one.send("/ballot/cast", choice="for").json == {"go": "/ballot/done"}
    answer = other.send("/ballot/cast", choice="against")
    assert (answer.status_code, answer.json["what"]) == (409, "您已经表决过了。")
    assert house.vote().ballots == {voter: (Choice.FOR,)}


@pytest.mark.parametrize("choice", ["", "FOR", "yes", "赞成", "unused", "for ", "<script>"])
def test_what_is_no_choice_is_refused(house, choice):
    house.check_in(30).open().open_vote()
    screen, before = house.ballot_screen(), house.lines()
    screen.send("/ballot/turn", meeting=TODAY, vote=VOTE, person=house.voters()[0])
    for path in ("/ballot/confirm", "/ballot/cast"):
        assert screen.send(path, choice=choice).status_code == 400
    assert house.lines() == before


def test_back_at_the_names_it_is_nobodys_turn_and_the_comfort_is_as_before(house):
    house.check_in(30).open().open_vote()
    screen = house.ballot_screen()
    screen.send("/ballot/turn", meeting=TODAY, vote=VOTE, person=house.voters()[0])
    screen.post("/comfort", size="4", back="/ballot/choose")
    assert 'data-size="4"' in screen.open("/ballot/choose")
    assert 'data-size="2"' in screen.open("/ballot/")
    assert screen.send("/ballot/cast", choice="for").status_code == 409
    assert not house.vote().ballots


def test_the_three_cards_are_equal_and_in_their_order(house):
    house.check_in(30).open().open_vote()
    screen = house.ballot_screen()
    screen.send("/ballot/turn", meeting=TODAY, vote=VOTE, person=house.voters()[0])
    page = screen.open("/ballot/choose")
    (form,) = forms(page, "/ballot/confirm")
    assert form.buttons == [("choice", "for"), ("choice", "against"), ("choice", "abstain")]
    cards = re.findall(
        r'<button type="submit" class="(choice[^"]*)"[^>]*value="(\w+)"([^>]*)>', page
    )
    assert [(cls, rest) for cls, _, rest in cards] == [("choice", "")] * 3
    assert "赞成意味着" in page
    assert "反对意味着" in page


def test_the_tick_is_the_same_whatever_was_chosen(house):
    house.check_in(30).open().open_vote()
    screen, ticks = house.ballot_screen(), set()
    for voter, choice in zip(house.voters(), Choice, strict=False):
        vote_at(screen, voter, choice.value)
        ticks.add(words(screen.open("/ballot/done")))
    assert len(ticks) == 1


def test_a_whole_meeting_runs_on_plain_forms_without_script(house):
    house.check_in(29)
    officer, screen = house.officer(CHAIR), house.ballot_screen()
    late = house.voters()[29]
    press(officer, officer.open("/checkin/"), "/checkin/in", person=late)
    for action in ("/console/open", "/console/item", "/console/vote"):
        answer = press(officer, officer.open("/console/"), action)
        assert (answer.status_code, answer.location) == (303, "/console/")
    for place, voter in enumerate(house.voters()[:30]):
        choice = ("choice", "for" if place < 16 else "abstain")
        answer = press(screen, screen.open("/ballot/"), "/ballot/turn", person=voter)
        assert (answer.status_code, answer.location) == (303, "/ballot/choose")
        page = screen.open("/ballot/choose")
        assert house.meeting().seats[voter].name in page
        confirm = press(screen, page, "/ballot/confirm", choice)
        assert "您选了：" in confirm.text
        answer = press(screen, confirm.text, "/ballot/cast")
        assert (answer.status_code, answer.location) == (303, "/ballot/done")
        assert 'http-equiv="refresh" content="2;url=/ballot/"' in screen.open("/ballot/done")
    for action in ("/console/close", "/console/adjourn"):
        assert press(officer, officer.open("/console/"), action).status_code == 303
    assert house.vote().tally == counted(16, 0, 14)
    assert CARRIED in house.visitor().open("/")


def test_a_form_refused_without_script_shows_what_and_what_to_do(house):
    house.check_in(29)
    officer = house.officer(CHAIR)
    answer = press(officer, officer.open("/console/"), "/console/open")
    assert answer.status_code == 409
    assert "<title>人数不够：应到45人，要到30人，实到29人。</title>" in answer.text
    assert "还差1人，请等人到齐。" in answer.text
    assert f"依据：{ARTICLE}" in answer.text
    assert "知道了" in answer.text


# --- the big screen


def test_the_big_screen_follows_the_meeting(house):
    hall = house.hall_screen()
    assert "还差 30 人" in words(hall.open("/hall/"))
    house.check_in(29)
    assert "还差 1 人" in words(hall.open("/hall/"))
    house.check_in(30)
    assert "人数已够" in hall.open("/hall/")
    house.open()
    page = hall.open("/hall/")
    assert "会议已开始，名册已定" in page
    assert shown_code(page) == house.kiosk.known(VILLAGE).head.check_code
    house.open_vote().cast(4, 3, 2)
    page = hall.open("/hall/")
    assert [page.count(f'class="seat seat--{state}"') for state in
            ("for", "against", "abstain", "present", "absent")] == [4, 3, 2, 21, 15]  # fmt: skip
    house.close_vote()
    page = hall.open("/hall/")
    assert "hall--result" in page
    assert shown_code(page) == house.kiosk.known(VILLAGE).head.check_code
    house.adjourn()
    page = hall.open("/hall/")
    assert "散会 · 未通过" in page
    assert "正在制作" in page
    house.set_papers()
    page = hall.open("/hall/")
    assert "正在制作" not in page
    assert "公布 11月22日 到 12月6日" in words(page)


def test_after_a_meeting_without_a_vote_nobody_is_called_to_check_in(house):
    house.check_in(30).open().adjourn()
    page = house.hall_screen().open("/hall/")
    assert "正在签到" not in page
    assert "现在没有会议" in page
    assert "会议已散会" in house.officer(CHAIR).open("/console/")


def test_an_officer_may_look_at_the_big_screen_too(still_house):
    assert "hall--waiting" in still_house.officer(SUPERVISOR).open("/hall/")


def shown_code(page):
    return re.sub(r"<[^>]+>", "", re.search(r'code__digits">(.*?)</span></p>', page).group(1))


# --- the portal


def test_before_any_resolution_the_portal_shows_what_is_under_way(still_house):
    page = still_house.visitor().open("/")
    assert "正在办理" in page
    assert "公益性骨灰楼选址与建设方案" in page
    assert "/r/" not in page


def test_what_still_hangs_stands_on_the_first_page_and_the_rest_is_among_all_matters(decided_house):
    decided_house.carry(another_matter())
    phone = decided_house.visitor()
    page = phone.open("/")
    hanging = re.findall(r'<h2 class="sheet__title"><a href="([^"]+)">([^<]+)<', page)
    assert hanging == [("/r/2027-1", "村道硬化")]
    assert "金塱村民决〔2027〕1号" in page
    assert "公益性骨灰楼选址与建设方案" in phone.open("/m/")


def test_a_resolution_hangs_fifteen_days_and_says_how_many_are_left(decided_house):
    phone = decided_house.visitor()
    page = words(phone.open("/r/2026-1"))
    assert "还剩 15 天（2026年11月22日至2026年12月6日），首尾都算，共15天" in page
    decided_house.clock.on(days=14, hours=14, minutes=59)  # 23:59 of 6 December
    assert "还剩 1 天（2026年11月22日至2026年12月6日）" in words(phone.open("/"))
    decided_house.clock.on(minutes=1)
    assert "公布期已满（2026年11月22日至2026年12月6日）" in words(phone.open("/"))
    assert "公布期已满" in phone.open("/r/2026-1")


def test_the_portal_says_the_four_counts_the_quorum_the_law_and_the_money(decided_house):
    page = words(decided_house.visitor().open("/r/2026-1"))
    assert "应到45 实到30：30×3=90 ≥ 45×2=90 → 达到三分之二" in page
    assert "赞成16＋反对10＋弃权2＋未表决2＝到会30" in page
    assert f"依据：{ARTICLE}" in page
    assert "涉及金额 68万元" in page
    assert "动议事由：党员群众建议" in page
    assert "这次会议没有录像。" in page


def test_the_first_page_needs_no_script_and_is_at_most_100_kilobytes(decided_house):
    phone = decided_house.visitor()
    page = phone.get("/").data
    assert b"<script" not in page
    loaded = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page.decode())
    assert loaded[0] == "/static/css/portal.css"
    assert all(link.startswith("/glyphs/") for link in loaded[1:]), "of rare characters alone"
    sheets = [phone.get(link).data for link in loaded]
    assert not any(b"@import" in sheet for sheet in sheets)
    fetched = re.findall(r"url\(\"?((?!data:|#)[^)\"]+)", b"".join(sheets).decode())
    assert all(link.startswith("/glyphs/") for link in fetched)
    fonts = [phone.get(link).data for link in fetched]
    assert len(page) + sum(map(len, sheets)) + sum(map(len, fonts)) <= 100_000
    assert b"<script" not in decided_house.visitor().get("/r/2026-1").data


def test_the_check_code_is_the_same_on_the_big_screen_on_the_portal_and_on_paper(decided_house):
    portal = decided_house.visitor().open("/r/2026-1")
    code = shown_code(decided_house.hall_screen().open("/hall/"))
    assert re.fullmatch(r"\d{4}-\d{4}-\d{4}-\d{4}", code)
    assert shown_code(portal) == code
    pdf = PdfReader(BytesIO(decided_house.visitor().get("/r/2026-1.pdf").data))
    assert all(f"校验码 {code}" in page.extract_text() for page in pdf.pages)


def test_the_pdf_on_the_portal_is_the_one_the_journal_names(decided_house):
    answer = decided_house.visitor().get("/r/2026-1.pdf")
    (issued,) = [
        p
        for p in decided_house.events(PaperIssued)
        if (p.paper, p.edition) == (Paper.RESOLUTION, Edition.PUBLIC)
    ]
    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF")
    assert hashlib.sha256(answer.data[: issued.size_bytes]).hexdigest() == issued.sha256
    page = decided_house.visitor().open("/r/2026-1")
    assert issued.sha256 in page
    assert f"算前{issued.size_bytes}字节" in page


def test_until_the_paper_is_set_the_portal_says_so_and_has_no_pdf(house):
    house.decided()
    phone = house.visitor()
    assert ".pdf" not in phone.open("/")
    assert "正在制作，请稍后刷新。" in phone.open("/r/2026-1")
    assert phone.get("/r/2026-1.pdf").status_code == 404


@pytest.mark.parametrize(
    "path", ["/none", "/r/2026-2", "/r/2025-1.pdf", "/r/0-0", "/assets/../app.py", "/static/none"]
)
def test_a_page_that_is_not_there_is_said_in_plain_words(decided_house, path):
    page = decided_house.visitor().open(path, 404)
    assert "没有这一页。" in page
    assert "请回到首页。" in page
    assert "404" not in words(page)


def test_nothing_public_tells_of_a_person(decided_house):
    """No phone but the office's, no household, no birthday, no name of a voter, and not how anybody voted."""
    phone = decided_house.visitor()
    register = Register(decided_house.engine).people(VILLAGE)
    pdf = PdfReader(BytesIO(phone.get("/r/2026-1.pdf").data))
    told = {path: phone.open(path) for path in ("/", "/r/2026-1", "/signin", "/pair")}
    told["pdf"] = "".join(page.extract_text() for page in pdf.pages)
    offices = set(public_phones(decided_house.village()))
    for path, text in told.items():
        assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)", words(text)), path
        assert set(re.findall(r"0\d{3}-\d{7}", text)) <= offices
        for person in register:
            assert person.phone not in text
            assert person.household not in words(text).split()
            assert person.born_on.isoformat() not in text
            if path != "/signin":  # officers are known to everybody
                assert person.name not in text, path
                assert person.id not in text, path


# --- film, and what is unknown


def test_the_film_is_for_officers_only(decided_house):
    paths = [f"/film/{TODAY}/", f"/film/{TODAY}/film.m3u8", f"/film/{TODAY}/part-0001.mp4"]
    strangers = (
        decided_house.visitor(),
        decided_house.ballot_screen(),
        decided_house.hall_screen(),
    )
    for path in paths:
        for stranger in strangers:
            assert stranger.get(path).location == "/signin"


def test_a_meeting_without_a_film_says_so(decided_house):
    officer = decided_house.officer(SUPERVISOR)
    assert "这次会议没有录像。" in officer.open(f"/film/{TODAY}/")
    assert officer.get(f"/film/{TODAY}/film.m3u8").status_code == 404
    assert officer.get(f"/film/{TODAY}/part-0001.mp4").status_code == 404


@pytest.mark.parametrize(
    "unknown", ["none", "..", "%00", "x" * 300, "日志", "<script>", "-1", "9" * 40]
)
def test_unknown_ids_are_never_a_bug(decided_house, unknown):
    house = decided_house
    officer, screen = house.officer(kiosk_fixtures.CHAIR_AND_ADMIN), house.ballot_screen()
    before = house.lines()
    for path in (
        f"/film/{unknown}/",
        f"/film/{unknown}/film.m3u8",
        f"/film/{TODAY}/{unknown}.mp4",
        f"/r/{unknown}",
        f"/r/2026-{unknown}",
        f"/r/{unknown}-1.pdf",
        f"/signin/{unknown}",
        f"/console/recusal?person={unknown}",
        f"/checkin/?tab={unknown}",
        f"/ballot/?tab={unknown}",
        f"/assets/{unknown}",
    ):
        for visitor in (officer, screen):
            assert visitor.get(path).status_code < 500, path
    for path in (
        "/console/open", "/console/vote", "/console/close", "/console/adjourn", "/checkin/in",
        "/checkin/out", "/admin/screens", "/admin/screens/remove", "/admin/officers", "/pair",
        f"/signin/{unknown}", "/pin", "/ballot/turn", "/ballot/cast", "/console/recusal",
    ):  # fmt: skip
        names = ("meeting", "vote", "matter", "person", "kind", "device", "code", "choice", "pin")
        fields = dict.fromkeys(names, unknown)
        for visitor in (officer, screen):
            assert visitor.send(path, **fields).status_code < 500, path
            assert visitor.send(path, meeting=TODAY, person=unknown).status_code < 500, path
    assert house.lines() == before


def test_the_kiosk_has_no_screen_of_an_unknown_id(still_house):
    officer = still_house.officer(SECRETARY)
    answer = officer.post("/admin/screens/remove", device=DeviceId("none"))
    assert answer.location == "/admin/screens"
