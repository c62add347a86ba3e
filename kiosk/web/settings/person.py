"""One person of the register (花名册): household, posts with their terms, roles on the kiosk, leaving the register."""

from dataclasses import replace
from datetime import date, timedelta

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from kiosk import wording
from kiosk.core.law.roll import Post, age_on, is_adult
from kiosk.core.refusals import Malformed
from kiosk.core.terms import Capacity, Role
from kiosk.intake import cells
from kiosk.intake.cells import Wrong
from kiosk.intake.columns import Column
from kiosk.intake.posts import ENDS_BEFORE
from kiosk.intake.titles import MEMBERSHIPS, USUAL
from kiosk.store.register import LastAdministrator, Person, StillOfficer
from kiosk.web.access import ADMIN, CONSOLE, allow, visitor
from kiosk.web.answers import sorry, went_well
from kiosk.web.parts import parts, today
from kiosk.web.settings.people import person_of
from kiosk.wording import Sentence

person = Blueprint("person", __name__, url_prefix="/admin/register/person")

Answer = Response | tuple[Response | str, int]
TITLES = USUAL | MEMBERSHIPS
ROLES = (Role.CHAIR, Role.SECRETARY, Role.TELLER, Role.SUPERVISOR, Role.ADMIN)
"""What people do on the kiosk; the others are the kiosk's own words for who acts."""


@person.get("/<person>")
@allow(CONSOLE)
def one(person: str) -> str:
    """Everything the register knows of one person."""
    shown = person_of(person)
    everybody = parts().register.people(parts().home)
    officer = visitor().officer
    return render_template(
        "admin/register_person.html",
        village=parts().village(),
        person=shown,
        sex=wording.SEXES[shown.sex],
        age=age_on(shown.born_on, today()),
        adult=is_adult(shown.born_on, today()),
        household=[p for p in everybody if p.household == shown.household and p.id != shown.id],
        posts=[(post, post.holds_on(today())) for post in shown.posts],
        titles=list(TITLES),
        today=today(),
        roles=[(role, wording.ROLES[role]) for role in ROLES],
        may_appoint=officer is not None and Role.ADMIN in officer.roles,
    )


@person.post("/<person>/represent")
@allow(CONSOLE)
def represent(person: str) -> Answer:
    """Make the person the representative (户代表) of the household."""
    speaker = person_of(person)
    if not is_adult(speaker.born_on, today()):
        return sorry(Sentence("户代表要满18周岁。", "请改由这一户的成年人担任。"), 409)
    parts().register.represent_household(parts().home, speaker.id)
    return _back(person)


@person.post("/<person>/posts")
@allow(CONSOLE)
def appoint(person: str) -> Answer:
    """Give the person a post with its term."""
    title = request.form.get("title", "")
    if title not in TITLES:
        raise Malformed("title")
    try:
        since = cells.day(request.form.get("since", ""), Column.SINCE) or today()
        post = _ending(Post(TITLES[title], title, since))
    except Wrong as wrong:
        return sorry(Sentence(str(wrong), ""), 409)
    others = [p for p in person_of(person).posts if not _same(p, post)]
    if post.capacity is Capacity.PARTY_MEMBER:
        others = [_admitted(p, post.since) for p in others]
    _keep(person, [*others, post])
    return _back(person)


@person.post("/<person>/posts/end")
@allow(CONSOLE)
def end(person: str) -> Answer:
    """Set the last day of a post, or take it away."""
    holder = person_of(person)
    try:
        post = _ending(_asked_for(holder))
    except Wrong as wrong:
        return sorry(Sentence(str(wrong), ""), 409)
    _keep(person, [post if _same(p, post) else p for p in holder.posts])
    return _back(person)


@person.post("/<person>/posts/remove")
@allow(CONSOLE)
def strike(person: str) -> Response:
    """Take away a post that was enrolled by mistake."""
    holder = person_of(person)
    post = _asked_for(holder)
    _keep(person, [p for p in holder.posts if not _same(p, post)])
    return _back(person)


@person.post("/<person>/roles")
@allow(ADMIN)
def entrust(person: str) -> Answer:
    """Give the person a role (岗位) on the kiosk, or take it; codes are given out under 工作人员."""
    holder = person_of(person)
    role = next((r for r in ROLES if r.value == request.form.get("role")), None)
    if role is None:
        raise Malformed("role")
    given = request.form.get("answer") == "give"
    kept = holder.roles | {role} if given else holder.roles - {role}
    try:
        parts().register.set_roles(parts().home, holder.id, kept)
    except LastAdministrator:
        return sorry(Sentence("他是唯一的管理员。", "请先请另一个人担任管理员。"), 409)
    return _back(person)


@person.get("/<person>/leave")
@allow(CONSOLE)
def leaving(person: str) -> str:
    """Ask once more before somebody is taken out."""
    return render_template(
        "admin/register_leave.html", village=parts().village(), person=person_of(person)
    )


@person.post("/<person>/leave")
@allow(CONSOLE)
def leave(person: str) -> Answer:
    """Take the person out of the register; the record keeps what it says of him."""
    gone = person_of(person)
    try:
        parts().register.remove(parts().home, gone.id)
    except StillOfficer:
        todo = "请管理员先在他的资料里取消岗位，再移出花名册。"
        return sorry(Sentence("他还是本机的工作人员。", todo), 409)
    return went_well(f"/admin/register/?group={gone.group}")


def _back(person: str) -> Response:
    return went_well(f"/admin/register/person/{person}")


def _keep(person: str, posts: list[Post]) -> None:
    # A membership of the collective is no post: it stands last, so that the title of a person is his office.
    ordered = sorted(posts, key=lambda post: post.capacity is Capacity.COLLECTIVE_MEMBER)
    parts().register.set_posts(parts().home, person_of(person).id, ordered)


def _same(one: Post, other: Post) -> bool:
    return (one.capacity, one.since) == (other.capacity, other.since)


def _admitted(post: Post, on: date) -> Post:
    """Who becomes a full member is probationary no longer (转正); else the two would contradict each other."""
    probationary = post.capacity is Capacity.PROBATIONARY_MEMBER and post.holds_on(on)
    if not probationary or post.since == on:
        return post
    return replace(post, until=on - timedelta(days=1))


def _asked_for(holder: Person) -> Post:
    asked = request.form.get("post", "")
    found = next((p for p in holder.posts if f"{p.capacity.value} {p.since}" == asked), None)
    if found is None:
        raise Malformed("post")
    return found


def _ending(post: Post) -> Post:
    """The post with the end that the form gives it, or none. Wrong."""
    until = cells.day(request.form.get("until", ""), Column.UNTIL)
    if until is not None and until < post.since:
        raise Wrong(ENDS_BEFORE)
    return replace(post, until=until)
