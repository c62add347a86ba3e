"""The measurement of voting yields every figure; how fast anything was is never asserted."""

import json
import math

import pytest

from kiosk.bench import votes_report
from kiosk.bench.votes import Sizes

TINY = Sizes(lanes=2, full=4, rounds=1, timed=6, phones=6, phones_s=0.2, phones_watched=2, long=400)


@pytest.fixture(scope="module")
def measured():
    return votes_report.measure([5], 50.0, TINY)


def test_every_vote_is_acknowledged_recorded_and_shown(measured):
    (run,), (phones,) = measured["runs"], measured["phones"]
    assert (run["clients"], run["errors"], run["broken_pictures"]) == (5, 0, 0)
    assert (phones["errors"], phones["ballots"], phones["broken_pictures"]) == (0, 6, 0)
    assert math.isfinite(run["last_screen_p99_ms"]), "the last screen showed every vote"


def test_the_limits_stand_beside_the_figures(measured):
    (run,) = measured["runs"]
    for figure in ("votes_per_s", "screen_votes_per_s", "empty_posts_per_s", "bare_commits_per_s"):
        assert run[figure] > 0
    for name in ("ack", "last_screen", "bare_broadcast"):
        fifty, most = run[f"{name}_p50_ms"], run[f"{name}_p99_ms"]
        assert 0 < fifty <= run[f"{name}_p95_ms"] <= most
    assert run["picture_bytes"] > 0
    assert run["server_cores"] > 0


def test_the_long_journal_is_as_long_as_was_asked(measured):
    (journal,) = measured["journal"]
    assert journal["short_entries"] < journal["long_entries"] == TINY.long
    assert journal["of_short"] > 0


def test_it_is_said_in_chinese_and_as_json(measured):
    text = votes_report.told(measured)
    for words in (
        "5 块屏幕",
        "票/秒",
        "点下到 ✓",
        "点下到最后一块屏幕",
        "裸提交",
        "6 部手机",
        "400 条",
    ):
        assert words in text
    assert json.loads(json.dumps(measured)) == measured
