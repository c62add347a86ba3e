"""The picture of a room: another one only where the page looks otherwise, and then drawn once for all."""

from kiosk.fanout import Picture
from kiosk.shots import Shots, Snapshot


class Page:
    """A page that looks as it is told to, and counts how often it is drawn and framed."""

    def __init__(self):
        self.html, self.revision = "谁都没来", [1, 0]
        self.drawn = self.framed = 0

    def draw(self, room):
        self.drawn += 1
        data = {"page": room, "rev": self.revision, "html": self.html}
        return Snapshot(self.html, self.revision, data)

    def frame(self, data):
        self.framed += 1
        return Picture(str(data))

    def shots(self):
        return Shots(self.draw, self.frame)


def test_a_page_that_looks_as_it_did_is_the_same_picture_with_the_revision_it_had():
    page = Page()
    shots = page.shots()
    first = shots.drawn("hall")
    page.revision = [1, 1]
    again = shots.drawn("hall")
    assert again.picture is first.picture
    assert again.data == {"page": "hall", "rev": [1, 0], "html": "谁都没来"}
    assert page.framed == 1


def test_a_page_that_looks_otherwise_is_another_picture():
    page = Page()
    shots = page.shots()
    first = shots.drawn("hall")
    page.html, page.revision = "来了一个", [2, 1]
    then = shots.drawn("hall")
    assert then.picture is not first.picture
    assert then.data["rev"] == [2, 1]
    assert shots.last("hall") is then


def test_a_crowd_that_comes_at_once_is_one_drawing():
    page = Page()
    shots = page.shots()
    assert len({id(shots.for_who_comes("hall", [1, 0])) for _ in range(50)}) == 1
    assert page.drawn == 1


def test_who_comes_after_a_change_is_not_shown_what_was_before_it():
    page = Page()
    shots = page.shots()
    shots.drawn("hall")
    page.html, page.revision = "来了一个", [2, 0]
    assert shots.for_who_comes("hall", [2, 0]).html == "来了一个"


def test_a_room_that_nobody_watches_is_forgotten():
    shots = Page().shots()
    shots.drawn("hall")
    shots.drawn("console")
    shots.keep_only({"hall"})
    assert shots.last("console") is None
    assert shots.last("hall") is not None
