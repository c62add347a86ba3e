"""How the recording stands (录像状态), in words for the console: picture, sound, and for how long the disk will do."""

from collections.abc import Iterator, Mapping

from kiosk.wording.refusals import Sentence

PICTURE = {
    "off": ("off", "没有录像"),
    "starting": ("warn", "正在开始"),
    "live": ("ok", "正在录像"),
    "card": ("warn", "无摄像头，录测试画面"),
    "lost": ("warn", "画面断了，正在重连"),
    "failed": ("warn", "录像停了，请检查磁盘"),
}
SOUND = {
    "live": ("ok", "有声音"),
    "quiet": ("warn", "麦克风没有声音，请检查开关和插头"),
    "lost": ("warn", "麦克风断了，正在重连"),
    "silent": ("warn", "没有麦克风，录像无声"),
    "off": ("off", "不录音"),
}
DISK = {"ok": ("ok", "还能录{}"), "low": ("warn", "只够录{}，请清理")}


def film_lights(lamps: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Name, state and words of each lamp."""
    state, words = PICTURE[lamps["picture"]]
    if lamps["picture"] in {"live", "card"}:
        words = "，".join((words, *_health(lamps)))
    yield "录像", state, words
    yield ("声音", *SOUND[lamps["sound"]])
    state, words = DISK[lamps["disk"]]
    yield "磁盘", state, words.format(film_lasts(int(lamps["minutes"])))


def _health(lamps: Mapping[str, str]) -> Iterator[str]:
    if lamps["covered"]:
        yield "无记名表决，画面已遮住"
    if lamps["fps"] != "0":
        yield f"每秒{lamps['fps']}帧"
    if lamps["dropped"] != "0":
        yield f"丢了{lamps['dropped']}帧"
    if lamps["restarts"] != "0":
        yield f"重启过{lamps['restarts']}次"


def film_lasts(minutes: int) -> str:
    """For how long there is room, such as 3小时20分钟."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest}分钟"
    return f"{hours}小时{rest}分钟" if rest else f"{hours}小时"


def film_alarm(lamps: Mapping[str, str]) -> Sentence | None:
    """What the console says in large while something is wrong with the film: what happened, what to do."""
    match lamps["picture"]:
        case "lost":
            todo = "机器自己在重连。请看看摄像头的插头。会可以照常开，表决不受影响。"
            return Sentence("录像的画面断了。", todo)
        case "failed":
            what = f"录像停了：{lamps['cause']}。" if lamps["cause"] else "录像停了。"
            todo = "机器每10秒再试一次。请清理磁盘，或者换一块。会可以照常开，表决不受影响。"
            return Sentence(what, todo)
        case "live" | "card" if lamps["sound"] == "lost":
            todo = "机器自己在重连。请看看麦克风的插头。会可以照常开，表决不受影响。"
            return Sentence("录像没有声音了。", todo)
        case _:
            return None
