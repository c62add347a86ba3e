"""Votes as an auditor reads them: from plain JSON, with exact fractions, without the product.

What each event must find is asserted as it is read; `machine_meetings` reads the meetings they are held in.
"""

from collections import Counter
from fractions import Fraction


def share(threshold):
    """A share so that a stricter one is larger: “超过” is stricter than “以上” of the same number (民法典 §1259)."""
    return Fraction(threshold["numerator"], threshold["denominator"]), not threshold["inclusive"]


def reaches(threshold, count, base):
    """Whether so many of the base are that share; nobody decides for nobody."""
    least, over = share(threshold)
    if base == 0:
        return False
    return Fraction(count, base) > least if over else Fraction(count, base) >= least


class Votes:
    """What the record says of votes. `meetings`, `matters`, `at`, `actor` come from the rest of it."""

    def __init__(self):
        self.votes, self.seen = {}, Counter()

    def votes_of(self, meeting):
        return [v for v in self.votes.values() if v["meeting"] == meeting["id"]]

    def counting_votes(self, meeting, matter):
        held = [v for v in self.votes_of(meeting) if matter in v["matters"]]
        return [v for v in held if v["state"] != "void"]

    def vote_opened(self, e):
        meeting, matters = self.meetings[e["meeting"]], e["matters"]
        assert e["vote"] not in self.votes
        assert meeting["state"] == "open"
        assert not any(v["state"] == "open" for v in self.votes_of(meeting))
        assert 0 < len(matters) == len(set(matters))
        for matter in matters:
            assert matter in meeting["matters"]
            assert not self.counting_votes(meeting, matter)
            self.matters[matter].may_be_voted_on(e["stage"])
        aside = {p for m, p in meeting["recusals"] if m in matters}
        assert e["stage"] == meeting["row"]["stage"]
        assert e["electorate"] == sorted(self.present(meeting))
        assert e["recused"] == sorted(aside & self.present(meeting))
        row = meeting["rows"][matters[0]]
        assert reaches(row["quorum"], len(e["electorate"]), len(meeting["voters"]))
        if len(matters) > 1:
            assert set(matters) <= meeting["consent"]
            assert len({meeting["rows"][m]["id"] for m in matters}) == 1
            assert not e["recused"]
        self.votes[e["vote"]] = {
            "id": e["vote"],
            "meeting": e["meeting"],
            "matters": matters,
            "stage": e["stage"],
            "electorate": set(e["electorate"]),
            "recused": set(e["recused"]),
            "row": row,
            "ballots": {},
            "state": "open",
        }

    def ballot_cast(self, e):
        vote, person = self.votes[e["vote"]], e["person"]
        meeting = self.meetings[vote["meeting"]]
        assert vote["state"] == "open"
        assert meeting["state"] == "open"
        assert person in vote["electorate"] & meeting["inside"]
        assert person not in vote["recused"]
        assert person not in vote["ballots"]
        assert e["choice"] in vote["row"]["options"]
        assert (self.actor["role"], self.actor["person"]) == ("voter", person)
        vote["ballots"][person] = e["choice"]

    def vote_closed(self, e):
        vote = self.votes[e["vote"]]
        assert vote["state"] == "open"
        vote["state"] = "closed"
        row, cast = vote["row"], list(vote["ballots"].values())
        present, recused = len(vote["electorate"]), len(vote["recused"])
        entitled = len(self.meetings[vote["meeting"]]["voters"])
        assert e["tally"] == {
            "counts": [{"choice": o, "count": cast.count(o)} for o in row["options"]],
            "unused": present - len(cast),
            "recused": recused,
        }
        base = {"present": present, "entitled": entitled}[row["majority_base"]]
        base -= recused if row["recused_leave"] else 0
        assert e["base"] == base
        assert e["carried"] is reaches(row["majority"], cast.count(row["decisive"]), base)
        self.seen[f"{vote['stage']} carried"] += e["carried"]
        for matter in vote["matters"]:
            self.matters[matter].deliberated(vote, e["carried"], self.at)

    def vote_voided(self, e):
        vote = self.votes[e["vote"]]
        assert vote["state"] in {"open", "closed"}
        assert self.meetings[vote["meeting"]]["state"] in {"open", "paused"}
        assert self.actor["role"] == "chair"
        assert e["ground"].strip()
        vote["state"] = "void"
        for matter in vote["matters"]:
            self.matters[matter].undone(vote)
