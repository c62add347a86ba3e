"""What the statutes leave to which body (法定议事主体), as far as the kiosk knows it: one line a rule of law.

Which law a kind of matter falls under is told by its id where the kiosk knows it, and by the articles that its basis
cites: so a county cannot free a kind from the law by giving it another name.
"""

import re
from dataclasses import dataclass

from kiosk.core.law.catalogue import Kind
from kiosk.core.terms import RowId


@dataclass(frozen=True, slots=True)
class Limit:
    """Which rows the law leaves to certain kinds (法定议事主体); none where it forbids them outright.

    Attributes:
        kinds: the kinds it binds by their ids.
        law: the statute whose citation binds any kind.
        articles: its articles.
        items: the items (项) of the article it is about; empty for the whole of it.
        rows: the rows it leaves.
        basis: what is said when it is broken.

    """

    kinds: frozenset[str]
    law: str
    articles: tuple[str, ...]
    items: frozenset[str]
    rows: frozenset[RowId]
    basis: str

    def binds(self, kind: Kind) -> bool:
        """Whether the kind falls under it: by its id, or by an article its basis cites (依据)."""
        citations = [c for c in kind.basis.split("；") if self.law in c]
        return kind.id in self.kinds or any(
            self._is_meant(citation, article) for citation in citations for article in self.articles
        )

    def _is_meant(self, citation: str, article: str) -> bool:
        if article not in citation:
            return False
        if not self.items:
            return True
        cited = set(re.findall("第([一二三四五六七八九十]+)项", citation))
        # An article cited without its item is meant as a whole, unless another paragraph is named.
        return bool(cited & self.items) if cited else not re.search("第[二三四五]款", citation)


def _limit(
    kinds: str, law: str, articles: str, items: str, rows: frozenset[RowId], basis: str
) -> Limit:
    return Limit(
        kinds=frozenset(kinds.split()),
        law=law,
        articles=tuple(articles.split()),
        items=frozenset(items.split()),
        rows=rows,
        basis=basis,
    )


VILLAGE_LAW = "村民委员会组织法"
COLLECTIVE_LAW = "农村集体经济组织法"
LAND_LAW = "农村土地承包法"

NOBODY: frozenset[RowId] = frozenset()
ASSEMBLIES = frozenset({RowId.ASSEMBLY, RowId.HOUSEHOLDS, RowId.ALL_VILLAGERS})
BY_MANDATE = frozenset({RowId.REPRESENTATIVES, RowId.ALL_REPRESENTATIVES})
WHOLE = frozenset({RowId.MEMBERS, RowId.ALL_VILLAGERS})
TWO_THIRDS_OF_ALL = WHOLE | {RowId.ALL_REPRESENTATIVES, RowId.MEMBER_REPRESENTATIVES}

# fmt: off
MANDATED = _limit(
    "village_planning work_subsidies collective_income public_works assistance",
    VILLAGE_LAW, "第二十八条", "一 二 三 四 五 六", ASSEMBLIES | BY_MANDATE,
    "村民委员会组织法第二十八条（经村民会议讨论决定，村民会议可以授权村民代表会议）",
)
"""What belongs to the villagers' assembly, and to their representatives only by its authority (授权)."""

APPRAISED = _limit("appraisal", VILLAGE_LAW, "第三十八条", "", frozenset({RowId.APPRAISAL}),
                   "村民委员会组织法第三十八条（民主评议）")
"""What officers are appraised on; nothing else is asked that way (民主评议)."""

CHOSEN = (
    _limit("supervisors", VILLAGE_LAW, "第三十七条", "", frozenset({RowId.CONTEST}),
           "村民委员会组织法第三十七条（由村民会议或者村民代表会议推选）"),
    _limit("group_representatives", VILLAGE_LAW, "第二十九条", "", frozenset({RowId.GROUP_CONTEST}),
           "村民委员会组织法第二十九条（由各村民小组推选）"),
    _limit("group_leader", "", "", "", frozenset({RowId.GROUP_CONTEST}),
           "村民委员会组织法第三十二条（由村民小组会议推选）"),
)
"""Whom a meeting chooses among candidates (推选); nothing else is asked that way."""

LIMITS = (
    _limit("guarantee", VILLAGE_LAW, "第十三条", "", NOBODY,
           "村民委员会组织法第十三条（不得提供担保）"),
    _limit("", VILLAGE_LAW, "第十八条 第十九条", "", NOBODY,
           "村民委员会组织法第十八条、第十九条（选举和罢免另行投票，本机不承办）"),
    _limit("charter village_rules", VILLAGE_LAW, "第三十一条", "", ASSEMBLIES,
           "村民委员会组织法第三十一条（由村民会议制定和修改）"),
    APPRAISED,
    *CHOSEN,
    MANDATED,
    _limit("membership compensation", COLLECTIVE_LAW, "第二十六条", "一 三 十 十二", WHOLE,
           "农村集体经济组织法第二十八条（成员代表大会不得行使）"),
    # The land law names the representatives for this one besides (承包法第十九条).
    _limit("land_plan", COLLECTIVE_LAW, "第二十六条", "八", WHOLE | {RowId.ALL_REPRESENTATIVES},
           "农村集体经济组织法第二十八条（成员代表大会不得行使）"),
    _limit("assets distribution", COLLECTIVE_LAW, "第二十六条", "", TWO_THIRDS_OF_ALL,
           "农村集体经济组织法第二十七条、第二十八条（全体三分之二以上同意）"),
    _limit("land_adjustment land_outsiders", LAND_LAW, "第十九条 第二十八条 第五十二条", "",
           WHOLE | {RowId.ALL_REPRESENTATIVES},
           "农村土地承包法第十九条、第二十八条、第五十二条（三分之二以上成员或者村民代表同意）"),
    _limit("construction_land", "土地管理法", "第六十三条", "", TWO_THIRDS_OF_ALL,
           "土地管理法第六十三条（三分之二以上成员或者村民代表同意）"),
    _limit("forest_transfer", "森林法", "第十八条", "", TWO_THIRDS_OF_ALL,
           "森林法第十八条（三分之二以上成员或者村民代表同意）"),
)
# fmt: on
"""The statutes on who decides what."""
