"""Pictures to be filed where a rehearsal has no camera: plain cards, so that nobody takes them for real ones."""

from io import BytesIO

import segno
from PIL import Image, ImageDraw

SIZE = (960, 540)
SHEET = (1050, 1485)
_TABLE = 60


def sheet(code: str) -> bytes:
    """A JPEG of a blank sheet on a dark table with this QR code: what a signed page is known by, and nothing else."""
    picture = Image.new("RGB", (SHEET[0] + 2 * _TABLE, SHEET[1] + 2 * _TABLE), (70, 60, 50))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((_TABLE, _TABLE, _TABLE + SHEET[0], _TABLE + SHEET[1]), fill=(250, 250, 248))
    for down, row in enumerate(segno.make(code, error="m", micro=False).matrix):
        for across, dark in enumerate(row):
            x, y = 2 * _TABLE + 4 * across, 1000 + 4 * down
            draw.rectangle((x, y, x + 3, y + 3), fill=(20, 20, 20) if dark else (250, 250, 248))
    kept = BytesIO()
    picture.save(kept, "JPEG", quality=90)
    return kept.getvalue()


def still(words: str) -> bytes:
    """A JPEG that differs for different words; the same words give the same bytes."""
    picture = Image.new("RGB", SIZE, (236, 232, 222))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((40, 40, SIZE[0] - 40, SIZE[1] - 40), outline=(120, 110, 90), width=6)
    # Bars from the words' bytes: the card needs no font, and two cards are not one file.
    for place, byte in enumerate(words.encode()):
        draw.rectangle((80 + place * 24, 460 - byte, 96 + place * 24, 460), fill=(0, 95, 86))
    kept = BytesIO()
    picture.save(kept, "JPEG", quality=85)
    return kept.getvalue()
