"""The choices of this room that a page offers, named here so that pages import no model."""

from .models import Proof, Told
from .states import Standing

__all__ = ["Proof", "Standing", "Told"]
