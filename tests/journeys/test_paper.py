"""Voting on paper, by touch in real Chromium: from the print to the result; and one vote by three channels at once."""

import re
from io import BytesIO

import pytest
from hands import SAME_KEY_AFTER_S, Hands
from playwright.sync_api import expect
from pypdf import PdfReader
from voting_hall import VotingHall

from kiosk.core import commands as c
from kiosk.core.ballot_terms import Channel, Choice, Method
from kiosk.core.events import VoteClosed
from kiosk.core.journal import read
from kiosk.core.terms import Role
from kiosk.core.values import RaisedHand
from kiosk.demo.story import TODAY, VILLAGE
from kiosk.rehearsal.meeting import VOTE
from kiosk.store.devices import DeviceKind
from kiosk.wording import CHANNELS

TELLER, SUPERVISOR = "p0006", "p0010"
CARDS = {"赞": "赞成", "反": "反对", "弃": "弃权"}


@pytest.fixture
def room(server, chromium):
    """The teller's screen, another of his without JavaScript, and the big screen."""
    running, codes = server
    teller, hall = Hands(chromium, running.url), Hands(chromium, running.url)
    code = next(code for person, _, _, code in codes.officers if person == TELLER)
    teller.sign_in("曾国堃", code)
    hall.pair(dict(codes.screens)[DeviceKind.HALL], "/hall/")
    plain = Hands(chromium, running.url, java_script_enabled=False)
    plain.context.add_cookies(teller.context.cookies())
    yield teller, plain, hall
    for hands in (teller, plain, hall):
        assert hands.complaints == []
        hands.close()


@pytest.fixture
def village(server):
    """The one door beside the server."""
    return VotingHall(server[0].settings)


def pause(hands: Hands) -> None:
    """As long as a second tap counts as the same."""
    hands.page.wait_for_timeout(SAME_KEY_AFTER_S * 1000)


def type_number(hands: Hands, field: str, digits: str) -> None:
    pad = hands.page.locator(f".numpad:has(input[name={field}])")
    for digit in digits:
        pad.locator(f'.pinpad__key[value="{digit}"]').tap()
        pause(hands)
    expect(pad.locator("input")).to_have_value(digits)


def hand_out(teller: Hands, how_many: int) -> None:
    taken = teller.page.locator(".tile[data-state=in]")
    for n in range(how_many):
        teller.page.locator("form.tile-form button").first.tap()
        expect(taken).to_have_count(n + 1)


def read_aloud(hands: Hands, words: str, *, of: int, first: int = 1) -> None:
    for number, word in enumerate(words, start=first):
        expect(hands.page.locator(".reading__number")).to_contain_text(
            f"第 {number} 张 / 共 {of} 张"
        )
        pause(hands)
        if word == "废":
            hands.page.get_by_role("button", name="废票", exact=True).tap()
        else:
            hands.page.locator(".choice", has_text=CARDS[word]).tap()


def table(hands: Hands, place: str) -> list[list[str]]:
    """The rows of a table as the words in their cells."""
    rows = hands.page.locator(f"{place} tr").all()
    return [
        [re.sub(r"\s+", "", cell) for cell in row.locator("th, td").all_inner_texts()]
        for row in rows
    ]


def closed(village: VotingHall) -> VoteClosed:
    """The end of the vote as the journal has it."""
    events = (read(line).event for line in village.parts.kiosk.lines(VILLAGE))
    return next(event for event in events if isinstance(event, VoteClosed) and event.vote == VOTE)


def test_a_vote_on_paper_from_the_print_to_the_result(room, village):  # noqa: PLR0915 -- one vote, from end to end
    teller, _plain, hall = room
    village.open_vote(Method.SECRET)

    # printed: the number is on record before the sheets are
    teller.open("/console/papers/")
    teller.see("可表决 30 人")
    teller.picture("papers-print")
    teller.tap("印制纸票")
    teller.see("第 1 号到第 35 号，共 35 张")
    teller.picture("papers-printed")
    link = teller.page.get_by_role("link", name="打开纸票（PDF）").get_attribute("href")
    sheets = PdfReader(BytesIO(teller.context.request.get(teller.url + link).body())).pages
    assert len(sheets) == 9
    assert "演练" in sheets[0].extract_text()

    # handed out, one exchanged
    teller.tap("开始发票")
    hand_out(teller, 12)
    expect(hall.page.locator(".hall__foot")).to_contain_text("无记名表决，纸票已发 12 张")
    expect(hall.page.locator(".sealed")).to_be_visible()
    teller.picture("papers-wall")
    hall.picture("hall-secret")
    teller.tap("换一张")
    teller.page.locator("a.tile").first.tap()
    teller.see("填坏的票交回来了吗")
    teller.tap("交回了，换一张")
    teller.see("＝ 发出 12 ＋ 作废 1 ＋ 剩余 22")

    # the box: eleven came back
    teller.tap("开箱清点")
    type_number(teller, "returned", "11")
    teller.picture("papers-box")
    teller.tap("开箱，开始唱票")
    teller.see("第 1 张 / 共 11 张")
    expect(hall.page.locator(".hall__foot")).to_contain_text("第 1 张 / 共 11 张")

    # read aloud; a trembling finger reads no paper more; a slip of the tongue is taken back
    read_aloud(teller, "赞赞反", of=11)
    expect(hall.page.locator(".chalk__row--for .strokes__one")).to_have_count(2)
    teller.see("第 4 张")
    pause(teller)
    card = teller.page.locator(".choice", has_text="赞成").bounding_box()
    for _ in range(2):
        teller.page.touchscreen.tap(card["x"] + 40, card["y"] + 40)
    teller.see("第 5 张")
    pause(teller)
    expect(teller.page.locator(".reading__number")).to_contain_text("第 5 张")
    read_aloud(teller, "废反", of=11, first=5)
    teller.see("撤回上一张（反对）")
    pause(teller)
    teller.tap("撤回上一张（反对）")
    expect(hall.page.locator(".hall__foot")).to_contain_text("第 6 张 / 共 11 张")
    read_aloud(teller, "弃赞赞", of=11, first=6)
    teller.see("第 9 张")
    teller.picture("papers-reading")
    expect(hall.page.locator(".chalk__count")).to_have_text(["5", "1", "1", "1"])
    hall.picture("hall-reading")
    read_aloud(teller, "赞赞赞", of=11, first=9)
    teller.see("收回的 11 张都唱完了")
    teller.see("收回 11 ＝ 有效 10 ＋ 无效 1")
    expect(hall.page.locator(".hall__foot")).to_contain_text("11 张唱完了")
    teller.picture("papers-read")

    # the result says the numbers of the journal, and none before
    village.close_vote(SUPERVISOR)
    hall.open("/hall/")
    assert table(hall, ".ledger") == [
        ["", "赞成", "反对", "弃权", "未表决"],
        ["纸票", "8", "1", "1", "废票1"],
        ["合计", "8", "1", "1", "20"],
    ]
    tally = closed(village).tally
    assert [count.count for count in tally.counts] == [8, 1, 1]
    assert (tally.unused, tally.invalid) == (20, 1)


def ten_at_the_screen_and_seven_by_hands(village: VotingHall) -> None:
    people = iter(village.voters())
    for choice in [Choice.FOR] * 6 + [Choice.AGAINST] * 3 + [Choice.ABSTAIN]:
        person = next(people)
        ballot = c.CastBallot(TODAY, VOTE, person, (choice,), Channel.KIOSK_SCREEN)
        village.do(ballot, Role.VOTER, person)
    raised = [Choice.FOR] * 5 + [Choice.AGAINST] * 2
    hands = tuple(RaisedHand(next(people), choice) for choice in raised)
    village.do(c.NoteHands(TODAY, VOTE, TELLER, hands), Role.TELLER, TELLER)
    village.do(c.ConfirmHands(TODAY, VOTE, SUPERVISOR), Role.SUPERVISOR, SUPERVISOR)


def ten_on_paper(hands: Hands) -> None:
    """The papers through the pages."""
    hands.open("/console/papers/")
    hands.tap("印制纸票")
    hands.tap("开始发票")
    for n in range(10):
        hands.see(f"发出 {n}")
        hands.page.locator("form.tile-form button").first.tap()
    hands.see("发出 10")
    hands.tap("开箱清点")
    hands.page.locator("input[name=returned]").fill("10")
    hands.tap("开箱，开始唱票")
    read_aloud(hands, "赞赞反赞赞弃废赞赞反", of=10)
    hands.see("收回的 10 张都唱完了")


def test_three_channels_in_one_vote_add_up_on_every_screen(room, village):
    teller, plain, hall = room
    village.open_vote(Method.IN_TURN)
    ten_at_the_screen_and_seven_by_hands(village)
    ten_on_paper(plain)  # without JavaScript
    village.do(c.CloseVote(TODAY, VOTE, unused_confirmed=True))
    hall.open("/hall/")
    head, *lines, total = table(hall, ".ledger")
    hall.picture("hall-channels")
    end = closed(village)
    assert lines == [
        ["表决屏", "6", "3", "1", ""],
        ["举手记名", "5", "2", "0", ""],
        ["纸票", "6", "2", "1", "废票1"],
    ]
    assert [line[0] for line in lines] == [CHANNELS[s.channel] for s in end.subtotals]
    for line, subtotal in zip(lines, end.subtotals, strict=True):
        assert line[1:4] == [str(count.count) for count in subtotal.counts]
    assert total[1:] == [str(count.count) for count in end.tally.counts] + [str(end.tally.unused)]
    for column in range(1, 4):
        assert sum(int(line[column]) for line in lines) == int(total[column]), head[column]
    assert sum(map(int, total[1:])) == 30

    teller.open("/console/")
    teller.picture("console-channels-result")
    for line in lines:
        row = teller.page.locator("tr", has_text=line[0]).first
        assert row.locator("td").all_inner_texts()[:3] == line[1:4]
