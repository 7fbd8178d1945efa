"""The screen of the hall: the numbers that are called, in one list whatever the colour, and nothing else (AT-80).

It needs no account: a screen that anyone can touch must not be signed in. It asks again every ten seconds, without a script.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from egide.field.reception.queries import list_screen
from egide.foundation.clock import now
from egide.web.entrance import enters_by_link

SECONDS = "10"


@enters_by_link("field", name="screen")
def screen(request: HttpRequest, token: str, opened: str | None) -> HttpResponse:
    """Show the numbers; an address that is not known shows an empty screen."""
    response = render(request, "field/reception/screen.html", {"numbers": list_screen(token, now=now())})
    response["Refresh"] = SECONDS
    return response
