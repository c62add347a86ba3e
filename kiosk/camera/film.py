"""One part of the film: pictures and sound in, fragmented MP4 out (H.264, AAC)."""

from fractions import Fraction
from typing import Any

import av
import cv2
import numpy as np

from .pictures import Picture
from .sink import FragmentSink
from .timeline import RATE, Samples

_TICKS = 90000
_BLOCK = 1024
# The head first and every fragment self-contained: what is on the disk can always be played.
# A fragment also begins with each keyframe, where the playlist lets a player in.
_MUXER = {
    "movflags": "empty_moov+default_base_moof+frag_keyframe",
    "frag_duration": "240000",  # with what lies in queues and in the muxer below half a second lost in a kill
    "flush_packets": "1",
}
# zerolatency: a killed recorder has no frames waiting in the encoder.
_ENCODER = {"preset": "veryfast", "tune": "zerolatency", "crf": "25", "g": "50"}
_ONE_THREAD_UP_TO = (
    720  # lines: cutting a picture into slices for several threads costs a tenth more
)


class Film:
    """Encodes into a sink; times are seconds of the monotonic clock, `began` is the film's zero."""

    def __init__(self, sink: FragmentSink, size: tuple[int, int], fps: int, began: float) -> None:
        self.frames = 0
        self._began = began
        self._container = av.open(sink, "w", format="mp4", options=_MUXER)
        threads = {"threads": "1"} if size[1] <= _ONE_THREAD_UP_TO else {}
        self._video: Any = self._container.add_stream(
            "libx264", rate=fps, options=_ENCODER | threads
        )
        self._video.width, self._video.height = size
        self._video.pix_fmt = "yuv420p"
        self._video.codec_context.time_base = Fraction(1, _TICKS)
        self._audio: Any = self._container.add_stream("aac", rate=RATE, layout="mono")
        self._audio.bit_rate = 64000
        self._last_tick = -1
        self._samples = 0

    def show(self, picture: Picture, at: float) -> None:
        """Add a picture taken at `at`; the first is shown from the film's beginning."""
        # OpenCV turns the colours round cheaper than PyAV's scaler. A frame made from an array
        # has no pict_type, so the encoder is free to choose; one from a decoder would not be.
        yuv = np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2YUV_I420), np.uint8)
        frame: Any = av.VideoFrame.from_ndarray(yuv, format="yuv420p")
        tick = round((at - self._began) * _TICKS) if self.frames else 0
        self._last_tick = max(tick, self._last_tick + 1)
        frame.pts, frame.time_base = self._last_tick, Fraction(1, _TICKS)
        self._container.mux(self._video.encode(frame))
        self.frames += 1

    def hear(self, samples: Samples) -> None:
        """Add sound, whole blocks of 1024 samples, that follows without a gap."""
        for block in samples.reshape(-1, 1, _BLOCK):
            frame: Any = av.AudioFrame.from_ndarray(
                block.astype(np.float32) / 32768, format="fltp", layout="mono"
            )
            frame.sample_rate, frame.pts = RATE, self._samples
            frame.time_base = Fraction(1, RATE)
            self._container.mux(self._audio.encode(frame))
            self._samples += _BLOCK

    def close(self) -> None:
        """Write what the encoders still hold, and the end."""
        if self.frames:
            self._container.mux(self._video.encode())
            self._container.mux(self._audio.encode())
        self._container.close()
