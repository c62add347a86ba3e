"""What every measurement yields: figures by name, units in the names."""

from kiosk.core.terms import PersonId, Role
from kiosk.core.values import Actor

Figures = dict[str, float | int]
SECRETARY = Actor(Role.SECRETARY, PersonId("p0003"))
"""The officer of the demonstration village who runs the measured meetings."""
