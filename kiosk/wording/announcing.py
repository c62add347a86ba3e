"""What is said of filming (录音录像): the sign on every screen, the notice at the opening, the reminder at the end.

The notice says what 个人信息保护法第十七条 asks for: who keeps the film, what for, how, how long, and what one may ask.
"""

from collections.abc import Mapping

from kiosk.core.law.periods import Periods

FILM_SIGNS: Mapping[str, tuple[str, str, str]] = {
    # the recorder's state: look of the sign, words, words where there is hardly room
    "live": ("on", "录音录像中", "录音录像中"),
    "mute": ("on", "录像中，没有声音", "录像中"),
    "card": ("card", "没有摄像头，只录测试画面", "无摄像头"),
    "heard": ("card", "录音中，没有摄像头", "录音中"),
    "starting": ("starting", "正在启动录像", "启动录像"),
    "lost": ("broken", "画面断了，正在重连", "画面断了"),
    "failed": ("broken", "录像停了", "录像停了"),
    "off": ("off", "现在没有录音录像", "没有录像"),
}
COVER = "请把摄像头的盖子盖上。"
COVER_WHY = "不开会的时候不录音、不录像。"
BEFORE = "宣布开会后全程录音录像"


def film_sign(lamps: Mapping[str, str]) -> tuple[str, str, str]:
    """Look, words and short words of the sign, by the lamps' `picture` and `sound`."""
    picture, heard = lamps["picture"], lamps["sound"] == "live"
    state = {"live": "live" if heard else "mute", "card": "heard" if heard else "card"}
    return FILM_SIGNS[state.get(picture, picture)]


def film_years(periods: Periods) -> str:
    """How long films are kept: 10年；重大的事、有争议的事，30年."""
    if periods.film_years == periods.major_film_years:
        return f"{periods.film_years}年"
    return f"{periods.film_years}年；重大的事、有争议的事，{periods.major_film_years}年"


def film_notice_brief(village: str, periods: Periods) -> tuple[tuple[str, str], ...]:
    """The notice at the opening (录音录像告知), for the big screen: a line a point."""
    years, longer = periods.film_years, periods.major_film_years
    kept = f"{years}年" if years == longer else f"{years}年，重大、有争议的{longer}年"
    return (
        ("为什么", "如实记下会怎么开、票怎么投"),
        ("谁保管", f"{village}村委会，不上网"),
        ("存多久", kept),
        ("您可以", "查阅、复制，要求更正、删除"),
        ("找谁", "村委会；散会以后就不录了"),
    )


def film_before(village: str, periods: Periods) -> str:
    """What people are told at the door (签到时)."""
    return f"{BEFORE}，由{village}村委会保管，保存{film_years(periods)}。"


def film_notice_aloud(village: str, phone: str, periods: Periods) -> str:
    """The same in words that the chair reads aloud (主持人念)."""
    return (
        f"各位乡亲，这次会议从现在到散会，全程录音录像。录像用来如实记下会怎么开、票怎么投，由{village}村民委员会"
        f"保管，只存在村里这台机器上，不上网。保存{film_years(periods)}。录到您的部分，您可以查阅、复制，也可以要求更正、"
        f"补充或者删除，请找村委会，电话{phone}。散会以后就不录了。"
    )
