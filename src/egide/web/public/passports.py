"""A passport, its lineage and its vintages, as the lists and tables of a page; in the same words as the letter's annex.

Lives here: plain passport -> shapes of components. Not here: what a passport must hold
(publication.renderings.passports).
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from egide.core.typography import set_in_french
from egide.statistics.publication.renderings.annex import break_words
from egide.statistics.publication.renderings.words import ABSENCES, STATUSES, words_in
from egide.web.components.shapes import Cell, Fact, Row, Table
from egide.web.components.words import day, language, moment, month, words

Plain = Mapping[str, Any]
QUALIFIED = re.compile(r"(?P<word>[^\W\d][^\d+−-]*?)\s(?P<number>[+−-]?\d.*)")


def passport_facts(passport: Plain) -> list[Fact]:
    """The lines of a passport, in the order of its keys; what does not apply says so."""
    name = words_in(language())
    source = passport.get("source") or {}
    lines = [
        (name["unit"], words(passport.get("unit"))),
        (name["population"], words(passport.get("population"))),
        (name["geography"], words(passport.get("geography"))),
        (name["facts"], period_words(passport.get("facts_period"))),
        (name["record"], period_words(passport.get("record_period"))),
        (name["source"], words(source) if source else name["no_source"]),
        (name["producer"], words(source.get("producer"))),
        (_("Published in"), words(source.get("published_in"))),
        (name["definition"], words(passport.get("definition_version"))),
        (name["breaks"], _breaks(passport) or name["no_break"]),
        (name["status"], words(STATUSES.get(str(passport.get("status")), passport.get("status")))),
        (name["absence"], words(ABSENCES.get(str(passport.get("absence")))) if passport.get("absence") else ""),
    ]
    optional = (name["absence"], _("Published in"))
    links = {name["source"]: reverse("source", kwargs={"code": source["code"]})} if source else {}
    facts = [
        Fact(term, spaced(text or name["none"]), url=links.get(term, ""))
        for term, text in lines
        if text or term not in optional
    ]
    return [*facts, Fact(name["code"], str(passport.get("code", "")), code=True)]


def lineage_facts(passport: Plain, printed: str) -> list[Fact]:
    """The stages from each delivery to the printed figure."""
    stages = [
        Fact(
            _("Delivery received: %(file)s, vintage of %(vintage)s")
            % {"file": item["filename"], "vintage": day(item["vintage"])},
            _("fingerprint SHA-256: %(hash)s") % {"hash": item["sha256"]},
            note=_rows(item.get("rows")),
            code=True,
        )
        for item in passport.get("lineage") or ()
    ]
    if not stages:
        return []
    return [
        *stages,
        Fact(
            _("Definition applied: %(version)s") % {"version": words(passport.get("definition_version"))},
            _("Codes are mapped by a dated table; those it does not know are listed and counted, never dropped."),
        ),
        Fact(
            _("Statistical confidentiality checked"),
            _(
                "A figure that its producer has published passes as it is; "
                "elsewhere small counts are hidden, then an independent check attacks the result."
            ),
        ),
        Fact(_("Figure printed: %(printed)s") % {"printed": printed}, ""),
    ]


def vintages_table(vintages: Iterable[Plain]) -> Table | None:
    """How the figure changed from one state of knowledge to the next; None when nothing was kept."""
    rows = tuple(
        Row(
            Cell(day(item["vintage"])),
            (
                Cell(spaced(words(item.get("printed"))) or _("kept confidential"), numeric=True),
                Cell(moment(item.get("received_at"))),
                Cell(str(item.get("sha256", ""))[:12], code=True),
            ),
        )
        for item in vintages
    )
    if not rows:
        return None
    return Table(
        id="vintages",
        caption=_("The figure at each vintage"),
        columns=(_("Vintage"), _("Figure"), _("Received"), _("Fingerprint (first characters)")),
        rows=rows,
        numeric=(1,),
    )


def cut_qualifier(printed: str) -> tuple[str, str]:
    """The producer's word before a number, and the number: ("près de", "1 200"); ("", text) where there is none."""
    found = QUALIFIED.fullmatch(printed)
    return (found["word"], found["number"]) if found else ("", printed)


def period_words(period: object) -> str:
    """An SDMX period in words: a year as it is, an interval with its days."""
    text = str(period or "")
    if "/" not in text:
        return _ends(text)
    first, last = text.split("/", 1)
    return _("from %(first)s to %(last)s") % {"first": _ends(first), "last": _ends(last)}


def spaced(text: str) -> str:
    """The text with the no-break spaces of its language."""
    return set_in_french(text) if language() == "fr" else text


def _ends(text: str) -> str:
    return day(text) if len(text) == len("2022-01-01") else month(text) if len(text) == len("2022-01") else text


def _breaks(passport: Plain) -> str:
    return "\n".join(break_words(item, language()) for item in passport.get("breaks_crossed") or ())


def _rows(rows: object) -> str:
    if not isinstance(rows, list | tuple) or not rows:
        return ""
    shown = ", ".join(str(row) for row in rows[:8]) + ("…" if len(rows) > 8 else "")
    return ngettext("row %(rows)s", "rows %(rows)s", len(rows)) % {"rows": shown}
