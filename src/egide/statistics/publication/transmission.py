"""What leaves for others' machines: a file checked before it is sent, by what the catalogue knows of counting units.

Lives here: which structure goes with a file, which dimensions a unit adds up over. Not here: the checks (`methods.sdmx`).
"""

from collections.abc import Mapping
from pathlib import Path

from egide.foundation.catalogue import get_nomenclature, get_unit
from egide.methods.sdmx import Verdict, check_message, read_structure

# The names of our dimensions in the structures that we and others send.
SDMX_NAMES: Mapping[str, tuple[str, ...]] = {
    "territory": ("REF_AREA", "GEO"),
    "period": ("TIME_PERIOD",),
    "sex": ("SEX",),
    "age": ("AGE",),
    "offence": ("OFFENCE", "ICCS"),
    "relationship": ("RELATIONSHIP", "PERS_INV"),
    "form": ("FORM",),
}


def check_file(file: Path, structure: Path | None = None) -> Verdict:
    """Check an SDMX file against its structure: the one given, else `structure-X.xml` beside a `figures-X`.

    Raises Unreadable for a structure that is none; what is wrong in the file itself is told in the verdict.
    """
    beside = file.with_name(f"structure-{file.name.split('-', 1)[-1].split('.')[0]}.xml")
    if structure is None and file.name.startswith("figures-") and beside.is_file():
        structure = beside
    known = read_structure(structure.read_bytes()) if structure else None
    return check_message(file.read_bytes(), structure=known, additive=additive_dimensions())


def additive_dimensions() -> dict[str, frozenset[str]]:
    """For each counting unit, the SDMX dimensions over which it adds up."""
    units = (get_unit(code) for code in get_nomenclature("counting-units").codes if code != "UNKNOWN")
    return {
        unit.code: frozenset(name for dimension in unit.additive_over for name in SDMX_NAMES.get(dimension, ()))
        for unit in units
    }
