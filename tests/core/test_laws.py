"""The laws of the kiosk that no single lifecycle holds: nothing is back-dated, nothing is changed afterwards.

The other laws stand beside what they are about, each test named after its law.
"""

from dataclasses import fields
from datetime import date, datetime
from typing import get_args, get_type_hints

from procedure_story import CHAIR, SECRETARY, told
from simulator import MATTER

from kiosk.core import commands as c
from kiosk.core.journal import check
from kiosk.core.refusals import Reason
from kiosk.core.terms import CorrectionId

WRONG = c.ProposeCorrection(CorrectionId("c1"), 3, "签到点错了人", "实际到会的是另一位同志")
CONFIRMED = c.ConfirmCorrection(CorrectionId("c1"))
DATES_ASKED_FOR = {
    ("ConveneMeeting", "starts_at"),  # to come
    ("AssignWorks", "deadline"),  # to come
    ("RecordContract", "dated"),  # what another paper says
    ("SealSegment", "began_at"),  # what the recorder saw by the same clock
    ("SealSegment", "ended_at"),
    ("NoteInterruption", "since"),
    ("NoteInterruption", "until"),
    ("PinNote", "moment"),  # of the meeting, which the note is about
}


def test_law_1_no_command_says_when_it_itself_happened():
    asked = {
        (kind.__name__, field.name)
        for kind in get_args(c.Command)
        for field in fields(kind)
        if get_type_hints(kind)[field.name] in {date, datetime}
    }
    assert asked == DATES_ASKED_FOR


def test_law_5_a_correction_is_a_new_entry_that_names_the_old_one():
    story = told()
    before = story.lines()
    story.do(WRONG, SECRETARY)
    story.do(CONFIRMED, CHAIR)
    assert story.lines()[: len(before)] == before
    assert check(story.lines(), story.head()) is None
    (correction,) = story.village().corrections.values()
    assert (correction.seq, correction.ground) == (3, "签到点错了人")
    assert (correction.proposed_by, correction.confirmed_by) == (SECRETARY.person, CHAIR.person)


def test_law_5_a_correction_takes_a_reason_and_two_officers():
    story = told()
    silent = c.ProposeCorrection(CorrectionId("c2"), 3, " ", "实际到会的是另一位同志")
    assert story.reason(silent) is Reason.TEXT_MISSING
    story.do(WRONG, SECRETARY)
    assert story.reason(CONFIRMED, SECRETARY) is Reason.SAME_OFFICER
    assert not story.village().corrections[CorrectionId("c1")].stands


def test_law_5_nothing_that_happened_to_a_matter_leaves_its_file():
    story = told().defeat().send_back(story_stage(told())).carry()
    matter = story.matter(MATTER)
    assert [d.carried for d in matter.deliberations].count(False) == 1
    assert len(matter.returns) == 1
    assert len(matter.publications) == 2


def story_stage(story):
    """The first stage of the matter's kind."""
    return story.matter(MATTER).kind.stages[0]
