"""The verifier counts every channel and method anew; whatever was forged in a vote and chained anew is found."""

from functools import cache

import pytest
from ballot_lives import FOR, Count, every_channel, in_the_open, opened, reconciled, secret
from forging import (
    as_role,
    deep,
    drop,
    drop_all,
    entries_of,
    event_of,
    fault,
    forged,
    insert_after,
    put,
    repeat,
    then,
)

from kiosk.evidence.audit import Record

VOTE = {"meeting": "m4", "vote": "m4-vote-1"}
ONES = [{"choice": c, "count": 1} for c in ("for", "against", "abstain")]
BALLOT = {"kind": "BallotCast", **VOTE, "channel": "phone", "answer": ["for"]}
CHANGE = {
    "kind": "BallotChanged",
    **VOTE,
    "channel": "phone",
    "answer": ["against"],
    "was": ["for"],
}
NOTE = {"kind": "HandsNoted", **VOTE, "clerk": "clerk"}
CONFIRMED = {"kind": "HandsConfirmed", **VOTE, "witness": "teller"}
COUNTED = {"kind": "HandsCounted", **VOTE, "teller": "third"}
RETURNED = {"kind": "BallotPapersReturned", **VOTE, "returned": 3}
WITNESSED = {"kind": "ClosingWitnessed", **VOTE, "supervisor": "o01"}
EXPLAINED = {"kind": "DifferenceExplained", **VOTE, "officer": "teller", "ground": "看错"}
READ = {"kind": "BallotPaperRead", **VOTE, "number": 4, "answer": ["for"]}
ISSUED = {"kind": "BallotPaperIssued", **VOTE, "person": "v12"}


@cache
def lines(life):
    return life().lines()


def four_people():
    """Too few for a secret vote."""
    sim = opened(4)
    Count(sim).ballot("v01", FOR).ballot("v02", FOR).ballot("v03", FOR)
    return sim.close().adjourn()


def voted(after, person, event=BALLOT):
    """A person voted by himself after the last entry of that kind."""
    return insert_after(after, {**event, "person": person}, role="voter", person=person)


def noted(after, *people, choice="for"):
    """The clerk noted these hands after the last entry of that kind."""
    hands = [{"person": person, "choice": choice} for person in people]
    return insert_after(after, {**NOTE, "hands": hands}, person="clerk")


def left(after, person):
    """A person left the room after the last entry of that kind."""
    event = {"kind": "CheckedOut", "meeting": "m4", "person": person}
    return insert_after(after, event, role="teller")


def first(counts, count=9):
    """The number of the first answer is another."""
    counts[0]["count"] = count


def kind_is(*kinds, **having):
    def holds(event):
        return event["kind"] in kinds and all(event[key] == having[key] for key in having)

    return holds


def test_the_verifier_lays_out_the_sub_totals_of_a_vote_by_several_channels():
    record = Record()
    record.tell(entries_of(lines(reconciled)))
    assert (
        "未表决 2（其中回避 0，废票 1），其中表决屏（赞成 2 反对 0 弃权 0）＋手机（"
        in record.results[-1]
    )
    assert record.results[-1].endswith("纸票（赞成 1 反对 0 弃权 1），7×2 > 到会 12×1，通过")
    record = Record()
    record.tell(entries_of(lines(secret)))
    assert (
        "，无记名，其中表决屏（赞成 4 反对 2 弃权 0）＋纸票（赞成 4 反对 1 弃权 0）"
        in record.results[-1]
    )


@pytest.mark.parametrize(
    ("life", "change", "why"),
    [
        (reconciled, put("VoteOpened", method="aloud"), "表决方式写错了"),
        (reconciled, put("VoteOpened", revisable=1), "表决方式写错了"),
        (in_the_open, put("VoteOpened", running_tally=False), "没有显示票数"),
        (secret, put("VoteOpened", running_tally=True), "无记名表决不能显示票数"),
        (secret, put("VoteOpened", revisable=True), "也不能改票"),
        (four_people, put("VoteOpened", method="secret"), "能表决的不足 5 人"),
        (reconciled, voted("HandsConfirmed", "v01"), "一个人投了两张票"),
        (reconciled, voted("BallotPaperExchanged", "v06"), "领了纸票的人又用别的方式投票"),
        (reconciled, voted("HandsCounted", "v12"), "点举手以后还有人投票"),
        (reconciled, voted("HandsConfirmed", "o01"), "投票的人不是表决人"),
        (reconciled, put("BallotCast", 0, channel="paper"), "表决渠道不对"),
        (reconciled, put("BallotCast", 0, channel="hands_named"), "表决渠道不对"),
        (reconciled, put("VoteOpened", revisable=False), "这次表决不能改票"),
        (reconciled, put("BallotChanged", was=["against"]), "改票以前的意见与记录不符"),
        (reconciled, put("BallotChanged", answer=["abstain"]), "改票以前的意见与记录不符"),
        (reconciled, put("BallotChanged", person="v01"), "不是本人改的票"),
        (reconciled, put("BallotChanged", answer=["satisfied"]), "不认识的表决意见"),
        (reconciled, drop("BallotChanged"), "计票与选票不符，重算为赞成 6 反对 2 弃权 2"),
        (reconciled, voted("HandsConfirmed", "v04", CHANGE), "没有自己投过票"),
        (reconciled, left("BallotCast", "v03"), "已离场"),
        (reconciled, left("HandsNoted", "v05"), "已离场"),
        (reconciled, noted("VoteOpened", "v09", choice="satisfied"), "不认识的表决意见"),
        (reconciled, deep("HandsCounted", lambda e: e["counts"][0].update(note="")), "字段不对"),
        (reconciled, as_role("HandsNoted", "secretary"), "不是本人记的举手"),
        (reconciled, as_role("HandsNoted", "supervisor", "clerk"), "岗位 supervisor 无权"),
        (reconciled, put("HandsNoted", hands=[]), "举手的没有人"),
        (reconciled, noted("HandsNoted", "v09", "v09"), "同一人列了两次"),
        (reconciled, noted("HandsNoted", "v01"), "一个人投了两张票"),
        (reconciled, noted("HandsNoted", "o02"), "投票的人不是表决人"),
        (reconciled, noted("HandsNoted", "v09", choice="fairly_satisfied"), "不认识的表决意见"),
        (reconciled, as_role("HandsConfirmed", "teller"), "不是本人见证的举手"),
        (reconciled, then(put("HandsConfirmed", witness="clerk"), as_role("HandsConfirmed", "secretary", "clerk")),
         "记举手和见证的应是两个人"),
        (reconciled, drop_all(kind_is("HandsNoted")), "没有要见证的举手名单"),
        (reconciled, repeat("HandsConfirmed"), "没有要见证的举手名单"),
        (reconciled, drop("HandsConfirmed"), "举手名单还没有人见证"),
        (reconciled, noted("BallotPapersReturned", "v12"), "点举手以后还有人投票"),
        (in_the_open, then(drop_all(kind_is("HandsCounted")), noted("VoteOpened", "v06")), "举手名单还没有人见证"),
        (reconciled, as_role("HandsCounted", "teller"), "不是本人点的举手"),
        (reconciled, deep("HandsCounted", lambda e: first(e["counts"])), "比没有表决的人还多"),
        (reconciled, deep("HandsCounted", lambda e: first(e["counts"], -1)), "不小于零的整数"),
        (reconciled, deep("HandsCounted", lambda e: first(e["counts"], 2.0)), "不小于零的整数"),
        (reconciled, deep("HandsCounted", lambda e: e["counts"].pop()), "不认识的表决意见"),
        (reconciled, drop("HandsCounted"), "两个人点的举手不一致"),
        (in_the_open, drop("HandsCounted"), "只有一个人点"),
        (in_the_open, deep("HandsCounted", lambda e: first(e["counts"], 3)), "两个人点的举手不一致"),
        (in_the_open, insert_after("HandsCounted", {**COUNTED, "counts": ONES}, person="third"), "多于两个人"),
        (secret, noted("VoteOpened", "v12"), "无记名表决却记下了谁投什么"),
        (secret, voted("VoteOpened", "v12"), "无记名表决却记下了谁投什么"),
        (secret, insert_after("VoteOpened", {**COUNTED, "counts": ONES}, person="third"), "无记名表决却记下"),
        (secret, insert_after("VoteOpened", CONFIRMED, person="teller"), "无记名表决却记下"),
    ],
)  # fmt: skip
def test_a_forged_ballot_or_count_of_hands_is_found(life, change, why):
    assert why in fault(forged(lines(life), change))


@pytest.mark.parametrize(
    ("life", "change", "why"),
    [
        (reconciled, put("BallotPapersPrinted", first=2), "纸票编号不连续"),
        (reconciled, put("BallotPapersPrinted", last=0), "纸票编号不连续"),
        (reconciled, put("BallotPapersPrinted", last=33), "纸票印得太多"),
        (reconciled, put("BallotPapersPrinted", batch=" "), "应当写明"),
        (reconciled, put("BallotPapersPrinted", last=3), "发出的纸票比印的还多"),
        (reconciled, put("BallotPapersPrinted", last=2), "发出的纸票比印的还多"),
        (reconciled, then(drop("BallotPaperExchanged"), drop("BallotPaperIssued"), put("BallotPapersPrinted", last=1)),
         "发出的纸票比印的还多"),
        (reconciled, repeat("BallotPapersPrinted", first=9, last=12, batch="other"), "印了两批纸票"),
        (reconciled, repeat("BallotPaperIssued"), "或领了两张"),
        (reconciled, put("BallotPaperIssued", person="v01"), "一个人投了两张票"),
        (reconciled, put("BallotPaperIssued", person="o01"), "投票的人不是表决人"),
        (reconciled, as_role("BallotPaperIssued", "supervisor"), "岗位 supervisor 无权"),
        (reconciled, put("BallotPaperExchanged", person="v12"), "没有领过纸票的人"),
        (reconciled, insert_after("BallotPapersReturned", ISSUED), "开箱以后还在"),
        (reconciled, insert_after("BallotPapersReturned", {**ISSUED, "kind": "BallotPaperExchanged"}), "开箱以后还在"),
        (reconciled, put("BallotPapersReturned", returned=4), "比发出的还多"),
        (reconciled, put("BallotPapersReturned", returned=True), "比发出的还多"),
        (in_the_open, insert_after("VoteOpened", RETURNED), "没有发过纸票"),
        (reconciled, insert_after("BallotPaperRead", RETURNED), "已经开始唱票"),
        (secret, put("BallotPapersReturned", returned=4), "无记名纸票不足 5 张"),
        (reconciled, put("BallotPaperRead", number=2), "唱票的次序不对"),
        (reconciled, insert_after("BallotPaperRead", READ), "比收回的还多"),
        (reconciled, put("BallotPaperRead", answer=["satisfied"]), "不认识的表决意见"),
        (reconciled, drop("BallotPapersReturned"), "比收回的还多"),
        (reconciled, drop("BallotPaperRead"), "纸票没有唱完"),
        (reconciled, drop_all(kind_is("BallotPapersReturned", "BallotPaperRead", "ReadingTakenBack")), "没有开箱"),
        (reconciled, drop("ReadingTakenBack"), "唱票的次序不对"),
        (reconciled, put("ReadingTakenBack", number=1), "撤回的不是刚唱的那一张"),
        (reconciled, repeat("ReadingTakenBack"), "撤回的不是刚唱的那一张"),
        (reconciled, put("BallotPaperRead", answer=["against"]), "计票与选票不符，重算为赞成 7 反对 3 弃权 0"),
    ],
)  # fmt: skip
def test_a_forged_paper_ballot_is_found(life, change, why):
    assert why in fault(forged(lines(life), change))


def move_a_vote(event):
    """The tally stays; one answer is said to have come by another channel."""
    event["subtotals"][0]["counts"][0]["count"] -= 1
    event["subtotals"][1]["counts"][0]["count"] += 1


def paper_in_the_box(event):
    event["subtotals"][0]["channel"] = "paper"


def four_by_phone(entries):
    """The ballots of the box are said to have come by two channels, one of them from four people."""
    boxed, closed = event_of(entries, "BoxOpened"), event_of(entries, "VoteClosed")
    screen, phone = boxed["subtotals"][0], {"channel": "phone", "cast": 4}
    phone["counts"] = [{**c, "count": n} for c, n in zip(screen["counts"], (3, 1, 0), strict=True)]
    screen["counts"] = [{**c, "count": n} for c, n in zip(screen["counts"], (1, 1, 0), strict=True)]
    screen["cast"] = 2
    boxed["subtotals"].append(phone)
    closed["subtotals"] = [screen, phone, closed["subtotals"][1]]


def box_before_the_close(entries):
    """The box was opened by a command of its own, a while before the close."""
    opened = next(e for e in entries if e["event"]["kind"] == "BoxOpened")
    opened["command"] = "peeped"


@pytest.mark.parametrize(
    ("life", "change", "why"),
    [
        (reconciled, deep("VoteClosed", move_a_vote), "分渠道票数与选票不符，重算为表决屏（赞成 2"),
        (reconciled, deep("VoteClosed", lambda e: e["subtotals"].reverse()), "分渠道票数与选票不符"),
        (reconciled, deep("VoteClosed", lambda e: e["tally"].update(invalid=0)), "（其中回避 0，废票 1）"),
        (reconciled, put("VoteClosed", carried=False), "结果应为通过"),
        (secret, drop("ClosingWitnessed"), "没有监委会成员监督开箱"),
        (secret, as_role("ClosingWitnessed", "supervisor", "o02"), "不是本人监督开箱"),
        (secret, as_role("ClosingWitnessed", "chair", "o01"), "岗位 chair 无权"),
        (in_the_open, insert_after("VoteOpened", WITNESSED, role="supervisor", person="o01"), "没有票箱"),
        (secret, drop("BoxOpened"), "计票与选票不符"),
        (secret, box_before_the_close, "票箱只在结束表决时打开"),
        (secret, drop("VoteClosed"), "票箱只在结束表决时打开"),
        (in_the_open, insert_after("VoteOpened", {"kind": "BoxOpened", **VOTE, "voters": ["v01"], "subtotals": []}),
         "没有票箱"),
        (secret, deep("BoxOpened", lambda e: e["voters"].pop()), "票箱里的票数与投票人数不符"),
        (secret, deep("BoxOpened", lambda e: e["voters"].reverse()), "投票人名单不对"),
        (secret, deep("BoxOpened", lambda e: e["voters"].append("v11")), "领了纸票的人"),
        (secret, deep("BoxOpened", lambda e: e["voters"].insert(0, "o01")), "不是表决人"),
        (secret, deep("BoxOpened", lambda e: first(e["subtotals"][0]["counts"])), "票箱里的票数与张数对不上"),
        (secret, deep("BoxOpened", lambda e: e["subtotals"][0].update(cast=5)), "票箱里的票数与张数对不上"),
        (secret, deep("BoxOpened", lambda e: e["voters"].append("v12")), "票箱里的票数与投票人数不符"),
        (secret, deep("BoxOpened", paper_in_the_box), "表决渠道不对"),
        (secret, four_by_phone, "有渠道不足 5 张票"),
        (secret, as_role("BoxOpened", "supervisor"), "岗位 supervisor 无权"),
    ],
)  # fmt: skip
def test_a_forged_close_is_found(life, change, why):
    assert why in fault(forged(lines(life), change))


def two_papers_more(entries):
    """By the other count six would have been in favour: half of those present, and no more."""
    event_of(entries, "CountChecked")["counts"] = [
        {"choice": c, "count": n} for c, n in (("for", 6), ("against", 3), ("abstain", 1))
    ]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (put("CountChecked", source="camera"), "复点的来源不对"),
        (as_role("CountChecked", "teller"), "不是本人复点"),
        (as_role("CountChecked", "admin", "teller"), "岗位 admin 无权"),
        (deep("CountChecked", lambda e: first(e["counts"], 13)), "复点的票比表决人还多"),
        (deep("CountChecked", lambda e: e["counts"].reverse()), "不认识的表决意见"),
        (drop("DifferenceSettled"), "没有说明就散会"),
        (drop_all(kind_is("DifferenceExplained", "DifferenceSettled")), "没有说明就散会"),
        (drop("DifferenceExplained"), "差异没有说明"),
        (drop("CountChecked"), "没有差异"),
        (put("DifferenceExplained", ground=" "), "应当写明"),
        (as_role("DifferenceExplained", "teller"), "不是本人说明差异"),
        (as_role("DifferenceSettled", "supervisor"), "不是本人确认差异"),
        (
            then(
                put("DifferenceSettled", officer="teller"),
                as_role("DifferenceSettled", "teller", "teller"),
            ),
            "说明差异和确认的应是两个人",
        ),
        (repeat("DifferenceSettled"), "或已经确认"),
        (two_papers_more, "只能作废重新表决"),
        (
            insert_after("DifferenceSettled", EXPLAINED, role="teller", person="teller"),
            "没有说明就散会",
        ),
    ],
)
def test_a_difference_that_was_not_settled_by_two_people_is_found(change, why):
    assert why in fault(forged(lines(reconciled), change))


def test_a_tally_sheet_of_another_vote_is_found():
    for change in (put("PaperIssued", subject="m1-vote-1"), put("PaperIssued", paper="notice")):
        assert "不是它应当依据的那一条" in fault(forged(lines(reconciled), change))


def test_counting_again_asks_for_another_explanation():
    entries = forged(lines(reconciled), repeat("CountChecked"))
    assert fault(entries) == ""
    checks = [n for n, e in enumerate(entries) if e["event"]["kind"] == "CountChecked"]
    settled = next(n for n, e in enumerate(entries) if e["event"]["kind"] == "DifferenceSettled")
    moved = entries.pop(checks[-1])
    entries.insert(settled, moved)
    assert "没有说明就散会" in fault(entries)


def test_a_vote_that_differs_may_be_declared_void_instead():
    sim = every_channel()
    Count(sim).check(6, 3, 1)
    sim.void("复点结果不同").open_vote().cast(10, 2).close().adjourn()
    assert fault(entries_of(sim.lines())) == ""
