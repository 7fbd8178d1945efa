"""Growth of an indicator between two periods, refused across a break unless a back-cast is attached (X13, AT-59)."""

from fractions import Fraction

from egide.core.period import Period
from egide.foundation.catalogue import Break, Indicator, get_source, get_territory, get_unit, get_unit_of
from egide.methods.comparability import Backcast, Described, Growth, growth
from egide.methods.comparability import Break as SeriesBreak
from egide.statistics.harmonisation.breaks.queries import signed_breaks
from egide.statistics.sources.meetings import declared_breaks

from .cells import CellTable
from .tabulate import tabulate_indicator


def growth_of(
    indicator: Indicator, *, before: str, after: str, territory: str, backcast: Backcast | None = None
) -> Growth:
    """The relative growth from one period to a later one. Raises NotComparable with the sentence that says why not."""
    earlier = describe(tabulate_indicator(indicator, period=before, territory=territory))
    later = describe(tabulate_indicator(indicator, period=after, territory=territory))
    return growth(earlier, later, [_series_break(each) for each in breaks_of(indicator, territory)], backcast)


def breaks_of(indicator: Indicator, territory: str) -> tuple[Break, ...]:
    """The breaks of the indicator and those of its source, declared or signed, that touch the codes it counts there."""
    source = get_source(indicator.source) if indicator.source else None
    inherited = (*source.breaks, *signed_breaks(source.code), *declared_breaks(source.code)) if source else ()
    touching = (
        b
        for b in inherited
        if all(set(indicator.where.get(d, (code,))) & {code} for d, code in b.series.items() if d != "territory")
        and _meets(b.series.get("territory", ""), territory)
    )
    return (*indicator.breaks, *touching)


def _meets(broken: str, territory: str) -> bool:
    """Say whether a break seen in one territory concerns another: the same, or either of them a whole country."""
    return broken in ("", territory) or "country" in {get_territory(code).level for code in (broken, territory)}


def describe(table: CellTable) -> Described:
    """The one cell of a table as a figure that can be compared, or refused, with another."""
    cell, indicator = table.cells[0], table.indicator
    nomenclature, _, code = table.unit.partition(":")
    value: int | Fraction | object = cell.absence if cell.value is None else Fraction(cell.value)
    share = table.unit == "percent"
    facts = table.attributes.get("facts_period", table.period)
    return Described(
        value=value / 100 if share and isinstance(value, Fraction) else value,  # type: ignore[arg-type]
        unit=get_unit(indicator.unit or "person")
        if share
        else get_unit_of(nomenclature, code)
        if code
        else get_unit(table.unit),
        population=indicator.population.code,
        facts=Period.parse(facts) if facts else None,
        cohort=indicator.cohort or "",
        source=table.attributes.get("producer", indicator.source or ""),
        scope=table.territory,
        nature="survey" if (indicator.cohort or "").startswith("survey") else "record",
        kind="share" if share else "count",
        definition=indicator.version,
        figure=indicator.code,
    )


def _series_break(entry: Break) -> SeriesBreak:
    return SeriesBreak(Period.parse(entry.at), entry.kind, entry.cause.en, entry.effect or "")  # type: ignore[arg-type]
