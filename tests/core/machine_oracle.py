"""The whole record as an auditor reads it: the laws of the kiosk, checked line by line without the product.

Only the standard library and the plain JSON of the journal: no count, no date and no order is taken from the kiosk.
"""

import hashlib
import json
import re
from fractions import Fraction

from machine_custody import Films
from machine_files import File
from machine_meetings import TOLD, Meetings, china_day, instant
from machine_minutes import Minutes
from machine_publicity import Publicity
from machine_votes import share

TWO_THIRDS, MORE_THAN_HALF = (Fraction(2, 3), False), (Fraction(1, 2), True)
LAW = {  # what national law asks of each row: quorum, majority, of whom; None where it is silent
    "party_committee": (None, None, None),
    "two_committees": (None, None, None),
    "party_meeting": ((Fraction(1, 2), False), MORE_THAN_HALF, "entitled"),
    "representatives": (TWO_THIRDS, MORE_THAN_HALF, None),
    "assembly": (MORE_THAN_HALF, MORE_THAN_HALF, None),
    "households": (TWO_THIRDS, MORE_THAN_HALF, None),
    "group": (TWO_THIRDS, MORE_THAN_HALF, None),
    "group_households": (TWO_THIRDS, MORE_THAN_HALF, None),
    "members": (TWO_THIRDS, TWO_THIRDS, "entitled"),
    "member_representatives": (None, TWO_THIRDS, "entitled"),
    "all_representatives": (TWO_THIRDS, TWO_THIRDS, "entitled"),
    "all_villagers": (MORE_THAN_HALF, TWO_THIRDS, "entitled"),
    "appraisal": (TWO_THIRDS, None, None),
    "contest": (TWO_THIRDS, MORE_THAN_HALF, None),
    "group_contest": (TWO_THIRDS, MORE_THAN_HALF, None),
}
NOTICE = {"assembly": 10, "households": 10, "members": 10, "all_villagers": 10}
JOINT = {"joint_villagers": Fraction(1, 10), "joint_representatives": Fraction(1, 5)}
NOTED = {  # nothing is owed or counted by these
    "NoticeServed", "ItemTaken", "AgendaReordered", "FloorRequested", "FloorGiven", "SpeechEnded", "ProposalRevised",
    "PhotoAttached", "VoiceAttached", "SegmentSealed", "RecordingInterrupted", "RecordingStopped",
    "VillageFounded", "MatterRaised", "ClipAudienceChanged", "PhonesChanged",
    "SigningKeyAdopted",
}  # fmt: skip
OF_A_MEETING = {"MinutesNoted", "ItemTaken", "RecusalDeclared", "ItemTakenOutOfConsent"}
"""Facts of the meeting that only name a matter."""


def method(kind):
    return re.sub("(?<!^)(?=[A-Z])", "_", kind).lower()


class Oracle(Minutes, Films, Publicity, Meetings):
    """The record read so far; an assertion fails at the first line that breaks a law."""

    def __init__(self):
        super().__init__()
        self.rows, self.periods, self.kinds, self.matters = {}, None, {}, {}
        self.needs, self.emergencies, self.corrections = {}, {}, {}
        self.resolutions, self.signed = {}, set()
        self.seq, self.prev, self.at, self.command = 0, "0" * 64, None, None

    def read(self, lines):
        for line in lines:
            self.line(line)
        self.settled()
        return self

    def line(self, line):
        value = json.loads(line)
        if value["command"] != self.command:
            self.settled()
        assert (value["seq"], value["prev"]) == (self.seq + 1, self.prev)
        at = instant(value["at"])
        assert self.at is None or at >= self.at
        self.seq, self.prev = value["seq"], hashlib.sha256(line.encode()).hexdigest()
        self.at, self.day = at, china_day(at)
        self.actor, self.command = value["actor"], value["command"]
        self.event(value["event"])
        self.reached(value["event"], self.prev)

    def event(self, e):
        kind = e["kind"]
        self.seen[kind] += 1
        if kind == "MatterRaised":
            self.raised(e)
        elif "matter" in e and kind not in OF_A_MEETING:
            assert not self.matters[e["matter"]].archived
        if kind not in NOTED:
            getattr(self, method(kind))(e)

    def emergencies_owed(self):
        return [e for e in self.emergencies.values() if not e["told"]]

    # --- the rules

    def catalogue_adopted(self, e):
        self.kinds = {kind["id"]: kind for kind in e["catalogue"]["kinds"]}

    def row_changed(self, e):
        row = e["row"]
        quorum, majority, base = LAW[row["id"]]
        assert quorum is None or share(row["quorum"]) >= quorum
        assert majority is None or share(row["majority"]) >= majority
        assert base is None or row["majority_base"] == base
        assert row["notice_days"] >= NOTICE.get(row["id"], 0)
        assert 0 <= row["proxies"] <= (3 if row["id"] == "members" else 0)
        self.rows[row["id"]] = row

    def periods_changed(self, e):
        assert e["periods"]["public_days"] >= 15
        self.periods = e["periods"]

    def correction_proposed(self, e):
        assert 1 <= e["seq"] < self.seq
        assert e["correction"] not in self.corrections
        self.corrections[e["correction"]] = self.actor["person"]

    def correction_confirmed(self, e):
        assert self.corrections[e["correction"]] != self.actor["person"]
        assert self.actor["person"]
        self.corrections[e["correction"]] = None

    # --- papers and their signed pages

    def paper_issued(self, e):
        if e["paper"] == "resolution":
            newest = self.resolutions.get(e["subject"], 0)
            self.resolutions[e["subject"]] = max(newest, e["from_seq"])

    def signed_sheet_filed(self, e):
        assert e["subject"] not in self.matters or not self.matters[e["subject"]].archived
        assert e["page"] >= 1
        assert len(e["attachment"]["sha256"]) == 64
        self.signed.add((e["subject"], e["paper"], e["from_seq"]))

    # --- needs and emergencies

    def need_filed(self, e):
        least = JOINT.get(e["standing"], 0)
        assert not least or Fraction(e["supporters"], e["of"]) >= least
        self.needs[e["need"]] = "open"

    def need_answered(self, e):
        assert self.needs[e["need"]] == "open"
        self.needs[e["need"]] = "answered"

    def emergency_declared(self, e):
        self.emergencies[e["emergency"]] = {"signed": [self.actor["person"]], "told": False}

    def emergency_countersigned(self, e):
        self.signs(e["emergency"], {"chair", "secretary"})

    def emergency_witnessed(self, e):
        self.signs(e["emergency"], {"supervisor"})

    def signs(self, emergency, roles):
        signed = self.emergencies[emergency]["signed"]
        assert self.actor["role"] in roles
        assert self.actor["person"]
        assert self.actor["person"] not in signed
        signed.append(self.actor["person"])

    def emergency_reported(self, e):
        emergency, meeting = self.emergencies[e["emergency"]], self.meetings[e["meeting"]]
        assert len(emergency["signed"]) == 3
        assert meeting["state"] in {"open", "paused"}
        assert meeting["body"] in TOLD
        emergency["told"] = True

    # --- matters

    def raised(self, e):
        kind = self.kinds[e["kind_id"]]
        assert not kind["forbidden"]
        assert e["row"] in kind["rows"]
        by_mandate = self.rows[e["row"]]["body"] == "representatives" and kind["mandate"]
        assert e["mandate"].strip() or not by_mandate
        assert e["group"] > 0 or not kind["group"]
        assert e["number"] == len(self.matters) + 1
        for need in e["needs"]:
            assert self.needs[need] == "open"
            self.needs[need] = "taken up"
        self.matters[e["matter"]] = File(e, kind)

    def review_recorded(self, e):
        self.matters[e["matter"]].reviews.append(e["favourable"])

    def matter_returned(self, e):
        matter = self.matters[e["matter"]]
        upheld = [o for o in self.objections.values() if o["matter"] == e["matter"]]
        matter.may_go_back(e["to"], [o["at"] for o in upheld if o["upheld"]])
        matter.go_back(e["to"])
        matter.reviews = []

    def matter_sent_to_assembly(self, e):
        matter = self.matters[e["matter"]]
        assert matter.defeated()
        assert matter.way[-1]["stage"] == "decision"
        assert self.rows[matter.row]["body"] == "representatives"
        assert self.rows[e["row"]]["body"] in {"assembly", "households"}
        matter.row = e["row"]
        matter.go_back("decision")

    def matter_ended(self, e):
        matter = self.matters[e["matter"]]
        assert matter.defeated() or matter.due()
        matter.ended = True

    def opinion_filed(self, e):
        matter = self.matters[e["matter"]]
        assert self.actor["role"] == "supervisor"
        assert e["stage"] in matter.owed()
        matter.opinions.append(e["stage"])
        matter.all_opinions.append(e["stage"])

    def matter_archived(self, e):
        matter = self.matters[e["matter"]]
        assert matter.phase(self.day) in {"defeated", "done", "ended"}
        assert matter.is_complete()
        assert not matter.hangs(self.day)
        of_it = [o for o in self.objections.values() if o["matter"] == e["matter"]]
        assert not any(o["open"] for o in of_it)
        newest = self.resolutions.get(e["matter"])
        assert newest is None or (e["matter"], "resolution", newest) in self.signed
        matter.archived = True
