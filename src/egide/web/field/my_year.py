"""“My year”: four counters kept apart, the return they make, and the files open today. One's own work, compared to nobody's (D34)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from egide.bridge.own_year import OwnCount, compose_own_year, write_return
from egide.bridge.own_year_paper import draw_return
from egide.bridge.post_year import Breakdown, PostYear
from egide.bridge.post_year_print import rounding_words
from egide.field.casefiles.actions import export_own_year
from egide.field.casefiles.choices import State
from egide.field.casefiles.queries import count_open_by_state, count_own_year
from egide.foundation.accounts.queries import list_names
from egide.foundation.clock import now
from egide.foundation.organisations.queries import list_workplaces
from egide.web import answers
from egide.web.components.codes import label
from egide.web.components.shapes import Action, Cell, Fact, FileLink, Row, Table
from egide.web.components.words import language, whole
from egide.web.entrance import enters

from .roles import FIELD
from .supervision import year_facts
from .thresholds import account_of
from .wording import trail

OLDEST = 2000


@enters("field", role=FIELD)
def my_year(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """The year of the account that reads; this year when none is named."""
    this = timezone.localdate(now()).year
    year = year or this
    if not OLDEST <= year <= this:
        return _no_such_year(request)
    found = _compose(year)
    context = {
        "year": year,
        "over": year < this,
        "counters": _counters(found) if found else [],
        "tables": _tables(found) if found else [],
        "files": _files(year) if found else [],
        "fictional": bool(found and found.fictional),
        "open_files": _open_files(),
        "supervision": year_facts(year),
        "to_supervision": [Action(_("My supervision"), reverse("supervision"))],
        "years": [_to_year(other) for other in (year - 1, year + 1) if OLDEST <= other <= this],
        "section": "today",
        "closed": True,
        "trail": trail(None, _("My year")),
    }  # fmt: skip
    return render(request, "field/my_year.html", context)


@enters("field", role=FIELD)
def my_return(request: HttpRequest, year: int) -> HttpResponse:
    """The return of the year as a table to take away; that it was taken is in the trail."""
    found = _compose(year) if OLDEST <= year <= timezone.localdate(now()).year else None
    if found is None:
        return _no_such_year(request)
    export_own_year(account=account_of(request), year=year, now=now())
    headers = {"Content-Disposition": f'attachment; filename="annee-{year}.csv"'}
    return HttpResponse(write_return(found, language()), content_type="text/csv; charset=utf-8", headers=headers)


@enters("field", role=FIELD)
def my_return_paper(request: HttpRequest, year: int) -> HttpResponse:
    """The same return as an accessible PDF, with the name and the service it is handed over under."""
    at = now()
    found = _compose(year) if OLDEST <= year <= timezone.localdate(at).year else None
    if found is None:
        return _no_such_year(request)
    account = account_of(request)
    whose = [*list_names([account]).values(), *(place.name for place in list_workplaces(account=account, now=at))]
    paper = draw_return(found, language(), whose=", ".join(whose), drawn_on=timezone.localdate(at))
    export_own_year(account=account, year=year, now=at)
    headers = {"Content-Disposition": f'attachment; filename="annee-{year}.pdf"'}
    return HttpResponse(paper, content_type="application/pdf", headers=headers)


def _compose(year: int) -> PostYear | None:
    return compose_own_year((OwnCount(*row) for row in count_own_year(year)), year)


def _to_year(year: int) -> Action:
    return Action(str(year), reverse("year_of_mine", args=[year]), "plain")


def _no_such_year(request: HttpRequest) -> HttpResponse:
    back = Action(_("Go back to today’s list"), reverse("today"))
    return answers.not_found(request, answers.NothingHere(_("Nothing of yours is counted in that year."), [back]))


def _counters(found: PostYear) -> list[Fact]:
    reports = _("of which %(count)s reports of a child in danger") % {"count": whole(found.child_reports)}
    return [
        Fact(_("Persons received"), whole(found.persons)),
        Fact(_("Files opened"), whole(found.new_cases)),
        Fact(_("Interviews"), whole(found.interviews)),
        Fact(_("Actions"), whole(found.actions), note=reports if found.child_reports else ""),
    ]


def _tables(found: PostYear) -> list[Table]:
    cases, persons = _("base, files opened: %(count)s"), _("base, persons received: %(count)s")
    tables = [
        _table("categories", _("For whom"), cases, "case-categories", found.categories),
        _table("sexes", _("Sex"), persons, "sex", found.sexes),
        _table("reasons", _("Reasons"), cases, "case-reasons", found.reasons),
        _table("origins", _("How the person came"), cases, "case-origins", found.origins),
    ]
    kinds = tuple(
        Row(Cell(label("action-kinds", code)), (Cell(whole(count), numeric=True),)) for code, count in found.kinds
    )
    if kinds:
        tables.append(Table("kinds", _("Actions, by kind"), (_("Kind"), _("Count")), kinds, (1,)))
    return [table for table in tables if table.rows]


def _table(id: str, title: str, base: str, nomenclature: str, parts: Breakdown) -> Table:
    rows = [
        Row(Cell(label(nomenclature, part.code)), (Cell(whole(part.count), numeric=True), Cell(_percent(part.percent), numeric=True)))
        for part in parts.parts
    ]  # fmt: skip
    note = ""
    if parts.multiple and parts.parts:
        note = _(
            "%(tags)s reasons for %(base)s files: a file may have several, so the shares do not add up to one hundred."
        )
        note %= {"tags": whole(parts.tags), "base": whole(parts.base)}
    elif parts.rounding:
        note = rounding_words(parts.rounding, language())
    caption = f"{title} ({base % {'count': whole(parts.base)}})"
    return Table(id, caption, (title, _("Count"), _("Share")), tuple(rows), (1, 2), note)


def _percent(value: int | None) -> str:
    return "–" if value is None else _("%(value)s%%") % {"value": value}


def _files(year: int) -> list[FileLink]:
    named, tongue = {"year": year}, language()
    paper, table = _("The return of %(year)s (PDF)") % named, _("The return of %(year)s (CSV)") % named
    handed, counted = _("to print or to hand to your employer"), _("the same counts as a table")
    return [
        FileLink(paper, reverse("my_return_paper", args=[year]), handed, "application/pdf", tongue),
        FileLink(table, reverse("my_return", args=[year]), counted, "text/csv", tongue),
    ]


def _open_files() -> list[Fact]:
    """How many files are open, by where the support stands; never by danger, never beside a colleague's."""
    counts: dict[Any, int] = count_open_by_state()
    listed = [Fact(str(state.label).capitalize(), whole(counts[state])) for state in State if counts.get(state)]
    return [Fact(_("Open files"), whole(sum(counts.values()))), *listed]
