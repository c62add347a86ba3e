"""Films with a face in them: a real photograph that a package brings, moved over a plain wall, cut and encoded."""

from fractions import Fraction

import av
import cv2
import numpy as np
from skimage.data import astronaut

FPS = 24
SIZE = (640, 360)


def portrait(height):
    """A woman's face in front of a flag and a shuttle, that high, in OpenCV's colours."""
    picture = cv2.cvtColor(astronaut(), cv2.COLOR_RGB2BGR)
    return cv2.resize(picture, (height, height), interpolation=cv2.INTER_AREA)


def scene(at, seconds, height):
    """The portrait on its way from left to right."""
    width, whole = SIZE
    picture = np.full((whole, width, 3), (150, 160, 150), np.uint8)
    left = round((width - height) * at / seconds)
    picture[20 : 20 + height, left : left + height] = portrait(height)
    return picture


def write_film(path, seconds, height=300):
    """Fragmented MP4 with sound, as the recorder writes it: a tone of 440 Hz beside the moving portrait."""
    options = {"movflags": "empty_moov+default_base_moof+frag_keyframe"}
    with av.open(str(path), "w", format="mp4", options=options) as film:
        video = film.add_stream("libx264", rate=FPS, options={"preset": "ultrafast", "g": "24"})
        video.width, video.height = SIZE
        video.pix_fmt = "yuv420p"
        audio = film.add_stream("aac", rate=48000, layout="mono")
        for number in range(round(seconds * FPS)):
            shown = scene(number / FPS, seconds, height)
            frame = av.VideoFrame.from_ndarray(shown, format="bgr24")
            frame.pts, frame.time_base = number, Fraction(1, FPS)
            film.mux(video.encode(frame))
        for block in range(round(seconds * 48000) // 1024):
            wave = np.sin(np.arange(block * 1024, (block + 1) * 1024) * 2 * np.pi * 440 / 48000)
            heard = av.AudioFrame.from_ndarray(
                wave.astype(np.float32)[None, :] * 0.4, format="fltp", layout="mono"
            )
            heard.sample_rate, heard.pts = 48000, block * 1024
            heard.time_base = Fraction(1, 48000)
            film.mux(audio.encode(heard))
        film.mux(video.encode())
        film.mux(audio.encode())
    return path
