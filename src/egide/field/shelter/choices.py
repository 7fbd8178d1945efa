"""The choices of this room that a page offers, named here so that pages import no model."""

from .models import EscortState, State, StepState

__all__ = ["EscortState", "State", "StepState"]
