"""The index of a matter's file as data (卷内目录与备考表): every piece in its order, and what the file lacks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kiosk.core import events as e
from kiosk.core.correction import Correction
from kiosk.core.journal import Entry
from kiosk.core.matters.matter import Matter
from kiosk.core.matters.oversight import Flag, Sign, matter_flags
from kiosk.core.matters.publicity import Objection
from kiosk.core.papers.concerning import concerning, person_named
from kiosk.core.papers.due import due
from kiosk.core.refusals import Reason, Refused
from kiosk.core.terms import MatterId, Paper, Picture, Stage, day_of
from kiosk.core.village import Village

PROPOSED, CALLED, SIGNED_IN, MINUTES, COUNTED, RESOLVED = (
    "议题提议表", "会议通知", "签到表", "会议记录", "表决票与计票单", "决议书",
)  # fmt: skip
POSTED, OBJECTED, WORKS, RESULT, OPINION, INDEX = (
    "决议公示", "异议登记与答复单", "实施进度与验收表", "实施结果公示", "村务监督意见书", "卷内目录与备考表",
)  # fmt: skip
OTHER = "其他材料"

Piece = (
    e.NeedFiled
    | e.NeedAnswered
    | e.MatterRaised
    | e.ReviewRecorded
    | e.ProposalRevised
    | e.MatterReturned
    | e.MatterSentToAssembly
    | e.MatterEnded
    | e.OpinionFiled
    | e.MatterArchived
    | e.SignedSheetFiled
    | e.MeetingConvened
    | e.MeetingCalledOff
    | e.MeetingInquorate
    | e.ProxyGiven
    | e.MeetingOpened
    | e.ProposalAmended
    | e.RecusalDeclared
    | e.BallotPapersReturned
    | e.ClosingWitnessed
    | e.VoteClosed
    | e.CountChecked
    | e.DifferenceExplained
    | e.DifferenceSettled
    | e.VoteVoided
    | e.MeetingAdjourned
    | e.RecordingStarted
    | e.NotePinned
    | e.PublicationOpened
    | e.PhotoAttached
    | e.VoiceAttached
    | e.ObjectionFiled
    | e.ObjectionAnswered
    | e.ObjectionEscalated
    | e.WorksAssigned
    | e.ContractRecorded
    | e.WorksStarted
    | e.ProgressReported
    | e.AcceptanceRequested
    | e.WorksInspected
    | e.CorrectionProposed
    | e.CorrectionConfirmed
)
"""What is a piece of the file (件) and has its line in the index; the rest of the journal stands beside it whole."""

SHEETS: dict[type[Piece], str] = {
    e.NeedFiled: PROPOSED,
    e.NeedAnswered: PROPOSED,
    e.MatterRaised: PROPOSED,
    e.ReviewRecorded: OTHER,
    e.ProposalRevised: OTHER,
    e.MatterReturned: OTHER,
    e.MatterSentToAssembly: OTHER,
    e.MatterEnded: OTHER,
    e.OpinionFiled: OPINION,
    e.MatterArchived: INDEX,
    e.MeetingConvened: CALLED,
    e.MeetingCalledOff: MINUTES,
    e.MeetingInquorate: SIGNED_IN,
    e.ProxyGiven: SIGNED_IN,
    e.MeetingOpened: SIGNED_IN,
    e.ProposalAmended: MINUTES,
    e.RecusalDeclared: MINUTES,
    e.BallotPapersReturned: COUNTED,
    e.ClosingWitnessed: COUNTED,
    e.VoteClosed: COUNTED,
    e.CountChecked: COUNTED,
    e.DifferenceExplained: COUNTED,
    e.DifferenceSettled: COUNTED,
    e.VoteVoided: COUNTED,
    e.MeetingAdjourned: MINUTES,
    e.RecordingStarted: MINUTES,
    e.NotePinned: OPINION,
    e.ObjectionFiled: OBJECTED,
    e.ObjectionAnswered: OBJECTED,
    e.ObjectionEscalated: OBJECTED,
    e.WorksAssigned: WORKS,
    e.ContractRecorded: WORKS,
    e.WorksStarted: WORKS,
    e.ProgressReported: WORKS,
    e.AcceptanceRequested: WORKS,
    e.WorksInspected: WORKS,
    e.CorrectionProposed: OTHER,
    e.CorrectionConfirmed: OTHER,
}
"""On which of the twelve papers (`catalogue.FILE_PAPERS`) each piece stands; of what is in public `_sheets` says it."""

_SIGNED = {
    Paper.PROPOSAL_SHEET: PROPOSED,
    Paper.NOTICE: CALLED,
    Paper.ATTENDANCE: SIGNED_IN,
    Paper.MINUTES: MINUTES,
    Paper.TALLY_SHEET: COUNTED,
    Paper.RESOLUTION: RESOLVED,
    Paper.POSTING: POSTED,
    Paper.OBJECTION_SHEET: OBJECTED,
    Paper.WORKS_SHEET: WORKS,
    Paper.RESULT: RESULT,
    Paper.OPINION_SHEET: OPINION,
}
"""On which of them a signed page stands that came back; of another paper among the others."""


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of the file (件): its number from 1, its entry, the papers it stands on.

    `sha256` is that of the file that belongs to it, a paper that the kiosk set or a photograph; empty where there is
    none, or where its paper was not set yet. `actor_name`: who brought it about, empty where the record does not say.
    """

    number: int
    entry: Entry
    piece: Piece
    sheets: tuple[str, ...]
    sha256: str
    actor_name: str


@dataclass(frozen=True, slots=True)
class FileIndex:
    """案卷封面、卷内目录、备考表 of one matter.

    Attributes:
        village: as it stands.
        matter: the matter.
        items: the pieces of its file in their order.
        concerned: how many entries of the journal concern it, the pieces among them.
        photos_missing: photographs of the notice board that nobody took on their day.
        objections: every objection to it.
        corrections: every correction that touches one of its entries.
        closed_on: the day on which it was archived.

    """

    village: Village
    matter: Matter
    items: tuple[Item, ...]
    concerned: int
    photos_missing: tuple[Flag, ...]
    objections: tuple[Objection, ...]
    corrections: tuple[Correction, ...]
    closed_on: date

    def on_sheet(self, sheet: str) -> tuple[int, ...]:
        """The numbers of the pieces that stand on that paper (所在件号)."""
        return tuple(item.number for item in self.items if sheet in item.sheets)


_PHOTOS = {Sign.FIRST_DAY_PHOTO_MISSING, Sign.LAST_DAY_PHOTO_MISSING}


def file_index(village: Village, matter_id: MatterId, entries: Sequence[Entry]) -> FileIndex:
    """The index of an archived matter from the journal up to its archive.

    Refused: NO_SUCH_MATTER, PAPER_NOT_DUE. Source: 村民委员会组织法第三十九条.
    """
    matter = village.matter(matter_id)
    if matter.archived_at is None:
        raise Refused(Reason.PAPER_NOT_DUE)
    mine, closed_on = concerning(entries, matter_id), day_of(matter.archived_at)
    numbers = {entry.seq for entry in mine}
    return FileIndex(
        village=village,
        matter=matter,
        items=items(village, matter, mine),
        concerned=len(mine),
        photos_missing=tuple(f for f in matter_flags(matter, closed_on) if f.sign in _PHOTOS),
        objections=tuple(village.objections_to(matter_id)),
        corrections=tuple(c for c in village.corrections.values() if c.seq in numbers),
        closed_on=closed_on,
    )


def items(village: Village, matter: Matter, mine: Sequence[Entry]) -> tuple[Item, ...]:
    """The pieces among the entries that concern a matter (卷内各件), numbered from 1."""
    first_issues = {
        (p.paper, p.edition, p.source_seq): p.sha256
        for p in (entry.event for entry in mine)
        if isinstance(p, e.PaperIssued) and p.from_seq == p.source_seq
    }
    found: list[Item] = []
    for entry in mine:
        if isinstance(entry.event, Piece):
            digests = [first_issues.get((d.paper, d.edition, d.source_seq), "") for d in due(entry)]
            sha256 = digests[0] if digests else _attached(entry.event)
            name = person_named(village, entry.actor.person)
            sheets = _sheets(matter, entry.event, entry.at)
            item = Item(len(found) + 1, entry, entry.event, sheets, sha256, name)
            found.append(item)
    return tuple(found)


def _attached(piece: Piece) -> str:
    match piece:
        case e.PhotoAttached() | e.VoiceAttached() | e.ProxyGiven() | e.SignedSheetFiled():
            return piece.attachment.sha256
        case e.ReviewRecorded():
            return piece.attachment.sha256 if piece.attachment else ""
        case _:
            return ""


def _sheets(matter: Matter, piece: Piece, at: datetime) -> tuple[str, ...]:
    match piece:
        case e.PublicationOpened(stage=Stage.RESULT_PUBLIC):
            return (RESULT,)
        case e.PublicationOpened():
            return (RESOLVED, POSTED)
        case e.SignedSheetFiled():
            return (_SIGNED.get(piece.paper, OTHER),)
        case e.VoiceAttached():
            return (RESULT if piece.stage is Stage.RESULT_PUBLIC else POSTED,)
        case e.PhotoAttached(picture=Picture.BEFORE | Picture.AFTER):
            return (WORKS,)
        case e.PhotoAttached(picture=Picture.REVIEW):
            return (OTHER,)
        case e.PhotoAttached():
            return (RESULT if _shows_result(matter, piece, at) else POSTED,)
        case _:
            return (SHEETS[type(piece)],)


def _shows_result(matter: Matter, piece: e.PhotoAttached, at: datetime) -> bool:
    """Whether the photograph of the notice board shows the result on it, not the resolution.

    The same picture may have been taken of both: when it was taken tells them apart.
    """
    of_it = (p for p in matter.photos if (p.attachment, p.at) == (piece.attachment, at))
    return any(p.publication and p.publication.stage is Stage.RESULT_PUBLIC for p in of_it)
