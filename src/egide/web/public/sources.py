"""The inventory of sources: who counts what, on whom, since when, and what cannot be measured with it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from egide.foundation.catalogue import get_territory
from egide.statistics.sources import queries
from egide.web.answers import NothingHere
from egide.web.components.codes import label
from egide.web.components.shapes import Action, Cell, Fact, Record, Row, Table, Tag
from egide.web.components.words import joined, words
from egide.web.entrance import enters

from .passports import period_words, spaced


@enters("public")
def sources(request: HttpRequest) -> HttpResponse:
    """List the sources."""
    context = {
        "records": [_record(source) for source in queries.list_sources()],
        "concepts": [Action(_("Compare the producers’ definitions"), reverse("concepts"))],
        "section": "sources",
        "trail": [Action(_("Home"), reverse("home")), Action(_("Sources"), "")],
    }
    return render(request, "public/sources.html", context)


@enters("public")
def source(request: HttpRequest, code: str) -> HttpResponse:
    """Show one source: its sheet, its breaks, what it cannot say."""
    try:
        found = queries.get_source(code)
    except LookupError as missing:
        raise NothingHere(
            _("The inventory has no source called “%(code)s”.") % {"code": code},
            [Action(_("See the inventory of sources"), reverse("sources"))],
        ) from missing
    title = spaced(words(found.label))
    context = {
        "source": found,
        "label": title,
        "tags": _tags(found),
        "facts": _sheet(found),
        "breaks": _breaks(found),
        "variables": _variables(found),
        "calendar": _calendar(found),
        "not_measurable": [spaced(words(item.reason)) for item in found.not_measurable],
        "section": "sources",
        "trail": [Action(_("Sources"), reverse("sources")), Action(title, "")],
    }
    return render(request, "public/source.html", context)


def frequency_words(code: str) -> str:
    """How often a source is delivered, in words."""
    return {
        "yearly": _("every year"),
        "quarterly": _("every quarter"),
        "monthly": _("every month"),
        "once": _("once"),
    }.get(str(code), str(code))


def _tags(found: Any) -> tuple[Tag, ...]:
    return (Tag(_("Fictional data"), "warn"),) if found.fictional else ()


def _record(found: Any) -> Record:
    return Record(
        title=spaced(words(found.label)),
        url=reverse("source", kwargs={"code": found.code}),
        tags=_tags(found),
        facts=(
            Fact(_("Producer"), spaced(words(found.producer))),
            Fact(_("Counts"), spaced(joined(found.units))),
            Fact(_("Delivered"), frequency_words(found.frequency)),
        ),
    )


def _sheet(found: Any) -> list[Fact]:
    lines = [
        (_("Producer"), words(found.producer)),
        (_("Active"), words(found.producer_validity)),
        (_("What is counted"), joined(found.units)),
        (_("Territory"), get_territory(found.territory).name),
        (_("Population"), words(found.scope)),
        (_("Limits of the scope"), words(found.scope_note)),
        (_("Delivered"), frequency_words(found.frequency)),
        (_("Delay"), words(found.lag)),
        (_("Years covered"), _covered(found.sheet)),
        (_("Quality grade"), label("quality-grades", found.sheet.grade) if found.sheet else ""),
        (_("Why this grade"), words(found.sheet.why) if found.sheet else ""),
        (_("Quality"), words(found.quality)),
        (_("Access"), words(found.sheet.access) if found.sheet else ""),
        (_("Legal basis"), words(found.legal_basis)),
        (_("Licence"), words(found.licence)),
        (_("Known layouts"), str(found.layouts)),
    ]
    facts = [Fact(term, spaced(text)) for term, text in lines if text]
    return [*facts, Fact(_("Code"), found.code, code=True)]


def _covered(sheet: Any) -> str:
    if sheet is None:
        return ""
    if sheet.last is None:
        return _("since %(first)s") % {"first": sheet.first}
    return _("%(first)s to %(last)s") % {"first": sheet.first, "last": sheet.last}


def _calendar(found: Any) -> list[Fact]:
    """The months of the year in which a delivery is expected."""
    calendar = found.sheet.calendar if found.sheet else ()
    return [Fact(date_format(date(2000, due.month, 1), "F").capitalize(), spaced(words(due.what))) for due in calendar]


def _variables(found: Any) -> Table:
    roles = {
        "dimension": _("what is told apart"), "territory": _("territory"), "period": _("period"), "unit": _("unit"),
        "measure": _("the value"), "attribute": _("a note on the row"),
    }  # fmt: skip
    rows = tuple(
        Row(
            Cell(each.name, code=True),
            (
                Cell(roles[each.role]),
                Cell(spaced(words(each.nomenclature)) if each.nomenclature else "–"),
                Cell(str(each.codes) if each.codes else "–", numeric=True),
            ),
        )
        for each in found.columns
    )
    columns = (_("Column"), _("Role"), _("List of codes"), _("Codes"))
    return Table("variables", _("The columns of its files"), columns, rows, numeric=(3,))


def _breaks(found: Any) -> list[Fact]:
    """Each break: from when, why, on which series, of what nature and by how much."""
    return [
        Fact(
            _("Break in %(month)s") % {"month": period_words(item.at)},
            spaced(words(item.cause)),
            note=", ".join((_series(found, item.series), _break_kind(item.kind), _effect(item.effect))),
        )
        for item in found.breaks
    ]


def _series(found: Any, series: Mapping[str, str]) -> str:
    named = ((words(found.variables.get(column)) or column, code) for column, code in series.items())
    return ", ".join(f"{spaced(name)} {code}" for name, code in named) or _("the whole source")


def _effect(effect: object) -> str:
    if not effect:
        return _("effect not measured")
    return _("measured effect %(effect)s") % {"effect": spaced(words(effect))}


def _break_kind(kind: str) -> str:
    return {
        "artefact": _("a change of tool"),
        "real": _("the thing itself changed"),
        "declared": _("declared by the producer"),
    }.get(kind, kind)
