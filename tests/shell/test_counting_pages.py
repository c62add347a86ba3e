"""The portal says how a vote was counted: by channel, on paper, counted once more; and warns where nobody is hidden."""

import re

import kiosk_fixtures
import pytest
from ballot_lives import AGAINST, FOR, ONE, OTHER, Count
from kiosk_fixtures import VOTE

from kiosk.core import commands as c
from kiosk.core.ballot_terms import Channel, Method, Source
from kiosk.demo.story import MATTER, TODAY

founded_database, house = kiosk_fixtures.founded_database, kiosk_fixtures.house


class Hall:
    """The house as the counting of votes sees it."""

    meeting_id, vote_id = TODAY, VOTE

    def __init__(self, house, method):
        self._house, self.vote = house, house.vote
        house.check_in(30).open()
        house.do(c.OpenVote(TODAY, (MATTER,), VOTE, running_tally=False, method=method))

    def do(self, command, actor):
        self._house.do(command, actor.role, actor.person)


@pytest.fixture
def portal(house):
    """What the portal shows of the vote after the meeting, without white space: its resolution, its matter."""

    def shown():
        house.close_vote() if house.vote().is_open else None
        house.adjourn()
        pages = [house.visitor().get(path).text for path in ("/r/2026-1", "/m/1")]
        return [re.sub(r"<[^>]+>|\s", "", page) for page in pages]

    return shown


def test_a_vote_at_one_channel_says_its_method_and_shows_no_table(house, portal):
    house.check_in(30).open().open_vote().cast(16, 10, 2)
    for page in portal():
        assert "表决方式：记名，逐个表决。" in page
        assert "渠道" not in page
        assert "点票" not in page


def test_channels_papers_and_other_counts_stand_in_tables_that_add_up(house, portal):
    people = house.voters()
    count = Count(Hall(house, Method.IN_TURN))
    for person in people[:16]:
        count.ballot(person, FOR, channel=Channel.KIOSK_SCREEN)
    count.ballot(people[16], AGAINST).issue(*people[17:20]).returned(3).read(FOR, AGAINST, None)
    house.close_vote()
    count.check(17, 2, 0).check(16, 3, 0, source=Source.PAPERS)
    count.explain("一张看错，已核对").settle()
    for page in portal():
        assert "各渠道的票渠道赞成反对弃权合计表决屏160016手机0101纸票1102合计172019" in page
        assert "各渠道相加：赞成16＋0＋1＝17；反对0＋1＋1＝2；弃权0＋0＋0＝0。" in page
        assert "印制8发出3作废0剩余5收回3有效2无效1" in page
        assert "计票1720监票人点票1720纸质记录复点（不一致）1630" in page
        assert "原因：一张看错，已核对。说明人岗位：监票；确认人岗位：监委会。" in page


def test_a_number_of_somebody_in_the_reason_is_not_published(house, portal):
    count = Count(Hall(house, Method.OPEN)).hands(ONE, 20, 0, 0).hands(OTHER, 20, 0, 0)
    house.close_vote()
    count.check(19, 0, 0).explain("联系13800138000核对").settle()
    assert all("13800138000" not in page for page in portal())


@pytest.mark.parametrize(("against", "warns"), [(0, True), (1, False)])
def test_a_unanimous_secret_vote_is_warned_of(house, portal, against, warns):
    people = house.voters()
    count = Count(Hall(house, Method.SECRET))
    for place, person in enumerate(people[:20]):
        count.ballot(person, AGAINST if place < against else FOR, channel=Channel.KIOSK_SCREEN)
    count.witness()
    for page in portal():
        assert "表决方式：无记名。每票投入密封票箱" in page
        assert ("意见全部一样" in page) is warns
