"""What a check can find in a delivery, as data; and the sentences that tell a producer what, where and how to mend it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SHORTENING = frozenset({"COLLISION", "UNKNOWN_CODE"})  # what is found in rows that a figure may lack
SHOWN = 20  # how many lines or codes a finding lists; the rest is counted


class Severity(StrEnum):
    """What a finding does to the delivery."""

    REFUSE = "refuse"
    QUARANTINE = "quarantine"
    WARN = "warn"
    NOTE = "note"


@dataclass(frozen=True)
class Finding:
    """One thing found: its code, where it stands (lines of the delivered file, the header being line 1; column), its facts.

    `column` is the name that the column bears in the file itself.
    """

    code: str
    lines: tuple[int, ...] = ()
    count: int = 0
    facts: Mapping[str, Any] = field(default_factory=dict)
    column: str = ""

    @property
    def severity(self) -> Severity:
        """What it does to the delivery."""
        return SENTENCES[self.code].severity

    def as_plain(self) -> dict[str, Any]:
        """Plain data, as the receipt keeps it."""
        return {**asdict(self), "lines": list(self.lines), "facts": dict(self.facts)}


@dataclass(frozen=True)
class Sentence:
    """How a finding is told."""

    severity: Severity
    what: str | Promise
    remedy: str | Promise


R, Q, W, N = Severity.REFUSE, Severity.QUARANTINE, Severity.WARN, Severity.NOTE

SENTENCES: dict[str, Sentence] = {
    "EMPTY": Sentence(R, _("The file holds no row."), _("Check the export, then deliver the file again.")),
    "TOO_LARGE": Sentence(
        R,
        _("Once unpacked, the file is larger than %(limit)s bytes."),
        _("Split it by year, or ask for a higher limit (EGIDE_MAX_BYTES)."),
    ),
    "COMPRESSION": Sentence(
        R,
        _("The file unpacks to more than %(limit)s times its size: it was not read further."),
        _("Deliver it unpacked, as plain CSV."),
    ),
    "DAMAGED": Sentence(
        R,
        _("The compressed file is damaged or cut short."),
        _("Compress it again with gzip, or deliver it as plain CSV."),
    ),
    "NOT_CSV": Sentence(
        R,
        _("This file is %(kind)s, which cannot be read as a table."),
        _("Export the table as CSV in UTF-8, XLSX, Parquet or SDMX-CSV and deliver that file."),
    ),
    "WRONG_ENCODING": Sentence(
        R,
        _("The file is not in %(encoding)s: byte %(byte)s at position %(position)s has no meaning there."),
        _("Save it as CSV UTF-8; letters with accents would otherwise be lost."),
    ),
    "WRONG_HEADER": Sentence(
        R,
        _(
            "The header is none of the layouts known for this source. Nearest layout: %(dialect)s. "
            "Missing: %(missing)s. Unexpected: %(unexpected)s."
        ),
        _(
            "Deliver the columns of a known layout, or ask for the new layout to be added to catalogue/sources/%(source)s.yaml."
        ),
    ),
    "TWO_SHEETS": Sentence(
        R,
        _("Several sheets of the workbook have a known layout: %(sheets)s. Nothing says which one is delivered."),
        _("Deliver one sheet in each file."),
    ),
    "SDMX_DELETES": Sentence(
        R,
        _("%(count)s rows of this SDMX-CSV file ask to delete or to replace: a delivery only adds knowledge."),
        _("Deliver the whole table with the action I (information)."),
    ),
    "MALFORMED_ROW": Sentence(
        R,
        _("%(count)s rows do not have the %(expected)s cells of the header."),
        _("Look for a separator or a line break inside a cell; put such cells between quotes."),
    ),
    "UNCLOSED_CELL": Sentence(
        R,
        _("A cell opens with a quote that is never closed: everything after it runs into one cell."),
        _("Close the quote, or double it where it belongs to the text."),
    ),
    "NOT_A_COUNT": Sentence(
        R,
        _("%(count)s rows have a value that is not a whole number of zero or more, such as “%(example)s”."),
        _("This source counts: put a whole number there, or leave the cell empty where the value is not known."),
    ),
    "NOT_A_NUMBER": Sentence(
        R,
        _("%(count)s rows have a value that is not a number, such as “%(example)s”."),
        _("Put a number there, or leave the cell empty where the value is not known."),
    ),
    "FORMULA": Sentence(
        R,
        _(
            "%(count)s cells begin like a spreadsheet formula, such as “%(example)s”: opened in a spreadsheet they could run."
        ),
        _("Export the values, not the formulas."),
    ),
    "EXACT_DUPLICATE": Sentence(
        R,
        _("%(count)s rows repeat another row to the letter: a total would count them twice."),
        _("Remove the repeated rows and deliver the file again."),
    ),
    "UNEXPLAINED_TOTAL": Sentence(
        R,
        _(
            "The total “%(code)s” of %(dimension)s is %(total)s where its parts add up to %(sum)s (%(key)s); %(count)s totals differ."
        ),
        _("Correct the total or the parts; if rows are missing on purpose, say so in the source’s file."),
    ),
    "COLLISION": Sentence(
        Q,
        _("%(count)s rows stand on %(keys)s keys that nothing in the file tells apart: a level of detail was lost."),
        _("These rows are set aside and counted, the others are accepted. Add the column that tells them apart."),
    ),
    "KNOWN_REPEAT": Sentence(
        Q,
        _("%(count)s rows repeat another row to the letter, a known defect of this publication."),
        _("These rows are set aside and counted; nothing to do."),
    ),
    "UNKNOWN_CODE": Sentence(
        W,
        _("%(count)s rows carry codes of %(column)s that the catalogue does not know: %(codes)s."),
        _("They are kept and listed, and enter no figure until the code is added to the nomenclature or corrected."),
    ),
    "OUTSIDE_SCOPE": Sentence(
        W,
        _("%(count)s rows are outside the scope of this source: %(codes)s."),
        _("They are kept and counted, and enter no figure."),
    ),
    "BLANK_VALUE": Sentence(
        W,
        _("%(count)s rows have no value: they read as “not known”, never as zero."),
        _("If the value is zero, write 0."),
    ),
    "ACCEPTED_AS": Sentence(N, _("Read as layout %(dialect)s: %(details)s."), _("Nothing to do.")),
}
