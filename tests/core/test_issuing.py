"""The paper of a resolution: it says what the journal says, and one entry gives one paper."""

from dataclasses import replace

from procedure_story import told
from simulator import MATTER, refused, voting

from kiosk.core import commands as c
from kiosk.core.ballot_terms import Choice
from kiosk.core.papers import resolution
from kiosk.core.refusals import Reason
from kiosk.core.terms import Edition, Paper, Stage

ISSUED = c.IssuePaper(MATTER, Paper.RESOLUTION, Edition.PUBLIC, 90, 90, 40_000, "ab" * 32)


def decided(votes_for=30):
    return voting(30).cast(votes_for, 30 - votes_for).close().adjourn()


def test_the_paper_of_a_resolution_says_what_the_journal_says():
    sim = decided(votes_for=16)
    paper = resolution(sim.village(), MATTER)
    assert paper.carried
    assert (paper.tally.of(Choice.FOR), paper.tally.present) == (16, 30)
    assert (paper.quorum.count, paper.quorum.base) == (30, 45)
    assert (paper.majority.count, paper.majority.base) == (16, 30)
    assert [earlier.stage for earlier in paper.earlier] == list(Stage)[:3]


def test_a_paper_may_be_drawn_for_an_earlier_publication_of_the_matter():
    story = told().defeat()
    first = story.matter().publication
    story.send_back(Stage.CONSULTATION).carry()
    assert resolution(story.village(), MATTER).carried
    assert not resolution(story.village(), MATTER, first).carried


def test_there_is_no_paper_before_the_resolution_is_published():
    sim = voting().cast(30).close()
    assert sim.reason(ISSUED) is Reason.PAPER_NOT_DUE
    refusal = refused(lambda: resolution(sim.village(), MATTER))
    assert refusal.reason is Reason.PAPER_NOT_DUE
    assert sim.reason(replace(ISSUED, subject="well")) is Reason.NO_SUCH_MATTER


def test_the_same_paper_is_issued_once():
    sim = decided()
    sim.do(ISSUED)
    lines = sim.lines()
    sim.do(ISSUED)
    assert sim.lines() == lines


def test_one_entry_of_the_journal_gives_one_paper_and_no_other_bytes():
    sim = decided()
    sim.do(ISSUED)
    assert sim.reason(replace(ISSUED, sha256="cd" * 32)) is Reason.PAPER_ISSUED
    assert sim.reason(replace(ISSUED, size_bytes=1)) is Reason.PAPER_ISSUED
    sim.do(replace(ISSUED, edition=Edition.ARCHIVE, sha256="cd" * 32))
    assert len(sim.village().papers) == 2


def test_the_result_and_the_index_of_the_file_are_due_when_they_are_there():
    story = told().carried_out()
    result = replace(ISSUED, paper=Paper.RESULT, source_seq=1, from_seq=1)
    index = replace(
        ISSUED, paper=Paper.FILE_INDEX, edition=Edition.ARCHIVE, source_seq=1, from_seq=1
    )
    assert story.reason(result) is Reason.PAPER_NOT_DUE
    story.publish_result().do(result)
    assert story.reason(index) is Reason.PAPER_NOT_DUE
    story.over().opine(*Stage).archive().do(index)
