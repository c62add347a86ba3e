"""How a catalogue of matters (事项清单) is read, named by its digest, and held to the law.

A county may say more than the law, and may say it stricter; it may not let a body decide what the law keeps from it.
"""

import json
from collections.abc import Iterator
from enum import Enum

from kiosk.core.codec import Plain, built, plain
from kiosk.core.journal import canonical, digest
from kiosk.core.law.catalogue import FILE_PAPERS, Catalogue, Kind
from kiosk.core.law.limits import APPRAISED, BY_MANDATE, CHOSEN, LIMITS, MANDATED
from kiosk.core.law.statute import ROWS
from kiosk.core.refusals import Malformed, Reason, require, require_text
from kiosk.core.terms import DELIBERATIONS, Body, KindId, Retention, RowId, Stage


def read_catalogue(text: str) -> Catalogue:
    """The catalogue in a county's JSON file (清单文件), read strictly.

    Malformed, naming the field, where one is missing, unknown, listed twice or misshapen. Whether the catalogue is
    lawful is another question: `require_lawful_catalogue`.
    """
    try:
        value: Plain = json.loads(text, object_pairs_hook=_each_once)
    except (json.JSONDecodeError, RecursionError) as error:
        raise Malformed("not JSON") from error
    if isinstance(value, dict) and isinstance(value.get("kinds"), list):
        _check_kinds(value["kinds"])
    return built(Catalogue, value)


def _each_once(pairs: list[tuple[str, Plain]]) -> dict[str, Plain]:
    names = [name for name, _ in pairs]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise Malformed(f"fields {twice} twice in one object")
    return dict(pairs)


_PATTERN = Kind(
    id=KindId(""),
    name="",
    basis="",
    forbidden="",
    stages=(),
    rows=(),
    bars=(),
    mandate=False,
    review=False,
    approval="",
    group=False,
    works=False,
    papers=(),
    retention=Retention.PERMANENT,
)


def _check_kinds(kinds: Plain) -> None:
    """Malformed, with the place of the first kind that does not read and of its field."""
    assert isinstance(kinds, list)
    for place, kind in enumerate(kinds):
        try:
            built(Kind, kind)
        except Malformed as error:
            raise Malformed(f"kinds[{place}]{_field(kind)}: {error}") from error


def _field(kind: Plain) -> str:
    """The field in which a kind does not read: the one that spoils a kind which reads without it."""
    pattern = plain(_PATTERN)
    assert isinstance(pattern, dict)
    if not isinstance(kind, dict) or kind.keys() != pattern.keys():
        return ""
    for name, value in kind.items():
        try:
            built(Kind, {**pattern, name: value})
        except Malformed:
            return f".{name}"
    return ""


def catalogue_digest(catalogue: Catalogue) -> str:
    """SHA-256 of the catalogue's canonical JSON, in lower-case hexadecimal (清单校验值)."""
    return digest(canonical(plain(catalogue)))


class Fault(Enum):
    """What is wrong with a kind of a catalogue (清单差错)."""

    LISTED_TWICE = "listed_twice"  # 类别重复
    NOT_FORBIDDEN = "not_forbidden"  # 法律禁止的没有禁止
    STAGES = "stages"  # 环节不对
    ROWS = "rows"  # 决议规则不对
    BODY = "body"  # 由无权的会议决定
    MANDATE = "mandate"  # 没有要求村民会议授权
    GROUP = "group"  # 村民小组规则用于全村
    REVIEW = "review"  # 审查没有位置
    PAPERS = "papers"  # 文书不对


PARTY_FIRST = "村民委员会组织法第二十八条第三款；农村集体经济组织法第二十六条第二款"
RECORD = "村民委员会组织法第三十五条、第三十九条"
OWED = frozenset({"会议记录", "决议公示", "村务监督意见书"})
"""What no file of a matter may lack: the minutes, the publication, the supervisors' opinion."""

_OF_A_GROUP = frozenset(
    r.id for r in ROWS.values() if r.body in {Body.GROUP, Body.GROUP_HOUSEHOLDS}
)
_CONTESTS = frozenset(r.id for r in ROWS.values() if r.contest)
_NEEDS_NO_PARTY_STAGE = _OF_A_GROUP | _CONTESTS | {RowId.APPRAISAL}


def require_lawful_catalogue(catalogue: Catalogue) -> None:
    """Hold a catalogue to the law (清单审核).

    Refused: TEXT_MISSING; CATALOGUE_UNDERCUTS_LAW with the kind's name, its `Fault` and the article.
    """
    require_text(catalogue.name, catalogue.version)
    ids = [kind.id for kind in catalogue.kinds]
    names = [kind.name for kind in catalogue.kinds]
    for kind in catalogue.kinds:
        require_text(kind.id, kind.name, kind.basis)
        alone = ids.count(kind.id) == names.count(kind.name) == 1
        faults = _faults(kind) if alone else iter([(Fault.LISTED_TWICE, "")])
        for fault, basis in faults:
            require(
                None,
                Reason.CATALOGUE_UNDERCUTS_LAW,
                basis=basis,
                kind=kind.name,
                what=fault.value,
            )


def _faults(kind: Kind) -> Iterator[tuple[Fault, str]]:
    """What is wrong with the kind, each with its article where one stands against it."""
    limits = [limit for limit in LIMITS if limit.binds(kind)]
    if kind.forbidden.strip():
        return
    yield from ((Fault.NOT_FORBIDDEN, limit.basis) for limit in limits if not limit.rows)
    yield from ((Fault.BODY, limit.basis) for limit in limits if not limit.rows >= set(kind.rows))
    yield from _faults_of_the_way(kind)
    if MANDATED in limits and BY_MANDATE & set(kind.rows) and not kind.mandate:
        yield Fault.MANDATE, MANDATED.basis
    if RowId.APPRAISAL in kind.rows and APPRAISED not in limits:
        yield Fault.ROWS, ""
    if _CONTESTS & set(kind.rows) and not set(CHOSEN) & set(limits):
        yield Fault.ROWS, ""
    if not set(kind.papers) >= OWED:
        yield Fault.PAPERS, RECORD
    if not set(kind.papers) <= set(FILE_PAPERS) or len(set(kind.papers)) < len(kind.papers):
        yield Fault.PAPERS, ""


def _faults_of_the_way(kind: Kind) -> Iterator[tuple[Fault, str]]:
    """What is wrong with its stages and its rows, whatever it is about."""
    rows, barred = set(kind.rows), {bar.row for bar in kind.bars if bar.basis.strip()}
    deciding = {row for row in rows if ROWS[row].stage is Stage.DECISION}
    if not rows or len(rows) < len(kind.rows) or rows - deciding:
        yield Fault.ROWS, ""
    if rows & barred or len(barred) < len(kind.bars):
        yield Fault.ROWS, ""
    if kind.stages != tuple(s for s in DELIBERATIONS if s in kind.stages):
        yield Fault.STAGES, ""
    if Stage.DECISION not in kind.stages:
        yield Fault.STAGES, ""
    if Stage.PROPOSAL not in kind.stages and rows - _NEEDS_NO_PARTY_STAGE:
        yield Fault.STAGES, PARTY_FIRST
    if rows & _OF_A_GROUP and not kind.group:
        yield Fault.GROUP, ROWS[RowId.GROUP].voters_basis
    if kind.review and Stage.REVIEW not in kind.stages:
        yield Fault.REVIEW, ""
