"""What pages hand to components: plain, frozen, already in the language of the page.

Lives here: the shapes. Not here: how they look (the theme), nor where their content comes from (the pages).
"""

from dataclasses import dataclass, field
from typing import Literal

Tone = Literal["plain", "good", "warn", "bad"]


@dataclass(frozen=True)
class Action:
    """A link that is something to do. `kind`: primary (one on a page), secondary or plain."""

    label: str
    url: str
    kind: str = "secondary"


@dataclass(frozen=True)
class Tag:
    """A state in one or two words; `tone` never says more than the words do."""

    label: str
    tone: Tone = "plain"


@dataclass(frozen=True)
class Fact:
    """A line of a definition list. `code` prints the words as a machine's text (a hash, a code)."""

    term: str
    words: str
    url: str = ""
    note: str = ""
    code: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell of a table; `status` is value, suppressed or missing."""

    text: str
    url: str = ""
    numeric: bool = False
    status: str = "value"
    tag: Tag | None = None
    code: bool = False


@dataclass(frozen=True)
class Row:
    """A row: its head, then one cell for each column after the first."""

    head: Cell
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """A table with its caption. `columns` are the labels, that of the row heads first; `numeric` are right-aligned."""

    id: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    numeric: tuple[int, ...] = ()
    note: str = ""
    heads: tuple[tuple[str, bool], ...] = field(init=False, default=())

    def __post_init__(self) -> None:
        """Pair each label with its alignment, for the theme."""
        object.__setattr__(self, "heads", tuple((label, i in self.numeric) for i, label in enumerate(self.columns)))


@dataclass(frozen=True)
class Step:
    """A step of a procedure. `state`: done, now (what to do next), later or blocked."""

    title: str
    state: Literal["done", "now", "later", "blocked"]
    words: str = ""
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True)
class Record:
    """An entry of a list: a title that leads somewhere, states, and a few facts. `language`: of its title and words, if not the page's."""

    title: str
    url: str
    words: str = ""
    tags: tuple[Tag, ...] = ()
    facts: tuple[Fact, ...] = ()
    language: str = ""


@dataclass(frozen=True)
class FileLink:
    """A file to take away: what it is, how it is called, how heavy it is."""

    label: str
    url: str
    words: str
    media_type: str
    language: str = ""


@dataclass(frozen=True)
class KeyFigure:
    """A figure in large numerals, which leads to its passport."""

    text: str
    label: str
    url: str
    note: str = ""
    qualifier: str = ""
    value: bool = True


@dataclass(frozen=True)
class Finding:
    """Something found in a file: what, where and how to mend it. `severity`: refuse, quarantine, warn or note."""

    severity: str
    tag: Tag
    what: str
    where: str = ""
    remedy: str = ""


@dataclass(frozen=True)
class Tap:
    """A button that does one thing at once; `described`: the id of what it acts on, read out after its words."""

    label: str
    name: str
    value: str
    kind: str = "secondary"
    described: str = ""


@dataclass(frozen=True)
class Square:
    """A domain of a board: its state as a code, which the theme draws by shape and pattern, and in words beside."""

    id: str
    title: str
    state: str
    said: str
    words: str = ""
    taps: tuple[Tap, ...] = ()
    actions: tuple[Action, ...] = ()
