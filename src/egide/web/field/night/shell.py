"""The shell of the notebook: a page without anyone's data, its worker and its manifest. They alone are kept on the device.

Measures in force, receipts and notes are asked of the server each time: the worker answers for the shell and nothing else (Z04).
"""

import hashlib
import json
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from egide.foundation.catalogue import get_short_form
from egide.web.components.words import language, words
from egide.web.entrance import enters

from .forms import NoteForm

FILES = (
    "egide.css", "carnet.css", "page.svg", "carnet-icone.svg", "quitter.js", "carnet.js", "carnet-coffre.js", "carnet-envoi.js",
)  # fmt: skip


@enters("public")
def notebook(request: HttpRequest) -> HttpResponse:
    """Show the empty notebook: the same page for everyone, signed in or not."""
    return HttpResponse(_page())


@enters("public")
def manifest(request: HttpRequest) -> HttpResponse:
    """Say how the notebook is installed: a name and an icon that tell nothing (X14)."""
    told = {
        "name": _("Notebook"), "short_name": _("Notebook"), "lang": language(), "start_url": reverse("notebook"),
        "scope": reverse("notebook"), "display": "standalone", "background_color": "#13181a", "theme_color": "#13181a",
        "icons": [{"src": static("carnet-icone.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any maskable"}],
    }  # fmt: skip
    return JsonResponse(told, content_type="application/manifest+json")


@enters("public")
def worker(request: HttpRequest) -> HttpResponse:
    """Give the service worker: its name for the cache changes with any file of the shell."""
    shell = [reverse("notebook"), reverse("notebook_manifest"), *(static(name) for name in FILES)]
    context = {"shell": json.dumps(shell), "name": f"carnet-{language()}-{_digest()}", "stem": f"carnet-{language()}-"}
    return render(request, "field/night/worker.js", context, content_type="text/javascript")


def _page() -> str:
    """The page without the request: nobody's session can leak into what is kept."""
    form = get_short_form()
    context: dict[str, Any] = {
        "form": NoteForm(auto_id="note_%s"), "leave": True, "bare": True,
        "urgent": words(form.urgent), "always": words(form.caution),
    }  # fmt: skip
    return render_to_string("field/night/notebook.html", context)


def _digest() -> str:
    found = hashlib.sha256(_page().encode())
    for name in FILES:
        path = finders.find(name)
        found.update(Path(str(path)).read_bytes())
    return found.hexdigest()[:12]
