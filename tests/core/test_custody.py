"""What becomes of a film: looked at for a reason, kept as long as it must be, deleted by two, made public by two."""

from datetime import timedelta

import pytest
from procedure_story import CHAIR, SECRETARY, SUPERVISOR, VOTERS, objecting, told
from simulator import refused

from kiosk.core import commands as c
from kiosk.core import events as e
from kiosk.core.ballot_terms import Method
from kiosk.core.journal import read
from kiosk.core.law.periods import Periods, require_lawful_periods
from kiosk.core.meetings.custody import VIEWING_LASTS
from kiosk.core.meetings.keeping import require_opened
from kiosk.core.meetings.retaining import last_day_kept, years_kept
from kiosk.core.refusals import Reason
from kiosk.core.terms import (
    Body,
    ClipId,
    KindId,
    MeetingId,
    Moment,
    PersonId,
    Stage,
    ViewingPurpose,
    day_of,
)
from kiosk.core.values import Actor

HELD = MeetingId("m4")
CLIP = ClipId("clip")
WHY = c.ViewFilm(HELD, ViewingPurpose.MINUTES, "")
FULL = "保存期满"
GO = c.ProposeFilmDeletion(HELD, FULL)
GONE = c.ConfirmFilmDeletion(HELD, FULL)


def filmed(story, meeting, *moments):
    """The meeting is filmed, with these moments of its votes on it."""
    story.do(c.StartRecording(meeting, "camera", sound=True))
    for vote in story.village().meetings[meeting].votes:
        for moment in moments or Moment:
            story.do(c.MarkVideo(meeting, vote, moment, "part-0001.mp4", 1, 9, "cd" * 32))
    return story


def decided(**changed):
    """The matter is decided in the fourth meeting, and that was filmed."""
    return filmed(told(**changed).carry(), HELD)


def done(**changed):
    """Everything about the matter is over and filed."""
    story = told(**changed).done()
    return filmed(story.opine(*story.matter().reached).archive(), HELD)


def why_not(story, command, actor=SECRETARY):
    return refused(lambda: story.do(command, actor)).reason


def custody(story):
    return story.village().custody(HELD)


def later(story, years, *, days=1):
    """So many years after the meeting, and a day."""
    held = day_of(meeting(story).adjourned_at)
    return story.moment(held.replace(year=held.year + years) + timedelta(days))


def meeting(story):
    return story.village().meetings[HELD]


# --- looking at it


def test_every_viewing_is_a_fact_with_who_when_and_why():
    story = decided()
    story.do(c.ViewFilm(HELD, ViewingPurpose.OBJECTION, "三组村民问路线"), SUPERVISOR)
    entry = read(story.lines()[-1])
    assert entry.event == e.FilmViewed(HELD, ViewingPurpose.OBJECTION, "三组村民问路线")
    (viewing,) = custody(story).viewings
    assert (viewing.by, viewing.at) == (SUPERVISOR.person, entry.at)


def test_a_reason_of_ones_own_is_written_out():
    story = decided()
    assert why_not(story, c.ViewFilm(HELD, ViewingPurpose.OTHER, " ")) is Reason.TEXT_MISSING
    story.do(c.ViewFilm(HELD, ViewingPurpose.OTHER, "核对发言"), SECRETARY)


def test_a_film_of_a_meeting_that_is_over_is_shut_until_its_officer_gives_a_reason():
    story = decided()
    village, at, me = story.village(), story.clock.at, SECRETARY.person
    assert refused(lambda: require_opened(village, meeting(story), me, at)).reason is (
        Reason.FILM_NOT_OPENED
    )
    story.do(WHY, SECRETARY)
    opened = story.village()
    require_opened(opened, meeting(story), me, story.clock.at)
    for other, when in ((CHAIR.person, story.clock.at), (me, story.clock.at + VIEWING_LASTS)):
        no = refused(lambda o=other, w=when: require_opened(opened, meeting(story), o, w))
        assert no.reason is Reason.FILM_NOT_OPENED


def test_while_the_meeting_goes_on_no_reason_is_asked():
    story = told().carry(Stage.DECISION)
    story.convene(Body.REPRESENTATIVES, VOTERS).check_in(VOTERS).open()
    sitting = story.village().sitting_meeting
    filmed(story, sitting.id)
    require_opened(story.village(), sitting, SECRETARY.person, story.clock.at)
    assert why_not(story, c.ViewFilm(sitting.id, ViewingPurpose.MINUTES, "")) is (
        Reason.MEETING_NOT_OVER
    )


def test_there_is_nothing_to_look_at_where_nothing_was_filmed():
    assert why_not(told().carry(), WHY) is Reason.NO_SUCH_RECORDING


# --- how long it is kept


def test_a_film_is_kept_as_long_as_the_longest_of_its_matters():
    weighty, ordinary = decided(), decided(kind=KindId("assistance"))
    assert years_kept(weighty.village(), meeting(weighty)) == 30
    assert years_kept(ordinary.village(), meeting(ordinary)) == 10


def test_an_objection_keeps_a_film_longer():
    story = decided(kind=KindId("assistance"))
    story.do(objecting())
    assert years_kept(story.village(), meeting(story)) == 30


def test_the_period_that_was_announced_holds_whatever_the_village_sets_later():
    story = decided(kind=KindId("assistance"))
    story.do(c.ChangePeriods(Periods(film_years=20), "村民会议决议", "镇里"))
    assert years_kept(story.village(), meeting(story)) == 10


@pytest.mark.parametrize("years", [(9, 30), (10, 31), (20, 10), (0, 0)])
def test_no_village_keeps_films_shorter_than_ten_years_or_longer_than_thirty(years):
    wish = Periods(film_years=years[0], major_film_years=years[1])
    assert refused(lambda: require_lawful_periods(wish)).reason is Reason.FILM_YEARS_OUT_OF_RANGE


def test_the_last_day_is_that_of_the_same_date():
    story = decided(kind=KindId("assistance"))
    held = day_of(meeting(story).adjourned_at)
    assert last_day_kept(story.village(), meeting(story)) == held.replace(year=held.year + 10)


# --- letting it go


def test_a_film_is_deleted_by_two_officers_after_its_last_day_and_not_on_it():
    story = done(kind=KindId("assistance"))
    later(story, 10, days=0)
    assert why_not(story, GO) is Reason.FILM_STILL_KEPT
    later(story, 10)
    story.do(GO, SECRETARY)
    assert not custody(story).is_deleted
    story.do(GONE, SUPERVISOR)
    deletion = custody(story).deletion
    assert custody(story).is_deleted
    assert (deletion.proposed_by, deletion.confirmed_by) == (SECRETARY.person, SUPERVISOR.person)


def test_what_was_sealed_stays_in_the_record_when_the_film_is_gone():
    story = done(kind=KindId("assistance"))
    at = story.clock.at
    story.do(c.SealSegment(HELD, "part-0001.mp4", 9, "ab" * 32, at, at, 1000, 9, "cd" * 32))
    later(story, 10)
    story.do(GO, SECRETARY)
    story.do(GONE, SUPERVISOR)
    (part,) = meeting(story).recording.segments
    assert (part.sha256, part.size_bytes) == ("ab" * 32, 9)


def test_nobody_deletes_a_film_alone_nor_for_another_ground_than_was_proposed():
    story = later(done(kind=KindId("assistance")), 10)
    assert why_not(story, GONE, SUPERVISOR) is Reason.NO_SUCH_DELETION
    both = PersonId("both")
    story.do(GO, Actor(SECRETARY.role, both))
    assert why_not(story, GONE, Actor(SUPERVISOR.role, both)) is Reason.SAME_OFFICER
    swapped = c.ConfirmFilmDeletion(HELD, "另一个理由")
    assert why_not(story, swapped, SUPERVISOR) is Reason.NO_SUCH_DELETION
    assert why_not(story, GONE, CHAIR) is Reason.ROLE_MAY_NOT


def test_a_film_is_kept_while_a_matter_of_it_is_not_done():
    story = later(decided(kind=KindId("assistance")), 10)
    assert why_not(story, GO) is Reason.FILM_STILL_NEEDED


def test_nothing_more_is_done_with_a_film_that_is_gone():
    story = later(done(kind=KindId("assistance")), 10)
    story.do(GO, SECRETARY)
    story.do(GONE, SUPERVISOR)
    for command in (WHY, GO, GONE, asking(story)):
        actor = SUPERVISOR if command is GONE else SECRETARY
        assert why_not(story, command, actor) is Reason.FILM_DELETED


# --- letting a clip of it out


def asking(story, **changed):
    (vote,) = meeting(story).votes
    asked = {"clip": CLIP, "meeting": HELD, "vote": vote, "whole_picture": False, "sound": False}
    return c.RequestClip(**asked | changed)


def releasing(clip=CLIP):
    return c.ReleaseClip(clip, HELD, 9, "cd" * 32)


def test_a_clip_is_public_when_somebody_else_has_looked_at_it():
    story = decided()
    story.do(asking(story), SECRETARY)
    (vote,) = meeting(story).votes
    assert custody(story).public_clip(vote) is None
    assert why_not(story, releasing(), SECRETARY) is Reason.SAME_OFFICER
    story.do(releasing(), SUPERVISOR)
    clip = custody(story).public_clip(vote)
    assert (clip.released.sha256, clip.released_by) == ("cd" * 32, SUPERVISOR.person)


def test_a_clip_that_was_rejected_or_taken_back_is_not_public_and_another_may_be_asked_for():
    story = decided()
    (vote,) = meeting(story).votes
    story.do(asking(story), SECRETARY)
    story.do(c.RejectClip(CLIP, HELD, "认得出人"), SUPERVISOR)
    assert why_not(story, releasing(), SUPERVISOR) is Reason.CLIP_SETTLED
    story.do(asking(story, clip=ClipId("second"), whole_picture=True), SECRETARY)
    story.do(releasing(ClipId("second")), SUPERVISOR)
    assert custody(story).public_clip(vote).whole_picture
    story.do(c.WithdrawClip(ClipId("second"), HELD, "本人要求"), SECRETARY)
    assert custody(story).public_clip(vote) is None
    again = c.WithdrawClip(ClipId("second"), HELD, "本人要求")
    assert why_not(story, again) is Reason.CLIP_NOT_PUBLIC


def test_a_vote_has_one_clip_at_a_time():
    story = decided()
    story.do(asking(story), SECRETARY)
    for clip in (CLIP, ClipId("second")):
        assert why_not(story, asking(story, clip=clip)) is Reason.CLIP_EXISTS


def test_no_clip_is_cut_where_the_film_does_not_say_when_the_vote_began_and_ended():
    story = filmed(told().carry(), HELD, Moment.OPENED)
    assert why_not(story, asking(story)) is Reason.CLIP_WITHOUT_MARKS


def test_a_secret_vote_is_never_shown():
    story = told().carry(Stage.DECISION)
    story.convene(Body.REPRESENTATIVES, 6).check_in(6).open()
    story.open_vote(method=Method.SECRET).cast(4, 2).witness().close().adjourn()
    filmed(story, HELD)
    assert why_not(story, asking(story)) is Reason.CLIP_OF_SECRET_VOTE


def test_a_void_vote_is_not_shown():
    story = told().carry(Stage.DECISION)
    story.convene(Body.REPRESENTATIVES, VOTERS).check_in(VOTERS).open()
    story.open_vote().cast(2, 1).close().void().adjourn()
    filmed(story, HELD)
    assert why_not(story, asking(story)) is Reason.VOTE_VOID


def test_a_clip_that_is_not_there_cannot_be_let_out():
    assert why_not(decided(), releasing(), SUPERVISOR) is Reason.NO_SUCH_CLIP


def test_a_rejection_says_why():
    story = decided()
    story.do(asking(story), SECRETARY)
    assert why_not(story, c.RejectClip(CLIP, HELD, ""), SUPERVISOR) is Reason.TEXT_MISSING
