"""`kiosk bench record` on the command line."""

import sys

import click

from kiosk.bench.record.report import TROUBLES, report_record


@click.command(help="录像：费多少处理器，丢不丢帧，杀掉录像程序丢几秒；与同样做法的 ffmpeg 比")
@click.option(
    "--seconds",
    default=30.0,
    show_default=True,
    type=click.FloatRange(0),
    help="每次录几秒；0 不测花费",
)
@click.option("--kills", default=3, show_default=True, type=click.IntRange(0), help="杀掉几次")
@click.option(
    "--hours", default=0.0, show_default=True, type=click.FloatRange(0), help="快速录几小时"
)
@click.option("--seed", default=1, show_default=True, help="杀掉的时刻由它定")
@click.option("--json", "as_json", is_flag=True)
def record(seconds: float, kills: int, hours: float, seed: int, as_json: bool) -> None:
    """The recorder beside plain ffmpeg, while people vote, killed, for hours; exit 1 if what is left is not whole."""
    try:
        report = report_record(
            seconds, kills, hours, seed, lambda words: click.echo(words, err=True)
        )
    except TROUBLES as trouble:
        click.echo(f"没有做完：{trouble}", err=True)
        sys.exit(1)
    click.echo(report.as_json if as_json else report.words)
    sys.exit(report.exit_status)
