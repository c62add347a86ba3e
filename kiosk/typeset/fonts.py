"""Which file draws which character: every face is a chain of fonts, and a miss is an error.

ReportLab draws a missing glyph as a blank without a word, and a villager's name loses a
character; so each character is looked up before it is set.  What no font draws (a picture
character in a villager's wish, a character younger than the fonts) is spelled by its number:
a paper is never late for it, and nothing in it is blank.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from typing import Self

from kiosk.typeset.document import Face
from kiosk.typeset.typeface import FontMissing, Typeface

PRESS = RLock()
"""Held while a page is set: the fonts are shared by the process."""

_SERIF = "noto-serif-sc/{0}/NotoSerifSC_{0}.ttf"
_SANS = "noto-sans-sc/{0}/NotoSansSC_{0}.ttf"
_SHAPELESS = ("Cf",)
_SELECTORS = frozenset(map(chr, [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]))
_loaded: dict[str, Typeface] = {}


class MissingGlyph(Exception):
    """No font of the chain draws the character; `char` is the character."""

    def __init__(self, char: str, face: Face) -> None:
        super().__init__(f"no font draws {char!r} (U+{ord(char):04X}) in {face.name}")
        self.char = char


@dataclass(frozen=True, slots=True)
class Sort:
    """How one character is drawn: the file of its font, and the advance in em."""

    font: str
    em: float


def typeface(font: str) -> Typeface:
    """The font of a file, read once in the process's life. Raises FontMissing."""
    with PRESS:
        if font not in _loaded:
            _loaded[font] = Typeface(Path(font))
        return _loaded[font]


def _found(root: Path, name: str) -> Path:
    path = root / "@expo-google-fonts" / name
    if not path.is_file():
        package = name.partition("/")[0]
        raise FontMissing(
            f"{path} is missing: it belongs to the npm package @expo-google-fonts/{package}; "
            "run `make run`, which installs it"
        )
    return path


class _Case(dict[str, Sort]):
    """The characters of one face that were asked for so far."""

    def __init__(self, folder: "FontFolder", face: Face) -> None:
        super().__init__({"\n": Sort("", 0.0)})
        self._folder, self._face = folder, face

    def __missing__(self, char: str) -> Sort:
        sort = self[char] = self._folder.search(char, self._face)
        return sort


class FontFolder:
    """The fonts of this installation, by face; files are read when first needed."""

    def __init__(self, chains: Mapping[Face, tuple[Path, ...]]) -> None:
        self._chains = dict(chains)
        self._cases = {face: _Case(self, face) for face in chains}
        for path in {path for chain in chains.values() for path in chain}:
            if not path.is_file():
                raise FontMissing(f"no such font file: {path}")

    @classmethod
    def from_node_modules(
        cls,
        root: Path,
        *,
        fangsong: Path | None = None,
        kai: Path | None = None,
        last_resort: Path | None = None,
    ) -> Self:
        """The Noto fonts under `root` (the folder node_modules).

        Without further arguments nothing else on the machine is looked at, so that a paper has
        the same bytes everywhere.  `fangsong`, `kai` and `last_resort` (HanaMinB, for very rare
        characters; read when the first of them is set) are TrueType files a village has a licence for.
        Raises FontMissing, naming the package.
        """
        song, medium, bold = (
            _found(root, _SERIF.format(weight)) for weight in ("400Regular", "500Medium", "700Bold")
        )
        hei = _found(root, _SANS.format("500Medium"))
        # Regular reads best for old eyes and survives a copier; Light sits better beside 仿宋.
        beside = _found(root, _SERIF.format("300Light")) if fangsong else song
        slots: dict[Face, tuple[Path | None, ...]] = {
            Face.BODY: (fangsong, beside, last_resort),
            Face.BOLD: (bold, last_resort),
            Face.TITLE: (bold, last_resort),
            Face.HEI: (hei, bold, last_resort),
            Face.KAI: (kai, medium, last_resort),
            Face.SONG: (song, last_resort),
        }
        return cls({face: tuple(p for p in paths if p) for face, paths in slots.items()})

    def sort(self, char: str, face: Face) -> Sort:
        """How to draw the character.  Raises MissingGlyph when no font of the chain can."""
        if char == "\n":
            raise MissingGlyph(char, face)
        return self._cases[face][char]

    def case(self, face: Face) -> Mapping[str, Sort]:
        """How to draw each character of a face, a line feed being nothing; as `sort` it raises MissingGlyph."""
        return self._cases[face]

    def spelled(self, text: str, face: Face) -> str:
        """The text with what no font draws spelled by its number: 〔U+1F600〕, as Unicode's tables have it.

        What has no shape of its own (a joiner, a variant's selector) is left out; a tab is a space.
        """
        return "".join(self._spelled(char, face) for char in text)

    def _spelled(self, char: str, face: Face) -> str:
        if char == "\n" or self._can_draw(char, face):
            return char
        if char == "\t":
            return " "
        is_shapeless = unicodedata.category(char) in _SHAPELESS or char in _SELECTORS
        return "" if is_shapeless else f"〔U+{ord(char):04X}〕"

    def undrawn(self, text: str) -> str:
        """The characters of the text that no font of 宋体 or 黑体 draws, each once, in their order."""
        return "".join(char for char in dict.fromkeys(text) if not self._can_draw(char, Face.HEI))

    def _can_draw(self, char: str, face: Face) -> bool:
        try:
            self.sort(char, face)
        except MissingGlyph:
            return False
        return True

    def search(self, char: str, face: Face) -> Sort:
        """As `sort`, in the files."""
        for path in self._chains[face]:
            font = typeface(str(path))
            glyph = font.glyph(char)
            if glyph is not None:
                return Sort(str(path), font.em(glyph))
        raise MissingGlyph(char, face)
