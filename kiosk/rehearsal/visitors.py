"""Who comes to a rehearsal: browsers without a picture, that use the same pages, forms and sockets as people do."""

import re
import threading
import time
from collections.abc import Callable

import requests
import socketio

from kiosk.core.terms import PersonId

TOKEN = re.compile(r'<meta name="csrf-token" content="([^"]+)"')
TIMEOUT_S = 30
PIN = "284913"


class Said(Exception):
    """The kiosk said no: the sentence, what to do, and the article."""

    def __init__(self, status: int, told: dict[str, str]) -> None:
        super().__init__(f"{status} {told.get('what')} {told.get('todo')} {told.get('basis', '')}")
        self.status = status
        self.what = told.get("what", "")
        self.basis = told.get("basis", "")


class Browser:
    """One browser: cookies, the CSRF token of its last page, forms sent as the page's script sends them."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.session = requests.Session()
        self._token = ""

    def open(self, path: str) -> str:
        """Open a page; its text."""
        answer = self.session.get(self.url + path, timeout=TIMEOUT_S)
        answer.raise_for_status()
        found = TOKEN.search(answer.text)
        self._token = found.group(1) if found else self._token
        return answer.text

    def send(self, path: str, **fields: str) -> str:
        """Send a form; the page that answers, or where to go. Raises Said if the kiosk says no."""
        headers = {"X-Kiosk-Form": "1", "X-CSRFToken": self._token}
        answer = self.session.post(self.url + path, data=fields, headers=headers, timeout=TIMEOUT_S)
        if answer.headers["Content-Type"].startswith("text/html"):
            answer.raise_for_status()
            return answer.text
        told = answer.json()
        if not answer.ok:
            raise Said(answer.status_code, told)
        return str(told["go"])


class Officer(Browser):
    """A signed-in officer."""

    def sign_in(self, person: str, code: str) -> None:
        """With the one-time code, then a PIN of his own."""
        self.open(f"/signin/{person}")
        self.send(f"/signin/{person}", secret=code)
        self.open("/pin")
        self.send("/pin", pin=PIN, again=PIN)
        self.open("/console/")

    def pairing_code(self, kind: str) -> str:
        """Have the console make a code for one more screen."""
        page = self.send("/admin/screens", kind=kind)
        found = re.search(r'pairing-code num">(\d{4}) (\d{4})<', page)
        assert found is not None
        return found.group(1) + found.group(2)


class BallotScreen(Browser):
    """A paired ballot screen, one person after the other."""

    def pair(self, code: str) -> None:
        """Pair with the one-time code."""
        self.open("/pair")
        self.send("/pair", code=code)
        self.open("/ballot/")

    def vote(self, meeting: str, vote: str, person: PersonId, choice: str) -> None:
        """Name, card, 确认: as a person does. Raises Said if refused."""
        self.send("/ballot/turn", meeting=meeting, vote=vote, person=person)
        self.send("/ballot/confirm", choice=choice)
        self.send("/ballot/cast", choice=choice)


class BigScreen(Browser):
    """The paired big screen with its socket; remembers the newest picture it was sent."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.page: dict[str, object] = {}
        self.pages = 0
        self._arrived = threading.Condition()
        self._socket = socketio.Client(reconnection=True, reconnection_delay=0.3)
        self._socket.on("page", self._take)
        self._socket.on("connect", self._watch)

    def pair(self, code: str) -> None:
        """Pair, then follow the page."""
        self.open("/pair")
        self.send("/pair", code=code)
        self.open("/hall/")
        cookies = "; ".join(f"{c.name}={c.value}" for c in self.session.cookies)
        self._socket.connect(self.url, headers={"Cookie": cookies}, transports=["websocket"])

    def _watch(self) -> None:
        self._socket.emit("watch", "hall", callback=self._take)

    def _take(self, page: dict[str, object]) -> None:
        with self._arrived:
            self.page = page
            self.pages += 1
            self._arrived.notify_all()

    def wait_for(self, shown: Callable[[str], bool], within_s: float) -> float:
        """Wait until the picture satisfies `shown`; the seconds it took. TimeoutError if it never does."""
        began = time.monotonic()
        with self._arrived:
            if not self._arrived.wait_for(lambda: shown(str(self.page.get("html", ""))), within_s):
                raise TimeoutError("the big screen did not show it")
        return time.monotonic() - began

    def close(self) -> None:
        """Switch the screen off."""
        self._socket.disconnect()
