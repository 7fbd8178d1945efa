"""When an entry of the directory is trusted, printed, or put on a map. Who may change it is in permissions.py."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from egide.foundation.catalogue import get_nomenclature

VERIFIED_FOR = 12  # months (R05, AT-13)
LOCAL_KM = 60.0  # how far a service is still local when the commune is not known; a proposal for the field experts


class ServiceRefused(ValueError):
    """An entry that the directory cannot hold; the sentence says why."""


def verified_since(today: date) -> date:
    """The first day of verification that is still trusted on `today`: twelve months back (AT-13)."""
    months = today.year * 12 + today.month - 1 - VERIFIED_FOR
    year, month = divmod(months, 12)
    for day in range(today.day, 0, -1):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    raise AssertionError("every month has a first day")


def is_doubtful(last_verified_on: date | None, today: date) -> bool:
    """Whether nobody has verified an entry for more than twelve months, or ever (AT-13)."""
    return last_verified_on is None or last_verified_on < verified_since(today)


def check_codes(nomenclature: str, codes: Iterable[str]) -> None:
    """Raise ServiceRefused naming the codes that the nomenclature does not have."""
    unknown = sorted(set(codes) - set(get_nomenclature(nomenclature).codes))
    if unknown:
        raise ServiceRefused(
            _("“%(codes)s” is not in the list “%(list)s”.") % {"codes": ", ".join(unknown), "list": nomenclature}
        )


def with_narrower(theme: str) -> list[str]:
    """A theme and those below it: who looks for housing is shown the shelters. Raises ServiceRefused."""
    check_codes("service-themes", [theme])
    codes = get_nomenclature("service-themes").codes
    return [theme, *(code for code, entry in codes.items() if entry.parent == theme)]
