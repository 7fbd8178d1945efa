"""Gather what a letter needs: tabulate every figure and table it calls for, and protect them together."""

from datetime import date

from django.utils.translation import gettext as _

from egide.core.missing import Missing
from egide.foundation.catalogue import Letter, get_indicator
from egide.methods.disclosure import CannotProtect, DisclosureTooTight
from egide.statistics.disclosure.protect import CannotLink, protect_release
from egide.statistics.disclosure.protected import ProtectedTable
from egide.statistics.publication.policies import ReleaseRefused
from egide.statistics.tabulation.cells import CellTable
from egide.statistics.tabulation.tabulate import tabulate_indicator


def assemble(letter: Letter, *, earlier: ProtectedTable | None = None, as_of: date | None = None) -> ProtectedTable:
    """The protected tables of a letter, by the identifier of its figure or table; `earlier` is what is already public.

    Raises ReleaseRefused naming each figure whose source has delivered nothing, or the cell that cannot be protected.
    """
    tables: dict[str, CellTable] = {}
    for id, figure in letter.figures.items():
        tables[id] = tabulate_indicator(
            get_indicator(figure.indicator), period=figure.period, territory=figure.territory, as_of=as_of
        )
    for section in letter.sections:
        for table in section.tables:
            tables[table.id] = tabulate_indicator(
                get_indicator(table.indicator), period=table.period, territory=table.territory,
                by=(table.rows, table.columns), as_of=as_of,
            )  # fmt: skip
    _check_delivered(tables)
    try:
        return protect_release(tables, earlier=earlier)
    except (CannotLink, CannotProtect, DisclosureTooTight) as unsafe:
        raise ReleaseRefused(_("The tables of this letter cannot be protected: %(why)s") % {"why": unsafe}) from unsafe


def _check_delivered(tables: dict[str, CellTable]) -> None:
    absent = [
        f"{table.indicator.label.fr} ({table.indicator.source}, {table.period}, {table.territory})"
        for table in tables.values()
        if table.origin is None and table.cells[0].absence == Missing.UNKNOWN
    ]
    if absent:
        raise ReleaseRefused(
            _(
                "%(count)s figures of the letter have no delivery: %(figures)s. Deposit the missing files, then compose again."
            )
            % {"count": len(absent), "figures": " ; ".join(absent[:5]) + ("…" if len(absent) > 5 else "")}
        )
