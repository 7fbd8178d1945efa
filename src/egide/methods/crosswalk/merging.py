"""Which codes a crosswalk may bring together or divide. What lives here: the check on units; not the arithmetic.

To map two codes to one, or one to several, is to add along that dimension: the unit must allow it, or the sum be
proven.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from egide.core.count import NotAdditive, check_additive
from egide.core.units import CountingUnit
from egide.methods.crosswalk.mapping import Book, Pair
from egide.methods.crosswalk.mapping import Mapping as Line
from egide.methods.crosswalk.report import Absent

Units = Mapping[str, CountingUnit] | CountingUnit | None


def check_mergers(pairs: Iterable[tuple[Pair, str | None]], units: Units, dimension: str) -> None:
    """Raise NotAdditive when codes of one period meet in one target, or one is divided, and their unit forbids it.

    `pairs` gives each occurring (code, period) with each unit code of its rows (None without such a column).
    """
    meeting: defaultdict[tuple[str, str], dict[str, set[str | None]]] = defaultdict(dict)
    lines: defaultdict[tuple[str, str], list[Line]] = defaultdict(list)
    for pair, unit in pairs:
        for line in pair.lines:
            meeting[line.target, pair.period].setdefault(line.source, set()).add(unit)
            lines[line.target, pair.period].append(line)
            if len(pair.lines) > 1:
                _check(f"“{line.source}” is divided in {pair.period}", {unit}, units, dimension)
    for (target, period), sources in meeting.items():
        if len(sources) > 1 and not _proven(lines[target, period]):
            story = f"In {period}, {_and(sorted(sources))} {'both' if len(sources) == 2 else 'all'} map to “{target}”"
            _check(story, set().union(*sources.values()), units, dimension)


def absent_parts(pairs: Iterable[Pair], book: Book) -> tuple[Absent, ...]:
    """List the codes that a proven target is made of and that no row of that period holds."""
    held: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    days = {}
    for pair in pairs:
        for line in pair.lines:
            if line.unit:
                held[line.target, pair.period].add(line.source)
                days[pair.period] = pair.days
    return tuple(
        Absent(target, line.source, period)
        for (target, period), sources in sorted(held.items())
        for line in book.by_target[target]
        if line.holds_in(days[period]) and line.source not in sources
    )


def _proven(lines: list[Line]) -> bool:
    return all(line.unit for line in lines) and len({line.unit for line in lines}) == 1


def _check(story: str, codes: set[str | None], units: Units, dimension: str) -> None:
    for code in sorted(codes, key=str):
        try:
            check_additive(_unit(code, units), dimension)
        except NotAdditive as error:
            raise NotAdditive(f"{story}, which adds along “{dimension}”. {error}") from error


def _unit(code: str | None, units: Units) -> CountingUnit:
    if isinstance(units, CountingUnit):
        return units
    if code is None:
        raise NotAdditive("The table has no column “unit” (or a row none): give its counting unit.")
    if units is None or code not in units:
        raise NotAdditive(f"The unit “{code}” was not given, so nobody can say whether it adds: give the units.")
    return units[code]


def _and(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}"
