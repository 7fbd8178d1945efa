"""Assessors side by side (AT-08): same facts, same suggestion; what each decided, and where their answers differ."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from egide.field.assessments.queries import compare_assessors
from egide.foundation.accounts.queries import list_names
from egide.foundation.catalogue import get_grid
from egide.methods.danger import Difference, write_value
from egide.web.components.shapes import Cell, Row, Table, Tag
from egide.web.components.words import words
from egide.web.field.thresholds import in_case, nothing_here

from .wording import answer_words, level_words, page_of


@in_case()
def side_by_side(request: HttpRequest, case: Any) -> HttpResponse:
    """The latest assessment of each assessor, with what differs; the order is that of the dates."""
    found, grid = compare_assessors(case), get_grid("danger")
    if found is None:
        return nothing_here(request, _("Two assessors are needed: so far one has written a level, or none."))
    names = list_names([look.assessor for look in found.looks])
    heads = tuple(names.get(look.assessor, "–") for look in found.looks)
    context = page_of(
        case, _("Assessors side by side"), levels=_levels(found, heads), answers=_answers(found, grid, heads),
        same_facts=found.same_facts, same_suggestion=found.same_suggestion, same_decision=found.same_decision,
    )  # fmt: skip
    return render(request, "field/danger/beside.html", context)


def _levels(found: Any, heads: tuple[str, ...]) -> Table:
    def row(title: str, levels: list[Any]) -> Row:
        cells = tuple(Cell(level_words(level.value) if level else _("not yet")) for level in levels)
        return Row(Cell(title), cells)

    rows = (
        row(_("Own level, written first"), [look.own for look in found.looks]),
        row(_("What the rules suggest, at least"), [look.assessment.level for look in found.looks]),
        row(_("Decided level"), [look.decided for look in found.looks]),
    )
    return Table("levels", _("The levels"), (_("Level"), *heads), rows)


def _answers(found: Any, grid: Any, heads: tuple[str, ...]) -> Table | None:
    kinds = {Difference.CONTRADICTION: Tag(_("they contradict"), "warn"), Difference.GAP: Tag(_("one does not know"))}
    rows = tuple(
        Row(
            Cell(words(grid.factors[each.code].label), tag=kinds[each.kind]),
            tuple(Cell(answer_words(grid.factors[each.code], write_value(value))) for value in each.values),
        )
        for each in found.answers
    )
    return Table("answers", _("Where the answers differ"), (_("Factor"), *heads), rows) if rows else None
