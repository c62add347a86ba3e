"""A number for each answer (各项票数) as a teller gives it: the pads of the form, and what it brings."""

from flask import request

from kiosk import wording
from kiosk.core.law.tally import Counts, counted
from kiosk.core.votes.vote import Vote
from kiosk.web import forms, pictures
from kiosk.web.pictures import Picture


def pads(vote: Vote) -> list[Picture]:
    """A number pad for each answer in order, with what was typed; empty at first, so that nothing is suggested."""
    return [
        {
            "name": choice.value,
            "label": wording.choice_said(choice, vote.contest),
            "look": "" if vote.contest else pictures.LOOKS[choice],
            "value": request.form.get(choice.value, ""),
        }
        for choice in vote.options
    ]


def given(vote: Vote) -> Counts:
    """The numbers of the form. Unclear where one is blank or no whole number from 0."""
    said = wording.choice_said
    told = {c: forms.number(c.value, said(c, vote.contest)) for c in vote.options}
    return counted(vote.options, told)


def kept(counts: Counts) -> dict[str, str]:
    """The same numbers as hidden fields of the next form."""
    return {c.choice.value: str(c.count) for c in counts}


def lines(vote: Vote, counts: Counts) -> list[tuple[str, str]]:
    """Answer and number, to be read before it is signed."""
    return [(wording.choice_said(c.choice, vote.contest), str(c.count)) for c in counts]
