"""念给大家听: a publication read aloud, with the kiosk's microphone or a telephone; listened to, then filed."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

from flask import Blueprint, abort, render_template, request, send_file
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from kiosk import wording
from kiosk.camera.listener import NoVoice, Trouble, take_in
from kiosk.core.commands import AttachVoice
from kiosk.core.law.tally import judge
from kiosk.core.matters.matter import Matter
from kiosk.core.matters.publicity import Publication
from kiosk.core.refusals import Malformed, Reason, Refused
from kiosk.core.terms import MatterId, Stage
from kiosk.core.village import Village
from kiosk.store.photos import VOICE
from kiosk.web import stills
from kiosk.web.access import ANY_OFFICER, CONSOLE, allow
from kiosk.web.answers import Unclear, carry_out, is_scripted, refilled, sorry, went_well
from kiosk.web.filling import Answer
from kiosk.web.forms import member
from kiosk.web.parts import parts
from kiosk.wording import Sentence
from kiosk.wording.pieces import publication_name
from kiosk.wording.public import verdict

reading_aloud = Blueprint("reading_aloud", __name__)

UPLOAD_MB = 20
MINUTES = 10
NAME = "念给大家听.m4a"
TROUBLES = {
    Trouble.NO_MICROPHONE: Sentence("麦克风没有声音。", "请检查麦克风；也可以用手机录好，传上来。"),
    Trouble.NOT_SOUND: Sentence(
        "这个文件不是录音，或者打不开。", "请传手机录的m4a、mp3、wav、ogg或amr。"
    ),
    Trouble.TOO_LONG: Sentence(f"录音超过{MINUTES}分钟。", "请只念标题、结果和公示的起止日期。"),
    Trouble.TOO_SLOW: Sentence("等了太久，录音没有转好。", "请再试一次。"),
}
"""Why there is no voice, in words."""
_NO_FILE = Sentence("还没有选录音。", "请先点“选文件”。")
_TOO_LARGE = Sentence(f"录音超过{UPLOAD_MB}MB。", "请录短一些，或者存成m4a、mp3再传。")


@reading_aloud.url_value_preprocessor
def widen(endpoint: str | None, _values: dict[str, object] | None) -> None:
    """Let this one form be larger than the others."""
    if endpoint == "reading_aloud.send":
        request.max_content_length = UPLOAD_MB * 1024 * 1024


@reading_aloud.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> tuple[Response | str, int]:
    """One sentence, instead of the number that HTTP has for it."""
    return sorry(_TOO_LARGE, 413)


@dataclass(frozen=True, slots=True)
class _Named:
    """The publication that an address names."""

    matter: Matter
    publication: Publication

    @property
    def url(self) -> str:
        of = self.publication
        return f"/matters/{self.matter.id}/voice/{of.stage.value}/{of.year}-{of.number}"


def _named(matter: str, stage: str, year: int, number: int) -> _Named:
    about = parts().village().matter(MatterId(matter))
    called = member(Stage, stage), year, number
    found = next((p for p in about.publications if p.is_called(*called)), None)
    if found is None:
        raise Refused(Reason.NOT_PUBLISHED)
    return _Named(about, found)


_AT = "/matters/<matter>/voice/<stage>/<int:year>-<int:number>"


@reading_aloud.get(_AT)
@allow(CONSOLE)
def listen(matter: str, stage: str, year: int, number: int) -> str:
    """What is to be read, 开始录音 or a telephone's file; then the voice with 用这段 and 重录."""
    return _draw(_named(matter, stage, year, number), request.args.get("shown", ""))


def _draw(of: _Named, shown: str, sentence: Sentence | None = None) -> str:
    village, listener = parts().village(), parts().listener
    return render_template(
        "matters/follow_voice.html",
        village=village,
        matter=of.matter,
        publication=of.publication,
        lines=_to_read(village, of),
        url=of.url,
        shown=stills.still_shown(shown),
        sentence=sentence,
        has_microphone=listener.has_microphone,
        listening=listener.listening_s is not None,
        minutes=MINUTES,
        most_mb=UPLOAD_MB,
        back=f"/matters/{of.matter.id}#publication",
    )


def _to_read(village: Village, of: _Named) -> list[str]:
    """What the publication says, in sentences that can be read out as they stand."""
    publication = of.publication
    lines = [f"{publication_name(village.name, publication)}：{of.matter.title}。"]
    if publication.summary:
        lines.append(publication.summary)
    else:
        meeting = village.meeting(publication.meeting)
        vote = meeting.vote(publication.vote)
        judged = judge(vote.tally, vote.row, entitled=len(meeting.entitled))
        lines += [*of.matter.proposal, f"{verdict(judged, vote)}。"]
    period = f"公示从{wording.day(publication.first_day)}到{wording.day(publication.last_day)}"
    return [*lines, f"{period}。有不同意见的，这些天里到村委会说。"]


@reading_aloud.post(f"{_AT}/begin")
@allow(CONSOLE)
def begin(matter: str, stage: str, year: int, number: int) -> Answer:
    """开始录音: the microphone listens; nothing is on record yet."""
    of = _named(matter, stage, year, number)
    try:
        parts().listener.begin()
    except NoVoice as none:
        return _again(of, TROUBLES[none.trouble])
    return went_well(of.url)


@reading_aloud.post(f"{_AT}/end")
@allow(CONSOLE)
def end(matter: str, stage: str, year: int, number: int) -> Answer:
    """念完了: what was heard, to be listened to."""
    return _shown(_named(matter, stage, year, number), parts().listener.end)


@reading_aloud.post(f"{_AT}/send")
@allow(CONSOLE)
def send(matter: str, stage: str, year: int, number: int) -> Answer:
    """Take in a recording that a telephone made."""
    of, file = _named(matter, stage, year, number), request.files.get("file")
    if file is None or not file.filename:
        return _again(of, _NO_FILE)
    with closing(file):  # a large one lies on the disk
        content = file.read()
    return _shown(of, lambda: take_in(content))


def _shown(of: _Named, take: Callable[[], bytes]) -> Answer:
    try:
        voice = take()
    except NoVoice as none:
        return _again(of, TROUBLES[none.trouble])
    return went_well(f"{of.url}?shown={stills.store().show(voice, VOICE)}")


def _again(of: _Named, sentence: Sentence) -> Answer:
    if is_scripted():
        return sorry(sentence, 409)
    return _draw(of, "", sentence), 409


@reading_aloud.post(_AT)
@allow(CONSOLE)
def attach(matter: str, stage: str, year: int, number: int) -> Answer:
    """用这段: the voice that was listened to comes on record, and is heard on the portal."""
    of, shown = _named(matter, stage, year, number), request.form.get("shown", "")
    if not stills.DIGEST.fullmatch(shown):
        raise Malformed("shown")
    try:
        _attach(of, shown)
    except (Refused, Unclear) as error:
        return refilled(error, lambda no: _draw(of, shown, no))
    return went_well(f"/matters/{of.matter.id}#publication")


def _attach(of: _Named, shown: str) -> None:
    named = of.publication
    with stills.filing(shown, NAME) as attachment:
        duration_ms = stills.store().duration_ms(shown)
        carry_out(
            AttachVoice(
                of.matter.id, named.stage, named.year, named.number, attachment, duration_ms
            )
        )


@reading_aloud.get("/voices/<digest>.m4a")
@allow(ANY_OFFICER)
def play(digest: str) -> Response:
    """One voice, on record or just taken."""
    path = stills.store().path(digest) if stills.DIGEST.fullmatch(digest) else None
    if path is None or path.suffix != VOICE:
        abort(404)
    return send_file(path, mimetype="audio/mp4", conditional=True)
