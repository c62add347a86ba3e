"""Fictional people of 金塱村 in 广东, the same every time; believable names, some with rare characters.

Nobody here exists. Rare characters (䶮 㛃 埗 塱 堃 玥 翀 峎) stand in real names of the region, and break
software that was not tried with them.
"""

from datetime import date

from kiosk.core.terms import Capacity, PersonId, Role, Sex
from kiosk.store.register import Person, Post

GROUPS = 8
VILLAGERS = 300
REPRESENTATIVES = 40
PARTY_MEMBERS = 60
PARTY_DELEGATES = 4
GRIDS = "一二三四"

_SURNAMES = "陈黄李林张梁吴刘罗何郑谢冯曾邓彭叶苏卢蔡钟廖温戴邱莫麦区冼邝"
_MEN = (
    "志强",
    "伟明",
    "建国",
    "国华",
    "永发",
    "树根",
    "水生",
    "炳坤",
    "锦棠",
    "耀辉",
    "少波",
    "振宇",
    "海涛",
    "文彬",
    "德胜",
    "家豪",
    "俊杰",
    "启东",
    "观成",
    "木生",
    "金泉",
    "兆麟",
    "荣光",
    "伯堃",
    "子翀",
    "广源",
    "汉新",
    "佳埗",
    "阿塱",
    "昌盛",
)
_WOMEN = ("秀英", "桂兰", "丽华", "玉珍", "惠芳", "美玲", "雪梅", "少红", "月娥", "金凤", "彩霞", "细妹",
          "婉仪", "淑贞", "燕玲", "翠云", "晓玥", "佩珊", "凤仪", "碧霞", "素芬", "瑞兰", "杏花", "思琪",
          "嘉慧", "阿㛃", "丽君", "敏仪", "妙常", "春燕")  # fmt: skip
_OFFICERS: tuple[tuple[str, Sex, str, tuple[Role, ...], tuple[Capacity, ...]], ...] = (
    ("龚䶮山", Sex.MALE, "村党支部书记、村委会主任", (Role.CHAIR, Role.ADMIN),
     (Capacity.PARTY_COMMITTEE_MEMBER, Capacity.VILLAGE_COMMITTEE_MEMBER, Capacity.PARTY_MEMBER)),
    ("黄埗成", Sex.MALE, "村党支部副书记", (Role.CHAIR,),
     (Capacity.PARTY_COMMITTEE_MEMBER, Capacity.PARTY_MEMBER)),
    ("陈㛃", Sex.FEMALE, "村委会委员、文书", (Role.SECRETARY, Role.ADMIN),
     (Capacity.VILLAGE_COMMITTEE_MEMBER, Capacity.PARTY_MEMBER)),
    ("林观塱", Sex.MALE, "村委会副主任", (Role.CHAIR,),
     (Capacity.VILLAGE_COMMITTEE_MEMBER, Capacity.PARTY_COMMITTEE_MEMBER, Capacity.PARTY_MEMBER)),
    ("谢丽玥", Sex.FEMALE, "村委会委员", (Role.SECRETARY,),
     (Capacity.VILLAGE_COMMITTEE_MEMBER, Capacity.PARTY_MEMBER)),
    ("曾国堃", Sex.MALE, "村委会委员", (Role.TELLER,), (Capacity.VILLAGE_COMMITTEE_MEMBER,)),
    ("邓少芬", Sex.FEMALE, "支部组织委员", (Role.SECRETARY,),
     (Capacity.PARTY_COMMITTEE_MEMBER, Capacity.PARTY_MEMBER)),
    ("梁炳峎", Sex.MALE, "支部纪检委员", (Role.TELLER,),
     (Capacity.PARTY_COMMITTEE_MEMBER, Capacity.PARTY_MEMBER)),
    ("何瑞兰", Sex.FEMALE, "监票员", (Role.TELLER,), (Capacity.PARTY_MEMBER,)),
    ("罗振邦", Sex.MALE, "村务监督委员会主任", (Role.SUPERVISOR,),
     (Capacity.SUPERVISOR, Capacity.PARTY_MEMBER)),
    ("郑彩霞", Sex.FEMALE, "村务监督委员会委员", (Role.SUPERVISOR,), (Capacity.SUPERVISOR,)),
    ("冼国强", Sex.MALE, "村务监督委员会委员", (Role.SUPERVISOR,), (Capacity.SUPERVISOR,)),
)  # fmt: skip
_SINCE = date(2025, 1, 20)
_COLLECTIVE = Post(Capacity.COLLECTIVE_MEMBER, "集体经济组织成员", date(2020, 12, 1))
_OF_A_HOUSEHOLD = 4
_GRID_WORKERS = range(104, 112, 2)  # one a grid unit


def demonstration_people(*, representatives: int = REPRESENTATIVES) -> list[Person]:
    """Officers first, then villagers; more than 300 only where more representatives are asked for."""
    officers = [_officer(i, *row) for i, row in enumerate(_OFFICERS, start=1)]
    wanted = max(VILLAGERS, len(officers) + representatives + PARTY_MEMBERS)
    members_left = PARTY_MEMBERS - sum(p.holds(Capacity.PARTY_MEMBER) for p in officers)
    villagers = [
        _villager(i, representatives=representatives, members=members_left)
        for i in range(wanted - len(officers))
    ]
    return officers + villagers


def _officer(
    number: int,
    name: str,
    sex: Sex,
    title: str,
    roles: tuple[Role, ...],
    capacities: tuple[Capacity, ...],
) -> Person:
    return Person(
        id=PersonId(f"p{number:04d}"),
        name=name,
        sex=sex,
        born_on=date(1962 + number * 2, 1 + number % 12, 3 + number * 2),
        group=1 + number % GROUPS,
        household=f"h{number:03d}",
        phone=f"1390000{number:04d}",
        posts=(*(Post(capacity, title, _SINCE) for capacity in capacities), _COLLECTIVE),
        roles=frozenset(roles),
        represents_household=True,
        grid=_grid(1 + number % GROUPS),
    )


def _villager(index: int, *, representatives: int, members: int) -> Person:
    # Two women in every five: of the representatives more than a third, as 村组法 §29 asks.
    sex = Sex.FEMALE if index % 5 in {1, 3} else Sex.MALE
    return Person(
        id=PersonId(f"p{index + 101:04d}"),
        name=_name(index, sex),
        sex=sex,
        born_on=date(1944 + index * 7 % 60, 1 + index % 12, 1 + index % 28),
        group=1 + index % GROUPS,
        household=_household(index),
        phone=f"1380000{index:04d}",
        posts=_posts(index, representatives, members),
        represents_household=_represents(index),
        grid=_grid(1 + index % GROUPS),
    )


def _household(index: int) -> str:
    # Four of the same group live together; the first of them speaks for the household.
    block = index // (GROUPS * _OF_A_HOUSEHOLD)
    return f"h{101 + block * GROUPS + index % GROUPS:03d}"


def _represents(index: int) -> bool:
    return index // GROUPS % _OF_A_HOUSEHOLD == 0


def _grid(group: int) -> str:
    # Two groups that lie together make one grid unit.
    return f"第{GRIDS[(group - 1) // 2]}网格"


def _name(index: int, sex: Sex) -> str:
    given = _WOMEN if sex is Sex.FEMALE else _MEN
    surname = _SURNAMES[index * 7 % len(_SURNAMES)]
    return surname + given[(index // 2 + index // len(_SURNAMES) * 11) % len(given)]


def _posts(index: int, representatives: int, members: int) -> tuple[Post, ...]:
    posts = []
    if index < representatives:
        posts.append(Post(Capacity.REPRESENTATIVE, "村民代表", _SINCE))
    elif index < representatives + members:
        posts.append(Post(Capacity.PARTY_MEMBER, "党员", date(2010 + index % 14, 7, 1)))
    elif index < representatives + members + 2:
        posts.append(Post(Capacity.PROBATIONARY_MEMBER, "预备党员", date(2026, 6, 30)))
    if representatives <= index < representatives + PARTY_DELEGATES:
        posts.append(Post(Capacity.PARTY_DELEGATE, "党员代表", _SINCE))
    if index in _GRID_WORKERS:
        posts.append(Post(Capacity.GRID_WORKER, "网格员", _SINCE))
    return (*posts, *_collective_posts(index))


def _collective_posts(index: int) -> tuple[Post, ...]:
    # One in fifteen married or moved in and belongs to the collective of another village.
    if index % 15 == 1:
        return ()
    # More than twenty, as 农村集体经济组织法 §28 asks: every third household sends one.
    if _represents(index) and (index // GROUPS // _OF_A_HOUSEHOLD + index % GROUPS) % 3 == 0:
        return (Post(Capacity.MEMBER_REPRESENTATIVE, "成员代表", _SINCE), _COLLECTIVE)
    return (_COLLECTIVE,)
