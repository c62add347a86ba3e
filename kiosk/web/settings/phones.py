"""电话: whom a villager may call besides the village's office, as it is printed; changed with basis and approver."""

from collections.abc import Mapping

from flask import Blueprint, render_template, request

from kiosk import wording
from kiosk.core.commands import ChangePhones
from kiosk.core.events import PhonesChanged
from kiosk.web.access import ADMIN, ANY_OFFICER, allow, visitor
from kiosk.web.filling import Answer
from kiosk.web.forms import line
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

phones = Blueprint("phones", __name__, url_prefix="/admin/rules/phones")

_FIELDS = (
    ("township_phone", wording.TOWNSHIP_PHONE, "乡镇（街道）办公室的座机，村民不同意答复时打"),
    ("supervision_phone", wording.SUPERVISION_PHONE, "受理监督、举报的电话，比如纪检、农经的热线"),
)


@phones.get("/")
@allow(ANY_OFFICER)
def shown() -> str:
    """What is printed now, and what changed when and by whom."""
    village = parts().village()
    return render_template(
        "admin/phones.html",
        village=village,
        told=_told(_now()),
        history=_history(),
        may_change=ADMIN.admits(visitor()),
    )


def _now() -> dict[str, str]:
    village = parts().village()
    return {field: getattr(village, field) for field, _, _ in _FIELDS}


def _told(values: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(name, values[field] or "还没有写，公示上不印") for field, name, _ in _FIELDS]


def _history() -> list[Resolved]:
    """Every change, the newest first."""
    changes = [
        (entry, entry.event.basis, entry.event.approver, _said(entry.event))
        for entry in entries([PhonesChanged])
        if isinstance(entry.event, PhonesChanged)
    ]
    return stated(changes, Names())


def _said(change: PhonesChanged) -> tuple[str, str]:
    return (
        f"{wording.TOWNSHIP_PHONE}{change.township_phone}",
        f"{wording.SUPERVISION_PHONE}{change.supervision_phone}",
    )


@phones.get("/change")
@allow(ADMIN)
def changing() -> str:
    """The form."""
    return _form(None)


def _form(sentence: Sentence | None, wish: Mapping[str, str] | None = None) -> str:
    now = _now()
    return render_template(
        "admin/phones_change.html",
        village=parts().village(),
        sentence=sentence,
        fields=request.form if request.method == "POST" else now,
        asked=_FIELDS,
        grounds=BASES,
        approvers=APPROVERS,
        effect=None if wish is None else effect(_lines(now), _lines(wish)),
    )


def _lines(values: Mapping[str, str]) -> list[str]:
    return [f"{name}：{said}" for name, said in _told(values)]


@phones.post("/change")
@allow(ADMIN)
def change() -> Answer:
    """看看效果 shows what would be printed; 保存 puts it in force."""
    return change_resolved(_asked, _now, _form, _order, "/admin/rules/phones/")


def _asked() -> dict[str, str]:
    return {field: line(field, name).strip() for field, name, _ in _FIELDS}


def _order(wish: dict[str, str], basis: str, approver: str) -> ChangePhones:
    return ChangePhones(**wish, basis=basis, approver=approver)
