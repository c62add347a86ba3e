"""A number for each answer (各项票数) as a teller gives it: the pads of the form, and what it brings."""

from flask import request

from kiosk import wording
from kiosk.core.law.tally import Counts, counted
from kiosk.core.terms import Choice
from kiosk.web import forms, pictures
from kiosk.web.pictures import Picture


def pads(options: tuple[Choice, ...]) -> list[Picture]:
    """A number pad for each answer in order, with what was typed; empty at first, so that nothing is suggested."""
    return [
        {
            "name": choice.value,
            "label": wording.CHOICES[choice],
            "look": pictures.LOOKS[choice],
            "value": request.form.get(choice.value, ""),
        }
        for choice in options
    ]


def given(options: tuple[Choice, ...]) -> Counts:
    """The numbers of the form. Unclear where one is blank or no whole number from 0."""
    told = {choice: forms.number(choice.value, wording.CHOICES[choice]) for choice in options}
    return counted(options, told)


def kept(counts: Counts) -> dict[str, str]:
    """The same numbers as hidden fields of the next form."""
    return {c.choice.value: str(c.count) for c in counts}


def lines(counts: Counts) -> list[tuple[str, str]]:
    """Answer and number, to be read before it is signed."""
    return [(wording.CHOICES[c.choice], str(c.count)) for c in counts]
