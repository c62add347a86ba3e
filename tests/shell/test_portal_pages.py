"""The portal: what hangs, whole matters, results, needs and objections by villagers; and what is never public."""

import hashlib
import re
from datetime import timedelta
from html import unescape
from pathlib import Path

import kiosk_fixtures
import pytest
from kiosk_fixtures import SUPERVISOR, VILLAGE, public_phones

from kiosk.core import commands as c
from kiosk.core.events import NeedFiled, PaperIssued
from kiosk.core.law.roll import seats_with_vote
from kiosk.core.papers import file_name
from kiosk.core.terms import (
    Body,
    Edition,
    EmergencyId,
    MatterId,
    MeetingId,
    NeedId,
    ObjectionId,
    Paper,
    PersonId,
    Picture,
    Purpose,
    Role,
    RowId,
    Standing,
    day_of,
)
from kiosk.core.values import AgendaItem, Attachment
from kiosk.demo.proposals import CANTEEN, DITCHES, POND, ROAD, SQUARE
from kiosk.demo.story import MATTER
from kiosk.store.photos import Photos
from kiosk.store.register import Register
from kiosk.web.issued import papers_of
from kiosk.web.public.proving import FAILURES_AN_ADDRESS, FAILURES_IN_ALL
from kiosk.wording.public import discreet

founded_database, whole_database = (
    kiosk_fixtures.founded_database,
    kiosk_fixtures.whole_database,
)
house, whole_house = kiosk_fixtures.house, kiosk_fixtures.whole_house
papered_database, papered_house = kiosk_fixtures.papered_database, kiosk_fixtures.papered_house
rehearsal_database = kiosk_fixtures.rehearsal_database
rehearsal_house = kiosk_fixtures.rehearsal_house

ROOT = Path(__file__).resolve().parents[2]
ARTICLE = "村民委员会组织法第三十五条"
NOT_PROVED = "姓名和电话后四位对不上。"
TOO_MANY = "对不上的次数太多，先停一会儿。"
WISH = "村口的路灯坏了三盏，请派人修。"
DOUBT = "清淤的钱从哪里出，账没有公布。"
STRANGER = "欧阳无名"


def words(page):
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page)))


def hidden(page):
    """The hidden fields of the form on the page."""
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    assert fields, "no form"
    return {name: value for name, value in fields if name != "csrf_token"}


def number_of(house, matter):
    return house.village().matters[matter].number


def villager(house, place=0):
    """An adult villager with a telephone who holds no office."""
    everybody = Register(house.engine).people(VILLAGE)
    plain = [p for p in everybody if p.phone and p.group and not p.posts and not p.roles]
    return plain[place]


def proof(person):
    return {"name": person.name, "digits": person.phone[-4:]}


def file_need(house, phone, person, text=WISH):
    form = hidden(phone.open("/need/new"))
    return phone.post("/need/new", **form, text=text, **proof(person))


def file_objection(house, phone, person, text=DOUBT, matter=DITCHES.matter):
    address = f"/m/{number_of(house, matter)}/object"
    form = hidden(phone.open(address))
    return phone.post(address, **form, text=text, **proof(person))


# --- the first page


def test_what_hangs_stands_first_with_its_first_and_last_day_and_the_days_left(whole_house):
    page = words(whole_house.visitor().open("/"))
    assert "2026年11月16日，村民小组户代表会议表决通过了这件事。" in page
    assert "正在公布，还剩 9 天（2026年11月16日至2026年11月30日）" in page
    assert page.index("正在公布") < page.index("开会通知") < page.index("公示期满的")


def test_a_coming_meeting_says_who_when_where_and_what(whole_house):
    page = words(whole_house.visitor().open("/"))
    assert "开会通知 · 2026年11月17日发出 村民代表会议" in page
    assert "2026年11月22日 09:00" in page
    assert "村党群议事厅" in page
    assert "应到45人（村委会成员、村民代表）" in page
    assert "公益性骨灰楼选址与建设方案" in page


def test_an_emergency_that_is_owed_labels_the_notice_of_the_meeting_that_is_told(whole_house):
    declared = c.DeclareEmergency(EmergencyId("e-1"), "暴雨塌方，道路中断。", "先请人抢通道路。")
    whole_house.do(declared)
    page = words(whole_house.visitor().open("/"))
    assert "应急通报：暴雨塌方，道路中断。先请人抢通道路。已经先办，会上向大家通报。" in page


def test_short_notice_says_its_reason_on_the_portal(house):
    """The representatives are divided, the assembly is called for tomorrow."""
    house.decided(in_favour=3, against=20)
    house.do(c.SendToAssembly(MATTER, "代表分歧大"))
    row, tomorrow = house.village().rows[RowId.ASSEMBLY], house.clock() + timedelta(days=1)
    seats = seats_with_vote(row, Register(house.engine).people(VILLAGE), day_of(tomorrow))
    urgent = c.ConveneMeeting(
        MeetingId("assembly-1"), Body.ASSEMBLY, 0, "晒谷场", tomorrow,
        (AgendaItem(MATTER, 30),), seats, urgent_ground="汛期将到，来不及等十天。",
    )  # fmt: skip
    house.do(urgent)
    page = words(house.visitor().open("/"))
    assert "临时通知，原因：汛期将到，来不及等十天。" in page
    assert f"应到{len(seats)}人（村民）" in page


def test_the_completion_rate_shows_both_its_numbers(whole_house):
    for path in ("/", "/m/"):
        assert "办结1件÷已决议3件＝约33%" in words(whole_house.visitor().open(path))


def test_the_first_page_leads_to_the_needs_and_to_every_matter(whole_house):
    page = whole_house.visitor().open("/")
    assert 'href="/need/"' in page
    assert 'href="/m/"' in page
    listed = words(whole_house.visitor().open("/m/"))
    for matter in whole_house.village().matters.values():
        assert matter.title in listed


def test_the_first_page_of_a_village_with_a_past_is_at_most_100_kilobytes_without_a_script(
    whole_house,
):
    phone = whole_house.visitor()
    page, css = phone.get("/").data, (ROOT / "static/css/portal.css").read_bytes()
    assert len(page) + len(css) <= 100_000
    for path in ("/", "/m/", "/m/1", "/need/", "/need/new", "/result/2026-1"):
        assert "<script" not in phone.open(path)


def test_a_long_list_of_needs_comes_in_pages(house):
    for number in range(31):
        house.do(
            c.FileNeed(
                NeedId(f"n-{number}"), Standing.COMMITTEES, "两委", f"第{number}件事。", 0, 0
            )
        )
    first = house.visitor().open("/need/")
    assert "第30件事。" in first
    assert "第0件事。" not in first
    assert "第0件事。" in house.visitor().open("/need/?page=2")
    assert house.visitor().get("/need/?page=-1").status_code == 200


# --- one matter


def test_a_matter_shows_its_path_origin_proposal_and_every_vote_with_its_arithmetic_and_article(
    whole_house,
):
    page = words(whole_house.visitor().open(f"/m/{number_of(whole_house, CANTEEN.matter)}"))
    assert "动议事由村干部提议" in page
    assert "把旧小学一楼两间教室改造成长者饭堂" in page
    assert "应到45 实到38：38×3=114 ≥ 45×2=90 → 达到三分之二。" in page
    assert "赞成35＋反对2＋弃权1＋未表决0＝到会38。" in page
    assert "到会38：赞成35×2=70 ＞ 38 → 超过到会人数一半，通过。" in page
    assert "依据：村民委员会组织法第三十条" in page
    for stage in ("提议：通过", "商议：通过", "审议：通过", "决议：通过"):
        assert stage in page
    assert "2026年7月15日至2026年7月29日" in page
    assert "共15天（首尾都算），已经期满" in page


def test_a_matter_that_was_sent_back_shows_why_and_the_old_beside_the_new(whole_house):
    matter = whole_house.village().matters[SQUARE.matter]
    page = whole_house.visitor().open(f"/m/{matter.number}")
    assert f"退回到村“两委”商议。原因：{matter.returns[0].ground}" in words(page)
    assert "后来退回，要重新审议。" in page
    assert f"修改过方案：{matter.revisions[0].why}" in words(page)
    assert "<del>" in page
    assert "<ins>" in page


def test_a_vote_declared_void_stays_in_sight_with_its_reason(house):
    house.check_in(30).open().open_vote().cast(16, 10, 2).close_vote()
    void = c.VoidVote(kiosk_fixtures.TODAY, kiosk_fixtures.VOTE, "点名有误，重新表决。")
    house.do(void, Role.CHAIR, kiosk_fixtures.CHAIR)
    page = words(house.visitor().open(f"/m/{number_of(house, MATTER)}"))
    assert "这次表决已宣布作废，不算数：点名有误，重新表决。" in page


def test_works_show_the_owner_the_money_with_its_arithmetic_and_the_progress(whole_house):
    page = words(whole_house.visitor().open(f"/m/{number_of(whole_house, ROAD.matter)}"))
    assert "责任人林观塱" in page
    assert "预算42万元－合同40.8万元＝结余1.2万元" in page
    assert "预算42万元－已支出26.5万元＝结余15.5万元" in page
    assert "路面浇筑500米，正在养护。" in page


def test_a_contract_dated_inside_the_publication_is_flagged_in_red(whole_house):
    today = day_of(whole_house.clock())
    whole_house.do(
        c.AssignWorks(DITCHES.matter, PersonId("p0004"), "林观塱", today, DITCHES.amount_fen)
    )
    whole_house.do(c.RecordContract(DITCHES.matter, "马塘镇水利队", 1_200_000, today))
    page = whole_house.visitor().open(f"/m/{number_of(whole_house, DITCHES.matter)}")
    assert page.count("合同日期在公示期内") == 2, "above, and beside the contract"
    for flag in re.findall(r"<p class=\"flag\">.*?</p>", page):
        assert "合同日期在公示期内" in flag or "照片" in flag


def test_a_result_says_what_was_planned_and_what_it_cost(whole_house):
    page = words(whole_house.visitor().open("/result/2026-1"))
    assert "长者饭堂已建成开餐，实际支出17.82万元，比预算节余0.78万元。" in page
    assert "预算18.6万元－实际支出17.82万元＝结余7,800元" in page
    assert "公布期已满：2026年8月31日至2026年9月14日，首尾都算，共15天。" in page
    assert "金塱村民决〔2026〕1号" in page
    assert "/result/2026-1" in whole_house.visitor().open("/")


def test_resolution_and_result_each_hang_with_their_own_paper(papered_house):
    """The bytes are those whose digest the journal has for that very publication."""
    phone = papered_house.visitor()
    issued = {(p.subject, p.paper): p for p in papered_house.events(PaperIssued)}
    for address, paper in (("/r/2026-1", Paper.RESOLUTION), ("/result/2026-1", Paper.RESULT)):
        page, answer = phone.open(address), phone.get(f"{address}.pdf")
        of = issued[CANTEEN.matter, paper]
        assert answer.mimetype == "application/pdf"
        assert hashlib.sha256(answer.data[: of.size_bytes]).hexdigest() == of.sha256
        assert of.sha256 in page
        assert f'href="{address}.pdf"' in page


def test_the_portal_links_every_public_paper_of_a_matter_and_no_other(papered_house):
    phone = papered_house.visitor()
    number = papered_house.village().matters[MatterId("canteen")].number
    links = set(re.findall(r'href="(/paper/[^"]+\.pdf)"', phone.open(f"/m/{number}")))
    mine = papers_of(papered_house.village(), papered_house.village().matters[MatterId("canteen")])
    public = [p for m in mine for p in m.editions if p.edition is Edition.PUBLIC]
    assert links == {f"/paper/{file_name(p)}" for p in public}
    assert len(public) > 15
    for p in public:
        told = phone.get(f"/paper/{file_name(p)}").data[: p.size_bytes]
        assert hashlib.sha256(told).hexdigest() == p.sha256
    kept = [p for m in mine for p in m.editions if p.edition is Edition.ARCHIVE]
    assert len(kept) > 8
    for p in kept:
        assert phone.get(f"/paper/{file_name(p)}").status_code == 404


def test_a_villager_reads_no_paper_of_the_archive_anywhere(papered_house):
    phone = papered_house.visitor()
    for paper in papered_house.events(PaperIssued):
        if paper.edition is Edition.ARCHIVE:
            answer = phone.get(f"/papers/{paper.subject}/{paper.paper.value}.pdf")
            assert answer.status_code in {302, 303, 401, 403}, paper


def test_an_officer_finds_both_editions_of_each_paper_on_the_matters_page(papered_house):
    officer = papered_house.officer(kiosk_fixtures.SECRETARY)
    links = re.findall(r'href="(/papers/[^"]+)"', officer.open("/matters/canteen"))
    asked = [unescape(link) for link in links if ".pdf?" in link and "source=" in link]
    got = [officer.get(link).data for link in asked]
    village = papered_house.village()
    mine = papers_of(village, village.matters[MatterId("canteen")])
    issued = [p for m in mine for p in m.editions]
    assert len(got) == len(issued)
    for p in issued:  # behind what the journal names stands the signature
        assert any(hashlib.sha256(one[: p.size_bytes]).hexdigest() == p.sha256 for one in got), p


def test_an_old_resolution_keeps_the_proposal_it_was_about(house):
    house.decided()
    house.clock.on(days=1)
    before = house.village().matters[MATTER].proposal[0]
    objection = c.FileObjection(ObjectionId("o-1"), MATTER, "村民", "占了我家的地。")
    house.do(objection, Role.VILLAGER, "p0101")
    house.do(c.AnswerObjection(ObjectionId("o-1"), upheld=True, answer="属实，退回重议。"))
    due = house.village().matters[MATTER].kind.stages[0]
    house.do(c.ReturnMatter(MATTER, due, "异议成立"))
    house.do(c.ReviseProposal(MATTER, ("改在村南建。",), "避开农户的地"))
    phone = house.visitor()
    resolution = phone.open("/r/2026-1")
    assert before in resolution
    assert "这件事已经退回重新商议，这份决议不再执行。" in resolution
    assert "改在村南建。" in phone.open(f"/m/{number_of(house, MATTER)}")


@pytest.mark.parametrize(
    "path",
    ["/m/0", "/m/99", "/m/x", "/m/99/object", "/m/1/objection/9", "/m/1/objection/9/up",
     "/result/2026-9", "/result/2026-1.pdf", "/need/2026-9", "/need/2026-9/receipt",
     "/m/1/photo/none.jpg", f"/m/1/photo/{'0' * 64}.jpg"],
)  # fmt: skip
def test_a_public_page_that_is_not_there_is_said_in_plain_words(whole_house, path):
    assert "没有这一页。" in whole_house.visitor().open(path, 404)


# --- photographs


def photograph(house, matter, picture, content):
    store = Photos(house.settings.data_dir / "photos")
    attachment = store.file(store.show(b"\xff\xd8" + content), "照片.jpg")
    assert isinstance(attachment, Attachment)
    house.do(c.AttachPhoto(matter, picture, attachment))
    return attachment.sha256


def test_photographs_of_board_and_works_are_for_everybody_once_the_matter_was_public(whole_house):
    whole_house.clock.on(days=8)  # the last day on which the ditches hang
    board = photograph(whole_house, DITCHES.matter, Picture.LAST_DAY, b"board")
    works = photograph(whole_house, ROAD.matter, Picture.BEFORE, b"before")
    phone = whole_house.visitor()
    for matter, digest in ((DITCHES.matter, board), (ROAD.matter, works)):
        address = f"/m/{number_of(whole_house, matter)}"
        assert f'src="{address}/photo/{digest}.jpg"' in phone.open(address)
        assert phone.get(f"{address}/photo/{digest}.jpg").mimetype == "image/jpeg"
    # not by the address of another matter, and not by the officers' own address
    assert (
        phone.get(f"/m/{number_of(whole_house, ROAD.matter)}/photo/{board}.jpg").status_code == 404
    )
    assert phone.get(f"/photos/{board}.jpg").location == "/signin"


def test_a_photographed_review_is_not_public(whole_house):
    digest = photograph(whole_house, POND.matter, Picture.REVIEW, b"review")
    number = number_of(whole_house, POND.matter)
    assert whole_house.visitor().get(f"/m/{number}/photo/{digest}.jpg").status_code == 404
    assert digest not in whole_house.visitor().open(f"/m/{number}")


# --- needs


def test_a_villager_files_a_need_and_only_he_sees_his_name(whole_house):
    phone, person = whole_house.visitor(), villager(whole_house)
    answer = file_need(whole_house, phone, person)
    assert (answer.status_code, answer.location) == (303, "/need/2026-4/receipt")
    receipt = words(phone.open(answer.location))
    assert "需求号 2026-4" in receipt
    assert person.name in receipt
    assert "村里要在2026年12月7日前答复。" in receipt
    other = whole_house.visitor()
    assert other.get(answer.location).location == "/need/2026-4"
    public = words(other.open("/need/2026-4"))
    assert WISH in public
    assert "一位村民" in public
    assert person.name not in public
    filed = whole_house.entries(NeedFiled)[-1]
    assert (filed.actor.role, filed.actor.person) == (Role.VILLAGER, person.id)


def test_a_double_tap_files_one_need(whole_house):
    phone, person = whole_house.visitor(), villager(whole_house)
    form = hidden(phone.open("/need/new")) | {"text": WISH} | proof(person)
    first, second = phone.post("/need/new", **form), phone.post("/need/new", **form)
    assert first.location == second.location == "/need/2026-4/receipt"
    assert len(whole_house.village().needs) == 4


def test_his_answer_can_be_read_by_its_number(whole_house):
    phone = whole_house.visitor()
    file_need(whole_house, phone, villager(whole_house))
    need = list(whole_house.village().needs)[-1]
    whole_house.do(c.AnswerNeed(need, f"{villager(whole_house).name}：已派电工去修。"))
    page = words(whole_house.visitor().open("/need/2026-4"))
    assert "答复：提出人：已派电工去修。" in page
    assert "已派电工去修" in phone.open("/need/2026-4/receipt")


def test_a_joint_need_names_the_joint_body_and_nobody(whole_house):
    for path in ("/need/", "/need/2026-1"):
        page = words(whole_house.visitor().open(path))
        assert "村民联名36人" in page
        assert "苏启东" not in page
    assert "已立项：村道硬化" in page


def test_nobody_can_find_out_on_the_portal_who_lives_here(whole_house):
    """A stranger's name, a wrong number, a villager without a telephone: the same words, and nothing is lost."""
    person = villager(whole_house)
    pages = []
    for name, digits in ((STRANGER, person.phone[-4:]), (person.name, "0000")):
        phone = whole_house.visitor()
        form = hidden(phone.open("/need/new"))
        answer = phone.post("/need/new", **form, text=WISH, name=name, digits=digits)
        assert answer.status_code == 400
        assert WISH in answer.text, "what was typed is still there"
        assert hidden(answer.text)["need"] == form["need"]
        pages.append(words(answer.text))
    assert NOT_PROVED in pages[0]
    assert pages[0] == pages[1]
    assert len(whole_house.village().needs) == 3


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": " "}, "姓名还没有写。"),
        ({"digits": "12"}, "电话后四位要填四个数字。"),
        ({"digits": "四五六七"}, "电话后四位要填四个数字。"),
        ({"text": "字" * 1001}, "“需求”太长了：1001个字。"),
        ({"name": "名" * 61}, "“姓名”太长了：61个字。"),
    ],
)
def test_a_form_that_cannot_be_read_says_which_field_and_loses_nothing(whole_house, fields, said):
    phone = whole_house.visitor()
    form = hidden(phone.open("/need/new")) | {"text": WISH} | proof(villager(whole_house)) | fields
    answer = phone.post("/need/new", **form)
    assert answer.status_code == 400
    assert said in words(answer.text)
    assert form["text"] in answer.text


def test_full_width_digits_and_blanks_in_the_name_are_understood(whole_house):
    phone, person = whole_house.visitor(), villager(whole_house)
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in person.phone[-4:])
    form = hidden(phone.open("/need/new"))
    spaced = " ".join(person.name)
    answer = phone.post("/need/new", **form, text=WISH, name=spaced, digits=wide)
    assert answer.status_code == 303


def test_a_need_without_words_is_refused_and_the_form_comes_back(whole_house):
    answer = file_need(whole_house, whole_house.visitor(), villager(whole_house), text="  ")
    assert answer.status_code == 409
    assert "有一处还没有写。" in answer.text
    assert villager(whole_house).name in answer.text


def guess(phone, address, person, digits="0000"):
    phone.client.environ_base["REMOTE_ADDR"] = address
    form = hidden(phone.open("/need/new"))
    return words(phone.post("/need/new", **form, text=WISH, name=person.name, digits=digits).text)


def test_after_five_failures_in_an_hour_an_address_must_wait_even_with_the_right_number(
    whole_house,
):
    phone, person = whole_house.visitor(), villager(whole_house)
    for _ in range(FAILURES_AN_ADDRESS):
        assert NOT_PROVED in guess(phone, "10.0.0.1", person)
    assert TOO_MANY in guess(phone, "10.0.0.1", person, person.phone[-4:])
    assert NOT_PROVED in guess(phone, "10.0.0.2", person)
    whole_house.clock.on(hours=1)
    guess(phone, "10.0.0.1", person, person.phone[-4:])
    assert len(whole_house.village().needs) == 4


def test_after_twenty_failures_in_an_hour_everybody_must_wait(whole_house):
    phone, person = whole_house.visitor(), villager(whole_house)
    for number in range(FAILURES_IN_ALL):
        assert NOT_PROVED in guess(phone, f"10.0.0.{number // 4}", person)
    assert TOO_MANY in guess(phone, "10.0.1.1", person, person.phone[-4:])
    whole_house.clock.on(minutes=61)
    assert NOT_PROVED in guess(phone, "10.0.1.1", person)


@pytest.mark.parametrize("days", [1, 3650, 20_000])
def test_a_clock_that_is_set_back_keeps_nobody_waiting_for_longer_than_the_hour(whole_house, days):
    phone, person = whole_house.visitor(), villager(whole_house)
    for _ in range(FAILURES_AN_ADDRESS):
        assert NOT_PROVED in guess(phone, "10.0.0.1", person)
    whole_house.clock.on(days=-days)
    assert NOT_PROVED in guess(phone, "10.0.0.1", person)
    whole_house.clock.on(hours=1)
    assert NOT_PROVED in guess(phone, "10.0.0.1", person)


def test_right_proofs_are_never_counted_against_anybody(whole_house):
    phone = whole_house.visitor()
    for place in range(FAILURES_AN_ADDRESS + 1):
        assert file_need(whole_house, phone, villager(whole_house, place)).status_code == 303


def test_who_is_not_eighteen_or_not_of_the_village_proves_nothing(whole_house):
    person = villager(whole_house)
    born_late = person.born_on.replace(year=2010)
    Register(whole_house.engine).change(VILLAGE, kiosk_fixtures.replace(person, born_on=born_late))
    answer = file_need(whole_house, whole_house.visitor(), person)
    assert NOT_PROVED in answer.text


# --- objections


def test_a_villager_objects_while_it_hangs_and_stays_unnamed(whole_house):
    phone, person = whole_house.visitor(), villager(whole_house)
    answer = file_objection(whole_house, phone, person)
    number = number_of(whole_house, DITCHES.matter)
    assert answer.location == f"/m/{number}/objection/2/receipt"
    receipt = words(phone.open(answer.location))
    assert f"异议号 {number}-2" in receipt
    assert person.name in receipt
    other = whole_house.visitor()
    for path in (f"/m/{number}", f"/m/{number}/objection/2"):
        page = words(other.open(path))
        assert DOUBT in page
        assert person.name not in page
    assert "异议2件" in words(other.open(f"/m/{number}"))
    assert other.get(answer.location).location == f"/m/{number}/objection/2"


def test_a_double_tap_files_one_objection(whole_house):
    phone, address = whole_house.visitor(), f"/m/{number_of(whole_house, DITCHES.matter)}/object"
    form = hidden(phone.open(address)) | {"text": DOUBT} | proof(villager(whole_house))
    assert phone.post(address, **form).location == phone.post(address, **form).location
    assert len(whole_house.village().objections) == 2


def test_objections_are_open_through_the_last_day_and_closed_after_it(whole_house):
    phone, address = whole_house.visitor(), f"/m/{number_of(whole_house, DITCHES.matter)}/object"
    whole_house.clock.on(days=8, hours=14)  # 23:00 of the last day
    form = hidden(phone.open(address)) | {"text": DOUBT} | proof(villager(whole_house))
    assert "还剩 1 天可以提异议" in words(phone.open(address))
    whole_house.clock.on(hours=1)
    late = phone.post(address, **form)
    assert late.status_code == 409
    assert "公示已经期满，异议期在2026年11月30日结束。" in late.text
    assert f"依据：{ARTICLE}" in late.text
    assert DOUBT in late.text, "what was typed is still there"
    page = phone.open(address)
    assert "异议期已经结束。" in words(page)
    assert f"依据：{ARTICLE}" in page
    assert "<textarea" not in page
    assert "提异议" not in words(phone.open(address.removesuffix("/object")))


def test_before_anything_hangs_there_is_nothing_to_object_to(whole_house):
    page = words(whole_house.visitor().open(f"/m/{number_of(whole_house, POND.matter)}/object"))
    assert "这件事还没有公示，公示以后才能提异议。" in page
    assert f"依据：{ARTICLE}" in page


def go_up(house, phone, person, objection=2):
    address = f"/m/{number_of(house, DITCHES.matter)}/objection/{objection}/up"
    page = phone.open(address)
    return phone.post(
        address, **hidden(page), ground="我不同意这个答复。", ground_more="", **proof(person)
    )


def answered(house, phone, person):
    file_objection(house, phone, person)
    objection = list(house.village().objections)[-1]
    house.do(c.AnswerObjection(objection, upheld=False, answer="账目已在公开栏公布。"))
    return objection


def test_who_disagrees_with_the_answer_takes_it_to_the_supervisors_then_to_the_township(
    whole_house,
):
    phone, person = whole_house.visitor(), villager(whole_house)
    objection = answered(whole_house, phone, person)
    number = number_of(whole_house, DITCHES.matter)
    page = words(phone.open(f"/m/{number}/objection/2"))
    assert "账目已在公开栏公布。" in page
    assert "我提的，提交村务监督委员会" in page
    assert go_up(whole_house, phone, person).location == f"/m/{number}/objection/2"
    whole_house.do(
        c.AnswerObjection(objection, upheld=False, answer="查过账，无误。"),
        Role.SUPERVISOR,
        SUPERVISOR,
    )
    assert go_up(whole_house, phone, person).status_code == 303
    page = words(phone.open(f"/m/{number}/objection/2"))
    assert "查过账，无误。" in page
    assert "乡镇" in page
    assert "我提的，提交" not in page


def test_before_an_answer_is_due_the_objection_stays_where_it_is(whole_house):
    phone, person = whole_house.visitor(), villager(whole_house)
    file_objection(whole_house, phone, person)
    address = f"/m/{number_of(whole_house, DITCHES.matter)}/objection/2"
    assert "答复了或者过了期限再提交。" in phone.open(f"{address}/up")
    early = phone.post(f"{address}/up", ground="急。", command_id="early-tap-1", **proof(person))
    assert early.status_code == 409
    assert "还有异议没有办完。" in early.text
    whole_house.clock.on(days=4)
    assert "逾期未答复" in phone.open(address)
    assert go_up(whole_house, phone, person).status_code == 303


def test_only_who_filed_it_takes_it_up_and_nobody_learns_who_that_was(whole_house):
    phone, person = whole_house.visitor(), villager(whole_house)
    answered(whole_house, phone, person)
    neighbour = villager(whole_house, 1)
    answer = go_up(whole_house, whole_house.visitor(), neighbour)
    assert answer.status_code == 400
    assert NOT_PROVED in answer.text
    assert "我不同意这个答复。" in answer.text


# --- what is never public


def every_public_page(house):
    """All that a stranger's telephone can open, following links from the first page."""
    phone, seen, due = house.visitor(), {}, ["/"]
    while due:
        path = due.pop()
        if path not in seen:
            answer = phone.get(path)
            assert answer.status_code in {200, 302}, path
            seen[path] = answer.text if answer.mimetype == "text/html" else ""
            links = re.findall(r'(?:href|src)="(/[^"#]*)"', seen[path])
            due += [p for p in links if not p.startswith(("/static", "/signin", "/pair"))]
    return seen


def test_no_public_page_tells_of_a_person(whole_house):
    """No phone but the office's, no author, no birthday, no household, no voter; the owner of the works alone."""
    phone = whole_house.visitor()
    person = villager(whole_house)
    secret = f"{WISH}请打{person.phone}找{person.name}，身份证441521197001010011。"
    file_need(whole_house, phone, person, secret)
    file_objection(whole_house, phone, person, secret)
    whole_house.do(c.CheckIn(kiosk_fixtures.TODAY, PersonId("p0001")))
    told = every_public_page(whole_house)
    assert len(told) > 20
    register = Register(whole_house.engine).people(VILLAGE)
    owner = {"林观塱"}
    offices = set(public_phones(whole_house.village()))
    for path, page in told.items():
        text = words(page)
        assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)", text), path
        assert set(re.findall(r"0\d{3}-\d{7}", text)) <= offices, path
        assert "441521197001010011" not in text
        for one in register:
            assert one.phone not in page, path
            assert one.household not in text.split(), path
            assert one.born_on.isoformat() not in page, path
            assert one.id not in page, path
            assert one.name in owner or one.name not in text, (path, one.name)
        for need in whole_house.village().needs.values():
            assert need.author not in text, path
        for objection in whole_house.village().objections.values():
            assert objection.author not in text, path


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("打13800001234找我", "打（号码不公开）找我"),
        ("打138 0000 1234。", "打（号码不公开）。"),
        ("电话0660-8600999", "电话（号码不公开）"),
        ("证441521197001010011", "证（号码不公开）"),
        ("证44152119700101001X", "证（号码不公开）"),
        ("卡6222 0210 0111 6245 702", "卡（号码不公开）"),
        ("要1380000元，780米，12户", "要1380000元，780米，12户"),
        ("苏启东的地", "提出人的地"),
    ],
)
def test_numbers_of_telephones_and_cards_are_left_out_and_amounts_stay(said, shown):
    assert discreet(said, "苏启东") == shown


def test_what_a_villager_writes_is_never_html(whole_house):
    phone, evil = whole_house.visitor(), "<script>alert(1)</script>"
    file_need(whole_house, phone, villager(whole_house), evil)
    assert evil not in phone.open("/need/")
    assert evil not in phone.open("/need/2026-4")


def test_a_rehearsal_says_so_at_the_top_of_every_public_page(rehearsal_house):
    for path in ("/", "/m/", "/m/1", "/need/", "/need/new"):
        page = rehearsal_house.visitor().open(path)
        assert page.index("这里的内容都是练习用的") < page.index("村务公开栏</a>")


def test_a_village_of_record_is_not_called_invented(house, tmp_path):
    assert "人名和事项均为虚构" in house.visitor().open("/")
    settings = kiosk_fixtures.settings_in(tmp_path / "record")
    kiosk_fixtures._found(settings, purpose=Purpose.RECORD)
    real = kiosk_fixtures.House(settings, kiosk_fixtures.HandClock())
    page = real.visitor().open("/")
    real.close()
    assert "虚构" not in page
    assert "正式使用" not in page
