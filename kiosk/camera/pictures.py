"""Names for arrays: what a picture is to this package."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
"""Height x width x 3, in OpenCV's order: blue, green, red."""

Mask = NDArray[np.uint8]
"""Height x width: how much ink a pixel takes, 0 to 255."""


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture and when it was taken, seconds of CLOCK_MONOTONIC."""

    picture: Picture
    at: float
