"""From events to state: `apply` takes one, `replay` a whole journal; a village is never read any other way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kiosk.core import events as e
from kiosk.core.correction import Correction
from kiosk.core.emergency import Emergency
from kiosk.core.journal import EMPTY, Entry, Head, read
from kiosk.core.law.statute import BODY_ROWS
from kiosk.core.matters.matter import Matter
from kiosk.core.matters.need import Need
from kiosk.core.matters.publicity import Objection
from kiosk.core.meetings.calling import called
from kiosk.core.meetings.custody import Custody
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.meetings.notes import Business
from kiosk.core.values import Actor
from kiosk.core.village import Village

NeedEvent = e.NeedFiled | e.NeedAnswered
ObjectionEvent = e.ObjectionFiled | e.ObjectionAnswered | e.ObjectionEscalated
EmergencyEvent = (
    e.EmergencyDeclared | e.EmergencyCountersigned | e.EmergencyWitnessed | e.EmergencyReported
)
FilmEvent = (
    e.RecordingStarted
    | e.SegmentSealed
    | e.FilmRoomReported
    | e.ShortFilmAccepted
    | e.RecordingInterrupted
    | e.VideoMarked
    | e.RecordingStopped
)
MetEvent = e.MeetingEvent | e.VoteEvent | FilmEvent | e.MinutesEvent | e.WitnessingEvent
CorrectionEvent = e.CorrectionProposed | e.CorrectionConfirmed
OfMatter = (
    e.ReviewRecorded
    | e.ProposalRevised
    | e.MatterReturned
    | e.MatterEnded
    | e.MatterSentToAssembly
    | e.OpinionFiled
    | e.MatterArchived
    | e.PublicationOpened
    | e.PhotoAttached
    | e.VoiceAttached
    | e.WorksAssigned
    | e.ContractRecorded
    | e.WorksStarted
    | e.ProgressReported
    | e.AcceptanceRequested
    | e.WorksInspected
)


def apply(village: Village | None, event: e.Event, at: datetime, actor: Actor) -> Village:
    """The village after the event, which `actor` brought about `at` that instant.

    Never refuses: what is written is so.
    """
    if isinstance(event, e.VillageFounded):
        return Village(
            id=event.village,
            name=event.name,
            township=event.township,
            office_phone=event.office_phone,
            portal_url=event.portal_url,
            purpose=event.purpose,
            entries=1,
        )
    if village is None:
        raise ValueError("a journal begins with VillageFounded")
    changed = _changed(village, event, at, actor)
    return replace(changed, entries=village.entries + 1)


def _changed(village: Village, event: e.Event, at: datetime, actor: Actor) -> Village:  # noqa: C901, PLR0912 -- dispatch, each arm is one step
    match event:
        case e.VillageFounded():
            raise ValueError("a journal has one VillageFounded, its first")
        case e.CatalogueAdopted():
            return replace(village, catalogue=event.catalogue)
        case e.RowChanged():
            return replace(village, rows={**village.rows, event.row.id: event.row})
        case e.PeriodsChanged():
            return replace(village, periods=event.periods)
        case e.ClipAudienceChanged():
            return replace(village, clip_audience=event.audience)
        case e.PhonesChanged():
            return replace(
                village,
                township_phone=event.township_phone,
                supervision_phone=event.supervision_phone,
            )
        case e.SignedSheetFiled():
            return replace(village, sheets=(*village.sheets, event))
        case e.SigningKeyAdopted():
            return replace(village, signing_keys=(*village.signing_keys, event))
        case e.CorrectionProposed() | e.CorrectionConfirmed():
            return _corrected(village, event, at, actor)
        case e.NeedFiled() | e.NeedAnswered():
            return _needed(village, event, at)
        case e.MatterRaised():
            return _raised(village, event, at)
        case (
            e.EmergencyDeclared()
            | e.EmergencyCountersigned()
            | e.EmergencyWitnessed()
            | e.EmergencyReported()
        ):
            return _alarmed(village, event, at, actor)
        case e.ObjectionFiled() | e.ObjectionAnswered() | e.ObjectionEscalated():
            return _objected(village, event, at)
        case e.PaperIssued():
            return replace(village, papers=(*village.papers, event))
        case _ if isinstance(event, e.CustodyEvent):
            custody = village.custody(event.meeting).after(event, at, actor)
            return village.with_film(event.meeting, custody)
        case e.MeetingConvened():
            return village.with_meeting(_called(village, event, at))
        case _ if isinstance(event, OfMatter):
            return village.with_matter(village.matters[event.matter].after(event, at, actor))
        case _:
            return _met(village, event, at)


def _called(village: Village, event: e.MeetingConvened, at: datetime) -> Meeting:
    """The rows are those of the day of the notice: a later change does not reach a meeting already called."""
    row = village.rows[BODY_ROWS[event.body]]
    rows = {
        item.matter: village.rows[village.matters[item.matter].row_at(row.stage)]
        for item in event.agenda
    }
    return called(event, at, row, rows)


def _corrected(village: Village, event: CorrectionEvent, at: datetime, actor: Actor) -> Village:
    known = village.corrections.get(event.correction)
    if isinstance(event, e.CorrectionProposed):
        correction = Correction.proposed(event, at, actor)
    else:
        assert known is not None
        correction = known.confirmed(at, actor)
    return replace(village, corrections={**village.corrections, correction.id: correction})


def _needed(village: Village, event: NeedEvent, at: datetime) -> Village:
    if isinstance(event, e.NeedFiled):
        need = Need.filed(event, at)
    else:
        need = village.needs[event.need].answered(event.answer, at)
    return replace(village, needs={**village.needs, need.id: need})


def _raised(village: Village, event: e.MatterRaised, at: datetime) -> Village:
    assert village.catalogue is not None
    kind = village.catalogue.kind(event.kind_id)
    assert kind is not None
    taken = {need: village.needs[need].taken_up(event.matter, at) for need in event.needs}
    grown = replace(village, needs={**village.needs, **taken})
    return grown.with_matter(Matter.raised(event, kind, at))


def _alarmed(village: Village, event: EmergencyEvent, at: datetime, actor: Actor) -> Village:
    if isinstance(event, e.EmergencyDeclared):
        emergency = Emergency.declared(event, at, actor)
    else:
        emergency = village.emergencies[event.emergency].after(event, at, actor)
    return replace(village, emergencies={**village.emergencies, emergency.id: emergency})


def _objected(village: Village, event: ObjectionEvent, at: datetime) -> Village:
    if isinstance(event, e.ObjectionFiled):
        objection = Objection.filed(event, at)
    else:
        objection = village.objections[event.objection].after(event, at)
    return replace(village, objections={**village.objections, objection.id: objection})


def _met(village: Village, event: MetEvent, at: datetime) -> Village:
    meeting = village.meetings[event.meeting].after(event, at)
    village = village.with_meeting(meeting)
    match event:
        case e.MeetingOpened():
            # What is announced of the film as the meeting begins holds for it.
            village = village.with_film(event.meeting, Custody(village.periods))
        case e.VoteClosed():
            vote = meeting.votes[event.vote]
            for matter in vote.matters:
                village = village.with_matter(village.matters[matter].deliberated(vote, at))
        case e.VoteVoided():
            for matter in meeting.votes[event.vote].matters:
                village = village.with_matter(village.matters[matter].undone(event.vote))
        case e.ProposalAmended():
            village = village.with_matter(village.matters[event.matter].amended(event, at))
        case _:
            pass
    return village


def replay(entries: Iterable[Entry]) -> Village | None:
    """Fold a journal into the village; None of an empty journal."""
    village: Village | None = None
    for entry in entries:
        village = _after(village, entry)
    return village


def _after(village: Village | None, entry: Entry) -> Village:
    """The village after the entry, its meeting told of the head where that opened, closed or did business."""
    after = apply(village, entry.event, entry.at, entry.actor)
    if not isinstance(entry.event, Business | e.MeetingAdjourned):
        return after
    meeting = after.meetings[entry.event.meeting]
    return after.with_meeting(meeting.reached(entry.event, entry.head.named))


@dataclass(frozen=True, slots=True)
class Known:
    """A village as of a head of its journal; `village` is None before its founding, `at` the head's instant."""

    village: Village | None
    head: Head
    at: datetime | None = None

    def grown(self, entry: Entry) -> "Known":
        """After one more entry."""
        village = _after(self.village, entry)
        return Known(village, entry.head_after(self.head), entry.at)


NOTHING = Known(None, EMPTY)


def caught_up(known: Known, tail: Sequence[str]) -> Known:
    """After the lines that follow. RuntimeError where they do not continue the chain."""
    for line in tail:
        entry = read(line)
        if (entry.seq, entry.prev) != (known.head.seq + 1, known.head.digest):
            raise RuntimeError(f"the journal is broken at entry {entry.seq}")
        before, known = known.head.tree, known.grown(entry)
        if line is tail[-1] and (before is None or entry.tree != before.root):
            # The last root vouches for all before it; each of them costs a dozen hashes.
            raise RuntimeError(f"the tree is broken at or before entry {entry.seq}")
    return known


def as_of(known: Known, lines: Sequence[str], seq: int) -> Known:
    """The village as it stood at an earlier entry, from the journal's lines."""
    if seq == known.head.seq:
        return known
    return caught_up(NOTHING, lines[:seq])
