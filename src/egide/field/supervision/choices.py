"""The choices of this room that a page offers, named here so that pages import no model."""

from .models import Kind

__all__ = ["Kind"]
