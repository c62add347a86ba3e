"""The file of one matter as an auditor reads it: what counts on its present way, what hangs, what is owed."""

from datetime import timedelta

STAGES = ["proposal", "consultation", "review", "decision", "resolution_public", "result_public"]


class File:
    """One matter. `way` holds the votes that count now; nothing else is remembered of what was returned over."""

    def __init__(self, event, kind):
        self.kind, self.row, self.group = kind, event["row"], event["group"]
        self.contest = event["contest"]
        self.candidates_stand_where_some_are_chosen()
        self.way, self.votes, self.reviews, self.opinions, self.all_opinions = [], [], [], [], []
        self.publications, self.works = [], None
        self.ended = self.archived = False

    def candidates_stand_where_some_are_chosen(self):
        assert (self.contest is not None) is (self.row in {"contest", "group_contest"})
        if self.contest:
            people = [one["person"] for one in self.contest["candidates"]]
            assert 1 <= self.contest["places"] <= len(people) == len(set(people)) <= 12
            assert all(one["name"].strip() for one in self.contest["candidates"])

    # --- the way through the bodies

    def passes(self, vote):
        """民主评议 has an outcome either way."""
        return vote["carried"] or (self.row == "appraisal" and vote["stage"] == "decision")

    def passed(self):
        return [vote["stage"] for vote in self.way if self.passes(vote)]

    def defeated(self):
        return bool(self.way) and not self.passes(self.way[-1])

    def due(self):
        if self.defeated() or self.ended or self.archived:
            return None
        return next((s for s in self.kind["stages"] if s not in self.passed()), None)

    def gate(self):
        return "review" if "review" in self.kind["stages"] else "decision"

    def decision(self):
        decided = [vote for vote in self.way if vote["stage"] == "decision"]
        return decided[-1] if decided else None

    def may_be_voted_on(self, stage):
        """Law 1: every stage of its kind before this one was carried on its present way, in their order."""
        before = self.kind["stages"][: self.kind["stages"].index(stage)]
        assert self.passed() == before
        assert not self.defeated()
        assert not self.ended
        assert not self.archived
        if self.kind["review"] and stage == self.gate():
            assert self.reviews
            assert self.reviews[-1]

    def deliberated(self, vote, carried, at):
        done = {"id": vote["id"], "stage": vote["stage"], "carried": carried, "at": at}
        self.way.append(done | {"returns_to": vote["row"]["returns_to"]})
        self.votes.append((vote["id"], vote["stage"]))

    def undone(self, vote):
        assert not self.archived or all(other != vote["id"] for other, _ in self.votes)
        self.way = [other for other in self.way if other["id"] != vote["id"]]
        self.votes = [(other, stage) for other, stage in self.votes if other != vote["id"]]

    def go_back(self, to):
        """What lies at or after that stage counts no more; the works stop with their resolution."""
        at = STAGES.index(to)
        self.way = [vote for vote in self.way if STAGES.index(vote["stage"]) < at]
        self.opinions = [stage for stage in self.opinions if STAGES.index(stage) < at]
        self.works = None

    def may_go_back(self, to, upheld_at):
        """A defeat, an objection upheld since the decision, or an unfavourable review leads back; nothing else."""
        stages, last = self.kind["stages"], self.way[-1] if self.way else None
        decided = self.decision()
        objected = decided and any(at >= decided["at"] for at in upheld_at)
        if last and (self.defeated() or objected):
            latest = STAGES.index(last["returns_to"])
            allowed = [s for s in stages if STAGES.index(s) <= latest] or stages[:1]
        else:
            assert self.reviews
            assert not self.reviews[-1]
            assert self.due() == self.gate()
            allowed = stages[: stages.index(self.gate())] or stages[:1]
        assert to in allowed

    # --- in public

    def published(self, stage):
        decided = self.decision()
        of_it = [p for p in self.publications if p["stage"] == stage and decided]
        of_it = [p for p in of_it if p["vote"] == decided["id"]]
        return of_it[-1] if of_it else None

    def resolution(self):
        return self.published("resolution_public")

    def result(self):
        return self.published("result_public")

    def hangs(self, day):
        return any(day <= p["last"] for p in self.publications)

    def is_inside(self, day):
        """Law 7: on or before the last day of the resolution."""
        return day <= self.resolution()["last"]

    def accepted_on(self):
        return self.works and self.works.get("accepted")

    # --- where it stands

    def phase(self, day):
        """The phase on that day, from the sentences of the six stages."""
        for answer, so in (
            ("archived", self.archived),
            ("ended", self.ended),
            ("defeated", self.defeated()),
            ("deliberating", self.due() is not None),
            ("decided", self.resolution() is None),
        ):
            if so:
                return answer
        if self.is_inside(day):
            return "published"
        return self.phase_of_works(day) if self.kind["works"] else "done"

    def phase_of_works(self, day):
        if not self.accepted_on():
            return "works"
        if self.result() is None:
            return "accepted"
        return "result" if day <= self.result()["last"] else "done"

    def days_that_matter(self, today):
        """The days on which the phase may change, and those beside them."""
        ends = [p["last"] for p in self.publications] or [today]
        return {today, *ends, *(day + timedelta(1) for day in ends)}

    # --- the archive

    def owed(self):
        """Law 8: every stage that was reached; of a matter that was given up those it was returned over too."""
        if self.ended:
            shown = {p["stage"] for p in self.publications}
            return {stage for _, stage in self.votes} | shown
        shown = {p["stage"] for p in (self.resolution(), self.result()) if p}
        return {vote["stage"] for vote in self.way} | shown

    def is_complete(self):
        given = self.all_opinions if self.ended else self.opinions
        return self.owed() <= set(given)
