"""The warning under a free text that may tell of a third person (X10): it warns once, never blocks, keeps nothing.

What is looked for is in methods/freetext. A page that takes free text calls `warn_of_third_parties` before its action.
"""

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _

from egide.methods.freetext import Nature, natures

AS_WRITTEN = "as_written"


def warn_of_third_parties(request: HttpRequest, form: forms.Form, *names: str) -> bool:
    """Say under each field what it may tell of someone; True when something was said.

    The form is then shown again with a second button, named AS_WRITTEN, that keeps the words as they are.
    """
    if not form.is_bound or AS_WRITTEN in request.POST or not form.is_valid():
        return False
    said = {name: natures(str(form.cleaned_data.get(name, ""))) for name in names}
    for name, found in said.items():
        if found:
            form.add_error(name, _sentence(found))
    return any(said.values())


def _sentence(found: tuple[Nature, ...]) -> str:
    labels = {
        Nature.PHONE: _("a telephone number"), Nature.EMAIL: _("an e-mail address"), Nature.NAME: _("a name"),
    }  # fmt: skip
    seen = ", ".join(labels[nature] for nature in found)
    return _(
        "These words seem to hold %(seen)s. If it is someone else’s, say “the neighbour”, “the child” instead."
    ) % {"seen": seen}
