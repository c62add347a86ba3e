"""Every refusal as it is said: what is so, and what to do now; plain words, to the person, no technical term."""

from dataclasses import dataclass
from datetime import date

from kiosk.core.refusals import Refused
from kiosk.core.terms import Body, Stage
from kiosk.wording.figures import day
from kiosk.wording.names import BODIES, STAGES_SHORT, WRONG
from kiosk.wording.reasons import REASONS


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is so, what to do now, and the article it rests on (empty where none)."""

    what: str
    todo: str
    basis: str = ""


def refusal(refused: Refused) -> Sentence:
    """A refusal as it is said to the person."""
    what, todo = REASONS[refused.reason]
    facts = {name: _said(name, fact) for name, fact in refused.facts.items()}
    return Sentence(what.format(**facts), todo.format(**facts), refused.basis)


def _said(name: str, fact: str | int) -> str | int:
    """A fact as people say it: the core gives days, stages, bodies and faults by their names in the record."""
    match name:
        case "day":
            return day(date.fromisoformat(str(fact)))
        case "stages":
            return "、".join(STAGES_SHORT[Stage(stage)] for stage in str(fact).split())
        case "body":
            return BODIES[Body(fact)]
        case "what":
            return WRONG[str(fact)]
        case _:
            return fact
