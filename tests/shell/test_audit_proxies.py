"""The verifier knows who may be represented by whom (书面委托); whatever was forged in a letter is found."""

import json
from functools import cache

import pytest
from ballot_lives import by_letter, reconciled
from forging import (
    as_role,
    drop,
    entries_of,
    event_of,
    fault,
    forged,
    insert_after,
    places,
    put,
    then,
)
from simulator import LETTER, convened

from kiosk.core.terms import Body
from kiosk.evidence.audit import Record

NEW = {
    "kind": "ProxyGiven",
    "meeting": "m4",
    "principal": "v12",
    "proxy": "v01",
    "household": "h1",
    "attachment": {"name": LETTER.name, "size_bytes": LETTER.size_bytes, "sha256": LETTER.sha256},
}


def eight():
    """Enough that one may leave: eight of nine, and two represented."""
    sim = (
        convened(10, 0, Body.MEMBERS).check_in(8).give_proxy("v10", "v01").give_proxy("v09", "v02")
    )
    sim.open().open_vote().cast(10).close()
    return sim.adjourn()


@cache
def lines(life):
    return life().lines()


def proxy_leaves(entries):
    """v02 is away from the opening of the vote on; the ballot of v09 stays."""
    event = {"kind": "CheckedOut", "meeting": "m4", "person": "v02"}
    kept = [e for e in entries if not is_ballot(e["event"], "v02")]
    return insert_after("VoteOpened", event, role="teller")(kept)


def is_ballot(event, person):
    return event["kind"] == "BallotCast" and event["person"] == person


def another_body(entries):
    """The village lets nobody be represented."""
    for place in places(entries, "RowChanged"):
        told = entries[place]["event"]["row"]
        if told["id"] == "members":
            told.update(proxies=0, proxies_basis="")


def four_letters(entries):
    """Two more to the one who has two."""
    for principal in ("v05", "v04"):
        entries = insert_after("MeetingResumed", {**NEW, "principal": principal})(entries)
        entries[places(entries, "ProxyGiven", principal=principal)[0]]["command"] = principal
    return entries


def test_what_is_lawful_holds():
    for life in (by_letter, eight):
        record = Record()
        record.tell(entries_of(lines(life)))
        assert record.votes == 4


@pytest.mark.parametrize(
    ("life", "change", "why"),
    [
        (by_letter, put("ProxyGiven", principal="v02"), "委托人自己到了会"),
        (by_letter, put("ProxyGiven", principal="o01"), "应当都有表决权"),
        (by_letter, put("ProxyGiven", proxy="o01"), "应当都有表决权"),
        (by_letter, put("ProxyGiven", proxy="stranger"), "应当都有表决权"),
        (by_letter, put("ProxyGiven", proxy="v06"), "自己委托了自己"),
        (by_letter, put("ProxyGiven", household=" "), "household 应当写明"),
        (by_letter, put("ProxyGiven", attachment={}), "没有附上委托书"),
        (by_letter, put("ProxyGiven", attachment={**NEW["attachment"], "sha256": ""}), "没有附上委托书"),
        (by_letter, put("ProxyGiven", proxy="v09"), "自己也委托了别人"),
        (by_letter, put("ProxyGiven", principal="v09"), "同一人委托了两次"),
        (by_letter, four_letters, "多于 3 份"),
        (by_letter, as_role("ProxyGiven", "supervisor"), "岗位 supervisor 无权"),
        (by_letter, another_body, "这个会议不能委托"),
        (by_letter, drop("ProxyGiven", 0), "到会人数与签到不符"),
        (by_letter, drop("ProxyGiven", 1), "会议应当即暂停"),
        (by_letter, drop("MeetingResumed"), "会议应当即恢复"),
        (by_letter, put("VoteOpened", electorate=["v01", "v02", "v07"]), "表决人名单与到会"),
        (eight, drop("ProxyGiven"), "到会人数与签到不符"),
        (eight, proxy_leaves, "投票的人不是表决人，或已离场"),
        (reconciled, insert_after("CheckedIn", {**NEW, "principal": "v11"}), "这个会议不能委托"),
    ],
)  # fmt: skip
def test_a_forged_letter_is_found(life, change, why):
    assert why in fault(forged(lines(life), change))


def test_a_ballot_of_somebody_nobody_represents_is_found():
    def without(entries):
        """v09 is on the list of voters, and no letter of his is there."""
        entries = drop("ProxyGiven", 0)(entries)
        opened = event_of(entries, "MeetingOpened")
        opened["present"] -= 1
        return json.loads(json.dumps(entries))

    assert "表决人名单与到会" in fault(forged(lines(eight), then(without)))
