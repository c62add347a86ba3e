"""A county's catalogue from a file into use (清单启用), at the machine itself; and the rows in force, for print."""

from collections.abc import Mapping
from pathlib import Path

from kiosk import wording
from kiosk.app import NoVillage, home_of, open_store
from kiosk.config import Settings
from kiosk.core.commands import AdoptCatalogue
from kiosk.core.history import NOTHING, caught_up
from kiosk.core.law.catalogue import Catalogue
from kiosk.core.law.cataloguing import catalogue_digest, read_catalogue, require_lawful_catalogue
from kiosk.core.law.rules import RuleRow
from kiosk.core.law.statute import ROWS
from kiosk.core.refusals import Malformed, Refused
from kiosk.core.terms import CommandId, Role, RowId
from kiosk.core.values import Actor
from kiosk.store.journal import SqlJournal
from kiosk.web.parts import Parts

LARGEST_BYTES = 4_000_000


class NotAdopted(Exception):
    """The catalogue cannot be taken into use; the message says why and what to do."""


def checked_catalogue(file: Path) -> Catalogue:
    """The lawful catalogue in a county's file. NotAdopted with a sentence where it is none."""
    try:
        text = _text_of(file)
        catalogue = read_catalogue(text)
        require_lawful_catalogue(catalogue)
    except Malformed as error:
        raise NotAdopted(
            f"清单文件写得不对：{error}。请对照 docs/catalogue.md 改正，再核对一次。"
        ) from error
    except Refused as refused:
        raise NotAdopted(_said(refused)) from refused
    return catalogue


def _text_of(file: Path) -> str:
    if not file.is_file():
        raise NotAdopted(f"没有这个文件：{file}。请核对U盘和文件名。")
    if file.stat().st_size > LARGEST_BYTES:
        raise NotAdopted(f"{file.name} 不是清单文件：太大了。")
    try:
        return file.read_text("utf-8")
    except (UnicodeDecodeError, OSError) as error:
        raise NotAdopted(f"{file.name} 不是清单文件，读不出来。请请县里重新发一份。") from error


def _said(refused: Refused) -> str:
    sentence = wording.refusal(refused)
    basis = f"依据：{sentence.basis}。" if sentence.basis else ""
    return f"{sentence.what}{basis}{sentence.todo}"


def told(catalogue: Catalogue) -> str:
    """The catalogue in a line: name, version, kinds, digest (清单摘要)."""
    kinds, digest = len(catalogue.kinds), catalogue_digest(catalogue)
    return f"{catalogue.name}，版本{catalogue.version}，{kinds}类事项，清单校验值 {digest}"


def adopt(parts: Parts, catalogue: Catalogue, basis: str, approver: str) -> str:
    """Take the catalogue into use; what to say of it. NotAdopted where the rules refuse.

    Whoever holds the machine acts as an administrator: the journal names no person.
    """
    if not basis.strip() or not approver.strip():
        raise NotAdopted("没有启用：依据（--basis）和批准的人（--approver）都要写。")
    before = parts.known().head
    command = AdoptCatalogue(catalogue, basis.strip(), approver.strip())
    try:
        receipt = parts.kiosk.execute(
            parts.home, command, Actor(Role.ADMIN), CommandId(parts.new_token())
        )
    except Refused as refused:
        raise NotAdopted(_said(refused)) from refused
    if receipt.head == before:
        return "这份清单已经在用，不用再启用。"
    return f"已经启用，记在日志第{receipt.head.seq}条。以后立项按这份清单。"


def rows_in_force(settings: Settings) -> Mapping[RowId, RuleRow]:
    """The rule rows of the village of this store; the statute's where there is none yet. Raises MixedPurposes."""
    _flask, engine = open_store(settings)
    try:
        home = home_of(engine, settings)
        village = caught_up(NOTHING, SqlJournal(engine).lines(home)).village
    except NoVillage:
        return ROWS
    finally:
        engine.dispose()
    assert village is not None
    return village.rows
