"""The measures of a page in points (1 pt = 1/72 inch), after GB/T 9704—2012, clause 5.2.

The standard asks for a type area of 156 mm × 225 mm that holds 22 lines of 28 characters.  Both
come out exactly when the character is 156 mm / 28 (15.79 pt; the nominal 16 pt of 三号 would be
158 mm wide) and the pitch is one character and seven eighths: 22 heights + 21 gaps = 225.0 mm.
"""

MM = 72 / 25.4

PAGE_WIDTH = 210 * MM
PAGE_HEIGHT = 297 * MM
LEFT = 28 * MM
"""订口 (5.2.1)."""
TOP = PAGE_HEIGHT - 37 * MM
"""Upper edge of the type area, below 天头 37 mm (5.2.1)."""
WIDTH = 156 * MM
RIGHT = LEFT + WIDTH
CHARACTER = WIDTH / 28
"""三号, the side of a body character."""
PITCH = CHARACTER * 1.875
"""From one body line to the next."""
LINES = 22
HEIGHT = LINES * PITCH
"""What a page holds, counting the gap under its last line."""
BOTTOM = TOP - 225 * MM

SIZE_2 = 22.0
"""二号, the title (7.3.1)."""
SIZE_4 = 14.0
"""四号, page numbers (7.5)."""
SIZE_SMALL_4 = 12.0
"""小四: tables and figures; elderly readers still read it without glasses."""
SIZE_5 = 10.5
"""五号: small print."""
SIZE_SMALL_5 = 9.0
"""小五: the foot of the page."""

HAIR = 0.5
"""A thin rule, pt."""
EM_TOP = 0.88
"""How much of a character's square stands above the baseline."""


def baseline(top: float, lead: float, size: float) -> float:
    """The baseline (pt) of a line whose strip of height `lead` begins at `top`, text centred."""
    return top - (lead - size) / 2 - EM_TOP * size
