"""Chinese words as masks: OpenCV 4.14 cannot draw them, so Pillow does, once for each line."""

from math import ceil
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from .pictures import Mask

_SMALLEST = 0.7  # of the size asked for; a longer line ends in an ellipsis instead
_ENOUGH = 256  # masks; a meeting has some dozen captions and marks


class Lettering:
    """Words set in one font; every mask is as high as the font, so that baselines agree."""

    def __init__(self, font: Path) -> None:
        """Open the font; OSError when it cannot be read."""
        self._path = font
        self._fonts: dict[int, ImageFont.FreeTypeFont] = {}
        self._masks: dict[tuple[str, int], Mask] = {}
        self._font(16)

    def line(self, words: str, size: int) -> Mask:
        """Return `words` drawn `size` pixels high."""
        key = (words, size)
        if key not in self._masks:
            if len(self._masks) >= _ENOUGH:
                self._masks.clear()
            self._masks[key] = self._draw(words, size)
        return self._masks[key]

    def fitted(self, words: str, size: int, width: int) -> Mask:
        """Return `words` no wider than `width` pixels: smaller if need be, at worst cut short."""
        if (needed := self._length(words, size)) <= width:
            return self.line(words, size)
        size = max(int(size * width / needed), ceil(size * _SMALLEST))
        if self._length(words, size) <= width:
            return self.line(words, size)
        while words and self._length(words + "…", size) > width:
            words = words[:-1]
        return self.line(words + "…", size)

    def clock(self, digits: str, size: int) -> Mask:
        """Return a time of day of cached glyphs; each digit takes the same room, none trembles."""
        widest = max(self.line(digit, size).shape[1] for digit in "0123456789")
        glyphs = ((glyph, self.line(glyph, size)) for glyph in digits)
        cells = [_centred(mask, widest) if glyph.isdigit() else mask for glyph, mask in glyphs]
        return np.hstack(cells)

    def _font(self, size: int) -> ImageFont.FreeTypeFont:
        if size not in self._fonts:
            self._fonts[size] = ImageFont.truetype(self._path, size)
        return self._fonts[size]

    def _length(self, words: str, size: int) -> int:
        return ceil(self._font(size).getlength(words))

    def _draw(self, words: str, size: int) -> Mask:
        font = self._font(size)
        left, _, right, _ = font.getbbox(words)
        overhang = max(0, ceil(-left))  # ink before the first letter's own room
        width = max(1, overhang + ceil(max(right, font.getlength(words))))
        ink = Image.new("L", (width, sum(font.getmetrics())))
        ImageDraw.Draw(ink).text((overhang, 0), words, fill=255, font=font)
        return np.asarray(ink)


def _centred(glyph: Mask, width: int) -> Mask:
    room = max(0, width - glyph.shape[1])
    return np.pad(glyph, ((0, 0), (room // 2, room - room // 2)))
