"""What `kiosk publish` says of a site (网站): where it is, up to which entry, which shown heads the journal lost."""

from pathlib import Path

import click

from kiosk.app import Application
from kiosk.site.publishing import NotPublished, Site, publish
from kiosk.wording import instant


def publish_into(application: Application, folder: Path) -> int:
    """Publish into the folder and say so; the exit status: 1 where no site was written."""
    try:
        site = publish(application.flask, application.parts, folder)
    except NotPublished as trouble:
        click.echo(f"没有写成网站：{trouble}", err=True)
        return 1
    click.echo(_written(site))
    for one in site.lost:
        click.echo(
            f"注意：公开栏在{instant(one.at)}显示过第{one.head.seq}条的校验码 {one.head.check_code}，"
            "现在的日志里没有这一条。日志可能被换过，或者恢复了旧的备份；请告诉村务监督委员会和乡镇。",
            err=True,
        )
    return 0


def _written(site: Site) -> str:
    return (
        f"已写成网站：{site.folder}，{site.files}个文件，{site.size_bytes / 1e6:.1f}MB，其中新写{site.fresh}个。\n"
        f"打开里面的 index.html 就能看。内容到会议日志第{site.head.seq}条，校验码 {site.head.check_code}。"
    )
