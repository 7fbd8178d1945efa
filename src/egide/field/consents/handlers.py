"""What rooms above must do when a consent is withdrawn: they register here, and run in the same transaction (trap 17)."""

from collections.abc import Callable
from datetime import datetime

from .models import Consent

Handler = Callable[[Consent, datetime], None]
_on_withdrawal: list[Handler] = []


def register_on_withdrawal(handler: Handler) -> Handler:
    """Ask to be called when a consent is withdrawn; registering the same handler again is harmless."""
    if handler not in _on_withdrawal:
        _on_withdrawal.append(handler)
    return handler


def run_on_withdrawal(consent: Consent, now: datetime) -> None:
    """Call every handler."""
    for handler in _on_withdrawal:
        handler(consent, now)
