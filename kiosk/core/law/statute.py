"""The rule rows as they are when nobody has changed them (出厂规则): the law's numbers, and defaults where it has none.

A row that varies another says only what differs. Where a basis begins with `LOCAL_DEFAULT`, no national law fixes the
number and a village may set its own; `floors` holds it to the rest.
"""

from dataclasses import replace

from kiosk.core.ballot_terms import Choice
from kiosk.core.law.rules import (
    HALF,
    ONE_THIRD,
    OVER_HALF,
    THREE_ANSWERS,
    TWO_THIRDS,
    RuleRow,
)
from kiosk.core.terms import Base, Body, Capacity, RowId, Stage

LOCAL_DEFAULT = "本村默认议事规则"
PARTY_PROCEDURE = "中国共产党农村基层组织工作条例第十九条"
BRANCH_RULES = "中国共产党支部工作条例（试行）第十一条"
TWO_THIRDS_OF_ALL = (
    "农村土地承包法第十九条、第二十八条、第五十二条；土地管理法第六十三条；森林法第十八条"
)

_PARTY_COMMITTEE = RuleRow(
    id=RowId.PARTY_COMMITTEE,
    body=Body.PARTY_COMMITTEE,
    stage=Stage.PROPOSAL,
    quorum=HALF,
    quorum_basis=LOCAL_DEFAULT,
    options=THREE_ANSWERS,
    decisive=Choice.FOR,
    majority=OVER_HALF,
    majority_base=Base.ENTITLED,
    majority_basis=LOCAL_DEFAULT,
    notice_days=1,
    notice_basis=LOCAL_DEFAULT,
    urgent_notice=False,
    voters=(Capacity.PARTY_COMMITTEE_MEMBER,),
    voters_basis=PARTY_PROCEDURE,
    by_household=False,
    returns_to=Stage.PROPOSAL,
)
_TWO_COMMITTEES = replace(
    _PARTY_COMMITTEE,
    id=RowId.TWO_COMMITTEES,
    body=Body.TWO_COMMITTEES,
    stage=Stage.CONSULTATION,
    quorum=TWO_THIRDS,
    voters=(Capacity.PARTY_COMMITTEE_MEMBER, Capacity.VILLAGE_COMMITTEE_MEMBER),
    returns_to=Stage.CONSULTATION,
)
_PARTY_MEETING = replace(
    _TWO_COMMITTEES,
    id=RowId.PARTY_MEETING,
    body=Body.PARTY_MEETING,
    stage=Stage.REVIEW,
    # What villages everywhere ask for (4+2工作法); the Party's own floor is half.
    quorum_basis=f"{LOCAL_DEFAULT}，严于{BRANCH_RULES}",
    majority_basis=BRANCH_RULES,
    notice_days=3,
    voters=(Capacity.PARTY_MEMBER,),
    voters_basis=BRANCH_RULES,
)
_REPRESENTATIVES = RuleRow(
    id=RowId.REPRESENTATIVES,
    body=Body.REPRESENTATIVES,
    stage=Stage.DECISION,
    quorum=TWO_THIRDS,
    quorum_basis="村民委员会组织法第三十条",
    options=THREE_ANSWERS,
    decisive=Choice.FOR,
    majority=OVER_HALF,
    majority_base=Base.PRESENT,
    majority_basis="村民委员会组织法第三十条",
    notice_days=3,
    notice_basis=LOCAL_DEFAULT,
    urgent_notice=False,
    voters=(Capacity.VILLAGE_COMMITTEE_MEMBER, Capacity.REPRESENTATIVE),
    voters_basis="村民委员会组织法第二十九条、第三十条",
    by_household=False,
    returns_to=Stage.CONSULTATION,
    women=ONE_THIRD,
    women_basis="村民委员会组织法第二十九条",
)
_ASSEMBLY = replace(
    _REPRESENTATIVES,
    id=RowId.ASSEMBLY,
    body=Body.ASSEMBLY,
    quorum=OVER_HALF,
    quorum_basis="村民委员会组织法第二十六条",
    majority_basis="村民委员会组织法第二十六条",
    notice_days=10,
    notice_basis="村民委员会组织法第二十五条",
    urgent_notice=True,
    voters=(Capacity.VILLAGER,),
    voters_basis="村民委员会组织法第二十五条",
    women=None,
    women_basis="",
)
_HOUSEHOLDS = replace(
    _ASSEMBLY,
    id=RowId.HOUSEHOLDS,
    body=Body.HOUSEHOLDS,
    quorum=TWO_THIRDS,
    voters=(Capacity.HOUSEHOLD_REPRESENTATIVE,),
    voters_basis="村民委员会组织法第二十六条",
    by_household=True,
)
_GROUP = replace(
    _ASSEMBLY,
    id=RowId.GROUP,
    body=Body.GROUP,
    quorum=TWO_THIRDS,
    quorum_basis="村民委员会组织法第三十二条",
    majority_basis="村民委员会组织法第三十二条",
    notice_days=3,
    notice_basis=LOCAL_DEFAULT,
    urgent_notice=False,
    voters_basis="村民委员会组织法第三十二条",
    # What a group or the collective decides is not consulted on by the two committees before.
    returns_to=Stage.PROPOSAL,
)
_GROUP_HOUSEHOLDS = replace(
    _GROUP,
    id=RowId.GROUP_HOUSEHOLDS,
    body=Body.GROUP_HOUSEHOLDS,
    voters=(Capacity.HOUSEHOLD_REPRESENTATIVE,),
    by_household=True,
)
_MEMBERS = replace(
    _GROUP,
    id=RowId.MEMBERS,
    body=Body.MEMBERS,
    quorum_basis="农村集体经济组织法第二十七条",
    majority=TWO_THIRDS,
    majority_base=Base.ENTITLED,
    majority_basis="农村集体经济组织法第二十七条",
    notice_days=10,
    notice_basis="农村集体经济组织法第二十七条",
    voters=(Capacity.COLLECTIVE_MEMBER,),
    voters_basis="农村集体经济组织法第二十六条、第二十七条",
    # 书面委托…同一户内…其他家庭成员. The law sets no limit; three letters as in 村民委员会组织法第十五条.
    proxies=3,
    proxies_basis="农村集体经济组织法第二十七条",
)
_MEMBER_REPRESENTATIVES = replace(
    _MEMBERS,
    id=RowId.MEMBER_REPRESENTATIVES,
    body=Body.MEMBER_REPRESENTATIVES,
    # The law asks for two thirds of all in favour and says nothing of quorum and notice.
    quorum_basis=f"{LOCAL_DEFAULT}，比照农村集体经济组织法第二十七条",
    majority_basis="农村集体经济组织法第二十八条",
    notice_basis=f"{LOCAL_DEFAULT}，比照农村集体经济组织法第二十七条",
    voters=(Capacity.MEMBER_REPRESENTATIVE,),
    voters_basis="农村集体经济组织法第二十八条",
    proxies=0,
    proxies_basis="",
)
_ALL_REPRESENTATIVES = replace(
    _REPRESENTATIVES,
    id=RowId.ALL_REPRESENTATIVES,
    majority=TWO_THIRDS,
    majority_base=Base.ENTITLED,
    majority_basis=TWO_THIRDS_OF_ALL,
    notice_days=10,
)
_ALL_VILLAGERS = replace(
    _ASSEMBLY,
    id=RowId.ALL_VILLAGERS,
    majority=TWO_THIRDS,
    majority_base=Base.ENTITLED,
    majority_basis=TWO_THIRDS_OF_ALL,
    urgent_notice=False,
)
_APPRAISAL = replace(
    _REPRESENTATIVES,
    id=RowId.APPRAISAL,
    options=(Choice.SATISFIED, Choice.FAIRLY_SATISFIED, Choice.DISSATISFIED),
    decisive=Choice.DISSATISFIED,  # carried: 不称职
    majority_basis=f"{LOCAL_DEFAULT}，据村民委员会组织法第三十八条",
    voters_basis="村民委员会组织法第二十九条、第三十条、第三十八条",
    # An appraisal has no stage before it; what was voided is voted on again where it was.
    returns_to=Stage.DECISION,
)
# 村民委员会组织法 §29, §32, §37 say who chooses (推选) and no share of votes: the body decides as it always does.
_CONTEST = replace(
    _REPRESENTATIVES,
    id=RowId.CONTEST,
    majority_basis="村民委员会组织法第三十条",
    voters_basis="村民委员会组织法第二十九条、第三十条、第三十七条",
    returns_to=Stage.DECISION,
    contest=True,
)
_GROUP_CONTEST = replace(
    _GROUP,
    id=RowId.GROUP_CONTEST,
    voters_basis="村民委员会组织法第二十九条、第三十二条",
    returns_to=Stage.DECISION,
    contest=True,
)

ROWS: dict[RowId, RuleRow] = {
    row.id: row
    for row in (
        _PARTY_COMMITTEE,
        _TWO_COMMITTEES,
        _PARTY_MEETING,
        _REPRESENTATIVES,
        _ASSEMBLY,
        _HOUSEHOLDS,
        _GROUP,
        _GROUP_HOUSEHOLDS,
        _MEMBERS,
        _MEMBER_REPRESENTATIVES,
        _ALL_REPRESENTATIVES,
        _ALL_VILLAGERS,
        _APPRAISAL,
        _CONTEST,
        _GROUP_CONTEST,
    )
}
"""The rows a village begins with, in the order of `RowId`."""

BODY_ROWS: dict[Body, RowId] = {body: RowId(body.value) for body in Body}
"""The ordinary row of each body: the two have one name."""
