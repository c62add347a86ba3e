"""Counts every vote again (重新数票) and judges it by the rule row as it stood when its meeting was called.

Used by verify.py, beside which it lies in every bundle; it needs the standard library alone. `Count.take` is given the
entries of the journal one by one, and raises Wrong at the first that does not hold.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

if __package__:
    from .verify_journal import Json, need
else:
    from verify_journal import Json, need  # type: ignore[import-not-found,no-redef]

CHOICES = {
    "for": "赞成",
    "against": "反对",
    "abstain": "弃权",
    "satisfied": "满意",
    "fairly_satisfied": "基本满意",
    "dissatisfied": "不满意",
}
# 表决屏、手机、举手记名、举手点数、纸票, in the order in which a vote's sub-totals stand.
CHANNELS = [
    "kiosk_screen",
    "phone",
    "hands_named",
    "hands_counted",
    "paper",
]
STAGES = {
    "proposal": "村党组织提议",
    "consultation": "村“两委”商议",
    "review": "党员大会审议",
    "decision": "会议决议",
}
# The rule row of each stage before the decision; that of the decision stands with the matter.
ORDINARY = {
    "proposal": "party_committee",
    "consultation": "two_committees",
    "review": "party_meeting",
}


def reaches(count: int, base: int, share: Json) -> bool:
    """Whether so many reach the share of the base; nobody reaches any share of nobody."""
    mine, least = count * share["denominator"], base * share["numerator"]
    return base > 0 and (mine >= least if share["inclusive"] else mine > least)


class Count:
    """What the entries tell of meetings and votes; a method bears the name of its kind of entry."""

    def __init__(self) -> None:
        self.rows, self.used = (
            dict[str, tuple[int, Json]](),
            dict[int, Json](),
        )  # with the numbers of their entries
        self.matters, self.meetings, self.votes = (
            dict[str, Json](),
            dict[str, Json](),
            dict[str, Json](),
        )
        self.catalogue, self.register, self.results = Json(), Json(), list[str]()
        self.where = ""  # which entry is being counted
        self.plain: dict[str, Callable[[Json, Json], object]] = {
            "RowChanged": lambda e, _: self.rows.update({e["row"]["id"]: (self.seq, e["row"])}),
            "CatalogueAdopted": lambda e, _: self.catalogue.update(
                catalogue=e["catalogue"], seq=self.seq
            ),
            "MatterRaised": lambda e, _: self.matters.update(
                {e["matter"]: {**e, "catalogue": {**self.catalogue}}}
            ),
            "MatterSentToAssembly": lambda e, _: self.matters[e["matter"]].update(row=e["row"]),
            "CheckedIn": lambda e, _: self.meetings[e["meeting"]]["here"].add(e["person"]),
            "CheckedOut": lambda e, _: self.meetings[e["meeting"]]["here"].remove(e["person"]),
            "ProxyGiven": lambda e, _: self.meetings[e["meeting"]]["proxies"].update(
                {e["principal"]: e["proxy"]}
            ),
            "HandsNoted": lambda e, vote: vote.update(note=e),
            "HandsCounted": lambda e, vote: vote["hands"].update({e["teller"]: e["counts"]}),
            "BallotPaperIssued": lambda e, vote: vote["holders"].add(e["person"]),
            "BallotPapersReturned": lambda e, vote: vote.update(returned=e["returned"]),
            "ReadingTakenBack": lambda _, vote: vote["readings"].pop(),
            "VoteVoided": lambda _, vote: vote.update(open=False),
        }

    def take(self, seq: int, entry: Json) -> None:
        """The next entry. Raises Wrong."""
        event, self.seq, self.by, self.where = (
            entry["event"],
            seq,
            entry["actor"].get("person"),
            f"日志第 {seq} 条：",
        )
        kind, vote = event["kind"], self.votes.get(str(event.get("vote")), Json())
        handle = self.plain.get(kind) or getattr(self, f"_{kind}", None)
        if handle and (vote or kind == "VoteOpened" or not event.get("vote")):
            need(not vote or vote["open"] or kind == "VoteVoided", "表决已经结束或作废")
            handle(event, vote)

    def _MeetingConvened(self, event: Json, _: Json) -> None:
        row, roll = (
            self.rows[event["body"]][1],
            sorted(seat["person"] for seat in event["seats"] if seat["votes"]),
        )
        known = [item["matter"] for item in event["agenda"] if item["matter"] in self.matters]
        rows = {
            name: self.rows[ORDINARY.get(str(row["stage"])) or self.matters[name]["row"]]
            for name in known
        }
        self.meetings[event["meeting"]] = {
            "row": row,
            "rows": rows,
            "roll": roll,
            "here": set(),
            "proxies": {},
        }
        seats = [
            {key: seat[key] for key in ("capacity", "person", "votes")} for seat in event["seats"]
        ]
        self.register[event["meeting"]] = {"roll": roll, "seats": seats, "seq": self.seq}

    def present(self, meeting: Json, row: Json) -> list[str]:
        """到会: those entitled who are in the room, or whose proxy is. Raises Wrong where they are no quorum."""
        inside = meeting["here"] | {
            who for who, by in meeting["proxies"].items() if by in meeting["here"]
        }
        here, all_ = sorted(inside.intersection(meeting["roll"])), len(meeting["roll"])
        need(
            reaches(len(here), all_, row["quorum"]),
            f"应到 {all_} 人，到会 {len(here)} 人，不足法定人数",
        )
        return here

    def _VoteOpened(self, event: Json, _: Json) -> None:
        if known := [name for name in event["matters"] if name in self.matters]:
            meeting, stand = (
                self.meetings[event["meeting"]],
                (event["contest"] or {"candidates": []})["candidates"],
            )
            seq, row = meeting["rows"][known[0]]
            need(
                event["electorate"] == self.present(meeting, row),
                "表决人名单与到会且有表决权的人不符",
            )
            self.used[seq], title = row, self.matters[known[0]]["title"]
            options = (
                [*(str(number) for number in range(1, len(stand) + 1)), "abstain"]
                if stand
                else row["options"]
            )
            self.votes[event["vote"]] = {
                **event,
                "row": row,
                "title": title,
                "options": options,
                "open": True,
                "note": None,
                "ballots": {},
                "hands": {},
                "box": [],
                "holders": set(),
                "readings": [],
            }

    def put(self, vote: Json, person: str, answer: list[str], channel: str) -> None:
        """The ballot of somebody who may vote now. Raises Wrong."""
        need(
            person in vote["electorate"] and person not in vote["recused"],
            "投票的人不是表决人，或已回避",
        )
        need(
            person not in vote["ballots"] and person not in vote["holders"] and not vote["hands"],
            "一个人投了两张票",
        )
        vote["ballots"][person] = (self.hold(vote, answer), channel)

    def hold(self, vote: Json, answer: list[str]) -> list[str]:
        """The answer, which a ballot must be able to say. Raises Wrong."""
        most = vote["contest"]["places"] if vote["contest"] and "abstain" not in answer else 1
        known = [option for option in vote["options"] if option in answer]
        need(answer and answer == known and len(answer) <= most, "不认识的表决意见")
        return answer

    def _BallotCast(self, event: Json, vote: Json) -> None:
        need(
            vote["method"] != "secret" and self.by == event["person"],
            "无记名表决却记下了谁投什么，或不是本人投的票",
        )
        changes = (
            "was" in event
            and vote["revisable"]
            and vote["ballots"].pop(event["person"])[0] == event["was"]
        )
        need("was" not in event or changes, "改票与记录不符")
        self.put(vote, event["person"], event["answer"], event["channel"])

    _BallotChanged = _BallotCast

    def _HandsConfirmed(self, event: Json, vote: Json) -> None:
        need(vote["note"]["clerk"] != event["witness"], "记举手和见证的是同一个人")
        for hand in vote["note"]["hands"]:
            self.put(vote, hand["person"], [hand["choice"]], "hands_named")
        vote["note"] = None

    def _BallotPaperRead(self, event: Json, vote: Json) -> None:
        vote["readings"].append(
            self.hold(vote, event["answer"]) if event["answer"] is not None else None
        )
        need(
            event["number"] == len(vote["readings"]) <= vote["returned"],
            "唱票的次序不对，或比收回的还多",
        )

    def _BoxOpened(self, event: Json, vote: Json) -> None:
        able, contest = (
            {*vote["electorate"]} - {*vote["recused"]} - vote["holders"],
            vote["contest"],
        )
        need(vote["method"] == "secret" and able >= {*event["voters"]}, "票箱里有不能投票的人")
        need(
            sum(part["cast"] for part in event["subtotals"]) == len({*event["voters"]}),
            "票箱里的票数与投票人数不符",
        )
        for part in event["subtotals"]:
            counts = {count["choice"]: count["count"] for count in part["counts"]}
            naming = part["cast"] - counts.pop("abstain") if contest else part["cast"]
            most = naming * (contest["places"] if contest else 1)
            fits = (
                max(counts.values()) <= naming <= sum(counts.values()) <= most
                and min(counts.values()) >= 0
            )
            need(fits, "票箱里的票数与张数对不上")
        vote["box"] = event["subtotals"]

    def parts(self, vote: Json) -> list[Json]:
        """Count again what came by each channel. Raises Wrong where something is only half counted."""
        agreed, parts, given = [*vote["hands"].values()], [*vote["box"]], dict[str, list[Any]]()
        need(
            not vote["note"] and agreed == agreed[:1] * (2 if agreed else 0),
            "两个人点的举手不一致，或没有点清",
        )
        need(not vote["holders"] or vote.get("returned") == len(vote["readings"]), "纸票没有唱完")
        for answer, channel in [
            *vote["ballots"].values(),
            *((answer, "paper") for answer in vote["readings"]),
        ]:
            given.setdefault(channel, []).append(answer)
        for channel, answers in given.items():
            valid = [answer for answer in answers if answer is not None]
            counts = [
                {"choice": o, "count": sum(o in answer for answer in valid)}
                for o in vote["options"]
            ]
            parts.append({"channel": channel, "counts": counts, "cast": len(valid)})
        for counts in agreed[:1]:
            parts.append(
                {
                    "channel": "hands_counted",
                    "counts": counts,
                    "cast": sum(c["count"] for c in counts),
                }
            )
        return sorted(parts, key=lambda part: CHANNELS.index(part["channel"]))

    def _VoteClosed(self, event: Json, vote: Json) -> None:
        row, contest, parts, meeting = (
            vote["row"],
            vote["contest"],
            self.parts(vote),
            self.meetings[vote["meeting"]],
        )
        level = {
            o: sum(c["count"] for p in parts for c in p["counts"] if c["choice"] == o)
            for o in vote["options"]
        }
        cast, recused, invalid = (
            sum(part["cast"] for part in parts),
            len(vote["recused"]),
            vote["readings"].count(None),
        )
        here, counts = (
            len(vote["electorate"]),
            [{"choice": option, "count": n} for option, n in level.items()],
        )
        said = (
            " ".join(f"{CHOICES.get(o, f'{o}号')} {n}" for o, n in level.items())
            + f" 未表决 {here - cast}"
        )
        tally = {
            "counts": counts,
            "cast": cast,
            "unused": here - cast,
            "recused": recused,
            "invalid": invalid,
        }
        need(event["tally"] == tally, f"计票与选票不符，重算为{said}")
        need(event["subtotals"] == parts, "分渠道票数与选票不符")
        whom, people = (
            ("应到", len(meeting["roll"])) if row["majority_base"] == "entitled" else ("到会", here)
        )
        base = people - (recused if row["recused_leave"] else 0)
        need(event["base"] == base, f"计算基数应为{whom} {base} 人")
        able = [
            option
            for option in level
            if option != "abstain" and reaches(level[option], base, row["majority"])
        ]
        chosen = [
            o
            for o in able
            if contest and sum(level[p] >= level[o] for p in able) <= contest["places"]
        ]
        carried = bool(chosen) if contest else row["decisive"] in able
        outcome = ("" if carried else "未") + ("通过" if row["decisive"] == "for" else "达到不称职")
        outcome = (
            outcome if not contest else "当选：" + ("、".join(f"{o}号" for o in chosen) or "无人")
        )
        need(
            event["carried"] is carried and event["chosen"] == chosen,
            f"结果应为{outcome}：{said}，{whom} {base}",
        )
        about = (
            f"{STAGES[vote['stage']]}《{vote['title']}》：应到 {len(meeting['roll'])} 到会 {here}"
        )
        self.results.append(f"第 {self.seq} 条 {about} {said}，{outcome}")
        vote["open"] = False
