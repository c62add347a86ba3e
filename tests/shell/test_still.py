"""A photograph: taken by a process of its own from what the camera sees, or redrawn from what a telephone sent."""

import subprocess
import sys
from io import BytesIO

import cv2
import numpy as np
import pytest
from PIL import Image

from kiosk.camera.photographer import NoPhoto, Photographer, Trouble
from kiosk.config import ROOT
from kiosk.store.photos import SHOWN_AT_MOST, Photos

ORIENTATION, GPS = 0x0112, 0x8825
LYING = 6  # the telephone was held upright: turn the picture a quarter to the right
SIDEWAYS = Photographer("card")


def film(path, width=320, height=180):
    """A film of one second, green from edge to edge."""
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), 25, (width, height))
    for _ in range(25):
        writer.write(np.full((height, width, 3), (0, 160, 0), np.uint8))
    writer.release()
    return str(path)


def file_of(picture, kind="JPEG", **options):
    out = BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def opened(jpeg):
    picture = Image.open(BytesIO(jpeg))
    assert picture.format == "JPEG"
    return picture


def trouble(take):
    with pytest.raises(NoPhoto) as caught:
        take()
    return caught.value.trouble


def test_the_still_is_what_the_camera_sees(tmp_path):
    picture = opened(Photographer(film(tmp_path / "green.mp4")).shoot())
    assert picture.size == (320, 180)
    red, green, blue = picture.getpixel((160, 90))
    assert green > 120 > red + 40
    assert blue < 80


def test_without_a_camera_there_is_no_still(tmp_path):
    assert trouble(Photographer("card").shoot) is Trouble.NO_CAMERA
    assert not Photographer("card").has_camera
    assert trouble(Photographer(str(tmp_path / "gone.mp4")).shoot) is Trouble.NO_CAMERA


def test_a_large_photograph_becomes_no_longer_than_1600_pixels():
    picture = opened(SIDEWAYS.redraw(file_of(Image.new("RGB", (4000, 3000), "white"))))
    assert picture.size == (1600, 1200)


def test_a_photograph_is_turned_upright_and_loses_the_place_where_it_was_taken():
    exif = Image.Exif()
    exif[ORIENTATION] = LYING
    exif[GPS] = {1: "N", 2: (22.0, 46.0, 1.0)}
    sent = file_of(Image.new("RGB", (300, 200), "white"), exif=exif, comment=b"lane 7")
    drawn = SIDEWAYS.redraw(sent)
    picture = opened(drawn)
    assert picture.size == (200, 300)
    assert not picture.getexif()
    assert b"lane 7" not in drawn


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_other_kinds_of_picture_are_redrawn_on_white(kind):
    picture = opened(SIDEWAYS.redraw(file_of(Image.new("RGBA", (40, 40), (0, 0, 0, 0)), kind)))
    assert min(picture.getpixel((20, 20))) > 250


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"%PDF-1.4 not a picture",
        file_of(Image.new("RGB", (400, 400), "white"))[:500],
        file_of(Image.new("L", (10_000, 9_000)), "PNG"),
        file_of(Image.new("P", (9, 9)), "GIF"),
    ],
    ids=["empty", "another file", "cut off", "far too large", "a kind not taken"],
)
def test_what_is_no_photograph_is_refused(file):
    assert trouble(lambda: SIDEWAYS.redraw(file)) is Trouble.NOT_A_PICTURE


def test_a_camera_that_does_not_answer_is_not_waited_for(tmp_path):
    slow = Photographer(film(tmp_path / "green.mp4"), within_s=0.01)
    assert trouble(slow.shoot) is Trouble.TOO_SLOW


def test_the_serving_side_never_loads_the_codecs():
    told = "import sys, kiosk.camera.photographer; print({'cv2', 'av', 'PIL'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"


# --- where photographs are kept


def test_a_photograph_is_kept_under_the_digest_of_its_bytes(tmp_path):
    store = Photos(tmp_path / "photos")
    digest = store.show(b"picture")
    attachment = store.file(digest, "公示首日张贴.jpg")
    assert (attachment.size_bytes, attachment.sha256) == (7, digest)
    assert (tmp_path / "photos" / f"{digest}.jpg").read_bytes() == b"picture"
    assert store.file(digest, "公示首日张贴.jpg") == attachment, "filing twice is filing once"


def test_what_was_only_looked_at_goes_and_what_is_on_file_stays(tmp_path):
    store = Photos(tmp_path / "photos")
    kept = store.show(b"kept")
    store.file(kept, "a.jpg")
    first = store.show(b"looked at")
    for n in range(SHOWN_AT_MOST + 1):
        store.show(f"later {n}".encode())
    assert store.path(first) is None
    assert store.path(kept).read_bytes() == b"kept"
    assert store.file(first, "a.jpg") is None


def test_a_photograph_that_was_refused_is_not_on_file(tmp_path):
    store = Photos(tmp_path / "photos")
    digest = store.show(b"picture")
    store.file(digest, "a.jpg")
    store.forget(digest)
    assert not (tmp_path / "photos" / f"{digest}.jpg").exists()
    assert store.path(digest) is not None, "it may be tried again"
