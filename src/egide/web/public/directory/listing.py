"""The list for paper in its order: national lines, then what answers day and night, then the others by name."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from egide.field.directory.views import ServiceView
from egide.web.components.shapes import Record

from .showing import list_record


@dataclass(frozen=True)
class Section:
    """A part of the list; `id` names it in the page whatever the script of its title."""

    id: str
    title: str
    records: list[Record]


def sections(services: Iterable[ServiceView], url_of: Callable[[ServiceView], str]) -> list[Section]:
    """The parts that are not empty. National lines always come first; without a network, the second says who is open at night."""
    parts: list[list[ServiceView]] = [[], [], []]
    for each in services:
        parts[0 if each.national else 1 if each.schedule.always else 2].append(each)
    parts[0].sort(key=lambda each: (not each.schedule.always, "emergency" not in each.themes, each.name))
    titles = (
        ("everywhere", _("Everywhere in France")),
        ("always", _("Day and night")),
        ("hours", _("At the hours written")),
    )
    return [
        Section(id, title, [list_record(each, url_of(each)) for each in part])
        for (id, title), part in zip(titles, parts, strict=True)
        if part
    ]
