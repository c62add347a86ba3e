"""Signed sheets that came back: under a paper that was issued; and no file is closed without its resolution's."""

from dataclasses import replace

import pytest
from procedure_story import CHAIR, PICTURE, SUPERVISOR, told
from simulator import MATTER

from kiosk.core import commands as c
from kiosk.core.events import PhotoAttached
from kiosk.core.journal import read
from kiosk.core.papers import concerning, file_index
from kiosk.core.papers.file_index import POSTED, RESOLVED, RESULT
from kiosk.core.refusals import Reason
from kiosk.core.sheets import unsigned
from kiosk.core.terms import Edition, Paper, Picture, Stage

ARCHIVE = c.ArchiveMatter(MATTER)
SHEET = c.FileSignedSheet(MATTER, Paper.RESOLUTION, 30, 2, PICTURE, by_hand=False)


def issued(seq=30):
    return c.IssuePaper(MATTER, Paper.RESOLUTION, Edition.ARCHIVE, seq, seq, 40_000, "ab" * 32)


def done(*commands):
    """A matter that waits for nothing but its signed page; and then what is asked."""
    return then(told().done().opine(*Stage), issued(), *commands)


def then(story, *commands):
    for command in commands:
        story.do(command)
    return story


def test_a_file_is_not_closed_before_the_signed_page_of_the_resolution_came_back():
    story = done()
    assert story.reason(ARCHIVE) is Reason.SIGNED_SHEET_MISSING
    then(story, SHEET).archive()
    assert story.matter().archived_at


def test_a_later_issue_of_the_resolution_wants_a_signed_page_of_its_own():
    story = done(SHEET, issued(31))
    assert story.reason(ARCHIVE) is Reason.SIGNED_SHEET_MISSING
    assert [paper.from_seq for paper in unsigned(story.village(), MATTER)] == [31]
    then(story, replace(SHEET, from_seq=31)).archive()


def test_what_was_never_set_cannot_be_signed_and_is_not_asked_for():
    told().done().opine(*Stage).archive()


@pytest.mark.parametrize(
    "wrong",
    [{"subject": "well"}, {"paper": Paper.RESULT}, {"from_seq": 31}, {"page": 0}, {"page": 201}],
)
def test_a_page_of_no_paper_is_refused(wrong):
    assert done().reason(replace(SHEET, **wrong)) is Reason.NO_SUCH_PAPER


def test_the_same_picture_of_a_page_is_filed_once_and_a_better_one_beside_it():
    story = done(SHEET, SHEET)
    better = replace(SHEET, attachment=replace(PICTURE, sha256="cd" * 32), by_hand=True)
    story.do(better)
    assert [sheet.by_hand for sheet in story.village().sheets] == [False, True]


def test_nothing_comes_into_a_closed_file():
    story = done(SHEET).archive()
    other = replace(SHEET, attachment=replace(PICTURE, sha256="cd" * 32))
    assert story.reason(other) is Reason.MATTER_ARCHIVED


def test_sheets_are_filed_at_the_console():
    story = done()
    assert story.reason(SHEET, SUPERVISOR) is Reason.ROLE_MAY_NOT
    story.do(SHEET, CHAIR)


def test_one_picture_of_two_boards_stands_under_each_of_them():
    """The same photograph, byte for byte, of the resolution's first day and of the result's."""
    story = told().carry().photograph(Picture.FIRST_DAY).over().assign().start().accept()
    story.next_day().publish_result().photograph(Picture.FIRST_DAY).over()
    entries = [read(line) for line in story.opine(*Stage).archive().lines()]
    index = file_index(story.village(), MATTER, entries)
    shown = [item.sheets for item in index.items if isinstance(item.piece, PhotoAttached)]
    assert shown == [(POSTED,), (RESULT,)]


def test_a_signed_page_has_its_line_in_the_index_with_its_digest():
    story = done(SHEET).archive()
    entries = [read(line) for line in story.lines()]
    index = file_index(story.village(), MATTER, entries)
    (item,) = [
        item for item in index.items if isinstance(item.piece, type(story.village().sheets[0]))
    ]
    assert (item.sheets, item.sha256) == ((RESOLVED,), PICTURE.sha256)
    assert any(e.event in story.village().sheets for e in concerning(entries, MATTER))
