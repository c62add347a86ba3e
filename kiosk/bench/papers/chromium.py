"""A Chromium without a window that prints pages, spoken to by its own protocol (Chrome DevTools Protocol)."""

import json
import os
import shutil
import subprocess
import time
from base64 import b64decode
from pathlib import Path
from typing import Any

import requests
from simple_websocket import Client

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chromium-headless-shell")
_STARTS_WITHIN_S = 60.0
_ANSWERS_WITHIN_S = 120.0
_READY = "document.fonts.ready.then(() => document.readyState)"


class Chromium:
    """One browser with one tab that stays open. Raises LookupError where there is none."""

    def __init__(self, profile: Path) -> None:
        program = next(filter(None, map(shutil.which, _NAMES)), None)
        if program is None:
            raise LookupError("no Chromium")
        options = ["--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"]
        options += ["--no-sandbox"] if os.getuid() == 0 else []
        options += ["--remote-debugging-port=0", f"--user-data-dir={profile}", "about:blank"]
        self._process = subprocess.Popen(
            [program, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self._asked = 0
        try:
            self._tab = Client(_tab_address(profile / "DevToolsActivePort"))
            self._ask("Page.enable")
        except BaseException:
            self.close()
            raise

    @property
    def pid(self) -> int:
        """The first of its processes."""
        return self._process.pid

    def printed(self, address: str) -> bytes:
        """The page as PDF, when it and its fonts are loaded."""
        self._ask("Page.navigate", url=address)
        while self._ask("Runtime.evaluate", expression=_READY, awaitPromise=True)["result"].get(
            "value"
        ) not in {"interactive", "complete"}:
            time.sleep(0.001)
        answer = self._ask("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
        return b64decode(answer["data"])

    def close(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait(timeout=30)

    def _ask(self, method: str, **arguments: object) -> dict[str, Any]:
        self._asked += 1
        self._tab.send(json.dumps({"id": self._asked, "method": method, "params": arguments}))
        while True:
            told = self._tab.receive(timeout=_ANSWERS_WITHIN_S)
            if told is None:
                raise TimeoutError(method)
            answer = json.loads(told)
            if answer.get("id") == self._asked:
                found: dict[str, Any] = answer["result"]
                return found


def _tab_address(file: Path) -> str:
    """Where the browser's tab listens."""
    until = time.monotonic() + _STARTS_WITHIN_S
    while not file.exists() or not file.read_text().strip():
        if time.monotonic() > until:
            raise TimeoutError("Chromium did not start")
        time.sleep(0.05)
    port = file.read_text().splitlines()[0]
    tabs = requests.get(f"http://127.0.0.1:{port}/json/list", timeout=30).json()
    return str(next(tab["webSocketDebuggerUrl"] for tab in tabs if tab["type"] == "page"))
