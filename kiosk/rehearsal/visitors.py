"""Who comes to a rehearsal: browsers without a picture, that use the same pages, forms and sockets as people do."""

import re
import threading
import time
from collections.abc import Callable
from urllib.parse import urlencode

import requests
import socketio

from kiosk.core.terms import PersonId
from kiosk.rehearsal.reading import Fields, Page, read_page

TOKEN = re.compile(r'<meta name="csrf-token" content="([^"]+)"')
TIMEOUT_S = 30
MARK = "演练"
PIN = "284913"


class Said(Exception):
    """The kiosk said no: the sentence, what to do, and the article."""

    def __init__(self, status: int, told: dict[str, str]) -> None:
        super().__init__(f"{status} {told.get('what')} {told.get('todo')} {told.get('basis', '')}")
        self.status = status
        self.what = told.get("what", "")
        self.basis = told.get("basis", "")


class Browser:
    """One browser: cookies, the CSRF token of its last page, forms sent as the page's script sends them.

    Attributes:
        page: the page that is open, as a person sees it.
        taps: how often something was pressed or chosen on it.
        requests: how many requests it has sent.
        unmarked: the pages that did not say that this is a rehearsal (演练).
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.session = requests.Session()
        self.page = Page("", "")
        self.taps = 0
        self.requests = 0
        self.unmarked: list[str] = []
        self._token = ""

    def open(self, path: str) -> str:
        """Open a page; its text."""
        self.requests += 1
        answer = self.session.get(self.url + path, timeout=TIMEOUT_S)
        answer.raise_for_status()
        self._show(path.partition("?")[0], answer.text)
        return answer.text

    def _show(self, path: str, text: str) -> None:
        found = TOKEN.search(text)
        self._token = found.group(1) if found else self._token
        self.page = read_page(path, text)
        if MARK not in text:
            self.unmarked.append(path)

    def send(self, path: str, **fields: str) -> str:
        """Send a form; the page that answers, or where to go. Raises Said if the kiosk says no."""
        return self._post(path, list(fields.items()))[1]

    def _post(self, path: str, fields: Fields) -> tuple[bool, str]:
        """Whether a page answers, and the page, or else where to go (empty: stay)."""
        self.requests += 1
        headers = {"X-Kiosk-Form": "1", "X-CSRFToken": self._token}
        answer = self.session.post(self.url + path, data=fields, headers=headers, timeout=TIMEOUT_S)
        if answer.headers["Content-Type"].startswith("text/html"):
            answer.raise_for_status()
            return True, answer.text
        told = answer.json()
        if not answer.ok:
            raise Said(answer.status_code, told)
        return False, told["go"] or ""

    def press(self, words: str = "", *tiles: str, **filled: str) -> None:
        """Press the button or link of these words (else the dominant one).

        Before that, tap the tiles of these words and fill in these fields. Raises Said if the kiosk says no,
        NotOnThePage if there is no such button or tile.
        """
        control = self.page.control(words) if words else self.page.dominant
        self.taps += 1 + len(tiles) + len(filled)
        if control.form is None:
            self.open(control.href)
            return
        tapped = [self.page.tile(words, control.form) for words in tiles]
        otherwise = [*((tile.name, tile.value) for tile in tapped), *filled.items()]
        fields = _filled(control.form.fields, otherwise)
        fields += [(control.name, control.value)] if control.name else []
        if control.form.method == "get":
            self.open(f"{control.form.action}?{urlencode(fields)}")
            return
        is_page, told = self._post(control.form.action, fields)
        if is_page:
            self._show(control.form.action, told)
        else:
            self.open(told or self.page.path)

    def upload(self, path: str, jpeg: bytes) -> None:
        """Send a photograph that a telephone made, and follow."""
        self.taps += 2
        self.requests += 1
        headers = {"X-Kiosk-Form": "1", "X-CSRFToken": self._token}
        files = {"file": ("photo.jpg", jpeg, "image/jpeg")}
        answer = self.session.post(self.url + path, files=files, headers=headers, timeout=TIMEOUT_S)
        told = answer.json()
        if not answer.ok:
            raise Said(answer.status_code, told)
        self.open(told["go"])


def _filled(fields: Fields, otherwise: Fields) -> Fields:
    """The fields as they stand, but for those that are filled in otherwise."""
    names = {name for name, _ in otherwise}
    return [*((name, value) for name, value in fields if name not in names), *otherwise]


class Officer(Browser):
    """A signed-in officer."""

    person = ""

    def sign_in_again(self) -> None:
        """With the PIN: another day has come."""
        self.open(f"/signin/{self.person}")
        self.send(f"/signin/{self.person}", secret=PIN)
        self.taps += 2

    def sign_in(self, person: str, code: str) -> None:
        """With the one-time code, then a PIN of his own."""
        self.person = person
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
        self.taps += 3
        self.send("/ballot/turn", meeting=meeting, vote=vote, person=person)
        self.send("/ballot/confirm", choice=choice)
        self.send("/ballot/cast", choice=choice)


class BigScreen(Browser):
    """The paired big screen with its socket; remembers the newest picture it was sent."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.pushed: dict[str, object] = {}
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
        self._socket.emit("watch", "hall")

    def _take(self, page: dict[str, object]) -> None:
        with self._arrived:
            self.pushed = page
            self._arrived.notify_all()

    def wait_for(self, shown: Callable[[str], bool], within_s: float) -> float:
        """Wait until the picture satisfies `shown`; the seconds it took. TimeoutError if it never does."""
        began = time.monotonic()
        with self._arrived:
            if not self._arrived.wait_for(
                lambda: shown(str(self.pushed.get("html", ""))), within_s
            ):
                raise TimeoutError("the big screen did not show it")
        return time.monotonic() - began

    def wait_for_entry(self, seq: int, within_s: float) -> None:
        """Wait until the picture is of that entry of the journal or a later one. TimeoutError if it never is."""
        with self._arrived:
            if not self._arrived.wait_for(lambda: self._shows() >= seq, within_s):
                raise TimeoutError(f"the big screen shows entry {self._shows()}, not {seq}")

    def _shows(self) -> int:
        revision = self.pushed.get("rev")
        return int(revision[0]) if isinstance(revision, list) else 0

    def close(self) -> None:
        """Switch the screen off."""
        self._socket.disconnect()
