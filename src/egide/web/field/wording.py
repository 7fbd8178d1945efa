"""How the codes of the field become words and states on a page.

Lives here: labels, choices of forms, tones. Not here: the words themselves (catalogue, locale), nor what may be shown.
"""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from egide.field.casefiles.choices import State
from egide.web.components.codes import choices, label, labels
from egide.web.components.shapes import Action, Tag
from egide.web.components.words import language

__all__ = ["case_url", "choices", "full_name", "label", "labels", "language_name", "languages", "state_tag", "trail"]


def full_name(person: Any) -> str:
    """The name of a person, or that she gave none."""
    return f"{person.given_name} {person.family_name}".strip() or _("Name not given")


def languages() -> list[tuple[str, str]]:
    """The languages of an explanation that are proposed; the list is short and can be left."""
    french = {
        "fr": "français", "ar": "arabe", "en": "anglais", "es": "espagnol", "pt": "portugais", "ro": "roumain",
        "ru": "russe", "tr": "turc", "uk": "ukrainien", "zh": "chinois", "fsl": "langue des signes", "other": "autre langue",
    }  # fmt: skip
    english = {
        "fr": "French", "ar": "Arabic", "en": "English", "es": "Spanish", "pt": "Portuguese", "ro": "Romanian",
        "ru": "Russian", "tr": "Turkish", "uk": "Ukrainian", "zh": "Chinese", "fsl": "sign language", "other": "another language",
    }  # fmt: skip
    return list((french if language() == "fr" else english).items())


def language_name(code: str) -> str:
    """The name of a language of the list, or its code."""
    return dict(languages()).get(code, code)


def state_tag(case: Any) -> Tag:
    """Where the support stands. No tone: a closed file is not better than an open one."""
    return Tag(str(State(case.state).label))


def trail(case: Any = None, here: str = "") -> list[Action]:
    """The way back from a page of the field; a file is called by its reference, never by a name."""
    steps = [Action(_("Today"), reverse("today"))]
    if case is not None:
        steps.append(Action(_("File %(reference)s") % {"reference": case.reference}, case_url("case", case)))
    return [*steps, Action(here, "")] if here else steps


def case_url(name: str, case: Any, **more: Any) -> str:
    """The address of a page of a file."""
    return reverse(name, kwargs={"case": case.id, **more})
