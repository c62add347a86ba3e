"""Measurements that the command line describes itself."""

import sys

import click

from kiosk.bench.faults.report import TROUBLES, report_faults
from kiosk.bench.replay import report_replay
from kiosk.bench.votes_report import report_votes


@click.command(help="投票：每秒多少票、多久见到 ✓、多久到最后一块屏幕，与本机的极限比")
@click.option(
    "--clients",
    type=click.IntRange(1, 5000),
    default=None,
    help="几块屏幕同看；不写就依次 50、500、2000",
)
@click.option(
    "--rate", default=20.0, show_default=True, type=click.FloatRange(0.1, 1000), help="每秒几票"
)
@click.option("--json", "as_json", is_flag=True)
def votes(clients: int | None, rate: float, as_json: bool) -> None:
    """Votes before many screens, against the machine's limits in the same run."""
    click.echo(report_votes(clients, rate, as_json=as_json))


@click.command(help="重放一万条日志要多久")
@click.option("--json", "as_json", is_flag=True)
def replay(as_json: bool) -> None:
    """Time to replay 10,000 entries, against hashing the same bytes alone."""
    click.echo(report_replay(as_json=as_json))


@click.command(help="断电、日志残缺、磁盘满：答复过的一件不丢，一件不重")
@click.option("--kills", default=20, show_default=True, type=click.IntRange(1), help="断电几次")
@click.option("--seed", default=1, show_default=True, help="断电的时刻由它定；同一个数，同样的时刻")
@click.option("--json", "as_json", is_flag=True)
def faults(kills: int, seed: int, as_json: bool) -> None:
    """Kill the real server in the middle of meetings, cut its log, fill its disk; exit 1 if anything was lost."""
    try:
        report = report_faults(kills, seed, lambda words: click.echo(words, err=True))
    except TROUBLES as trouble:
        click.echo(f"没有做完：{trouble}", err=True)
        sys.exit(1)
    click.echo(report.as_json if as_json else report.words)
    sys.exit(report.exit_status)
