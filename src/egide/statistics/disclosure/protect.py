"""Protect the tables of a whole release together, then attack the result before it may leave.

Tables of one indicator, period and territory are one model, so that a headline total and the table it sums are hidden
from each other. Every model is audited by `methods.disclosure.audit`, which does not trust the search that hid the cells.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from egide.core.missing import Missing
from egide.foundation.catalogue import DisclosureProfile, Source, get_profile, get_source, get_unit
from egide.methods.disclosure import (
    Certificate,
    Hierarchy,
    Profile,
    TableModel,
    ThresholdRule,
    WholeRange,
    audit,
    protect,
)
from egide.statistics.tabulation.cells import TOTAL, Cell, CellTable

from .protected import _KEY, ProtectedCell, ProtectedCells, ProtectedTable


class CannotLink(ValueError):
    """Two tables of one release share figures in a way the protection cannot yet see together."""


def protect_release(tables: Mapping[str, CellTable], *, earlier: ProtectedTable | None = None) -> ProtectedTable:
    """Protect every table of a release; `earlier` is the release already public, if any.

    What it hid stays hidden, and what it showed unchanged hides nothing any more: otherwise two editions side by side
    would give a hidden cell away. Raises DisclosureTooTight when the audit can compute a hidden cell.
    """
    groups: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for name, table in tables.items():
        groups[table.indicator.code, table.period, table.territory].append(name)
    protected: dict[str, ProtectedCells] = {}
    for names in groups.values():
        before = {name: earlier.tables[name] for name in names if earlier and name in earlier.tables}
        protected.update(_protect_together({name: tables[name] for name in names}, before))
    return ProtectedTable(protected, key=_KEY)


def _protect_together(
    tables: Mapping[str, CellTable], before: Mapping[str, ProtectedCells]
) -> dict[str, ProtectedCells]:
    widest = max(tables.values(), key=lambda table: len(table.by))
    profile = _profile(widest)
    if profile is None or not any(cell.value for cell in widest.cells):
        return {name: _as_they_are(name, table) for name, table in tables.items()}
    for name, table in tables.items():
        if table.by and table.by != widest.by:
            raise CannotLink(
                f"The tables of {table.indicator.code} break it down by {table.by} and {widest.by}: {name} must use the same."
            )
    names = {id(table): name for name, table in tables.items()}
    hidden, certificate = _suppress(widest, profile, before.get(names[id(widest)]))
    return {name: _hide(name, table, hidden, certificate, len(widest.by)) for name, table in tables.items()}


def _profile(table: CellTable) -> DisclosureProfile | None:
    """The profile that the table's source obeys; None where nothing is to be hidden."""
    source: Source | None = get_source(table.indicator.source) if table.indicator.source else None
    profile = get_profile(source.disclosure) if source else None
    return profile if profile and profile.minimum_count > 1 and table.unit in profile.units else None


def _suppress(
    table: CellTable, profile: DisclosureProfile, before: ProtectedCells | None
) -> tuple[dict[tuple[str, ...], str], Certificate]:
    model = _model(table, before)
    levels = profile.protection
    rule = ThresholdRule(profile.code, profile.minimum_count, profile.suppress_zero, WholeRange(levels.top))
    costs = dict.fromkeys(model.values, 1.0) if profile.weight_basis == "one" else None
    pattern = protect(model, Profile(profile.code, (rule,), profile.suppress_zero, float(levels.floor)), costs=costs)
    certificate = audit(model, pattern)
    primary = {cell.key for cell in pattern.primary}
    return {key: "primary" if key in primary else "secondary" for key in pattern.hidden}, certificate


def _model(table: CellTable, before: ProtectedCells | None) -> TableModel:
    hierarchies: list[Hierarchy] = []
    cells: dict[tuple[str, ...], int | Missing]
    for axis, name in enumerate(table.by):
        codes = sorted({cell.codes[axis] for cell in table.cells} - {TOTAL})
        hierarchies.append(Hierarchy.flat(name, TOTAL, codes))
    if not hierarchies:
        hierarchies, cells = [Hierarchy("all", {TOTAL: None})], {(TOTAL,): _figure(table.cells[0])}
    else:
        cells = {cell.codes: _figure(cell) for cell in table.cells}
    shown = {cell.codes or (TOTAL,): cell for cell in before.cells} if before else {}
    return TableModel.from_margins(
        cells,
        hierarchies,
        additive_over=get_unit(table.unit).additive_over,
        withheld=[key for key in cells if key in shown and shown[key].suppression],
        public=[key for key in cells if key in shown and shown[key].value == cells[key]],
    )


def _figure(cell: Cell) -> int | Missing:
    if cell.absence is not None:
        return cell.absence
    return int(cell.value or 0)


def _hide(
    name: str, table: CellTable, hidden: Mapping[tuple[str, ...], str], certificate: Certificate, width: int
) -> ProtectedCells:
    cells = []
    for cell in table.cells:
        why = hidden.get(cell.codes or (TOTAL,) * max(width, 1))
        cells.append(ProtectedCell(cell.codes, None, Missing.SUPPRESSED, why) if why else _plain(cell))
    return _described(name, table, cells, certificate)


def _as_they_are(name: str, table: CellTable) -> ProtectedCells:
    return _described(name, table, [_plain(cell) for cell in table.cells], None)


def _plain(cell: Cell) -> ProtectedCell:
    return ProtectedCell(cell.codes, cell.value, cell.absence)


def _described(
    name: str, table: CellTable, cells: Iterable[ProtectedCell], certificate: Certificate | None
) -> ProtectedCells:
    return ProtectedCells(
        table=name, indicator=table.indicator.code, period=table.period, territory=table.territory, unit=table.unit, by=table.by,
        cells=tuple(cells), origin=_origin(table), attributes=dict(table.attributes),
        words={"fr": table.words.fr, "en": table.words.en} if table.words else None,
        certificate=_certificate(certificate),
    )  # fmt: skip


def _origin(table: CellTable) -> dict[str, Any] | None:
    return {**asdict(table.origin), "rows": list(table.origin.rows)} if table.origin else None


def _certificate(certificate: Certificate | None) -> dict[str, Any] | None:
    """What the audit found, as it may be shown; no interval of a hidden cell leaves the house."""
    if certificate is None:
        return None
    return {
        "verdict": certificate.verdict,
        "hidden": len(certificate.bounds),
        "smallest_margin": certificate.smallest_margin,
        "digest": certificate.digest,
    }
