"""The figures of `kiosk bench papers` as a Chinese table, or as JSON."""

import json
import os
from collections.abc import Callable
from functools import partial

from kiosk.bench.figures import Figures
from kiosk.bench.papers import content
from kiosk.bench.papers.engines import WARMING, Missing, chromium, ours, weasyprint, weasyprint_each

PAPERS = 15
GOAL = 10
"""So many times quicker than either of the others it is to be."""
_NAMES = {
    "ours": "本机排版",
    "weasyprint": "WeasyPrint",
    "weasyprint_each": "WeasyPrint*",
    "chromium": "Chromium",
}

Measured = dict[str, Figures | str]
"""By the engine its figures; in words why there are none."""


def report_papers(*, as_json: bool, papers: int = PAPERS) -> str:
    """Measure the three in one run, and say it."""
    measured = measure(papers)
    return json.dumps(measured, ensure_ascii=False, indent=2) if as_json else told(measured)


def measure(papers: int) -> Measured:
    """Each of the three on the same resolution, one after the other."""
    documents = content.papers(content.demonstration_resolution(), WARMING + papers)
    pages = [content.page(document) for document in documents]
    measured: Measured = {"ours": ours(documents)}
    others: dict[str, Callable[[], Figures]] = {
        "weasyprint": partial(weasyprint, pages),
        "weasyprint_each": partial(weasyprint_each, pages),
        "chromium": partial(chromium, pages),
    }
    for name, engine in others.items():
        measured[name] = _or_why_not(engine)
    measured["run"] = {"papers": papers, "load": os.getloadavg()[0], "cores": os.cpu_count() or 0}
    return measured


def _or_why_not(engine: Callable[[], Figures]) -> Figures | str:
    try:
        return engine()
    except Missing as missing:
        return str(missing)


def told(measured: Measured) -> str:
    """What was measured, as a table, with the ratios."""
    run, mine = measured["run"], measured["ours"]
    assert isinstance(run, dict)
    assert isinstance(mine, dict)
    lines = [
        f"同一份决议书，热机，{run['papers']:.0f} 份的中位数；负载 {run['load']:.1f}，{run['cores']:.0f} 核",
        f"  {'':　<6}{'毫秒':>8}{'最快':>8}{'处理器':>7}{'内存MB':>8}{'字节':>9}",
        *(_row(name, measured[key], mine) for key, name in _NAMES.items()),
        "  WeasyPrint* 照它手册上的写法，每份都重新装入字体；不带星的，字体和样式表留着不放",
        "  同样的字、字体、二维码和页脚；本机和 WeasyPrint 出 PDF/A-3b，Chromium 出普通 PDF；本机还附数据、查缺字",
        f"  启动后第一份 {mine['first_ms']:.0f} 毫秒处理器时间，连装字体在内",
        f"  签名另加 {mine['signature_ms']:.0f} 毫秒（另外两个不签名）；目标：比哪一个都快 {GOAL} 倍",
    ]
    return "\n".join(lines)


def _row(name: str, figures: Figures | str, mine: Figures) -> str:
    if isinstance(figures, str):
        return f"  {name}：没有比，{figures}"
    by_clock, by_cpu = (figures[key] / mine[key] for key in ("paper_ms", "cpu_ms"))
    compared = "" if figures is mine else f"  → {by_clock:.1f} 倍，处理器 {by_cpu:.1f} 倍"
    return (
        f"  {name:<12}{figures['paper_ms']:>9.0f}{figures['quickest_ms']:>10.0f}"
        f"{figures['cpu_ms']:>10.0f}{figures['memory_mb']:>10.0f}{figures['size_bytes']:>11.0f}{compared}"
    )
