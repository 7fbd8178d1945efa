"""Before violence is known: what may open a conversation, how to hold it, and a named partner to offer (R37, AT-85).

For any professional, without an account. Nothing that is ticked is kept, logged, added up or put in an address: a tick only
decides whether the page begins with the call for help. The outcome is an offer, never a label.
"""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egide.field.directory.queries import list_services
from egide.foundation.catalogue import get_nomenclature
from egide.foundation.clock import now
from egide.web.components.shapes import Action, Fact, Record, Tag
from egide.web.components.words import moment, words
from egide.web.entrance import enters

URGENT = "now"
AUDIENCES = {"perpetrator-programme": "perpetrator", "children": "child"}
A_FEW = 3


class SpottingForm(forms.Form):
    """What one noticed, all of it optional, and where to look for a partner."""

    signs = forms.MultipleChoiceField(
        label=gettext_lazy("What you noticed"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Nothing is added up and nothing is kept. One line is enough to open the conversation."),
    )  # fmt: skip
    offer = forms.ChoiceField(
        label=gettext_lazy("What could be offered"), widget=forms.RadioSelect, initial="listening"
    )
    commune = forms.CharField(
        label=gettext_lazy("Commune"), required=False, max_length=5,
        help_text=gettext_lazy("Its INSEE code, to name a partner nearby. Left blank: the national lines."),
    )  # fmt: skip

    all_optional = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        signs = get_nomenclature("spotting-signs").codes
        self.fields["signs"].choices = [  # type: ignore[attr-defined]
            (
                words(title.label),
                [(each.code, words(each.label)) for each in signs.values() if each.parent == title.code],
            )
            for title in signs.values()
            if title.parent is None
        ]
        offers = get_nomenclature("spotting-offers").codes.values()
        self.fields["offer"].choices = [(each.code, words(each.label)) for each in offers]  # type: ignore[attr-defined]


@enters("public", methods=("GET", "HEAD", "POST"))
def spotting(request: HttpRequest) -> HttpResponse:
    """Show the grid, the conversation and the guide; once sent, the partners to offer stand first."""
    form = SpottingForm(request.POST if request.method == "POST" else None)
    sent = request.method == "POST" and form.is_valid()
    signs = get_nomenclature("spotting-signs").codes
    context = {
        "form": form,
        "sent": sent,
        "urgent": sent and any(signs[code].parent == URGENT for code in form.cleaned_data["signs"]),
        "partners": _partners(form.cleaned_data["offer"], form.cleaned_data["commune"]) if sent else [],
        "talk": _lines("spotting-talk"),
        "guide": _lines("spotting-guide"),
        "section": "spotting",
        "trail": [Action(_("Home"), reverse("home")), Action(_("Before it is said"), "")],
        "count": [Action(_("Count this offer for my organisation"), reverse("count_offer"), "plain")],
    }
    answer = render(request, "public/spotting/spotting.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


def _partners(offer: str, commune: str) -> list[Record]:
    """Local partners, those that answer now first, then a national line for the same need."""
    asked: dict[str, Any] = {"audience": AUDIENCES.get(offer, "victim"), "theme": offer, "at": now(), "now": now()}
    found = list_services(commune=commune, public=True, **asked)
    found.sort(key=lambda service: (service.opens_at is None, service.opens_at or now()))
    local = [service for service in found if not service.national] if commune else []
    lines = [service for service in found if service.national and offer in service.themes]
    lines.sort(key=lambda service: asked["audience"] not in service.audiences)
    return [_partner(service) for service in (*local[:A_FEW], *lines[:1])]


def _partner(service: Any) -> Record:
    dial = f"tel:{service.telephone.replace(' ', '')}" if service.telephone else ""
    facts = [
        Fact(_("Telephone"), service.telephone, url=dial),
        Fact(_("Text messages"), service.text_messages),
        Fact(_("Opens"), _opens(service)),
        Fact(_("Where"), _("confidential address") if service.confidential_address else service.commune_name),
    ]
    told = tuple(fact for fact in facts if fact.words)
    answers = service.opens_at is not None and service.opens_at <= now()
    tags = (Tag(_("open now"), "good"),) if answers else ()
    return Record(service.name, "", service.description, tags, told)


def _opens(service: Any) -> str:
    later = service.opens_at is not None and service.opens_at > now()
    return moment(service.opens_at) if later else ""


def _lines(nomenclature: str) -> list[Fact]:
    codes = get_nomenclature(nomenclature).codes.values()
    return [Fact(words(each.label), words(each.note) if each.note else "") for each in codes]
