"""Ballots by every channel as an auditor reads them: one person, one ballot, whichever way it came in.

From plain JSON, without the product; `machine_votes` reads how the votes open and what they come to.
"""

BY_ONESELF = {"kiosk_screen", "phone"}
CHANNELS = ["kiosk_screen", "phone", "hands_named", "hands_counted", "paper"]
SPARE = 20
FEWEST = 5  # law 10: fewer would tell who gave them


def numbers(counts):
    return [one["count"] for one in counts]


class Ballots:
    """What the record says of ballots. `votes`, `meetings`, `actor` come from the rest of it."""

    def open_vote_of(self, e, *, secretly=None):
        """The vote, which is open, in a meeting that is in session."""
        vote = self.votes[e["vote"]]
        assert vote["meeting"] == e["meeting"]
        assert vote["state"] == "open"
        assert self.meetings[vote["meeting"]]["state"] == "open"
        assert secretly is None or (vote["method"] == "secret") is secretly
        return vote

    def is_himself(self, person, *roles):
        assert self.actor["person"] == person
        assert self.actor["role"] in roles

    def inside(self, vote):
        return self.taking_part(self.meetings[vote["meeting"]])

    def without_ballot(self, vote):
        """Of whom no ballot is known by name."""
        known = set(vote["ballots"]) | vote["holders"]
        return vote["electorate"] - vote["recused"] - known

    def may_vote(self, vote, person):
        assert person in self.without_ballot(vote)
        assert person in self.inside(vote)
        assert not vote["hands"]

    def options(self, vote):
        """What a ballot may say: the answers of the row, or the candidates' numbers and 弃权."""
        contest = vote["contest"]
        if contest is None:
            return vote["row"]["options"]
        return [str(n) for n, _ in enumerate(contest["candidates"], start=1)] + ["abstain"]

    def may_be_said(self, vote, answer):
        assert answer == [option for option in self.options(vote) if option in answer]
        assert len(answer) == 1 or (vote["contest"] and "abstain" not in answer)
        assert 1 <= len(answer) <= (vote["contest"]["places"] if vote["contest"] else 1)

    # --- by oneself

    def ballot_cast(self, e):
        vote, person = self.open_vote_of(e, secretly=False), e["person"]
        self.may_vote(vote, person)
        self.may_be_said(vote, e["answer"])
        assert e["channel"] in BY_ONESELF
        self.is_himself(person, "voter")
        vote["ballots"][person] = (e["channel"], e["answer"])

    def ballot_changed(self, e):
        vote, person = self.open_vote_of(e, secretly=False), e["person"]
        channel, answer = vote["ballots"][person]
        assert vote["revisable"]
        assert channel in BY_ONESELF
        assert e["was"] == answer != e["answer"]
        self.may_be_said(vote, e["answer"])
        assert e["channel"] in BY_ONESELF
        assert person in self.inside(vote)
        assert not vote["hands"]
        self.is_himself(person, "voter")
        vote["ballots"][person] = (e["channel"], e["answer"])

    # --- hands

    def hands_noted(self, e):
        vote, people = self.open_vote_of(e, secretly=False), [hand["person"] for hand in e["hands"]]
        assert vote["contest"] is None
        assert 0 < len(people) == len(set(people))
        for hand in e["hands"]:
            self.may_vote(vote, hand["person"])
            self.may_be_said(vote, [hand["choice"]])
        self.is_himself(e["clerk"], "chair", "secretary", "teller")
        vote["note"] = e

    def hands_confirmed(self, e):
        vote = self.open_vote_of(e, secretly=False)
        assert vote["note"]["clerk"] != e["witness"]
        self.is_himself(e["witness"], "chair", "secretary", "teller", "supervisor")
        for hand in vote["note"]["hands"]:
            self.may_vote(vote, hand["person"])
            vote["ballots"][hand["person"]] = ("hands_named", [hand["choice"]])
        vote["note"] = None

    def hands_counted(self, e):
        vote = self.open_vote_of(e, secretly=False)
        assert vote["contest"] is None
        assert vote["note"] is None
        self.are_counts_of(vote, e["counts"])
        assert sum(numbers(e["counts"])) <= len(self.without_ballot(vote) & self.inside(vote))
        self.is_himself(e["teller"], "chair", "secretary", "teller", "supervisor")
        vote["hands"][e["teller"]] = numbers(e["counts"])
        assert len(vote["hands"]) <= 2

    def are_counts_of(self, vote, counts):
        assert [one["choice"] for one in counts] == self.options(vote)
        assert all(number >= 0 for number in numbers(counts))

    # --- paper

    def ballot_papers_printed(self, e):
        vote = self.open_vote_of(e)
        assert vote["returned"] is None
        assert vote["batch"] in {None, e["batch"]}
        assert e["batch"].strip()
        assert vote["printed"] + 1 == e["first"] <= e["last"] <= len(vote["electorate"]) + SPARE
        vote["batch"], vote["printed"] = e["batch"], e["last"]

    def ballot_paper_issued(self, e):
        vote = self.open_vote_of(e)
        self.may_vote(vote, e["person"])
        vote["holders"].add(e["person"])
        self.papers_suffice(vote)

    def ballot_paper_exchanged(self, e):
        vote = self.open_vote_of(e)
        assert e["person"] in vote["holders"]
        vote["spoiled"] += 1
        self.papers_suffice(vote)

    def papers_suffice(self, vote):
        assert vote["returned"] is None
        assert vote["printed"] >= len(vote["holders"]) + vote["spoiled"]

    def ballot_papers_returned(self, e):
        vote = self.open_vote_of(e)
        assert vote["holders"]
        assert 0 <= e["returned"] <= len(vote["holders"])
        assert not vote["readings"]
        assert vote["method"] != "secret" or e["returned"] == 0 or e["returned"] >= FEWEST
        vote["returned"] = e["returned"]

    def ballot_paper_read(self, e):
        vote = self.open_vote_of(e)
        if e["answer"] is not None:
            self.may_be_said(vote, e["answer"])
        vote["readings"].append(e["answer"])
        assert e["number"] == len(vote["readings"]) <= vote["returned"]

    def reading_taken_back(self, e):
        vote = self.open_vote_of(e)
        assert e["number"] == len(vote["readings"]) > 0
        vote["readings"].pop()

    # --- the sealed box

    def closing_witnessed(self, e):
        vote = self.open_vote_of(e, secretly=True)
        self.is_himself(e["supervisor"], "supervisor")
        vote["witness"] = e["supervisor"]

    def box_opened(self, e):
        vote, voters = self.open_vote_of(e, secretly=True), e["voters"]
        assert voters == sorted(set(voters))
        assert len(voters) > 0
        assert set(voters) <= self.without_ballot(vote)
        assert {sub["channel"] for sub in e["subtotals"]} <= BY_ONESELF
        for sub in e["subtotals"]:
            self.are_counts_of(vote, sub["counts"])
            assert max(numbers(sub["counts"])) <= sub["cast"] <= sum(numbers(sub["counts"]))
        assert sum(sub["cast"] for sub in e["subtotals"]) == len(voters)
        vote["box"] = {
            sub["channel"]: [sub["cast"], *numbers(sub["counts"])] for sub in e["subtotals"]
        }
        vote["voters"], vote["opened_by"] = voters, self.command

    # --- all channels together

    def sums(self, vote):
        """The sub-totals by channel: how many ballots, then of each answer in their order."""
        options, sums = self.options(vote), dict(vote["box"])

        def summed(answers):
            given = [choice for answer in answers for choice in answer]
            return [len(answers), *(given.count(option) for option in options)]

        for channel in {channel for channel, _ in vote["ballots"].values()}:
            sums[channel] = summed([said for by, said in vote["ballots"].values() if by == channel])
        if vote["hands"]:
            counted = next(iter(vote["hands"].values()))
            sums["hands_counted"] = [sum(counted), *counted]
        if vote["readings"]:
            sums["paper"] = summed([read for read in vote["readings"] if read is not None])
        return {channel: sums[channel] for channel in CHANNELS if channel in sums}

    def is_counted(self, vote):
        """Nothing waits: no note without its witness, two tellers to one count, every paper read."""
        assert vote["note"] is None
        assert len(vote["hands"]) in {0, 2}
        assert len({tuple(counted) for counted in vote["hands"].values()}) <= 1
        if vote["holders"]:
            assert len(vote["readings"]) == vote["returned"]
            assert vote["printed"] >= len(vote["holders"]) + vote["spoiled"]
        ways = [set(vote["ballots"]), vote["holders"], set(vote["voters"])]
        assert sum(map(len, ways)) == len(set().union(*ways))
        if vote["method"] == "secret":
            assert vote["witness"]
            assert not vote["ballots"]
            assert not vote["hands"]
            hiding = {"paper": vote["readings"].count(None)}
            for channel, counted in self.sums(vote).items():
                assert counted[0] + hiding.get(channel, 0) >= FEWEST
