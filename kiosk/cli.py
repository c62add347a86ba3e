"""The command line: run · init · code · rehearse · export · publish · verify · audit · rules · catalogue · bench."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import click

from kiosk.adopting import NotAdopted, adopt, checked_catalogue, rows_in_force, told
from kiosk.app import MixedPurposes, NoVillage, clock_of, create_app, home_of, open_store
from kiosk.bench.faults.report import TROUBLES as FAULT_TROUBLES
from kiosk.bench.faults.report import report_faults
from kiosk.bench.papers.command import papers
from kiosk.bench.publish import publish as publish_bench
from kiosk.bench.record.command import record
from kiosk.bench.replay import report_replay
from kiosk.bench.votes_report import report_votes
from kiosk.config import FILM_HEIGHTS, Settings, SettingsError, settings_from
from kiosk.core.terms import VillageId
from kiosk.demo.story import Past
from kiosk.evidence.audit import main as audit_main
from kiosk.evidence.carried.verify import main as verify_main
from kiosk.exporting import export_into
from kiosk.rehearsal.plans import PLANS
from kiosk.rehearsal.report import rehearse as hold_rehearsal
from kiosk.rehearsal.report import rehearse_matter
from kiosk.server import serve
from kiosk.setting_up import code_for, found_demo, hand_out, sheet
from kiosk.site.command import publish_into
from kiosk.store.database import Database
from kiosk.store.journal import villages
from kiosk.wording import rule_table

NO_VILLAGE = "还没有村。请先运行 kiosk init --demo 建一个演示村。"


@click.group(help="村民议事表决一体机")
def cli() -> None:
    """The `kiosk` command."""


def _settings(*, rehearsal: bool = False) -> Settings:
    said = {"KIOSK_REHEARSAL": "1"} if rehearsal else {}
    try:
        return settings_from(os.environ | said)
    except SettingsError as error:
        click.echo(str(error), err=True)
        sys.exit(2)


@cli.command(help="建立演示村，打印地址和一次性登录码")
@click.option("--demo", is_flag=True, required=True, help="演示村：人名和事项都是虚构的")
def init(demo: bool) -> None:  # noqa: ARG001 -- click gives flags so
    """Make the demonstration village where the database is empty."""
    settings = _settings()
    _found_and_print(settings)


def _found_and_print(settings: Settings) -> None:
    _flask, engine = open_store(settings)
    if not villages(engine):
        click.echo("正在建立演示村……")
        found_demo(engine, settings, past=Past.WHOLE)
    codes = hand_out(engine, _home(engine, settings), now=clock_of(settings)())
    engine.dispose()  # gunicorn forks: no connection may be shared with the worker
    click.echo(sheet(codes, settings))


@cli.command(help="给一位工作人员重新发一次性登录码（在本机上操作，原密码作废）")
@click.argument("name")
def code(name: str) -> None:
    """Issue a one-time code at the machine itself: the way back in when every administrator is shut out."""
    _flask, engine = open_store(_settings())
    founded = villages(engine)
    issued = code_for(engine, founded[0], name) if founded else None
    if issued is None:
        click.echo(f"没有叫“{name}”的工作人员。", err=True)
        sys.exit(1)
    click.echo(f"{name}的一次性登录码：{issued}")


@cli.command(help="开机：打开各个屏幕")
@click.option("--demo", is_flag=True, help="没有村时先建演示村，并打印登录码")
@click.option("--rehearsal", is_flag=True, help="演练：另用一个文件夹，时钟可以往前拨")
def run(demo: bool, rehearsal: bool) -> None:
    """Serve the kiosk."""
    settings = _settings(rehearsal=rehearsal)
    if demo or rehearsal:
        _found_and_print(settings)
    _flask, engine = open_store(settings)
    _home(engine, settings)
    engine.dispose()
    serve(settings)


def _home(engine: Database, settings: Settings) -> VillageId:
    """The village of the store; the command ends with a sentence where it cannot be served."""
    try:
        return home_of(engine, settings)
    except (NoVillage, MixedPurposes) as trouble:
        _cannot_open(trouble)


def _cannot_open(trouble: NoVillage | MixedPurposes) -> NoReturn:
    """End the command with the sentence that says why this store is not the village's."""
    click.echo(str(trouble) or NO_VILLAGE, err=True)
    sys.exit(2)


@cli.command(
    help="导出证据包：kiosk export 事项 文件夹，一事一档；kiosk export --all 文件夹，全村的"
)
@click.argument("what", nargs=-1, metavar="[事项] 文件夹")
@click.option("--all", "everything", is_flag=True, help="全村的日志和文件")
@click.option("--no-films", is_flag=True, help="不带录像，只带录像的校验值和片段链")
def export(what: tuple[str, ...], everything: bool, no_films: bool) -> None:
    """Write the bundle that verifies without the kiosk."""
    if len(what) != (1 if everything else 2) or (everything and no_films):
        raise click.UsageError("请写：kiosk export 事项 文件夹，或者 kiosk export --all 文件夹。")
    settings = _settings()
    _flask, engine = open_store(settings)
    _home(engine, settings)
    matter = None if everything else what[0]
    sys.exit(export_into(create_app(settings), Path(what[-1]), matter, with_films=not no_films))


@cli.command(help="把整个公开栏写成一个网站文件夹，放到网站或者U盘上；再运行一次就更新")
@click.argument("folder", type=click.Path(path_type=Path))
def publish(folder: Path) -> None:
    """Write the whole public portal as a static site."""
    settings = _settings()
    _home(open_store(settings)[1], settings)
    sys.exit(publish_into(create_app(settings), folder))


def _alone(name: str, program: Callable[[list[str]], int], says: str) -> None:
    """A command that runs a program which also travels alone in bundles, with the options it has there."""

    @cli.command(name, help=says, context_settings=_AS_IT_STANDS, add_help_option=False)
    @click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
    def run_it(arguments: tuple[str, ...]) -> None:
        sys.exit(program(list(arguments)))


_AS_IT_STANDS = {"ignore_unknown_options": True}
_alone("verify", verify_main, "核验证据包，一事一档的、全村的都行：重新数票、判定，核对每份文件")
_alone("audit", audit_main, "通查全村证据包：从需求到归档，每一条都按法律规定核对一遍")


@cli.command(help="演练：无人值守地开一次会，从签到到决议公布；或者把一件事从需求办到归档")
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


@cli.command(help="打印议事规则的算例：本村现行的规则；还没有村的，是法定规则")
def rules() -> None:
    """Print every row in force at and around its thresholds."""
    try:
        rows = rows_in_force(_settings())
    except MixedPurposes as trouble:
        _cannot_open(trouble)
    click.echo("\n".join(rule_table(rows.values())))


@cli.command(help="核对县里发的事项清单；写明依据和批准的，核对无误就启用")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--basis", default="", help="依据，例如：县农业农村局2026年5号文")
@click.option("--approver", default="", help="谁批准的，例如：马塘镇人民政府")
def catalogue(file: Path, basis: str, approver: str) -> None:
    """Check a county's catalogue against its format and the law, and take it into use."""
    try:
        checked = checked_catalogue(file)
        click.echo(told(checked))
        if basis or approver:
            settings = _settings()
            click.echo(adopt(create_app(settings).parts, checked, basis, approver))
        else:
            click.echo("合法，还没有启用。要启用，请加上 --basis 依据 和 --approver 批准的人。")
    except (NoVillage, MixedPurposes) as trouble:
        _cannot_open(trouble)
    except NotAdopted as trouble:
        click.echo(str(trouble), err=True)
        sys.exit(1)


@cli.group(help="测速：与同一次运行里的对照比；测断电、坏盘、满盘")
def bench() -> None:
    """Measurements, each with a ratio against something measured in the same run."""


@bench.command(help="投票：每秒多少票、多久见到 ✓、多久到最后一块屏幕，与本机的极限比")
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


@bench.command(help="重放一万条日志要多久")
@click.option("--json", "as_json", is_flag=True)
def replay(as_json: bool) -> None:
    """Time to replay 10,000 entries, against hashing the same bytes alone."""
    click.echo(report_replay(as_json=as_json))


@bench.command(help="断电、日志残缺、磁盘满：答复过的一件不丢，一件不重")
@click.option("--kills", default=20, show_default=True, type=click.IntRange(1), help="断电几次")
@click.option("--seed", default=1, show_default=True, help="断电的时刻由它定；同一个数，同样的时刻")
@click.option("--json", "as_json", is_flag=True)
def faults(kills: int, seed: int, as_json: bool) -> None:
    """Kill the real server in the middle of meetings, cut its log, fill its disk; exit 1 if anything was lost."""
    try:
        report = report_faults(kills, seed, lambda words: click.echo(words, err=True))
    except FAULT_TROUBLES as trouble:
        click.echo(f"没有做完：{trouble}", err=True)
        sys.exit(1)
    click.echo(report.as_json if as_json else report.words)
    sys.exit(report.exit_status)


bench.add_command(papers)
bench.add_command(publish_bench)
bench.add_command(record)


def main() -> None:
    """Entry point."""
    cli()
