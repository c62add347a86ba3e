"""How far a clip for the public has come; what the pages know of it."""

from dataclasses import dataclass

STATES = ("waiting", "making", "ready", "failed")


@dataclass(frozen=True, slots=True)
class ClipState:
    """One of STATES; of a clip that is made `percent`, of one that is ready its file and what was found in it.

    Attributes:
        name: which of STATES.
        percent: how much of it is done, while it is made.
        size_bytes: of the file, when it is ready.
        sha256: of the file.
        seconds: how long it plays.
        faces: in how many places of the film a face was found, every frame counted.
        cause: why it failed, for people.

    """

    name: str
    percent: int = 0
    size_bytes: int = 0
    sha256: str = ""
    seconds: int = 0
    faces: int = 0
    cause: str = ""
