"""The way from one's own page to what partners share, for the positions that have both."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from egide.web.components.shapes import Action

from .roles import COORDINATOR, PARTNERS, RECEIVING


def partner_pages(request: HttpRequest) -> list[Action]:
    """A link to what is shared with the account's organisation, when its position reads any of it."""
    held: frozenset[str] = getattr(request, "roles", frozenset())
    shared = [Action(_("What partners share"), reverse("disclosed"), "plain")] if held & set(PARTNERS) else []
    return [*shared, *liaison_pages(request)]


def liaison_pages(request: HttpRequest) -> list[Action]:
    """What the organisation received, for who answers there; the local routes, for who keeps them."""
    held: frozenset[str] = getattr(request, "roles", frozenset())
    received = [Action(_("Referrals received"), reverse("received"), "plain")] if held & set(RECEIVING) else []
    routes = [Action(_("Local routes"), reverse("routes"), "plain")] if held & set(COORDINATOR) else []
    return [*received, *routes]
