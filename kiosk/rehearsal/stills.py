"""A picture to be filed where a rehearsal has no camera: a plain card, so that nobody takes it for a real one."""

from io import BytesIO

from PIL import Image, ImageDraw

SIZE = (960, 540)


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
