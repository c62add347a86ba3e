"""The secretary's way through one matter: its page, its dominant button, the forms behind it; and what came of it.

The next step is what the matter's own page offers; a rehearsal does not know it better.
"""

from dataclasses import dataclass

from kiosk.core.journal import digest
from kiosk.core.matters.matter import Matter, Phase
from kiosk.core.sheets import unsigned
from kiosk.core.terms import MatterId, day_of
from kiosk.rehearsal.meeting import must
from kiosk.rehearsal.people import People
from kiosk.rehearsal.plans import Plan
from kiosk.rehearsal.stills import sheet, still
from kiosk.rehearsal.visitors import Officer

NOT_YET = MatterId("")


@dataclass(slots=True)
class Desk:
    """Where the rehearsed matter is worked on; `matter_id` is known once it was raised."""

    people: People
    plan: Plan
    matter_id: MatterId = NOT_YET

    def matter(self) -> Matter:
        """The matter as the database holds it."""
        return self.people.village().matters[self.matter_id]

    def phase(self) -> Phase:
        """Where it is in its life on the rehearsal's day."""
        return self.matter().phase(day_of(self.people.now()))

    def open(self) -> Officer:
        """The secretary, with the page of the matter before her."""
        self.people.secretary.open(f"/matters/{self.matter_id}")
        return self.people.secretary

    def go_on(self, *tiles: str, **filled: str) -> None:
        """Open the matter and press its dominant button; with tiles or fields, send the form behind it too."""
        self.open().press()
        if tiles or filled:
            self.send(*tiles, **filled)

    def send(self, *tiles: str, **filled: str) -> None:
        """Fill in the form that is open, and press its dominant button."""
        words = self.people.secretary.page.dominant.words
        self.people.secretary.press(words, *tiles, **filled)

    def photograph(self, words: str) -> None:
        """Press the button of these words; take the photograph, or send a card where there is no camera."""
        secretary = self.open()
        before = len(self.matter().photos)
        secretary.press(words)
        if secretary.page.offers("拍照"):
            secretary.press("拍照")
        else:
            secretary.upload(f"{secretary.page.path}/send", still(words))
        secretary.press("用这张")
        must(len(self.matter().photos) == before + 1, f"{words}：没有存上")

    def return_signed_page(self) -> None:
        """The dominant button; a photograph of the signed page, which is known by its code; 存入."""
        outside, (paper,) = self.people.outside, unsigned(self.people.village(), self.matter_id)
        line = outside.parts.kiosk.lines(outside.parts.home)[paper.from_seq - 1]
        secretary = self.open()
        secretary.press()
        secretary.upload(f"{secretary.page.path}/send", sheet(f"#{digest(line)}"))
        secretary.press("存入")
        filed = self.people.village().sheets[-1]
        must(not filed.by_hand, "签字页上的码没有读出来")
        must(not unsigned(self.people.village(), self.matter_id), "签字页没有存上")
