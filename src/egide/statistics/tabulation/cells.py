"""What a tabulation yields: cells with their codes, a value or the reason there is none, and their origin."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from egide.core.missing import Missing
from egide.foundation.catalogue import Indicator, Text

TOTAL = "_T"  # SDMX's code for a total; in a key of cells it stands for the whole dimension


@dataclass(frozen=True)
class Origin:
    """The delivery that cells come from; `rows` are the first lines used, `row_count` how many in all."""

    delivery: str
    source: str
    sha256: str
    vintage: str
    filename: str
    received_at: str
    rows: tuple[int, ...]
    row_count: int


@dataclass(frozen=True)
class Cell:
    """One cell: a code for each dimension of its table (TOTAL for a margin), and a value or its absence, never both."""

    codes: tuple[str, ...]
    value: int | Decimal | None
    absence: Missing | None = None

    def __post_init__(self) -> None:
        if (self.value is None) == (self.absence is None):
            raise ValueError(f"Cell {self.codes} must have either a value or the reason there is none.")


@dataclass(frozen=True)
class CellTable:
    """The cells of one indicator for a period and a territory, broken down by `by`, margins included.

    `attributes` holds what the source says of the whole selection where it says one thing only (qualifier, facts_period,
    published_in); `words` explains an absence; `origin` is None where nothing was delivered.
    """

    indicator: Indicator
    period: str
    territory: str
    unit: str
    by: tuple[str, ...]
    cells: tuple[Cell, ...]
    origin: Origin | None
    attributes: Mapping[str, str] = field(default_factory=dict)
    words: Text | None = None

    def cell(self, *codes: str) -> Cell:
        """The cell of these codes. Raises KeyError."""
        for cell in self.cells:
            if cell.codes == codes:
                return cell
        raise KeyError(f"{self.indicator.code} has no cell {codes}.")
