"""What is asked of the films of meetings that are over, and what an auditor holds it against."""

from procedure_story import CHAIR, SECRETARY, SUPERVISOR

from kiosk.core import commands as c
from kiosk.core.terms import ClipId, Moment, ViewingPurpose

THIRTY_YEARS = 366 * 31
"""Days: beyond every period of a film."""


def a_viewing(a):
    return c.ViewFilm(a.meeting(), a.pick.one(list(ViewingPurpose)), a.text())


def a_clip(a):
    clips = [clip for film in a.village.films.values() for clip in film.clips]
    return a.known(clips, ClipId("no clip"))


def a_request(a):
    clips = [clip for film in a.village.films.values() for clip in film.clips]
    whole, sound = a.pick.yes(), a.pick.yes()
    return c.RequestClip(ClipId(a.fresh(clips, "clip-")), a.meeting(), a.vote(), whole, sound)


CUSTODY = {
    c.ViewFilm: a_viewing,
    c.ProposeFilmDeletion: lambda a: c.ProposeFilmDeletion(a.meeting(), a.text()),
    c.ConfirmFilmDeletion: lambda a: c.ConfirmFilmDeletion(a.meeting(), a.text()),
    c.RequestClip: a_request,
    c.ReleaseClip: lambda a: c.ReleaseClip(a_clip(a), a.meeting(), 1, "ab" * 32),
    c.RejectClip: lambda a: c.RejectClip(a_clip(a), a.meeting(), a.text()),
    c.WithdrawClip: lambda a: c.WithdrawClip(a_clip(a), a.meeting(), a.text()),
}
"""For every command about a film after its meeting how it is asked."""


def filmed(play):
    """The last meeting that was adjourned with a film that is still there, and is filmed to its end if need be."""
    over = [m for m in play.village().meetings.values() if m.adjourned_at]
    for meeting in over[-1:]:
        play.ask(c.StartRecording(meeting.id, "camera", sound=True))
        for vote in meeting.votes:
            for moment in Moment:
                play.ask(c.MarkVideo(meeting.id, vote, moment, "part-0001.mp4", 1, 9, "cd" * 32))
    return over[-1] if over else None


def shows_a_clip(play):
    """One officer asks for a clip, himself or another lets it out, and it may be taken back."""
    meeting = filmed(play)
    for vote in meeting.votes if meeting else ():
        clip = ClipId(f"clip-of-{vote}-{play.pick.number(1, 3)}")
        play.ask(c.ViewFilm(meeting.id, play.pick.one(list(ViewingPurpose)), ""), SUPERVISOR)
        play.ask(c.RequestClip(clip, meeting.id, vote, play.pick.yes(), sound=False), SECRETARY)
        if play.pick.yes():
            play.ask(c.RejectClip(clip, meeting.id, "认得出人"), SUPERVISOR)
        play.ask(c.ReleaseClip(clip, meeting.id, 1, "ab" * 32), SECRETARY)
        play.ask(c.ReleaseClip(clip, meeting.id, 1, "ab" * 32), SUPERVISOR)
        if play.pick.yes():
            play.ask(c.WithdrawClip(clip, meeting.id, "本人要求"), CHAIR)


def lets_a_film_go(play):
    """Too early, or when everything of its meeting is long done."""
    meeting = filmed(play)
    if meeting is None:
        return
    play.ask(c.ProposeFilmDeletion(meeting.id, "保存期满"), SECRETARY)
    if play.village().sitting_meeting or play.village().open_vote or play.pick.yes():
        return
    for matter in meeting.matters:
        play.ask(c.EndMatter(matter, "不办了"))
    play.sim.clock.pass_days(THIRTY_YEARS)
    play.ask(c.ProposeFilmDeletion(meeting.id, "保存期满"), SECRETARY)
    play.ask(c.ConfirmFilmDeletion(meeting.id, "保存期满"), SECRETARY)
    play.ask(c.ConfirmFilmDeletion(meeting.id, "保存期满"), SUPERVISOR)
    play.ask(c.ViewFilm(meeting.id, ViewingPurpose.MINUTES, ""), SUPERVISOR)


class Films:
    """What the record says of films. `meetings`, `matters`, `objections`, `day`, `actor` come from the whole record."""

    def __init__(self):
        super().__init__()
        self.films, self.clips = {}, {}

    def recording_started(self, e):
        film = {"over": None, "deletion": None, "deleted": False, "marked": set()}
        self.films.setdefault(e["meeting"], film)

    def video_marked(self, e):
        self.films[e["meeting"]]["marked"].add((e["vote"], e["moment"]))

    def film(self, e):
        film, meeting = self.films[e["meeting"]], self.meetings[e["meeting"]]
        assert meeting["adjourned"]
        assert not film["deleted"]
        return film, meeting

    def film_viewed(self, e):
        self.film(e)
        assert self.actor["person"]
        assert e["purpose"] != "other" or e["words"].strip()

    def film_deletion_proposed(self, e):
        film, meeting = self.film(e)
        self.is_over(meeting)
        assert e["ground"].strip()
        film["deletion"] = (e["ground"], self.actor["person"])

    def film_deleted(self, e):
        film, meeting = self.film(e)
        self.is_over(meeting)
        ground, by = film["deletion"]
        assert ground == e["ground"]
        assert by != self.actor["person"]
        assert self.actor["role"] == "supervisor"
        film["deleted"] = True

    def is_over(self, meeting):
        """Ten years, thirty where a matter is of weight or disputed; and nobody is at work on one any more."""
        matters = [self.matters[m] for m in meeting["matters"]]
        disputed = {o["matter"] for o in self.objections.values()} & meeting["matters"]
        weighty = [m for m in matters if m.kind["retention"] == "permanent"]
        held = meeting["adjourned"]
        years = meeting["promised"]["major_film_years" if disputed or weighty else "film_years"]
        assert (self.day.year - held.year, self.day.month, self.day.day) > (
            years,
            held.month,
            held.day,
        )
        assert years >= 10
        assert all(m.archived or m.ended for m in matters)

    def clip_requested(self, e):
        film, _ = self.film(e)
        assert {(e["vote"], "opened"), (e["vote"], "closed")} <= film["marked"]
        vote = self.votes[e["vote"]]
        assert vote["state"] == "closed"
        assert vote["method"] != "secret"
        assert e["clip"] not in self.clips
        alive = [k for k in self.clips.values() if k["state"] != "over"]
        assert e["vote"] not in {k["vote"] for k in alive}
        self.clips[e["clip"]] = {
            "vote": e["vote"],
            "by": self.actor["person"],
            "state": "waits",
        }

    def clip_released(self, e):
        self.film(e)
        clip = self.clips[e["clip"]]
        assert clip["state"] == "waits"
        assert self.actor["person"] not in {None, clip["by"]}
        clip["state"] = "public"

    def clip_rejected(self, e):
        self.settle_clip(e, "waits")

    def clip_withdrawn(self, e):
        self.settle_clip(e, "public")

    def settle_clip(self, e, state):
        self.film(e)
        assert e["ground"].strip()
        assert self.clips[e["clip"]]["state"] == state
        self.clips[e["clip"]]["state"] = "over"
