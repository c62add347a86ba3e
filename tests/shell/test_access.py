"""Who may use what: declarations, roles, screens, sessions, PINs, pairing, and the headers of every page."""

import re
from html.parser import HTMLParser

import kiosk_fixtures
import pytest
from flask import Flask
from kiosk_fixtures import (
    CHAIR,
    CHAIR_AND_ADMIN,
    OFFICERS,
    PIN,
    SCRIPT,
    SECRETARY,
    SECRETARY_AND_ADMIN,
    SUPERVISOR,
    TELLER,
    VOTE,
)

from kiosk.core.events import CheckedIn
from kiosk.core.terms import Role
from kiosk.demo.story import MATTER, TODAY, VILLAGE
from kiosk.store.devices import DeviceKind, Devices
from kiosk.web import add_pages
from kiosk.web.access import PUBLIC, UndeclaredAccess, declared, require_declarations

founded_database, house = kiosk_fixtures.founded_database, kiosk_fixtures.house
still_house, decided_house = kiosk_fixtures.still_house, kiosk_fixtures.decided_house
decided_database = kiosk_fixtures.decided_database

ROLE_MAY_NOT = "您的岗位不能做这一步。"
FILLED = {
    "<meeting>": TODAY,
    "<part>": "part-0001",
    "<person>": SECRETARY,
    "<int:year>": "2026",
    "<int:number>": "1",
    "<int:objection>": "1",
    "<path:name>": "morphdom.js",
    "<path:filename>": "css/portal.css",
}


def filled(rule):
    for gap, value in FILLED.items():
        rule = rule.replace(gap, str(value))
    return rule


def all_routes():
    """(method, address, access) of everything the kiosk answers to."""
    flask = Flask("kiosk", static_folder="static", static_url_path="/static")
    add_pages(flask)
    rules = sorted(flask.url_map.iter_rules(), key=lambda rule: rule.rule)
    return [
        (method, filled(rule.rule), declared(flask.view_functions[rule.endpoint]))
        for rule in rules
        for method in sorted(rule.methods & {"GET", "POST"})
    ]


ROUTES = all_routes()
PROTECTED_GETS = [(path, a) for method, path, a in ROUTES if method == "GET" and a is not PUBLIC]
POSTS = [path for method, path, _ in ROUTES if method == "POST"]


# --- declarations


def test_every_route_says_who_may_use_it(still_house):
    flask = still_house.app.flask
    undeclared = [
        rule.rule
        for rule in flask.url_map.iter_rules()
        if declared(flask.view_functions[rule.endpoint]) is None
    ]
    assert undeclared == []
    assert {filled(rule.rule) for rule in flask.url_map.iter_rules()} == {r[1] for r in ROUTES}


def test_every_socket_event_says_who_may_use_it(still_house):
    live = still_house.app.live
    assert all(declared(handler) is not None for handler in live.handlers.values())
    assert set(live.socketio.server.handlers["/"]) == set(live.handlers), "one nobody asked about"


def test_a_route_that_does_not_say_who_may_use_it_stops_the_start(house):
    flask, live = house.app.flask, house.app.live
    flask.add_url_rule("/minutes", view_func=lambda: "everything", endpoint="minutes")
    with pytest.raises(UndeclaredAccess, match="/minutes"):
        require_declarations(flask, live.handlers.items())


def test_a_socket_event_that_does_not_say_who_may_use_it_stops_the_start(house):
    flask, live = house.app.flask, house.app.live
    with pytest.raises(UndeclaredAccess, match="peep"):
        require_declarations(flask, [*live.handlers.items(), ("peep", lambda: "everything")])


def test_only_these_routes_are_for_everybody():
    assert {(method, path) for method, path, access in ROUTES if access is PUBLIC} == {
        ("GET", "/"),
        # who may see a clip the village lays down: each of these asks it again
        ("GET", f"/film/{TODAY}/<vote>/"),
        ("GET", f"/film/{TODAY}/<vote>/clip.m3u8"),
        ("GET", f"/film/{TODAY}/<vote>/part-0001.mp4/<int:offset>-<int:length>.mp4"),
        ("GET", "/r/2026-1"),
        ("GET", f"/clip/{TODAY}/<clip>.mp4"),
        ("GET", "/r/2026-1.pdf"),
        ("GET", "/result/2026-1"),
        ("GET", "/result/2026-1.pdf"),
        ("GET", "/m/"),
        ("GET", "/m/1"),
        ("GET", "/m/1/photo/<digest>.jpg"),
        ("GET", "/m/1/object"),
        ("POST", "/m/1/object"),
        ("GET", "/m/1/objection/1"),
        ("GET", "/m/1/objection/1/receipt"),
        ("GET", "/m/1/objection/1/up"),
        ("POST", "/m/1/objection/1/up"),
        ("GET", "/need/"),
        ("GET", "/need/new"),
        ("POST", "/need/new"),
        ("GET", "/need/2026-1"),
        ("GET", "/need/2026-1/receipt"),
        ("GET", "/check/"),
        ("GET", "/check/codes.js"),
        ("GET", "/check/heads"),
        ("GET", "/check/heads.json"),
        ("GET", "/feed.xml"),
        ("GET", "/find/"),
        ("GET", "/find/<by>-<key>"),
        ("GET", "/find/things.js"),
        ("GET", "/glyphs/common.css"),
        ("GET", "/glyphs/common.woff"),
        ("GET", "/glyphs/<name>.woff"),
        ("GET", "/glyphs/<names>.css"),
        ("GET", "/hung/"),
        ("GET", "/m/1.json"),
        ("GET", "/need/2026-1.json"),
        ("GET", "/paper/<name>"),
        ("GET", "/public.json"),
        ("GET", "/public.schema.json"),
        ("GET", "/r/2026-1.json"),
        ("GET", "/result/2026-1.json"),
        ("GET", "/signin"),
        ("GET", f"/signin/{SECRETARY}"),
        ("POST", f"/signin/{SECRETARY}"),
        ("GET", "/pin"),
        ("POST", "/pin"),
        ("POST", "/signout"),
        ("GET", "/voice/<digest>.m4a"),
        ("GET", "/slip"),
        ("GET", "/slip/<token>"),
        ("GET", "/pair"),
        ("POST", "/pair"),
        ("POST", "/comfort"),
        ("GET", "/panel.css"),
        ("GET", "/assets/morphdom.js"),
        ("GET", "/static/css/portal.css"),
    }


# --- nobody in particular


@pytest.mark.parametrize(
    ("path", "access"), PROTECTED_GETS, ids=[path for path, _ in PROTECTED_GETS]
)
def test_who_is_not_signed_in_is_sent_to_sign_in_or_to_pair(still_house, path, access):
    answer = still_house.visitor().get(path)
    assert answer.status_code == 302
    assert answer.location == way_in(access)


def way_in(access):
    """Where somebody is sent who may not: to sign in, to pair the screen, or to be told of slips."""
    if access.roles:
        return "/signin"
    return "/slip" if access.slips else "/pair"


@pytest.mark.parametrize("path", POSTS)
def test_a_form_without_its_token_is_refused_and_nothing_is_written(still_house, path):
    officer = still_house.officer(CHAIR_AND_ADMIN)
    before = still_house.lines(), Devices(still_house.engine).all(VILLAGE)
    fields = {"meeting": TODAY, "person": "p0101", "kind": "ballot", "size": "4"}
    for headers in ({}, SCRIPT):
        answer = officer.client.post(path, data=fields, headers=headers)
        assert answer.status_code == 400
        assert "这一页放得太久了" in answer.get_data(as_text=True) or answer.json["what"]
    assert (still_house.lines(), Devices(still_house.engine).all(VILLAGE)) == before
    assert 'data-size="2"' in officer.open("/console/")


def test_the_token_of_another_browser_is_worth_nothing(still_house):
    officer, stranger = still_house.officer(SECRETARY), still_house.visitor()
    fields = {"csrf_token": stranger.token, "meeting": TODAY, "person": "p0101"}
    assert officer.client.post("/checkin/in", data=fields).status_code == 400
    assert not still_house.meeting().arrivals


def test_a_village_where_no_codes_were_given_out_lets_nobody_in(house):
    with house.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM credentials")
    for person in OFFICERS:
        browser = house.visitor()
        assert browser.get(f"/signin/{person}").status_code == 409
        for secret in ("", "000000", "123456", "admin", PIN):
            assert browser.post(f"/signin/{person}", secret=secret).status_code == 403
        assert browser.get("/console/").location == "/signin"


@pytest.mark.parametrize("person", ["p0101", "nobody", "%00", "a" * 2000, "x' OR 1=1--"])
def test_who_holds_no_office_cannot_sign_in(still_house, person):
    browser = still_house.visitor()
    assert browser.get(f"/signin/{person}").status_code == 400
    assert browser.post(f"/signin/{person}", secret=PIN).status_code == 400
    assert browser.get("/console/").location == "/signin"


# --- roles

HANDS = {
    CHAIR: {Role.CHAIR},
    CHAIR_AND_ADMIN: {Role.CHAIR, Role.ADMIN},
    SECRETARY: {Role.SECRETARY},
    SECRETARY_AND_ADMIN: {Role.SECRETARY, Role.ADMIN},
    TELLER: {Role.TELLER},
    SUPERVISOR: {Role.SUPERVISOR},
}
CONSOLE = {Role.CHAIR, Role.SECRETARY}
DOOR = CONSOLE | {Role.TELLER}
COUNTING = DOOR | {Role.SUPERVISOR}
MAY = {
    "/console/open": CONSOLE,
    "/console/vote": CONSOLE,
    "/console/method": CONSOLE,
    "/console/witness": CONSOLE,
    "/console/short-film": CONSOLE,
    "/supervision/box": {Role.SUPERVISOR},
    "/console/hands/mark": DOOR,
    "/console/hands/list": DOOR,
    "/console/hands/confirm/": COUNTING,
    "/console/count": COUNTING,
    f"/console/count/{SECRETARY}": COUNTING,
    "/console/papers/print": DOOR,
    "/console/papers/sheet/print": DOOR,
    "/console/papers/issue": DOOR,
    "/console/papers/exchange": DOOR,
    "/console/papers/return": DOOR,
    "/console/papers/read": DOOR,
    "/console/papers/back": DOOR,
    "/console/slips": DOOR,
    "/console/slips/print": DOOR,
    "/console/check/<source>/<vote>": COUNTING,
    f"/console/check/<source>/<vote>/{SECRETARY}": COUNTING,
    "/console/check/explain": COUNTING,
    "/console/check/settle": COUNTING,
    "/console/close": CONSOLE,
    "/console/adjourn": CONSOLE,
    "/console/closing-code": CONSOLE | {Role.SUPERVISOR},
    "/console/difference": CONSOLE,
    "/console/minutes/note": CONSOLE,
    "/console/minutes/page": CONSOLE,
    "/console/minutes/read": CONSOLE,
    "/console/minutes/approve": CONSOLE,
    "/console/recusal": CONSOLE,
    "/console/join": CONSOLE,
    "/console/report": CONSOLE,
    "/console/inquorate": CONSOLE,
    "/console/item": CONSOLE,
    "/console/request": CONSOLE | {Role.TELLER},
    "/console/floor": CONSOLE,
    "/console/silence": CONSOLE,
    "/console/amend": CONSOLE,
    "/console/single": CONSOLE,
    "/console/straw": CONSOLE,
    "/console/straw/wipe": CONSOLE,
    "/console/void": CONSOLE,
    "/checkin/in": CONSOLE | {Role.TELLER},
    "/checkin/out": CONSOLE | {Role.TELLER},
    "/checkin/proxy": DOOR,
    "/checkin/proxy/shoot": DOOR,
    "/checkin/proxy/send": DOOR,
    "/admin/screens": CONSOLE,
    "/admin/screens/remove": CONSOLE,
    "/admin/officers": {Role.ADMIN},
    "/admin/register/new": CONSOLE,
    "/admin/register/import": CONSOLE,
    "/admin/register/import/<token>": CONSOLE,
    f"/admin/register/person/{SECRETARY}/change": CONSOLE,
    f"/admin/register/person/{SECRETARY}/represent": CONSOLE,
    f"/admin/register/person/{SECRETARY}/posts": CONSOLE,
    f"/admin/register/person/{SECRETARY}/posts/end": CONSOLE,
    f"/admin/register/person/{SECRETARY}/posts/remove": CONSOLE,
    f"/admin/register/person/{SECRETARY}/leave": CONSOLE,
    f"/admin/register/person/{SECRETARY}/roles": {Role.ADMIN},
    "/needs/new": CONSOLE | {Role.SUPERVISOR},
    "/needs/<need>/answer": CONSOLE,
    "/matters/new": CONSOLE,
    "/matters/new/candidates": CONSOLE,
    "/matters/<matter>/review": CONSOLE,
    "/matters/<matter>/revise": CONSOLE,
    "/matters/<matter>/return": CONSOLE,
    "/matters/<matter>/end": CONSOLE,
    "/matters/<matter>/assembly": CONSOLE,
    "/matters/<matter>/call": CONSOLE,
    "/matters/<matter>/call/preview": CONSOLE,
    "/matters/<matter>/call/edit": CONSOLE,
    f"/meetings/{TODAY}/notice": CONSOLE,
    f"/meetings/{TODAY}/call-off": CONSOLE,
    "/matters/<matter>/objections/new": CONSOLE | {Role.SUPERVISOR},
    "/matters/<matter>/objections/<objection>/answer": CONSOLE | {Role.SUPERVISOR},
    "/matters/<matter>/objections/<objection>/escalate": CONSOLE | {Role.SUPERVISOR},
    "/matters/<matter>/photo/<picture>": CONSOLE | {Role.SUPERVISOR},
    "/matters/<matter>/voice/<stage>/2026-1": CONSOLE,
    "/matters/<matter>/voice/<stage>/2026-1/begin": CONSOLE,
    "/matters/<matter>/voice/<stage>/2026-1/end": CONSOLE,
    "/matters/<matter>/voice/<stage>/2026-1/send": CONSOLE,
    "/matters/<matter>/photo/<picture>/shoot": CONSOLE | {Role.SUPERVISOR},
    "/matters/<matter>/photo/<picture>/send": CONSOLE | {Role.SUPERVISOR},
    "/matters/<matter>/sheet": CONSOLE,
    "/matters/<matter>/sheet/shoot": CONSOLE,
    "/matters/<matter>/sheet/send": CONSOLE,
    "/matters/<matter>/sheet/pile": CONSOLE,
    "/papers/<subject>/<paper>/print": CONSOLE | {Role.TELLER, Role.SUPERVISOR, Role.ADMIN},
    "/printing/<order>/cancel": CONSOLE | {Role.TELLER, Role.SUPERVISOR, Role.ADMIN},
    "/printing/<order>/again": CONSOLE | {Role.TELLER, Role.SUPERVISOR, Role.ADMIN},
    "/matters/<matter>/result": CONSOLE,
    "/matters/<matter>/archive": CONSOLE,
    "/matters/<matter>/works/assign": CONSOLE,
    "/matters/<matter>/works/contract": CONSOLE,
    "/matters/<matter>/works/start": CONSOLE,
    "/matters/<matter>/works/progress": CONSOLE,
    "/matters/<matter>/works/finish": CONSOLE,
    "/matters/<matter>/works/inspect": {Role.SUPERVISOR},
    "/supervision/<matter>/<stage>": {Role.SUPERVISOR},
    "/rehearsal/forward": CONSOLE | {Role.TELLER, Role.SUPERVISOR, Role.ADMIN},
    "/admin/rules/<row>/change": {Role.ADMIN},
    "/admin/rules/periods/change": {Role.ADMIN},
    "/admin/rules/clips/change": {Role.ADMIN},
    "/admin/rules/phones/change": {Role.ADMIN},
    f"/supervision/meetings/{TODAY}/": {Role.SUPERVISOR},
    f"/films/{TODAY}/open": CONSOLE | {Role.TELLER, Role.SUPERVISOR, Role.ADMIN},
    f"/films/{TODAY}/delete": CONSOLE,
    f"/films/{TODAY}/confirm": {Role.SUPERVISOR},
    f"/films/{TODAY}/clips/new": CONSOLE,
    f"/films/{TODAY}/clips/<clip>/release": CONSOLE | {Role.SUPERVISOR},
    f"/films/{TODAY}/clips/<clip>/reject": CONSOLE | {Role.SUPERVISOR},
    f"/films/{TODAY}/clips/<clip>/withdraw": CONSOLE | {Role.SUPERVISOR},
    "/corrections/find": CONSOLE,
    "/corrections/new": CONSOLE,
    "/corrections/<correction>": CONSOLE | {Role.SUPERVISOR},
    "/emergencies/new": CONSOLE,
    "/emergencies/<emergency>/countersign": CONSOLE,
    "/emergencies/<emergency>/witness": {Role.SUPERVISOR},
    "/ballot/turn": set(),
    "/ballot/choose": set(),
    "/ballot/confirm": set(),
    "/ballot/cast": set(),
    "/slip/choose": set(),
    "/slip/confirm": set(),
    "/slip/cast": set(),
}


def test_the_table_of_roles_leaves_no_form_out():
    public = {path for method, path, access in ROUTES if method == "POST" and access is PUBLIC}
    assert set(MAY) | public == set(POSTS)


@pytest.mark.parametrize("person", HANDS)
def test_each_role_may_send_its_own_forms_and_no_other(still_house, person):
    officer, before = still_house.officer(person), still_house.lines()
    for path, roles in MAY.items():
        answer = officer.send(path, meeting="none", kind="none", device="none")
        if not roles:
            elsewhere = "/slip" if path.startswith("/slip") else "/pair"
            assert (answer.status_code, answer.location) == (302, elsewhere), path
        elif HANDS[person] & roles:
            # 404: the clock of a rehearsal, in a village that keeps its record; a paper that there is not.
            not_there = {"/rehearsal/forward", "/papers/<subject>/<paper>/print"}
            assert answer.status_code in (200, 400, 409) or path in not_there, path
        else:
            assert answer.status_code == 403, path
            assert answer.json["what"] == ROLE_MAY_NOT
    assert still_house.lines() == before


def test_the_teller_checks_people_in_under_his_own_name(house):
    teller = house.officer(TELLER)
    assert teller.send("/checkin/in", meeting=TODAY, person="p0101").status_code == 200
    entry = house.entries(CheckedIn)[-1]
    assert entry.event == CheckedIn(TODAY, "p0101")
    assert (entry.actor.role, entry.actor.person) == (Role.TELLER, TELLER)


@pytest.mark.parametrize("person", [TELLER, SUPERVISOR])
def test_who_may_not_open_the_meeting_is_told_so_and_the_journal_is_silent(house, person):
    house.check_in(30)
    before, officer = house.lines(), house.officer(person)
    answer = officer.post("/console/open", meeting=TODAY)
    assert answer.status_code == 403
    assert ROLE_MAY_NOT in answer.text
    assert "请有这个岗位的同志来操作。" in answer.text
    assert house.lines() == before


def test_the_supervisor_sees_the_meeting_and_does_nothing_in_it(house):
    supervisor = house.officer(SUPERVISOR)
    assert "今日会议" in supervisor.open("/console/")
    assert supervisor.get("/checkin/").status_code == 403
    assert supervisor.get("/admin/screens").status_code == 403
    assert supervisor.get("/admin/officers").status_code == 403


@pytest.mark.parametrize("person", [CHAIR, SECRETARY, TELLER, SUPERVISOR])
def test_only_the_administrator_sees_and_gives_codes(still_house, person):
    officer = still_house.officer(person)
    assert officer.get("/admin/officers").status_code == 403
    assert officer.send("/admin/officers", person=CHAIR).status_code == 403
    assert "谢丽玥" in still_house.officer(CHAIR_AND_ADMIN).open("/admin/officers")


# --- screens


def test_a_ballot_screen_cannot_use_the_console(house):
    house.check_in(30)
    screen, before = house.ballot_screen(), house.lines()
    for method, path, access in ROUTES:
        if access.roles:
            sent = screen.send(path, meeting=TODAY) if method == "POST" else screen.get(path)
            assert (sent.status_code, sent.location) == (302, "/signin"), path
    assert house.lines() == before


def test_the_big_screen_cannot_vote(house):
    house.check_in(30).open().open_vote()
    screen, before = house.hall_screen(), house.lines()
    assert "hall--voting" in screen.open("/hall/")
    for path in ("/ballot/", "/ballot/choose", "/ballot/still", "/ballot/done"):
        assert screen.get(path).location == "/pair"
    for path in ("/ballot/turn", "/ballot/confirm", "/ballot/cast"):
        answer = screen.send(path, meeting=TODAY, vote=VOTE, person="p0101", choice="for")
        assert answer.location == "/pair"
    assert house.lines() == before


def test_an_officer_cannot_vote_for_anybody_from_the_console(house):
    house.check_in(30).open().open_vote()
    officer, before = house.officer(CHAIR), house.lines()
    answer = officer.send("/ballot/turn", meeting=TODAY, vote=VOTE, person="p0101")
    assert (answer.status_code, answer.location) == (302, "/pair")
    assert house.lines() == before


def test_a_removed_screen_is_worth_nothing(house):
    house.check_in(30).open().open_vote()
    officer, screen = house.officer(SECRETARY), house.ballot_screen()
    screen.send("/ballot/turn", meeting=TODAY, vote=VOTE, person="p0101")
    (device,) = Devices(house.engine).all(VILLAGE)
    assert officer.post("/admin/screens/remove", device=device.id).location == "/admin/screens"
    before = house.lines()
    assert screen.get("/ballot/").location == "/pair"
    assert screen.send("/ballot/cast", choice="for").location == "/pair"
    assert house.lines() == before


def test_a_pairing_code_is_good_once(house):
    code = house.await_screen(DeviceKind.BALLOT)
    first, second = house.visitor(), house.visitor()
    assert first.post("/pair", code=code).location == "/ballot/"
    answer = second.post("/pair", code=code)
    assert answer.status_code == 403
    assert "配对码不对，或者已经过期。" in answer.text
    assert second.get("/ballot/").location == "/pair"
    assert first.get("/ballot/").status_code == 200


@pytest.mark.parametrize(("minutes", "good"), [(14, True), (15, False), (16, False)])
def test_a_pairing_code_from_the_console_lasts_fifteen_minutes(house, minutes, good):
    page = house.officer(SECRETARY).post("/admin/screens", kind="hall").text
    code = "".join(re.search(r'pairing-code num">(\d{4}) (\d{4})<', page).groups())
    assert "15 分钟内有效" in page
    house.clock.on(minutes=minutes)
    answer = house.visitor().post("/pair", code=code)
    assert (answer.location == "/hall/") is good


def test_the_pairing_code_is_shown_once_and_kept_nowhere_in_clear(house):
    officer = house.officer(SECRETARY)
    page = officer.post("/admin/screens", kind="ballot").text
    first, last = re.search(r'pairing-code num">(\d{4}) (\d{4})<', page).groups()
    assert f"{first} {last}" not in officer.open("/admin/screens")
    house.engine.dispose()
    assert (first + last).encode() not in (house.settings.data_dir / "kiosk.sqlite3").read_bytes()


def test_after_ten_wrong_codes_a_waiting_code_is_void(house):
    code = house.await_screen(DeviceKind.BALLOT)
    guesser = house.visitor()
    for guess in range(10):
        assert guesser.post("/pair", code=f"{guess:08d}").status_code == 403
    assert house.visitor().post("/pair", code=code).status_code == 403


@pytest.mark.parametrize("kind", ["", "console", "officer", "<script>"])
def test_only_ballot_screens_and_big_screens_are_paired(still_house, kind):
    officer, before = still_house.officer(SECRETARY), Devices(still_house.engine).all(VILLAGE)
    assert officer.post("/admin/screens", kind=kind).status_code == 400
    assert Devices(still_house.engine).all(VILLAGE) == before


# --- codes, PINs, sessions


def first_sign_in(house, person, code="731640", pin=PIN):
    """The one-time code, then a PIN of one's own; the browser."""
    browser = house.visitor()
    browser.open(f"/signin/{person}")
    assert browser.post(f"/signin/{person}", secret=code).location == "/pin"
    browser.open("/pin")
    assert browser.post("/pin", pin=pin, again=pin).location == "/console/"
    return browser


def test_the_one_time_code_leads_to_a_pin_and_is_worthless_afterwards(house):
    house.issue_code(CHAIR, "731640")
    officer = first_sign_in(house, CHAIR)
    assert officer.get("/console/").status_code == 200
    again = house.visitor()
    assert again.post(f"/signin/{CHAIR}", secret="731640").status_code == 403
    assert again.post(f"/signin/{CHAIR}", secret=PIN).location == "/console/"


def test_the_code_alone_opens_nothing_but_the_choice_of_a_pin(house):
    house.issue_code(CHAIR, "731640")
    browser = house.visitor()
    assert browser.post(f"/signin/{CHAIR}", secret="731640").location == "/pin"
    assert browser.get("/console/").location == "/signin"


@pytest.mark.parametrize("pin", ["000000", "123456", "654321", "121212", "123123", "987654"])
def test_a_weak_pin_is_refused(house, pin):
    house.issue_code(CHAIR, "731640")
    browser = house.visitor()
    browser.post(f"/signin/{CHAIR}", secret="731640")
    answer = browser.post("/pin", pin=pin, again=pin)
    assert answer.status_code == 409
    assert "这个密码太容易猜。" in answer.text
    assert browser.get("/console/").location == "/signin"


@pytest.mark.parametrize(
    ("pin", "again", "said"),
    [
        (PIN, "284914", "两次输入的密码不一样。"),
        (PIN, "", "两次输入的密码不一样。"),
        ("28491", "28491", "密码要六位数字。"),
        ("2849133", "2849133", "密码要六位数字。"),
        ("28491a", "28491a", "密码要六位数字。"),
        ("２８４９１３", "２８４９１３", "密码要六位数字。"),
        ("", "", "密码要六位数字。"),
    ],
)
def test_a_pin_is_six_digits_entered_twice_alike(house, pin, again, said):
    house.issue_code(CHAIR, "731640")
    browser = house.visitor()
    browser.post(f"/signin/{CHAIR}", secret="731640")
    answer = browser.post("/pin", pin=pin, again=again)
    assert answer.status_code == 409
    assert said in answer.text
    assert browser.post("/pin", pin=PIN, again=PIN).location == "/console/"


def test_nobody_chooses_a_pin_without_the_code(house):
    house.issue_code(CHAIR, "731640")
    browser = house.visitor()
    assert browser.get("/pin").location == "/signin"
    assert browser.post("/pin", pin=PIN, again=PIN).location == "/signin"
    assert house.visitor().post(f"/signin/{CHAIR}", secret=PIN).status_code == 403


def test_a_cookie_from_the_first_sign_in_cannot_choose_the_pin_again(house):
    """It is the browser that keeps the cookie: an old one may come back at any time."""
    house.issue_code(CHAIR, "731640")
    browser = house.visitor()
    browser.open("/pair")
    browser.post(f"/signin/{CHAIR}", secret="731640")
    old, token = browser.cookies(), browser.token
    assert browser.post("/pin", pin=PIN, again=PIN).location == "/console/"
    house.issue_code(CHAIR, "905173")
    thief = house.app.flask.test_client(use_cookies=False)
    fields = {"csrf_token": token, "pin": "860275", "again": "860275"}
    answer = thief.post("/pin", data=fields, headers={"Cookie": old})
    assert answer.location == "/signin"
    assert house.visitor().post(f"/signin/{CHAIR}", secret="860275").status_code == 403
    assert house.visitor().post(f"/signin/{CHAIR}", secret="905173").location == "/pin"


def test_signing_out_ends_the_session_in_the_database(house):
    officer = house.officer(SECRETARY)
    old = officer.cookies()
    assert officer.post("/signout").location == "/signin"
    assert officer.get("/console/").location == "/signin"
    thief = house.app.flask.test_client(use_cookies=False)
    assert thief.get("/console/", headers={"Cookie": old}).location == "/signin"


def test_a_new_code_ends_the_sessions_of_that_officer_and_of_nobody_else(house):
    chair, secretary = house.officer(CHAIR), house.officer(SECRETARY)
    admin = house.officer(CHAIR_AND_ADMIN)
    page = admin.post("/admin/officers", person=CHAIR).text
    code = "".join(re.search(r'pairing-code num">(\d{3}) (\d{3})<', page).groups())
    assert "黄埗成的一次性登录码" in page
    assert chair.get("/console/").location == "/signin"
    assert secretary.get("/console/").status_code == 200
    assert house.visitor().post(f"/signin/{CHAIR}", secret=PIN).status_code == 403
    assert house.visitor().post(f"/signin/{CHAIR}", secret=code).location == "/pin"


def test_a_session_lasts_twelve_hours(house):
    officer = house.officer(SECRETARY)
    house.clock.on(hours=12)
    assert officer.get("/console/").status_code == 200
    house.clock.on(seconds=1)
    assert officer.get("/console/").location == "/signin"


def test_after_five_wrong_pins_even_the_right_one_must_wait(house):
    browser = house.visitor()
    for _ in range(5):
        answer = browser.post(f"/signin/{CHAIR}", secret="111111")
        assert "数字不对。" in answer.text
    answer = browser.post(f"/signin/{CHAIR}", secret=PIN)
    assert answer.status_code == 403
    assert "请等15秒再试。" in answer.text
    house.clock.on(seconds=15)
    assert browser.post(f"/signin/{CHAIR}", secret=PIN).location == "/console/"


def test_the_wait_is_kept_over_a_restart_of_the_kiosk(house):
    for _ in range(5):
        house.visitor().post(f"/signin/{CHAIR}", secret="111111")
    house.clock.on(seconds=10)
    restarted = house.visitor(house.another())
    answer = restarted.post(f"/signin/{CHAIR}", secret=PIN)
    assert "请等5秒再试。" in answer.text
    house.clock.on(seconds=5)
    assert restarted.post(f"/signin/{CHAIR}", secret=PIN).location == "/console/"


def test_after_fifteen_wrong_pins_only_a_new_code_helps(house):
    browser = house.visitor()
    for _ in range(15):
        house.clock.on(minutes=15)
        assert "数字不对。" in browser.post(f"/signin/{CHAIR}", secret="111111").text
    house.clock.on(hours=24)
    assert "登录已停用。" in browser.post(f"/signin/{CHAIR}", secret=PIN).text
    house.issue_code(CHAIR, "731640")
    assert first_sign_in(house, CHAIR).get("/console/").status_code == 200


def test_one_who_is_locked_out_locks_nobody_else_out(house):
    for _ in range(5):
        house.visitor().post(f"/signin/{CHAIR}", secret="111111")
    assert house.officer(SECRETARY).get("/console/").status_code == 200


def test_a_pin_stands_nowhere_in_clear(house):
    house.officer(SECRETARY)
    house.engine.dispose()
    assert PIN.encode() not in (house.settings.data_dir / "kiosk.sqlite3").read_bytes()


def test_a_session_survives_a_restart_of_the_kiosk(house):
    officer = house.officer(SECRETARY)
    after = house.another().flask.test_client(use_cookies=False)
    assert after.get("/console/", headers={"Cookie": officer.cookies()}).status_code == 200


def test_a_cookie_signed_with_another_key_is_worth_nothing(house):
    officer = house.officer(SECRETARY)
    (house.settings.data_dir / "secret-key").write_text("another key")
    after = house.another().flask.test_client(use_cookies=False)
    answer = after.get("/console/", headers={"Cookie": officer.cookies()})
    assert answer.location == "/signin"


def test_a_key_that_a_power_cut_left_empty_is_made_anew(house):
    key = house.settings.data_dir / "secret-key"
    key.write_text("")
    after = house.another()
    assert len(key.read_text()) == 64
    assert after.flask.test_client().get("/pair").status_code == 200
    assert key.stat().st_mode & 0o077 == 0


def test_the_key_that_signs_cookies_is_for_its_owner_alone(house):
    assert (house.settings.data_dir / "secret-key").stat().st_mode & 0o077 == 0


# --- forms


@pytest.mark.parametrize(
    "back",
    ["https://example.org/", "//example.org", "/\\example.org", "/\t/example.org", "/\n/x.org",
     "javascript:alert(1)", "\\\\example.org", "", " //example.org", "http:example.org"],
)  # fmt: skip
def test_the_comfort_bar_never_leads_off_the_site(still_house, back):
    browser = still_house.visitor()
    assert browser.send("/comfort", size="3", back=back).json == {"go": "/"}
    assert browser.post("/comfort", size="3", back=back).location == "/"


def test_the_comfort_bar_leads_back_to_its_page_with_the_size_chosen(still_house):
    browser = still_house.visitor()
    assert browser.post("/comfort", size="4", back="/signin").location == "/signin"
    browser.post("/comfort", contrast="dark", back="/signin?")
    assert 'data-size="4" data-contrast="dark"' in browser.open("/signin")
    browser.post("/comfort", size='9"><script>', contrast="none")
    assert 'data-size="4" data-contrast="dark"' in browser.open("/signin")


def test_an_oversized_form_is_refused(still_house):
    officer, before = still_house.officer(SECRETARY), still_house.lines()
    answer = officer.send("/checkin/in", meeting=TODAY, person="x" * 70_000)
    assert answer.status_code == 413
    assert answer.json["what"]
    assert still_house.lines() == before


def test_a_form_of_too_many_parts_is_refused(still_house):
    officer = still_house.officer(SECRETARY)
    parts = {f"field-{n}": "x" for n in range(40)}
    answer = officer.client.post(
        "/checkin/in",
        data=parts,
        headers=SCRIPT | {"X-CSRFToken": officer.token},
        content_type="multipart/form-data",
    )
    assert answer.status_code in (400, 413)


@pytest.mark.parametrize(
    "command_id", ["short", "x" * 65, "<script>", "a b c d e", "日志日志日志日志"]
)
def test_a_misshapen_command_id_is_refused(still_house, command_id):
    officer, before = still_house.officer(SECRETARY), still_house.lines()
    answer = officer.send("/checkin/in", meeting=TODAY, person="p0101", command_id=command_id)
    assert answer.status_code == 400
    assert still_house.lines() == before


# --- headers and pages

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; media-src 'self' blob:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@pytest.mark.parametrize("path", ["/", "/signin", "/pair", "/none", "/console/", "/panel.css",
                                  "/static/css/base.css", "/assets/morphdom.js"])  # fmt: skip
def test_every_answer_carries_the_strict_policy(still_house, path):
    headers = still_house.visitor().get(path).headers
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    if headers["Content-Type"].startswith("text/html"):
        assert headers["Cache-Control"] == "no-store"


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(house):
    browser = house.visitor()
    browser.open("/pair")
    answer = browser.post(f"/signin/{SECRETARY}", secret=PIN)
    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert cookie.startswith("kiosk-8000=")


def test_a_phone_at_the_portal_gets_no_cookie(still_house):
    assert "Set-Cookie" not in still_house.visitor().get("/").headers


class Inspector(HTMLParser):
    """Finds what the strict policy would block, or what would be fetched from elsewhere."""

    def __init__(self, portal):
        super().__init__()
        self.portal, self.faults, self._script = portal, [], False

    def handle_starttag(self, tag, attrs):
        self._script = tag == "script"
        for name, value in attrs:
            if name == "style" or name.startswith("on"):
                self.faults.append(f"<{tag} {name}=…>")
            if name in ("src", "href", "action", "poster", "data") and self._leads_away(value):
                self.faults.append(f"<{tag} {name}={value}>")
        if tag in ("style", "base", "iframe", "object", "embed"):
            self.faults.append(f"<{tag}>")

    def handle_endtag(self, tag):
        self._script = False

    def handle_data(self, data):
        if self._script and data.strip():
            self.faults.append(f"<script>{data[:40]}")

    def _leads_away(self, address):
        away = re.match(r"(https?:)?//|javascript:", address or "", re.IGNORECASE)
        return away and not address.startswith(self.portal)


def test_no_page_holds_anything_that_the_policy_forbids_or_fetches_from_elsewhere(decided_house):
    """Every GET page, before, during and after a vote, as everybody who may see it."""
    house = decided_house
    guests = {
        "officer": house.officer(CHAIR_AND_ADMIN),
        "ballot": house.ballot_screen(),
        "hall": house.hall_screen(),
        "public": house.visitor(),
    }
    assert inspected(guests, house.settings.public_url) > 25


@pytest.mark.parametrize("voting", [False, True])
def test_no_page_of_a_running_meeting_holds_anything_that_the_policy_forbids(house, voting):
    house.check_in(30)
    if voting:
        house.open().open_vote().cast(3, 2, 1)
    screen = house.ballot_screen()
    if voting:
        person = min(house.vote().waiting)
        screen.send("/ballot/turn", meeting=TODAY, vote=VOTE, person=person)
    guests = {"officer": house.officer(CHAIR_AND_ADMIN), "hall": house.hall_screen()}
    extra = screen.post("/ballot/confirm", choice="for").text
    faults = faults_of(extra, house.settings.public_url)
    faults += faults_of(screen.open("/ballot/choose", 200 if voting else 303), "")
    assert faults == []
    assert inspected(guests | {"ballot": screen}, house.settings.public_url) > 15


def faults_of(page, portal):
    inspector = Inspector(portal)
    inspector.feed(page)
    return inspector.faults


def inspected(guests, portal):
    seen = 0
    paths = [path for method, path, _ in ROUTES if method == "GET"]
    paths += [
        f"/console/recusal?person={'p0101'}",
        "/checkin/?tab=observers",
        "/ballot/?tab=1",
        "/no",
    ]
    for who, guest in guests.items():
        for path in paths:
            answer = guest.get(path)
            assert answer.status_code < 500, path
            if answer.mimetype == "text/html" and answer.status_code != 302:
                assert faults_of(answer.text, portal) == [], f"{path} as {who}"
                seen += 1
    return seen


@pytest.mark.parametrize("path", ["/console/vote", "/console/recusal"])
def test_what_a_form_says_is_never_html(still_house, path):
    officer = still_house.officer(SECRETARY)
    evil = "<script>alert(1)</script>"
    for fields in ({"meeting": evil}, {"meeting": TODAY, "matter": evil, "ground": evil}):
        assert evil not in officer.post(path, **fields).text
    assert evil not in officer.open(f"/checkin/?tab={evil}")
    assert MATTER not in officer.get(f"/console/recusal?person={evil}").text.split("<body")[0]
