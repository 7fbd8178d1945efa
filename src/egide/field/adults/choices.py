"""What pages may name of this room."""

from .models import Agreement
from .states import Step

__all__ = ["Agreement", "Step"]
