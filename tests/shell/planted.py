"""A rehearsed village in whose register, forms, photographs and votes private data were planted, then published."""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from kiosk_fixtures import CHAIR, SECRETARY, SUPERVISOR, TODAY, VILLAGE, VOTE
from PIL import Image
from site_fixtures import papered

from kiosk.core import commands as c
from kiosk.core.ballot_terms import Channel, Choice, Method
from kiosk.core.terms import (
    Capacity,
    EmergencyId,
    NeedId,
    ObjectionId,
    Picture,
    Role,
    Standing,
)
from kiosk.demo.proposals import DITCHES, POND, ROAD, SQUARE
from kiosk.demo.story import MATTER
from kiosk.site.publishing import publish
from kiosk.store.photos import Photos

ID_NUMBER, ID_NUMBER_X = "441521196803052417", "44152119680305241X"
MOBILE, LINE = "13827651234", "0660-8612399"
ACCOUNT = "6217003320012345678"
ADDRESS, HEALTH = "虎头岭3组27号", "尘肺病"
BORN_ON = date(1968, 3, 7)
HOUSEHOLD, GRID = "丙戌七七", "戊寅网格"
AUTHOR, OBJECTOR = "欧阳㛃䶮", "司徒峎塱"
TEXT = (
    f"请找我，身份证{ID_NUMBER}（旧证{ID_NUMBER_X}），电话{MOBILE}或{LINE}，"
    f"账号{ACCOUNT}，家住{ADDRESS}，患{HEALTH}。"
)
SPACED = f"卡{ACCOUNT[:4]} {ACCOUNT[4:8]} {ACCOUNT[8:12]} {ACCOUNT[12:16]} {ACCOUNT[16:]}"
PLANTED = (
    ID_NUMBER, ID_NUMBER_X, MOBILE, LINE, ACCOUNT, ADDRESS, "3组27号", HEALTH, HOUSEHOLD, GRID,
    SPACED, AUTHOR, OBJECTOR, BORN_ON.isoformat(), "1968年3月7日",
)  # fmt: skip
"""Nothing of this may stand in anything public, however it is written."""


def _people(house):
    """An ordinary villager with everything that is private; two of them wish and object."""
    register = house.app.parts.register
    plain = [p for p in register.people(VILLAGE) if not p.roles and p.posts and len(p.posts) == 1]
    plain = [p for p in plain if p.holds(Capacity.COLLECTIVE_MEMBER)]
    for person, name in zip(plain, (AUTHOR, OBJECTOR), strict=False):
        private = {"phone": MOBILE, "born_on": BORN_ON, "household": f"{HOUSEHOLD}{name[-1]}"}
        register.change(VILLAGE, replace(person, name=name, grid=GRID, **private))
    return plain[0], plain[1]


def _photo(mark):
    """A photograph as a telephone writes it: where, by whom, with what."""
    picture, out = Image.new("RGB", (320, 240), mark), BytesIO()
    exif = Image.Exif()
    exif[0x010E], exif[0x013B] = f"{ID_NUMBER} {MOBILE}", "Planted Artist"
    exif.get_ifd(0x8825)[1] = "N"
    picture.save(out, "JPEG", exif=exif, comment=f"{ACCOUNT}".encode())
    return out.getvalue()


def _send_photo(house, officer, matter, picture):
    path = f"/matters/{matter}/photo/{picture.value}"
    file = (BytesIO(_photo("white")), f"{ID_NUMBER}-{MOBILE}.jpg")
    fields = {"csrf_token": officer.token, "file": file}
    sent = officer.client.post(f"{path}/send", data=fields)
    page = officer.open(sent.location)
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    del hidden["csrf_token"]
    assert officer.post(path, **hidden).status_code == 303


def _private_photo(house, colour):
    """A letter, a review: on file and for officers alone."""
    store = Photos(house.settings.data_dir / "photos")
    digest = store.show(_photo(colour))
    return store.file(digest, f"{ID_NUMBER}.jpg"), digest


def _write_everywhere(house, author, objector):
    """Whatever can be written by hand on the way of a matter holds private data."""
    supervisor = (Role.SUPERVISOR, SUPERVISOR)
    house.do(
        c.FileNeed(NeedId("planted"), Standing.VILLAGER, AUTHOR, TEXT + AUTHOR, 0, 0),
        Role.VILLAGER,
        author.id,
    )
    house.do(c.AnswerNeed(NeedId("planted"), f"{AUTHOR}：{TEXT}{SPACED}"))
    objection = ObjectionId("planted-objection")
    house.do(
        c.FileObjection(objection, DITCHES.matter, OBJECTOR, TEXT + OBJECTOR),
        Role.VILLAGER,
        objector.id,
    )
    house.do(c.AnswerObjection(objection, upheld=False, answer=f"{OBJECTOR}同志：{TEXT}"))
    house.do(c.EscalateObjection(objection, TEXT), Role.VILLAGER, objector.id)
    house.do(c.AnswerObjection(objection, upheld=False, answer=TEXT), *supervisor)
    _emergency(house)
    house.do(c.ReviseProposal(SQUARE.matter, (TEXT, SPACED), TEXT))
    house.do(c.ReviseProposal(SQUARE.matter, (TEXT, "第二条"), TEXT))
    house.do(c.EndMatter(SQUARE.matter, TEXT))
    attachment, review = _private_photo(house, "red")
    house.do(c.RecordReview(POND.matter, "律师", True, TEXT, attachment))
    house.do(c.ReportProgress(ROAD.matter, TEXT, 1_000_000))
    house.do(c.RequestAcceptance(ROAD.matter, TEXT, 1_000_000))
    house.do(c.InspectWorks(ROAD.matter, accepted=False, statement=TEXT), *supervisor)
    return review


def _emergency(house):
    """Declared by one officer, signed by a second, witnessed by the 监委会."""
    emergency = EmergencyId("planted")
    house.do(c.DeclareEmergency(emergency, TEXT, TEXT))
    house.do(c.CountersignEmergency(emergency), Role.CHAIR, CHAIR)
    house.do(c.WitnessEmergency(emergency, TEXT), Role.SUPERVISOR, SUPERVISOR)


def _secret_vote(house):
    """Thirty ballots that nobody may tie to a name: a meeting to its end."""
    house.check_in(30).open()
    house.do(c.ReportEmergency(TODAY, EmergencyId("planted")))
    house.do(c.OpenVote(TODAY, (MATTER,), VOTE, False, Method.SECRET))
    choices = [Choice.FOR] * 17 + [Choice.AGAINST] * 8 + [Choice.ABSTAIN] * 5
    for person, choice in zip(house.voters()[:30], choices, strict=True):
        ballot = c.CastBallot(TODAY, VOTE, person, (choice,), Channel.KIOSK_SCREEN)
        house.do(ballot, Role.VOTER, person)
    house.do(c.WitnessClosing(TODAY, VOTE, SUPERVISOR), Role.SUPERVISOR, SUPERVISOR)
    house.close_vote().adjourn()


@pytest.fixture(scope="module")
def planted_house(tmp_path_factory, papered_database):
    """The village with everything planted, its papers set; `site` is what was published of it."""
    folder = tmp_path_factory.mktemp("planted")
    house = papered(folder, papered_database)
    author, objector = _people(house)
    house.private = [_write_everywhere(house, author, objector)]
    _secret_vote(house)
    officer = house.officer(SECRETARY)
    _send_photo(house, officer, MATTER, Picture.FIRST_DAY)
    house.set_papers()
    house.site = folder / "site"
    publish(house.app.flask, house.app.parts, house.site)
    yield house
    house.close()
