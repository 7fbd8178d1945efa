"""The choices of this room that a page offers, named here so that pages import no model."""

from .models import RoomKind, State

__all__ = ["RoomKind", "State"]
