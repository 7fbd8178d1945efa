"""Where each page of the directory stands, and what may be done with a service."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _

from egide.field.directory.permissions import NotAllowed
from egide.field.directory.policies import ServiceRefused
from egide.field.directory.views import ServiceView
from egide.web.components.shapes import Action

REFUSED = (NotAllowed, ServiceRefused, forms.ValidationError)


def url_of(service: ServiceView) -> str:
    """The page of a service."""
    return reverse("service", kwargs={"service": service.id})


def frame(title: str, service: ServiceView | None = None) -> dict[str, Any]:
    """What every page of the directory says of where it stands."""
    here = [Action(service.name, url_of(service))] if service else []
    start = [] if title == _("Directory") else [Action(_("Directory"), reverse("services"))]
    return {"section": "services", "closed": True, "trail": [*start, *here, Action(title, "")]}


def links(found: ServiceView) -> list[Action]:
    """What who may write this service can do with it."""
    where = {"service": found.id}
    if found.retired:
        return [Action(_("Put it back in the directory"), reverse("withdraw_service", kwargs=where))]
    return [
        Action(_("Correct this entry"), reverse("correct_service", kwargs=where)),
        Action(_("Write it anew"), reverse("describe_service", kwargs=where)),
        Action(_("Rounds"), reverse("service_rounds", kwargs=where)),
        Action(_("Withdraw it"), reverse("withdraw_service", kwargs=where), "plain"),
    ]
