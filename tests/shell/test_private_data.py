"""Acceptance: nothing private that was planted in a rehearsed village reaches anything public, in whatever form."""

import re
from html import unescape
from io import BytesIO

import kiosk_fixtures
import planted
import pytest
from kiosk_fixtures import VILLAGE
from PIL import Image
from planted import AUTHOR, HEALTH, ID_NUMBER, MOBILE, OBJECTOR, PLANTED, TEXT
from pypdf import PdfReader

from kiosk.core.terms import Capacity

whole_database = kiosk_fixtures.whole_database
papered_database = kiosk_fixtures.papered_database
planted_house = planted.planted_house

ANSWERS = ("赞成", "反对", "弃权")


def told_by_pdf(content):
    """All that a PDF says: its pages, its titles, its metadata, and whatever is attached to it."""
    reader = PdfReader(BytesIO(content))
    told = [page.extract_text() for page in reader.pages]
    told += [str(value) for value in (reader.metadata or {}).values()]
    if (root := reader.trailer["/Root"]).get("/Metadata"):
        told.append(root["/Metadata"].get_data().decode("utf-8", "replace"))
    for name, contents in reader.attachments.items():
        told += [name, *(one.decode("utf-8", "replace") for one in contents)]
    return "\n".join(told)


def told_by_picture(content):
    """All that a picture says besides what it shows."""
    with Image.open(BytesIO(content)) as picture:
        beside = [*picture.getexif().values(), *picture.info.values()]
    return content.decode("latin-1") + "".join(map(str, beside))


def told(path):
    content = path.read_bytes()
    match path.suffix:
        case ".pdf":
            return told_by_pdf(content)
        case ".jpg":
            return told_by_picture(content)
        case ".woff" | ".mp4":
            return content.decode("latin-1")
        case _:
            return content.decode("utf-8")


def plain(text):
    """As anybody may read it out of whatever form: without marks, escapes and blanks."""
    bare = unescape(re.sub(r"<[^>]+>", "", text))
    return re.sub(r"\s+", "", bare)


@pytest.fixture(scope="module")
def public(planted_house):
    return everything_public(planted_house)


def everything_public(house):
    """By name: every file of the site, and every page and paper of the portal in the hall."""
    files = {str(p.relative_to(house.site)): told(p) for p in house.site.rglob("*") if p.is_file()}
    phone, seen, due = house.visitor(), {}, ["/"]
    while due:
        path = due.pop()
        if path in seen:
            continue
        answer = phone.get(path)
        assert answer.status_code in {200, 302}, path
        is_text = answer.mimetype in {"text/html", "application/json", "application/atom+xml"}
        seen[path] = answer.text if is_text else ""
        if answer.mimetype == "application/pdf":
            seen[path] = told_by_pdf(answer.data)
        links = re.findall(r'(?:href|src)="?:?"?(/[^"#]*)"', seen[path]) if is_text else []
        due += [p for p in links if not p.startswith(("/static", "/signin", "/pair", "/glyphs"))]
    return files | seen


def test_nothing_planted_reaches_anything_public(planted_house, public):
    kinds = {name.rpartition(".")[2] for name in public if "." in name}
    assert {"html", "json", "xml", "js", "pdf", "jpg"} <= kinds, "each form was looked at"
    assert len(public) > 100
    forbidden = {re.sub(r"\s+", "", one) for one in PLANTED}
    register = planted_house.app.parts.register.people(VILLAGE)
    forbidden |= {p.phone for p in register if p.phone}
    ordinary = [p for p in register if not p.roles and all(
        post.capacity in {Capacity.COLLECTIVE_MEMBER, Capacity.VILLAGER} for post in p.posts)]  # fmt: skip
    forbidden |= {p.name for p in ordinary if p.name != "林观塱"}
    for name, text in public.items():
        bare = plain(text)
        found = {one for one in forbidden if one in bare or one in name}
        assert found == set(), (name, found)


def test_what_was_planted_was_really_there_to_be_found(planted_house):
    """The journal holds it, and the archive: else nothing would have been tried."""
    journal = "\n".join(planted_house.lines())
    assert journal.count(ID_NUMBER) >= 10
    for one in (AUTHOR, OBJECTOR, MOBILE, HEALTH, TEXT):
        assert one in journal
    assert "（号码不公开）" in (planted_house.site / "m/6.html").read_text("utf-8")


def test_no_photograph_but_those_for_everybody_is_published_and_none_says_where_it_was_taken(
    planted_house,
):
    pictures = list(planted_house.site.rglob("*.jpg"))
    assert len(pictures) == 1
    assert pictures[0].stem not in planted_house.private
    with Image.open(pictures[0]) as picture:
        assert dict(picture.getexif()) == {}
        assert "comment" not in picture.info


def test_no_name_of_a_voter_stands_beside_an_answer_and_no_person_by_his_id(planted_house, public):
    voters = {seat.name for seat in planted_house.meeting().seats.values() if seat.votes}
    ids = re.compile(r"(?<![0-9a-zA-Z])p0\d{3}(?![0-9a-zA-Z])")
    for name, text in public.items():
        bare = plain(text)
        assert not ids.search(bare), name
        for voter in voters:
            for at in (m.start() for m in re.finditer(re.escape(voter), bare)):
                around = bare[max(0, at - 6) : at + len(voter) + 6]
                assert not any(answer in around for answer in ANSWERS), (name, around)
