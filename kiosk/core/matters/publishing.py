"""While something hangs in public (公开): photographs of it, objections and their answers, and the result.

- A publication never ends early: objections are open through its last day, and nothing shortens it.
- The result is published at the earliest the day after acceptance, for no less than fifteen days
  (村民委员会组织法第三十五条).
"""

from datetime import date, datetime, timedelta

from kiosk.core import commands as c
from kiosk.core import events as e
from kiosk.core.facts import fact
from kiosk.core.law.periods import PUBLIC_DAYS_AT_LEAST, require_not_endless
from kiosk.core.matters.matter import Matter
from kiosk.core.matters.phases import require_phase
from kiosk.core.matters.publicity import Publication, last_day, next_number
from kiosk.core.refusals import Reason, Refused, require, require_text
from kiosk.core.terms import Forum, Picture, Role, Stage, day_of
from kiosk.core.values import Actor
from kiosk.core.village import Village

PublishingCommand = (
    c.AttachPhoto
    | c.AttachVoice
    | c.FileObjection
    | c.AnswerObjection
    | c.EscalateObjection
    | c.PublishResult
)

VOICE_MS_AT_LEAST, VOICE_MS_AT_MOST = 1_000, 600_000
"""How long a publication read aloud may be: somebody listens to it on a telephone."""
ANSWERS: dict[Forum, frozenset[Role]] = {
    Forum.COMMITTEE: frozenset({Role.CHAIR, Role.SECRETARY}),
    Forum.SUPERVISORS: frozenset({Role.SUPERVISOR}),
    # The township has no sign-in here: the secretary files its letter.
    Forum.TOWNSHIP: frozenset({Role.CHAIR, Role.SECRETARY}),
}
"""Who answers for the forum that an objection is before (异议答复)."""


def decide(
    village: Village, command: PublishingCommand, actor: Actor, at: datetime
) -> tuple[e.Event, ...]:
    """What the command brings about at that instant.

    Refused: NO_SUCH_MATTER, NO_SUCH_OBJECTION, what `phases.TRANSITIONS` says, and as each command's function says.
    """
    on = day_of(at)
    match command:
        case c.AttachPhoto():
            return (_photograph(village, command, on),)
        case c.AttachVoice():
            return (_read_aloud(village, command, on),)
        case c.FileObjection():
            return (_object(village, command, on),)
        case c.AnswerObjection():
            return (_answer(village, command, actor, on),)
        case c.EscalateObjection():
            return (_escalate(village, command, on),)
        case c.PublishResult():
            return (_publish(village, command, on),)


def _newest(matter: Matter) -> Publication:
    if matter.publication is None:
        raise Refused(Reason.NOT_PUBLISHED)
    return matter.publication


def _photograph(village: Village, command: c.AttachPhoto, on: date) -> e.PhotoAttached:
    """Refused: NOT_PUBLISHED, PHOTO_WRONG_DAY with the day, WORKS_NOT_ASSIGNED, NOT_DELIBERATING."""
    matter = village.matter(command.matter)
    require_phase(matter, command, on)
    match command.picture:
        case Picture.FIRST_DAY:
            first = _newest(matter).first_day
            require(on == first, Reason.PHOTO_WRONG_DAY, day=first.isoformat())
        case Picture.LAST_DAY:
            # Photographed later it still shows that it hung so long; photographed before it does not.
            last = _newest(matter).last_day
            require(on >= last, Reason.PHOTO_WRONG_DAY, day=last.isoformat())
        case Picture.BEFORE | Picture.AFTER:
            require(matter.works, Reason.WORKS_NOT_ASSIGNED)
        case Picture.REVIEW:
            require(matter.due, Reason.NOT_DELIBERATING)
    return fact(e.PhotoAttached, command)


def _read_aloud(village: Village, command: c.AttachVoice, on: date) -> e.VoiceAttached:
    """Refused: NOT_PUBLISHED where the matter has no such publication, VOICE_LENGTH."""
    matter = village.matter(command.matter)
    require_phase(matter, command, on)
    named = (command.stage, command.year, command.number)
    published = next((p for p in matter.publications if p.is_called(*named)), None)
    if published is None:
        raise Refused(Reason.NOT_PUBLISHED)
    fits = VOICE_MS_AT_LEAST <= command.duration_ms <= VOICE_MS_AT_MOST
    minutes = VOICE_MS_AT_MOST // 60_000
    require(fits, Reason.VOICE_LENGTH, seconds=command.duration_ms // 1000, minutes=minutes)
    before = published.voice.issue if published.voice else 0
    return fact(e.VoiceAttached, command, issue=before + 1)


def _object(village: Village, command: c.FileObjection, on: date) -> e.ObjectionFiled:
    """Refused: OBJECTION_EXISTS, NOT_PUBLISHED, OBJECTIONS_CLOSED with the last day, TEXT_MISSING."""
    matter = village.matter(command.matter)
    require_phase(matter, command, on)
    require(command.objection not in village.objections, Reason.OBJECTION_EXISTS)
    newest = _newest(matter)
    require(newest.hangs(on), Reason.OBJECTIONS_CLOSED, day=newest.last_day.isoformat())
    require_text(command.author, command.text)
    return fact(
        e.ObjectionFiled,
        command,
        number=1 + len(village.objections_to(matter.id)),
        due=_answer_due(village, on),
    )


def _answer(
    village: Village, command: c.AnswerObjection, actor: Actor, on: date
) -> e.ObjectionAnswered:
    """Refused: OBJECTION_ANSWERED where its forum has answered, ROLE_MAY_NOT for another's, TEXT_MISSING."""
    objection = village.objection(command.objection)
    require_phase(village.matter(objection.matter), command, on)
    require(objection.is_open, Reason.OBJECTION_ANSWERED)
    require(actor.role in ANSWERS[objection.hearing.forum], Reason.ROLE_MAY_NOT)
    require_text(command.answer)
    return fact(e.ObjectionAnswered, command)


def _escalate(village: Village, command: c.EscalateObjection, on: date) -> e.ObjectionEscalated:
    """Refused: OBJECTION_AT_TOP, OBJECTION_OPEN while an answer is not overdue, TEXT_MISSING.

    Source: 重庆市实施办法第三十五条, 山东省村务公开条例第十七条.
    """
    objection = village.objection(command.objection)
    require_phase(village.matter(objection.matter), command, on)
    require(objection.next_forum, Reason.OBJECTION_AT_TOP)
    require(not objection.is_open or objection.is_overdue(on), Reason.OBJECTION_OPEN)
    require_text(command.ground)
    return fact(
        e.ObjectionEscalated,
        command,
        forum=objection.next_forum,
        due=_answer_due(village, on),
    )


def _answer_due(village: Village, on: date) -> date:
    return on + timedelta(days=village.periods.objection_days)


def _publish(village: Village, command: c.PublishResult, on: date) -> e.PublicationOpened:
    """Refused: NOTHING_TO_CARRY_OUT, RESULT_TOO_SOON, PUBLIC_TOO_SHORT, ANSWER_DAYS_OUT_OF_RANGE, TEXT_MISSING.

    Besides what `TRANSITIONS` says: PUBLICATION_NOT_OVER, WORKS_NOT_ACCEPTED, RESULT_PUBLISHED.
    """
    matter = village.matter(command.matter)
    require(matter.kind.works, Reason.NOTHING_TO_CARRY_OUT)
    require_phase(matter, command, on)
    resolution, works = matter.resolution, matter.works
    assert resolution is not None
    assert works is not None
    assert works.accepted_at is not None
    earliest = day_of(works.accepted_at) + timedelta(days=1)
    require(on >= earliest, Reason.RESULT_TOO_SOON, day=earliest.isoformat())
    needed = max(PUBLIC_DAYS_AT_LEAST, village.periods.public_days)
    require(command.days >= needed, Reason.PUBLIC_TOO_SHORT, days=command.days, needed=needed)
    require_not_endless(command.days)
    require_text(command.summary)
    return fact(
        e.PublicationOpened,
        command,
        stage=Stage.RESULT_PUBLIC,
        meeting=resolution.meeting,
        vote=resolution.vote,
        year=on.year,
        number=next_number(village.matters.values(), Stage.RESULT_PUBLIC, on.year),
        first_day=on,
        last_day=last_day(on, command.days),
    )
