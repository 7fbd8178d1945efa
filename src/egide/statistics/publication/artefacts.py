"""The files of a release: the letter as PDF and HTML, the figures as CSV and SDMX, the passports, and what describes them."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from egide.foundation.catalogue import get_source

from .models import Artefact, Release
from .renderings.csv_tables import render_csv
from .renderings.esms import render_metadata
from .renderings.html import render_html
from .renderings.open_data import render_catalogue, render_checksums, render_datapackage
from .renderings.passports import render_passports
from .renderings.pdf import render_pdf
from .renderings.sdmx import render_other_formats, render_sdmx, render_structure

Figures = Sequence[Mapping[str, Any]]


def build_artefacts(release: Release, letters: Mapping[str, Any], figures: Figures, now: datetime) -> list[Artefact]:
    """Render every file of a release; nothing is saved here."""
    edition = release.edition
    sources = [
        get_source(code)
        for code in sorted({f["passport"]["source"]["code"] for f in figures if f["passport"]["source"]})
    ]
    files = {
        f"figures-{edition}.csv": ("text/csv", render_csv(figures)),
        f"figures-{edition}.xml": ("application/xml", render_sdmx(figures, edition, now)),
        f"structure-{edition}.xml": ("application/xml", render_structure(figures, edition, now)),
        f"passports-{edition}.json": ("application/json", render_passports(figures)),
        f"metadata-{edition}.json": ("application/json", render_metadata(sources)),
        **render_other_formats(figures, edition, now),
    }
    for language, letter in letters.items():
        files[f"letter-{edition}-{language}.pdf"] = ("application/pdf", render_pdf(letter, figures))
        files[f"letter-{edition}-{language}.html"] = ("text/html", render_html(letter, figures).encode())
    described = dict(files)
    files["datapackage.json"] = ("application/json", render_datapackage(described, edition, sources, now))
    files["catalogue.jsonld"] = ("application/ld+json", render_catalogue(described, edition, sources, now))
    files["sha256sums.txt"] = ("text/plain", render_checksums(files))
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
