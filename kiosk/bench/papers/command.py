"""`kiosk bench papers` on the command line."""

import click

from kiosk.bench.papers.report import report_papers


@click.command(help="文书：一份决议书多少毫秒、多少内存，与 WeasyPrint、Chromium 排同一份比")
@click.option("--json", "as_json", is_flag=True)
def papers(as_json: bool) -> None:
    """One resolution, warm, by three engines in the same run."""
    click.echo(report_papers(as_json=as_json))
