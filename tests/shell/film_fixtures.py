"""A film on the disk without a recorder: parts encoded at once, their chain, and the facts that a journal has of them.

    film = FilmMade(house.app.parts.film.folder(TODAY), began=OPENING)
    film.part(12).part(8)             # seconds
    for seal in film.seals(TODAY): house.do(seal, Role.KIOSK, None)

Each picture is of one grey, four a second brighter, so that what is seen tells where in the film it is.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

from kiosk.camera.chain import Chain, read_chain
from kiosk.camera.film import Film
from kiosk.camera.parts import describe, next_part
from kiosk.camera.reports import mark_of, seal_of
from kiosk.camera.sink import FragmentSink

FPS = 25
SIZE = (64, 36)
GREYS_A_SECOND = 4


@dataclass
class FilmMade:
    """The film of one meeting; `began` is the wall clock at its beginning."""

    folder: Path
    began: datetime
    lengths_s: list[float] = field(default_factory=list)
    gaps_s: list[float] = field(default_factory=list)
    parts: list = field(default_factory=list)

    def part(self, seconds, *, after_gap=0.0):
        """One more part, so many seconds long, so many after the one before."""
        self.folder.mkdir(parents=True, exist_ok=True)
        film_s = sum(self.lengths_s)
        path = next_part(self.folder)
        chain = Chain(self.folder)
        sink = FragmentSink(path, chain)
        film = Film(sink, SIZE, FPS, 0.0)
        for n in range(int(seconds * FPS)):
            grey = int((film_s + n / FPS) * GREYS_A_SECOND) % 256
            film.show(np.full((SIZE[1], SIZE[0], 3), grey, np.uint8), n / FPS)
            if n % FPS == 0:
                film.hear(np.zeros(1024 * 46, np.int16))
        film.close()
        sink.close()
        chain.close()
        links = [link for link in read_chain(self.folder) if link.part == path.name]
        self.parts.append(describe(self.folder, links, sink.sha256))
        self.gaps_s.append(after_gap)
        self.lengths_s.append(self.parts[-1].duration_ms / 1000)
        return self

    def seals(self, meeting):
        """What the recorder would have told of the parts."""
        at = self.began
        for made, gap_s in zip(self.parts, self.gaps_s, strict=True):
            at += timedelta(seconds=gap_s)
            ended = at + timedelta(milliseconds=made.duration_ms)
            yield seal_of(
                meeting, replace(made, began_at=at.timestamp(), ended_at=ended.timestamp())
            )
            at = ended

    def mark(self, meeting, vote, moment, film_s):
        """A mark of the vote at this second of the film."""
        chain = read_chain(self.folder)
        for made, length_s in zip(self.parts, self.lengths_s, strict=True):
            if film_s < length_s:
                place = {"part": made.name, "offset_ms": round(1000 * film_s)}
                head = {"fragments": len(chain), "chain": chain[-1].h}
                return mark_of(meeting, {"id": f"{vote}:{moment}"} | place | head)
            film_s -= length_s
        raise ValueError(film_s)


def grey_of(picture):
    """How bright a picture is, 0 to 255."""
    return float(picture.mean())
