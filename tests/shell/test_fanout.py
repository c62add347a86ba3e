"""One picture to many: whole frames, no slow browser in the way, and by emit where the private names are gone."""

import json
import socket
import threading
import zlib
from types import SimpleNamespace

import kiosk_fixtures
import pytest
from flask import Flask
from flask_socketio import SocketIO
from werkzeug.serving import make_server

from kiosk import fanout
from kiosk.bench.wire import frame, frame_end, said, upgrade
from kiosk.demo.story import VILLAGE
from kiosk.fanout import Fanout, Line, Picture
from kiosk.store.devices import Devices

founded_database, house = kiosk_fixtures.founded_database, kiosk_fixtures.house
TEXT = '42["page",{"rev":[7,1],"html":"表决中"}]'
LARGE = 4_000_000
"""Bytes that no socket's buffers hold."""


class Engine:
    """What a line belongs to."""

    def handle(self, line):
        """Called with the line when the socket is open."""


class Visit:
    """A line with a browser at the other end of a real socket."""

    def __init__(self, *, deflates=False):
        ours, self.theirs = socket.socketpair()
        self.line = Line(Engine().handle, None)
        self.line.deflates = deflates
        self.line.ws = SimpleNamespace(
            sock=ours, connected=True, send=lambda text: ours.sendall(frame(text.encode()))
        )
        self.arrived = bytearray()

    def read(self):
        """What has arrived by now."""
        try:
            while more := self.theirs.recv(1 << 20, socket.MSG_DONTWAIT):
                self.arrived += more
        except BlockingIOError:
            pass

    def frames(self):
        """Every whole frame, as (first byte, payload); nothing may be left over."""
        self.read()
        rest, found = bytes(self.arrived), []
        while rest:
            begins, ends = frame_end(rest)
            assert ends, "the head of a frame is not whole"
            assert len(rest) >= ends, "a frame is not whole"
            found.append((rest[0], rest[begins:ends]))
            rest = rest[ends:]
        return found

    def close(self):
        self.line.ws.sock.close()
        self.theirs.close()


@pytest.fixture
def visit():
    made = []

    def come(**how):
        made.append(Visit(**how))
        return made[-1]

    yield come
    for each in made:
        each.close()


def inflated(payload):
    return zlib.decompressobj(-15).decompress(payload + b"\0\0\xff\xff")


def large(mark):
    return Picture(mark * LARGE)


# --- one socket


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65_535, 65_536])
def test_a_picture_arrives_as_one_whole_frame(visit, size):
    browser = visit()
    assert browser.line.show(Picture("x" * size))
    assert browser.frames() == [(0x81, b"x" * size)]


def test_a_browser_that_takes_compressed_messages_gets_the_same_picture_smaller(visit):
    browser, text = visit(deflates=True), TEXT * 100
    assert browser.line.show(Picture(text))
    ((first, payload),) = browser.frames()
    assert first == 0xC1
    assert inflated(payload).decode() == text
    assert len(payload) < len(text.encode()) / 10


def test_a_picture_is_framed_once_for_all(visit):
    picture = Picture(TEXT)
    assert picture.frame(compressed=True) is picture.frame(compressed=True)


def test_who_has_the_picture_is_not_sent_it_again(visit):
    browser, picture = visit(), Picture(TEXT)
    assert browser.line.show(picture)
    assert browser.line.show(picture)
    assert len(browser.frames()) == 1


def test_a_slow_browser_is_left_behind_and_then_gets_whole_frames_and_the_newest(visit):
    browser, first, left_out, newest = visit(), large("a"), large("b"), large("c")
    assert not browser.line.show(first)
    assert not browser.line.show(left_out), "what is under way is completed first"
    while not browser.line.show(newest):
        browser.read()
    assert browser.frames() == [(0x81, b"a" * LARGE), (0x81, b"c" * LARGE)]


def test_an_answer_waits_for_the_rest_of_the_picture(visit):
    browser = visit()
    assert not browser.line.show(large("a"))
    answering = threading.Thread(target=browser.line.send, args=("answer",))
    answering.start()
    while answering.is_alive():
        browser.read()
    assert browser.frames() == [(0x81, b"a" * LARGE), (0x81, b"answer")]


def test_nobody_waits_for_a_socket_that_is_just_being_written_to(visit):
    browser, picture = visit(), Picture(TEXT)
    with browser.line._sending:
        assert not browser.line.show(picture)
    assert browser.line.show(picture)
    assert len(browser.frames()) == 1


def test_a_browser_that_is_gone_holds_nothing_up(visit):
    browser = visit()
    browser.line.ws.sock.close()
    assert browser.line.show(Picture(TEXT))


# --- a room


def test_the_private_names_are_where_they_were():
    assert Fanout(SocketIO(Flask("test"), async_mode="threading")).is_direct


def in_room(monkeypatch, *lines):
    """A fan-out whose room holds these lines; and what was emitted besides."""
    socketio, emitted = SocketIO(Flask("test"), async_mode="threading"), []
    server = socketio.server
    sockets = {f"e{n}": SimpleNamespace(line=line) for n, line in enumerate(lines)}
    monkeypatch.setattr(server.eio, "sockets", sockets)
    people = [(f"s{n}", f"e{n}") for n in range(len(lines))]
    monkeypatch.setattr(server.manager, "get_participants", lambda namespace, room: people)
    monkeypatch.setattr(socketio, "emit", lambda *what, to: emitted.append((*what, to)))
    return socketio, emitted


def test_a_slow_browser_does_not_hold_up_the_others(visit, monkeypatch):
    slow, quick = visit(), visit()
    socketio, emitted = in_room(monkeypatch, slow.line, quick.line)
    hall = Fanout(socketio)
    assert not slow.line.show(large("a"))
    data = {"rev": [7, 1], "html": "表决中"}
    picture = hall.picture("page", data)
    assert not hall.send("page", data, picture, "hall"), "somebody has not got it"
    ((_, payload),) = quick.frames()
    assert json.loads(payload[2:]) == ["page", data]
    assert emitted == []


def test_where_the_private_names_are_gone_everything_goes_by_emit(monkeypatch, visit):
    browser = visit()
    socketio, emitted = in_room(monkeypatch, browser.line)
    monkeypatch.setattr(fanout, "Wrapper", object)
    hall = Fanout(socketio)
    assert not hall.is_direct
    assert hall.send("page", {"rev": [1, 1]}, hall.picture("page", {"rev": [1, 1]}), "hall")
    assert emitted == [("page", {"rev": [1, 1]}, "hall")]
    assert browser.frames() == []


def test_a_socket_that_is_no_line_gets_it_by_emit(monkeypatch):
    socketio, emitted = in_room(monkeypatch, None)
    hall = Fanout(socketio)
    assert hall.send("page", {}, hall.picture("page", {}), "hall")
    assert emitted == [("page", {}, "s0")]


# --- the whole way, over a real socket


@pytest.fixture
def served(house):
    """The application with its live screens behind a real listener."""
    house.app.live.start()
    server = make_server("127.0.0.1", 0, house.app.flask, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_address
    server.shutdown()
    thread.join()
    server.server_close()
    house.app.live.stop()


class Browser:
    """A browser's socket, read message by message."""

    def __init__(self, address, cookie):
        self.socket = socket.create_connection(address, 20)
        self.socket.sendall(upgrade(address, cookie))
        self.unread = b""
        while b"\r\n\r\n" not in self.unread:
            self.read_on()
        self.head, _, self.unread = self.unread.partition(b"\r\n\r\n")

    def read_on(self):
        arrived = self.socket.recv(65_536)
        assert arrived, "the server hung up"
        self.unread += arrived

    def message(self):
        begins, ends = frame_end(self.unread)
        while not ends or len(self.unread) < ends:
            self.read_on()
            begins, ends = frame_end(self.unread)
        first, payload, self.unread = self.unread[0], self.unread[begins:ends], self.unread[ends:]
        return (inflated(payload) if first & 0x40 else payload).decode()

    def watch(self, page):
        assert self.message().startswith("0")
        self.socket.sendall(said("40"))
        assert self.message().startswith("40")
        self.socket.sendall(said(f'421["watch","{page}"]'))
        return json.loads(self.message().removeprefix("431"))[0]

    def page_of(self, message):
        name, data = json.loads(message.removeprefix("42"))
        assert name == "page"
        return data


def test_a_big_screen_follows_and_goes_dark_when_it_is_unpaired(house, served):
    screen = house.hall_screen()
    name = house.app.flask.config["SESSION_COOKIE_NAME"]
    browser = Browser(served, f"{name}={screen.client.get_cookie(name).value}")
    assert b"server_no_context_takeover" in browser.head
    first = browser.watch("hall")
    house.check_in(1)
    page = browser.page_of(browser.message())
    assert page["rev"] > first["rev"]
    assert ">1</text>" in page["html"]
    for device in Devices(house.engine).all(VILLAGE):
        Devices(house.engine).remove(device.id)
    house.check_in(2)
    assert browser.page_of(browser.message()) == {"refused": True}
    browser.socket.close()
