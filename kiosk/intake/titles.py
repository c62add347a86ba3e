"""The words of posts (职务) as people write them, each with the capacity in which its holder sits in a meeting."""

from itertools import product

from kiosk.core.terms import Capacity

USUAL: dict[str, Capacity] = {
    "村民代表": Capacity.REPRESENTATIVE,
    "村委会主任": Capacity.VILLAGE_COMMITTEE_MEMBER,
    "村委会副主任": Capacity.VILLAGE_COMMITTEE_MEMBER,
    "村委会委员": Capacity.VILLAGE_COMMITTEE_MEMBER,
    "支部书记": Capacity.PARTY_COMMITTEE_MEMBER,
    "副书记": Capacity.PARTY_COMMITTEE_MEMBER,
    "支部委员": Capacity.PARTY_COMMITTEE_MEMBER,
    "监委会主任": Capacity.SUPERVISOR,
    "监委会委员": Capacity.SUPERVISOR,
    "成员代表": Capacity.MEMBER_REPRESENTATIVE,
    "党员代表": Capacity.PARTY_DELEGATE,
    "网格员": Capacity.GRID_WORKER,
}
"""The words that are offered; what people write besides them is understood too."""

FULL_MEMBER = "党员"
PROBATIONARY = "预备党员"
COLLECTIVE = "集体经济组织成员"
MEMBERSHIPS: dict[str, Capacity] = {
    FULL_MEMBER: Capacity.PARTY_MEMBER,
    PROBATIONARY: Capacity.PROBATIONARY_MEMBER,
    COLLECTIVE: Capacity.COLLECTIVE_MEMBER,
}
"""Memberships, which the spreadsheet has in columns of their own (政治面貌、集体成员)."""

_WRITTEN: tuple[tuple[Capacity, tuple[str, ...], tuple[str, ...]], ...] = (
    (
        Capacity.VILLAGE_COMMITTEE_MEMBER,
        ("村委会", "村民委员会", "村委"),
        ("主任", "副主任", "委员", "成员"),
    ),
    (
        Capacity.PARTY_COMMITTEE_MEMBER,
        ("支部", "党支部", "村支部", "村党支部", "党总支", "村党总支", "党委", "村党委"),
        ("书记", "副书记", "委员", "组织委员", "宣传委员", "纪检委员"),
    ),
    (
        Capacity.SUPERVISOR,
        ("监委会", "村监委会", "监督委员会", "村务监督委员会"),
        ("主任", "副主任", "委员", "成员"),
    ),
    (Capacity.MEMBER_REPRESENTATIVE, ("集体", "集体经济组织"), ("成员代表",)),
)
_UNDERSTOOD = USUAL | {
    before + after: capacity
    for capacity, befores, afters in _WRITTEN
    for before, after in product(befores, afters)
}


def capacity_of(title: str) -> Capacity | None:
    """As what the holder of that post sits in a meeting; None for a word that is not known."""
    return _UNDERSTOOD.get(title)
