"""The pages every public service owes: accessibility, legal notice and personal data."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from egide.web.components.shapes import Action
from egide.web.entrance import enters


@enters("public")
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say what was checked, what was not, and how to report an obstacle."""
    trail = [Action(_("Home"), reverse("home")), Action(_("Accessibility"), "")]
    return render(request, "public/accessibility.html", {"trail": trail})


@enters("public")
def about(request: HttpRequest) -> HttpResponse:
    """Say what this service is, on what law it stands, and what it keeps about its readers."""
    trail = [Action(_("Home"), reverse("home")), Action(_("Legal notice and personal data"), "")]
    return render(request, "public/about.html", {"trail": trail})
