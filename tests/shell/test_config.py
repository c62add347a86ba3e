"""The settings: what cannot be used is refused by name, before anything begins."""

import pytest

from kiosk.config import SettingsError, settings_from


def test_the_picture_is_of_one_of_three_sizes():
    assert settings_from({}).film_height == 720
    assert settings_from({"KIOSK_FILM_HEIGHT": "1080"}).film_height == 1080
    for wrong in ("719", "0", "high"):
        with pytest.raises(SettingsError, match="KIOSK_FILM_HEIGHT"):
            settings_from({"KIOSK_FILM_HEIGHT": wrong})


def test_the_font_for_rare_characters_is_there_or_the_start_is_refused(tmp_path):
    font = tmp_path / "rare.ttf"
    with pytest.raises(SettingsError, match="KIOSK_RARE_FONT"):
        settings_from({"KIOSK_RARE_FONT": str(font)})
    font.touch()
    assert settings_from({"KIOSK_RARE_FONT": str(font)}).rare_font == font


@pytest.mark.parametrize("printer", ["auto", "none", "ipp://localhost:631/printers/hall"])
def test_a_printer_is_found_by_itself_or_named_or_there_is_none(printer):
    assert settings_from({"KIOSK_PRINTER": printer}).printer == printer


def test_a_printer_that_is_no_address_stops_the_start():
    with pytest.raises(SettingsError, match="KIOSK_PRINTER"):
        settings_from({"KIOSK_PRINTER": "hall"})
