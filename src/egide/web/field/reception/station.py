"""The station's page for whoever runs it: the dots nobody touches, how long people wait, what became of complaints.

Whole months, small counts hidden: it is a table about a service, never about one person or one officer.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from egide.field.complaints.queries import list_station_months
from egide.field.reception import actions, queries
from egide.foundation.clock import now
from egide.foundation.organisations.queries import list_workplaces
from egide.web.components.shapes import Action, Cell, Row, Table
from egide.web.components.words import month
from egide.web.entrance import enters
from egide.web.field.wording import label

from .counter import RUNS, WRITE, account_of, attempt


@enters("field", role=RUNS, methods=WRITE)
def station(request: HttpRequest) -> HttpResponse:
    """Show the alerts and the table, or open the reception."""
    found = queries.get_station(account=account_of(request), now=now())
    if found is None:
        return _open(request)
    months = queries.get_table(found, now=now())
    silent = queries.list_silent_dots(found, now=now())
    context = {
        "station": found.organisation.name,
        "silent": [label("dot-colours", dot.colour) for dot in silent],
        "days": found.alert_after_days,
        "table": _table(months) if months else None,
        "complaints": _complaints(list_station_months(now=now())),
        "settings": Action(_("Dots, rooms and screen"), reverse("station_settings"), "primary"),
        "section": "station",
        "closed": True,
    }
    return render(request, "field/reception/station.html", context)


def _open(request: HttpRequest) -> HttpResponse:
    places = list_workplaces(account=account_of(request), now=now())
    if request.method == "POST" and places:
        attempt(request, None, actions.set_up_station, organisation=places[0])
        return redirect("station_settings")
    context = {"station": places[0].name if places else "", "section": "station", "closed": True}
    return render(request, "field/reception/open.html", context)


def _table(months: list[Any]) -> Table:
    minutes = _("%(minutes)s min")
    rows = tuple(
        Row(
            Cell(month(f"{each.first:%Y-%m}")),
            (
                told(each.arrivals), told(each.priority), told(each.dots),
                told(each.delay, minutes), told(each.priority_delay, minutes),
            ),
        )
        for each in months
    )  # fmt: skip
    columns = (
        _("Month"), _("Arrivals"), _("of which priority"), _("Dots touched"), _("Half wait less than"),
        _("Half of the priority ones wait less than"),
    )  # fmt: skip
    note = _(
        "Counts from one to four, and delays of fewer than five people, are hidden. The current month is told once over."
    )
    return Table("delays", _("Arrivals and delays, by month"), columns, rows, (1, 2, 3, 4, 5), note)


def _complaints(months: list[Any]) -> Table | None:
    """What became of complaints here, as the files of social workers tell it; a log entry is a column of its own."""
    if not months:
        return None
    rows = tuple(
        Row(Cell(month(f"{each.first:%Y-%m}")), (told(each.taken), told(each.statements), told(each.refusals)))
        for each in months
    )
    columns = (_("Month"), _("Complaints taken"), _("Log entries, which are not complaints"), _("Refusals"))
    note = _("As people told it to a social worker of the network. Counts from one to four are hidden.")
    return Table("complaints", _("Complaints, by month"), columns, rows, (1, 2, 3), note)


def told(count: int | None, shape: str = "") -> Cell:
    """A count as a cell; a hidden one says that it is hidden, which is neither zero nor unknown."""
    if count is None:
        return Cell(_("hidden"), numeric=True, status="suppressed")
    return Cell(shape % {"minutes": count} if shape else str(count), numeric=True)
