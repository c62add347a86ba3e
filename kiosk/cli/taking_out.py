"""What leaves the machine: bundles of evidence, and the portal as a site."""

import sys
from pathlib import Path

import click

from kiosk.app import create_app, open_store
from kiosk.cli.opening import home_asked, settings_asked
from kiosk.exporting import export_into
from kiosk.site.command import publish_into


@click.command(
    help="导出证据包：kiosk export 事项 文件夹，一事一档；kiosk export --all 文件夹，全村的"
)
@click.argument("what", nargs=-1, metavar="[事项] 文件夹")
@click.option("--all", "everything", is_flag=True, help="全村的日志和文件")
@click.option("--no-films", is_flag=True, help="不带录像，只带录像的校验值和片段链")
def export(what: tuple[str, ...], everything: bool, no_films: bool) -> None:
    """Write the bundle that verifies without the kiosk."""
    if len(what) != (1 if everything else 2) or (everything and no_films):
        raise click.UsageError("请写：kiosk export 事项 文件夹，或者 kiosk export --all 文件夹。")
    settings = settings_asked()
    _flask, engine = open_store(settings)
    home_asked(engine, settings)
    matter = None if everything else what[0]
    sys.exit(export_into(create_app(settings), Path(what[-1]), matter, with_films=not no_films))


@click.command(help="把整个公开栏写成一个网站文件夹，放到网站或者U盘上；再运行一次就更新")
@click.argument("folder", type=click.Path(path_type=Path))
def publish(folder: Path) -> None:
    """Write the whole public portal as a static site."""
    settings = settings_asked()
    home_asked(open_store(settings)[1], settings)
    sys.exit(publish_into(create_app(settings), folder))
