"""The demonstration matter: 公益性骨灰楼选址与建设方案, three stages decided, the fourth called for today.

Everything goes through the one door, on a clock of the story's own. Those earlier meetings had no camera, and the
record says so. What else happened in the village, where it is told at all: `past`.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum

from kiosk.config import SHIPPED_CATALOGUE
from kiosk.core.commands import AdoptCatalogue, ChangePhones, FoundVillage, RaiseMatter
from kiosk.core.law.catalogue import Catalogue
from kiosk.core.law.cataloguing import read_catalogue
from kiosk.core.terms import (
    Body,
    KindId,
    MatterId,
    MeetingId,
    Origin,
    Purpose,
    Role,
    RowId,
    VillageId,
)
from kiosk.demo.one_commit import in_one_commit
from kiosk.demo.past import FIRST_DAY, other_matters
from kiosk.demo.proposals import MANDATE
from kiosk.demo.telling import Deed, Teller, Turnout, met, said, tell
from kiosk.keeping import JournalStore
from kiosk.store.register import Person

VILLAGE = VillageId("jintang")
MATTER = MatterId("matter-1")
TODAY = MeetingId("representatives-1")
"""The meeting that is called for today."""


class Past(Enum):
    """How much of a past the village is given (往事)."""

    NONE = "none"  # 刚建村
    OF_TODAYS_MATTER = "today"  # 只有今天这件事
    WHOLE = "whole"  # 办过好几件事


def shipped_catalogue() -> Catalogue:
    """The catalogue of matters (小微权力清单) that comes with the kiosk."""
    return read_catalogue(SHIPPED_CATALOGUE.read_text("utf-8"))


class Story:
    """Tells a village's past into its journal.

    Args:
        store: the journal that is written; it must not hold the village yet.
        people: the village's register.
        now: the instant at which the story ends: today's meeting is called for it.
        portal_url: where phones will find the village's portal.
    """

    def __init__(
        self,
        store: JournalStore,
        people: Sequence[Person],
        now: datetime,
        portal_url: str,
    ) -> None:
        self._store = store
        self._people = people
        self._now = now
        self._portal_url = portal_url

    def tell(
        self, purpose: Purpose = Purpose.DEMONSTRATION, past: Past = Past.OF_TODAYS_MATTER
    ) -> None:
        """The village's founding and so much of its past; it becomes durable as a whole or not at all."""
        first = {Past.NONE: -1, Past.OF_TODAYS_MATTER: -22, Past.WHOLE: FIRST_DAY}[past]
        deeds = [self._founded(first, purpose)]
        if past is Past.WHOLE:
            deeds += other_matters()
        if past is not Past.NONE:
            deeds += _todays_matter()
        with in_one_commit(self._store, VILLAGE) as store:
            tell(Teller(store, VILLAGE, self._people, self._now), deeds)

    def _founded(self, day: int, purpose: Purpose) -> Deed:
        return said(
            day,
            Role.ADMIN,
            FoundVillage(
                village=VILLAGE,
                name="金塱村",
                township="马塘镇",
                office_phone="0660-8600123",
                portal_url=self._portal_url,
                purpose=purpose,
            ),
            AdoptCatalogue(shipped_catalogue(), "县级小微权力清单", "马塘镇人民政府"),
            ChangePhones("0660-8600100", "12388", "乡镇人民政府通知", "马塘镇人民政府"),
        )


def _todays_matter() -> list[Deed]:
    return [
        said(-22, Role.SECRETARY, _matter()),
        *met(Body.PARTY_COMMITTEE, "1", (-21, -19), (MATTER, Turnout())),
        *met(Body.TWO_COMMITTEES, "1", (-18, -16), (MATTER, Turnout(abstain=1))),
        *met(Body.PARTY_MEETING, "1", (-14, -9), (MATTER, Turnout(8, against=1, abstain=3))),
        (-5, lambda teller: teller.convene(TODAY, Body.REPRESENTATIVES, [MATTER], None)),
    ]


def _matter() -> RaiseMatter:
    return RaiseMatter(
        matter=MATTER,
        kind=KindId("public_works"),
        row=RowId.REPRESENTATIVES,
        title="公益性骨灰楼选址与建设方案",
        origin=Origin.VILLAGERS,
        group=0,
        amount_fen=68_000_000,
        proposal=(
            "选址在村北虎头岭集体荒坡地，占地约1.2亩，不占用耕地和基本农田。",
            "建设两层公益性骨灰楼一座，设格位1200个，供本村村民使用，不对外经营。",
            "总投资68万元：上级补助30万元，村集体自筹38万元，不向村民摊派。",
            "由村民委员会组织实施，2027年6月底前完工，村务监督委员会全程监督。",
        ),
        for_means="同意在虎头岭按这个方案建",
        against_means="不同意按这个方案建",
        mandate=MANDATE,
    )
