"""A register of 3,000 names with every standard character and the rare ones of villages: all of them print."""

import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from names import PEOPLE, RARE, RAREST, STANDARD, register, standard_characters

from kiosk.config import settings_from
from kiosk.typeset.document import Column, Document, Table
from kiosk.typeset.fonts import FontFolder
from kiosk.typeset.render import render

FONTS = FontFolder.from_node_modules(
    Path(__file__).parents[2] / "node_modules", last_resort=settings_from({}).rare_font
)
NAMES_FROM, ONE_CHARACTER = 0.2368, 12 / 595.28
"""Of the width of the sheet: where the column of names begins, and how wide a character of it is."""


@pytest.fixture(scope="module")
def sheet():
    """One sheet like that of an attendance: number, name, a place to sign."""
    columns = (Column("序号", 3, "center"), Column("姓名", 8), Column("签名", 13))
    rows = tuple((str(n), name, "") for n, name in enumerate(register(), 1))
    return render(Document("签到表", (Table(columns, rows, form=True),)), FONTS)


def test_the_register_has_every_standard_character():
    assert len(set(standard_characters())) == STANDARD
    assert len(register()) == PEOPLE
    assert set("".join(register())) == {*standard_characters(), *RARE, *RAREST}


def test_every_name_of_a_large_register_is_on_the_sheet(sheet):
    with pypdfium2.PdfDocument(sheet) as document:
        printed = "".join(page.get_textpage().get_text_range() for page in document)
    solid = re.sub(r"\s", "", printed)
    told = [f"{number}{name}" for number, name in enumerate(register(), 1)]
    assert [row for row in told if row not in solid] == []


def test_no_name_is_printed_as_a_blank(sheet):
    """Ink in every cell of names on the page that holds the rarest: those of the supplementary plane."""
    with pypdfium2.PdfDocument(sheet) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
        rarest = max(range(len(pages)), key=lambda at: sum(ord(c) > 0xFFFF for c in pages[at]))
        assert sum(ord(c) > 0xFFFF for c in pages[rarest]) > 20
        picture = document[rarest].render(scale=2).to_numpy().min(axis=2)
    dark = picture < 128
    rules = np.flatnonzero(dark[:, int(picture.shape[1] * 0.5)])
    tops = [y for y, after in pairwise(rules) if after - y > 12][1:]  # below the head
    assert len(tops) > 15
    wide = picture.shape[1]
    edges = [int(wide * (NAMES_FROM + ONE_CHARACTER * at)) for at in range(4)]
    cells = [dark[y + 8 : y + 42, a:b].sum() for y in tops for a, b in pairwise(edges)]
    assert min(cells) > 30
