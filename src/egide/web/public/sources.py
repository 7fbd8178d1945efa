"""The inventory of sources: who counts what, on whom, since when, and what cannot be measured with it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from egide.foundation.catalogue import get_territory
from egide.statistics.sources import queries

from ..answers import NothingHere
from ..components.shapes import Action, Cell, Fact, Record, Row, Table, Tag
from ..components.words import day, joined, words
from ..entrance import enters
from .passports import spaced


@enters("public")
def sources(request: HttpRequest) -> HttpResponse:
    """List the sources."""
    context = {
        "records": [_record(source) for source in queries.list_sources()],
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
    label = spaced(words(found.label))
    context = {
        "source": found,
        "label": label,
        "tags": _tags(found),
        "facts": _sheet(found),
        "breaks": _breaks(found.breaks),
        "not_measurable": [spaced(words(item.reason)) for item in found.not_measurable],
        "section": "sources",
        "trail": [Action(_("Sources"), reverse("sources")), Action(label, "")],
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
            Fact(_("Producer"), spaced(words(found.producer.label))),
            Fact(_("Counts"), spaced(joined(found.units))),
            Fact(_("Delivered"), frequency_words(found.frequency)),
        ),
    )


def _sheet(found: Any) -> list[Fact]:
    lines = [
        (_("Producer"), words(found.producer.label)),
        (_("Active"), _validity(found.producer)),
        (_("What is counted"), joined(found.units)),
        (_("Territory"), get_territory(found.territory).name),
        (_("Population"), words(found.population)),
        (_("Limits of the scope"), words(found.scope_note)),
        (_("Delivered"), frequency_words(found.frequency)),
        (_("Delay"), words(found.lag)),
        (_("Quality"), words(found.quality)),
        (_("Legal basis"), words(found.legal_basis)),
        (_("Licence"), words(found.licence)),
        (_("Known layouts"), str(found.layouts)),
    ]
    facts = [Fact(term, spaced(text)) for term, text in lines if text]
    return [*facts, Fact(_("Code"), found.code, code=True)]


def _validity(producer: Any) -> str:
    if not producer.valid_from:
        return ""
    if not producer.valid_to:
        return _("since %(first)s") % {"first": day(producer.valid_from)}
    return _("from %(first)s to %(last)s") % {"first": day(producer.valid_from), "last": day(producer.valid_to)}


def _breaks(breaks: Any) -> Table | None:
    rows = tuple(
        Row(Cell(str(item.at)), (Cell(_break_kind(item.kind)), Cell(spaced(words(item.cause))), Cell(_effect(item.effect))))
        for item in breaks
    )
    if not rows:
        return None
    return Table(
        id="breaks",
        caption=_("Breaks in the series"),
        columns=(_("From"), _("Nature"), _("Cause"), _("Measured effect")),
        rows=rows,
        note=_("No growth rate is computed across a break unless the past was recomputed."),
    )


def _effect(effect: object) -> str:
    return spaced(words(effect)) if effect else _("not measured")


def _break_kind(kind: str) -> str:
    return {
        "artefact": _("a change of tool"),
        "real": _("the thing itself changed"),
        "declared": _("declared by the producer"),
    }.get(kind, kind)
