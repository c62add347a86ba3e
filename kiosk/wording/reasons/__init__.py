"""Why not, in Chinese: for each reason what is so, and what to do now; complete by test.

The texts name the facts that the core gives with the reason.
"""

from kiosk.core.refusals import Reason
from kiosk.wording.reasons.films import FILMS
from kiosk.wording.reasons.matters import MATTERS
from kiosk.wording.reasons.meetings import MEETINGS
from kiosk.wording.reasons.publicity import PUBLICITY
from kiosk.wording.reasons.village import VILLAGE
from kiosk.wording.reasons.votes import VOTES

REASONS: dict[Reason, tuple[str, str]] = {
    **VILLAGE,
    **MATTERS,
    **MEETINGS,
    **VOTES,
    **PUBLICITY,
    **FILMS,
}
