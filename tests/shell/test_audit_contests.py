"""The verifier knows how candidates are chosen (推选); whatever was forged in a contest and chained anew is found."""

from functools import cache

import pytest
from contest_lives import (
    contest,
    level_on_the_last_place,
    nobody_chosen,
    secret_contest,
)
from forging import (
    deep,
    drop,
    entries_of,
    event_of,
    fault,
    forged,
    insert_after,
    put,
    then,
)
from lives import whole_life

from kiosk.evidence.audit import Record

VOTE = {"meeting": "m1", "vote": "m1-vote-1"}
ONE_PLACE = {"candidates": [{"person": "k01", "name": "何㛃"}], "places": 1}
HANDS = [{"person": "v12", "choice": "1"}]
NOTED = {"kind": "HandsNoted", **VOTE, "clerk": "clerk", "hands": HANDS}
CONFIRMED = {"kind": "HandsConfirmed", **VOTE, "witness": "teller"}
FIVE = ("1", "2", "3", "4", "abstain")
COUNTED = {
    "kind": "HandsCounted",
    **VOTE,
    "teller": "third",
    "counts": [{"choice": choice, "count": 0} for choice in FIVE],
}


@cache
def lines(life):
    return life().lines()


def told_of(life):
    record = Record()
    record.tell(entries_of(lines(life)))
    return record.results


def test_each_candidate_is_laid_out_with_his_arithmetic():
    (told,) = told_of(contest)
    assert (
        "1号 何㛃 7 2号 龚䶮 7 3号 欧阳建国 2 4号 林秀英 0 弃权 1，有效票 10 未表决 2（其中回避 0，废票 1），"
        "其中表决屏（1号 何㛃 3 " in told
    )
    assert told.endswith(
        "1号 何㛃 7×2 > 到会 12×1；2号 龚䶮 7×2 > 到会 12×1；3号 欧阳建国 2×2 ≤ 到会 12×1；"
        "4号 林秀英 0×2 ≤ 到会 12×1，当选：1号 何㛃、2号 龚䶮"
    )


def test_of_two_who_are_level_on_the_last_place_nobody_is_chosen():
    assert told_of(level_on_the_last_place)[-1].endswith(
        "1号 何㛃 10×2 > 到会 12×1；2号 龚䶮 7×2 > 到会 12×1；3号 欧阳建国 7×2 > 到会 12×1，当选：1号 何㛃"
    )
    first, _, again = told_of(nobody_chosen)
    assert first.endswith("当选：无人")
    assert again.endswith("当选：1号 何㛃")


# --- who stands, for how many places


def candidates(edit, kind="MatterRaised"):
    """What the matter says of its candidates is another; the vote that opened stays as it was."""
    return deep(kind, lambda event: edit(event["contest"]["candidates"]))


def everywhere(edit):
    """What was raised and what was opened are changed alike."""
    return then(
        *(deep(kind, lambda e: edit(e["contest"])) for kind in ("MatterRaised", "VoteOpened"))
    )


def thirteen(told):
    told["candidates"] = [{"person": f"k{n}", "name": f"某{n}"} for n in range(13)]


@pytest.mark.parametrize(
    ("life", "change", "why"),
    [
        (contest, put("MatterRaised", contest=None), "推选没有候选人"),
        (contest, candidates(list.clear), "候选人列了两次，没有，或太多"),
        (contest, everywhere(thirteen), "候选人列了两次，没有，或太多"),
        (contest, candidates(lambda people: people.append(people[0])), "候选人列了两次"),
        (contest, candidates(lambda people: people[0].update(name=" ")), "候选人没有写明姓名"),
        (contest, candidates(lambda people: people[0].update(votes=7)), "候选人没有写明姓名"),
        (contest, everywhere(lambda told: told.update(places=0)), "名额不对"),
        (contest, everywhere(lambda told: told.update(places=5)), "名额不对"),
        (contest, everywhere(lambda told: told.update(places=True)), "名额不对"),
        (contest, everywhere(lambda told: told.update(note="")), "字段不对"),
        (whole_life, put("MatterRaised", contest=ONE_PLACE), "别的事项有候选人"),
        (contest, deep("VoteOpened", lambda e: e["contest"].update(places=3)), "与立项时的不同"),
        (contest, candidates(list.reverse, "VoteOpened"), "与立项时的不同"),
        (contest, candidates(lambda people: people[0].update(name="何捷"), "VoteOpened"), "与立项时的不同"),
        (contest, put("VoteOpened", contest=None), "与立项时的不同"),
        (whole_life, put("VoteOpened", contest=ONE_PLACE), "与立项时的不同"),
        (contest, put("MatterRaised", kind_id="group_leader"), "不能按这一规则决定"),
        (contest, put("MatterRaised", row="representatives"), "不能按这一规则决定"),
    ],
)  # fmt: skip
def test_forged_candidates_are_found(life, change, why):
    assert why in fault(forged(lines(life), change))


# --- what the ballots say


def says(*answer, of="v01"):
    """The ballot of that person says something else; the close stays as it was."""

    def change(entries):
        event_of(entries, "BallotCast", person=of)["answer"] = list(answer)

    return change


def reads(*answer, place=0):
    return put("BallotPaperRead", place, answer=list(answer))


def screen_for_phone(event):
    """A vote for the first candidate is said to have come by another channel."""
    event["subtotals"][0]["counts"][0]["count"] -= 1
    event["subtotals"][1]["counts"][0]["count"] += 1


def one_more_ballot(event):
    """The names stay; there is said to have been one ballot more."""
    event["tally"].update(cast=11, unused=1)
    event["subtotals"][0]["cast"] += 1


@pytest.mark.parametrize(
    ("life", "change", "why"),
    [
        (contest, says("1", "3"), "计票与选票不符，重算为1号 何㛃 7 2号 龚䶮 6 3号 欧阳建国 3 4号"),
        (contest, says("1", of="v07"), "计票与选票不符，重算为1号 何㛃 7 2号 龚䶮 6"),
        (contest, says("1", "2", "3"), "一张票上最多只能有 2 项"),
        (contest, says("1", "abstain"), "一张票上最多只能有 1 项"),
        (contest, says("1", "2", "abstain"), "一张票上最多只能有 1 项"),
        (contest, says("2", "1"), "不认识的表决意见"),
        (contest, says("1", "1"), "不认识的表决意见"),
        (contest, says("5"), "不认识的表决意见"),
        (contest, says("for"), "不认识的表决意见"),
        (contest, says(), "不认识的表决意见"),
        (contest, put("BallotCast", answer="1"), "不认识的表决意见"),
        (contest, put("BallotChanged", answer=["1", "2", "4"]), "一张票上最多只能有 2 项"),
        (contest, put("BallotChanged", was=["1"]), "改票以前的意见与记录不符"),
        (contest, drop("BallotChanged"), "重算为1号 何㛃 6 2号 龚䶮 7"),
        (contest, drop("BallotCast", person="v03"), "重算为1号 何㛃 6 2号 龚䶮 7"),
        (contest, reads("1", "2", "3"), "一张票上最多只能有 2 项"),
        (contest, reads("2", "abstain", place=1), "一张票上最多只能有 1 项"),
        (contest, reads("5"), "不认识的表决意见"),
        (contest, reads(), "不认识的表决意见"),
        (contest, reads("1", "4"), "计票与选票不符，重算为1号 何㛃 7 2号 龚䶮 6"),
        (contest, put("BallotPaperRead", answer=["4"]), "4号 林秀英 1 弃权 1，有效票 11 未表决 1"),
        (whole_life, put("BallotCast", answer=["for", "against"]), "一张票上最多只能有 1 项"),
        (whole_life, put("BallotCast", answer=["1"]), "不认识的表决意见"),
        (contest, insert_after("VoteOpened", NOTED, person="clerk"), "推选不能举手"),
        (contest, insert_after("VoteOpened", CONFIRMED, person="teller"), "推选不能举手"),
        (contest, insert_after("VoteOpened", COUNTED, person="third"), "推选不能举手"),
        (contest, put("BallotCast", channel="hands_named"), "表决渠道不对"),
    ],
)  # fmt: skip
def test_a_forged_ballot_of_a_contest_is_found(life, change, why):
    assert why in fault(forged(lines(life), change))


# --- the close: the counts, the ballots, who is chosen


def both_level(event):
    """The tie is decided for the second: two are said to be chosen."""
    event["chosen"] = ["1", "2"]


@pytest.mark.parametrize(
    ("life", "change", "why"),
    [
        (contest, put("VoteClosed", chosen=["1", "3"]), "结果应为当选：1号 何㛃、2号 龚䶮"),
        (contest, put("VoteClosed", chosen=["1"]), "结果应为当选：1号 何㛃、2号 龚䶮"),
        (contest, put("VoteClosed", chosen=["2", "1"]), "结果应为当选"),
        (contest, put("VoteClosed", chosen=["1", "2", "3"]), "结果应为当选"),
        (contest, put("VoteClosed", chosen=[], carried=False), "结果应为当选"),
        (contest, put("VoteClosed", carried=False), "结果应为当选"),
        (level_on_the_last_place, deep("VoteClosed", both_level), "结果应为当选：1号 何㛃：1号"),
        (level_on_the_last_place, put("VoteClosed", chosen=["1", "3"]), "结果应为当选：1号 何㛃：1号"),
        (nobody_chosen, put("VoteClosed", 0, chosen=["1"], carried=True), "结果应为当选：无人"),
        (nobody_chosen, put("VoteClosed", 0, carried=True), "结果应为当选：无人"),
        (whole_life, put("VoteClosed", chosen=["for"]), "结果应为通过"),
        (contest, deep("VoteClosed", screen_for_phone), "分渠道票数与选票不符"),
        (contest, deep("VoteClosed", one_more_ballot), "计票与选票不符，重算为"),
        (contest, deep("VoteClosed", lambda e: e["subtotals"][0].update(cast=4)), "分渠道票数与选票不符"),
        (contest, deep("VoteClosed", lambda e: e["tally"].update(cast=11)), "有效票 10 未表决 2"),
        (contest, deep("VoteClosed", lambda e: e["tally"].update(invalid=0)), "有效票 10 未表决 2"),
        (whole_life, deep("VoteClosed", lambda e: e["tally"].update(cast=3)), "计票与选票不符"),
        (contest, put("VoteClosed", base=11), "计算基数应为到会 12 人"),
    ],
)  # fmt: skip
def test_a_forged_outcome_of_a_contest_is_found(life, change, why):
    assert why in fault(forged(lines(life), change))


# --- the box of a secret contest


def boxed(edit):
    """The counts in the box are others, and those of the close to match."""

    def change(entries):
        opened, closed = event_of(entries, "BoxOpened"), event_of(entries, "VoteClosed")
        edit(opened["subtotals"][0])
        closed["subtotals"][0] = opened["subtotals"][0]

    return change


def votes(place, count):
    def edit(subtotal):
        subtotal["counts"][place]["count"] = count

    return edit


def both(*edits):
    def edit(subtotal):
        for one in edits:
            one(subtotal)

    return edit


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (boxed(votes(0, 6)), "票箱里的票数与张数对不上"),  # one abstained: nobody has six
        (boxed(both(votes(2, 4), votes(3, 4))), "票箱里的票数与张数对不上"),  # more than two names a ballot
        (boxed(both(votes(0, 1), votes(1, 1))), "票箱里的票数与张数对不上"),  # some would name nobody
        (boxed(votes(4, 3)), "票箱里的票数与张数对不上"),  # as many abstain as name the first
        (boxed(votes(4, 7)), "票箱里的票数与张数对不上"),
        (boxed(votes(4, -1)), "不小于零的整数"),
        (boxed(lambda s: s.update(cast=7)), "票箱里的票数与投票人数不符"),
        (boxed(lambda s: s.update(cast=12)), "票箱里的票数与张数对不上"),
        (boxed(lambda s: s.update(cast=6.0)), "字段不对"),
        (boxed(lambda s: s.pop("cast")), "内容不完整"),
        (boxed(lambda s: s.update(note="")), "字段不对"),
        (boxed(votes(2, 2)), "计票与选票不符"),
        (deep("BoxOpened", lambda e: e["voters"].pop()), "票箱里的票数与投票人数不符"),
        (drop("ClosingWitnessed"), "没有监委会成员监督开箱"),
        (put("BallotPaperRead", answer=["1", "2", "3"]), "一张票上最多只能有 2 项"),
    ],
)  # fmt: skip
def test_a_forged_box_of_a_contest_is_found(change, why):
    assert why in fault(forged(lines(secret_contest), change))


# --- consent, and counting once more


def by_consent(entries):
    """Another matter goes with the contest as if nobody contested it."""
    raised = event_of(entries, "MatterRaised")
    other = {**raised, "matter": "other", "number": 2, "title": "再推选一次"}
    entries = insert_after("MatterRaised", other)(entries)
    called, opened = event_of(entries, "MeetingConvened"), event_of(entries, "VoteOpened")
    item = {**called["agenda"][0], "consent": True}
    called["agenda"] = [item, {**item, "matter": "other"}]
    opened["matters"] = ["road", "other"]
    return entries


def test_a_contest_in_a_block_by_consent_is_found():
    assert "这些议题不能合并表决" in fault(forged(lines(contest), by_consent))


def counts_again(*numbers):
    told = [{"choice": choice, "count": n} for choice, n in zip(FIVE, numbers, strict=True)]
    return put("CountChecked", counts=told)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (counts_again(6, 7, 3, 0, 1), "只能作废重新表决"),
        (counts_again(7, 7, 7, 0, 1), "只能作废重新表决"),
        (counts_again(13, 7, 2, 0, 1), "复点的票比表决人还多"),
        (counts_again(7, 7, 2, 0, 1), "几种点票一致，没有差异"),
    ],
)
def test_a_forged_recount_of_a_contest_is_found(change, why):
    assert why in fault(forged(lines(contest), change))
