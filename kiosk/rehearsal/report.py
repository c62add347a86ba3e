"""`kiosk rehearse`: hold the rehearsal, export its bundle, verify it, and say what there is.

Without `--matter` one meeting is held and filmed; with it one matter is carried through its whole course.
"""

import time
from pathlib import Path

import click

from kiosk import wording
from kiosk.app import create_app, utc_now
from kiosk.config import ROOT
from kiosk.core.events import SegmentSealed
from kiosk.core.terms import CHINA, MatterId
from kiosk.demo.story import TODAY, Past
from kiosk.evidence.audit import verify as audit
from kiosk.evidence.carried.verify import verify
from kiosk.evidence.carried.verify_journal import Wrong
from kiosk.evidence.placing import ExportRefused
from kiosk.exporting import export_from
from kiosk.rehearsal.course import Course
from kiosk.rehearsal.deliberations import Deliberations
from kiosk.rehearsal.desk import Desk
from kiosk.rehearsal.meeting import DidNotHold, Rehearsal, must
from kiosk.rehearsal.people import People
from kiosk.rehearsal.plans import PLANS
from kiosk.rehearsal.reading import NotOnThePage
from kiosk.rehearsal.server import RealServer, rehearsal_settings
from kiosk.rehearsal.visitors import Said

TROUBLES = (DidNotHold, Said, NotOnThePage, TimeoutError, RuntimeError)


def rehearse(camera: str, people: int, out: Path | None, film_height: int) -> int:
    """Hold a rehearsed meeting; the exit code: 0 only if everything holds."""
    folder = _claimed(out)
    if folder is None:
        return 2
    settings = rehearsal_settings(folder, camera, film_height=film_height)
    server = RealServer(settings, folder / "server.log")
    try:
        rehearsal = _hold(server, people)
    except TROUBLES as trouble:
        return _failed(trouble, server)
    finally:
        server.stop()
    for said in rehearsal.said:
        click.echo(f"  · {said}")
    (folder / "resolution.pdf").write_bytes(rehearsal.pdf)
    click.echo(f"\n决议书    {folder / 'resolution.pdf'}")
    segments = create_app(server.settings).parts.village().meetings[TODAY].recording.segments
    return _verify(folder, server) or (0 if segments else 1)


def rehearse_matter(name: str, camera: str, people: int, out: Path | None, film_height: int) -> int:
    """Carry one matter through its whole course; the exit code: 0 only if everything holds."""
    folder = _claimed(out)
    if folder is None:
        return 2
    settings = rehearsal_settings(folder, camera, film_height=film_height)
    server = RealServer(settings, folder / "server.log")
    began = time.monotonic()
    try:
        course = _carry(server, name, people, began)
    except TROUBLES as trouble:
        return _failed(trouble, server)
    finally:
        server.stop()
    seconds = time.monotonic() - began
    for said in course.deliberations.said:
        click.echo(f"  · {said}")
    everybody = course.desk.people
    click.echo(
        f"\n共点按{everybody.taps()}次，请求{everybody.requests()}次，"
        f"演练时钟走了{everybody.days}天，用时{seconds:.1f}秒"
    )
    return _verify(folder, server, course.desk.matter_id)


def _claimed(out: Path | None) -> Path | None:
    """The folder for what comes of it, empty; None where it is not."""
    folder = (out or _new_folder()).resolve()
    if folder.exists() and any(folder.iterdir()):
        click.echo(f"{folder} 里已经有东西，请换一个空文件夹。", err=True)
        return None
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _new_folder() -> Path:
    stamp = utc_now().astimezone(CHINA).strftime("%Y%m%d-%H%M%S")
    return ROOT / "instance" / "rehearsals" / stamp


def _failed(trouble: Exception, server: RealServer) -> int:
    click.echo(f"\n演练没有成功：{trouble}\n服务器日志：{server.log}", err=True)
    return 1


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


def _carry(server: RealServer, name: str, people: int, began: float) -> Course:
    codes = server.found(seats=people, past=Past.NONE)
    server.start()
    desk = Desk(People.gathered(server, codes), PLANS[name])
    course = Course(desk, Deliberations(desk))
    for done in course.steps():
        click.echo(f"  {time.monotonic() - began:5.1f} 秒  {done}")
    unmarked = desk.people.unmarked()
    must(not unmarked, f"这些页面没有标明是演练：{'、'.join(unmarked)}")
    return course


def _verify(folder: Path, server: RealServer, matter: MatterId | None = None) -> int:
    """Export the whole record, and the matter's alone where one was carried; have both looked at. The exit code."""
    application = create_app(server.settings)
    try:
        whole = export_from(application, folder / "bundle")
        faults = audit(whole.folder).faults
        faults += _faults_of_verifier(whole.folder)
        if matter is not None:
            mine = export_from(application, folder / "matter", matter)
            faults += _faults_of_verifier(mine.folder)
            click.echo(f"一事一档  {mine.folder}（{mine.entries} 条，演练）")
    except ExportRefused as trouble:
        return _failed(trouble, server)
    for meeting in application.parts.village().meetings.values():
        for segment in meeting.recording.segments:
            click.echo(f"录像      {_segment(application.operator.folder(meeting.id), segment)}")
    for missing in whole.missing:
        click.echo(f"缺少      {missing}")
    click.echo(
        f"会议日志  {whole.folder / 'journal.jsonl'}（{whole.head.seq} 条，{wording.check_code(whole.head)}）"
    )
    click.echo(f"核验      {'通过' if not faults else '不通过：' + faults[0]}")
    return 1 if faults or whole.missing else 0


def _faults_of_verifier(folder: Path) -> list[str]:
    try:
        verify(folder)
    except Wrong as wrong:
        return [str(wrong)]
    return []


def _segment(folder: Path, segment: SegmentSealed) -> str:
    seconds = segment.duration_ms / 1000
    return f"{folder / segment.part}（{seconds:.1f} 秒，{segment.size_bytes // 1024} KB，{segment.sha256[:16]}…）"
