"""What was read and checked, kept in one private file until somebody says 导入 or 不导入; then it is gone."""

import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path

from kiosk.intake.check import BadRow
from kiosk.intake.columns import Column, Row

_TOKEN = re.compile(r"[A-Za-z0-9_-]{8,64}")


@dataclass(frozen=True, slots=True)
class Preview:
    """The good rows as they stood in the file, and what was wrong with the others."""

    good: tuple[Row, ...]
    bad: tuple[BadRow, ...]


class Previews:
    """One preview at a time (待确认的导入): a new one takes the place of the old, so that none is forgotten there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, token: str, preview: Preview) -> None:
        """Keep it under the token, for its owner's eyes only."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for old in self._folder.iterdir():
            old.unlink(missing_ok=True)
        path = self._path(token)
        path.touch(mode=0o600)
        path.write_text(_text(preview), encoding="utf-8")

    def look(self, token: str) -> Preview | None:
        """What is kept under the token; None where nothing is any more."""
        if not _TOKEN.fullmatch(token):
            return None
        try:
            return _preview(self._path(token).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None

    def take(self, token: str) -> Preview | None:
        """The same, and it is gone: whoever asks a second time gets None."""
        preview = self.look(token)
        if preview is None:
            return None
        try:
            self._path(token).unlink()
        except FileNotFoundError:
            return None  # somebody else was quicker
        return preview

    def _path(self, token: str) -> Path:
        return self._folder / f"{token}.json"


def _text(preview: Preview) -> str:
    good = [
        {"number": row.number, "cells": {column.value: cell for column, cell in row.cells.items()}}
        for row in preview.good
    ]
    return json.dumps(
        {"good": good, "bad": [asdict(bad) for bad in preview.bad]}, ensure_ascii=False
    )


def _preview(text: str) -> Preview:
    kept = json.loads(text)
    return Preview(
        tuple(
            Row(row["number"], {Column(word): cell for word, cell in row["cells"].items()})
            for row in kept["good"]
        ),
        tuple(BadRow(b["number"], b["name"], tuple(b["sentences"])) for b in kept["bad"]),
    )
