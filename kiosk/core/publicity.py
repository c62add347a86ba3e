"""Publication (公开): how long a resolution must hang, and where in that time a day lies.

- At least fifteen days (村民委员会组织法 §35, in force 2026-01-01); seven, still common, is below the law.
- The first and the last day both count: 22 November to 6 December are fifteen days.
- It begins on the day of the decision or the next; the kiosk publishes at once, so it is the day itself.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from kiosk.core.terms import MeetingId, VoteId

DAYS_AT_LEAST = 15
"""公布的期限不得少于十五日（村民委员会组织法第三十五条）."""


@dataclass(frozen=True, slots=True)
class Publication:
    """One resolution on the portal: its number of the year, its days, and the journal entry it stands on."""

    meeting: MeetingId
    vote: VoteId
    year: int
    number: int
    first_day: date
    last_day: date

    def days(self) -> int:
        """How many days it hangs, first and last included."""
        return (self.last_day - self.first_day).days + 1

    def days_left(self, on: date) -> int:
        """Days still to come, `on` included; 0 when it is over."""
        return max(0, (self.last_day - max(on, self.first_day)).days + 1)

    def is_over(self, on: date) -> bool:
        """Whether the last day lies behind us."""
        return on > self.last_day


def last_day(first_day: date, days: int = DAYS_AT_LEAST) -> date:
    """The last day of a period of so many days that begins on `first_day`."""
    return first_day + timedelta(days=days - 1)
