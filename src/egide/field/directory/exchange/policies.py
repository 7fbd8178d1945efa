"""When a row of a file is written, when it waits for a person, when the whole file is refused."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from egide.core.plain import plain
from egide.field.directory.hours import Hours
from egide.field.directory.models import Service
from egide.field.directory.views import hours_of

from .incoming import Batch, ImportRefused, Incoming


def check_is_worth_reading(batch: Batch) -> None:
    """Raise ImportRefused when nothing, or less than half of the rows, is as the standard says: it is not such a file."""
    bad, good = len(batch.refused), len(batch.rows)
    if bad > good:
        first = batch.refused[0]
        raise ImportRefused(
            _(
                "%(bad)s rows of %(all)s are not as the standard %(standard)s says, so the file is refused whole. Row %(number)s: %(why)s."
            )
            % {
                "bad": bad,
                "all": bad + good,
                "standard": batch.standard,
                "number": first.number,
                "why": "; ".join(first.why),
            }
        )
    if not good:
        raise ImportRefused(_("The file holds no service."))


def differences(service: Service, row: Incoming) -> tuple[str, ...]:
    """What the row would change, by the names of the columns."""
    told = described_for(service, row.described)
    changed = [name for name, value in told.items() if name != "imported" and getattr(service, name) != value]
    if hours_of(service, service.openings.all()) != _stored(row.hours) or service.hours_note != row.hours_note:
        changed.append("hours")
    return tuple(sorted(changed))


def described_for(service: Service, described: Mapping[str, Any]) -> dict[str, Any]:
    """What may be written on a known service: a place that is confidential here stays unwritten, whoever tells it."""
    from .incoming import without_place

    return without_place(described) if service.confidential_address else dict(described)


def names_a_hidden_place(row: Incoming, hidden: list[Service]) -> bool:
    """Whether a row that gives a place looks like a service whose address is confidential here: a person decides first."""
    if row.described.get("confidential_address"):
        return False
    name, digits = plain(row.described["name"]), _digits(row.described["telephone"])
    alike = (plain(each.name) == name or bool(digits and digits == _digits(each.telephone)) for each in hidden)
    return any(alike)


def _digits(text: str) -> str:
    kept = "".join(letter for letter in text if letter.isdigit())
    return f"0{kept[2:]}" if kept.startswith("33") and len(kept) == 11 else kept


def _stored(hours: Hours) -> Hours:
    """Hours as rows give them back: the spans of a rule in order."""
    from dataclasses import replace

    rules = tuple(replace(rule, spans=tuple(sorted(rule.spans))) for rule in hours.rules)
    return replace(hours, rules=rules)
