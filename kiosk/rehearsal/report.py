"""`kiosk rehearse`: hold the rehearsal with a progress bar, export its bundle, verify it, and say what there is."""

from pathlib import Path

import click

from kiosk import wording
from kiosk.app import create_app, utc_now
from kiosk.config import ROOT
from kiosk.core.events import SegmentSealed
from kiosk.core.terms import CHINA
from kiosk.demo.story import TODAY
from kiosk.evidence.bundle import export
from kiosk.evidence.verify import verify
from kiosk.rehearsal.meeting import DidNotHold, Rehearsal
from kiosk.rehearsal.server import RealServer, rehearsal_settings
from kiosk.rehearsal.visitors import Said


def rehearse(camera: str, people: int, out: Path | None) -> int:
    """Hold a rehearsal; the exit code: 0 only if everything holds."""
    folder = (out or _new_folder()).resolve()
    if folder.exists() and any(folder.iterdir()):
        click.echo(f"{folder} 里已经有东西，请换一个空文件夹。", err=True)
        return 2
    folder.mkdir(parents=True, exist_ok=True)
    server = RealServer(rehearsal_settings(folder, camera), folder / "server.log")
    try:
        rehearsal = _hold(server, people)
    except (DidNotHold, Said, TimeoutError, RuntimeError) as trouble:
        click.echo(f"\n演练没有成功：{trouble}\n服务器日志：{server.log}", err=True)
        return 1
    finally:
        server.stop()
    for said in rehearsal.said:
        click.echo(f"  · {said}")
    (folder / "resolution.pdf").write_bytes(rehearsal.pdf)
    return _verify(folder, server)


def _new_folder() -> Path:
    stamp = utc_now().astimezone(CHINA).strftime("%Y%m%d-%H%M%S")
    return ROOT / "instance" / "rehearsals" / stamp


def _hold(server: RealServer, people: int) -> Rehearsal:
    codes = server.found(seats=people)
    server.start()
    rehearsal = Rehearsal(server, codes)
    with click.progressbar(
        rehearsal.steps(), length=Rehearsal.work(people), label="演练", item_show_func=str
    ) as steps:
        for _ in steps:
            pass
    return rehearsal


def _verify(folder: Path, server: RealServer) -> int:
    application = create_app(server.settings)
    parts = application.parts
    bundle = export(
        parts.kiosk,
        parts.home,
        application.press.path,
        application.operator.folder,
        folder / "bundle",
    )
    segments = parts.village().meetings[TODAY].recording.segments
    verdict = verify(bundle.folder)
    click.echo(f"\n决议书    {folder / 'resolution.pdf'}")
    for segment in segments:
        click.echo(f"录像      {_segment(application.operator.folder(TODAY), segment)}")
    click.echo(
        f"会议日志  {bundle.folder / 'journal.jsonl'}（{bundle.head.seq} 条，{wording.check_code(bundle.head)}）"
    )
    click.echo(f"核验      {'通过' if not verdict.faults else '不通过：' + verdict.faults[0]}")
    return 1 if verdict.faults or not segments else 0


def _segment(folder: Path, segment: SegmentSealed) -> str:
    seconds = segment.duration_ms / 1000
    return f"{folder / segment.part}（{seconds:.1f} 秒，{segment.size_bytes // 1024} KB，{segment.sha256[:16]}…）"
