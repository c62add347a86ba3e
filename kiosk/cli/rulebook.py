"""The rows in force and a county's catalogue, on the command line."""

import sys
from pathlib import Path

import click

from kiosk.adopting import NotAdopted, adopt, checked_catalogue, rows_in_force, told
from kiosk.app import MixedPurposes, NoVillage, create_app
from kiosk.cli.opening import cannot_open, settings_asked
from kiosk.wording import rule_table


@click.command(help="打印议事规则的算例：本村现行的规则；还没有村的，是法定规则")
def rules() -> None:
    """Print every row in force at and around its thresholds."""
    try:
        rows = rows_in_force(settings_asked())
    except MixedPurposes as trouble:
        cannot_open(trouble)
    click.echo("\n".join(rule_table(rows.values())))


@click.command(help="核对县里发的事项清单；写明依据和批准的，核对无误就启用")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--basis", default="", help="依据，例如：县农业农村局2026年5号文")
@click.option("--approver", default="", help="谁批准的，例如：马塘镇人民政府")
def catalogue(file: Path, basis: str, approver: str) -> None:
    """Check a county's catalogue against its format and the law, and take it into use."""
    try:
        checked = checked_catalogue(file)
        click.echo(told(checked))
        if basis or approver:
            settings = settings_asked()
            click.echo(adopt(create_app(settings).parts, checked, basis, approver))
        else:
            click.echo("合法，还没有启用。要启用，请加上 --basis 依据 和 --approver 批准的人。")
    except (NoVillage, MixedPurposes) as trouble:
        cannot_open(trouble)
    except NotAdopted as trouble:
        click.echo(str(trouble), err=True)
        sys.exit(1)
