"""Signed pages as telephones photograph them: written on, turned, seen from the side, unevenly lit, noisy."""

import cv2
import numpy as np
import pypdfium2

DPI = 150
TABLE = (60, 75, 95)


def page_of(pdf, number=-1):
    """One page of a paper as pixels, with something written by pen on it."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[number % len(document)].render(scale=DPI / 72).to_pil().convert("RGB")
    pixels = np.asarray(page)[:, :, ::-1].copy()
    font = cv2.FONT_HERSHEY_SCRIPT_COMPLEX
    cv2.putText(pixels, "Lin Guantang", (380, 660), font, 2.2, (120, 30, 20), 4)
    return pixels


def photographed(page, angle=0.0, tilt=0.0, noise=8.0, size=(1900, 2500)):
    """A JPEG of the page on a dark table: turned by `angle` degrees, seen from the side by `tilt`."""
    high, wide = page.shape[:2]
    corners = np.array([[-wide, -high], [wide, -high], [wide, high], [-wide, high]]) / 2
    turn = np.radians(angle)
    seen = corners @ np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]]).T
    seen = seen / (1 + tilt * seen[:, 1:2] / high) * 1.2 + np.array(size) / 2
    flat = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    matrix = cv2.getPerspectiveTransform(flat, seen.astype(np.float32))
    table = np.full((size[1], size[0], 3), TABLE, np.uint8)
    cv2.warpPerspective(page, matrix, size, dst=table, borderMode=cv2.BORDER_TRANSPARENT)
    light = np.linspace(0.65, 1.0, size[0])[None, :, None]
    grain = np.random.default_rng(7).normal(0, noise, table.shape)
    lit = np.clip(table * light + grain, 0, 255).astype(np.uint8)
    good, jpeg = cv2.imencode(
        ".jpg", cv2.GaussianBlur(lit, (0, 0), 0.7), [cv2.IMWRITE_JPEG_QUALITY, 75]
    )
    assert good
    return jpeg.tobytes()
