"""After the decision, over HTTP: publication and its photographs, objections, works, the result, the archive."""

import hashlib
import re
from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser
from io import BytesIO

import kiosk_fixtures
import pytest
from kiosk_fixtures import CHAIR, SECRETARY, SUPERVISOR, TELLER, signed
from PIL import Image
from test_still import film

from kiosk.core import commands as c
from kiosk.core.events import (
    ContractRecorded,
    MatterArchived,
    ObjectionAnswered,
    ObjectionEscalated,
    ObjectionFiled,
    PhotoAttached,
    ProgressReported,
    PublicationOpened,
    WorksAssigned,
    WorksInspected,
    WorksStarted,
)
from kiosk.core.refusals import PUBLICITY, SUPERVISION, TRUTHFULNESS
from kiosk.core.terms import Forum, ObjectionId, Picture, Role, Stage
from kiosk.demo.story import MATTER

founded_database, house = kiosk_fixtures.founded_database, kiosk_fixtures.house
decided_database = kiosk_fixtures.decided_database
decided_house = kiosk_fixtures.decided_house

FIRST_DAY, LAST_DAY = date(2026, 11, 22), date(2026, 12, 6)
BUDGET_FEN = 680_000_00
OBJECTION = ObjectionId("objection-1")
HERE = f"/matters/{MATTER}"
WORDS_ONLY = re.compile(r"<[^>]+>")


class Fields(HTMLParser):
    """What the first form to an address would send as it stands: hidden, typed, ticked, and texts."""

    def __init__(self, action):
        super().__init__()
        self.action, self.inside, self.area = action, False, ""
        self.sent = {}

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if tag == "form":
            self.inside = told.get("action") == self.action and not self.sent
        elif self.inside and tag == "textarea":
            self.area = told["name"]
            self.sent[self.area] = ""
        elif self.inside and tag == "input" and "name" in told:
            kind = told.get("type", "text")
            if kind not in {"radio", "checkbox"} or "checked" in told:
                self.sent[told["name"]] = told.get("value", "")

    def handle_data(self, data):
        if self.inside and self.area:
            self.sent[self.area] += data

    def handle_endtag(self, tag):
        self.area = "" if tag == "textarea" else self.area
        self.inside = self.inside and tag != "form"


def fill(browser, path, action=None, **changed):
    """Open the page, change what is said, and send its form as a browser without script."""
    page = Fields(action or path.partition("?")[0])
    page.feed(browser.open(path))
    assert page.sent, f"no form to {page.action}"
    return browser.remember(browser.client.post(page.action, data=page.sent | changed))


def words(answer):
    """The text of a page as people read it."""
    return re.sub(r"\s+", " ", WORDS_ONLY.sub("", answer.text))


def photograph():
    out = BytesIO()
    Image.new("RGB", (64, 48), "white").save(out, "JPEG")
    return out.getvalue()


def send_photo(browser, picture, file=None):
    """Send a photograph and put it on file; the last answer."""
    path = f"{HERE}/photo/{picture.value}"
    fields = {"csrf_token": browser.token, "file": (BytesIO(file or photograph()), "IMG_1.jpg")}
    sent = browser.remember(browser.client.post(f"{path}/send", data=fields))
    return fill(browser, sent.location, path) if sent.status_code == 303 else sent


def matter(house):
    return house.village().matters[MATTER]


def object_to(house):
    house.do(c.FileObjection(OBJECTION, MATTER, "陈水生", "选址离水源太近"))
    return house


def over(house):
    """The day after the newest publication."""
    last = matter(house).publication.last_day
    house.clock.on(days=(last - house.clock.at.date()).days + 1)
    return house


def assigned(house, budget_fen=BUDGET_FEN):
    house.do(c.AssignWorks(MATTER, SECRETARY, "龚䶮山", LAST_DAY + timedelta(60), budget_fen))
    return house


def started(house):
    assigned(over(house)).do(c.StartWorks(MATTER))
    return house


def accepted(house, actual_fen=665_000_00):
    started(house).do(c.RequestAcceptance(MATTER, "全部完成。", actual_fen))
    house.do(c.InspectWorks(MATTER, True, "到场验收"), Role.SUPERVISOR, SUPERVISOR)
    return house


def opined(house):
    for stage in matter(house).reached:
        opinion = c.FileOpinion(MATTER, stage, True, "程序合规")
        house.do(opinion, Role.SUPERVISOR, SUPERVISOR)
    return house


def done(house):
    accepted(house).clock.on(days=1)
    house.do(c.PublishResult(MATTER, "已经办完。", 15))
    return over(house)


# --- photographs of the notice board


def test_the_first_day_is_photographed_on_the_first_day(decided_house):
    officer = decided_house.officer(SECRETARY)
    answer = send_photo(officer, Picture.FIRST_DAY)
    assert answer.location == f"{HERE}#publication"
    (filed,) = decided_house.events(PhotoAttached)
    assert (filed.matter, filed.picture) == (MATTER, Picture.FIRST_DAY)
    shown = officer.client.get(f"/photos/{filed.attachment.sha256}.jpg", buffered=True)
    assert (shown.mimetype, len(shown.data)) == ("image/jpeg", filed.attachment.size_bytes)
    assert f"/photos/{filed.attachment.sha256}.jpg" in officer.open(HERE)


def test_a_photograph_is_looked_at_before_it_is_on_record(decided_house):
    officer = decided_house.officer(SECRETARY)
    fields = {"csrf_token": officer.token, "file": (BytesIO(photograph()), "IMG_1.jpg")}
    sent = officer.client.post(f"{HERE}/photo/first_day/send", data=fields)
    page = officer.open(sent.location)
    assert "用这张" in page
    assert not decided_house.events(PhotoAttached)


def test_the_last_day_is_not_photographed_before_it_comes(decided_house):
    officer = decided_house.officer(SECRETARY)
    answer = send_photo(officer, Picture.LAST_DAY)
    assert answer.status_code == 409
    assert "应在2026年12月6日拍" in words(answer)
    assert not decided_house.events(PhotoAttached)
    assert not list((decided_house.settings.data_dir / "photos").glob("*.jpg"))


def test_what_is_no_photograph_is_refused_in_words(decided_house):
    answer = send_photo(decided_house.officer(SECRETARY), Picture.FIRST_DAY, b"no picture")
    assert answer.status_code == 409
    assert "这个文件不是照片。" in words(answer)


def test_a_photograph_over_8_mb_is_refused_in_words(decided_house):
    officer = decided_house.officer(SECRETARY)
    # The length alone is told: the rest would not be read anyway.
    told = {"CONTENT_LENGTH": "9000000"}
    path, form = f"{HERE}/photo/first_day/send", "multipart/form-data; boundary=x"
    answer = officer.client.post(path, data=b"", content_type=form, environ_overrides=told)
    assert answer.status_code == 413
    assert "照片超过8MB。" in words(answer)


def test_without_a_camera_the_page_asks_for_a_photograph_and_says_why(decided_house):
    officer = decided_house.officer(SECRETARY)
    page = officer.open(f"{HERE}/photo/first_day")
    assert "这台机器没有接摄像头" in page
    answer = officer.post(f"{HERE}/photo/first_day/shoot")
    assert (answer.status_code, "摄像头没有给出画面" in words(answer)) == (409, True)


def test_the_kiosk_takes_the_photograph_with_its_own_camera(decided_house, tmp_path):
    camera = film(tmp_path / "board.mp4")
    decided_house.settings = replace(decided_house.settings, camera=camera)
    officer = decided_house.officer(SECRETARY, decided_house.another())
    assert "拍照" in officer.open(f"{HERE}/photo/first_day")
    taken = officer.post(f"{HERE}/photo/first_day/shoot")
    answer = fill(officer, taken.location, f"{HERE}/photo/first_day")
    assert answer.location == f"{HERE}#publication"
    (filed,) = decided_house.events(PhotoAttached)
    path = decided_house.settings.data_dir / "photos" / f"{filed.attachment.sha256}.jpg"
    kept = path.read_bytes()
    assert hashlib.sha256(kept).hexdigest() == filed.attachment.sha256
    assert Image.open(BytesIO(kept)).size == (320, 180)


def test_photographs_are_for_officers_alone(decided_house):
    officer = decided_house.officer(SECRETARY)
    send_photo(officer, Picture.FIRST_DAY)
    (filed,) = decided_house.events(PhotoAttached)
    path = f"/photos/{filed.attachment.sha256}.jpg"
    assert decided_house.visitor().get(path).location == "/signin"
    assert officer.get(f"/photos/{'0' * 64}.jpg").status_code == 404
    assert officer.get("/photos/secret-key.jpg").status_code == 404


# --- objections


def test_an_objection_of_somebody_who_comes_in_is_put_on_record(decided_house):
    officer = decided_house.officer(SECRETARY)
    answer = fill(officer, f"{HERE}/objections/new", author="陈水生", text="选址离水源太近")
    assert answer.location == f"{HERE}#publication"
    (filed,) = decided_house.events(ObjectionFiled)
    assert (filed.author, filed.due) == ("陈水生", date(2026, 11, 25))


def test_a_blank_objection_is_refused_and_what_was_typed_stays(decided_house):
    officer = decided_house.officer(SECRETARY)
    answer = fill(officer, f"{HERE}/objections/new", author="陈水生")
    assert answer.status_code == 409
    assert "有一处还没有写。" in words(answer)
    assert 'value="陈水生"' in answer.text


def test_a_text_that_is_too_long_is_refused_and_stays(decided_house):
    officer = decided_house.officer(SECRETARY)
    answer = fill(officer, f"{HERE}/objections/new", author="陈水生", text="长" * 1001)
    assert answer.status_code == 400
    assert "太长了：1001个字" in words(answer)
    assert "长" * 1001 in answer.text


def test_after_the_last_day_an_objection_is_not_taken(decided_house):
    officer = over(decided_house).officer(SECRETARY)
    answer = fill(officer, f"{HERE}/objections/new", author="陈水生", text="选址离水源太近")
    assert (answer.status_code, "异议期在2026年12月6日结束" in words(answer)) == (409, True)


@pytest.mark.parametrize(("upheld", "word"), [("yes", "成立"), ("no", "不成立")])
def test_an_objection_is_answered_by_one_tap_and_a_ready_sentence(decided_house, upheld, word):
    officer = object_to(decided_house).officer(SECRETARY)
    path = f"{HERE}/objections/{OBJECTION}/answer"
    assert f"{path}?upheld={upheld}" in officer.open(path)
    answer = fill(officer, f"{path}?upheld={upheld}", answer_more="已当面说明。")
    assert answer.location == f"{HERE}#publication"
    (told,) = decided_house.events(ObjectionAnswered)
    assert told.upheld is (upheld == "yes")
    assert word in told.answer
    assert told.answer.endswith("已当面说明。")


def test_an_answer_that_is_late_is_shown_in_red(decided_house):
    object_to(decided_house).clock.on(days=4)
    page = decided_house.officer(SECRETARY).open(HERE)
    assert re.search(r'class="flag".*?逾期未答复', page, re.S)


def test_an_objection_goes_up_only_after_its_answer(decided_house):
    officer = object_to(decided_house).officer(SECRETARY)
    path = f"{HERE}/objections/{OBJECTION}/escalate"
    assert fill(officer, path).status_code == 409
    decided_house.do(c.AnswerObjection(OBJECTION, False, "不成立"))
    assert fill(officer, path).location == f"{HERE}#publication"
    (up,) = decided_house.events(ObjectionEscalated)
    assert up.forum is Forum.SUPERVISORS
    assert "村务监督委员会（提出人不同意这个答复。）" in officer.open(HERE)


# --- the works


def test_somebody_answers_for_the_works_until_a_day_with_so_much_money(decided_house):
    officer = decided_house.officer(SECRETARY)
    answer = fill(
        officer,
        f"{HERE}/works/assign",
        owner=SECRETARY,
        deadline=date(2027, 1, 21).isoformat(),
        budget="680000",
    )
    assert answer.location == f"{HERE}#works"
    (told,) = decided_house.events(WorksAssigned)
    assert (told.owner, told.deadline, told.budget_fen) == (
        SECRETARY,
        date(2027, 1, 21),
        BUDGET_FEN,
    )


def test_a_deadline_that_is_past_is_refused_with_its_article(decided_house):
    officer = decided_house.officer(SECRETARY)
    answer = fill(
        officer,
        f"{HERE}/works/assign",
        owner=SECRETARY,
        deadline_other="2026-11-01",
        budget="1",
    )
    assert answer.status_code == 409
    assert "不能倒签" in words(answer)
    assert TRUTHFULNESS in words(answer)
    assert 'value="2026-11-01"' in answer.text, "what was chosen stays"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"owner": ""}, "还没有选责任人。"),
        ({"deadline": ""}, "还没有选“完工期限”。"),
        ({"budget": ""}, "“预算”还没有填。"),
        ({"budget": "六十八万"}, "“预算”要填金额，单位是元。"),
    ],
)
def test_what_is_missing_is_named(decided_house, changed, said):
    officer = decided_house.officer(SECRETARY)
    whole = {"owner": SECRETARY, "deadline": "2027-01-21", "budget": "680000"}
    answer = fill(officer, f"{HERE}/works/assign", **whole | changed)
    assert answer.status_code == 400
    assert said in words(answer)
    assert not decided_house.events(WorksAssigned)


def test_a_contract_dated_inside_the_publication_is_recorded_and_flagged_in_red(decided_house):
    assigned(decided_house).clock.on(days=3)
    officer, path = decided_house.officer(SECRETARY), f"{HERE}/works/contract"
    answer = fill(officer, path, contractor="马塘建筑公司", amount="650000.50")
    assert answer.location == f"{HERE}#works"
    (told,) = decided_house.events(ContractRecorded)
    assert (told.amount_fen, told.dated, told.inside_publication) == (
        650_000_50,
        date(2026, 11, 25),
        True,
    )
    page = officer.open(HERE)
    assert re.search(r'class="flag".*?合同日期在公示期内', page, re.S)
    assert "预算68万元－合同650,000.50元＝结余29,999.50元" in page


def test_a_contract_of_tomorrow_is_refused(decided_house):
    officer = assigned(decided_house).officer(SECRETARY)
    path = f"{HERE}/works/contract"
    answer = fill(officer, path, contractor="公司", amount="1", dated_other="2026-11-23")
    assert (answer.status_code, "这个日期还没有到。" in words(answer)) == (409, True)


def test_a_start_inside_the_publication_asks_first_and_is_flagged(decided_house):
    officer = assigned(decided_house).officer(SECRETARY)
    assert "会标红“公示期内开工”" in officer.open(f"{HERE}/works/start")
    fill(officer, f"{HERE}/works/start")
    (told,) = decided_house.events(WorksStarted)
    assert told.inside_publication
    assert re.search(r'class="flag".*?公示期内开工', officer.open(HERE), re.S)


def test_progress_is_told_with_all_the_money_spent_so_far(decided_house):
    officer = started(decided_house).officer(SECRETARY)
    fill(officer, f"{HERE}/works/progress", text="主体工程已经完成。", spent="400000")
    (told,) = decided_house.events(ProgressReported)
    assert (told.text, told.spent_fen) == ("主体工程已经完成。", 400_000_00)
    assert "预算68万元－已支出40万元＝结余28万元" in officer.open(HERE)


def test_works_are_photographed_before_and_after(decided_house):
    officer = started(decided_house).officer(SECRETARY)
    for picture in (Picture.BEFORE, Picture.AFTER):
        assert send_photo(officer, picture).location == f"{HERE}#works"
    page = officer.open(HERE)
    assert "施工前照片" in page
    assert "施工后照片" in page


def test_the_works_are_accepted_by_a_supervisor_at_his_own_sign_in(decided_house):
    officer = started(decided_house).officer(SECRETARY)
    assert fill(officer, f"{HERE}/works/finish", actual="665000").location == f"{HERE}#works"
    assert officer.get(f"{HERE}/works/inspect").status_code == 403, "not by the secretary"
    supervisor = decided_house.officer(SUPERVISOR)
    page = supervisor.open(f"{HERE}/works/inspect")
    assert "预算68万元－实际支出66.5万元＝结余1.5万元" in page
    answer = fill(supervisor, f"{HERE}/works/inspect?accepted=yes")
    assert answer.location == "/supervision/"
    (told,) = decided_house.events(WorksInspected)
    assert (told.accepted, "同意验收" in told.statement) == (True, True)


def test_refused_acceptance_lets_the_works_go_on(decided_house):
    officer = started(decided_house).officer(SECRETARY)
    fill(officer, f"{HERE}/works/finish", actual="665000")
    supervisor = decided_house.officer(SUPERVISOR)
    blank = fill(supervisor, f"{HERE}/works/inspect?accepted=no")
    assert (blank.status_code, "有一处还没有写。" in words(blank)) == (409, True)
    fill(supervisor, f"{HERE}/works/inspect?accepted=no", statement="质量不合要求。")
    assert not matter(decided_house).works.accepted_at
    assert "监委会验收不合格" in words(officer.get(HERE))
    assert fill(officer, f"{HERE}/works/finish", actual="670000").status_code == 303


def test_more_money_than_the_budget_is_said_in_red(decided_house):
    started(decided_house).do(c.ReportProgress(MATTER, "主体完成。", 700_000_00))
    page = decided_house.officer(SECRETARY).open(HERE)
    assert "预算68万元－已支出70万元＝超支2万元" in page
    assert re.search(r'class="flag".*?超预算', page, re.S)


# --- the result


def test_the_result_hangs_for_fifteen_days_with_a_ready_sentence(decided_house):
    accepted(decided_house).clock.on(days=1)
    officer = decided_house.officer(SECRETARY)
    answer = fill(officer, f"{HERE}/result")
    assert answer.location == f"{HERE}#publication"
    result = decided_house.events(PublicationOpened)[-1]
    assert (result.stage, result.first_day) == (Stage.RESULT_PUBLIC, date(2026, 12, 8))
    assert result.last_day == date(2026, 12, 22)
    assert "预算68万元－实际支出66.5万元＝结余1.5万元" in result.summary


def test_a_publication_of_seven_days_is_refused_with_its_article(decided_house):
    accepted(decided_house).clock.on(days=1)
    officer = decided_house.officer(SECRETARY)
    answer = fill(officer, f"{HERE}/result", days="7", summary="已经修好。")
    assert answer.status_code == 409
    assert "公示7天太短，法律规定至少15天。" in words(answer)
    assert f"依据：{PUBLICITY}" in words(answer)
    assert "已经修好。" in answer.text, "what was typed stays"
    assert len(decided_house.events(PublicationOpened)) == 1


def test_the_script_is_told_the_same_and_keeps_the_form_itself(decided_house):
    accepted(decided_house).clock.on(days=1)
    answer = decided_house.officer(SECRETARY).send(f"{HERE}/result", days="7", summary="好了")
    assert answer.status_code == 409
    assert answer.json["basis"] == PUBLICITY


def test_the_result_does_not_hang_on_the_day_of_acceptance(decided_house):
    officer = accepted(decided_house).officer(SECRETARY)
    answer = fill(officer, f"{HERE}/result", days="15", summary="好了")
    assert answer.status_code == 409
    assert "请在2026年12月8日或以后公布" in words(answer)
    assert f"依据：{PUBLICITY}" in words(answer)


def test_the_result_does_not_hang_before_acceptance(decided_house):
    officer = started(decided_house).officer(SECRETARY)
    answer = fill(officer, f"{HERE}/result", days="15", summary="好了")
    assert (answer.status_code, "还没有验收合格" in words(answer)) == (409, True)


# --- the archive


def test_an_archive_without_opinions_is_refused_with_its_article(decided_house):
    officer = done(decided_house).officer(SECRETARY)
    page = officer.open(f"{HERE}/archive")
    assert "还缺监督意见：提议、商议、审议、决议、决议公开、结果公开" in page
    answer = fill(officer, f"{HERE}/archive")
    assert answer.status_code == 409
    assert f"依据：{SUPERVISION}" in words(answer)
    assert not decided_house.events(MatterArchived)


def test_a_file_with_every_opinion_and_its_signed_page_is_closed_and_can_be_fetched(decided_house):
    officer = opined(done(decided_house)).officer(SECRETARY)
    page = officer.open(HERE)
    assert "决议书的签字页还没有收回存档。" in page
    assert fill(officer, f"{HERE}/archive").status_code == 409
    signed(decided_house)
    assert fill(officer, f"{HERE}/archive").location == f"{HERE}#supervision"
    assert len(decided_house.events(MatterArchived)) == 1
    assert f"{HERE}/file.zip" in officer.open(HERE)


def test_photographs_that_were_not_taken_are_listed_and_bar_nothing(decided_house):
    officer = signed(opined(done(decided_house))).officer(SECRETARY)
    page = officer.open(f"{HERE}/archive")
    assert "缺公示首日照片（11月22日）（不影响归档，会写进备考表）" in page
    assert "先补齐，返回事项" not in page


def test_no_archive_while_the_resolution_hangs(decided_house):
    officer = opined(decided_house).officer(CHAIR)
    answer = fill(officer, f"{HERE}/archive")
    assert (answer.status_code, f"依据：{PUBLICITY}" in words(answer)) == (409, True)


@pytest.mark.parametrize("path", ["result", "archive", "works/assign", "works/contract"])
def test_the_works_are_not_the_tellers_nor_the_supervisors_business(decided_house, path):
    for person in (TELLER, SUPERVISOR):
        assert decided_house.officer(person).get(f"{HERE}/{path}").status_code == 403


def test_a_form_that_is_sent_again_after_a_break_is_done_once(decided_house):
    officer = assigned(decided_house).officer(SECRETARY)
    fields = {"contractor": "公司", "amount": "100", "dated": "2026-11-22"}
    for _ in range(2):
        answer = officer.send(f"{HERE}/works/contract", command_id="again-0001", **fields)
        assert answer.json == {"go": f"{HERE}#works"}
    assert len(decided_house.events(ContractRecorded)) == 1
