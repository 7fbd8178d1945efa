"""One more offer this month, for the professional's organisation: a number, and nothing about anyone (AT-85)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from egide.field.spotting.actions import count_offer as add_one
from egide.foundation.clock import now
from egide.web.components.shapes import Tap
from egide.web.entrance import enters

from .roles import SPOTTING
from .thresholds import WRITE, account_of


@enters("field", role=SPOTTING, methods=WRITE)
def count_offer(request: HttpRequest) -> HttpResponse:
    """Count one offer."""
    if request.method == "POST":
        number = add_one(by=account_of(request), now=now())
        messages.success(request, _("Counted: %(number)s this month in your organisation.") % {"number": number})
        return redirect("count_offer")
    return render(
        request, "public/spotting/count.html", {"tap": [Tap(_("One more offer"), "add", "1")], "closed": True}
    )
