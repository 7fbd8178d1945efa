"""Protect the tables of a whole release together, then attack the result before it may leave.

Tables of one indicator, period and territory are one model, so that a headline total and the table it sums are hidden
from each other. Every model is audited by `methods.disclosure.audit`, which does not trust the search that hid the cells.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from itertools import combinations
from typing import Any, TypeAlias

from egide.core.missing import Missing
from egide.core.period import Period
from egide.foundation.catalogue import DisclosureProfile, Source, get_profile, get_source, get_unit
from egide.methods.disclosure import (
    Certificate,
    Hierarchy,
    TableModel,
    audit,
    protect,
)
from egide.statistics.tabulation.cells import TOTAL, Cell, CellTable

from .protected import _KEY, ProtectedCell, ProtectedCells, ProtectedTable
from .rulebook import profile_of


class CannotLink(ValueError):
    """Two tables of one release share figures in a way the protection cannot yet see together."""


def protect_release(tables: Mapping[str, CellTable], *, earlier: ProtectedTable | None = None) -> ProtectedTable:
    """Protect every table of a release; `earlier` is the release already public, if any.

    What it hid stays hidden, and what it showed unchanged hides nothing any more: otherwise two editions side by side
    would give a hidden cell away. Raises DisclosureTooTight when the audit can compute a hidden cell, CannotLink for tables
    that count the same things and cannot be put in one model.
    """
    groups: dict[_Group, dict[str, CellTable]] = defaultdict(dict)
    for name, table in tables.items():
        groups[_group(table.indicator.code, table)][name] = table
    _check_apart([table for group in groups.values() for table in list(group.values())[:1]])
    protected: dict[str, ProtectedCells] = {}
    for group, together in groups.items():
        before = [t for t in earlier.tables.values() if _group(t.indicator, t) == group] if earlier else []
        protected.update(_protect_together(together, before))
    return ProtectedTable(protected, key=_KEY)


_Group: TypeAlias = tuple[str, str, str]


def _group(indicator: str, table: CellTable | ProtectedCells) -> _Group:
    return indicator, table.period, table.territory


def _check_apart(firsts: Sequence[CellTable]) -> None:
    """Raise CannotLink when two groups count the same unit of one guarded source at the same time: each could give away the other."""
    guarded = [table for table in firsts if _profile(table)]
    for one, other in combinations(guarded, 2):
        a, b = Period.parse(one.period), Period.parse(other.period)
        same = (one.indicator.source, one.unit) == (other.indicator.source, other.unit)
        if same and a.first <= b.last and b.first <= a.last:
            said = " and ".join(f"{t.indicator.code} ({t.period}, {t.territory})" for t in (one, other))
            raise CannotLink(
                f"{said} both count {one.unit} in {one.indicator.source}: what one shows may give away what the other hides. "
                "Publish one of them, or make them one table."
            )


def _protect_together(tables: Mapping[str, CellTable], before: Sequence[ProtectedCells]) -> dict[str, ProtectedCells]:
    widest = max(tables.values(), key=lambda table: len(table.by))
    profile = _profile(widest)
    if profile is None or not any(cell.value for cell in widest.cells):
        return {name: _as_they_are(name, table) for name, table in tables.items()}
    for by in [*(table.by for table in tables.values()), *(table.by for table in before)]:
        if by and widest.by and by != widest.by:
            raise CannotLink(
                f"The tables of {widest.indicator.code}, of this release and the one before, break it down by {by} and "
                f"{widest.by}: all must use the same."
            )
    hidden, certificate = _suppress(widest, profile, before)
    return {name: _hide(name, table, hidden, certificate, len(widest.by)) for name, table in tables.items()}


def _profile(table: CellTable) -> DisclosureProfile | None:
    """The profile that the table's source obeys; None where nothing is to be hidden."""
    source: Source | None = get_source(table.indicator.source) if table.indicator.source else None
    profile = get_profile(source.disclosure) if source else None
    return profile if profile and profile.minimum_count > 1 and table.unit in profile.units else None


def _suppress(
    table: CellTable, profile: DisclosureProfile, before: Sequence[ProtectedCells]
) -> tuple[dict[tuple[str, ...], str], Certificate]:
    model = _model(table, before)
    costs = dict.fromkeys(model.values, 1.0) if profile.weight_basis == "one" else None
    pattern = protect(model, profile_of(profile), costs=costs)
    certificate = audit(model, pattern)
    primary = {cell.key for cell in pattern.primary}
    return {key: "primary" if key in primary else "secondary" for key in pattern.hidden}, certificate


def _model(table: CellTable, before: Sequence[ProtectedCells]) -> TableModel:
    hierarchies: list[Hierarchy] = []
    cells: dict[tuple[str, ...], int | Missing]
    for axis, name in enumerate(table.by):
        codes = sorted({cell.codes[axis] for cell in table.cells} - {TOTAL})
        hierarchies.append(Hierarchy.flat(name, TOTAL, codes))
    if not hierarchies:
        hierarchies, cells = [Hierarchy("all", {TOTAL: None})], {(TOTAL,): _figure(table.cells[0])}
    else:
        cells = {cell.codes: _figure(cell) for cell in table.cells}
    shown = {_key(cell.codes, len(hierarchies)): cell for each in before for cell in each.cells}
    return TableModel.from_margins(
        cells,
        hierarchies,
        additive_over=get_unit(table.unit).additive_over,
        withheld=[key for key in cells if key in shown and shown[key].suppression and isinstance(cells[key], int)],
        public=[key for key in cells if key in shown and shown[key].value == cells[key]],
    )


def _key(codes: tuple[str, ...], width: int) -> tuple[str, ...]:
    """The coordinates of a cell in the model: a headline is the total of the table beside it, and the other way round."""
    return codes if any(code != TOTAL for code in codes) else (TOTAL,) * width


def _figure(cell: Cell) -> int | Missing:
    if cell.absence is not None:
        return cell.absence
    return int(cell.value or 0)


def _hide(
    name: str, table: CellTable, hidden: Mapping[tuple[str, ...], str], certificate: Certificate, width: int
) -> ProtectedCells:
    cells = []
    for cell in table.cells:
        why = hidden.get(_key(cell.codes, max(width, 1)))
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
