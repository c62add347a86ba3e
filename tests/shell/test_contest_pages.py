"""Choosing among candidates (推选) on the pages: raising it, naming people, reading papers, and what came out."""

import re

import contest_story as story
import kiosk_fixtures
import pytest
from kiosk_fixtures import CHAIR, SECRETARY, TELLER
from secret_ballots import read_booth, sealed
from test_matter_pages import Form
from test_pages import forms, press, words
from werkzeug.datastructures import MultiDict

from kiosk.core import commands as c
from kiosk.core.ballot_terms import Channel, Choice, Method, Source
from kiosk.core.events import BallotCast, BallotPaperRead, MatterRaised
from kiosk.core.terms import CommandId, Role, RowId
from kiosk.core.values import Candidate
from kiosk.demo.story import VILLAGE
from kiosk.store.slips import Slip

founded_database, house = kiosk_fixtures.founded_database, kiosk_fixtures.house

ONE, TWO, THREE, FOUR = Choice.NO_1, Choice.NO_2, Choice.NO_3, Choice.NO_4
PRESENT = 30
HERE = {"meeting": story.MEETING, "vote": story.VOTE}
CANDIDATES = "/matters/new/candidates"
READ = "/console/papers/read"


class Contested:
    """The house on the day of the contest: four stand for two places, thirty are there."""

    def __init__(self, house, candidates=4, places=2):
        self.house = house
        people = house.app.parts.register.people(VILLAGE)
        self.contest = story.standing(people, candidates, places)
        house.do(story.raising(self.contest))
        call = story.convening(people, house.clock())
        house.do(call)
        house.clock.at = call.starts_at
        for person in self.voters():
            house.do(c.CheckIn(story.MEETING, person))
        house.do(c.OpenMeeting(story.MEETING))

    def voters(self):
        seats = self.house.village().meetings[story.MEETING].seats
        return sorted(p for p, seat in seats.items() if seat.votes)[:PRESENT]

    def name(self, number):
        return self.contest.candidates[number - 1].name

    def vote(self):
        return self.house.village().meetings[story.MEETING].votes[story.VOTE]

    def open(self, method=Method.IN_TURN, *, running=True, revisable=False):
        shown = running and method is not Method.SECRET
        of = (story.MATTER,)
        self.house.do(c.OpenVote(story.MEETING, of, story.VOTE, shown, method, revisable))
        return self

    def cast(self, *answer, by=Channel.KIOSK_SCREEN, times=1):
        for person in sorted(self.vote().waiting)[:times]:
            ballot = c.CastBallot(story.MEETING, story.VOTE, person, answer, by)
            self.house.do(ballot, Role.VOTER, person)
        return self

    def papers(self, *answers):
        """So many take a paper, and all come back; those of `answers` are read."""
        self.house.do(c.PrintBallotPapers(story.MEETING, story.VOTE, "48291357", len(answers)))
        for person in sorted(self.vote().waiting)[: len(answers)]:
            self.house.do(c.IssueBallotPaper(story.MEETING, story.VOTE, person))
        self.house.do(c.ReturnBallotPapers(story.MEETING, story.VOTE, len(answers)))
        for number, answer in enumerate(answers, start=1):
            if answer != "unread":
                self.house.do(c.ReadBallotPaper(story.MEETING, story.VOTE, number, answer))
        return self

    def close(self):
        closing = c.CloseVote(story.MEETING, story.VOTE, unused_confirmed=True)
        self.house.do(closing, Role.CHAIR, CHAIR)
        return self

    def turn(self):
        """A ballot screen before the first of the roll."""
        screen = self.house.ballot_screen()
        screen.send("/ballot/turn", **HERE, person=self.voters()[0])
        return screen


@pytest.fixture
def contested(house):
    return Contested(house)


def names_in(page):
    """The candidates' cards: number and name of each, in order."""
    cards = re.findall(r'<label class="named-card".*?</label>', page, re.DOTALL)
    return [
        (
            re.search(r'named-card__number num">(\d+)<', card).group(1),
            re.search(r'named-card__name">([^<]+)<', card).group(1),
            "checked" in card,
        )
        for card in cards
    ]


def choosing(screen, *answers, path="/ballot/confirm", scripted=False):
    """Whom the form names."""
    post = screen.send if scripted else screen.post
    return post(path, choice=[answer.value for answer in answers])


# --- the ballot


def test_each_candidate_has_the_same_card_with_number_and_name(contested):
    contested.open()
    page = contested.turn().open("/ballot/choose")
    assert names_in(page) == [(str(n), contested.name(n), False) for n in (1, 2, 3, 4)]
    assert "最多选 2 人" in words(page)
    assert "弃权（都不选）" in page
    assert "赞成" not in words(page)
    cards = re.findall('<label class="named-card".*?</label>', page, re.DOTALL)
    assert len({re.sub(r"\d+|>[^<]*<", "", card) for card in cards}) == 1


def test_who_is_named_is_confirmed_and_cast_without_any_script(contested):
    contested.open()
    screen = contested.turn()
    confirm = choosing(screen, THREE, ONE)
    said = words(confirm.text)
    assert "您选了 2 人（最多选 2 人）" in said
    assert said.index(contested.name(1)) < said.index(contested.name(3))
    (form,) = forms(confirm.text, "/ballot/cast")
    assert form.fields["choice"] in ("1", "3", ["1", "3"])
    answer = choosing(screen, ONE, THREE, path="/ballot/cast")
    assert (answer.status_code, answer.location) == (303, "/ballot/done")
    assert contested.vote().ballots == {contested.voters()[0]: (ONE, THREE)}


@pytest.mark.parametrize("scripted", [False, True], ids=["plain", "script"])
def test_too_many_are_told_and_nothing_is_lost(contested, scripted):
    contested.open()
    screen = contested.turn()
    answer = choosing(screen, ONE, TWO, FOUR, scripted=scripted)
    assert answer.status_code == 409
    said = answer.json["what"] if scripted else words(answer.text)
    assert "您选了3人，最多只能选2人。" in said
    if not scripted:
        ticked = [number for number, _, on in names_in(answer.text) if on]
        assert ticked == ["1", "2", "4"]
        assert "已选 3 人" in words(answer.text)
    assert contested.vote().ballots == {}


def test_nobody_named_is_not_taken_for_an_abstention(contested):
    contested.open()
    answer = choosing(contested.turn())
    assert answer.status_code == 400
    assert "您还没有选人" in answer.text
    assert "弃权（都不选）" in answer.text


def test_an_abstention_takes_no_ticked_card_along(contested):
    contested.open()
    screen = contested.turn()
    page = screen.open("/ballot/choose")
    (_names, abstain) = forms(page, "/ballot/confirm")
    assert abstain.buttons == [("choice", "abstain")]
    confirm = screen.post("/ballot/confirm", **abstain.fields, choice="abstain")
    assert "弃权（都不选）" in words(confirm.text)
    press(screen, confirm.text, "/ballot/cast")
    assert contested.vote().ballots == {contested.voters()[0]: (Choice.ABSTAIN,)}


def test_back_from_the_confirmation_the_cards_are_as_they_were(contested):
    contested.open()
    screen = contested.turn()
    confirm = choosing(screen, TWO, FOUR).text
    assert 'href="/ballot/choose"' not in confirm, "no address tells whom he named"
    page = choosing(screen, TWO, FOUR, path="/ballot/choose").text
    assert [number for number, _, on in names_in(page) if on] == ["2", "4"]


def test_on_a_phone_the_same_cards_lead_to_the_same_ballot(contested):
    contested.open()
    voter, phone = contested.voters()[0], contested.house.visitor()
    slip = Slip(story.VOTE, voter, CommandId("slip-of-the-first"))
    contested.house.app.parts.slips.issue(VILLAGE, slip, "token-of-the-first")
    page = phone.open("/slip/token-of-the-first")
    assert len(names_in(page)) == 4
    assert choosing(phone, ONE, TWO, THREE, path="/slip/confirm").status_code == 409
    choosing(phone, ONE, TWO, path="/slip/confirm")
    choosing(phone, ONE, TWO, path="/slip/cast")
    (entry,) = [e for e in contested.house.entries(BallotCast) if e.event.vote == story.VOTE]
    assert (entry.event.answer, entry.event.channel) == ((ONE, TWO), Channel.PHONE)


def test_a_secret_choice_stays_in_the_page_and_is_of_one_length(contested):
    contested.open(Method.SECRET)
    screen = contested.turn()
    page = screen.open("/ballot/choose")
    assert re.findall(r'<form[^>]*action="([^"]+)"', page) == ["/comfort"]
    booth = read_booth(page)
    ballots = [sealed(booth, said) for said in ("1", "1,3", "abstain")]
    assert len({len(ballot["sealed"]) for ballot in ballots}) == 1
    assert screen.send(booth.action, **ballots[1]).json == {"go": "/ballot/done"}
    assert contested.vote().box.voted == {contested.voters()[0]}


@pytest.mark.parametrize("said", ["1,2,3", "1,abstain", "5", "3,1", "1,1", ""])
def test_a_sealed_ballot_that_may_not_say_so_is_refused(contested, said):
    contested.open(Method.SECRET)
    screen = contested.turn()
    booth = read_booth(screen.open("/ballot/choose"))
    answer = screen.send(booth.action, **sealed(booth, said))
    assert answer.status_code in (400, 409)
    assert contested.vote().box.voted == frozenset()


# --- papers read aloud


def test_a_paper_names_several_and_each_has_a_line(contested):
    contested.open().papers((ONE, TWO), "unread")
    officer = contested.house.officer(TELLER)
    page = officer.open("/console/papers/reading")
    assert [number for number, _, _ in names_in(page)] == ["1", "2", "3", "4"]
    contested.house.clock.on(seconds=1)
    answer = officer.post(READ, **HERE, number="2", choice=["2", "3"])
    assert answer.status_code == 303
    assert contested.vote().papers.readings == ((ONE, TWO), (TWO, THREE))
    rows = re.findall(r'class="strokes"[^>]*aria-label="([^"]+)"', officer.open(answer.location))
    assert rows == [
        f"{contested.name(1)} 1",
        f"{contested.name(2)} 2",
        f"{contested.name(3)} 1",
        f"{contested.name(4)} 0",
        "弃权 0",
        "废票 0",
    ]


@pytest.mark.parametrize(
    ("given", "told"),
    [([], "还没有点这张票选了谁。"), (["1", "2", "3"], "点了3人，一张票最多选2人。")],
)
def test_a_paper_that_cannot_be_read_so_stays_before_the_reader(contested, given, told):
    contested.open().papers("unread", "unread")
    officer = contested.house.officer(TELLER)
    answer = officer.post(READ, **HERE, number="1", choice=given)
    assert answer.status_code == 400
    assert told in answer.text
    assert [number for number, _, on in names_in(answer.text) if on] == given
    assert contested.vote().papers.readings == ()
    officer.post(READ, **HERE, number="1", choice="invalid")
    assert contested.house.events(BallotPaperRead)[-1].answer is None


# --- what the room sees


def test_hands_are_not_offered_and_the_console_says_why(contested):
    contested.open()
    officer = contested.house.officer(CHAIR)
    page = officer.open("/console/")
    assert "/console/hands/" not in page
    assert "/console/count/" not in page
    assert "推选不能举手" in page
    assert officer.get("/console/hands/1").status_code == 409
    assert officer.get("/console/count/").status_code == 409


def test_the_item_shows_who_stands_for_how_many_places(contested):
    officer = contested.house.officer(CHAIR)
    press(officer, officer.open("/console/"), "/console/item")
    for page in (officer.open("/console/"), contested.house.hall_screen().open("/hall/")):
        assert "从4名候选人中选，最多选2人，也可以弃权。" in page
        for candidate in contested.contest.candidates:
            assert candidate.name in page
    assert "赞成" not in words(officer.open("/console/"))


def test_the_result_says_who_is_chosen_with_the_arithmetic_of_each(contested):
    contested.open().cast(ONE, THREE, times=18).cast(TWO, times=6).cast(Choice.ABSTAIN).close()
    page = words(contested.house.officer(CHAIR).open("/console/"))
    first, third = contested.name(1), contested.name(3)
    assert f"{story.TITLE}：当选2人" in page
    assert f"当选2人：1号 {first}、3号 {third}" in page
    assert f"1号 {first}：18×2=36 ＞ 30 → 超过一半，当选" in page
    assert f"2号 {contested.name(2)}：6×2=12 ≤ 30 → 没有超过一半，没有当选" in page
    assert "有效票25＋未表决5＝到会30" in page
    hall = words(contested.house.hall_screen().open("/hall/"))
    assert "当选2人" in hall
    assert "16票才当选 有效票25＋未表决5＝到会30" in hall
    for shown in (page, hall):
        assert "通过" not in shown.replace("未经会议通过", "")  # that is said of the minutes
        assert "赞成" not in shown


def test_places_that_stay_open_are_said(contested):
    contested.open().cast(ONE, THREE, times=10).cast(ONE, times=8).close()
    page = words(contested.house.officer(CHAIR).open("/console/"))
    assert f"当选1人：1号 {contested.name(1)}；还缺1人" in page


def test_where_nobody_is_chosen_nobody_says_that_it_failed_to_pass(contested):
    contested.open().cast(ONE, times=10).cast(TWO, times=10).close()
    officer = contested.house.officer(CHAIR)
    page = words(officer.open("/console/"))
    assert f"{story.TITLE}：没有人当选" in page
    assert f"“{story.TITLE}”没有人当选。" in page
    matter = words(contested.house.officer(SECRETARY).open(f"/matters/{story.MATTER}"))
    hall = words(contested.house.hall_screen().open("/hall/"))
    for shown in (page, matter, hall):
        assert "没有通过" not in shown
        assert "未通过" not in shown


def test_channels_add_up_to_the_ballots_on_console_and_big_screen(contested):
    contested.open().cast(ONE, TWO, times=6).cast(THREE, by=Channel.PHONE, times=5)
    contested.papers((ONE, THREE), (Choice.ABSTAIN,), None).close()
    hall = contested.house.hall_screen().open("/hall/")
    rows = re.findall(r'<tr class="ledger__[^>]*>(.*?)</tr>', hall, re.DOTALL)
    told = [
        [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", r)] for r in rows
    ]
    assert told == [
        ["表决屏", "6", "6", "0", "0", "0", "6", ""],
        ["手机", "0", "0", "5", "0", "0", "5", ""],
        ["纸票", "1", "0", "1", "0", "1", "2", "废票1"],
        ["合计", "7", "6", "6", "0", "1", "13"],
    ]
    page = contested.house.officer(CHAIR).open("/console/")
    answers = [f"{n}号 {contested.name(n)}" for n in (1, 2, 3, 4)] + ["弃权", "有效票"]
    for place, answer in enumerate(answers, start=1):
        (row,) = re.findall(rf'<th scope="row">{answer}</th>(.*?)</tr>', page)
        assert re.findall(r'num">(\d+)<', row) == [line[place] for line in told]


def test_a_recount_asks_for_each_candidate_and_stands_beside_the_count(contested):
    contested.open().cast(ONE, THREE, times=18).close()
    teller = contested.house.officer(TELLER)
    page = teller.open(f"/console/check/tellers/{story.VOTE}/{TELLER}")
    for number in (1, 2, 3, 4):
        assert f"{number}号 {contested.name(number)}" in page
    numbers = {"1": "18", "2": "0", "3": "17", "4": "0", "abstain": "0"}
    fields = {"meeting": story.MEETING, "officer": TELLER}
    answer = teller.post(f"/console/check/tellers/{story.VOTE}", **fields, **numbers)
    assert answer.status_code == 303, words(answer.text)
    assert contested.vote().checks[Source.TELLERS].counts[2].count == 17
    table = teller.open(answer.location)
    assert f"3号 {contested.name(3)}" in table
    assert "不一样" in table


def test_a_straw_poll_counts_hands_for_each_candidate(contested):
    officer = contested.house.officer(CHAIR)
    press(officer, officer.open("/console/"), "/console/item")
    page = officer.open("/console/straw")
    assert f"1号 {contested.name(1)}" in page
    answer = officer.post(
        "/console/straw", **{"1": "20", "2": "25", "3": "3", "4": "0", "abstain": "2"}
    )
    assert answer.status_code == 303, "a hand may be raised for several"
    hall = contested.house.hall_screen().open("/hall/")
    assert contested.name(2) in hall
    too_many = officer.post(
        "/console/straw", **{"1": "31", "2": "0", "3": "0", "4": "0", "abstain": "0"}
    )
    assert too_many.status_code == 400


def test_a_void_contest_stays_in_sight_with_its_names(contested):
    contested.open().cast(ONE, times=18).close()
    ground = "有人替别人投了票"
    contested.house.do(c.VoidVote(story.MEETING, story.VOTE, ground), Role.CHAIR, CHAIR)
    page = words(contested.house.officer(CHAIR).open("/console/"))
    assert f"1号 {contested.name(1)}18" in page
    assert "作废" in words(contested.house.hall_screen().open("/hall/"))


@pytest.mark.parametrize("candidates", [1, 12])
def test_one_candidate_or_twelve_are_shown_whole(house, candidates):
    contested = Contested(house, candidates, 1).open().cast(ONE, times=20)
    screen = contested.turn()
    del screen
    everywhere = [house.officer(CHAIR).open("/console/"), house.hall_screen().open("/hall/")]
    contested.close()
    everywhere += [house.officer(CHAIR).open("/console/"), house.hall_screen().open("/hall/")]
    for page in everywhere:
        for candidate in contested.contest.candidates:
            assert candidate.name in page


# --- putting one on file


def pick(officer, page, act):
    """A tap on the page of candidates: the form with everything in it."""
    fields = MultiDict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    fields.poplist("csrf_token")
    sent = dict(fields.lists()) | {"act": act}
    return officer.post(CANDIDATES, **sent).text


def numbered(house, page):
    """The candidates so far, in the order of their numbers."""
    people = {p.name: p.id for p in house.app.parts.register.people(VILLAGE)}
    names = re.findall(r'standing__one">.*?<span>([^<]+)</span></li>', page, re.DOTALL)
    return [people[name] for name in names]


def test_candidates_are_numbered_as_they_are_tapped_and_nothing_typed_is_lost(house):
    officer = house.officer(SECRETARY)
    page = officer.open("/matters/new?kind=supervisors&row=contest")
    assert "村民委员会成员及其近亲属不得担任（村民委员会组织法第三十七条）" in page
    for person in ("p0101", "p0103", "p0102"):
        page = pick(officer, page, f"add:{person}")
    assert numbered(house, page) == ["p0101", "p0103", "p0102"]
    page = pick(officer, page, "drop:p0103")
    assert numbered(house, page) == ["p0101", "p0102"]
    form = pick(officer, page, "settle")
    assert "改候选人" in form
    assert "赞成意味着" not in form
    typed = Form(form, "/matters/new").sent | {"title": "推选监委会", "origin": "officers"}
    changed = officer.post(CANDIDATES, **typed, act="change")
    back = pick(officer, pick(officer, changed.text, "add:p0104"), "settle")
    assert 'value="推选监委会"' in back


def test_a_contest_goes_on_file_with_its_candidates_and_places(house):
    officer = house.officer(SECRETARY)
    page = officer.open("/matters/new?kind=supervisors&row=contest")
    for person in ("p0101", "p0102", "p0103"):
        page = pick(officer, page, f"add:{person}")
    form = pick(officer, page, "settle")
    sent = Form(form, "/matters/new").sent
    sent |= {"title": "推选监委会", "origin": "officers", "places": "9"}
    sent["candidate"] = ["p0101", "p0102", "p0103"]
    refused = officer.post("/matters/new", **sent)
    assert refused.status_code == 409
    assert "名额至少1名，最多3名" in refused.text
    assert 'value="推选监委会"' in refused.text
    assert 'name="candidate" value="p0102"' in refused.text
    assert officer.post("/matters/new", **sent | {"places": "2"}).status_code == 303
    raised = house.events(MatterRaised)[-1]
    people = {p.id: p.name for p in house.app.parts.register.people(VILLAGE)}
    assert raised.row is RowId.CONTEST
    assert raised.contest.places == 2
    assert raised.contest.candidates == tuple(
        Candidate(p, people[p]) for p in ("p0101", "p0102", "p0103")
    )
    matter = words(officer.open(f"/matters/{raised.matter}"))
    assert f"1号 {people['p0101']}、2号 {people['p0102']}、3号 {people['p0103']}" in matter
    assert "赞成意味着" not in matter


def test_in_a_groups_contest_only_its_people_of_age_stand(house):
    officer = house.officer(SECRETARY)
    page = officer.open("/matters/new?kind=group_leader&row=group_contest")
    assert "哪个村民小组" in page
    page = pick(officer, page, "group:2")
    on = house.clock().date()
    register = house.app.parts.register.people(VILLAGE)
    offered = set(re.findall(r'data-key="([^"]+)"', page))
    assert offered
    for person in register:
        if person.id in offered:
            assert person.group == 2
            assert (on.year - person.born_on.year) >= 18
    first = min(offered)
    page = pick(officer, pick(officer, page, f"add:{first}"), "group:3")
    assert "号候选人" not in page, "who stands in one group does not stand in another"


def test_members_of_the_committee_are_not_offered_as_supervisors(house):
    officer = house.officer(SECRETARY)
    page = officer.open("/matters/new?kind=supervisors&row=contest")
    page = pick(officer, page, "tab:4")
    assert "村委会成员，不得担任" in page
    assert 'value="add:p0003"' not in page


def test_a_thirteenth_candidate_is_refused_in_words(house):
    officer = house.officer(SECRETARY)
    page = officer.open("/matters/new?kind=supervisors&row=contest")
    for person in range(101, 114):
        page = pick(officer, page, f"add:p{person:04d}")
    assert "候选人最多12名。" in page
    assert len(re.findall("standing__one", page)) == 12
