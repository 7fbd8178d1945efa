"""The only clock. Actions take `now`; pages and jobs read it here, so that a demonstration can be dated."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone


def now() -> datetime:
    """The time, or EGIDE_NOW in a demonstration or a test; production refuses EGIDE_NOW."""
    if not settings.EGIDE_NOW:
        return timezone.now()
    if settings.MODE == "production":
        raise ImproperlyConfigured("EGIDE_NOW moves the clock and is refused in production: unset it.")
    moved = datetime.fromisoformat(settings.EGIDE_NOW)
    return moved if moved.tzinfo else timezone.make_aware(moved)
