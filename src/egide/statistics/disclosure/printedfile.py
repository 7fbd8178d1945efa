"""What a published file says of the cells of a table: CSV, SDMX-CSV, SDMX-ML. A reader's eye: nothing else is known.

Here lives the reading of files that have left, ours or a former edition's. What follows from them is in `releases`.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from egide.methods.disclosure import Key, Value

from .tablefile import TOTALS, UnreadableTable

HIDDEN_WORDS = frozenset({"suppressed", "c", "s", "n", "d", "p", "a", "confidential", "secret"})
VALUE_NAMES = ("obs_value", "value", "valeur")
STATUS_NAMES = ("conf_status", "status", "statut", "obs_status")


@dataclass(frozen=True)
class Printed:
    """The cells of one file: figures, and those it says it hides. Empty cells without that word are only missing."""

    name: str
    figures: Mapping[Key, Value]
    hidden: frozenset[Key]


def read_printed(path: Path, trees: Mapping[str, Mapping[str, str | None]]) -> Printed | None:
    """The cells of a file, in the order of the dimensions of `trees`; a dimension it does not have is at its total.

    None when the file is no table of these dimensions. Raises UnreadableTable when it cannot be read at all.
    """
    rows = _sdmx(path) if path.suffix == ".xml" else _csv(path)
    figures: dict[Key, Value] = {}
    hidden: set[Key] = set()
    for row in rows:
        key = _key(row, trees)
        if key is None:
            return None
        value = next((row[name] for name in VALUE_NAMES if row.get(name)), "")
        if value:
            figures[key] = _number(value, path)
        elif any(row.get(name, "").lower() in HIDDEN_WORDS for name in STATUS_NAMES):
            hidden.add(key)
    return Printed(path.name, figures, frozenset(hidden)) if figures or hidden else None


def _key(row: Mapping[str, str], trees: Mapping[str, Mapping[str, str | None]]) -> Key | None:
    named = [dimension for dimension in trees if dimension.lower() in row]
    if not named:
        return None
    codes = []
    for dimension, parent in trees.items():
        code = row.get(dimension.lower())
        if code is not None and code not in parent:
            code = _total(parent) if code.lower() in TOTALS else code
        codes.append(_total(parent) if code is None else code)
    return tuple(codes)


def _total(parent: Mapping[str, str | None]) -> str:
    tops = [code for code, above in parent.items() if above is None]
    return tops[0]


def _number(text: str, path: Path) -> Value:
    plain = text.replace("\u202f", "").replace("\xa0", "").replace(" ", "").replace(",", ".")
    try:
        found = float(plain)
    except ValueError:
        raise UnreadableTable(f"{path.name} prints {text} for a figure. Print a number.") from None
    return int(found) if found == int(found) else found


def _csv(path: Path) -> Iterator[dict[str, str]]:
    text = path.read_text(encoding="utf-8-sig")
    first = text.partition("\n")[0]
    for row in csv.DictReader(text.splitlines(), delimiter=max(",;\t", key=first.count)):
        yield {str(name).partition(":")[0].lower(): (value or "").strip() for name, value in row.items() if name}


def _sdmx(path: Path) -> Iterator[dict[str, str]]:
    """The observations of SDMX-ML: keys and values as the attributes `id` and `value`, or as plain attributes."""
    try:
        root = etree.parse(str(path), etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
    except etree.XMLSyntaxError as error:
        raise UnreadableTable(f"{path.name} is not XML ({error}). Write it again.") from error
    for observation in root.iter("{*}Obs"):
        row: dict[str, str] = {}
        above = observation.getparent()
        if above is not None and etree.QName(above).localname == "Series":
            row |= _said(above, ("SeriesKey", "Attributes"))
        yield row | _said(observation, ("ObsKey", "ObsDimension", "ObsValue", "Attributes"))


def _said(element: etree._Element, inside: Sequence[str]) -> dict[str, str]:
    row = {str(etree.QName(name).localname).lower(): str(value) for name, value in element.attrib.items()}
    for child in element:
        kind = etree.QName(child).localname
        if kind == "ObsValue":
            row["obs_value"] = str(child.get("value") or "")
        elif kind in inside:
            for each in (child, *child.iter("{*}Value")):
                if each.get("id"):
                    row[str(each.get("id")).lower()] = str(each.get("value") or "")
    return row
