"""The list for the township's inspector says where a thing stands: it stands there, in those words."""

import re
from pathlib import Path

import pytest
from procedure_story import told

from kiosk.core import commands as c
from kiosk.core.history import Known, caught_up
from kiosk.core.journal import EMPTY, read
from kiosk.core.papers import due, imprint
from kiosk.core.papers.imprint import Imprint
from kiosk.core.papers.ledger import ledger
from kiosk.core.terms import Edition, Picture, Stage
from kiosk.typeset.document import CheckBlock, PhotoPlaces, SealPlace, Signatures, Table
from kiosk.typeset.ledger import ledger_document
from kiosk.typeset.poster import Poster
from kiosk.typeset.setting import document_of, told_by
from kiosk.wording import PAPERS

CHAPTER = Path(__file__).parents[2] / "docs/manual/13-乡镇检查对照表.md"
LEDGER = "重大事项台账"
NAMES = sorted({*PAPERS.values(), LEDGER}, key=len, reverse=True)


def rows():
    """What is looked for, where, in which words, and whether it is there."""
    cells = [
        line.strip("|").split("|")
        for line in CHAPTER.read_text("utf-8").splitlines()
        if line.startswith("|")
    ]
    told = [[cell.strip() for cell in row] for row in cells]
    return [row for row in told if row[0] != "检查什么" and not row[0].startswith("---")]


def solid(text):
    return re.sub(r"\s", "", text)


def said(document):
    """Every word of a paper, whatever it stands in."""
    words = [document.title, document.footer]
    for block in document.blocks:
        match block:
            case Table():
                words += [column.title for column in block.columns]
                words += [cell for row in block.rows for cell in row]
            case Signatures():
                words += [label for row in block.rows for label in row]
            case SealPlace():
                words += [block.words, *block.lines]
            case PhotoPlaces():
                words += block.labels
            case CheckBlock():
                words += block.lines
            case _:
                words.append(getattr(block, "text", ""))
    return solid("".join(words))


@pytest.fixture(scope="module")
def papers():
    """Every paper of a whole matter, by its name: the words of each of its issues."""
    story = told()
    story.do(c.ChangePhones("0660-8600456", "12388", "镇人民政府通知", "镇人民政府"))
    story.carry().photograph(Picture.FIRST_DAY).object().answer()
    story.over().assign().contract().start().report().accept().next_day().publish_result().over()
    lines = story.opine(*Stage).archive().lines()
    entries = [read(line) for line in lines]
    found = {}
    for owed in (owed for entry in entries for owed in due(entry)):
        if owed.edition is Edition.ARCHIVE or owed.paper.value == "poster":
            known = caught_up(Known(None, EMPTY), lines[: owed.source_seq])
            told_of = [read(line) for line in told_by(owed.paper, lines[: owed.source_seq])]
            paper = document_of(owed, known, told_of, imprint(owed, entries[: owed.source_seq]))
            paper = paper.words if isinstance(paper, Poster) else paper
            found.setdefault(PAPERS[owed.paper], []).append(said(paper))
    last = entries[-1]
    of = Imprint(Edition.ARCHIVE, last.head, last.at)
    found[LEDGER] = [said(ledger_document(ledger(story.village(), story.today()), of))]
    return found


@pytest.mark.parametrize(
    "row", [r for r in rows() if r[2]], ids=lambda row: f"{row[0]} {row[1]}"[:40]
)
def test_what_the_list_quotes_stands_on_the_paper_it_names(papers, row):
    _, where, quoted, _ = row
    named = next((name for name in NAMES if where.startswith(name)), None)
    issues = papers[named] if named else [text for every in papers.values() for text in every]
    words = solid(re.fullmatch("“(.+)”", quoted)[1])
    assert any(words in text for text in issues), f"{named}: {words}"


def test_every_line_says_whether_it_is_there_and_what_is_said_to_be_there_is_quoted():
    for what, where, quoted, result in rows():
        assert result[0] in "✓△✗", what
        assert quoted or result[0] != "✓", f"{what}: {where}"


def test_every_paper_that_the_kiosk_sets_is_on_the_list():
    named = " ".join(where for _, where, _, _ in rows())
    assert [name for name in NAMES if name not in named] == []
