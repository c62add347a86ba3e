"""导出一件事的全部材料: the bundle of one matter as a zip, for supervisors, township, whoever checks it elsewhere.

It is an archive copy: names and named ballots are in it, so chair, secretary and supervisors alone get it, and nobody
of the public. With the films it goes to whoever has said why for each of them (查看登记), and not while a meeting sits:
reading gigabytes would slow the film that is being written. It is sent as it is read; none of it is held in memory.
"""

from collections.abc import Iterator
from urllib.parse import quote

from flask import Blueprint, redirect, render_template
from werkzeug.wrappers import Response

from kiosk.core.matters.matter import Matter
from kiosk.core.meetings.meeting import Meeting
from kiosk.core.terms import MatterId
from kiosk.web.access import CONSOLE_OR_SUPERVISION, allow
from kiosk.web.answers import sorry
from kiosk.web.filmed import title
from kiosk.web.parts import parts
from kiosk.web.viewing import is_open
from kiosk.wording import Sentence

taking_out = Blueprint("taking_out", __name__, url_prefix="/matters/<matter>/bundle")

_SITTING = Sentence("正在开会，带录像的现在不能导出。", "请散会以后再导出，或者先导出不带录像的。")
_MB = 1_000_000


@taking_out.get("/")
@allow(CONSOLE_OR_SUPERVISION)
def shown(matter: str) -> str:
    """What is in it and how large it is, before anything is pressed. Refused: NO_SUCH_MATTER."""
    village = parts().village()
    found = village.matter(MatterId(matter))
    films, rest = parts().bundles.sizes(found.id)
    return render_template(
        "matters/bundle.html",
        village=village,
        matter=found,
        films_mb=_mb(films),
        rest_mb=_mb(rest),
        is_sitting=village.sitting_meeting is not None,
        owed=[(title(meeting), _opening(meeting, found)) for meeting in _unopened(found)],
    )


@taking_out.get("/papers.zip")
@allow(CONSOLE_OR_SUPERVISION)
def without_films(matter: str) -> Response:
    """Everything but the films, whose digests and chains of fragments go along. Refused: NO_SUCH_MATTER."""
    return _sent(parts().village().matter(MatterId(matter)), with_films=False)


@taking_out.get("/films.zip")
@allow(CONSOLE_OR_SUPERVISION)
def with_films(matter: str) -> Response | tuple[Response | str, int]:
    """Everything; whoever has not said yet why he looks at a film is asked first. Refused: NO_SUCH_MATTER."""
    found = parts().village().matter(MatterId(matter))
    if parts().village().sitting_meeting is not None:
        return sorry(_SITTING, 409)
    for meeting in _unopened(found):
        return redirect(_opening(meeting, found))
    return _sent(found, with_films=True)


def _unopened(matter: Matter) -> Iterator[Meeting]:
    """The meetings about the matter that have a film which the officer has given no reason for."""
    village = parts().village()
    for meeting in village.meetings.values():
        has_film = meeting.recording.segments and not village.custody(meeting.id).is_deleted
        if matter.id in meeting.matters and has_film and not is_open(meeting):
            yield meeting


def _opening(meeting: Meeting, matter: Matter) -> str:
    return f"/films/{meeting.id}/open?then=/matters/{matter.id}/bundle/"


def _mb(size_bytes: int) -> int:
    """In megabytes, rounded up: nobody is told 0 of something that is there."""
    return -(-size_bytes // _MB)


def _sent(matter: Matter, *, with_films: bool) -> Response:
    name = f"{matter.title}（第{matter.number}号事项证据包{'，带录像' if with_films else ''}）"
    zipped = parts().bundles.zipped("证据包", matter.id, with_films=with_films)
    answer = Response(zipped, mimetype="application/zip")
    told = f"attachment; filename*=UTF-8''{quote(name)}.zip"  # a name in Chinese: RFC 8187
    answer.headers["Content-Disposition"] = told
    return answer
