"""导入花名册: the blank spreadsheet, the upload, the preview, and 导入 or 不导入; before that nothing is stored."""

from collections import Counter
from io import BytesIO

from flask import Blueprint, render_template, request, send_file
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from kiosk.core.refusals import Malformed
from kiosk.intake.check import BadRow, check
from kiosk.intake.columns import Unreadable
from kiosk.intake.neighbours import ALREADY_ENROLLED
from kiosk.intake.previews import Preview, Previews
from kiosk.intake.table import read_table
from kiosk.web.access import CONSOLE, allow
from kiosk.web.answers import sorry, went_well
from kiosk.web.parts import parts, today
from kiosk.web.settings.people import enrolled
from kiosk.wording import Sentence

intake = Blueprint("intake", __name__, url_prefix="/admin/register")

UPLOAD_MB = 4
GOOD_SHOWN = 20
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_GONE = Sentence("这次导入已经办完，或者被新的上传代替了。", "请看花名册；没有导入的，请重新上传。")


@intake.url_value_preprocessor
def widen(endpoint: str | None, _values: dict[str, object] | None) -> None:
    """Let this one form be larger than all others; before the guard reads the form for its token."""
    if endpoint == "intake.upload":
        request.max_content_length = UPLOAD_MB * 1024 * 1024


@intake.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> tuple[Response | str, int]:
    """One sentence, instead of the number that HTTP has for it."""
    return sorry(Sentence(f"文件超过{UPLOAD_MB}MB。", "请只留一张花名册，删掉图片，再上传。"), 413)


@intake.get("/blank.xlsx")
@allow(CONSOLE)
def blank() -> Response:
    """The spreadsheet to fill in."""
    from kiosk.intake.spreadsheet import blank_xlsx  # noqa: PLC0415 -- a tenth of a start, needed once in years

    spreadsheet = BytesIO(blank_xlsx())
    return send_file(spreadsheet, _XLSX, as_attachment=True, download_name="花名册.xlsx")


@intake.get("/import")
@allow(CONSOLE)
def choose() -> str:
    """Choose a file."""
    return _choose(None)


@intake.post("/import")
@allow(CONSOLE)
def upload() -> Response | tuple[str, int]:
    """Read and check the file; the good rows wait for the answer."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return _choose(Sentence("还没有选文件。", "请先点“选文件”。")), 409
    try:
        rows = read_table(file.read(), file.filename)
    except Unreadable as unreadable:
        return _choose(Sentence(unreadable.what, unreadable.todo)), 409
    checked = check(rows, parts().register.people(parts().home), today(), _undrawn)
    good = {entry.row for entry in checked.good}
    token = parts().new_token()
    waiting = Preview(tuple(row for row in rows if row.number in good), checked.bad)
    _previews().keep(token, waiting)
    return went_well(f"/admin/register/import/{token}")


@intake.get("/import/<token>")
@allow(CONSOLE)
def preview(token: str) -> str | tuple[Response | str, int]:
    """How many are good, which are not and why, before anything is stored."""
    waiting = _previews().look(token)
    if waiting is None:
        return sorry(_GONE, 409)
    checked = check(waiting.good, parts().register.people(parts().home), today(), _undrawn)
    groups = Counter(entry.group for entry in checked.good)
    return render_template(
        "admin/register_preview.html",
        village=parts().village(),
        token=token,
        good=checked.good[:GOOD_SHOWN],
        number=len(checked.good),
        # What has changed in the register since the upload is told with the rest.
        bad=sorted((*waiting.bad, *checked.bad), key=_broken_first),
        groups=sorted(groups.items()),
    )


def _broken_first(row: BadRow) -> tuple[bool, int]:
    # A corrected file comes back with all those who are in already: they are not to hide the broken ones.
    return row.sentences == (ALREADY_ENROLLED,), row.number


@intake.post("/import/<token>")
@allow(CONSOLE)
def decide(token: str) -> Response | tuple[Response | str, int]:
    """导入 the good rows, all at once, or none; whichever it is, the file is gone."""
    answer = request.form.get("answer", "")
    if answer not in {"good", "none"}:
        raise Malformed("answer")
    waiting = _previews().take(token)
    if waiting is None:
        return sorry(_GONE, 409)
    if answer == "none":
        return went_well("/admin/register/")
    # Somebody may have enrolled one of them by hand since the preview: the rows are checked again.
    checked = check(waiting.good, parts().register.people(parts().home), today(), _undrawn)
    parts().register.enrol(parts().home, [enrolled(entry) for entry in checked.good])
    added, left = len(checked.good), len(checked.bad)
    return went_well(f"/admin/register/?added={added}&left={left}")


def _choose(sentence: Sentence | None) -> str:
    return render_template(
        "admin/register_import.html",
        village=parts().village(),
        sentence=sentence,
        most_mb=UPLOAD_MB,
    )


def _undrawn(name: str) -> str:
    return parts().papers.undrawn(name)


def _previews() -> Previews:
    return Previews(parts().settings.data_dir / "intake")
