"""The deliveries and their reports: what was received, what was found, what the producer has to mend."""

from typing import Any
from uuid import UUID

from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from egide.statistics.collection import queries
from egide.web.answers import NothingHere
from egide.web.components.shapes import Action, Fact, Finding, Record, Step, Tag
from egide.web.components.words import day, moment, size, whole, words
from egide.web.entrance import enters
from egide.web.public.passports import spaced

from .roles import DESK, STATISTICIAN

PAGE = 25


@enters("statistics", role=DESK)
def deliveries(request: HttpRequest) -> HttpResponse:
    """List the receipts, latest first."""
    paginator = Paginator(queries.list_deliveries(), PAGE)
    try:
        page = paginator.page(request.GET.get("page", 1))
    except (PageNotAnInteger, EmptyPage) as missing:
        raise NothingHere(
            _("The list of deliveries has no such page: it goes from 1 to %(last)s.") % {"last": paginator.num_pages},
            [Action(_("See the deliveries"), reverse("deliveries"))],
        ) from missing
    context = {
        "records": [delivery_record(delivery) for delivery in page],
        "page": page,
        "deposit": _deposit(request),
        "section": "desk",
        "closed": True,
        "trail": [Action(_("My desk"), reverse("desk")), Action(_("Deliveries"), "")],
    }
    return render(request, "statistics/deliveries.html", context)


@enters("statistics", role=DESK, consults="delivery")
def delivery(request: HttpRequest, delivery: UUID) -> HttpResponse:
    """Show the report of one delivery."""
    try:
        found = queries.get_delivery(delivery)
    except queries.NotFound as missing:
        raise NothingHere(
            _("No delivery has this number."), [Action(_("See the deliveries"), reverse("deliveries"))]
        ) from missing
    context = {
        "delivery": found,
        "tags": (verdict_tag(found),),
        "facts": _facts(found),
        "findings": [_finding(item) for item in sorted(found.findings, key=lambda item: ORDER.index(item.severity))],
        "next_steps": _next_steps(request, found),
        "label": spaced(words(found.source_label)),
        "section": "desk",
        "closed": True,
        "trail": [
            Action(_("My desk"), reverse("desk")),
            Action(_("Deliveries"), reverse("deliveries")),
            Action(found.filename, ""),
        ],
    }
    return render(request, "statistics/delivery.html", context)


ORDER = ("refuse", "quarantine", "warn", "note")


def verdict_tag(found: Any) -> Tag:
    """The verdict on a delivery, in words."""
    return {
        "ACCEPTED": Tag(_("accepted"), "good"),
        "ACCEPTED_IN_PART": Tag(_("accepted in part"), "warn"),
        "REFUSED": Tag(_("refused"), "bad"),
    }[found.verdict]


def delivery_record(found: Any) -> Record:
    """A delivery as an entry of a list."""
    return Record(
        title=found.filename,
        url=reverse("delivery", kwargs={"delivery": found.id}),
        words=spaced(words(found.source_label)),
        tags=(verdict_tag(found),),
        facts=(
            Fact(_("Vintage"), day(found.vintage)),
            Fact(_("Received"), moment(found.received_at)),
            Fact(_("Rows accepted"), _of(found.rows_accepted, found.rows_read)),
        ),
    )


def _of(part: int, total: int) -> str:
    return _("%(part)s of %(total)s") % {"part": whole(part), "total": whole(total)}


def _facts(found: Any) -> list[Fact]:
    return [
        Fact(_("Source"), spaced(words(found.source_label)), url=reverse("source", kwargs={"code": found.source})),
        Fact(_("Vintage"), day(found.vintage)),
        Fact(_("Received"), moment(found.received_at)),
        Fact(_("Rows accepted"), _of(found.rows_accepted, found.rows_read)),
        Fact(_("Size"), size(found.size)),
        Fact(_("Fingerprint SHA-256"), found.sha256, code=True),
        Fact(_("Number of the delivery"), str(found.id), code=True),
    ]


def _finding(item: Any) -> Finding:
    tags = {
        "refuse": Tag(_("causes the refusal"), "bad"),
        "quarantine": Tag(_("set aside"), "warn"),
        "warn": Tag(_("to check"), "warn"),
        "note": Tag(_("for information"), "plain"),
    }
    return Finding(item.severity, tags[item.severity], spaced(item.what), spaced(item.place), spaced(item.remedy))


def _deposit(request: HttpRequest) -> list[Action]:
    may = STATISTICIAN in request.roles  # type: ignore[attr-defined]
    return [Action(_("Deposit a delivery"), reverse("deposit"), "primary")] if may else []


def _next_steps(request: HttpRequest, found: Any) -> list[Step]:
    deposit = tuple(_deposit(request))
    if found.verdict == "REFUSED":
        words = _(
            "Send this report to the producer. Once the file is mended, deposit it again: it will be a new delivery, "
            "this receipt stays."
        )
        return [Step(_("Have the file mended, then deposit it again"), "now", words, deposit)]
    desk = (Action(_("Go to my desk"), reverse("desk"), "primary"),)
    if found.verdict == "ACCEPTED_IN_PART":
        words = _("The accepted rows can be used now. Tell the producer what was set aside or is to be checked.")
        return [Step(_("Send the report to the producer, then compose"), "now", words, desk)]
    return [Step(_("Compose the letter"), "now", _("Everything in this file can be used."), desk)]
