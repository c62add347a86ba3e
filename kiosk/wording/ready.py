"""Ready sentences (现成的话): what the secretary starts from, so that nearly nothing has to be typed.

Keyed by the kinds of the catalogue that the kiosk ships; a kind of a county's own starts from the general ones. They
are a start: everything may be changed before it is put on file.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ready:
    """What a kind of matter starts from (方案样式): clauses with gaps to fill, and what the two answers mean."""

    clauses: tuple[str, ...]
    for_means: str = "同意按这个方案办"
    against_means: str = "不同意按这个方案办"


_WORKS_LAST = ("由村民委员会组织实施，____年__月底前完成，村务监督委员会全程监督。",)

NAMED = ("选他", "不选他")
"""Candidates speak for themselves (推选): nobody is asked what these two mean, and no screen says it."""

GENERAL = Ready(("办什么：____。", "怎么办：____。", "花多少钱、钱从哪里来：____。", *_WORKS_LAST))

READY: Mapping[str, Ready] = {
    "village_planning": Ready(
        ("规划范围：____。", "主要内容：____。", "编制费用____元，从____支出。", *_WORKS_LAST),
        "同意按这个规划办",
        "不同意按这个规划办",
    ),
    "work_subsidies": Ready(
        ("享受误工补贴的人员：____。", "补贴标准：每人每天____元。", "补贴从____支出，按月公布。"),
        "同意这些人员和标准",
        "不同意这些人员和标准",
    ),
    "collective_income": Ready(
        ("本年度集体收益____元。", "用于____，共____元。", "开支逐笔公布，村务监督委员会审核。"),
        "同意这样使用集体收益",
        "不同意这样使用集体收益",
    ),
    "public_works": Ready(
        (
            "在____建设____，占地____，不占用耕地和基本农田。",
            "总投资____元：上级补助____元，村集体自筹____元，不向村民摊派。",
            *_WORKS_LAST,
        ),
        "同意按这个方案建",
        "不同意按这个方案建",
    ),
    "assistance": Ready(
        ("帮扶对象：____户。", "帮扶办法：____。", "名单公示，有变化及时调整。"),
        "同意这份名单和办法",
        "不同意这份名单和办法",
    ),
    "charter": Ready(
        ("制定（修改）村民自治章程，全文见附件。", "报乡镇人民政府备案后施行。"),
        "同意这份章程",
        "不同意这份章程",
    ),
    "village_rules": Ready(
        ("制定（修改）村规民约，全文见附件。", "报乡镇人民政府备案后施行。"),
        "同意这份村规民约",
        "不同意这份村规民约",
    ),
    "land_plan": Ready(
        ("承包地范围和面积：____亩。", "承包方法：____。", "承包期限：____年。"),
        "同意这个承包方案",
        "不同意这个承包方案",
    ),
    "land_adjustment": Ready(
        ("调整原因：____。", "涉及农户____户，面积____亩。", "报乡镇人民政府和县级主管部门批准后办理。"),
        "同意这样调整",
        "不同意这样调整",
    ),
    "land_outsiders": Ready(
        (
            "发包地块：____，面积____亩。",
            "承包方：____（已核对资信情况和经营能力）。",
            "期限____年，承包费每年____元。",
            "报乡镇人民政府批准后签合同。",
        ),
        "同意发包给这一家",
        "不同意发包给这一家",
    ),
    "construction_land": Ready(
        ("地块：____，面积____亩。", "出让（出租）期限____年，底价____元。", "收益归集体，另行议定分配。"),
        "同意这样出让（出租）",
        "不同意这样出让（出租）",
    ),
    "forest_transfer": Ready(
        ("流转林地：____，面积____亩。", "流转期限____年，流转费____元。", "签订书面合同。"),
        "同意这样流转",
        "不同意这样流转",
    ),
    "assets": Ready(
        ("处置的资产（合同）：____。", "评估价____元，底价____元。", "公开交易，结果公布。"),
        "同意这样处置",
        "不同意这样处置",
    ),
    "distribution": Ready(
        ("可分配收益____元。", "按成员（份额）分配，每人（份）____元。", "名单公示后发放。"),
        "同意这样分配",
        "不同意这样分配",
    ),
    "compensation": Ready(
        ("征地补偿款共____元。", "分配办法：____。", "名单和金额公示后发放。"),
        "同意这样分配",
        "不同意这样分配",
    ),
    "membership": Ready(
        ("成员确认标准：____。", "本次确认成员____人，名单见附件。", "名册报乡镇人民政府备案。"),
        "同意这份成员名单",
        "不同意这份成员名单",
    ),
    "group_matter": Ready(
        ("本组要办的事：____。", "费用____元，从____支出。", "由村民小组组长负责，____年__月底前完成。"),
    ),
    "supervisors": Ready(
        (
            "推选村务监督委员会成员，主任和委员的分工由他们推定。",
            "村民委员会成员及其近亲属不得担任（村民委员会组织法第三十七条）。",
        ),
        *NAMED,
    ),
    "group_representatives": Ready(
        ("推选本组的村民代表，任期与村民委员会相同，可以连选连任。",),
        *NAMED,
    ),
    "group_leader": Ready(
        ("推选本组组长，任期与村民委员会相同，可以连选连任。",),
        *NAMED,
    ),
    "appraisal": Ready(
        ("对他本年度的工作进行民主评议：满意、基本满意、不满意。",),
        "满意他的工作",
        "不满意他的工作",
    ),
}  # fmt: skip
"""By the kind's id in the catalogue."""


def ready(kind: str) -> Ready:
    """What a matter of that kind starts from (方案样式)."""
    return READY.get(kind, GENERAL)
