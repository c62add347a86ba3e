"""The six steps of a meeting by touch alone, at three screens and a phone, in real Chromium."""

import re

import av
import pytest
from hands import Hands
from playwright.sync_api import expect

from kiosk.store.devices import DeviceKind


@pytest.fixture
def room(server, chromium):
    """Console, ballot screen, big screen and a cheap phone without JavaScript."""
    running, codes = server
    console, ballot, hall = (Hands(chromium, running.url) for _ in range(3))
    phone = Hands(
        chromium,
        running.url,
        viewport={"width": 360, "height": 740},
        is_mobile=True,
        java_script_enabled=False,
    )
    code = next(code for person, _, _, code in codes.officers if person == "p0003")
    console.sign_in("陈㛃", code)
    screens = dict(codes.screens)
    ballot.pair(screens[DeviceKind.BALLOT], "/ballot/")
    hall.pair(screens[DeviceKind.HALL], "/hall/")
    hands = (console, ballot, hall, phone)
    yield hands
    for hand in hands:
        hand.close()


def check_in(console: Hands, how_many: int) -> None:
    console.open("/checkin/")
    here = console.page.locator(".tile[data-state=in]")
    before = here.count()
    for n in range(how_many):
        console.page.locator("form.tile-form button").first.tap()
        expect(here).to_have_count(before + n + 1)


def check_in_observer(console: Hands) -> None:
    console.open("/checkin/?tab=observers")
    console.page.locator("form.tile-form button").first.tap()
    expect(console.page.locator("form.tile-form")).to_have_count(8)


def vote(ballot: Hands, card: str, picture: str = "") -> None:
    ballot.page.locator("form.tile-form button").first.tap()
    ballot.page.wait_for_url("**/ballot/choose")
    if picture:
        ballot.picture(picture)
    ballot.page.locator(".choice", has_text=card).tap()
    expect(ballot.page.locator(".confirm__said")).to_contain_text(f"您选了：{card}")
    if picture:
        ballot.picture(f"{picture}-confirm")
    ballot.tap("确认")
    ballot.page.wait_for_url("**/ballot/done")
    if picture:
        ballot.picture(f"{picture}-done")
    ballot.page.wait_for_url(re.compile(r"/ballot/$"), timeout=5000)  # it clears by itself


def test_a_whole_meeting_by_touch(room, server):  # noqa: PLR0915 -- one meeting, from end to end
    console, ballot, hall, phone = room

    # 1 今日会议
    console.see("第1次村民代表会议")
    console.see("公益性骨灰楼选址与建设方案")
    console.picture("console-today")
    ballot.see("现在没有表决")

    # 2 check-in: every tap on every screen; below two thirds it does not open
    check_in(console, 29)
    expect(hall.page.locator(".ring__n")).to_have_text("29")
    console.picture("checkin")
    hall.picture("hall-checkin")
    console.open("/console/")
    console.tap("宣布开会")
    console.see("应到45人，要到30人，实到29人")
    console.see("村民委员会组织法第三十条")
    console.picture("console-no-quorum")
    check_in(console, 1)
    check_in_observer(console)
    console.open("/console/")
    console.see("30×3=90 ≥ 45×2=90")

    # 3 opening: the roll is fixed, the recording runs, the head is on the big screen
    console.tap("宣布开会")
    hall.see("名册已定")
    expect(hall.page.locator(".code__part")).to_have_count(4)
    console.see("无摄像头")
    hall.picture("hall-opened")

    # 4 the item, and somebody speaks to it; then the vote, live
    console.tap("进入议题")
    console.see("第1项，共1项")
    hall.see("同意在虎头岭按这个方案建")
    console.tap("有人要发言")
    console.page.locator("a.tile").first.tap()
    console.tap("3 分钟")
    console.see("正在发言")
    expect(hall.page.locator("[data-left]")).to_have_text(re.compile(r"2:5\d"))
    hall.picture("hall-speech")
    console.picture("console-speech")
    console.tap("结束发言")
    console.tap("开始表决")
    expect(ballot.page.locator("form.tile-form")).to_have_count(30)
    ballot.picture("ballot-names")
    vote(ballot, "赞成", picture="ballot")
    expect(hall.page.locator(".tally__row--for .tally__count")).to_have_text("1")
    vote(ballot, "反对")
    vote(ballot, "弃权")
    counts = [int(n) for n in hall.page.locator(".tally__count").all_inner_texts()]
    assert counts == [1, 1, 1, 27]
    hall.picture("hall-voting")
    console.picture("console-voting")
    ballot.open("/ballot/?tab=observers")
    ballot.page.locator("form.tile-form button").first.tap()
    ballot.see("您是列席人员，没有表决权")
    ballot.see("村民委员会组织法第二十九条、第三十条")
    ballot.picture("ballot-observer")

    # 5 closing asks once, then says the arithmetic
    console.tap("结束表决")
    console.see("还有 27 人没有表决")
    console.picture("console-close")
    console.tap("不再等，结束表决")
    console.see("到会30：赞成1×2=2 ≤ 30 → 没有超过到会人数一半，未通过")
    hall.see("未通过")
    hall.picture("hall-result")
    console.picture("console-result")

    # 6 adjourning: within ten seconds the paper is on the portal, and a phone opens it
    console.tap("宣布散会")
    expect(console.page.locator("body")).to_contain_text("文书已上公开栏", timeout=10_000)
    hall.see("散会")
    # the resolution's code, and under it the one with which the meeting closed
    expect(hall.page.locator(".hall__close .code__part")).to_have_count(4)
    expect(hall.page.locator(".hall__foot .code__part")).to_have_count(4)
    hall.picture("hall-over")
    code = "-".join(hall.page.locator(".hall__close .code__part").all_inner_texts())
    phone.open("/")
    phone.see("表决没有通过这件事")
    phone.picture("portal")
    phone.tap("看详细")
    phone.see(code)
    phone.see("首尾都算，共15天")
    phone.picture("portal-resolution")
    link = phone.page.get_by_role("link", name="打开表决结果 PDF").get_attribute("href")
    pdf = phone.context.request.get(phone.url + link)
    assert pdf.body().startswith(b"%PDF")

    # the film plays, as long as it says
    film(console, server[0])
    for hands in room:
        assert hands.complaints == []


def film(console: Hands, running) -> None:
    # after the meeting nobody looks without saying why
    console.open("/film/representatives-1/")
    console.page.get_by_text("核对会议记录").tap()
    console.picture("film-why")
    console.tap("登记，看录像")
    console.page.wait_for_url("**/film/representatives-1/")
    expect(console.page.locator("tbody tr")).not_to_contain_text("正在进行", timeout=20_000)
    duration = console.page.locator("video").evaluate(
        "v => v.readyState ? v.duration : new Promise(r => v.onloadedmetadata = () => r(v.duration))"
    )
    (part,) = (running.settings.recordings_dir / "jintang/representatives-1").glob("part-*.mp4")
    with av.open(str(part)) as container:
        last = max(float(f.pts * f.time_base) for f in container.decode(video=0))
    assert abs(duration - last) < 1.0
    played = console.page.locator("video").evaluate(
        """async v => {
            v.muted = true; await v.play(); await new Promise(r => setTimeout(r, 800)); return v.currentTime
        }"""
    )
    assert played > 0
    console.picture("film")
