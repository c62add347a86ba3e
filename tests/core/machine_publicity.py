"""What hangs in public and what is carried out, as an auditor reads it: days counted on a calendar of its own."""

from collections import Counter
from datetime import date, timedelta

FORUMS = ["committee", "supervisors", "township"]


class Publicity:
    """What the record says of publications, objections and works. The rest comes from the whole record."""

    def __init__(self):
        super().__init__()
        self.objections, self.numbers = {}, Counter()

    # --- in public

    def publication_opened(self, e):
        matter = self.matters[e["matter"]]
        first, last = date.fromisoformat(e["first_day"]), date.fromisoformat(e["last_day"])
        days = (last - first).days + 1
        assert first == self.day
        assert days >= max(15, self.periods["public_days"])
        if e["stage"] == "resolution_public":
            assert days == self.periods["public_days"]
            self.to_publish.remove((e["matter"], e["vote"]))
        else:
            assert e["vote"] == matter.decision()["id"]
            assert matter.accepted_on() < self.day
            assert not matter.hangs(self.day)
        self.numbers[e["stage"], first.year] += 1
        assert (e["year"], e["number"]) == (first.year, self.numbers[e["stage"], first.year])
        matter.publications.append({"stage": e["stage"], "vote": e["vote"], "last": last})
        matter.publications[-1]["first"] = first

    def objection_filed(self, e):
        newest = self.matters[e["matter"]].publications[-1]
        assert newest["first"] <= self.day <= newest["last"]
        objection = {"matter": e["matter"], "at": self.at, "forum": 0, "upheld": False}
        self.objections[e["objection"]] = objection | {"open": True, "due": self.due(e)}

    def due(self, e):
        due = date.fromisoformat(e["due"])
        assert due == self.day + timedelta(self.periods["objection_days"])
        return due

    def objection_answered(self, e):
        objection = self.objections[e["objection"]]
        assert objection["open"]
        assert not self.matters[objection["matter"]].archived
        by_supervisors = FORUMS[objection["forum"]] == "supervisors"
        assert (self.actor["role"] == "supervisor") is by_supervisors
        objection |= {"open": False, "upheld": e["upheld"]}

    def objection_escalated(self, e):
        objection = self.objections[e["objection"]]
        assert not objection["open"] or self.day > objection["due"]
        assert not self.matters[objection["matter"]].archived
        assert e["forum"] == FORUMS[objection["forum"] + 1]
        objection |= {"forum": objection["forum"] + 1, "open": True, "upheld": False}
        objection["due"] = self.due(e)

    # --- the works

    def works_assigned(self, e):
        matter = self.matters[e["matter"]]
        assert matter.kind["works"]
        assert matter.works is None
        assert matter.resolution()
        assert "decision" in matter.passed()
        matter.works = {}

    def contract_recorded(self, e):
        matter = self.going_on(e)
        dated = date.fromisoformat(e["dated"])
        assert dated <= self.day
        assert e["inside_publication"] is matter.is_inside(dated)

    def works_started(self, e):
        matter = self.going_on(e)
        assert "started" not in matter.works
        assert e["inside_publication"] is matter.is_inside(self.day)
        matter.works["started"] = self.day

    def going_on(self, e):
        matter = self.matters[e["matter"]]
        assert matter.works is not None
        assert not matter.accepted_on()
        return matter

    def progress_reported(self, e):
        assert self.going_on(e).works["started"]

    def acceptance_requested(self, e):
        matter = self.going_on(e)
        assert matter.works["started"]
        assert not matter.works.get("asked")
        matter.works["asked"] = True

    def works_inspected(self, e):
        matter = self.going_on(e)
        assert self.actor["role"] == "supervisor"
        assert matter.works.pop("asked")
        if e["accepted"]:
            matter.works["accepted"] = self.day
            self.seen["works accepted"] += 1
