"""People's hands at the screens: a browser context each, touch, and a camera for the pictures."""

import os
import re
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

PICTURES = Path(__file__).resolve().parents[1] / "screenshots"
PICTURES_WANTED = "PICTURES" in os.environ
"""Pictures are for people to look at: PICTURES=1 make test. Taking a hundred of them takes a minute."""
SAME_KEY_AFTER_S = 0.65


class Hands:
    """One person at one screen. Whatever the browser complains of is kept in `complaints`."""

    def __init__(self, browser: Browser, url: str, **context: object) -> None:
        options = {"viewport": {"width": 1920, "height": 1080}, "has_touch": True} | context
        self.context = browser.new_context(**options)
        self.page: Page = self.context.new_page()
        self.url = url
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._heard)

    def _heard(self, message) -> None:
        # A refusal is an answer with status 409 or 403, which the browser logs; anything else is wrong.
        refused = "status of 409" in message.text or "status of 403" in message.text
        # What a server that is killed leaves behind: nobody listens, or the answer under way is torn off.
        torn = ("ERR_CONNECTION_REFUSED", "ERR_CONNECTION_RESET", "ERR_EMPTY_RESPONSE")
        lost = any(sign in message.text for sign in (*torn, "WebSocket connection"))
        if message.type in {"error", "warning"} and not refused and not lost:
            self.complaints.append(message.text)

    def open(self, path: str) -> None:
        self.page.goto(self.url + path)

    def tap(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).or_(
            self.page.get_by_role("link", name=name, exact=True)
        ).first.tap()

    def type_on_pad(self, field: str, digits: str) -> None:
        pad = self.page.locator(f".pinpad:has(input[name={field}])")
        used: dict[str, float] = {}
        for digit in digits:
            rest = used.get(digit, 0) + SAME_KEY_AFTER_S - time.monotonic()
            if rest > 0:
                self.page.wait_for_timeout(rest * 1000)
            pad.locator(f'.pinpad__key[value="{digit}"]').tap()
            used[digit] = time.monotonic()
        expect(pad.locator("input")).to_have_value(digits)

    def sign_in(self, name: str, code: str, pin: str = "284913") -> None:
        self.open("/signin")
        self.page.get_by_text(name).tap()
        self.page.wait_for_url(re.compile("/signin/p"))
        self.type_on_pad("secret", code)
        self.tap("登录")
        self.page.wait_for_url("**/pin")
        self.type_on_pad("pin", pin)
        self.type_on_pad("again", pin)
        self.tap("保存密码")
        self.page.wait_for_url(re.compile("/(console|supervision)/$"))

    def pair(self, code: str, home: str) -> None:
        self.open("/pair")
        self.type_on_pad("code", code)
        self.tap("配对屏幕")
        self.page.wait_for_url(f"**{home}")

    def see(self, words: str) -> None:
        expect(self.page.locator("body")).to_contain_text(words)

    def picture(self, name: str) -> None:
        if not PICTURES_WANTED:
            return
        PICTURES.mkdir(exist_ok=True)
        self.page.wait_for_timeout(350)  # let a bar finish moving
        self.page.screenshot(path=PICTURES / f"{name}.png")

    def close(self) -> None:
        self.context.close()
