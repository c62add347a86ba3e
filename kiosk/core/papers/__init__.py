"""From the journal to the papers as data (文书): no layout, no wording.

A paper is a pure function of the journal up to one entry, so the same journal gives the same paper for ever. Which
entry makes which paper fall due: `due`.
"""

from kiosk.core.papers.attendance import Attendance, AttendanceSheet, attendance_sheet
from kiosk.core.papers.concerning import concerning, person_named
from kiosk.core.papers.due import Due, due, file_name
from kiosk.core.papers.file_index import FileIndex, Item, file_index
from kiosk.core.papers.imprint import Imprint, imprint
from kiosk.core.papers.minuted import MinutedItem, MinutedVote, Noted, Spoken
from kiosk.core.papers.minutes import Kept, Milestone, Minutes, Point, Standing, kept, minutes
from kiosk.core.papers.notice import CalledMatter, Calling, Notice, notice
from kiosk.core.papers.objection_sheet import ObjectionSheet, objection_sheet
from kiosk.core.papers.opinion_sheet import OpinionSheet, Overseen, opinion_sheet
from kiosk.core.papers.proposal_sheet import ProposalSheet, proposal_sheet
from kiosk.core.papers.readiness import Readiness, readiness
from kiosk.core.papers.redaction import for_edition
from kiosk.core.papers.reissuing import due_again
from kiosk.core.papers.resolution import EarlierStage, Resolution, VoidVote, resolution
from kiosk.core.papers.result import Result, result
from kiosk.core.papers.settling import Settled, settled
from kiosk.core.papers.tally_sheet import TallySheet, tally_sheet, vote_of
from kiosk.core.papers.works_sheet import WorksSheet, works_sheet

__all__ = [
    "Attendance",
    "AttendanceSheet",
    "CalledMatter",
    "Calling",
    "Due",
    "EarlierStage",
    "FileIndex",
    "Imprint",
    "Item",
    "Kept",
    "Milestone",
    "MinutedItem",
    "MinutedVote",
    "Minutes",
    "Noted",
    "Notice",
    "ObjectionSheet",
    "OpinionSheet",
    "Overseen",
    "Point",
    "ProposalSheet",
    "Readiness",
    "Resolution",
    "Result",
    "Settled",
    "Spoken",
    "Standing",
    "TallySheet",
    "VoidVote",
    "WorksSheet",
    "attendance_sheet",
    "concerning",
    "due",
    "due_again",
    "file_index",
    "file_name",
    "for_edition",
    "imprint",
    "kept",
    "minutes",
    "notice",
    "objection_sheet",
    "opinion_sheet",
    "person_named",
    "proposal_sheet",
    "readiness",
    "resolution",
    "result",
    "settled",
    "tally_sheet",
    "vote_of",
    "works_sheet",
]
