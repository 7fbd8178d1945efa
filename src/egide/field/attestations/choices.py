"""What pages may name of this room."""

from .models import Asked

__all__ = ["Asked"]
