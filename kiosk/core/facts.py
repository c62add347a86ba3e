"""From a command to its fact: an event takes over the fields it has in common with the command."""

from dataclasses import fields
from typing import Any, TypeVar

from kiosk.core.commands import Command
from kiosk.core.events import Event

Fact = TypeVar("Fact", bound=Event)


def fact(kind: type[Fact], command: Command, **more: object) -> Fact:
    """The event of that kind with the command's fields of the same names, and `more` for the others."""
    asked = {f.name for f in fields(command)}
    new: Any = kind
    shared = {
        f.name: getattr(command, f.name)
        for f in fields(new)
        if f.name in asked and f.name not in more
    }
    made: Fact = new(**shared, **more)
    return made
