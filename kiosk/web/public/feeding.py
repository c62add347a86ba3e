"""订阅: the newest publications and notices as an Atom feed (RFC 4287), for readers and other web sites."""

from datetime import datetime, time

from flask import Blueprint, Response, render_template

from kiosk.core.meetings.meeting import Meeting
from kiosk.core.terms import CHINA
from kiosk.web.access import PUBLIC, allow
from kiosk.web.postings import Posting
from kiosk.web.public.bulletin import Told, coming, notices, told_of
from kiosk.web.public.reading import Reading, reading
from kiosk.wording.public import discreet

feeding = Blueprint("feeding", __name__)

AT_MOST = 50
"""Entries in the feed: whoever asks once a day misses nothing."""


@feeding.get("/feed.xml")
@allow(PUBLIC)
def feed() -> Response:
    """The feed. Ids are the addresses in the hall: they stand in the journal and never change."""
    read = reading()
    entries = [_publication(read, posting) for posting in read.hung[:AT_MOST]]
    entries += [_notice(read, *pair) for pair in zip(coming(read), notices(read), strict=True)]
    entries.sort(key=lambda entry: str(entry["updated"]), reverse=True)
    text = render_template(
        "portal/feed.xml",
        village=read.village,
        entries=entries,
        updated=entries[0]["updated"] if entries else read.at.astimezone(CHINA).isoformat(),
    )
    return Response(text, mimetype="application/atom+xml")


def _publication(read: Reading, posting: Posting) -> Told:
    told = told_of(read, posting)
    of = posting.publication
    result = told["kind"] == "result"
    said = f"办完了：{told['summary']}" if result else f"{told['verdict']}。{told['decided']}"
    # The first instant of its first day: the calendar is what counts for a publication.
    opened = datetime.combine(of.first_day, time(), CHINA)
    return {
        "id": f"{read.village.portal_url}{posting.link}",
        "href": posting.link,
        "title": f"{told['title']}（{told['number']}）",
        "updated": opened.isoformat(),
        "voice": told["voice"],
        "said": discreet(f"{said}公布{told['first']}至{told['last']}，首尾都算。"),
    }


def _notice(read: Reading, meeting: Meeting, told: Told) -> Told:
    return {
        "id": f"{read.village.portal_url}/#{meeting.id}",
        "href": "/",
        "title": f"开会通知：{told['title']}",
        "updated": meeting.convened_at.astimezone(CHINA).isoformat(timespec="seconds"),
        "said": discreet(f"{told['when']}，{told['place']}，{told['who']}。{told['state']}"),
    }
