"""The choices of this room that a page offers, named here so that pages import no model."""

from .models import Answer, Check, Quality, State

__all__ = ["Answer", "Check", "Quality", "State"]
