"""A group of commands each of which is loaded when it is asked for.

The kiosk serves what a village needs; its measurements, rehearsals and bundles need half as much program again. Whoever
starts it after a power cut, or verifies a bundle, does not wait for those.
"""

from collections.abc import Mapping
from importlib import import_module

import click


class LazyGroup(click.Group):
    """Commands by name, each with the place where it is: `module:attribute`."""

    def __init__(self, name: str, places: Mapping[str, str], says: str) -> None:
        super().__init__(name, help=says)
        self._places = places

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click asks so
        """The names in alphabetical order, as click lists them."""
        return sorted(self._places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 -- click asks so
        """The command, loaded; None where there is none of that name."""
        place = self._places.get(cmd_name)
        if place is None:
            return None
        module, attribute = place.split(":")
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command
