"""Pictures that carry their own number as black and white cells: none can be lost or doubled unnoticed.

A row of cells at the top: the number's bits, the lowest first, then a checksum. They survive JPEG and H.264.
"""

import numpy as np

from .pictures import Picture

BITS, CHECK = 20, 4
_CELLS = BITS + CHECK
_MIDDLE = 128


def cell_px(width: int) -> int:
    """The side of a cell in a picture so wide, pixels."""
    return width // (_CELLS + 8)


def number(picture: Picture, n: int) -> None:
    """Write the number on the picture, in place."""
    side = cell_px(picture.shape[1])
    for place, bit in enumerate(_bits(n)):
        picture[:side, place * side : (place + 1) * side] = 255 if bit else 0


def number_of(picture: Picture) -> int | None:
    """The number on the picture (of grey or colour); None where there is none to be read."""
    side = cell_px(picture.shape[1])
    middle = picture[side // 4 : side * 3 // 4]
    cells = [
        middle[:, place * side + side // 4 : place * side + side * 3 // 4].mean() > _MIDDLE
        for place in range(_CELLS)
    ]
    n = sum(1 << place for place, bit in enumerate(cells[:BITS]) if bit)
    return n if cells == _bits(n) else None


def _bits(n: int) -> list[bool]:
    # Never all of one colour, so that a black picture has no number.
    check = (n ^ n >> 4 ^ n >> 8 ^ n >> 12 ^ n >> 16 ^ 0b0101) & 0xF
    return [bool(n >> place & 1) for place in range(BITS)] + [
        bool(check >> place & 1) for place in range(CHECK)
    ]


def grey(plane: object) -> Picture:
    """The brightness of a decoded frame as a picture."""
    return np.asarray(plane, np.uint8)
