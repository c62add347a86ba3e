"""The figures of `kiosk bench votes` as Chinese tables, or as JSON."""

import json
from collections.abc import Iterable

from kiosk.bench.figures import Figures
from kiosk.bench.votes import USUAL, Sizes, journal_length, phones, votes

CLIENTS = (50, 500, 2000)
Measured = dict[str, list[Figures]]
"""The figures of each part by its name; a part that is measured more than once has several."""


def report_votes(clients: int | None, per_second: float, *, as_json: bool) -> str:
    """Measure before so many screens, or before 50, 500 and 2,000 in turn, and say it."""
    measured = measure(CLIENTS if clients is None else (clients,), per_second)
    return json.dumps(measured, indent=2) if as_json else told(measured)


def measure(clients: Iterable[int], per_second: float, sizes: Sizes = USUAL) -> Measured:
    """Everything: a run for each number of screens, the phones, the length of the journal."""
    return {
        "runs": [votes(number, per_second, sizes) for number in clients],
        "phones": [phones(sizes)],
        "journal": [journal_length(sizes)],
    }


def told(measured: Measured) -> str:
    """What was measured, as tables."""
    how = {"runs": _run, "phones": _crowd, "journal": _lengths}
    return "\n\n".join(how[part](figures) for part, runs in measured.items() for figures in runs)


def _run(f: Figures) -> str:
    return "\n".join(
        (
            f"{f['clients']} 块屏幕同看大屏，名册 {f['seats']} 人，错误 {f['errors']}，坏画面 {f['broken_pictures']}",
            (
                f"  全速（{f['voters_at_once']} 人同时）  {f['votes_per_s']:.0f} 票/秒，断电不丢"
                f"；同一服务器的空请求 {f['empty_posts_per_s']:.0f} 次/秒 → {f['of_empty_post']:.2f} 倍"
            ),
            f"  　在表决屏上（先点名字）  {f['screen_votes_per_s']:.0f} 票/秒，每票两次请求、两次提交",
            f"  　同一磁盘的裸提交  {f['bare_commits_per_s']:.0f} 次/秒（一次一条，没有成批）",
            f"  每秒 {f['rate_per_s']:g} 票（毫秒）    一半以内    95% 以内    99% 以内",
            _row("点下到 ✓", f, "ack"),
            _row("点下到最后一块屏幕", f, "last_screen"),
            _row("裸广播到最后一个", f, "bare_broadcast"),
            (
                f"  服务器 {f['server_cores']:.2f} 核，每块屏幕内存 {f['kb_per_client']:.0f} kB，"
                f"每幅画面 {f['picture_bytes']} 字节"
            ),
        )
    )


def _row(name: str, f: Figures, key: str) -> str:
    figures = "".join(f"{f[f'{key}_p{p}_ms']:>12.1f}" for p in (50, 95, 99))
    return f"  　{name}{'　' * (10 - len(name))}{figures}"


def _crowd(f: Figures) -> str:
    return "\n".join(
        (
            f"{f['phones']} 部手机在 {f['within_s']:.1f} 秒内各投一票（各有会话和连接，{f['screens']} 块屏幕同看）",
            f"  错误 {f['errors']}，记下 {f['ballots']} 票，服务器 {f['server_cores']:.2f} 核",
            "  （毫秒）                    一半以内    95% 以内    99% 以内",
            _row("点下到 ✓", f, "ack"),
        )
    )


def _lengths(f: Figures) -> str:
    return "\n".join(
        (
            "一票的花费与日志长短（毫秒；不经网页，一票一次提交）",
            *(
                f"  {f[f'{length}_entries']} 条：{f[f'{length}_vote_ms']:.2f}，"
                f"其中处理器 {f[f'{length}_vote_cpu_ms']:.2f}；裸提交 {f[f'{length}_bare_commit_ms']:.2f}"
                for length in ("short", "long")
            ),
            f"  长的是短的 {f['of_short']:.2f} 倍，处理器 {f['of_short_cpu']:.2f} 倍；开机重放 {f['fold_s']:.0f} 秒",
        )
    )
