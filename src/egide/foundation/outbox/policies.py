"""When a message may leave, and which words may not stand in it. Pure rules: the hours are those of the person."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from egide.foundation.catalogue import get_nomenclature

ATTEMPTS = 5
LIVES = timedelta(days=7)  # a message that could not leave in a week says something stale
RETRY = timedelta(minutes=5)
PRODUCT = "egide"


class IndiscreetWords(ValueError):
    """The words would tell whoever reads them where they come from (X07)."""


def next_opening(moment: datetime, start: time | None, end: time | None) -> datetime:
    """The first moment from `moment` on that lies in the daily window [start, end), in the local time of the house.

    No window: the moment itself.
    """
    if start is None or end is None:
        return moment
    local = timezone.localtime(moment)
    if start <= local.time() < end:
        return moment
    day = local.date() if local.time() < start else local.date() + timedelta(days=1)
    opens: datetime = timezone.make_aware(datetime.combine(day, start))
    return opens


def next_attempt(moment: datetime, attempts: int) -> datetime:
    """When to try again after `attempts` failures: 5 minutes, then three times longer each time."""
    return moment + RETRY * int(3 ** (attempts - 1))


def check_discreet(words: str, names: Iterable[str]) -> None:
    """Raise IndiscreetWords when the words name a service, the product, or anything of the catalogue's list.

    `names`: what the services call themselves; catalogue/nomenclatures/indiscreet-words.yaml holds the rest.
    """
    told = f" {_plain(words)} "
    listed = {_plain(code) for code in get_nomenclature("indiscreet-words").codes}
    for name in sorted({*map(_plain, names), *listed, PRODUCT} - {""}):
        if re.search(rf" {re.escape(name)}s? ", told):
            raise IndiscreetWords(
                _(
                    "The words say “%(word)s”: whoever reads the message would know. Agree on other words with the person."
                )
                % {"word": name}
            )


def _plain(text: str) -> str:
    bare = "".join(mark for mark in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(mark))
    return " ".join(re.findall(r"[a-z0-9]+", bare))
