"""The figures as SDMX: `figures-<edition>.xml` (ML 2.1) and, with the same cells, ML 3.0, CSV 2.0 and JSON 2.0.

Lives here: which axes a figure of a letter has, and which code names it on each. Not here: the message itself and what
may be said in it (`egide.methods.sdmx`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from egide.core.missing import Missing
from egide.core.period import Period
from egide.methods.sdmx import (
    TIME,
    Dimension,
    Observation,
    SdmxDataset,
    observation,
    write_csv_20,
    write_generic_21,
    write_json_20,
    write_specific_30,
    write_structure_21,
    write_structure_30,
)
from egide.statistics.publication.renderings.passports import Plain, check_passports

AGENCY = "EGIDE"
VERSION = "1.0"
NO_SOURCE = "_Z"  # SDMX's usual code for "not applicable"
LABELS = {
    "FIGURE": ("Chiffre de la lettre", "Figure of the letter"),
    "REF_AREA": ("Territoire", "Reference area"),
    "UNIT_MEASURE": ("Unité de compte", "Counting unit"),
    "SOURCE": ("Source", "Source"),
}


class NotCodable(ValueError):
    """Two codes of a letter that SDMX could not tell apart."""


def render_sdmx(figures: Sequence[Plain], edition: int, prepared: datetime) -> bytes:
    """One generic data message; `prepared` is an aware datetime, given so that the bytes can be made again.

    A figure without a value is written without one, with the SDMX statuses of its kind of absence; zero is 0.
    Raises NoPassport, NotCodable, and the refusals of `egide.methods.sdmx`.
    """
    return write_generic_21(_dataset(figures, edition, prepared))


def render_structure(figures: Sequence[Plain], edition: int, prepared: datetime) -> bytes:
    """The code lists and the data structure that the message of `render_sdmx` refers to, in French and English."""
    return write_structure_21(_dataset(figures, edition, prepared))


def render_other_formats(figures: Sequence[Plain], edition: int, prepared: datetime) -> dict[str, tuple[str, bytes]]:
    """The same data set in the other formats: media type and bytes by the name of the file."""
    dataset, media = _dataset(figures, edition, prepared), "application/vnd.sdmx"
    return {
        f"figures-{edition}.sdmx30.xml": (f"{media}.data+xml;version=3.0.0", write_specific_30(dataset)),
        f"structure-{edition}.sdmx30.xml": (f"{media}.structure+xml;version=3.0.0", write_structure_30(dataset)),
        f"figures-{edition}.sdmx.csv": (f"{media}.data+csv;version=2.0.0", write_csv_20(dataset)),
        f"figures-{edition}.sdmx.json": (f"{media}.data+json;version=2.0.0", write_json_20(dataset)),
    }


def sdmx_code(code: str) -> str:
    """A code written with the characters SDMX allows: every other one becomes an underscore."""
    return re.sub(r"[^A-Za-z0-9_@$-]", "_", code)


def _dataset(figures: Sequence[Plain], edition: int, prepared: datetime) -> SdmxDataset:
    check_passports(figures)
    codes: dict[str, dict[str, tuple[str, str]]] = {axis: {} for axis in LABELS}
    origins: dict[tuple[str, str], str] = {}
    observations = []
    for figure in figures:
        axes = _axes(figure)
        for axis, (code, label) in axes.items():
            written = sdmx_code(code)
            if origins.setdefault((axis, written), code) != code:
                raise NotCodable(
                    f"The codes {origins[axis, written]} and {code} would both be {written} in SDMX ({axis}): "
                    "give one of them another code."
                )
            codes[axis].setdefault(written, label)
        observations.append(_observation(figure, tuple(sdmx_code(code) for code, _ in axes.values())))
    dimensions = [Dimension(axis, codes[axis], label) for axis, label in LABELS.items()]
    return SdmxDataset(
        agency=AGENCY,
        dataflow=f"LETTER_{edition}",
        version=VERSION,
        names=(f"Chiffres de la lettre, édition {edition}", f"Figures of the letter, edition {edition}"),
        dimensions=(*dimensions, Dimension(TIME, {})),
        observations=tuple(observations),
        prepared=prepared,
    )


def _axes(figure: Plain) -> dict[str, tuple[str, tuple[str, str]]]:
    passport = figure["passport"]
    source = passport["source"] or {"code": NO_SOURCE, "fr": "Aucune source publiée", "en": "No published source"}
    named = {"REF_AREA": passport["geography"], "UNIT_MEASURE": passport["unit"], "SOURCE": source}
    return {
        "FIGURE": (figure["code"], (figure["label"]["fr"], figure["label"]["en"])),
        **{axis: (held["code"], (held["fr"], held["en"])) for axis, held in named.items()},
    }


def _observation(figure: Plain, key: tuple[str, ...]) -> Observation:
    passport = figure["passport"]
    value = Missing[passport["absence"]] if passport["value"] is None else passport["value"]
    return observation((*key, str(Period.parse(passport["facts_period"]))), value, passport["status"])
