"""What a person sees of a page: its forms as they are filled in, its buttons and its links, found by their words.

A rehearsal goes through the pages as people do, by what stands on the buttons; so it breaks where a person would be
lost, and not where a name inside a form changed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

Fields = list[tuple[str, str]]


@dataclass(slots=True)
class Form:
    """A form with what it would send as it stands."""

    action: str
    method: str
    fields: Fields = field(default_factory=list)


@dataclass(slots=True)
class Control:
    """Something to press: a button of a form, or a link, which has no form."""

    words: str
    dominant: bool
    href: str = ""
    form: Form | None = None
    name: str = ""
    value: str = ""


@dataclass(slots=True)
class Tile:
    """A tile that chooses one of several, or ticks one."""

    words: str
    form: Form
    name: str
    value: str


class NotOnThePage(Exception):
    """There is nothing of these words to press; the message says what there is instead."""


@dataclass(slots=True)
class Page:
    """One page as it was opened."""

    path: str
    text: str
    controls: list[Control] = field(default_factory=list)
    tiles: list[Tile] = field(default_factory=list)

    def control(self, words: str) -> Control:
        """The button or link of these words, or that begins with them. NotOnThePage if there is none."""
        same = [c for c in self.controls if c.words == words]
        begins = [c for c in self.controls if c.words.startswith(words)]
        for found in (*same, *begins):
            return found
        raise NotOnThePage(f"{self.path} 上没有“{words}”，只有：{'、'.join(self._words())}")

    def offers(self, words: str) -> bool:
        """Whether there is a button or link that begins with these words."""
        return any(c.words.startswith(words) for c in self.controls)

    @property
    def dominant(self) -> Control:
        """The one dominant button. NotOnThePage if there is none."""
        for control in self.controls:
            if control.dominant:
                return control
        raise NotOnThePage(f"{self.path} 上没有主按钮，只有：{'、'.join(self._words())}")

    def tile(self, words: str, form: Form) -> Tile:
        """The tile of that form whose words begin so. NotOnThePage if there is none."""
        of_form = [tile for tile in self.tiles if tile.form is form]
        for tile in of_form:
            if tile.words.startswith(words):
                return tile
        there = "、".join(tile.words for tile in of_form)
        raise NotOnThePage(f"{self.path} 上没有“{words}”这一格，只有：{there}")

    def links(self, beginning: str) -> list[str]:
        """Where the links lead whose addresses begin so, each once."""
        return list(dict.fromkeys(c.href for c in self.controls if c.href.startswith(beginning)))

    def _words(self) -> Iterator[str]:
        return (c.words for c in self.controls if c.words)


def read_page(path: str, html: str) -> Page:
    """Read a page."""
    reader = _Reader(path, html)
    reader.feed(html)
    reader.close()
    return reader.page


class _Reader(HTMLParser):
    """Gathers forms, buttons and links; everything else is decoration."""

    def __init__(self, path: str, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page(path, html)
        self._form: Form | None = None
        self._pressed: Control | None = None
        self._tile: Tile | None = None
        self._area: tuple[str, list[str]] | None = None
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A form, a field of it, a button or a link begins."""
        told = {name: value or "" for name, value in attrs}
        match tag:
            case "form":
                action = told.get("action") or self.page.path
                self._form = Form(action, told.get("method", "get").lower())
            case "input" if self._form is not None:
                self._field(told)
            case "textarea":
                self._area = (told.get("name", ""), [])
            case "label":
                self._tile, self._words = None, []
            case "button" | "a":
                self._press(tag, told)
            case _:
                pass

    def _field(self, told: dict[str, str]) -> None:
        assert self._form is not None
        kind = told.get("type", "text")
        if kind in {"radio", "checkbox"}:
            self._tile = Tile("", self._form, told.get("name", ""), told.get("value", "on"))
        chosen = kind not in {"radio", "checkbox"} or "checked" in told
        if told.get("name") and chosen and kind != "file":
            self._form.fields.append((told["name"], told.get("value", "on")))

    def _press(self, tag: str, told: dict[str, str]) -> None:
        dominant = "button--dominant" in told.get("class", "")
        href = told.get("href", "") if tag == "a" else ""
        form = self._form if tag == "button" and told.get("type") != "button" else None
        self._pressed = Control(
            "", dominant, href, form, told.get("name", ""), told.get("value", "")
        )
        self._words = []

    def handle_data(self, data: str) -> None:
        """Words of a button, or what stands in a text area."""
        if self._area is not None:
            self._area[1].append(data)
        else:
            self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        """What began ends."""
        match tag:
            case "form":
                self._form = None
            case "textarea":
                self._written()
            case "label" if self._tile is not None:
                self._tile.words = self._said()
                self.page.tiles.append(self._tile)
                self._tile = None
            case "button" | "a" if self._pressed is not None:
                self._pressed.words = self._said()
                if self._pressed.form is not None or self._pressed.href:
                    self.page.controls.append(self._pressed)
                self._pressed = None
            case _:
                pass

    def _written(self) -> None:
        if self._area is not None and self._form is not None:
            name, lines = self._area
            self._form.fields.append((name, "".join(lines).removeprefix("\n")))
        self._area = None

    def _said(self) -> str:
        return " ".join(" ".join(self._words).split())
