"""录像给谁看: who may see the clips of votes besides the 监委会; changed with basis and approver."""

from flask import Blueprint, render_template, request

from kiosk import wording
from kiosk.core.commands import ChangeClipAudience
from kiosk.core.events import ClipAudienceChanged
from kiosk.core.terms import ClipAudience
from kiosk.web.access import ADMIN, ANY_OFFICER, allow, visitor
from kiosk.web.filling import Answer
from kiosk.web.forms import one_of
from kiosk.web.naming import Names
from kiosk.web.parts import parts
from kiosk.web.settings.chronicle import entries
from kiosk.web.settings.resolving import (
    APPROVERS,
    BASES,
    Resolved,
    change_resolved,
    effect,
    stated,
)
from kiosk.wording import Sentence

clip_audience = Blueprint("clip_audience", __name__, url_prefix="/admin/rules/clips")


@clip_audience.get("/")
@allow(ANY_OFFICER)
def shown() -> str:
    """What holds now, and what changed when and by whom."""
    village = parts().village()
    return render_template(
        "admin/clips.html",
        village=village,
        said=wording.CLIP_AUDIENCES[village.clip_audience],
        history=_history(),
        may_change=ADMIN.admits(visitor()),
    )


def _history() -> list[Resolved]:
    """Every change, the newest first; before the first it was as at the founding."""
    changes = [
        (
            entry,
            entry.event.basis,
            entry.event.approver,
            (wording.CLIP_AUDIENCES[entry.event.audience],),
        )
        for entry in entries([ClipAudienceChanged])
        if isinstance(entry.event, ClipAudienceChanged)
    ]
    return stated(changes, Names())


@clip_audience.get("/change")
@allow(ADMIN)
def changing() -> str:
    """The form."""
    return _form(None)


def _form(sentence: Sentence | None, wish: ClipAudience | None = None) -> str:
    now = _now()
    told = wording.CLIP_AUDIENCES
    return render_template(
        "admin/clips_change.html",
        village=parts().village(),
        sentence=sentence,
        fields=request.form if request.method == "POST" else {"audience": now.value},
        choices=[(one.value, told[one]) for one in ClipAudience],
        grounds=BASES,
        approvers=APPROVERS,
        effect=None if wish is None else effect([told[now]], [told[wish]]),
    )


@clip_audience.post("/change")
@allow(ADMIN)
def change() -> Answer:
    """看看效果 shows what it would mean; 保存 puts it in force."""
    return change_resolved(_asked, _now, _form, ChangeClipAudience, "/admin/rules/clips/")


def _asked() -> ClipAudience:
    return one_of(ClipAudience, "audience", "给谁看")


def _now() -> ClipAudience:
    return parts().village().clip_audience
