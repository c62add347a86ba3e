"""From the journal to the papers as data (文书): no layout, no wording.

A paper is a pure function of the journal up to one entry, so the same journal gives the same paper for ever. Which
entry makes which paper fall due: `due`.
"""

from kiosk.core.papers.attendance import (
    Attendance,
    AttendanceSheet,
    attendance_sheet,
    public_attendance,
)
from kiosk.core.papers.concerning import concerning, person_named
from kiosk.core.papers.due import Due, due
from kiosk.core.papers.file_index import FileIndex, Item, file_index
from kiosk.core.papers.minuted import MinutedItem, MinutedVote
from kiosk.core.papers.minutes import (
    Kept,
    Milestone,
    Minutes,
    Standing,
    minutes,
    public_minutes,
)
from kiosk.core.papers.notice import CalledMatter, Calling, Notice, notice
from kiosk.core.papers.resolution import EarlierStage, Resolution, VoidVote, resolution
from kiosk.core.papers.result import Result, result
from kiosk.core.papers.settling import Settled, settled
from kiosk.core.papers.tally_sheet import TallySheet, tally_sheet, vote_of

__all__ = [
    "Attendance",
    "AttendanceSheet",
    "CalledMatter",
    "Calling",
    "Due",
    "EarlierStage",
    "FileIndex",
    "Item",
    "Kept",
    "Milestone",
    "MinutedItem",
    "MinutedVote",
    "Minutes",
    "Notice",
    "Resolution",
    "Result",
    "Settled",
    "Standing",
    "TallySheet",
    "VoidVote",
    "attendance_sheet",
    "concerning",
    "due",
    "file_index",
    "minutes",
    "notice",
    "person_named",
    "public_attendance",
    "public_minutes",
    "resolution",
    "result",
    "settled",
    "tally_sheet",
    "vote_of",
]
