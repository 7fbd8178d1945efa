"""The vintage matrix: a series as known on each date, the reason proposed for each change, and the form that signs it."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egide.core.count import NotAdditive, UnlikeUnits
from egide.foundation.catalogue import get_territory
from egide.foundation.clock import now
from egide.statistics.vintages import actions, queries
from egide.statistics.vintages.permissions import NotAllowed
from egide.statistics.vintages.reports import list_reasons, unit_label
from egide.statistics.vintages.words import reason_words, tell
from egide.web.answers import NothingHere
from egide.web.components.shapes import Action, Cell, Fact, Record, Row, Table, Tag
from egide.web.components.words import day, moment, whole, words
from egide.web.entrance import ActionRefused, enters
from egide.web.public.passports import spaced

from .roles import DESK, STATISTICIAN


class ReasonForm(forms.Form):
    """The reason of one change, for the periods that changed alike."""

    before = forms.UUIDField(widget=forms.HiddenInput)
    after = forms.UUIDField(widget=forms.HiddenInput)
    periods = forms.MultipleChoiceField(label=gettext_lazy("Years that you sign"), widget=forms.CheckboxSelectMultiple)
    reason = forms.ChoiceField(label=gettext_lazy("Reason"))
    words = forms.CharField(
        label=gettext_lazy("In your words"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Needed where your reason is not the proposed one: say what it rests on."),
    )

    def __init__(self, *args: Any, periods: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["periods"].choices = [(period, period) for period in periods]  # type: ignore[attr-defined]
        self.fields["reason"].choices = list_reasons()  # type: ignore[attr-defined]


@enters("statistics", role=DESK)
def vintages(request: HttpRequest) -> HttpResponse:
    """List the series that more than one delivery of their source knows."""
    records = [
        Record(
            title=spaced(words(each.label)),
            url=reverse("matrix", kwargs={"source": each.source, "series": each.series}),
            words=spaced(words(each.source_label)),
            facts=(Fact(_("Deliveries"), whole(each.deliveries)),),
        )
        for each in queries.list_revised()
    ]
    trail = [Action(_("My desk"), reverse("desk")), Action(_("Vintages"), "")]
    return render(
        request, "statistics/vintages.html", {"records": records, "section": "desk", "closed": True, "trail": trail}
    )


@enters("statistics", role=DESK, methods=("GET", "HEAD", "POST"))
def matrix(request: HttpRequest, source: str, series: str) -> HttpResponse:
    """Show the matrix of a series, and sign the reason of a change."""
    territory = request.GET.get("territoire", "")
    found = _matrix(source, series, territory)
    if request.method == "POST":
        return _sign(request, found)
    may = STATISTICIAN in request.roles  # type: ignore[attr-defined]
    label = spaced(words(found.asked.label))
    context = {
        "label": label,
        "place": get_territory(found.territory).name,
        "unit": spaced(unit_label(found.unit)) if found.unit else "",
        "withheld": found.withheld,
        "table": _table(found),
        "changes": [_change(group, place, found, may=may) for place, group in enumerate(_groups(found))],
        "facts": [
            Fact(_("Source"), spaced(words(found.asked.source.label)), url=reverse("source", kwargs={"code": source})),
            Fact(_("Territory"), get_territory(found.territory).name),
            Fact(_("Unit"), spaced(unit_label(found.unit)) if found.unit else "–"),
        ],
        "section": "desk",
        "closed": True,
        "trail": [
            Action(_("My desk"), reverse("desk")), Action(_("Vintages"), reverse("vintages")), Action(label, ""),
        ],
    }  # fmt: skip
    return render(request, "statistics/matrix.html", context)


def _matrix(source: str, series: str, territory: str) -> queries.Matrix:
    back = [Action(_("See the vintages"), reverse("vintages"))]
    try:
        if territory:
            get_territory(territory)
        found = queries.get_matrix(source=source, series=series, territory=territory)
    except (LookupError, NotAdditive, UnlikeUnits) as missing:
        raise NothingHere(str(missing), back) from missing
    if not found.known:
        raise NothingHere(_("No delivery holds this series in this territory."), back)
    return found


def _table(found: queries.Matrix) -> Table:
    """Years down, vintages across; a value that changed bears a mark and the words of its reason beside it."""
    moved = {(each.period, each.after.delivery): each for each in found.revisions}
    rows = tuple(
        Row(
            Cell(period),
            tuple(
                _cell(known, moved.get((period, vintage.delivery)))
                for vintage, known in zip(found.vintages, line, strict=True)
            ),
        )
        for period, line in found.known.items()
    )
    return Table(
        id="matrix",
        caption=_("As known on each date"),
        columns=(_("Year"), *(_head(vintage) for vintage in found.vintages)),
        rows=rows,
        numeric=tuple(range(1, len(found.vintages) + 1)),
        note=_(
            "Each column is a delivery, kept as it came; none is overwritten. A word beside a value says why it changed."
        ),
    )


def _head(vintage: queries.Vintage) -> str:
    return _("%(day)s, superseded") % {"day": day(vintage.vintage)} if vintage.superseded else day(vintage.vintage)


def _cell(known: queries.Known, change: queries.Revision | None) -> Cell:
    text = whole(known.value) if isinstance(known.value, int) else str(known.value or "–")
    tag = None
    if change is not None and change.proposal.reason != "new":
        signed = change.signed[0].reason if change.signed else ""
        tag = Tag(dict(list_reasons())[signed or str(change.proposal.reason)], "good" if signed else "warn")
    return Cell(text, numeric=True, status="value" if known.value is not None else "missing", tag=tag)


def _groups(found: queries.Matrix) -> list[list[queries.Revision]]:
    """The changes that are alike: between the same two deliveries, the same reason proposed and signed."""
    groups: dict[tuple[Any, ...], list[queries.Revision]] = {}
    for each in found.revisions:
        signed = (each.signed[0].reason, each.signed[0].words) if each.signed else None
        groups.setdefault((each.after.delivery, each.proposal.reason, signed), []).append(each)
    return [group for group in groups.values() if group[0].proposal.reason != "new"]


def _change(group: list[queries.Revision], place: int, found: queries.Matrix, *, may: bool) -> dict[str, Any]:
    first, periods = group[0], [each.period for each in group]
    signed = first.signed[0] if first.signed else None
    reasons = dict(list_reasons())
    form = ReasonForm(
        periods=periods,
        prefix=str(place),
        initial={
            "before": first.before.delivery, "after": first.after.delivery, "periods": periods,
            "reason": str(first.proposal.reason),
        },
    )  # fmt: skip
    return {
        "id": f"change-{place}",
        "title": _("From %(before)s to %(after)s: %(reason)s") % {
            "before": day(first.before.vintage), "after": day(first.after.vintage),
            "reason": reasons[signed.reason if signed else str(first.proposal.reason)],
        },
        "tags": (Tag(_("signed reason"), "good") if signed else Tag(_("proposed reason"), "warn"),),
        "meaning": spaced(reason_words(signed.reason if signed else str(first.proposal.reason))),
        "periods": ", ".join(periods),
        "example": first.period if len(periods) > 1 else "",
        "evidence": [spaced(tell(each, found.asked.source)) for each in first.proposal.evidence],
        "signatures": [
            Fact(reasons[each.reason], _("%(when)s, by %(who)s") % {"when": moment(each.signed_at), "who": each.signed_by},
                 note=spaced(each.words))
            for each in first.signed
        ],
        "form": form if may else None,
        "open": not signed,
    }  # fmt: skip


def _sign(request: HttpRequest, found: queries.Matrix) -> HttpResponse:
    back = request.get_full_path()
    for place, group in enumerate(_groups(found)):
        form = ReasonForm(request.POST, periods=[each.period for each in group], prefix=str(place))
        if f"{place}-reason" in request.POST:
            if not form.is_valid():
                raise ActionRefused(
                    _("Choose a reason and at least one year: nothing was signed."), subject=_subject(found), back=back
                )
            return _signed(request, found, form.cleaned_data, back)
    raise ActionRefused(
        _("The page has changed since you opened it: read it again."), subject=_subject(found), back=back
    )


def _signed(request: HttpRequest, found: queries.Matrix, sent: dict[str, Any], back: str) -> HttpResponse:
    try:
        actions.sign_reason(
            source=found.asked.source.code, series=found.asked.code, territory=found.territory, periods=sent["periods"],
            before=sent["before"], after=sent["after"], reason=sent["reason"], words=sent["words"],
            by=request.user.get_username(), now=now(),
        )  # fmt: skip
    except (actions.SignatureRefused, NotAllowed) as refused:
        raise ActionRefused(str(refused), subject=_subject(found), back=back) from refused
    messages.success(request, _("The reason is signed. Another opinion would be added beside it, never in its place."))
    query = {"territoire": request.GET["territoire"]} if request.GET.get("territoire") else {}
    return redirect(request.path + (f"?{urlencode(query)}" if query else ""))


def _subject(found: queries.Matrix) -> tuple[str, object]:
    return ("source", found.asked.source.code)
