"""How a note becomes words on a page: lines observed and lines told in two lists, versions one after the other (AT-23)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from egide.foundation.catalogue import get_short_form
from egide.web.components.codes import label, labels
from egide.web.components.shapes import Fact, Tag
from egide.web.components.words import moment, words


@dataclass(frozen=True)
class Sheet:
    """One version as a page shows it. `observed` and `told` are never one list."""

    title: str
    said: str
    urgent: bool
    because: tuple[str, ...]
    observed: tuple[str, ...]
    told: tuple[str, ...]
    unknown: tuple[str, ...]
    facts: tuple[Fact, ...]


def sheet_of(page: Any) -> Sheet:
    """What a version says, in the language of the page."""
    form, content = get_short_form(), page.content
    title = _("Version %(number)s, arrived %(moment)s") % {
        "number": page.version.number, "moment": moment(page.version.arrived_at)
    }  # fmt: skip
    facts = (
        Fact(_("Kind of place"), label("intervention-places", content.place)),
        Fact(_("Day and hour"), moment(content.held_at)),
        Fact(_("Who was there"), labels("intervention-present", content.present)),
        Fact(_("What was done"), labels("intervention-actions", content.actions)),
        Fact(_("Who was called"), labels("intervention-calls", content.called)),
    )
    return Sheet(
        title=title, said=words(form.urgent if page.reading.urgent else form.not_urgent), urgent=page.reading.urgent,
        because=tuple(words(form.ticks[code].label) for code in page.reading.because),
        observed=(*_lines(page.observed), *filter(None, [content.observed])),
        told=(*_lines(page.told), *filter(None, [content.told])), unknown=tuple(_lines(page.unknown)),
        facts=tuple(fact for fact in facts if fact.words),
    )  # fmt: skip


def tags_of(note: Any, *, conflict: bool = False) -> tuple[Tag, ...]:
    """Where a note stands, in facts: arrived, received, seen, two versions."""
    received = Tag(pgettext("note", "received"), "good") if note.received_at else Tag(_("not yet received"), "warn")
    seen = [Tag(_("seen by the social worker"), "good")] if note.seen_at else []
    return (received, *seen, *([Tag(_("two versions"), "warn")] if conflict else []))


def _lines(lines: Iterable[Any]) -> list[str]:
    form = get_short_form()
    return [
        words(form.ticks[line.code].label)
        + (f" – {words(form.ticks[line.code].grades[line.grade])}" if line.grade else "")
        for line in lines
    ]
