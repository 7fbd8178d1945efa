"""Which pages speak which languages: French and English everywhere, the safety languages on the safety pages alone.

A page is offered in a language only when all of it is said there: `egide update_messages --check` holds the two catalogues
of the safety languages to the sentences of these pages. Not here: the sentences (locale/), nor the pages.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import get_language

EVERYWHERE = ("fr", "en")
SAFETY = ("ar", "uk")
SAFETY_HOME = "help_now"
SAFETY_PAGES = frozenset({SAFETY_HOME, "directory", "directory_list", "directory_service"})
SHOWS_NOTHING = frozenset({"sign_out"})  # an act, not a page: it may be asked for from any of them


@dataclass(frozen=True)
class Language:
    """A language and its own name, as whoever reads it looks for it."""

    code: str
    name: str


def spoken() -> str:
    """The language of the page."""
    return (get_language() or "fr")[:2]


def only_safety() -> bool:
    """Whether the language of the page is spoken on the safety pages alone."""
    return spoken() in SAFETY


def languages_of(view_name: str) -> list[Language]:
    """The languages a page is offered in, French first."""
    codes = (*EVERYWHERE, *SAFETY) if view_name in SAFETY_PAGES else EVERYWHERE
    return [Language(code, str(dict(settings.LANGUAGES)[code])) for code in codes]


def in_language(path: str, language: str) -> str:
    """The address of the same page in another language, from its path; never an address of another host."""
    first, _slash, rest = path.lstrip("/").partition("/")
    bare = "/" + (rest if first in dict(settings.LANGUAGES) and first != "fr" else path).lstrip("/")
    return bare if language == "fr" else f"/{language}{bare}"


class SafetyLanguages:
    """Lead a page asked for in a language it does not speak to its French; the home page to what to do now."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or lead elsewhere."""
        if not only_safety():
            return self.get_response(request)
        try:
            name = resolve(request.path_info).view_name
        except Resolver404:
            name = ""
        if name == "home":
            return HttpResponseRedirect(reverse(SAFETY_HOME))
        if name in SAFETY_PAGES | SHOWS_NOTHING:
            return self.get_response(request)
        return HttpResponseRedirect(in_language(request.get_full_path(), "fr"))
