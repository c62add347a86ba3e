"""Ballot papers (纸票): four on an A4 sheet with lines to cut along, set from the numbers in the journal.

- Every answer has the same box, in the order of the answers; a ring to be ticked with a pen. Candidates (候选人) stand
  under each other by their numbers, each with the same square to be marked with a ring (`candidates`).
- A paper carries the code of its batch and a serial number, and nothing that could tie it to a person: no QR code, no
  check code. Who takes which is left to a shuffled pile.
- The 村务监督委员会 stamps each by hand; the kiosk draws only the place for it.
- A vote by name (记名) has a line for the voter's signature, a secret one has none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from kiosk import wording
from kiosk.core.terms import Purpose
from kiosk.core.village import Village
from kiosk.core.votes.vote import Vote
from kiosk.typeset.archive import Card, archived
from kiosk.typeset.ballot_boxes import draw_boxes
from kiosk.typeset.ballot_candidates import draw_candidates
from kiosk.typeset.canvas import Canvas
from kiosk.typeset.document import Align, Face
from kiosk.typeset.fonts import PRESS, FontFolder
from kiosk.typeset.grid import EM_TOP, HAIR, MM, PAGE_HEIGHT, PAGE_WIDTH
from kiosk.typeset.ink import draw_line, draw_lines, rule
from kiosk.typeset.lines import balanced, fitted, set_lines
from kiosk.typeset.spacing import SetLine
from kiosk.typeset.tags import TaggedCanvas

ACROSS, DOWN = 2, 2
A_SHEET = ACROSS * DOWN
WIDTH, HEIGHT = PAGE_WIDTH / ACROSS, PAGE_HEIGHT / DOWN
MARGIN = 8 * MM
ROOM = WIDTH - 2 * MARGIN

HOW = "只在一个圈里打√；多打、不打、看不清的是废票"
HOW_TO_CHOOSE = "最多选{places}人，多选作废；一个也不选请在弃权处画○"
_TITLE = "表　决　票"
_TITLE_OF_CONTEST = "推　选　票"
_SEAL_WORDS = "村务监督委员会\n盖章处"
_GREY, _PALE = 0.45, 0.93
_GAP = 4 * MM
_LEAD = 1.25
_MATTER_SIZES = (17, 15, 13.5, 12, 10.5, 9, 8, 7, 6)
_SERIAL_DIGITS = 3

# Where each thing begins, from the upper edge of a paper, and how high it may be.
_HEAD, _HEAD_HIGH = 6 * MM, 6 * MM
_NAME, _NAME_HIGH = 12 * MM, 11 * MM
_RULE = 24 * MM
_MATTER, _MATTER_HIGH = 26 * MM, 25 * MM
_TITLE_HIGH = 11 * MM
_METHOD, _METHOD_HIGH = 52 * MM, 6 * MM
_BOXES, _BOXES_HIGH = 60 * MM, 33 * MM
_HOW, _HOW_HIGH = 94 * MM, 7 * MM
_SEAL, _SEAL_HIGH, _SEAL_WIDE = 103 * MM, 37 * MM, 44 * MM
_NUMBER = 106 * MM
_SIGNED = 134 * MM


@dataclass(frozen=True, slots=True)
class BallotPapers:
    """What the papers of one vote say, numbered `first` to `last`.

    `candidates`: where some are to be chosen, their names by number, for so many `places`; `answers` are empty then.
    `mark` is what stands after the number where the record is none (演示村, 演练).
    """

    village: str
    meeting: str
    titles: tuple[str, ...]
    method: str
    answers: tuple[str, ...]
    batch: str
    first: int
    last: int
    signed: bool
    mark: str = ""
    rehearsal: bool = False
    candidates: tuple[str, ...] = ()
    places: int = 0


def ballot_papers(village: Village, vote: Vote, first: int, last: int) -> BallotPapers:
    """The papers of a vote by what the journal says of it. Raises LookupError for numbers that were not printed."""
    if not 1 <= first <= last <= vote.papers.printed:
        raise LookupError(f"no papers {first} to {last}")
    contest = vote.contest
    return BallotPapers(
        village=village.name,
        meeting=wording.meeting_title(village.meeting(vote.meeting)),
        titles=tuple(village.titles(vote)),
        method=wording.METHODS[vote.method],
        answers=() if contest else tuple(wording.CHOICES[choice] for choice in vote.options),
        batch=vote.papers.batch,
        first=first,
        last=last,
        signed=not vote.is_secret,
        mark=wording.purpose_mark(village.purpose),
        rehearsal=village.purpose is Purpose.REHEARSAL,
        candidates=tuple(c.name for c in contest.candidates) if contest else (),
        places=contest.places if contest else 0,
    )


def ballot_papers_pdf(papers: BallotPapers, fonts: FontFolder) -> bytes:
    """The sheets as PDF/A-3b; the same bytes for the same papers."""
    with PRESS:
        out = BytesIO()
        size = (PAGE_WIDTH, PAGE_HEIGHT)
        canvas = TaggedCanvas(out, size)
        face = _Face(canvas, fonts)
        canvas.beginForm("paper", 0, 0, WIDTH, HEIGHT)  # what all have alike, once in the file
        face.draw(papers)
        canvas.endForm()
        for start in range(papers.first, papers.last + 1, A_SHEET):
            _draw_cuts(canvas)
            for place, serial in enumerate(range(start, min(start + A_SHEET, papers.last + 1))):
                canvas.saveState()
                canvas.translate(place % ACROSS * WIDTH, (DOWN - 1 - place // ACROSS) * HEIGHT)
                canvas.doForm("paper")
                face.draw_number(papers, serial)
                canvas.restoreState()
            canvas.showPage()
        canvas.save()
    return archived(out.getvalue(), Card(f"表决票 {papers.batch}", papers.village))


def _draw_cuts(canvas: Canvas) -> None:
    """The lines to cut along (裁切线)."""
    canvas.saveState()
    canvas.setStrokeGray(_GREY)
    canvas.setDash([4, 3])
    rule(canvas, WIDTH, 0, WIDTH, PAGE_HEIGHT, HAIR)
    rule(canvas, 0, HEIGHT, PAGE_WIDTH, HEIGHT, HAIR)
    canvas.restoreState()


class _Face:
    """One paper, drawn with its lower left corner at the origin."""

    def __init__(self, canvas: Canvas, fonts: FontFolder) -> None:
        self._canvas = canvas
        self._fonts = fonts

    def draw(self, papers: BallotPapers) -> None:
        """Everything but the number."""
        if papers.rehearsal:
            self._pale("演练")
        self._say(f"{papers.village}　{papers.meeting}", Face.HEI, 12, _HEAD, _HEAD_HIGH)
        title = _TITLE_OF_CONTEST if papers.candidates else _TITLE
        self._say(title, Face.TITLE, 22, _NAME, _NAME_HIGH)
        rule(self._canvas, MARGIN, HEIGHT - _RULE, WIDTH - MARGIN, HEIGHT - _RULE, 1.2)
        self._canvas.setStrokeGray(0)
        if papers.candidates:
            self._draw_contest(papers)
        else:
            self._draw_question(papers)
        self._draw_seal_place()
        if papers.signed:
            self._draw_signature()

    def _draw_question(self, papers: BallotPapers) -> None:
        self._draw_matters(papers.titles, _MATTER, _MATTER_HIGH)
        self._say(f"表决方式：{papers.method}", Face.BODY, 12, _METHOD, _METHOD_HIGH)
        bottom = HEIGHT - _BOXES - _BOXES_HIGH
        draw_boxes(self._canvas, self._fonts, papers.answers, MARGIN, bottom, ROOM, _BOXES_HIGH)
        self._say(HOW, Face.HEI, 11, _HOW, _HOW_HIGH)

    def _draw_contest(self, papers: BallotPapers) -> None:
        """Candidates take more room than three answers, and what is voted on takes less."""
        self._draw_matters(papers.titles, _MATTER - 1 * MM, _TITLE_HIGH)
        asked = f"表决方式：{papers.method}　名额{papers.places}名"
        self._say(asked, Face.BODY, 12, _MATTER + _TITLE_HIGH, _METHOD_HIGH)
        below = _MATTER + _TITLE_HIGH + _METHOD_HIGH + 1 * MM
        high, top = _HOW - below - 1 * MM, HEIGHT - below
        draw_candidates(self._canvas, self._fonts, papers.candidates, MARGIN, top, ROOM, high)
        self._say(HOW_TO_CHOOSE.format(places=papers.places), Face.HEI, 11, _HOW, _HOW_HIGH)

    def draw_number(self, papers: BallotPapers, serial: int) -> None:
        """编号: the code of the batch, and the number in it."""
        batch = " ".join(papers.batch[at : at + 4] for at in range(0, len(papers.batch), 4))
        room = ROOM - _SEAL_WIDE - _GAP
        lines = [
            fitted(f"编号{papers.mark}", Face.SONG, 10.5, self._fonts, room=room),
            fitted(batch, Face.HEI, 14, self._fonts, room=room),
            fitted(f"第 {serial:0{_SERIAL_DIGITS}d} 号", Face.HEI, 16, self._fonts, room=room),
        ]
        draw_lines(self._canvas, lines, HEIGHT - _NUMBER, 20, "left", MARGIN, room)

    def _say(self, text: str, face: Face, size: float, below: float, high: float) -> None:
        """One line in the middle of a strip that begins so far below the upper edge."""
        self._place([fitted(text, face, size, self._fonts, room=ROOM)], below, high, high, "center")

    def _place(
        self, lines: Sequence[SetLine], below: float, high: float, lead: float, align: Align
    ) -> None:
        top = HEIGHT - below - (high - lead * len(lines)) / 2
        draw_lines(self._canvas, lines, top, lead, align, MARGIN, ROOM)

    def _draw_matters(self, titles: tuple[str, ...], below: float, high: float) -> None:
        """The matter as large as its place allows; several by their numbers."""
        together = len(titles) > 1
        text = "\n".join(f"{n}. {title}" for n, title in enumerate(titles, start=1))
        told, setting = (text, set_lines) if together else (titles[0], balanced)

        def fits(size: float) -> bool:
            lines = setting(told, Face.BOLD, size, self._fonts, room=ROOM)
            return len(lines) * size * _LEAD <= high

        size = next(filter(fits, _MATTER_SIZES), _MATTER_SIZES[-1])
        lines = setting(told, Face.BOLD, size, self._fonts, room=ROOM)
        self._place(lines, below, high, size * _LEAD, "left" if together else "center")

    def _draw_seal_place(self) -> None:
        left, top = WIDTH - MARGIN - _SEAL_WIDE, HEIGHT - _SEAL
        words = set_lines(_SEAL_WORDS, Face.SONG, 10.5, self._fonts, room=_SEAL_WIDE)
        self._canvas.saveState()
        self._canvas.setStrokeGray(_GREY)
        self._canvas.setFillGray(_GREY)
        self._canvas.setDash([3, 3])
        self._canvas.setLineWidth(HAIR)
        self._canvas.rect(left, top - _SEAL_HIGH, _SEAL_WIDE, _SEAL_HIGH, stroke=1, fill=0)
        lowest = top - _SEAL_HIGH + 14 * len(words) + 4
        draw_lines(self._canvas, words, lowest, 14, "center", left, _SEAL_WIDE)
        self._canvas.restoreState()

    def _draw_signature(self) -> None:
        label = fitted("签名：", Face.BODY, 12, self._fonts, room=ROOM)
        y = HEIGHT - _SIGNED
        draw_line(self._canvas, MARGIN, y, label)
        end = WIDTH - MARGIN - _SEAL_WIDE - _GAP
        rule(self._canvas, MARGIN + label.width, y - 2, end, y - 2, HAIR)

    def _pale(self, word: str) -> None:
        """演练, pale across the paper, so that nobody takes it for a real one; to be drawn before the text."""
        line = fitted(word, Face.HEI, 120, self._fonts, room=WIDTH)
        self._canvas.saveState()
        self._canvas.setFillGray(_PALE)
        self._canvas.translate(WIDTH / 2, HEIGHT / 2)
        self._canvas.rotate(40)
        draw_line(self._canvas, -line.width / 2, -line.size * (EM_TOP - 0.5), line)
        self._canvas.restoreState()
