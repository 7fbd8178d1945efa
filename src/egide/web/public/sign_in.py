"""The door: sign in, sign out, and what is said to those who knocked too often."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from egide.foundation.audit.actions import record
from egide.foundation.catalogue import roles_with
from egide.foundation.clock import now
from egide.foundation.organisations.queries import list_roles
from egide.web import answers
from egide.web.components.shapes import Action
from egide.web.entrance import outside

REASON = "the session, the last sign-in and the failed attempts are the framework's own tables"


class SignInForm(AuthenticationForm):
    """A sign-in name and a password. The refusal never says which of the two is wrong."""

    username = forms.CharField(
        label=gettext_lazy("Sign-in name"),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    error_messages = {
        "invalid_login": gettext_lazy(
            "The sign-in name and the password do not go together. Check both, capitals included."
        ),
        "inactive": gettext_lazy(
            "The sign-in name and the password do not go together. Check both, capitals included."
        ),
    }


@outside(REASON)
@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask who comes, then lead to the page that was wanted, or to the desk."""
    if request.method not in ("GET", "HEAD", "POST"):
        return answers.wrong_method(request, ("GET", "HEAD", "POST"))
    wanted = _wanted(request)
    if request.user.is_authenticated and request.method != "POST":
        return redirect(wanted)
    form = SignInForm(request, data=request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        account = form.get_user()
        login(request, account)
        record("SIGNED_IN", subject=("account", account.pk), at=now(), actor=str(account.pk))
        request.session["start"] = _start(account.pk)
        return HttpResponseRedirect(_wanted(request))
    context = {
        "form": form,
        "next": wanted if "next" in request.GET or "next" in request.POST else "",
        "sent_here": "next" in request.GET,
        "section": "sign_in",
        "closed": True,
        "trail": [Action(_("Home"), reverse("home")), Action(_("Sign in"), "")],
    }
    return render(request, "public/sign_in.html", context)


@outside(REASON)
def sign_out(request: HttpRequest) -> HttpResponse:
    """Close the session."""
    if request.method != "POST":
        return answers.wrong_method(request, ("POST",))
    if request.user.is_authenticated:
        account = str(request.user.pk)
        record("SIGNED_OUT", subject=("account", account), at=now(), actor=account)
    logout(request)
    return redirect("home")


def locked_out(request: HttpRequest, *_details: Any) -> HttpResponse:
    """Answer 429 to too many wrong passwords, for a while."""
    return answers.locked_out(request, minutes=round(float(settings.AXES_COOLOFF_TIME) * 60))


def _start(account: UUID) -> str:
    """The page where an account begins its day, by its roles: the desk when none leads elsewhere."""
    held = list_roles(account=account, now=now())
    starts = {
        "today": roles_with("R01", "N"),
        "reception": roles_with("R33", "N"),
        "station": frozenset({"STATION_HEAD"}),
        "ask_protection": roles_with("R36", "F"),
        "house": roles_with("R35", "N"),
        "disclosed": roles_with("R02", "S"),
        "officer": frozenset({"DPO"}),
        "facts_sheets": roles_with("R10", "N") & roles_with("R03", "own"),
        "received": roles_with("R06", "S"),
    }
    return next((page for page, roles in starts.items() if roles & held), "desk")


def _wanted(request: HttpRequest) -> str:
    address = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if safe else reverse(request.session.get("start", "desk"))
