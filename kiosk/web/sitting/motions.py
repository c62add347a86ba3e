"""What a meeting changed in a proposal (会上修改方案), as its screens show it: side by side, and spot by spot."""

from kiosk import wording
from kiosk.core.matters.matter import Matter
from kiosk.core.meetings.meeting import Meeting
from kiosk.web.differences import Row, differences
from kiosk.web.pictures import Picture

AROUND = 6
"""Characters of a clause shown around a change on the big screen."""


def changes(meeting: Meeting, matter: Matter) -> Picture | None:
    """What this meeting changed in the proposal, and who moved it (会上修改方案); None where nothing."""
    if matter.id not in meeting.amended:
        return None
    moved = [r for r in matter.revisions if r.meeting == meeting.id]
    if not moved or moved[-1].mover is None:
        return None
    rows = differences(moved[-1].proposal_before, moved[-1].proposal_after)
    return {
        "mover": meeting.seats[moved[-1].mover].name,
        "at": wording.clock(moved[-1].at),
        "rows": rows,
        "spots": [spot for row in rows for spot in spots(row)],
    }


def spots(row: Row) -> list[Picture]:
    """Each changed place of a clause with a few characters around it, for the big screen: what went, what came."""
    told: list[Picture] = []
    olds, news = [*row.old], [*row.new]
    before = ""
    while olds or news:
        gone = olds.pop(0).text if olds and olds[0].changed else ""
        came = news.pop(0).text if news and news[0].changed else ""
        after = olds[0].text if olds else news[0].text if news else ""
        if gone or came:
            told.append(
                {"before": before[-AROUND:], "gone": gone, "came": came, "after": after[:AROUND]}
            )
        before = after
        olds, news = olds[1:], news[1:]
    return told
