"""A contest (推选) on the portal: who stands, who is chosen with what arithmetic, what stays open; nobody's ballot."""

import re

import contest_story as story
import kiosk_fixtures
import pytest
from contest_lives import standing
from kiosk_fixtures import CHAIR, SUPERVISOR, TELLER

from kiosk.core import commands as c
from kiosk.core.ballot_terms import CANDIDATE_NUMBERS, Channel, Choice, Method, Source
from kiosk.core.law.tally import counted
from kiosk.core.terms import Role

founded_database, house = kiosk_fixtures.founded_database, kiosk_fixtures.house

A, B, C = CANDIDATE_NUMBERS[:3]
PRESENT = 30
NAMES = ("何㛃", "龚䶮", "欧阳建国")
VOTE = (story.MEETING, story.VOTE)


class Contest:
    """The contest of the house, from the raising to the end of its meeting."""

    def __init__(self, house, *names, places=2, method=Method.IN_TURN):
        self.house = house
        people = house.app.parts.register.people(house.village().id)
        house.do(story.raising(standing(*(names or NAMES), places=places)))
        call = story.convening(people, house.clock())
        house.do(call)
        house.clock.at = call.starts_at
        self.voters = [seat.person for seat in call.seats if seat.votes][:PRESENT]
        for person in self.voters:
            house.do(c.CheckIn(story.MEETING, person))
        house.do(c.OpenMeeting(story.MEETING))
        house.do(c.OpenVote(*VOTE[:1], (story.MATTER,), story.VOTE, False, method, False))
        self._waiting = iter(self.voters)

    def vote(self):
        return self.house.village().meeting(story.MEETING).vote(story.VOTE)

    def cast(self, number, *answer, channel=Channel.KIOSK_SCREEN):
        for _ in range(number):
            person = next(self._waiting)
            self.house.do(c.CastBallot(*VOTE, person, answer, channel), Role.VOTER, person)
        return self

    def read(self, *answers):
        self.house.do(c.PrintBallotPapers(*VOTE, "48291357", len(answers)))
        for _ in answers:
            self.house.do(c.IssueBallotPaper(*VOTE, next(self._waiting)))
        self.house.do(c.ReturnBallotPapers(*VOTE, len(answers)))
        for number, answer in enumerate(answers, start=1):
            self.house.do(c.ReadBallotPaper(*VOTE, number, answer))
        return self

    def close(self):
        if self.vote().is_secret:
            witness = c.WitnessClosing(*VOTE, SUPERVISOR)
            self.house.do(witness, Role.SUPERVISOR, SUPERVISOR)
        self.house.do(c.CloseVote(*VOTE, unused_confirmed=True), Role.CHAIR, CHAIR)
        return self

    def checked(self, *numbers):
        counts = counted(self.vote().options, dict(zip(self.vote().options, numbers, strict=True)))
        self.house.do(c.CheckCount(*VOTE, Source.TELLERS, TELLER, counts), Role.TELLER, TELLER)
        explain = c.ExplainDifference(*VOTE, TELLER, "看错一张")
        self.house.do(explain, Role.TELLER, TELLER)
        self.house.do(c.SettleDifference(*VOTE, SUPERVISOR), Role.SUPERVISOR, SUPERVISOR)
        return self

    def shown(self):
        """After the meeting, without white space: its resolution, its matter, the first page, all matters."""
        self.house.do(c.Adjourn(story.MEETING))
        matter = self.house.village().matters[story.MATTER]
        resolution = f"/r/{matter.resolution.year}-{matter.resolution.number}"
        paths = (resolution, f"/m/{matter.number}", "/", "/m/")
        pages = [self.house.visitor().get(path).text for path in paths]
        return [re.sub(r"<[^>]+>|\s", "", page) for page in pages]


@pytest.fixture
def three_channels(house):
    """Two are chosen by three channels, one paper is invalid, and it was counted once more."""
    contest = Contest(house).cast(10, A, B).cast(4, A, channel=Channel.PHONE)
    contest.cast(2, Choice.ABSTAIN).read((A, B), *[(B,)] * 6, (B, C), None).close()
    return contest.checked(15, 18, 2, 2).shown()


def test_the_first_page_says_who_is_chosen(three_channels):
    *_, newest, every = three_channels
    assert "村民代表会议推选结果：当选1人：2号龚䶮；还缺1人。" in newest
    assert "有效票24＋未表决6＝到会30（未表决中废票1张）。到会30人，过半数要16票。" in newest
    assert "打开推选结果PDF" not in newest  # it is still being set
    assert "推选结果公示中" in every


def test_the_resolution_has_a_line_a_candidate_with_his_arithmetic(three_channels):
    for page in three_channels[:2]:
        assert "1号何㛃：15×2=30≤30→没有超过一半，没有当选" in page
        assert "2号龚䶮：18×2=36＞30→超过一半，当选" in page
        assert (
            "当选1人：2号龚䶮；还缺1人。名额2个－当选1人＝空缺1个，空缺的名额可以另行推选。" in page
        )


def test_channels_stand_in_columns_and_candidates_in_rows(three_channels):
    for page in three_channels[:2]:
        assert "候选人表决屏手机纸票得票1号何㛃104115" in page
        assert "有效票124824" in page
        assert "候选人计票监票人点票1号何㛃1515" in page
        assert "3号欧阳建国（不一致）12" in page


def test_the_matter_says_who_stands_for_how_many_places(three_channels):
    assert "名额2名，候选人3名：何㛃龚䶮欧阳建国" in three_channels[1]
    assert "决议：当选1人" in three_channels[1]


def test_nothing_public_speaks_of_a_contest_as_carried(three_channels):
    resolution, matter, *_ = three_channels
    assert "按什么方案推选的" in resolution
    for page in (resolution, matter):
        assert "通过" not in page
        assert "赞成" not in page


def test_where_nobody_is_chosen_the_portal_says_so(house):
    pages = Contest(house).cast(12, A).cast(12, B).cast(3, C).close().shown()
    assert "村民代表会议推选结果：没有人当选，2个名额都空缺。" in pages[0]
    assert "没有人当选，待处理" in pages[3]
    assert "名额2个－当选0人＝空缺2个，空缺的名额可以另行推选。" in pages[1]


@pytest.mark.parametrize("method", [Method.IN_TURN, Method.SECRET])
def test_how_anybody_voted_stands_nowhere_in_public(house, method):
    contest = Contest(house, method=method).cast(10, A, B).cast(8, A).cast(6, B).close()
    names = {p.id: p.name for p in house.app.parts.register.people(house.village().id)}
    voters = {names[person] for person in contest.voters} - {*NAMES}
    for page in contest.shown():
        assert not [name for name in voters if name in page]


def test_twelve_candidates_stand_each_in_his_row(house):
    names = tuple(f"候选{n}" for n in "甲乙丙丁戊己庚辛壬癸子丑")
    contest = Contest(house, *names, places=12).cast(10, *CANDIDATE_NUMBERS)
    page = contest.cast(7, *CANDIDATE_NUMBERS[:6], channel=Channel.PHONE).close().shown()[0]
    for number, name in enumerate(names, start=1):
        assert f"{number}号{name}10{'717' if number < 7 else '010'}" in page
    assert "当选6人：1号候选甲" in page
