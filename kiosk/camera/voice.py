"""One voice as sound for the portal (念给大家听): `python -m kiosk.camera.voice`, a file on stdin, MP4 on stdout.

In a process of its own: a file that anybody made is decoded here, and the process that serves votes loads no codec.
What comes out is AAC, mono, without what the telephone wrote beside it. The exit code says why not: 4 no sound in a
format that is known, 5 longer than ten minutes.

With `--heard SECONDS`, stdin is raw s16le, 48 kHz, mono: what the kiosk's microphone heard.
"""

import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import av
import numpy as np

RATE, BITS_A_SECOND = 48_000, 48_000
AT_MOST_S = 600
NOT_SOUND, TOO_LONG = 4, 5
_RAW = "--heard"
_KINDS = (
    (4, b"ftyp", "mov"),
    (0, b"ID3", "mp3"),
    (0, b"RIFF", "wav"),
    (0, b"OggS", "ogg"),
    (0, b"#!AMR", "amr"),
    (0, b"\x1aE\xdf\xa3", "matroska"),
    (0, b"fLaC", "flac"),
)
"""Where in a file what stands, and the one demuxer that may read it: none that opens other files or addresses."""


class NotSound(Exception):
    """The file holds no sound in a format that is known."""


class TooLong(Exception):
    """It is longer than anybody listens."""


def main() -> int:
    """Read stdin, write stdout; the exit code."""
    given = sys.stdin.buffer.read()
    try:
        frames = _raw(given) if _RAW in sys.argv[1:] else _decoded(given)
        sound = _encoded(frames)
    except TooLong:
        return TOO_LONG
    except (NotSound, av.FFmpegError, ValueError):
        return NOT_SOUND
    sys.stdout.buffer.write(sound)
    return 0


def _kind(given: bytes) -> str:
    for at, mark, kind in _KINDS:
        if given[at : at + len(mark)] == mark:
            return kind
    # A frame of MPEG audio: eleven bits set; of ADTS, which is AAC bare, the layer is nought.
    if len(given) > 1 and given[0] == 0xFF and given[1] & 0xE0 == 0xE0:  # noqa: PLR2004 -- the sync word's own bits
        return "mp3" if given[1] & 0x06 else "aac"
    raise NotSound


def _decoded(given: bytes) -> Iterator[av.AudioFrame]:
    with av.open(BytesIO(given), "r", format=_kind(given)) as file:
        if not file.streams.audio:
            raise NotSound
        resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
        for frame in file.decode(audio=0):
            frame.pts = None  # what is missing in the middle of a file does not stretch it
            yield from resampler.resample(frame)
        yield from resampler.resample(None)


def _raw(given: bytes) -> Iterator[av.AudioFrame]:
    samples = np.frombuffer(given[: len(given) // 2 * 2], "<i2").reshape(1, -1)
    for at in range(0, samples.shape[1], RATE):
        frame = av.AudioFrame.from_ndarray(samples[:, at : at + RATE], "s16", "mono")
        frame.sample_rate = RATE
        yield frame


def _encoded(frames: Iterable[av.AudioFrame]) -> bytes:
    """The frames as AAC in MP4: the same bytes for the same sound."""
    with (
        TemporaryDirectory() as folder
    ):  # the index goes to the front at the end: that needs a real file
        path = Path(folder) / "voice.m4a"
        _write(frames, path)
        return path.read_bytes()


def _write(frames: Iterable[av.AudioFrame], path: Path) -> None:
    samples = 0
    options = {"movflags": "+faststart", "fflags": "+bitexact"}
    with av.open(path, "w", format="mp4", container_options=options) as file:
        stream = file.add_stream("aac", rate=RATE, layout="mono")
        stream.bit_rate = BITS_A_SECOND
        stream.codec_context.flags |= av.codec.context.Flags.bitexact
        for frame in frames:
            frame.pts = samples
            samples += frame.samples
            if samples > AT_MOST_S * RATE:
                raise TooLong
            file.mux(stream.encode(frame))
        if not samples:
            raise NotSound
        file.mux(stream.encode(None))


if __name__ == "__main__":
    sys.exit(main())
