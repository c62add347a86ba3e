"""Which matters a rehearsal can carry through its course: one that goes well, and one that is defeated on its way."""

from dataclasses import dataclass

from kiosk.core.terms import KindId, RowId


@dataclass(frozen=True, slots=True)
class Plan:
    """One rehearsed matter (演练事项).

    Attributes:
        kind: its entry in the catalogue.
        row: the rule row on which it is decided.
        title: its name.
        need: what the villager who began it wishes for.
        proposal: one clause a line.
        yuan: the money it is about.
        mandate: by what the assembly authorised the representatives; empty where that is not asked.
        is_defeated: whether the Party members vote it down the first time.
        revised: the proposal after that.

    """

    kind: KindId
    row: RowId
    title: str
    need: str
    proposal: str
    yuan: int
    mandate: str = ""
    is_defeated: bool = False
    revised: str = ""


PLANS = {
    "full": Plan(
        kind=KindId("public_works"),
        row=RowId.REPRESENTATIVES,
        title="村口文化凉亭",
        need="村口候车没有遮挡，老人晒着淋着，请建一个凉亭。",
        proposal="在村口候车点建凉亭一座，占地20平方米，不占用耕地。\n总投资6万元，由村集体自筹，不向村民摊派。",
        yuan=60_000,
        mandate="村民会议授权村民代表会议讨论决定公益事业的兴办方案",
    ),
    "returned": Plan(
        kind=KindId("land_outsiders"),
        row=RowId.ALL_REPRESENTATIVES,
        title="荒坡地对外发包",
        need="虎头岭荒坡空着可惜，请发包出去给村里增加收入。",
        proposal="把虎头岭荒坡30亩发包给外村农户种果树。\n承包期20年，每亩每年200元。",
        yuan=120_000,
        is_defeated=True,
        revised="把虎头岭荒坡30亩发包给外村农户种果树。\n承包期20年，每亩每年200元，每五年调整一次，本村村民同等条件下优先。",
    ),
}
"""By the name under which `kiosk rehearse --matter` knows them."""
