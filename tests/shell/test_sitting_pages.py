"""The meeting itself over HTTP: pauses, items and speech, amendments, votes by consent, hands, void votes, its end."""

import re
from dataclasses import replace
from datetime import timedelta

import kiosk_fixtures
import pytest
from kiosk_fixtures import CHAIR, SECRETARY, SUPERVISOR, TELLER, VOTE, another_matter
from test_pages import forms, press, vote_at, words

from kiosk.core import commands as c
from kiosk.core.ballot_terms import Channel, Choice
from kiosk.core.law.roll import observers
from kiosk.core.law.statute import BODY_ROWS
from kiosk.core.terms import (
    Body,
    EmergencyId,
    KindId,
    MatterId,
    MeetingId,
    PersonId,
    Role,
    RowId,
    VoteId,
    day_of,
)
from kiosk.core.values import AgendaItem
from kiosk.demo.story import MATTER, TODAY, VILLAGE
from kiosk.demo.telling import seats
from kiosk.store.register import Register
from kiosk.web.differences import differences
from kiosk.web.sitting.motions import spots

founded_database, house = kiosk_fixtures.founded_database, kiosk_fixtures.house
rehearsal_database = kiosk_fixtures.rehearsal_database
rehearsal_house = kiosk_fixtures.rehearsal_house

QUORUM = "村民委员会组织法第三十条"
APPRAISALS = MeetingId("appraisals")


def everywhere(house):
    """The four screens of a meeting, as they stand."""
    officer = house.officer(CHAIR)
    return {
        "console": words(officer.open("/console/")),
        "door": words(officer.open("/checkin/")),
        "hall": words(house.hall_screen().open("/hall/")),
        "ballot": words(house.ballot_screen().open("/ballot/")),
    }


def dominant(page):
    """What the big buttons of a page say: there may be only one."""
    (label,) = re.findall(r'button--dominant"[^>]*>(.*?)</(?:a|button)>', page)
    return words(label)


def in_session(house, present=30):
    """The meeting is open and on its item."""
    house.check_in(present).open().do(c.TakeItem(TODAY, MATTER))
    return house


def convene(house, meeting, body, matters, *, consent=False, group=0, **more):
    """Another meeting, called for the day after ten days, everybody there and the clock moved on to it."""
    starts = house.clock() + timedelta(days=10)
    people, on = Register(house.engine).people(VILLAGE), day_of(starts)
    voters = seats(body, people, on, group=group)
    row = house.village().rows[BODY_ROWS[body]]
    called = (*voters, *observers(row, people, on, group=group, entitled=voters))
    agenda = tuple(AgendaItem(matter, 10, consent) for matter in matters)
    house.do(c.ConveneMeeting(meeting, body, group, "村党群议事厅", starts, agenda, called, **more))
    return starts, called


def attend(house, meeting, called):
    for seat in called:
        house.do(c.CheckIn(meeting, seat.person))


def appraising(number):
    return replace(
        another_matter(f"appraisal-{number}"),
        kind=KindId("appraisal"),
        row=RowId.APPRAISAL,
        title=f"评议村委会委员{number}",
        mandate="",
        appraised=PersonId(f"p000{number}"),
    )


@pytest.fixture
def appraisals(house):
    """Three appraisals that may go by consent; the meeting is open and everybody is there."""
    house.do(c.CallOffMeeting(TODAY, "改期召开"))
    matters = [appraising(number) for number in (1, 2, 3)]
    for matter in matters:
        house.do(matter)
    starts, called = convene(
        house, APPRAISALS, Body.REPRESENTATIVES, [m.matter for m in matters], consent=True
    )
    house.clock.at = starts
    attend(house, APPRAISALS, called)
    house.do(c.OpenMeeting(APPRAISALS))
    return house


# --- the quorum lost


def test_a_lost_quorum_is_said_on_every_screen_with_its_arithmetic(house):
    in_session(house)
    house.do(c.CheckOut(TODAY, house.voters()[0]))
    for name, page in everywhere(house).items():
        assert "会议暂停" in page, name
        assert re.search("还差 ?1 ?人", page), name
        assert "29×3=87 ＜ 45×2=90" in page, name
    assert dominant(house.officer(CHAIR).open("/console/")) == "开始补签到"


def test_when_somebody_returns_every_screen_goes_on_by_itself(house):
    in_session(house)
    house.do(c.CheckOut(TODAY, house.voters()[0]))
    house.do(c.CheckIn(TODAY, house.voters()[0]))
    for name, page in everywhere(house).items():
        assert "会议暂停" not in page, name
    assert dominant(house.officer(CHAIR).open("/console/")) == "开始表决"


def test_while_the_meeting_is_paused_nobody_votes_and_no_vote_is_opened(house):
    in_session(house).open_vote()
    gone, other = house.voters()[:2]
    house.do(c.CheckOut(TODAY, gone))
    answer = vote_at(house.ballot_screen(), other)
    assert answer.status_code == 409
    assert "会议暂停：应到45人，要到30人，实到29人。" in answer.json["what"]
    assert answer.json["basis"] == QUORUM
    assert not house.vote().ballots


# --- not held


def test_before_its_time_or_with_a_quorum_no_meeting_is_declared_inquorate(house):
    officer = house.officer(CHAIR)
    house.clock.on(minutes=-1)
    answer = officer.send("/console/inquorate", meeting=TODAY)
    assert (answer.status_code, answer.json["what"]) == (409, "还没到开会的时候。")
    house.clock.on(minutes=1)
    house.check_in(30)
    answer = officer.send("/console/inquorate", meeting=TODAY)
    assert answer.json["what"] == "人数已经够了，不能宣布流会。"


def test_too_few_is_a_result_with_its_arithmetic_on_console_and_big_screen(house):
    house.check_in(29)
    officer = house.officer(CHAIR)
    assert 'href="/console/inquorate"' in officer.open("/console/")
    page = officer.open("/console/inquorate")
    assert "29×3=87 ＜ 45×2=90" in page
    assert press(officer, page, "/console/inquorate").location == "/console/"
    told = words(officer.open("/console/"))
    assert "流会" in told
    assert "29×3=87 ＜ 45×2=90" in told
    assert "流会" in house.hall_screen().open("/hall/")


def test_a_meeting_that_is_called_off_says_so_on_console_and_big_screen(house):
    officer = house.officer(CHAIR)
    assert f'href="/meetings/{TODAY}/call-off"' in officer.open("/console/")
    house.do(c.CallOffMeeting(TODAY, "遇到恶劣天气，改期召开"))
    assert "已取消" in officer.open("/console/")
    assert "会议取消" in house.hall_screen().open("/hall/")


# --- items and speech


def test_the_item_says_how_many_of_its_minutes_are_used(house):
    in_session(house)
    house.clock.on(minutes=12)
    page = house.officer(CHAIR).open("/console/")
    assert "第1项，共1项 · 已用 12 分钟，给 30 分钟" in words(page)
    assert "data-over" not in page
    house.clock.on(minutes=19)
    assert "data-over" in house.officer(CHAIR).open("/console/")


def test_somebody_is_given_the_floor_and_console_and_big_screen_count_down(house):
    in_session(house)
    officer, speaker = house.officer(CHAIR), house.voters()[3]
    name = house.meeting().seats[speaker].name
    assert f'href="/console/floor?person={speaker}"' in officer.open("/console/speak")
    page = officer.open(f"/console/floor?person={speaker}")
    assert dominant(page) == "3 分钟"
    press(officer, page, "/console/floor", minutes="5")
    house.clock.on(minutes=2)
    ends = int((house.clock() + timedelta(minutes=3)).timestamp() * 1000)
    for shown in (officer.open("/console/"), house.hall_screen().open("/hall/")):
        assert f"{name} 正在发言" in words(shown)
        assert f'data-ends="{ends}"' in shown
        assert "3:00" in shown, "without script the time left stands there too"
    assert dominant(officer.open("/console/")) == "结束发言"
    press(officer, officer.open("/console/"), "/console/silence")
    assert dominant(officer.open("/console/")) == "开始表决"


def test_who_waits_is_asked_to_speak_next(house):
    in_session(house)
    officer, (first, second) = house.officer(TELLER), house.voters()[:2]
    for person in (first, second):
        page = officer.open(f"/console/floor?person={person}")
        press(officer, page, "/console/request", person=person)
    page = house.officer(CHAIR).open("/console/")
    names = [house.meeting().seats[person].name for person in (first, second)]
    assert f"等着发言（2人）：{'、'.join(names)}" in words(page)
    assert dominant(page) == f"请{names[0]}发言"


def test_observers_may_speak(house):
    in_session(house)
    observer = next(s for s in house.meeting().seats.values() if not s.votes)
    house.do(c.CheckIn(TODAY, observer.person))
    officer = house.officer(CHAIR)
    assert observer.name in officer.open("/console/speak?tab=observers")
    page = officer.open(f"/console/floor?person={observer.person}")
    press(officer, page, "/console/floor", minutes="3")
    assert f"{observer.name} 正在发言" in words(house.hall_screen().open("/hall/"))


def test_one_speaks_at_a_time_and_only_who_is_there(house):
    in_session(house)
    officer, absent = house.officer(CHAIR), house.voters()[40]
    speaker, other = house.voters()[:2]
    answer = officer.send("/console/floor", meeting=TODAY, person=absent, minutes="3")
    assert answer.json["what"] == "还没有签到，或者已经离场。"
    officer.send("/console/floor", meeting=TODAY, person=speaker, minutes="3")
    answer = officer.send("/console/floor", meeting=TODAY, person=other, minutes="3")
    assert (answer.status_code, answer.json["what"]) == (409, "有人正在发言。")
    assert dominant(officer.open(f"/console/floor?person={other}")) == "排队发言"


# --- a proposal changed


def amendment(house, officer, *clauses):
    page = officer.open(f"/console/amend?matter={MATTER}&mover={house.voters()[0]}")
    (form,) = forms(page, "/console/amend")
    fields = form.fields | {"clause": list(clauses), "csrf_token": officer.token}
    return officer.remember(officer.client.post("/console/amend", data=fields))


def test_a_change_is_shown_word_for_word_before_the_vote_on_console_and_big_screen(house):
    in_session(house)
    officer = house.officer(CHAIR)
    first, *others = house.village().matters[MATTER].proposal
    changed = first.replace("1.2亩", "1.5亩")
    assert changed != first
    assert amendment(house, officer, changed, *others, "").location == "/console/"
    assert house.village().matters[MATTER].proposal == (changed, *others)
    for page in (officer.open("/console/"), house.hall_screen().open("/hall/")):
        assert re.search(r"<del>[^<]*2[^<]*</del>", page)
        assert re.search(r"<ins>[^<]*5[^<]*</ins>", page)
    assert house.meeting().seats[house.voters()[0]].name in officer.open("/console/")


def test_every_changed_place_is_on_the_big_screen_with_its_surroundings():
    (row,) = differences(
        ("占地约1.2亩，2027年6月底前完工。",), ("占地约1.5亩，2027年9月底前完工。",)
    )
    assert [tuple(spot.values()) for spot in spots(row)] == [
        ("占地约", "1.2", "1.5", "亩，2027"),
        ("，2027年", "6", "9", "月底前完工。"),
    ]
    (added,) = differences((), ("格位优先供应困难户。",))
    assert spots(added) == [{"before": "", "gone": "", "came": "格位优先供应困难户。", "after": ""}]


def test_a_second_change_is_refused_and_what_was_typed_is_not_lost(house):
    in_session(house)
    officer = house.officer(CHAIR)
    page = officer.open(f"/console/amend?matter={MATTER}&mover={house.voters()[0]}")
    (form,) = forms(page, "/console/amend")
    amendment(house, officer, "只有一条。")
    fields = form.fields | {"clause": ["另外一条。"], "csrf_token": officer.token}
    answer = officer.client.post("/console/amend", data=fields)
    assert answer.status_code == 409
    assert "这个事项在本次会议上已经修改过一次。" in answer.text
    assert "另外一条。" in answer.text
    assert "已经改过一次" in officer.open(f"/console/amend?matter={MATTER}")


@pytest.mark.parametrize(
    ("clauses", "status", "said"),
    [
        (("", " "), 409, "有一处还没有写。"),
        (("路" * 501,), 400, "第1条太长了：501个字。"),
    ],
)
def test_a_change_that_says_nothing_or_too_much_is_refused(house, clauses, status, said):
    in_session(house)
    answer = amendment(house, house.officer(CHAIR), *clauses)
    assert answer.status_code == status
    assert said in answer.text
    assert all(clause.strip() in answer.text for clause in clauses)


# --- by consent


def test_what_goes_by_consent_is_voted_on_in_one_vote_with_every_title_on_every_screen(appraisals):
    house, officer = appraisals, appraisals.officer(CHAIR)
    titles = [f"评议村委会委员{number}" for number in (1, 2, 3)]
    press(officer, officer.open("/console/"), "/console/item")
    page = officer.open("/console/")
    assert "合并表决 3 项" in words(page)
    press(officer, page, "/console/vote")
    vote = house.village().meetings[APPRAISALS].open_vote
    assert vote.matters == ("appraisal-1", "appraisal-2", "appraisal-3")
    screens = (
        officer.open("/console/"),
        house.hall_screen().open("/hall/"),
        house.ballot_screen().open("/ballot/"),
    )
    for shown in screens:
        assert all(title in shown for title in titles)


def test_any_member_may_take_one_out_of_the_block(appraisals):
    house, officer = appraisals, appraisals.officer(CHAIR)
    press(officer, officer.open("/console/"), "/console/item")
    assert 'href="/console/single?matter=appraisal-2"' in officer.open("/console/")
    page = officer.open("/console/single?matter=appraisal-2")
    member = house.village().meetings[APPRAISALS].entitled
    press(officer, page, "/console/single", person=min(member))
    press(officer, officer.open("/console/"), "/console/vote")
    assert house.village().meetings[APPRAISALS].open_vote.matters == ("appraisal-1", "appraisal-3")


def test_who_stands_aside_takes_the_matter_out_of_the_block(appraisals):
    house, officer = appraisals, appraisals.officer(CHAIR)
    page = officer.open("/console/recusal?matter=appraisal-1&person=p0001")
    press(officer, page, "/console/recusal", ground="本人与此事有利害关系")
    press(officer, officer.open("/console/"), "/console/item")
    press(officer, officer.open("/console/"), "/console/vote")
    assert house.village().meetings[APPRAISALS].open_vote.matters == ("appraisal-1",)


# --- an appraisal


def test_an_appraisal_is_answered_in_its_own_words_and_its_result_says_what_was_found(appraisals):
    house, officer = appraisals, appraisals.officer(CHAIR)
    press(officer, officer.open("/console/"), "/console/item")
    press(officer, officer.open("/console/"), "/console/vote")
    meeting = house.village().meetings[APPRAISALS]
    vote, screen = meeting.open_vote, house.ballot_screen()
    screen.send("/ballot/turn", meeting=APPRAISALS, vote=vote.id, person="p0005")
    page = screen.open("/ballot/choose")
    (form,) = forms(page, "/ballot/confirm")
    answers = ["satisfied", "fairly_satisfied", "dissatisfied"]
    assert form.buttons == [("choice", answer) for answer in answers]
    assert "赞成意味着" not in page
    confirm = press(screen, page, "/ballot/confirm", ("choice", "fairly_satisfied"))
    assert "您选了：基本满意" in words(confirm.text)
    press(screen, confirm.text, "/ballot/cast")
    for person in sorted(house.village().meetings[APPRAISALS].open_vote.waiting):
        ballot = c.CastBallot(
            APPRAISALS, vote.id, person, (Choice.SATISFIED,), Channel.KIOSK_SCREEN
        )
        house.do(ballot, Role.VOTER, person)
    press(officer, officer.open("/console/"), "/console/close")
    for shown in (officer.open("/console/"), house.hall_screen().open("/hall/")):
        assert "称职" in shown
        assert "基本满意" in shown
        assert "赞成" not in words(shown)


# --- hands


def test_raised_hands_are_shown_large_and_the_journal_does_not_grow(house):
    in_session(house)
    officer, before = house.officer(SECRETARY), house.lines()
    fields = dict(zip(("for", "against", "abstain"), ("12", "5", "3"), strict=True))
    assert officer.post("/console/straw", **fields).location == "/console/"
    big = house.hall_screen().open("/hall/")
    assert "hall--straw" in big
    assert "摸底，不是表决，不入会议记录" in big
    assert re.findall(r'count__n num">(\d+)<', big) == ["12", "5", "3"]
    assert "举手 20 人，到会 30 人" in words(officer.open("/console/"))
    officer.post("/console/straw/wipe")
    assert "hall--straw" not in house.hall_screen().open("/hall/")
    assert house.lines() == before


def test_a_vote_wipes_the_hands_away(house):
    in_session(house)
    officer = house.officer(SECRETARY)
    officer.post("/console/straw", **{"for": "1", "against": "0", "abstain": "0"})
    house.open_vote()
    assert "摸底，不是表决" not in house.hall_screen().open("/hall/")
    house.close_vote()
    assert "摸底，不是表决" not in house.hall_screen().open("/hall/")
    answer = officer.send("/console/straw", **{"for": "1", "against": "0", "abstain": "0"})
    assert answer.status_code == 200, "after the vote hands may be counted again"


@pytest.mark.parametrize(
    ("hands", "said"),
    [(("20", "10", "1"), "比到会的30人还多"), (("两", "0", "0"), "“赞成”要填一个整数。")],
)
def test_more_hands_than_people_are_not_shown_and_the_numbers_stay(house, hands, said):
    in_session(house)
    officer = house.officer(SECRETARY)
    fields = dict(zip(("for", "against", "abstain"), hands, strict=True))
    answer = officer.post("/console/straw", **fields)
    assert answer.status_code == 400
    assert said in answer.text
    assert f'value="{hands[0]}"' in answer.text
    assert "hall--straw" not in house.hall_screen().open("/hall/")


def test_no_hands_are_counted_beside_an_open_vote(house):
    in_session(house).open_vote()
    fields = {"for": "1", "against": "0", "abstain": "0"}
    answer = house.officer(SECRETARY).send("/console/straw", **fields)
    assert (answer.status_code, answer.json["what"]) == (409, "表决还没有结束。")


# --- a vote declared void


def test_only_the_chair_declares_a_vote_void(house):
    in_session(house).open_vote().cast(16, 10, 4).close_vote()
    fields = {"meeting": TODAY, "vote": VOTE, "ground": "有人替别人投了票"}
    answer = house.officer(SECRETARY).send("/console/void", **fields)
    assert (answer.status_code, answer.json["what"]) == (403, "您的岗位不能做这一步。")
    assert not house.vote().is_void


def test_a_void_vote_stays_in_sight_struck_through_and_the_matter_is_voted_on_again(house):
    in_session(house).open_vote().cast(16, 10, 4).close_vote()
    officer, ground = house.officer(CHAIR), "有人替别人投了票"
    assert 'href="/console/void"' in officer.open("/console/")
    press(officer, officer.open("/console/void"), "/console/void", ground=ground)
    page = officer.open("/console/")
    assert "<s>公益性骨灰楼选址与建设方案：赞成16" in page
    assert f"作废原因：{ground}" in page
    assert ground in house.hall_screen().open("/hall/")
    assert dominant(page) == "开始表决"
    press(officer, page, "/console/vote", running_tally="yes")
    assert house.meeting().open_vote.id == f"{VOTE}-2"
    assert ground in officer.open("/console/"), "the void vote stays in sight beside the new one"


def test_only_the_grounds_on_the_page_void_a_vote(house):
    in_session(house).open_vote()
    answer = house.officer(CHAIR).send("/console/void", meeting=TODAY, vote=VOTE, ground="<b>")
    assert answer.status_code == 400
    assert not house.vote().is_void


# --- what comes after


def test_after_a_defeat_the_card_says_what_its_rule_lets_happen_now(house):
    in_session(house).open_vote().cast(10, 18, 2).close_vote()
    page = house.officer(CHAIR).open("/console/")
    assert "可以退回“村“两委”商议”，修改后再议" in page
    assert "可以提交村民会议决定" in page
    assert f'href="/matters/{MATTER}"' in page


def test_an_emergency_that_is_owed_is_reported_before_the_end(house):
    emergency = EmergencyId("flood")
    house.do(c.DeclareEmergency(emergency, "山洪冲断了进村的桥", "先铺钢板通车"))
    in_session(house).open_vote().cast(30).close_vote()
    officer = house.officer(CHAIR)
    page = officer.open("/console/")
    assert dominant(page) == "通报应急处置"
    assert "缺第二位负责同志双签、监委会同志见证" in page
    answer = officer.send("/console/adjourn", meeting=TODAY)
    assert (answer.status_code, answer.json["what"]) == (409, "还有1件应急处置没有向会议通报。")
    answer = officer.send("/console/report", meeting=TODAY, emergency=emergency)
    assert answer.json["what"] == "这次应急处置还没有签齐。"
    house.do(c.CountersignEmergency(emergency), Role.CHAIR, CHAIR)
    house.do(c.WitnessEmergency(emergency, "情况属实"), Role.SUPERVISOR, SUPERVISOR)
    press(officer, officer.open("/console/"), "/console/report")
    assert dominant(officer.open("/console/")) == "宣布散会"


def test_the_end_is_asked_once_where_items_were_not_reached(house):
    in_session(house)
    officer = house.officer(CHAIR)
    page = officer.open("/console/adjourn")
    assert "还有 1 项没有表决" in words(page)
    press(officer, page, "/console/adjourn")
    assert house.meeting().adjourned_at is not None


def test_after_the_first_part_of_a_merged_sitting_who_stays_is_checked_in_with_one_tap(house):
    house.do(c.CallOffMeeting(TODAY, "改期召开"))
    matter = another_matter()
    house.do(matter)
    first, second = MeetingId("committee"), MeetingId("both")
    starts, called = convene(house, first, Body.PARTY_COMMITTEE, [matter.matter])
    _, both = convene(
        house,
        second,
        Body.TWO_COMMITTEES,
        [matter.matter],
        follows=first,
        leader=PersonId("p0001"),
    )
    house.clock.at = starts
    attend(house, first, called)
    house.do(c.OpenMeeting(first))
    vote = VoteId("committee-1")
    house.do(c.OpenVote(first, (matter.matter,), vote, running_tally=True))
    for seat in called:
        if seat.votes:
            ballot = c.CastBallot(first, vote, seat.person, (Choice.FOR,), Channel.KIOSK_SCREEN)
            house.do(ballot, Role.VOTER, seat.person)
    house.do(c.CloseVote(first, vote, unused_confirmed=False))
    house.do(c.Adjourn(first))
    officer = house.officer(CHAIR)
    assert dominant(officer.open("/console/")) == "继续：村“两委”联席会议"
    answer = press(officer, officer.open("/console/"), "/console/join")
    assert answer.location == "/console/"
    here = set(house.village().meetings[second].arrivals)
    assert here == {s.person for s in called} & {s.person for s in both}
    assert house.village().meetings[first].arrivals.keys() >= here


# --- households


def test_another_of_a_household_is_told_that_it_has_one_vote_with_the_article(house):
    house.do(c.CallOffMeeting(TODAY, "改期召开"))
    matter = replace(
        another_matter(),
        kind=KindId("group_matter"),
        row=RowId.GROUP_HOUSEHOLDS,
        group=3,
        mandate="",
    )
    house.do(matter)
    house.meet(Body.PARTY_COMMITTEE, matter.matter)
    meeting, vote = MeetingId("households"), VoteId("households-1")
    starts, called = convene(house, meeting, Body.GROUP_HOUSEHOLDS, [matter.matter], group=3)
    house.clock.at = starts
    attend(house, meeting, called)
    house.do(c.OpenMeeting(meeting))
    house.do(c.OpenVote(meeting, (matter.matter,), vote, running_tally=True))
    other = next(s for s in called if not s.votes and s.household)
    speaker = next(s for s in called if s.votes and s.household == other.household)
    screen = house.ballot_screen()
    assert f"<span>{speaker.household}户</span>" in screen.open("/ballot/")
    assert other.name in screen.open("/ballot/?tab=observers")
    answer = screen.send("/ballot/turn", meeting=meeting, vote=vote, person=other.person)
    assert answer.status_code == 409
    assert answer.json["what"] == f"一户一票，您家由户代表{speaker.name}投票。"
    assert answer.json["basis"] == house.village().meetings[meeting].row.voters_basis


# --- shares, and what the day shows


def test_womens_and_representatives_shares_are_shown_against_their_minimum(house):
    page = words(house.officer(CHAIR).open("/console/"))
    assert re.search(r"妇女村民代表\d+人，应到45人：\d+×3=\d+ [≥＜] 45", page)
    assert "村民委员会组织法第二十九条" in page
    assert "妇女村民代表" in words(house.officer(CHAIR).open("/checkin/"))


def test_what_was_decided_stays_on_the_screens_until_people_come_to_the_next_meeting(house):
    house.decided()
    house.do(replace(another_matter()))
    convene(house, MeetingId("next"), Body.PARTY_COMMITTEE, [MatterId("matter-2")])
    officer = house.officer(CHAIR)
    assert "会议已散会" in officer.open("/console/")
    assert "下一次：第2次村党支部委员会" in words(officer.open("/console/"))
    house.clock.on(days=10)
    assert dominant(house.officer(CHAIR).open("/console/")) == "开始签到"


# --- a rehearsal


def test_a_rehearsal_says_so_on_every_screen(rehearsal_house):
    house = rehearsal_house
    officer = house.officer(CHAIR)
    pages = [officer.open(p) for p in ("/console/", "/checkin/", "/checkin/leave")]
    pages += [house.hall_screen().open("/hall/"), house.ballot_screen().open("/ballot/")]
    pages += [officer.post("/console/adjourn", meeting=TODAY).text]
    for page in pages:
        assert 'class="band"' in page
        assert "不是正式会议" in page


def test_what_is_no_rehearsal_carries_no_band(house):
    for page in (house.officer(CHAIR).open("/console/"), house.hall_screen().open("/hall/")):
        assert 'class="band"' not in page


# --- taps


def test_a_newcomer_holds_a_whole_meeting_by_the_dominant_button_alone(house):
    """One item; everybody is checked in, and votes at the ballot screens: the manual counts the same seven taps."""
    officer, taps = house.officer(CHAIR), []

    def tap(path="/console/"):
        page = officer.open(path)
        taps.append(dominant(page))
        link = re.search(r'<a class="button button--dominant" href="([^"]+)"', page)
        if link:
            officer.open(link.group(1))
            return
        (action,) = re.findall(
            r'<form method="post" action="([^"]+)">(?:(?!</form>).)*button--dominant', page, re.S
        )
        press(officer, page, action)

    tap()
    house.check_in(45)
    tap("/checkin/")
    for _ in range(3):
        tap()
    house.cast(45)
    for _ in range(2):
        tap()
    assert taps == [
        "开始签到",
        "回到会议",
        "宣布开会",
        "进入议题",
        "开始表决",
        "结束表决",
        "宣布散会",
    ]
    assert house.meeting().adjourned_at is not None


def test_a_meeting_whose_day_has_passed_is_called_off_from_the_console(house):
    house.clock.on(days=1)
    page = house.officer(SECRETARY).open("/console/")
    assert "那天已经过去了" in page
    assert "/call-off" in page
    assert "开始签到" not in page
