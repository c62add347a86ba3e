"""Meetings as an auditor reads them: from plain JSON, without the product.

What each event must find is asserted as it is read; `machine_oracle` reads the rest of the record.
"""

from datetime import datetime, timedelta

from machine_votes import Votes, reaches

TOLD = {
    "representatives",
    "assembly",
    "households",
}  # whom an emergency is reported to
ORDINARY = {
    "proposal": "party_committee",
    "consultation": "two_committees",
    "review": "party_meeting",
}


def instant(text):
    return datetime.fromisoformat(text)


def china_day(at):
    """The day in China."""
    return (at + timedelta(hours=8)).date()


class Meetings(Votes):
    """What the record says of meetings. `matters`, `rows`, `day`, `actor` come from the whole record."""

    def __init__(self):
        super().__init__()
        self.meetings, self.to_publish = {}, set()

    def sitting(self):
        return [m for m in self.meetings.values() if m["state"] in {"open", "paused"}]

    def taking_part(self, meeting):
        """Who is in the room, or has his proxy in it."""
        inside = meeting["inside"]
        return inside | {p for p, by in meeting["letters"].items() if by in inside}

    def present(self, meeting):
        return meeting["voters"] & self.taking_part(meeting)

    def has_quorum(self, meeting):
        present = len(self.present(meeting))
        return reaches(meeting["row"]["quorum"], present, len(meeting["voters"]))

    def settled(self):
        """After each command: one meeting at most, paused just where its quorum is lost; nothing decided is hidden."""
        assert len(self.sitting()) <= 1
        for meeting in self.sitting():
            assert (meeting["state"] == "open") is self.has_quorum(meeting)
            open_votes = [v for v in self.votes_of(meeting) if v["state"] == "open"]
            assert len(open_votes) <= 1
        assert not self.to_publish

    # --- called and attended

    def meeting_convened(self, e):
        assert e["meeting"] not in self.meetings
        row, starts = self.rows[e["body"]], instant(e["starts_at"])
        matters = [item["matter"] for item in e["agenda"]]
        assert 0 < len(matters) == len(set(matters))
        stage = row["stage"]
        rows = {m: self.rows[ORDINARY.get(stage, self.matters[m].row)] for m in matters}
        assert all(by["body"] == e["body"] for by in rows.values())
        for matter in matters:
            first_of_two = e["follows"] and self.matters[matter].due() == "proposal"
            assert self.matters[matter].due() == stage or first_of_two
        self.notice_in_time(e, [row, *rows.values()], starts)
        voters = [s for s in e["seats"] if s["votes"]]
        self.seats_are_lawful(e, row, voters)
        self.meetings[e["meeting"]] = {
            "id": e["meeting"],
            "body": e["body"],
            "starts": starts,
            "planned": sum(item["minutes"] for item in e["agenda"]),
            "room": None,
            "short": False,
            "row": row,
            "rows": rows,
            "matters": set(matters),
            "consent": {item["matter"] for item in e["agenda"] if item["consent"]},
            "voters": {s["person"] for s in voters},
            "called": {s["person"] for s in e["seats"]},
            "follows": e["follows"],
            "inside": set(),
            "letters": {},
            "notes": 0,
            "recusals": set(),
            "state": "called",
            "adjourned": None,
        }

    def notice_in_time(self, e, rows, starts):
        assert starts >= self.at
        if e["urgent_ground"].strip():
            assert all(row["urgent_notice"] for row in rows)
        else:
            needed = max(row["notice_days"] for row in rows)
            assert (china_day(starts) - self.day).days >= needed

    def seats_are_lawful(self, e, row, voters):
        people = [s["person"] for s in e["seats"]] + [x["person"] for x in e["exclusions"]]
        assert len(people) == len(set(people))
        assert voters
        assert all(s["capacity"] in row["voters"] for s in voters)
        assert self.periods["exclusions"] or not e["exclusions"]
        if row["by_household"]:
            households = [s["household"] for s in voters]
            assert all(households)
            assert len(set(households)) == len(households)
        if e["body"].startswith("group"):
            assert all(s["group"] == e["group"] for s in voters)

    def checked_in(self, e):
        meeting = self.meetings[e["meeting"]]
        assert meeting["state"] in {"called", "open", "paused"}
        assert e["person"] in meeting["called"] - meeting["inside"]
        self.is_its_day(meeting)
        meeting["inside"].add(e["person"])

    def is_its_day(self, meeting):
        """It begins on the day that people were told; once it is on it may last past midnight."""
        begun = meeting["state"] in {"open", "paused"}
        assert begun or self.day == china_day(meeting["starts"])

    def checked_out(self, e):
        meeting = self.meetings[e["meeting"]]
        assert meeting["state"] in {"called", "open", "paused"}
        meeting["inside"].remove(e["person"])

    def proxy_given(self, e):
        """Only members of the collective, by letters of one household, three to one person at most."""
        meeting, letters = self.meetings[e["meeting"]], self.meetings[e["meeting"]]["letters"]
        assert meeting["state"] in {"called", "open", "paused"}
        assert meeting["body"] == "members"
        assert e["principal"] != e["proxy"]
        assert {e["principal"], e["proxy"]} <= meeting["voters"]
        assert e["principal"] not in meeting["inside"]
        assert not {e["principal"], e["proxy"]} & set(letters)
        assert e["household"].strip()
        assert e["attachment"]["sha256"]
        letters[e["principal"]] = e["proxy"]
        assert [*letters.values()].count(e["proxy"]) <= meeting["row"]["proxies"] <= 3

    def meeting_called_off(self, e):
        self.over(e, "called")

    def meeting_inquorate(self, e):
        meeting = self.meetings[e["meeting"]]
        assert not self.has_quorum(meeting)
        assert self.at >= meeting["starts"]
        assert (e["entitled"], e["present"]) == self.heads(meeting)
        self.over(e, "called")

    def over(self, e, *states):
        meeting = self.meetings[e["meeting"]]
        assert meeting["state"] in states
        meeting["state"] = "over"

    def heads(self, meeting):
        return len(meeting["voters"]), len(self.present(meeting))

    def meeting_opened(self, e):
        meeting = self.meetings[e["meeting"]]
        assert meeting["state"] == "called"
        assert not self.sitting()
        self.is_its_day(meeting)
        assert self.has_quorum(meeting)
        assert e["roll"] == sorted(meeting["voters"])
        assert e["present"] == len(self.present(meeting))
        before = self.meetings[meeting["follows"]] if meeting["follows"] else None
        assert before is None or before["state"] == "over"
        assert meeting["room"] is None or meeting["room"] >= meeting["planned"] or meeting["short"]
        self.may_open(e)
        meeting["state"], meeting["promised"] = "open", self.periods
        meeting["from"] = self.at
        self.seen[f"opened: {meeting['body']}"] += 1

    def note_pinned(self, e):
        """To a moment of a meeting that was held, never to one that is still to come."""
        meeting = self.meetings[e["meeting"]]
        assert self.actor["role"] == "supervisor"
        assert meeting["from"] <= instant(e["moment"]) <= meeting.get("until", self.at)
        assert e["text"].strip()
        meeting["notes"] += 1
        assert e["number"] == meeting["notes"]

    def film_room_reported(self, e):
        meeting = self.meetings[e["meeting"]]
        assert meeting["state"] == "called"
        meeting["room"] = e["minutes"]

    def short_film_accepted(self, e):
        meeting = self.meetings[e["meeting"]]
        assert self.actor["role"] == "chair"
        assert (e["minutes"], e["planned"]) == (meeting["room"], meeting["planned"])
        assert e["minutes"] < e["planned"]
        meeting["short"] = True

    def meeting_paused(self, e):
        self.turned(e, "open", "paused")

    def meeting_resumed(self, e):
        self.turned(e, "paused", "open")

    def turned(self, e, before, after):
        meeting = self.meetings[e["meeting"]]
        assert meeting["state"] == before
        assert e["present"] == len(self.present(meeting))
        meeting["state"] = after

    def meeting_adjourned(self, e):
        meeting = self.meetings[e["meeting"]]
        votes = self.votes_of(meeting)
        assert not any(v["state"] == "open" for v in votes)
        assert all(v["agreed"] or not self.differs(v) for v in votes if v["state"] == "closed")
        assert meeting["body"] not in TOLD or not any(self.emergencies_owed())
        decided = [v for v in votes if v["state"] == "closed" and v["stage"] == "decision"]
        self.to_publish = {(m, v["id"]) for v in decided for m in v["matters"]}
        self.over(e, "open", "paused")
        meeting["until"] = self.at
        meeting["adjourned"] = self.day

    def item_taken_out_of_consent(self, e):
        self.meetings[e["meeting"]]["consent"].remove(e["matter"])

    def recusal_declared(self, e):
        meeting = self.meetings[e["meeting"]]
        assert e["person"] in meeting["voters"]
        assert not self.counting_votes(meeting, e["matter"])
        meeting["recusals"].add((e["matter"], e["person"]))

    def proposal_amended(self, e):
        meeting = self.meetings[e["meeting"]]
        assert meeting["state"] == "open"
        assert e["mover"] in self.present(meeting)
        assert not self.counting_votes(meeting, e["matter"])
        assert self.matters[e["matter"]].due() == meeting["row"]["stage"]
