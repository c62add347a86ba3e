"""A vote on the big screen: what is live by which method, and how the result adds up."""

import re

import kiosk_fixtures
import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_votes import Ballots

from kiosk.core.ballot_terms import Choice, Method, Source
from kiosk.web.sitting.hall_votes import ROOM_FOR_LINES, ledger
from kiosk.web.sitting.tallying import ABREAST, STROKES, lines_for, marks

founded_database, house = kiosk_fixtures.founded_database, kiosk_fixtures.house
second_house = kiosk_fixtures.second_house

FOR, AGAINST, ABSTAIN = Choice.FOR, Choice.AGAINST, Choice.ABSTAIN


def screen(house):
    return house.hall_screen().open("/hall/")


def foot(page):
    return re.sub(r"<[^>]+>", "", page.split('class="hall__foot">')[1].split("</footer>")[0])


def cells(page):
    """The rows of the table, each as the words in it."""
    rows = re.findall(
        r"<tr.*?</tr>", page.split('class="ledger"')[1].split("</table>")[0], re.DOTALL
    )
    cut = [re.findall(r"<t[hd].*?>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
    return [[re.sub(r"<[^>]+>", "", cell).strip() for cell in row] for row in cut]


def drawn(page):
    """How many strokes each row of the reading has."""
    rows = page.split("chalk__row ")[1:]
    return [row.count('class="strokes__one"') for row in rows]


def large(page):
    return re.findall(r'class="chalk__count num">(\d+)<', page)


# --- what is live


def test_in_the_open_bars_and_seats_grow_with_each_ballot(house):
    Ballots(house).open(Method.OPEN).cast(16, FOR).cast(3, AGAINST)
    page = screen(house)
    assert re.findall(r'tally__count num">(\d+)<', page) == ["16", "3", "0", "11"]
    assert page.count("seat--for") == 16
    assert "记名表决" in foot(page)
    assert "表决结束后公布" not in page


def test_one_by_one_the_box_is_shut_and_the_seats_say_only_who_has_voted(house):
    Ballots(house).open(Method.IN_TURN).cast(4, FOR).cast(3, AGAINST)
    page = screen(house)
    assert "表决结束后公布" in page
    assert "tally__count" not in page
    assert page.count("seat--voted") == 7
    assert not re.search("seat--(for|against|abstain)", page)


def test_one_by_one_the_bars_show_where_the_meeting_so_resolved(house):
    Ballots(house).open(Method.IN_TURN, running_tally=True).cast(4, FOR)
    assert "tally__count" in screen(house)


def test_of_a_secret_vote_the_room_sees_how_many_and_nothing_else(house):
    Ballots(house).open(Method.SECRET).cast(9, FOR)
    page = screen(house)
    assert "无记名表决" in foot(page)
    assert "表决结束后公布" in page
    assert "seat" not in page.replace("hall__seats", "")
    assert "tally" not in page
    assert ">9</text>" in page


def test_two_secret_votes_with_other_answers_look_alike(house, second_house):
    one, other = Ballots(house).open(Method.SECRET), Ballots(second_house).open(Method.SECRET)
    one.cast(6, FOR).cast(6, AGAINST)
    other.cast(12, ABSTAIN)
    token = re.compile(r'name="csrf-token" content="[^"]*"')
    assert token.sub("", screen(house)) == token.sub("", screen(second_house))


def test_who_holds_a_paper_is_counted_in_the_foot(house):
    Ballots(house).open(Method.SECRET).issued(12)
    assert "纸票已发 12 张" in foot(screen(house))


# --- 唱票


@given(st.integers(0, 3000))
def test_strokes_add_up_to_the_count(count):
    drawn = marks(count)
    assert sum(drawn) == count
    assert all(n == STROKES for n in drawn[:-1])
    assert all(0 < n <= STROKES for n in drawn)


@given(st.integers(0, 3000))
def test_all_papers_would_find_room_in_one_row(papers):
    lines, across = lines_for(papers)
    assert lines * across >= len(marks(papers))
    assert across >= ABREAST


def test_each_paper_is_a_stroke_the_moment_it_is_read(house):
    vote = Ballots(house).open(Method.SECRET).issued(12).returned(11)
    page = screen(house)
    assert "第 1 张 / 共 11 张" in foot(page)
    assert drawn(page) == [0, 0, 0, 0]
    vote.read("赞赞反赞赞赞赞废弃")
    page = screen(house)
    assert drawn(page) == [6, 1, 1, 1]
    assert large(page) == ["6", "1", "1", "1"]
    assert "第 10 张 / 共 11 张" in foot(page)
    vote.read("赞赞")
    assert "11 张唱完了" in foot(screen(house))


def test_while_papers_are_read_the_box_of_the_screens_stays_shut(house):
    vote = Ballots(house).open(Method.SECRET).cast(7, AGAINST)
    vote.issued(6).returned(6).read("赞赞弃")
    assert large(screen(house)) == ["2", "0", "1", "0"]


# --- the result


def test_one_channel_needs_no_table(house):
    Ballots(house).open().cast(16, FOR).cast(4, AGAINST).close()
    assert "ledger" not in screen(house)


def test_sub_totals_by_channel_add_up_to_the_counts(house):
    vote = Ballots(house).open().cast(6, FOR).cast(3, AGAINST).hands(5, FOR)
    vote.papers("赞赞赞赞赞赞赞反反反弃废").close()
    head, *lines, total = cells(screen(house))
    assert head == ["", "赞成", "反对", "弃权", "未表决"]
    assert lines == [
        ["表决屏", "6", "3", "0", ""],
        ["举手记名", "5", "0", "0", ""],
        ["纸票", "7", "3", "1", "废票1"],
    ]
    assert total == ["合计", "18", "6", "1", "5"]
    for column in range(1, 4):
        assert sum(int(line[column]) for line in lines) == int(total[column])
    assert "超过到会30人的一半" in screen(house)


def test_invalid_papers_are_named_beside_the_papers(house):
    Ballots(house).open(Method.SECRET).papers("赞" * 18 + "反反废废").close()
    _head, line, total = cells(screen(house))
    assert line == ["纸票", "18", "2", "0", "废票2"]
    assert total == ["合计", "18", "2", "0", "10"]


def test_another_count_that_differs_is_flagged_and_keeps_the_result_back(house):
    vote = Ballots(house).open().papers("赞" * 18 + "反反").close().checked(18, 2, 0)
    assert cells(screen(house))[-1] == ["监票人点票", "18", "2", "0", "✓ 相同"]
    assert "通过" in screen(house)
    vote.checked(17, 3, 0)
    page = screen(house)
    assert cells(page)[-1] == ["监票人点票", "17", "3", "0", "▲ 不同"]
    assert "待查" in page
    assert 'verdict__word">通过' not in page


def test_where_there_is_not_room_for_all_the_other_counts_stay(house):
    vote = Ballots(house).open().cast(6, FOR).hands(5, FOR).papers("赞" * 7 + "反反").close()
    vote.checked(18, 2, 0).checked(17, 3, 0, source=Source.PAPERS)
    rows = cells(screen(house))
    assert len(rows) - 2 == ROOM_FOR_LINES
    told = ledger(house.vote())
    assert [row["name"] for row in told["below"]] == ["监票人点票", "纸质记录复点"]


@pytest.mark.parametrize("method", [Method.SECRET, Method.IN_TURN])
def test_a_secret_result_in_which_all_agree_says_so_calmly(house, method):
    Ballots(house).open(method).cast(8, FOR).close()
    page = screen(house)
    assert ("谁怎么投的也就看得出来" in page) is (method is Method.SECRET)


def test_a_secret_vote_that_was_declared_void_keeps_its_box_shut(house):
    Ballots(house).open(Method.SECRET).cast(8, FOR).void()
    page = screen(house)
    assert "作废" in page
    assert "count__n" not in page
