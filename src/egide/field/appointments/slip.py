"""The slip as a small tagged PDF: a day, an hour, a place. No name, no service, nothing of this house."""

from pathlib import Path

from babel.dates import format_date
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from egide.foundation.documents import draw_pdf

from .models import Appointment

LAYOUT = Path(__file__).with_name("slip.typ")


def render_slip(appointment: Appointment, language: str) -> bytes:
    """The slip in "fr" or "en"."""
    local, locale = timezone.localtime(appointment.at), "fr_FR" if language == "fr" else "en_GB"
    hour = f"{local.hour} h {local.minute:02d}" if language == "fr" else f"{local:%H:%M}"
    with override(language):
        content = {
            "language": language,
            "title": _("Appointment"),
            "lines": [
                str(format_date(local.date(), "EEEE d MMMM y", locale=locale)).capitalize(),
                hour,
                appointment.place,
            ],
        }
    return draw_pdf(LAYOUT, content, dated=local.date())
