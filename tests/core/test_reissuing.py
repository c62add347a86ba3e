"""A second issue (第2稿): what a confirmed correction touches is due again and names what it replaces."""

from dataclasses import replace

from papers import newest, owed
from procedure_story import told
from simulator import MATTER, voting

from kiosk.core import commands as c
from kiosk.core.journal import read
from kiosk.core.papers import imprint
from kiosk.core.papers.due import SOURCES
from kiosk.core.papers.told import TOLD
from kiosk.core.refusals import Reason
from kiosk.core.terms import CorrectionId, Edition, Paper, PersonId, Role
from kiosk.core.values import Actor

CHAIR = Actor(Role.CHAIR, PersonId("chair"))
SECRETARY = Actor(Role.SECRETARY, PersonId("secretary"))


def decided():
    return voting().cast(20, 8, 2).close().adjourn()


def seq_of(sim, kind):
    """The newest entry of that kind."""
    return [e.seq for e in map(read, sim.lines()) if type(e.event).__name__ == kind][-1]


def correct(sim, kind, name="one"):
    """Two officers correct the newest entry of that kind; the entry that confirmed it."""
    command = c.ProposeCorrection(
        CorrectionId(name), seq_of(sim, kind), "写错了", "电话13800138000"
    )
    sim.do(command, CHAIR)
    sim.do(c.ConfirmCorrection(CorrectionId(name)), SECRETARY)
    return len(sim.lines())


def imprint_of(sim, one):
    return imprint(one, [read(line) for line in sim.lines()][: one.from_seq])


def issues(sim, paper, edition=Edition.ARCHIVE):
    return [o for o in owed(sim.lines()) if (o.paper, o.edition) == (paper, edition)]


def test_a_confirmed_correction_makes_the_papers_that_tell_of_it_due_again():
    sim = decided()
    seq = correct(sim, "VoteClosed")
    again = [(o.paper, o.edition) for o in owed(sim.lines()) if o.from_seq == seq]
    assert again == [
        (Paper.TALLY_SHEET, Edition.ARCHIVE),
        (Paper.RESOLUTION, Edition.ARCHIVE),
        (Paper.RESOLUTION, Edition.PUBLIC),
        (Paper.POSTING, Edition.ARCHIVE),
        (Paper.POSTING, Edition.PUBLIC),
        (Paper.POSTER, Edition.PUBLIC),
    ]


def test_a_correction_that_only_one_officer_signed_changes_no_paper():
    sim = decided()
    before = owed(sim.lines())
    sim.do(c.ProposeCorrection(CorrectionId("one"), seq_of(sim, "VoteClosed"), "错", "对"), CHAIR)
    assert owed(sim.lines()) == before


def test_what_a_paper_does_not_tell_of_changes_it_not():
    sim = decided()
    before = owed(sim.lines())
    correct(sim, "CheckedIn")
    correct(sim, "VillageFounded", "two")
    assert owed(sim.lines()) == before


def test_a_correction_of_what_came_after_a_paper_leaves_that_paper_alone():
    story = told().carry().over().assign().start().accept().next_day().publish_result()
    seq = correct(story, "WorksInspected")
    again = {o.paper for o in owed(story.lines()) if o.from_seq == seq}
    assert Paper.RESULT in again
    assert Paper.RESOLUTION not in again


def test_the_second_issue_names_the_first_by_its_check_code_and_day():
    sim = decided()
    correct(sim, "VoteClosed")
    first, second = issues(sim, Paper.RESOLUTION)
    entries = [read(line) for line in sim.lines()]
    mark = imprint_of(sim, second)
    assert (mark.number, mark.head) == (2, entries[-1].head)
    assert mark.replaces.number == 1
    assert mark.replaces.head == entries[first.from_seq - 1].head
    assert mark.replaces.at == entries[first.from_seq - 1].at
    assert [c.statement for c in mark.corrections] == ["电话13800138000"]


def test_a_third_issue_replaces_the_second_and_tells_both_corrections():
    sim = decided()
    correct(sim, "VoteClosed")
    correct(sim, "VoteOpened", "two")
    _, second, third = issues(sim, Paper.RESOLUTION)
    mark = imprint_of(sim, third)
    assert (mark.number, mark.replaces.number) == (3, 2)
    assert mark.replaces.head.seq == second.from_seq
    assert len(mark.corrections) == 2


def test_the_first_issue_stays_what_it_was_after_a_correction():
    sim = decided()
    first = newest(sim.lines(), Paper.RESOLUTION)
    before = imprint_of(sim, first)
    correct(sim, "VoteClosed")
    assert imprint_of(sim, first) == before
    assert before.replaces is None


def test_a_correction_before_the_first_issue_stands_on_it():
    sim = voting().cast(20, 8, 2).close()
    correct(sim, "VoteClosed")
    sim.adjourn()
    (only,) = issues(sim, Paper.RESOLUTION)
    mark = imprint_of(sim, only)
    assert (mark.number, len(mark.corrections)) == (1, 1)


def test_the_kiosk_reports_a_second_issue_only_after_a_correction():
    sim = decided()
    first = newest(sim.lines(), Paper.RESOLUTION)
    report = c.IssuePaper(
        MATTER, Paper.RESOLUTION, Edition.PUBLIC, first.source_seq, first.from_seq, 9, "ab" * 32
    )
    sim.do(report)
    second = replace(report, from_seq=len(sim.lines()), sha256="cd" * 32)
    assert sim.reason(second) is Reason.PAPER_NOT_DUE
    seq = correct(sim, "VoteClosed")
    sim.do(replace(second, from_seq=seq))
    assert [p.from_seq for p in sim.village().papers] == [first.from_seq, seq]


def test_every_paper_says_what_it_is_set_from_and_what_it_tells_of():
    assert set(SOURCES) == set(TOLD) == set(Paper)
    for paper, source in SOURCES.items():
        assert source.editions, paper


def test_no_paper_is_reported_in_an_edition_it_does_not_have():
    sim = decided()
    seq = seq_of(sim, "VoteClosed")
    sheet = c.IssuePaper(sim.vote_id, Paper.TALLY_SHEET, Edition.PUBLIC, seq, seq, 9, "ab" * 32)
    assert sim.reason(sheet) is Reason.PAPER_NOT_DUE
