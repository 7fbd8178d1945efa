"""What to do now: for whoever is in danger or afraid of being, in plain words, in every safety language.

Lives here: which numbers stand first. Not here: whom to turn to nearby (the directory). Nothing is asked, nothing is kept.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from egide.web.components.shapes import Action, Fact
from egide.web.entrance import enters


@enters("public")
def help_now(request: HttpRequest) -> HttpResponse:
    """The numbers, then what can be done today, then what one has a right to."""
    context = {
        "danger": [
            Fact(_("In danger now"), "17", "tel:17", _("the police, day and night")),
            Fact(_("In danger now, or hurt"), "112", "tel:112", _("all emergency services, from any telephone")),
            Fact(_("You cannot speak or hear"), "114", "sms:114", _("by text message: write where you are")),
        ],
        "listening": [
            Fact(_("To be listened to"), "3919", "tel:3919", _("free and anonymous, day and night")),
            Fact(_("A child is in danger"), "119", "tel:119", _("free, day and night; a child may call")),
            Fact(_("Nowhere to sleep tonight"), "115", "tel:115", _("free, day and night, whatever your papers")),
            Fact(_("Victim of any offence"), "116 006", "tel:116006", _("free; someone tells you your rights")),
        ],
        "directory": [Action(_("Find help near you"), reverse("directory"), "primary")],
        "other": [Action(_("Find someone to talk to before it happens"), f"{reverse('directory')}?public=perpetrator")],
        "section": "help_now",
        "trail": [Action(_("Home"), reverse("home")), Action(_("What to do now"), "")],
    }
    return render(request, "public/help_now.html", context)
