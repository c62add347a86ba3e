"""Votes as an auditor reads them: from plain JSON, with exact fractions, without the product.

What each event must find is asserted as it is read; `machine_ballots` reads how the ballots come in, and
`machine_meetings` the meetings that votes are held in.
"""

from collections import Counter
from fractions import Fraction

from machine_ballots import FEWEST, Ballots, numbers


def share(threshold):
    """A share so that a stricter one is larger: “超过” is stricter than “以上” of the same number (民法典 §1259)."""
    return Fraction(threshold["numerator"], threshold["denominator"]), not threshold["inclusive"]


def reaches(threshold, count, base):
    """Whether so many of the base are that share; nobody decides for nobody."""
    least, over = share(threshold)
    if base == 0:
        return False
    return Fraction(count, base) > least if over else Fraction(count, base) >= least


class Votes(Ballots):
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
            assert not row["contest"]
        self.contest_is_the_matters(e, row)
        self.method_is_lawful(e)
        self.votes[e["vote"]] = {
            "id": e["vote"],
            "meeting": e["meeting"],
            "matters": matters,
            "stage": e["stage"],
            "electorate": set(e["electorate"]),
            "recused": set(e["recused"]),
            "row": row,
            "method": e["method"],
            "revisable": e["revisable"],
            "contest": e["contest"],
            "state": "open",
            **nothing_cast(),
        }

    def contest_is_the_matters(self, e, row):
        """Candidates stand where the row says so, and they are those of the matter as it was raised."""
        (first, *_) = e["matters"]
        contest = self.matters[first].contest
        assert e["contest"] == (contest if row["contest"] else None)
        assert not row["contest"] or contest

    def method_is_lawful(self, e):
        """What grows in the open is shown; what is secret is not, nor changed, nor held among too few."""
        assert e["running_tally"] or e["method"] != "open"
        if e["method"] == "secret":
            assert not e["running_tally"]
            assert not e["revisable"]
            assert len(e["electorate"]) - len(e["recused"]) >= FEWEST

    def vote_closed(self, e):
        vote = self.open_vote_of(e)
        self.is_counted(vote)
        assert vote["opened_by"] in {None, self.command}
        vote["state"] = "closed"
        row, options, sums = vote["row"], self.options(vote), self.sums(vote)
        told = [(sub["channel"], [sub["cast"], *numbers(sub["counts"])]) for sub in e["subtotals"]]
        assert told == [*sums.items()]
        for sub in e["subtotals"]:
            self.are_counts_of(vote, sub["counts"])
        columns = [sum(column) for column in zip(*sums.values(), strict=True)]
        ballots, *cast = columns or [0] * (1 + len(options))
        present, recused = len(vote["electorate"]), len(vote["recused"])
        entitled = len(self.meetings[vote["meeting"]]["voters"])
        assert ballots <= present - recused
        assert e["tally"] == {
            "counts": [{"choice": o, "count": n} for o, n in zip(options, cast, strict=True)],
            "cast": ballots,
            "unused": present - ballots,
            "recused": recused,
            "invalid": vote["readings"].count(None),
        }
        base = {"present": present, "entitled": entitled}[row["majority_base"]]
        base -= recused if row["recused_leave"] else 0
        assert e["base"] == base
        carried, chosen = self.comes_to(vote, cast, base)
        vote |= {"cast": cast, "base": base, "carried": carried, "chosen": chosen}
        assert e["carried"] is carried
        assert e["chosen"] == chosen
        self.seen["a contest"] += vote["contest"] is not None
        self.seen["chosen"] += len(chosen)
        self.seen[f"{vote['stage']} carried"] += e["carried"]
        self.seen["closed in secret"] += vote["method"] == "secret"
        self.seen["channels mixed"] += len(sums) > 1
        for channel in sums:
            self.seen[f"by {channel}"] += 1
        for matter in vote["matters"]:
            self.matters[matter].deliberated(vote, e["carried"], self.at)

    def comes_to(self, vote, cast, base):
        """Whether it carries, and whom it chooses: the majority, and nobody level with one who has no place."""
        row, contest = vote["row"], vote["contest"]
        given = dict(zip(self.options(vote), cast, strict=True))
        if contest is None:
            return reaches(row["majority"], given[row["decisive"]], base), []
        del given["abstain"]
        enough = {o: n for o, n in given.items() if reaches(row["majority"], n, base)}
        ranks = sorted(enough.values(), reverse=True)
        bar = ranks[contest["places"]] if len(ranks) > contest["places"] else -1
        chosen = [o for o, n in enough.items() if n > bar]
        return bool(chosen), chosen

    # --- counted once more

    def closed_vote_of(self, e):
        vote = self.votes[e["vote"]]
        assert vote["state"] == "closed"
        assert self.meetings[vote["meeting"]]["state"] in {"open", "paused"}
        assert self.actor["role"] in {"chair", "secretary", "teller", "supervisor"}
        return vote

    def count_checked(self, e):
        vote = self.closed_vote_of(e)
        self.are_counts_of(vote, e["counts"])
        told = numbers(e["counts"])
        most = max(told) if vote["contest"] else sum(told)
        assert most <= len(vote["electorate"] - vote["recused"])
        assert self.actor["person"] == e["teller"]
        vote["checks"][e["source"]] = numbers(e["counts"])
        vote["explained"] = vote["agreed"] = None

    def difference_explained(self, e):
        vote = self.closed_vote_of(e)
        assert self.differs(vote)
        assert e["ground"].strip()
        assert self.actor["person"] == e["officer"]
        for counted in vote["checks"].values():
            assert self.comes_to(vote, counted, vote["base"]) == (vote["carried"], vote["chosen"])
        vote["explained"], vote["agreed"] = e["officer"], None

    def difference_settled(self, e):
        vote = self.closed_vote_of(e)
        assert vote["explained"]
        assert vote["explained"] != e["officer"] == self.actor["person"]
        assert vote["agreed"] is None
        vote["agreed"] = e["officer"]

    def differs(self, vote):
        return any(counted != vote["cast"] for counted in vote["checks"].values())

    def vote_voided(self, e):
        vote = self.votes[e["vote"]]
        assert vote["state"] in {"open", "closed"}
        assert self.meetings[vote["meeting"]]["state"] in {"open", "paused"}
        assert self.actor["role"] == "chair"
        assert e["ground"].strip()
        vote["state"] = "void"
        for matter in vote["matters"]:
            self.matters[matter].undone(vote)


def nothing_cast():
    """What the record knows of the ballots of a vote that has just opened."""
    return {
        "ballots": {},
        "note": None,
        "hands": {},
        "batch": None,
        "printed": 0,
        "holders": set(),
        "spoiled": 0,
        "returned": None,
        "readings": [],
        "witness": None,
        "voters": [],
        "box": {},
        "opened_by": None,
        "checks": {},
        "explained": None,
        "agreed": None,
    }
