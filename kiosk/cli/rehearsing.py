"""Rehearsals (演练) on the command line."""

import sys
from pathlib import Path

import click

from kiosk.config import FILM_HEIGHTS
from kiosk.rehearsal.plans import PLANS
from kiosk.rehearsal.report import rehearse as hold_rehearsal
from kiosk.rehearsal.report import rehearse_matter


@click.command(help="演练：无人值守地开一次会，从签到到决议公布；或者把一件事从需求办到归档")
@click.option(
    "--matter",
    type=click.Choice(sorted(PLANS)),
    default=None,
    help="把一件事从需求办到归档：full 一路通过；returned 党员大会没有通过，退回修改再议",
)
@click.option("--camera", default="card", show_default=True, help="设备号、影片、网络地址，或 card")
@click.option("--people", default=45, show_default=True, type=click.IntRange(8, 2000))
@click.option("--out", type=click.Path(path_type=Path), default=None, help="放结果的文件夹")
@click.option(
    "--film-height",
    type=click.Choice([str(lines) for lines in FILM_HEIGHTS]),
    default="720",
    show_default=True,
    envvar="KIOSK_FILM_HEIGHT",
    help="录像的行数",
)
def rehearse(
    matter: str | None, camera: str, people: int, out: Path | None, film_height: str
) -> None:
    """Hold a whole meeting, or carry a whole matter, through the real interfaces."""
    if matter is not None:
        sys.exit(rehearse_matter(matter, camera, people, out, int(film_height)))
    sys.exit(hold_rehearsal(camera, people, out, int(film_height)))
