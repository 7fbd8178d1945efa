"""The concepts: what each producer means by a word, side by side, and what may be compared."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from egide.statistics.sources import concepts as queries
from egide.web.answers import NothingHere
from egide.web.components.shapes import Action, Cell, Fact, Record, Row, Table, Tag
from egide.web.components.words import joined, words
from egide.web.entrance import enters

from .passports import spaced


@enters("public")
def concepts(request: HttpRequest) -> HttpResponse:
    """List the concepts."""
    records = [
        Record(
            title=spaced(words(each.label)),
            url=reverse("concept", kwargs={"code": each.code}),
            facts=(Fact(_("Definitions"), spaced(joined([d.label for d in each.definitions]))),),
        )
        for each in queries.list_concepts()
    ]
    trail = [Action(_("Sources"), reverse("sources")), Action(_("Concepts"), "")]
    return render(request, "public/concepts.html", {"records": records, "section": "sources", "trail": trail})


@enters("public")
def concept(request: HttpRequest, code: str) -> HttpResponse:
    """Show one concept: its definitions side by side, and a verdict for each two of them."""
    try:
        found = queries.get_concept(code)
    except LookupError as missing:
        raise NothingHere(
            _("The inventory has no concept called “%(code)s”.") % {"code": code},
            [Action(_("See the concepts"), reverse("concepts"))],
        ) from missing
    label = spaced(words(found.label))
    context = {
        "label": label,
        "table": _side_by_side(found),
        "relations": [_relation(each) for each in found.relations],
        "section": "sources",
        "trail": [
            Action(_("Sources"), reverse("sources")), Action(_("Concepts"), reverse("concepts")), Action(label, ""),
        ],
    }  # fmt: skip
    return render(request, "public/concept.html", context)


def kind_words(kind: str) -> str:
    """A relation in words, read from the first definition to the second."""
    return {
        "exact": _("the same thing"),
        "broader": _("the first is broader"),
        "narrower": _("the first is narrower"),
        "none": _("no relation"),
    }[kind]


def _side_by_side(found: queries.ConceptView) -> Table:
    """One column for each definition, one row for each thing that tells them apart."""
    nature = {"record": _("records"), "survey": _("survey")}
    rows = (
        (_("Producer"), [each.producer for each in found.definitions]),
        (_("What is counted"), [each.words for each in found.definitions]),
        (_("Unit"), [each.unit for each in found.definitions]),
        (_("Population"), [each.population for each in found.definitions]),
    )
    told = [Row(Cell(head), tuple(Cell(spaced(words(text))) for text in texts)) for head, texts in rows]
    told.append(Row(Cell(_("Nature")), tuple(Cell(nature[each.nature]) for each in found.definitions)))
    sources = tuple(
        Cell(spaced(words(each.source_label)), url=reverse("source", kwargs={"code": each.source}))
        for each in found.definitions
    )
    return Table(
        id="definitions",
        caption=_("The definitions side by side"),
        columns=(_("Definition"), *(spaced(words(each.label)) for each in found.definitions)),
        rows=(*told, Row(Cell(_("Source")), sources)),
    )


def _relation(each: queries.RelationView) -> dict[str, Any]:
    return {
        "title": _("%(first)s and %(second)s")
        % {"first": spaced(words(each.of.label)), "second": spaced(words(each.to.label))},
        "tags": (Tag(kind_words(each.kind), "good" if each.comparable else "warn"),),
        "why": spaced(words(each.why)),
        "verdict": spaced(each.verdict),
    }
