"""`kiosk bench publish`: a village's whole portal as a static site, against only writing the same files durably.

The village decided hundreds of matters through the one door, and the press set all of their papers before: that takes
much longer than the site and is not part of it. Then the same again, as whoever brings a stick up to date does.
"""

import json
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import click

from kiosk.app import Application, create_app, open_store, utc_now
from kiosk.bench.figures import Figures
from kiosk.config import Settings
from kiosk.demo.many import found_many
from kiosk.site.folder import MARK, put_folder
from kiosk.site.pages import File
from kiosk.site.publishing import Site
from kiosk.site.publishing import publish as publish_site
from kiosk.store.journal import SqlJournal
from kiosk.store.register import Register

SETTING_S = 3600
"""Within which all papers are set."""


@click.command(help="把整个公开栏写成网站：几秒，与只写同样这些文件比")
@click.option("--matters", default=500, show_default=True, type=click.IntRange(1, 5000))
@click.option("--no-papers", is_flag=True, help="不先制文书（500件要十几分钟）；网站就不带PDF")
@click.option("--json", "as_json", is_flag=True)
def publish(matters: int, no_papers: bool, as_json: bool) -> None:
    """The whole portal as a static site, beside writing the same bytes in the same run."""
    figures = publishing_time(matters, papers=not no_papers)
    if as_json:
        click.echo(json.dumps(figures))
        return
    click.echo(
        f"{figures['matters']}件事项、{figures['entries']}条日志、{figures['papers']}份文书的公开栏："
        f"读日志{figures['read_s']:.1f}秒，写成网站{figures['site_s']:.1f}秒（处理器{figures['site_cpu_s']:.1f}秒），"
        f"{figures['files']}个文件，{figures['bytes'] / 1e6:.1f}MB\n"
        f"只把同样这些文件写到盘上{figures['write_s']:.2f}秒 → 写成网站是它的{figures['of_write']:.1f}倍；"
        f"每个文件{figures['cpu_ms_a_file']:.1f}毫秒处理器时间\n"
        f"再写一次：{figures['again_s']:.1f}秒（处理器{figures['again_cpu_s']:.1f}秒），"
        f"其中新写{figures['again_fresh']}个文件"
    )


def publishing_time(matters: int, *, papers: bool) -> Figures:
    """Seconds to read the village, to write its site, to do it again, and only to write the same files once more."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = Settings(
            data_dir=folder / "data", recordings_dir=folder / "films", camera="card"
        )
        _flask, engine = open_store(settings)
        found_many(Register(engine), SqlJournal(engine), utc_now(), settings.public_url, matters)
        engine.dispose()
        if papers:
            _set_papers(settings)
        return _measured(settings, folder, matters)


def _set_papers(settings: Settings) -> None:
    application = create_app(settings)
    application.press.start(application.parts.home)
    application.press.stop(within_s=SETTING_S)


def _measured(settings: Settings, folder: Path, matters: int) -> Figures:
    application = create_app(settings)
    parts, out = application.parts, folder / "site"
    began = time.perf_counter()
    known = parts.kiosk.known(parts.home)
    read_s = time.perf_counter() - began
    assert known.village is not None
    site, site_s, site_cpu_s = _published(application, out)
    again, again_s, again_cpu_s = _published(application, out)
    write_s = _write_again(out, folder / "again", known.village.id)
    return {
        "matters": matters,
        "entries": known.head.seq,
        "papers": len(known.village.papers),
        "files": site.files,
        "bytes": site.size_bytes,
        "read_s": read_s,
        "site_s": site_s,
        "site_cpu_s": site_cpu_s,
        "write_s": write_s,
        "of_write": site_s / write_s,
        "cpu_ms_a_file": 1000 * site_cpu_s / site.files,
        "again_s": again_s,
        "again_cpu_s": again_cpu_s,
        "again_fresh": again.fresh,
    }


def _published(application: Application, out: Path) -> tuple[Site, float, float]:
    began, cpu = time.perf_counter(), time.process_time()
    site = publish_site(application.flask, application.parts, out)
    return site, time.perf_counter() - began, time.process_time() - cpu


def _write_again(site: Path, out: Path, village: str) -> float:
    """Seconds to put the same bytes under the same names on the same disk, as durably, from memory."""
    paths = [path for path in site.rglob("*") if path.is_file() and path.name != MARK]
    held = [(str(path.relative_to(site)), path.read_bytes()) for path in paths]

    def files() -> Iterator[File]:
        for name, content in held:
            yield File(name, iter([content]))

    began = time.perf_counter()
    put_folder(out, village, files())
    return time.perf_counter() - began
