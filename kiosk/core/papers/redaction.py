"""The public edition of a paper (公示版): its data cut down to what anybody may read. Pure; the layout adds nothing.

- Nobody's number, home, illness, answer or hand: neither in what is said nor anywhere in the data. Whoever holds the
  public data of a paper cannot find it out, whatever he prints.
- People who hold an office or represent others are named as such; of villagers there are numbers only.
- What people wrote goes through `discreet`. What somebody else's ballot was is not there: counts are.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from kiosk.core.papers.anonymous import (
    NOBODY,
    anonymous_meeting,
    anonymous_vote,
)
from kiosk.core.papers.attendance import AttendanceSheet
from kiosk.core.papers.discretion import discreet
from kiosk.core.papers.imprint import Imprint
from kiosk.core.papers.minutes import Minutes
from kiosk.core.papers.minutes_told import attendance_told, minutes_told
from kiosk.core.papers.notice import Notice
from kiosk.core.papers.objection_sheet import ObjectionSheet
from kiosk.core.papers.opinion_sheet import OpinionSheet
from kiosk.core.papers.proposal_sheet import ProposalSheet
from kiosk.core.papers.resolution import Resolution, VoidVote
from kiosk.core.papers.result import Result
from kiosk.core.papers.silence import names_kept_back, silent
from kiosk.core.papers.telling import (
    acceptance_told,
    called_told,
    callings_told,
    earlier_told,
    emergency_told,
    matter_told,
    objection_told,
    photo_told,
    publication_told,
    settled_told,
    village_told,
    works_told,
)
from kiosk.core.papers.works_sheet import WorksSheet
from kiosk.core.terms import Edition
from kiosk.core.village import Village

PaperData = TypeVar("PaperData")


def for_edition(paper: PaperData, edition: Edition, village: Village) -> PaperData:
    """The data of a paper of that village as that edition may tell it: all of it for the archive."""
    if edition is not Edition.PUBLIC:
        return paper
    return silent(public(paper), names_kept_back(village))


def public(paper: PaperData) -> PaperData:
    """The data of a paper as the public may read it. TypeError for a paper that is for the archive alone."""
    if type(paper) not in REDACTIONS:
        raise TypeError(f"{type(paper).__name__} has no public edition")
    redacted: PaperData = REDACTIONS[type(paper)](paper)
    return redacted


def _imprint(of: Imprint) -> Imprint:
    told = (
        replace(
            c,
            ground=discreet(c.ground),
            statement=discreet(c.statement),
            proposed_by=None,
            confirmed_by=None,
        )
        for c in of.corrections
    )
    return replace(of, corrections=tuple(told))


def _notice(paper: Notice) -> Notice:
    return replace(
        paper,
        village=village_told(paper.village),
        meeting=called_told(paper.meeting),
        agenda=tuple(replace(called, matter=matter_told(called.matter)) for called in paper.agenda),
        entitled=callings_told(paper.entitled),
        attending=callings_told(paper.attending),
        owed=tuple(emergency_told(owed) for owed in paper.owed),
        with_meeting=anonymous_meeting(paper.with_meeting) if paper.with_meeting else None,
    )


def _resolution(paper: Resolution) -> Resolution:
    told = {r.meeting for r in paper.matter.revisions if r.meeting}
    return replace(
        paper,
        village=village_told(paper.village, (paper.village.meetings[m] for m in told)),
        matter=matter_told(paper.matter),
        meeting=anonymous_meeting(paper.meeting),
        vote=anonymous_vote(paper.vote),
        publication=publication_told(paper.publication),
        earlier=tuple(earlier_told(stage) for stage in paper.earlier),
        voided=tuple(
            VoidVote(anonymous_meeting(void.meeting), anonymous_vote(void.vote))
            for void in paper.voided
        ),
        settled=settled_told(paper.settled),
    )


def _result(paper: Result) -> Result:
    return replace(
        paper,
        village=village_told(paper.village),
        matter=matter_told(paper.matter),
        publication=publication_told(paper.publication),
        resolution=publication_told(paper.resolution),
        meeting=anonymous_meeting(paper.meeting),
        works=works_told(paper.works),
        acceptance=acceptance_told(paper.acceptance),
        objections=tuple(objection_told(objection) for objection in paper.objections),
    )


def _proposal_sheet(paper: ProposalSheet) -> ProposalSheet:
    return replace(
        paper,
        village=village_told(paper.village),
        matter=matter_told(paper.matter),
        needs=tuple(
            replace(n, author="", text=discreet(n.text, n.author), answer="") for n in paper.needs
        ),
    )


def _objection_sheet(paper: ObjectionSheet) -> ObjectionSheet:
    return replace(
        paper,
        village=village_told(paper.village),
        matter=matter_told(paper.matter),
        objection=objection_told(paper.objection),
        publication=publication_told(paper.publication) if paper.publication else None,
        answered_by=("",) * len(paper.answered_by),
    )


def _works_sheet(paper: WorksSheet) -> WorksSheet:
    """Who was there for the 监委会 is named: he was there in office."""
    return replace(
        paper,
        village=village_told(paper.village),
        matter=matter_told(paper.matter),
        resolution=publication_told(paper.resolution),
        works=works_told(paper.works),
        photos=tuple(photo_told(photo) for photo in paper.photos),
    )


def _opinion_sheet(paper: OpinionSheet) -> OpinionSheet:
    held = paper.held
    return replace(
        paper,
        village=village_told(paper.village),
        matter=matter_told(paper.matter),
        opinion=replace(paper.opinion, text=discreet(paper.opinion.text), by=NOBODY),
        held=replace(held, meeting=anonymous_meeting(held.meeting), vote=anonymous_vote(held.vote))
        if held
        else None,
        publication=publication_told(paper.publication) if paper.publication else None,
        photos=tuple(photo_told(photo) for photo in paper.photos),
        objections=tuple(objection_told(objection) for objection in paper.objections),
    )


REDACTIONS: dict[type, Callable[[Any], Any]] = {
    Imprint: _imprint,
    ProposalSheet: _proposal_sheet,
    ObjectionSheet: _objection_sheet,
    WorksSheet: _works_sheet,
    OpinionSheet: _opinion_sheet,
    Notice: _notice,
    Resolution: _resolution,
    Result: _result,
    Minutes: minutes_told,
    AttendanceSheet: attendance_told,
}
"""How each paper that has a public edition is cut down to it."""
