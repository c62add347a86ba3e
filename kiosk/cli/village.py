"""The village's kiosk: made, opened, and the way back in."""

import sys

import click

from kiosk.app import clock_of, open_store
from kiosk.cli.opening import home_asked, settings_asked
from kiosk.config import Settings
from kiosk.demo.story import Past
from kiosk.server import serve
from kiosk.setting_up import code_for, found_demo, hand_out, sheet
from kiosk.store.journal import villages


@click.command(help="建立演示村，打印地址和一次性登录码")
@click.option("--demo", is_flag=True, required=True, help="演示村：人名和事项都是虚构的")
def init(demo: bool) -> None:  # noqa: ARG001 -- click gives flags so
    """Make the demonstration village where the database is empty."""
    settings = settings_asked()
    _found_and_print(settings)


def _found_and_print(settings: Settings) -> None:
    _flask, engine = open_store(settings)
    if not villages(engine):
        click.echo("正在建立演示村……")
        found_demo(engine, settings, past=Past.WHOLE)
    codes = hand_out(engine, home_asked(engine, settings), now=clock_of(settings)())
    engine.dispose()  # gunicorn forks: no connection may be shared with the worker
    click.echo(sheet(codes, settings))


@click.command(help="给一位工作人员重新发一次性登录码（在本机上操作，原密码作废）")
@click.argument("name")
def code(name: str) -> None:
    """Issue a one-time code at the machine itself: the way back in when every administrator is shut out."""
    _flask, engine = open_store(settings_asked())
    founded = villages(engine)
    issued = code_for(engine, founded[0], name) if founded else None
    if issued is None:
        click.echo(f"没有叫“{name}”的工作人员。", err=True)
        sys.exit(1)
    click.echo(f"{name}的一次性登录码：{issued}")


@click.command(help="开机：打开各个屏幕")
@click.option("--demo", is_flag=True, help="没有村时先建演示村，并打印登录码")
@click.option("--rehearsal", is_flag=True, help="演练：另用一个文件夹，时钟可以往前拨")
def run(demo: bool, rehearsal: bool) -> None:
    """Serve the kiosk."""
    settings = settings_asked(rehearsal=rehearsal)
    if demo or rehearsal:
        _found_and_print(settings)
    _flask, engine = open_store(settings)
    home_asked(engine, settings)
    engine.dispose()
    serve(settings)
