"""The slip as a small tagged PDF: a day, an hour, a place. No name, no service, nothing of this house."""

import json
from functools import cache
from pathlib import Path

import typst
from babel.dates import format_date
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

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
    made = typst.compile(
        LAYOUT, root=LAYOUT.parent, format="pdf", font_paths=_fonts(), ignore_system_fonts=True,
        sys_inputs={"content": json.dumps(content, ensure_ascii=False)}, pdf_standards=["ua-1"],
    )  # fmt: skip
    return bytes(made)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
