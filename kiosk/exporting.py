"""Bundles of evidence from a kiosk that is put together: everything its parts know is where they keep it."""

from pathlib import Path

import click

from kiosk.app import Application
from kiosk.evidence.bundle import Bundle, export, matter_called
from kiosk.evidence.placing import ExportRefused
from kiosk.store.photos import Photos


def export_from(
    application: Application,
    out: Path,
    matter: str | None = None,
    *,
    with_films: bool = True,
) -> Bundle:
    """Write a bundle into the folder: of the matter with that id, number or title, or of the whole village.

    Raises ExportRefused, with a sentence for people.
    """
    parts = application.parts
    return export(
        parts.kiosk,
        parts.home,
        application.press.path,
        application.operator.folder,
        out,
        Photos(parts.settings.data_dir / "photos").path,
        matter=None if matter is None else matter_called(parts.village(), matter),
        with_films=with_films,
    )


def export_into(
    application: Application, out: Path, matter: str | None, *, with_films: bool
) -> int:
    """The same, telling what became of it; the exit code."""
    try:
        bundle = export_from(application, out, matter, with_films=with_films)
    except ExportRefused as trouble:
        click.echo(f"没有导出：{trouble}", err=True)
        return 1
    click.echo(
        f"已导出到 {out}：日志 {bundle.entries} 条，到第 {bundle.head.seq} 条为止，校验码 {bundle.head.check_code}"
    )
    for missing in bundle.missing:
        click.echo(f"缺少：{missing}", err=True)
    return 0
