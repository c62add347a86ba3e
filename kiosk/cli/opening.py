"""What every command needs that works on the village's store: its settings, its village, or why there is none."""

import os
import sys
from typing import NoReturn

import click

from kiosk.app import MixedPurposes, NoVillage, home_of
from kiosk.config import Settings, SettingsError, settings_from
from kiosk.core.terms import VillageId
from kiosk.store.database import Database

NO_VILLAGE = "还没有村。请先运行 kiosk init --demo 建一个演示村。"


def settings_asked(*, rehearsal: bool = False) -> Settings:
    """What the environment says; the command ends with a sentence where it is not to be understood."""
    said = {"KIOSK_REHEARSAL": "1"} if rehearsal else {}
    try:
        return settings_from(os.environ | said)
    except SettingsError as error:
        click.echo(str(error), err=True)
        sys.exit(2)


def home_asked(engine: Database, settings: Settings) -> VillageId:
    """The village of the store; the command ends with a sentence where it cannot be served."""
    try:
        return home_of(engine, settings)
    except (NoVillage, MixedPurposes) as trouble:
        cannot_open(trouble)


def cannot_open(trouble: NoVillage | MixedPurposes) -> NoReturn:
    """End the command with the sentence that says why this store is not the village's."""
    click.echo(str(trouble) or NO_VILLAGE, err=True)
    sys.exit(2)
