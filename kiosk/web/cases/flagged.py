"""Flags (监督提示) as they are shown: in red and in words, with the day, the matter, and where to look. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from kiosk import wording
from kiosk.core.matters.oversight import Flag, Sign
from kiosk.core.village import Village


@dataclass(frozen=True, slots=True)
class Shown:
    """One flag in words: what, about whom, since which day, and the page where it is dealt with."""

    words: str
    about: str
    since: str
    link: str


def shown(flags: Iterable[Flag], village: Village) -> list[Shown]:
    """The flags as they are shown, in their order."""
    return [
        Shown(wording.SIGNS[f.sign], _about(f, village), _since(f), _link(f, village))
        for f in flags
    ]


def _about(flag: Flag, village: Village) -> str:
    if flag.matter is not None:
        return village.matters[flag.matter].title
    if flag.need is not None:
        return village.needs[flag.need].text
    assert flag.emergency is not None
    return village.emergencies[flag.emergency].ground


_SINCE = {
    Sign.CONTRACT_INSIDE_PUBLICATION: "合同日期{}",
    Sign.STARTED_INSIDE_PUBLICATION: "{}开工",
    Sign.OVER_BUDGET: "预算{}定",
    Sign.FIRST_DAY_PHOTO_MISSING: "首日{}",
    Sign.LAST_DAY_PHOTO_MISSING: "末日{}",
    Sign.EMERGENCY_OWED: "{}登记",
}


def _since(flag: Flag) -> str:
    return _SINCE.get(flag.sign, "{}起逾期").format(wording.day(flag.since))


def _link(flag: Flag, village: Village) -> str:
    if flag.objection is not None:
        matter = village.objections[flag.objection].matter
        return f"/matters/{matter}/objections/{flag.objection}/answer"
    if flag.matter is not None:
        return f"/matters/{flag.matter}"
    return "/needs/" if flag.need is not None else "/emergencies/"
