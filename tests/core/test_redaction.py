"""The public edition: what nobody may read there is nowhere in its data, and every count comes out the same."""

from dataclasses import fields, is_dataclass, replace
from enum import Enum

import pytest
from procedure_story import SECRETARY, told
from simulator import MATTER, convened, secretly, voting

from kiosk.core import commands as c
from kiosk.core.papers import (
    for_edition,
    notice,
    resolution,
    result,
    tally_sheet,
    works_sheet,
)
from kiosk.core.papers.discretion import HEALTH_HIDDEN, HOME_HIDDEN, NUMBER_HIDDEN, discreet
from kiosk.core.terms import Body, Edition, ObjectionId, PersonId
from kiosk.core.values import Exclusion

PRIVATE = ("13800138000", "44158119990101123X", "6217000010001234567", "东坑巷18号", "肺癌")
WRITTEN = (
    "请联系13800138000，身份证44158119990101123X，账号6217000010001234567，家住东坑巷18号，身患肺癌"
)


def parts(value):
    """What a value is made of."""
    if is_dataclass(value):
        return [getattr(value, field.name) for field in fields(value)]
    if isinstance(value, dict):
        return [*value.keys(), *value.values()]
    return value if isinstance(value, tuple | list | set | frozenset) else ()


def words(value):
    """Every text that can be reached from a value."""
    if isinstance(value, str):
        yield value
    for part in () if isinstance(value, Enum) else parts(value):
        yield from words(part)


def public(paper):
    return for_edition(paper, Edition.PUBLIC, paper.village)


def found(paper, *secrets):
    """Which of these stand anywhere in the data of a paper."""
    all_words = "\n".join(words(paper))
    return [secret for secret in secrets if secret in all_words]


def with_secrets_everywhere():
    """A matter of which every text that somebody writes holds what nobody may read."""
    story = told()
    story.do(c.ReviseProposal(MATTER, (WRITTEN,), WRITTEN))
    story.carry().over().assign()
    story.do(c.RecordContract(MATTER, f"某公司{PRIVATE[0]}", 1, story.today()))
    story.start()
    story.do(c.ReportProgress(MATTER, WRITTEN, 1))
    story.do(c.RequestAcceptance(MATTER, WRITTEN, 1))
    return story.inspect().next_day()


def test_what_people_wrote_reaches_no_public_resolution_and_no_public_result():
    story = with_secrets_everywhere()
    decided = resolution(story.village(), MATTER)
    assert found(decided, *PRIVATE) == [*PRIVATE]
    assert found(public(decided), *PRIVATE) == []
    done = result(story.publish_result().village(), MATTER)
    assert found(done, *PRIVATE) == [*PRIVATE]
    assert found(public(done), *PRIVATE) == []


def test_the_archive_edition_is_the_whole_data():
    paper = resolution(with_secrets_everywhere().village(), MATTER)
    assert for_edition(paper, Edition.ARCHIVE, paper.village) is paper


@pytest.mark.parametrize("body", [Body.ASSEMBLY, Body.HOUSEHOLDS, Body.MEMBERS, Body.PARTY_MEETING])
def test_no_ordinary_villager_is_named_in_a_public_notice(body):
    sim = convened(5, observers=1, body=body)
    paper = notice(sim.village(), sim.meeting_id)
    assert found(paper, "某v01", "某o01") == ["某v01", "某o01"]
    assert found(public(paper), "某v01", "v01", "h01") == []
    assert [len(called.seats) for called in public(paper).entitled] == [5]
    assert found(public(paper), "某o01") == ["某o01"], "the 监委会 sits there in office"


def test_representatives_and_officers_are_named_in_a_public_notice():
    sim = convened(5)
    assert found(public(notice(sim.village(), sim.meeting_id)), "某v01") == ["某v01"]


def test_who_is_not_counted_and_why_is_not_said_in_public():
    sim = convened()
    sim.do(c.CallOffMeeting(sim.meeting_id, "改期"))
    periods = replace(sim.village().periods, exclusions=True)
    sim.do(c.ChangePeriods(periods, "村民会议决定", "镇人民政府"))
    sim.convene(exclusions=(Exclusion(PersonId("away"), "赵远", "卧病", "办法第七条"),))
    paper = notice(sim.village(), sim.meeting_id)
    assert found(public(paper), "赵远", "卧病", "away") == []
    assert [left.basis for left in public(paper).meeting.exclusions] == ["办法第七条"]


def test_a_named_vote_has_its_counts_in_public_and_nobodys_answer():
    sim = voting(present=30, observers=1).cast(20, 8, 2).close().adjourn()
    paper = resolution(sim.village(), MATTER)
    assert found(paper, "v01") == ["v01"]
    shown = public(paper)
    assert found(shown, *(seat for seat in paper.meeting.seats)) == []
    assert (shown.vote.tally, shown.vote.subtotals) == (paper.vote.tally, paper.vote.subtotals)
    assert (shown.tally, shown.quorum, shown.majority) == (
        paper.tally,
        paper.quorum,
        paper.majority,
    )
    assert len(shown.meeting.entitled) == 45


def test_two_votes_with_the_same_counts_cannot_be_told_apart_in_public():
    """Whoever voted what: the public data of both is the same to the last field."""
    first = voting(6, 6).cast(4, 2).close().adjourn()
    other = voting(6, 6).cast(0, 2).cast(4).close().adjourn()
    assert first.vote().ballots != other.vote().ballots
    shown = [public(resolution(sim.village(), MATTER)).vote for sim in (first, other)]
    assert shown[0].ballots == shown[1].ballots


def test_a_secret_vote_says_in_public_not_even_who_voted():
    sim = secretly(observers=1).cast(20, 8).witness().close().adjourn()
    paper = resolution(sim.village(), MATTER)
    shown = public(paper)
    assert found(shown, *paper.meeting.seats) == []
    assert shown.vote.tally == paper.vote.tally


def test_who_objected_is_named_nowhere_whoever_wrote_his_name():
    story = told().carry()
    story.do(c.FileObjection(ObjectionId("o-1"), MATTER, "苏启东", "苏启东家没有路"))
    story.do(c.AnswerObjection(ObjectionId("o-1"), upheld=False, answer="苏启东家有路"), SECRETARY)
    story.over().assign()
    story.do(c.StartWorks(MATTER))
    story.do(c.ReportProgress(MATTER, "修到苏启东家门口", 1))
    story.accept()
    paper = works_sheet(story.village(), MATTER)
    assert found(paper, "苏启东") == ["苏启东"]
    assert found(public(paper), "苏启东") == []
    assert found(public(paper), "修到提出人家门口") == ["修到提出人家门口"]


def test_a_representative_who_objects_leaves_no_gap_in_the_list_of_representatives():
    sim = voting(present=30).cast(30).close().adjourn()
    sim.do(c.FileObjection(ObjectionId("o-1"), MATTER, "某v01", "某v01不同意"))
    paper = notice(sim.village(), sim.meeting_id)
    assert found(public(paper), "提出人") == []
    assert found(public(paper), "某v01") == ["某v01"]


def test_a_tally_sheet_is_for_the_archive_alone():
    sim = voting().cast(20).close()
    with pytest.raises(TypeError):
        public(tally_sheet(sim.village(), sim.vote_id))


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("电话13800138000", f"电话{NUMBER_HIDDEN}"),
        ("卡号6217 0000 1000 1234 567", f"卡号{NUMBER_HIDDEN}"),
        ("身份证44158119990101123x", f"身份证{NUMBER_HIDDEN}"),
        ("预算380000元，共15户", "预算380000元，共15户"),
        ("家住东坑巷18号，请来", f"{HOME_HIDDEN}，请来"),
        ("在3组18号门前堆着", f"在{HOME_HIDDEN}门前堆着"),
        ("选址在村北虎头岭", "选址在村北虎头岭"),
        ("因病不能到会", HEALTH_HIDDEN),
        ("他患尿毒症，要救助", f"他{HEALTH_HIDDEN}，要救助"),
        ("二级肢体残疾", HEALTH_HIDDEN),
        ("修一条残疾人坡道", "修一条残疾人坡道"),
    ],
)
def test_what_has_the_form_of_something_private_is_left_out(written, shown):
    assert discreet(written) == shown


def test_a_name_that_is_given_is_left_out():
    assert discreet("苏启东反对", "苏启东") == "提出人反对"
