"""The choices of this room that a page offers, named here so that pages import no model."""

from .models import Certainty, Outcome, State, Wish

__all__ = ["Certainty", "Outcome", "State", "Wish"]
