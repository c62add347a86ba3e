"""What every sheet has alike (文书的通用部分): number, issue, form of two columns, who signs, how it is checked."""

from dataclasses import dataclass
from datetime import datetime

from kiosk import wording
from kiosk.core.matters.matter import Matter
from kiosk.core.papers import Imprint
from kiosk.core.terms import Origin, Purpose
from kiosk.core.village import Village
from kiosk.typeset.document import (
    Blank,
    Block,
    Column,
    Document,
    Line,
    SealPlace,
    Signatures,
    Table,
)
from kiosk.typeset.phrases import check_block, committee, corrected, footer, page_code, replacing

_SHORT = 450
"""A form of fewer characters never fills half a page."""

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: what it is called, its number, where the portal has it, what happened when, what it says.

    `seal`: who seals it and the day, empty where nobody does. `signing`: the places to sign, in the archive edition.
    `film`: the code of the clip of the vote that it tells of. `proof`: what is added behind the seal, for the archive.
    """

    title: str
    number: str
    link: str
    event: tuple[str, datetime]
    blocks: tuple[Block, ...]
    seal: tuple[str, ...] = ()
    signing: tuple[tuple[str, ...], ...] = ()
    author: str = ""
    film: tuple[Block, ...] = ()
    proof: tuple[Block, ...] = ()


def sheet_document(sheet: Sheet, village: Village, of: Imprint) -> Document:
    """The document of a sheet; the same sheet and imprint give the same document."""
    seal = (SealPlace("（此处加盖印章）", sheet.seal),) if sheet.seal else ()
    signed = sheet.signing if of.is_archive else ()
    places = (Blank(0.5), Signatures(signed)) if signed else ()
    return Document(
        title=sheet.title,
        author=sheet.author or committee(village),
        subject=sheet.number,
        footer=footer(sheet.number, of, village),
        code=page_code(of, sheet.link),
        rehearsal=village.purpose is Purpose.REHEARSAL,
        blocks=(
            Line(sheet.number, align="center"),
            Blank(0.6),
            *replacing(of),
            *sheet.blocks,
            *corrected(of),
            *seal,
            *sheet.proof,
            *places,
            check_block(of, sheet.link, sheet.event),
            *sheet.film,
        ),
    )


def form(rows: Rows, *, first: str = "项目", second: str = "内容") -> Table:
    """A form of two columns: what is asked, and what the record says; lines that say nothing are left out.

    A short one stays on one page.
    """
    told = tuple(row for row in rows if row[1])
    short = sum(len(row[1]) for row in told) < _SHORT
    return Table((Column(first, 6), Column(second, 20)), told, together=short, form=True)


def matter_number(village: Village, matter: Matter) -> str:
    """第3号事项, as the village counts them (事项编号)."""
    return f"{village.name}第{matter.number}号事项"


def origin_ticked(matter: Matter) -> str:
    """动议事由 as the inspectors' form has it: the three of them, the one ticked."""
    return "　".join(
        f"{'■' if origin is matter.origin else '□'}{wording.ORIGINS[origin]}" for origin in Origin
    )


def at_link(village: Village, matter: Matter) -> str:
    """Where the portal has the matter."""
    return f"{village.portal_url}/m/{matter.number}"
