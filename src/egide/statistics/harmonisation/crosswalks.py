"""Pass a harmonised table to another nomenclature by a dated crosswalk of the catalogue, territory by territory.

A crosswalk states its scope because the coverage of one transmission differs by offence; a row without a scope holds
everywhere, a row with one takes its place on that territory.
"""

from collections.abc import Collection, Iterable
from datetime import timedelta
from fractions import Fraction

import pyarrow as pa
import pyarrow.compute as pc

from egide.core.units import CountingUnit
from egide.foundation.catalogue import Crosswalk, get_crosswalk, get_nomenclature, get_unit, get_unit_of
from egide.methods.crosswalk import LossReport, Mapping, apply


def cross(
    table: pa.Table, *, crosswalk: str, column: str, to: Collection[str] | None = None
) -> tuple[pa.Table, dict[str, LossReport]]:
    """Replace the codes of `column` through a crosswalk; return the table and one report for each territory.

    Rows keep their own period's mapping. `to` keeps the lines towards some targets only, so that one can be had where
    another has no proof; the rows of the others are then listed and counted as unmapped. Raises what
    `methods.crosswalk.apply` raises, for instance when codes of unknown units would meet without a proven sum.
    """
    definition = get_crosswalk(crosswalk)
    parts, reports = [], {}
    for territory in pc.unique(table["territory"]).to_pylist():
        rows = table.filter(pc.equal(table["territory"], territory))
        lines = [line for line in _lines(definition, territory) if to is None or line.target in to]
        units = _units(rows, definition)
        mapped, reports[territory] = apply(rows, lines, column=column, on="period", units=units, dimension="offence")
        parts.append(mapped)
    return (pa.concat_tables(parts) if parts else table), reports


def regroup(table: pa.Table, *, crosswalk: str) -> tuple[pa.Table, LossReport]:
    """Bring the territories of one vintage to those of another, each row by the lines that hold in its own period.

    Codes of the newer vintage that the older one had too stand for themselves; a former code after its end is left out and
    listed. Raises NotAdditive where former territories meet and the unit does not add over territories.
    """
    definition = get_crosswalk(crosswalk)
    lines = list(_lines(definition, ""))
    known = {line.source for line in lines}
    newer = set(get_nomenclature(definition.target_nomenclature).codes) - known
    lines += [Mapping(code, code) for code in sorted(newer)]
    units = _units(table, definition)
    return apply(table, lines, column="territory", on="period", units=units, dimension="territory")


def _lines(definition: Crosswalk, territory: str) -> Iterable[Mapping]:
    scoped = {row.from_code for row in definition.rows if row.scope == territory}
    proofs = {proof.id: proof for proof in definition.proven_sums}
    for row in definition.rows:
        if row.scope == territory or (row.scope is None and row.from_code not in scoped):
            proof = proofs.get(row.evidence)
            yield Mapping(
                row.from_code, row.to_code, Fraction(row.weight) if row.weight != "1" else 1, row.valid_from,
                row.valid_to + timedelta(days=1) if row.valid_to else None,
                proof.target_unit if proof else None, proof.evidence.en if proof else "",
            )  # fmt: skip


def _units(rows: pa.Table, definition: Crosswalk) -> dict[str, CountingUnit]:
    found = {}
    for code in pc.unique(rows["unit"]).to_pylist():
        nomenclature, _, index = code.partition(":")
        found[code] = get_unit_of(nomenclature, index) if index else get_unit(code)
    return found
