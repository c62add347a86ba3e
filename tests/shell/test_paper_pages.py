"""Voting on paper over HTTP: printed, handed out, exchanged, counted, read aloud; with the script and without."""

import re
from io import BytesIO

import kiosk_fixtures
import pytest
from kiosk_fixtures import CHAIR, SECRETARY, SUPERVISOR, TELLER, VOTE
from paper_votes import BATCH, Ballots
from pypdf import PdfReader
from test_pages import forms, press, words

from kiosk.core import commands as c
from kiosk.core import events as e
from kiosk.core.ballot_terms import Choice, Method
from kiosk.demo.story import MATTER, TODAY

founded_database, house = kiosk_fixtures.founded_database, kiosk_fixtures.house
rehearsal_database = kiosk_fixtures.rehearsal_database
rehearsal_house = kiosk_fixtures.rehearsal_house

HOME = "/console/papers/"
READ, BACK = "/console/papers/read", "/console/papers/back"
FOR, AGAINST = ("choice", "for"), ("choice", "against")
INVALID = ("choice", "invalid")
OF_VOTE = {"meeting": TODAY, "vote": VOTE}


def teller(house):
    return house.officer(TELLER)


def printed(house, papers="35"):
    """A secret vote in which the teller has printed so many."""
    Ballots(house).open(Method.SECRET)
    officer = teller(house)
    page = officer.open("/console/papers/print")
    (form,) = forms(page, "/console/papers/print")
    assert officer.post(form.action, **form.fields | {"papers": papers}).status_code == 303
    return officer


def reading(house, papers=11):
    """The box of a secret vote open, so many papers in it."""
    Ballots(house).open(Method.SECRET).issued(12).returned(papers)
    return teller(house)


def read(house, officer, button, **more):
    """The next paper, a second after the last, by the form that is on the page."""
    house.clock.on(seconds=1)
    return press(officer, officer.open("/console/papers/reading"), READ, button, **more)


def readings(house):
    """What was read from each paper: one answer, or that it is invalid."""
    return tuple(r[0] if r else None for r in house.vote().papers.readings)


# --- where it stands


def test_without_a_vote_there_are_no_papers(house):
    house.check_in(30).open()
    assert "现在没有进行表决" in teller(house).open(HOME)
    assert teller(house).get("/console/papers/print").status_code == 409


def test_the_first_page_goes_on_where_the_papers_stand(house):
    vote = Ballots(house).open(Method.SECRET)
    officer = teller(house)
    assert officer.get(HOME).location == "/console/papers/print"
    vote.issued(8)
    assert officer.get(HOME).location == "/console/papers/wall"
    vote.returned(8)
    assert officer.get(HOME).location == "/console/papers/reading"


@pytest.mark.parametrize(
    ("person", "may"), [(CHAIR, True), (SECRETARY, True), (TELLER, True), (SUPERVISOR, False)]
)
def test_whoever_keeps_the_door_may(house, person, may):
    Ballots(house).open(Method.SECRET).issued(8)
    officer = house.officer(person)
    for page in ("print", "printed", "sheet.pdf", "wall", "spoiled", "box"):
        assert (officer.get(f"{HOME}{page}").status_code == 200) is may, page


def test_nobody_from_outside_sees_a_sheet(house):
    Ballots(house).open(Method.SECRET).issued(8)
    for visitor in (house.visitor(), house.hall_screen(), house.ballot_screen()):
        assert visitor.get("/console/papers/sheet.pdf").location == "/signin"


# --- print


def test_one_paper_for_each_voter_and_a_few_more_are_proposed(house):
    Ballots(house).open(Method.SECRET)
    (form,) = forms(teller(house).open("/console/papers/print"), "/console/papers/print")
    assert form.fields["papers"] == "35"


def test_what_was_printed_stands_in_the_journal_with_a_code_nobody_could_guess(house):
    printed(house)
    (event,) = house.events(e.BallotPapersPrinted)
    assert (event.first, event.last) == (1, 35)
    assert re.fullmatch(r"\d{8}", event.batch)


def test_more_papers_go_on_with_the_numbers_and_keep_the_code(house):
    officer = printed(house)
    answer = officer.post("/console/papers/print", **OF_VOTE, papers="4")
    assert answer.location == "/console/papers/printed?first=36&last=39"
    first, second = house.events(e.BallotPapersPrinted)
    assert first.batch == second.batch
    assert "第 36 号到第 39 号，共 4 张" in words(officer.open(answer.location))


def test_a_form_that_is_sent_again_after_a_break_prints_once(house):
    officer = printed(house)
    again = OF_VOTE | {"papers": "3", "command_id": "again-and-again"}
    answers = [officer.send("/console/papers/print", **again).json for _ in range(2)]
    assert answers[0] == answers[1] == {"go": "/console/papers/printed?first=36&last=38"}
    assert house.vote().papers.printed == 38


@pytest.mark.parametrize(
    ("given", "said"),
    [("", "要填一个整数"), ("十", "要填一个整数"), ("0", "没有纸票了"), ("99", "最多印50张")],
)
def test_a_number_that_cannot_be_is_said_and_stays_in_the_form(house, given, said):
    Ballots(house).open(Method.SECRET)
    answer = teller(house).post("/console/papers/print", **OF_VOTE, papers=given)
    assert answer.status_code in {400, 409}
    assert said in words(answer.text)
    (form,) = forms(answer.text, "/console/papers/print")
    assert form.fields["papers"] == given


def test_the_sheets_are_set_from_the_numbers_in_the_journal(house):
    officer = printed(house, "6")
    answer = officer.get("/console/papers/sheet.pdf")
    assert answer.mimetype == "application/pdf"
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.data)).pages)
    numbers = re.findall(r"第 (\d{3}) 号", text)
    assert numbers == [f"{n:03d}" for n in range(1, 7)]
    assert officer.get("/console/papers/sheet.pdf").data == answer.data
    assert "演示村" in text


def test_the_sheets_of_a_rehearsal_say_so(rehearsal_house):
    officer = printed(rehearsal_house, "4")
    content = officer.get("/console/papers/sheet.pdf").data
    assert "演练" in PdfReader(BytesIO(content)).pages[0].extract_text()


@pytest.mark.parametrize(
    "wanted", ["first=0&last=3", "first=3&last=2", "first=1&last=36", "first=36"]
)
def test_papers_that_were_not_printed_are_not_to_be_had(house, wanted):
    officer = printed(house)
    assert officer.get(f"/console/papers/sheet.pdf?{wanted}").status_code == 404


# --- hand out


def test_a_tap_and_somebody_has_a_paper(house):
    officer = printed(house)
    person = house.voters()[3]
    press(officer, officer.open("/console/papers/wall"), "/console/papers/issue", person=person)
    assert house.vote().papers.holders == {person}
    page = officer.open("/console/papers/wall")
    assert "已领票" in page
    assert not [f for f in forms(page, "/console/papers/issue") if f.fields["person"] == person]


def test_the_numbers_add_up_at_every_step(house):
    officer = printed(house)
    assert "印制 35 ＝ 发出 0 ＋ 作废 0 ＋ 剩余 35" in words(officer.open("/console/papers/wall"))
    for person in house.voters()[:7]:
        officer.send("/console/papers/issue", **OF_VOTE, person=person)
    officer.post("/console/papers/exchange", **OF_VOTE, person=house.voters()[0])
    assert "印制 35 ＝ 发出 7 ＋ 作废 1 ＋ 剩余 27" in words(officer.open("/console/papers/wall"))
    officer.post("/console/papers/return", **OF_VOTE, returned="6")
    said = words(officer.open("/console/papers/reading"))
    assert "收回 6 ＝ 有效 0 ＋ 无效 0 ＋ 未唱 6" in said
    for button in (FOR, INVALID, AGAINST):
        read(house, officer, button)
    said = words(officer.open("/console/papers/reading"))
    assert "收回 6 ＝ 有效 2 ＋ 无效 1 ＋ 未唱 3" in said
    for _ in range(3):
        read(house, officer, FOR)
    assert "收回 6 ＝ 有效 5 ＋ 无效 1 回到会议" in words(officer.open("/console/papers/reading"))


def test_whoever_has_voted_stands_aside_or_left_can_take_none(house):
    house.check_in(31).open()
    voted, recused, left = house.voters()[:3]
    house.recuse(recused)
    Ballots(house, present=0).open(Method.SECRET).cast(1, Choice.FOR)
    officer = teller(house)
    officer.send("/checkin/out", meeting=TODAY, person=left)
    house.do(c.PrintBallotPapers(TODAY, VOTE, BATCH, 31))
    page = officer.open("/console/papers/wall")
    offered = {form.fields["person"] for form in forms(page, "/console/papers/issue")}
    assert not offered & {voted, recused, left}
    assert len(offered) == 28
    for said in ("回避", "已离场", "已表决"):
        assert said in words(page)


def test_a_group_has_a_tab(house):
    officer = printed(house)
    groups = {house.meeting().seats[p].group for p in house.vote().electorate}
    counts = [
        len(forms(officer.open(f"/console/papers/wall?tab={g}"), "/console/papers/issue"))
        for g in groups
    ]
    assert sum(counts) == 30
    assert max(counts) < 10


def test_a_spoiled_paper_is_exchanged_after_one_question(house):
    Ballots(house).open(Method.SECRET).issued(3)
    holder = house.voters()[0]
    officer = teller(house)
    page = officer.open("/console/papers/spoiled")
    assert page.count("/console/papers/spoiled?person=") == 3
    asked = officer.open(f"/console/papers/spoiled?person={holder}")
    name = house.meeting().seats[holder].name
    assert f"{name} 填坏的票交回来了吗" in words(asked)
    assert press(officer, asked, "/console/papers/exchange").location == "/console/papers/wall"
    assert house.vote().papers.spoiled == 1


# --- open the box


def test_more_papers_than_were_issued_cannot_come_back(house):
    Ballots(house).open(Method.SECRET).issued(12)
    answer = teller(house).post("/console/papers/return", **OF_VOTE, returned="13")
    assert "收回13张，比发出的12张还多" in words(answer.text)
    assert forms(answer.text, "/console/papers/return")[0].fields["returned"] == "13"


def test_the_number_can_be_corrected_until_the_first_paper_is_read(house):
    officer = reading(house, 10)
    assert "张数数错了" in words(officer.open("/console/papers/reading"))
    officer.post("/console/papers/return", **OF_VOTE, returned="11")
    assert house.vote().papers.returned == 11
    read(house, officer, FOR)
    answer = officer.post("/console/papers/return", **OF_VOTE, returned="12")
    assert "已经开始唱票" in words(answer.text)


def test_when_the_box_is_open_the_wall_hands_nothing_out(house):
    officer = reading(house)
    page = officer.open("/console/papers/wall")
    assert "票箱已经打开清点" in words(page)
    assert forms(page, "/console/papers/issue") == []


# --- read aloud


def test_each_paper_is_read_once_in_its_turn(house):
    officer = reading(house)
    for button in (FOR, AGAINST, INVALID, ("choice", "abstain")):
        assert read(house, officer, button).location == "/console/papers/reading"
    assert readings(house) == (Choice.FOR, Choice.AGAINST, None, Choice.ABSTAIN)
    assert "第 5 张 / 共 11 张" in words(officer.open("/console/papers/reading"))


def test_the_second_half_of_a_double_tap_reads_no_other_paper(house):
    """Without the script the first tap brings a page with the next number: the second must not read that one."""
    officer = reading(house)
    read(house, officer, FOR)
    house.clock.on(milliseconds=400)
    press(officer, officer.open("/console/papers/reading"), READ, FOR, number="2")
    assert len(readings(house)) == 1
    house.clock.on(milliseconds=200)
    press(officer, officer.open("/console/papers/reading"), READ, FOR, number="2")
    assert len(readings(house)) == 2


def test_the_same_form_twice_reads_one_paper(house):
    officer = reading(house)
    page = officer.open("/console/papers/reading")
    for _ in range(2):
        house.clock.on(seconds=2)
        assert press(officer, page, READ, FOR).status_code == 303
    assert len(readings(house)) == 1


def test_another_answer_to_a_paper_that_was_read_is_refused(house):
    officer = reading(house)
    page = officer.open("/console/papers/reading")
    press(officer, page, READ, FOR)
    house.clock.on(seconds=2)
    answer = press(officer, page, READ, AGAINST)
    assert answer.status_code == 409
    assert "这一张已经有人记过了" in words(answer.text)
    assert readings(house) == (Choice.FOR,)


def test_two_tellers_at_two_screens_read_each_paper_once(house):
    one = reading(house)
    other = house.officer(SECRETARY)
    pages = [officer.open("/console/papers/reading") for officer in (one, other)]
    press(one, pages[0], READ, FOR)
    house.clock.on(seconds=1)
    press(other, pages[1], READ, FOR)
    assert len(readings(house)) == 1


def test_a_clock_that_was_set_back_keeps_nobody_waiting(house):
    officer = reading(house)
    read(house, officer, FOR)
    house.clock.on(hours=-1)
    press(officer, officer.open("/console/papers/reading"), READ, AGAINST)
    assert len(readings(house)) == 2


def test_the_last_reading_is_taken_back_and_read_again(house):
    officer = reading(house)
    for button in (FOR, AGAINST):
        read(house, officer, button)
    house.clock.on(seconds=1)
    page = officer.open("/console/papers/reading")
    assert "撤回上一张（反对）" in words(page)
    press(officer, page, BACK, number="2")
    assert readings(house) == (Choice.FOR,)
    read(house, officer, INVALID)
    assert readings(house) == (Choice.FOR, None)
    assert len(house.entries(e.ReadingTakenBack)) == 1, "and both stand in the journal"
    assert len(house.entries(e.BallotPaperRead)) == 3


def test_a_double_tap_takes_one_paper_back(house):
    officer = reading(house)
    for button in (FOR, FOR, AGAINST):
        read(house, officer, button)
    house.clock.on(seconds=1)
    page = officer.open("/console/papers/reading")
    press(officer, page, BACK, number="3")
    press(officer, officer.open("/console/papers/reading"), BACK, number="2")
    house.clock.on(seconds=1)
    press(officer, page, BACK, number="3")
    assert readings(house) == (Choice.FOR, Choice.FOR)


def test_with_the_script_the_page_stays_and_is_repainted(house):
    officer = reading(house)
    fields = OF_VOTE | {"number": "1", "choice": "for"}
    assert officer.send(READ, **fields).json == {"go": None}
    assert officer.send(BACK, **OF_VOTE, number="1").status_code == 200


@pytest.mark.parametrize("choice", ["", "satisfied", "yes"])
def test_what_is_no_answer_reads_nothing(house, choice):
    officer = reading(house)
    answer = officer.post(READ, **OF_VOTE, number="1", choice=choice)
    assert answer.status_code in {400, 409}
    assert readings(house) == ()


def test_when_all_are_read_the_next_step_is_the_end_of_the_vote(house):
    officer = reading(house, 5)
    for _ in range(5):
        read(house, officer, FOR)
    page = officer.open("/console/papers/reading")
    assert "收回的 5 张都唱完了" in words(page)
    assert forms(page, READ) == []
    assert 'href="/console/"' in page


# --- nothing of it outside


def test_the_portal_has_nothing_of_the_papers(house):
    Ballots(house).open(Method.SECRET).papers("赞" * 18 + "反反").close()
    house.adjourn().set_papers()
    visitor = house.visitor()
    for page in ("/", f"/m/{MATTER}"):
        text = visitor.get(page).text
        assert BATCH not in text
        assert "/console/papers" not in text
