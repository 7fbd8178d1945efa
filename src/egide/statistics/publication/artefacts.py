"""The files of a release: the letter as PDF and HTML, the figures as CSV and SDMX, the passports."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from .models import Artefact, Release
from .renderings.csv_tables import render_csv
from .renderings.html import render_html
from .renderings.passports import render_passports
from .renderings.pdf import render_pdf
from .renderings.sdmx import render_sdmx, render_structure

Figures = Sequence[Mapping[str, Any]]


def build_artefacts(release: Release, letters: Mapping[str, Any], figures: Figures, now: datetime) -> list[Artefact]:
    """Render every file of a release; nothing is saved here."""
    edition = release.edition
    files = {
        f"figures-{edition}.csv": ("text/csv", render_csv(figures)),
        f"figures-{edition}.xml": ("application/xml", render_sdmx(figures, edition, now)),
        f"structure-{edition}.xml": ("application/xml", render_structure(figures, edition, now)),
        f"passports-{edition}.json": ("application/json", render_passports(figures)),
    }
    for language, letter in letters.items():
        files[f"letter-{edition}-{language}.pdf"] = ("application/pdf", render_pdf(letter, figures))
        files[f"letter-{edition}-{language}.html"] = ("text/html", render_html(letter, figures).encode())
    return [
        Artefact(
            release=release,
            name=name,
            media_type=media,
            content=content,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
        )
        for name, (media, content) in sorted(files.items())
    ]
