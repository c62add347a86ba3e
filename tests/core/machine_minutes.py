"""Minutes and witnesses as an auditor reads them: notes that strike one another, two who sign, heads that must be so.

From plain JSON, without the product. `meetings`, `seq`, `prev`, `digests`, `actor` come from the whole record.
"""

BUSINESS = {
    "MeetingOpened", "ItemTaken", "AgendaReordered", "ProposalAmended", "ItemTakenOutOfConsent", "EmergencyReported",
    "RecusalDeclared", "VoteClosed", "VoteVoided", "CountChecked", "DifferenceExplained", "DifferenceSettled",
    "MinutesNoted",
}  # fmt: skip


class Minutes:
    """What the record says of the minutes of a meeting, and of what was held against the journal before it."""

    def __init__(self):
        super().__init__()
        self.digests, self.closing = ["0" * 64], None

    def reached(self, e, digest):
        """After each line, with its digest: the head of the business of a meeting, and of the last that closed."""
        self.digests.append(digest)
        head = (len(self.digests) - 1, digest)
        if e["kind"] == "MeetingAdjourned":
            self.closing = head
        if e["kind"] in BUSINESS:
            self.book(e)["business"] = head

    def book(self, e):
        empty = {"notes": [], "business": None, "read": None, "approved": None}
        return self.meetings[e["meeting"]].setdefault("book", empty)

    def witnesses(self, e):
        empty = {"paper": True, "stick": True, "accepted": False}
        return self.meetings[e["meeting"]].setdefault("witnesses", empty)

    def may_open(self, e):
        known = self.witnesses(e)
        assert (known["paper"] and known["stick"]) or known["accepted"]
        named = e["closed_before"]
        assert self.closing == (named and (named["seq"], named["digest"]))

    def minutes_noted(self, e):
        book = self.book(e)
        assert self.meetings[e["meeting"]]["state"] in {"open", "paused"}
        self.is_himself(e["recorder"], "secretary")
        assert e["text"].strip()
        assert e["matter"] is None or e["matter"] in self.meetings[e["meeting"]]["matters"]
        assert book["approved"] is None or book["approved"] != book["business"]
        assert e["number"] == len(book["notes"]) + 1
        if e["strikes"]:
            struck = book["notes"][e["strikes"] - 1]
            assert struck == {"matter": e["matter"], "stands": True}
            struck["stands"] = False
        book["notes"].append({"matter": e["matter"], "stands": True})
        self.seen["minutes: struck" if e["strikes"] else "minutes: noted"] += 1

    def minutes_read(self, e):
        self.is_himself(e["recorder"], "secretary")
        self.book(e)["read"] = (self.of_all_business(e), e["recorder"])

    def minutes_approved(self, e):
        self.is_himself(e["chair"], "chair")
        head, reader = self.book(e)["read"]
        assert head == self.of_all_business(e)
        assert reader != e["chair"]
        self.book(e)["approved"] = head
        self.seen["minutes: approved"] += 1

    def of_all_business(self, e):
        meeting, head = self.meetings[e["meeting"]], (e["seq"], e["digest"])
        assert meeting["state"] == "open"
        assert not any(v["state"] == "open" for v in self.votes_of(meeting))
        assert head == self.book(e)["business"]
        return head

    def signed_paper_compared(self, e):
        assert self.meetings[e["meeting"]]["state"] == "called"
        assert (e["seq"], e["digest"]) == self.closing
        self.compared(e, "paper")

    def stick_compared(self, e):
        assert self.meetings[e["meeting"]]["state"] == "called"
        assert self.actor["role"] == "kiosk"
        self.compared(e, "stick")

    def compared(self, e, what):
        known = self.witnesses(e)
        known[what] = e["agrees"]
        known["accepted"] = known["accepted"] and e["agrees"]

    def record_difference_accepted(self, e):
        known = self.witnesses(e)
        assert self.meetings[e["meeting"]]["state"] == "called"
        self.is_himself(e["supervisor"], "supervisor")
        assert not (known["paper"] and known["stick"])
        assert not known["accepted"]
        assert e["ground"].strip()
        known["accepted"] = True
        self.seen["witness: accepted"] += 1
