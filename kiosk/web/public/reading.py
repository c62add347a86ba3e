"""The village as the portal reads it (公开栏的底本): at one head, on one day, looked up once for all pages.

In the hall it is kept until the journal grows or the day ends. A static site is made of one reading, so that no two
of its pages contradict each other while a meeting goes on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from flask import current_app, g, request

from kiosk.core.events import PaperIssued
from kiosk.core.history import Known
from kiosk.core.journal import Head
from kiosk.core.matters.matter import Matter
from kiosk.core.matters.need import Need
from kiosk.core.matters.oversight import Completion, Flag, completion, flags
from kiosk.core.matters.publicity import Objection
from kiosk.core.papers.due import file_name
from kiosk.core.terms import Edition, MatterId, Paper, Stage, day_of
from kiosk.core.village import Village
from kiosk.web.issued import Shown, papers_by_matter
from kiosk.web.medium import SITE
from kiosk.web.parts import Parts, parts
from kiosk.web.postings import Posting, postings, results


@dataclass(frozen=True)
class Reading:
    """What the public pages are made of.

    Attributes:
        village: as it stood.
        head: of the journal then.
        at: the instant of the reading.
        hung: every resolution and result, the newest first.

    """

    village: Village
    head: Head
    at: datetime
    hung: tuple[Posting, ...]

    @classmethod
    def of(cls, parts_: Parts, known: Known, at: datetime) -> "Reading":
        """The reading of what is known at that instant."""
        village = known.village
        assert village is not None
        hung = [*results(parts_, village), *postings(parts_, village)]
        hung.sort(key=lambda p: p.publication.first_day, reverse=True)
        return cls(village, known.head, at, tuple(hung))

    @property
    def on(self) -> date:
        """The day in China on which it was read."""
        return day_of(self.at)

    @cached_property
    def hanging(self) -> Sequence[Posting]:
        """What hangs on that day (正在公示), the newest first."""
        return [p for p in self.hung if p.publication.hangs(self.on)]

    @cached_property
    def over(self) -> Sequence[Posting]:
        """What hung to its end (公示期满), the newest first."""
        return [p for p in self.hung if p.publication.is_over(self.on)]

    @cached_property
    def _by_number(self) -> Mapping[tuple[Stage, int, int], Posting]:
        return {
            (p.publication.stage, p.publication.year, p.publication.number): p for p in self.hung
        }

    def posting(self, stage: Stage, year: int, number: int) -> Posting | None:
        """The publication of that number; None where there is none."""
        return self._by_number.get((stage, year, number))

    @cached_property
    def _of_matter(self) -> Mapping[MatterId, Sequence[Posting]]:
        found: dict[MatterId, list[Posting]] = {}
        for posting in self.hung:
            found.setdefault(posting.matter.id, []).append(posting)
        return found

    def postings_of(self, matter: Matter) -> Sequence[Posting]:
        """The publications of a matter, the newest first."""
        return self._of_matter.get(matter.id, ())

    @cached_property
    def voices(self) -> frozenset[str]:
        """The SHA-256 of every publication as it is read aloud now (念给大家听)."""
        spoken = (p.publication.voice for p in self.hung)
        return frozenset(voice.attachment.sha256 for voice in spoken if voice)

    @cached_property
    def papers(self) -> Mapping[str, PaperIssued]:
        """The public edition (公示版) of every paper that is set, by the name of its file; its newest issue alone."""
        newest: dict[tuple[str, Paper, int], PaperIssued] = {}
        for paper in self.village.papers:
            if paper.edition is Edition.PUBLIC:
                newest[paper.subject, paper.paper, paper.source_seq] = paper
        return {file_name(paper): paper for paper in newest.values()}

    @cached_property
    def papers_by_matter(self) -> Mapping[MatterId, list[Shown]]:
        """Every paper about a matter, in the order of what they tell."""
        return papers_by_matter(self.village)

    @cached_property
    def matters(self) -> Mapping[int, Matter]:
        """Every matter by its number, the newest first."""
        newest = sorted(self.village.matters.values(), key=lambda m: m.number, reverse=True)
        return {matter.number: matter for matter in newest}

    @cached_property
    def needs(self) -> Mapping[tuple[int, int], Need]:
        """Every need by year and number, the newest first."""
        newest = list(self.village.needs.values())[::-1]
        return {(need.year, need.number): need for need in newest}

    @cached_property
    def _objections(self) -> Mapping[MatterId, Sequence[Objection]]:
        found: dict[MatterId, list[Objection]] = {}
        for objection in self.village.objections.values():
            found.setdefault(objection.matter, []).append(objection)
        return found

    def objections_to(self, matter: Matter) -> Sequence[Objection]:
        """The objections to a matter in the order in which they came."""
        return self._objections.get(matter.id, ())

    @cached_property
    def _flags(self) -> Mapping[MatterId, Sequence[Flag]]:
        found: dict[MatterId, list[Flag]] = {}
        for flag in flags(self.village, self.on):
            if flag.matter:
                found.setdefault(flag.matter, []).append(flag)
        return found

    def flags_of(self, matter: Matter) -> Sequence[Flag]:
        """What an inspector would see at once in that matter (监督提示)."""
        return self._flags.get(matter.id, ())

    @cached_property
    def completion(self) -> Completion:
        """How much of what was decided is done (办结率)."""
        return completion(self.village, self.on)


def reading() -> Reading:
    """What the present page is made of."""
    if "reading" not in g:
        g.reading = request.environ.get(SITE) or _in_the_hall()
    found = g.reading
    assert isinstance(found, Reading)
    return found


def _in_the_hall() -> Reading:
    known, at = parts().known(), parts().kiosk.now()
    kept: Reading | None = current_app.extensions.get("reading")
    if kept is None or (kept.head, kept.on) != (known.head, day_of(at)):
        kept = Reading.of(parts(), known, at)
        current_app.extensions["reading"] = kept
    return kept
