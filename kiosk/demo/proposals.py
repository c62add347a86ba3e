"""The other matters of the demonstration village (演示村事项), as they were put on file: titles, money, proposals."""

from dataclasses import replace

from kiosk.core.commands import RaiseMatter
from kiosk.core.terms import KindId, MatterId, NeedId, Origin, RowId

MANDATE = "村民会议授权村民代表会议讨论决定公益事业的兴办方案"
GROUP = 3
"""The villagers' group whose ditches are cleared."""
ROAD_NEED = NeedId("need-1")
"""The need that the road took up."""


def _public_works(name: str, title: str, amount_fen: int, proposal: tuple[str, ...]) -> RaiseMatter:
    return RaiseMatter(
        matter=MatterId(name),
        kind=KindId("public_works"),
        row=RowId.REPRESENTATIVES,
        title=title,
        origin=Origin.OFFICERS,
        group=0,
        amount_fen=amount_fen,
        proposal=proposal,
        for_means="同意按这个方案办",
        against_means="不同意按这个方案办",
        mandate=MANDATE,
    )


CANTEEN = _public_works(
    "canteen",
    "长者饭堂改造",
    18_600_000,
    (
        "把旧小学一楼两间教室改造成长者饭堂，设座位40个，添置消毒柜和无障碍扶手。",
        "总投资18.6万元：镇级补助10万元，村集体自筹8.6万元，不向村民摊派。",
        "60岁以上村民每餐自付3元，低保和独居老人免费。",
    ),
)
ROAD = replace(
    _public_works(
        "road",
        "村道硬化（村口至虎头岭）",
        42_000_000,
        (
            "硬化村口至虎头岭机耕路780米，路面宽3.5米，设错车台3处。",
            "总投资42万元：上级补助25万元，村集体自筹17万元，不向村民摊派。",
            "沿路12户自愿让出的屋前空地不作补偿，由村委会登记在册。",
        ),
    ),
    origin=Origin.VILLAGERS,
    needs=(ROAD_NEED,),
)
SQUARE = _public_works(
    "square",
    "文化广场扩建",
    35_000_000,
    (
        "把文化广场由600平方米扩建到1500平方米，增设灯光球场和舞台。",
        "总投资35万元，全部由村集体自筹。",
    ),
)
SQUARE_REVISED = (
    "把文化广场由600平方米扩建到1200平方米，增设灯光球场和健身路径，不建舞台。",
    "总投资35万元：申请体育彩票公益金20万元，村集体自筹15万元，不向村民摊派。",
)
POND = replace(
    _public_works(
        "pond",
        "虎头岭鱼塘对外发包",
        7_800_000,
        (
            "把虎头岭集体鱼塘26亩发包给外村养殖户，公开竞价，底价每亩每年600元。",
            "承包期5年，本村村民同等条件下优先。",
            "承包款全部入村集体账户，每年公布一次。",
        ),
    ),
    kind=KindId("land_outsiders"),
    row=RowId.ALL_REPRESENTATIVES,
    mandate="",
)
DITCHES = replace(
    _public_works(
        "ditches",
        "第三村民小组灌溉渠清淤",
        1_280_000,
        (
            "冬闲时清淤灌溉渠1.1千米，修补漏水处6处。",
            "费用1.28万元从小组留存的鱼塘租金中支出，不向各户收钱。",
        ),
    ),
    kind=KindId("group_matter"),
    row=RowId.GROUP_HOUSEHOLDS,
    origin=Origin.VILLAGERS,
    group=GROUP,
    mandate="",
)
