"""What else happened in the demonstration village (演示村往事), so that every part of the kiosk has something to show.

长者饭堂 is archived, 村道硬化 under way, 文化广场 was defeated by the Party members and revised, 鱼塘发包 waits for its
legal review, and what the third group resolved on its ditches hangs now. Three needs: taken up, answered, new.
"""

from kiosk.core.commands import (
    AnswerNeed,
    AnswerObjection,
    ArchiveMatter,
    AssignWorks,
    FileNeed,
    FileObjection,
    FileOpinion,
    InspectWorks,
    PublishResult,
    RecordContract,
    ReportProgress,
    RequestAcceptance,
    ReturnMatter,
    ReviseProposal,
    StartWorks,
)
from kiosk.core.terms import (
    DELIBERATIONS,
    Body,
    MatterId,
    NeedId,
    ObjectionId,
    PersonId,
    Role,
    Stage,
    Standing,
)
from kiosk.demo.proposals import (
    CANTEEN,
    DITCHES,
    GROUP,
    POND,
    ROAD,
    ROAD_NEED,
    SQUARE,
    SQUARE_REVISED,
)
from kiosk.demo.telling import Deed, Teller, Turnout, met, said

FIRST_DAY = -152
"""The day, from the present one, on which the village began to keep its record on the kiosk."""

PUBLIC_DAYS = 15
_OWNER, _OWNER_NAME = PersonId("p0004"), "林观塱"
_SEEN = "会议按规定召开，签到、表决和计票由监委会成员在场监督，未发现问题。"


def other_matters() -> list[Deed]:
    """Every deed of the past besides today's matter (往事)."""
    return [
        *_canteen_decided(),
        *_canteen_carried_out(),
        *_road_and_square(),
        *_road_under_way(),
        *_pond_and_ditches(),
        *_objection_to_the_ditches(),
        *_other_needs(),
    ]


def _opinion(day: int, matter: MatterId, stage: Stage, text: str = _SEEN) -> Deed:
    return said(day, Role.SUPERVISOR, FileOpinion(matter, stage, favourable=True, text=text))


def _works(day: int, matter: MatterId, budget_fen: int, *, ends: int) -> Deed:
    def assign(teller: Teller) -> None:
        deadline = teller.day(ends)
        command = AssignWorks(matter, _OWNER, _OWNER_NAME, deadline, budget_fen)
        teller.do(Role.SECRETARY, command)

    return day, assign


def _contract(day: int, matter: MatterId, contractor: str, amount_fen: int) -> Deed:
    def record(teller: Teller) -> None:
        command = RecordContract(matter, contractor, amount_fen, teller.day(day))
        teller.do(Role.SECRETARY, command)

    return day, record


def _canteen_decided() -> list[Deed]:
    canteen = CANTEEN.matter
    members, representatives = Turnout(12, abstain=2), Turnout(7, against=2, abstain=1)
    return [
        said(-150, Role.SECRETARY, CANTEEN),
        *met(Body.PARTY_COMMITTEE, "canteen", (-149, -147), (canteen, Turnout())),
        *met(Body.TWO_COMMITTEES, "canteen", (-146, -144), (canteen, Turnout())),
        *met(Body.PARTY_MEETING, "canteen", (-141, -136), (canteen, members)),
        *met(Body.REPRESENTATIVES, "canteen", (-135, -130), (canteen, representatives)),
        *(_opinion(-129, canteen, stage) for stage in DELIBERATIONS),
    ]


def _canteen_carried_out() -> list[Deed]:
    canteen, do = CANTEEN.matter, Role.SECRETARY
    findings = "座位、扶手、消毒柜均已装好，试营业三天，供餐正常。"
    summary = "长者饭堂已建成开餐，实际支出17.82万元，比预算节余0.78万元。"
    hung = "公示张贴满15日，未收到异议。"
    return [
        _works(-114, canteen, CANTEEN.amount_fen, ends=-70),
        _contract(-112, canteen, "马塘镇顺达装修部", 17_500_000),
        said(-110, do, StartWorks(canteen)),
        said(-100, do, ReportProgress(canteen, "水电改造完成，墙面和地面正在施工。", 8_000_000)),
        said(-90, do, ReportProgress(canteen, "厨房设备进场安装，扶手已装好。", 15_000_000)),
        said(-85, do, RequestAcceptance(canteen, findings, 17_820_000)),
        said(
            -84,
            Role.SUPERVISOR,
            InspectWorks(canteen, accepted=True, statement="到场逐项查看，与方案相符，同意验收。"),
        ),
        said(-83, do, PublishResult(canteen, summary, PUBLIC_DAYS)),
        _opinion(-67, canteen, Stage.RESOLUTION_PUBLIC, hung),
        _opinion(-67, canteen, Stage.RESULT_PUBLIC, hung),
        said(-60, do, ArchiveMatter(canteen)),
    ]


def _road_and_square() -> list[Deed]:
    """Both went before the committees together; the Party members took the road and not the square."""
    road, square = ROAD.matter, SQUARE.matter
    need = FileNeed(
        ROAD_NEED,
        Standing.JOINT_VILLAGERS,
        "苏启东等36户联名",
        "村口到虎头岭的路一下雨就烂，孩子上学、收果车进出都难，请尽快硬化。",
        supporters=36,
        of=280,
    )
    together = ((road, Turnout()), (square, Turnout()))
    divided = ((road, Turnout(8, against=2, abstain=3)), (square, Turnout(against=20, abstain=9)))
    ground = "党员大会赞成票未过半数，主要意见是村集体出钱太多、舞台利用率低。"
    why = "吸收党员和群众意见，不建舞台，减少村集体支出。"
    return [
        said(-98, Role.VILLAGER, need),
        said(-90, Role.SECRETARY, ROAD, SQUARE),
        *met(Body.PARTY_COMMITTEE, "road", (-89, -87), *together),
        *met(Body.TWO_COMMITTEES, "road", (-86, -84), *together),
        *met(Body.PARTY_MEETING, "road", (-81, -76), *divided),
        said(-74, Role.SECRETARY, ReturnMatter(square, Stage.CONSULTATION, ground)),
        said(-30, Role.SECRETARY, ReviseProposal(square, SQUARE_REVISED, why)),
    ]


def _road_under_way() -> list[Deed]:
    road, do = ROAD.matter, Role.SECRETARY
    representatives = Turnout(5, against=3, abstain=2)
    return [
        *met(Body.REPRESENTATIVES, "road", (-75, -70), (road, representatives)),
        *(_opinion(-69, road, stage) for stage in DELIBERATIONS),
        _works(-54, road, ROAD.amount_fen, ends=25),
        _contract(-52, road, "马塘镇宏基建筑工程队", 40_800_000),
        said(-50, do, StartWorks(road)),
        said(-35, do, ReportProgress(road, "路基平整完成，错车台3处已开挖。", 12_000_000)),
        said(-12, do, ReportProgress(road, "路面浇筑500米，正在养护。", 26_500_000)),
    ]


def _pond_and_ditches() -> list[Deed]:
    """The pond comes before the Party members only with a favourable legal review, and there is none yet."""
    pond, ditches = POND.matter, DITCHES.matter
    together, households = ((pond, Turnout()), (ditches, Turnout())), Turnout(1, abstain=1)
    return [
        said(-16, Role.SECRETARY, POND, DITCHES),
        *met(Body.PARTY_COMMITTEE, "pond", (-15, -13), *together),
        *met(Body.TWO_COMMITTEES, "pond", (-12, -10), (pond, Turnout(abstain=1))),
        *met(Body.GROUP_HOUSEHOLDS, "ditches", (-11, -6), (ditches, households), group=GROUP),
    ]


def _objection_to_the_ditches() -> list[Deed]:
    objection = ObjectionId("objection-1")
    question = "清出来的淤泥堆在渠边，会不会占了我家的田？"
    filed = FileObjection(objection, DITCHES.matter, "第三村民小组村民", question)
    answer = "淤泥当天运到小组的旧砖窑坑，不占各户的田，已写进施工要求。"
    return [
        said(-4, Role.VILLAGER, filed),
        said(-3, Role.SECRETARY, AnswerObjection(objection, upheld=False, answer=answer)),
    ]


def _other_needs() -> list[Deed]:
    bump, pipe = NeedId("need-2"), NeedId("need-3")
    wish = "学校门口车开得快，请装减速带。"
    answer = "校门口属县道，由镇交通站管养，已报镇交通站，答复本季度内安装；村里先放了警示牌。"
    leak = "第二网格污水管接口渗漏，雨天有异味，请安排检修。"
    return [
        said(-30, Role.VILLAGER, FileNeed(bump, Standing.VILLAGER, "村民何女士", wish, 0, 0)),
        said(-26, Role.SECRETARY, AnswerNeed(bump, answer)),
        said(-2, Role.VILLAGER, FileNeed(pipe, Standing.GRID_WORKER, "第二网格网格员", leak, 0, 0)),
    ]
