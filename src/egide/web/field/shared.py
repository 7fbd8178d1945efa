"""The way from one's own page to what partners share, for the positions that have both."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from egide.web.components.shapes import Action

from .roles import PARTNERS


def partner_pages(request: HttpRequest) -> list[Action]:
    """A link to what is shared with the account's organisation, when its position reads any of it."""
    held: frozenset[str] = getattr(request, "roles", frozenset())
    return [Action(_("What partners share"), reverse("disclosed"), "plain")] if held & set(PARTNERS) else []
