"""The procedure (程序): what a command brings about in a village, or why the rules refuse it.

Pure: the instant comes in as `at`, ids and tokens come in with the command. Each lifecycle decides for itself; here
a command only finds its way there.
"""

from datetime import datetime

from kiosk.core import governing, responding
from kiosk.core.authority import require_authority
from kiosk.core.commands import (
    Command,
    ConveneMeeting,
    CustodyCommand,
    FileSignedSheet,
    FoundVillage,
    IssuePaper,
)
from kiosk.core.events import Event
from kiosk.core.governing import GoverningCommand
from kiosk.core.issuing import issue
from kiosk.core.matters import advancing, archiving, carrying, publishing, raising
from kiosk.core.matters.advancing import AdvancingCommand
from kiosk.core.matters.archiving import ArchivingCommand
from kiosk.core.matters.carrying import CarryingCommand
from kiosk.core.matters.publishing import PublishingCommand
from kiosk.core.matters.raising import RaisingCommand
from kiosk.core.meetings import filming, keeping, sitting
from kiosk.core.meetings.convening import convene
from kiosk.core.meetings.filming import FilmingCommand
from kiosk.core.refusals import Reason, Refused, require
from kiosk.core.responding import RespondingCommand
from kiosk.core.sheets import file_sheet
from kiosk.core.values import Actor
from kiosk.core.village import Village
from kiosk.core.votes.box import Sealed


def decide(  # noqa: C901, PLR0912 -- dispatch, not decision: each arm is one call
    village: Village | None, command: Command, actor: Actor, at: datetime
) -> tuple[Event, ...] | Sealed:
    """What the command brings about at that instant; nothing where it only repeats what is so.

    Facts for the journal, or of a secret ballot the new content of the sealed box.

    Raises:
        Refused: the rules say no, with the reason.

    """
    require_authority(actor, command)
    if isinstance(command, FoundVillage):
        require(village is None, Reason.VILLAGE_EXISTS)
        return governing.found(command)
    if village is None:
        raise Refused(Reason.NO_SUCH_MEETING)
    if isinstance(command, GoverningCommand):
        return governing.decide(village, command, actor, at)
    if isinstance(command, RaisingCommand):
        return raising.decide(village, command, at)
    if isinstance(command, AdvancingCommand):
        return advancing.decide(village, command)
    if isinstance(command, ArchivingCommand):
        return archiving.decide(village, command, at)
    if isinstance(command, RespondingCommand):
        return responding.decide(village, command, actor)
    if isinstance(command, PublishingCommand):
        return publishing.decide(village, command, actor, at)
    if isinstance(command, CarryingCommand):
        return carrying.decide(village, command, at)
    if isinstance(command, IssuePaper):
        return issue(village, command)
    if isinstance(command, FileSignedSheet):
        return file_sheet(village, command)
    if isinstance(command, ConveneMeeting):
        return (convene(village, command, at),)
    if isinstance(command, CustodyCommand):
        return keeping.decide(village, command, actor, at)
    meeting = village.meeting(command.meeting)
    if isinstance(command, FilmingCommand):
        return filming.decide(meeting, command)
    return sitting.decide(village, meeting, command, at)
