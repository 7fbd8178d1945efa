"""Reading an SDMX file as it stands, with the line of each observation, so that what is wrong in it can be told.

What lives here: SDMX-ML 2.1 and 3.0 (generic and specific data), SDMX-CSV, SDMX-JSON 2.0 and the structure they refer to.
Not here: judging (`checking`). Nothing is corrected on the way, and no entity or address of a file is ever followed.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

VALUE = "OBS_VALUE"
STATUSES = ("OBS_STATUS", "CONF_STATUS")
ATTRIBUTES = frozenset({*STATUSES, "UNIT_MULT", "DECIMALS", "OBS_COMMENT", "COMMENT_OBS", "TITLE", "PRE_BREAK_VALUE"})
_FRAME = ("STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION", "DATAFLOW")


class Unreadable(ValueError):
    """A file that is no SDMX message; `line` is where reading stopped."""

    def __init__(self, sentence: str, line: int = 1) -> None:
        super().__init__(sentence)
        self.line = line


@dataclass(frozen=True)
class Received:
    """One observation of a file: its line, its codes by dimension, the text of its figure (None: there is none)."""

    line: int
    key: Mapping[str, str]
    value: str | None
    attributes: Mapping[str, str]


@dataclass(frozen=True)
class Message:
    """A file as read: its format, its observations in order, and the tree of an XML or JSON file for its schema."""

    format: str
    observations: Sequence[Received]
    tree: Any = None


@dataclass(frozen=True)
class Structure:
    """What a structure allows: for each dimension and attribute its codes and their parents; empty: any text."""

    dimensions: Mapping[str, Mapping[str, str | None]] = field(default_factory=dict)
    attributes: Mapping[str, Mapping[str, str | None]] = field(default_factory=dict)


def read_message(content: bytes, structure: Structure | None = None) -> Message:
    """Read a data message, whatever its format. Raises Unreadable."""
    start = content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1]
    if start == b"<":
        return _read_xml(_parsed(content), structure or Structure())
    if start == b"{":
        return _read_json(content)
    return _read_csv(content, structure or Structure())


def read_structure(content: bytes) -> Structure:
    """Read the data structure of an SDMX-ML structure message, 2.1 or 3.0. Raises Unreadable."""
    tree = _parsed(content)
    lists: dict[str, dict[str, str | None]] = {}
    for listed in tree.iter("{*}Codelist"):
        lists[listed.get("id")] = {code.get("id"): _parent(code) for code in listed.iter("{*}Code")}
    parts: dict[str, dict[str, dict[str, str | None]]] = {"Dimension": {}, "TimeDimension": {}, "Attribute": {}}
    for kind, found in parts.items():
        for component in tree.iter(f"{{*}}{kind}"):
            if component.get("id"):
                found[component.get("id")] = lists.get(_enumeration(component), {})
    if not parts["Dimension"]:
        raise Unreadable("This file holds no data structure: give the structure message that goes with the data.")
    return Structure(parts["Dimension"] | parts["TimeDimension"], parts["Attribute"])


def _parsed(content: bytes) -> Any:
    try:
        return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise Unreadable(f"This is not well-formed XML: {error.msg}.", error.lineno or 1) from error


def _parent(code: Any) -> str | None:
    above = code.find("{*}Parent")
    if above is None:
        return None
    named = above.find("{*}Ref")
    return str(above.text if named is None else named.get("id"))


def _enumeration(component: Any) -> str:
    for found in component.iter("{*}Enumeration"):
        named = found.find("{*}Ref")
        if named is None:
            named = found.find("Ref")
        if named is not None:
            return str(named.get("id"))
        urn = re.search(r"=[^:]+:([^(]+)\(", found.text or "")
        return urn[1] if urn else ""
    return ""


def _read_xml(tree: Any, structure: Structure) -> Message:
    root = etree.QName(tree)
    version = {"v2_1": "2.1", "v3_0": "3.0", "v3_1": "3.1"}.get((root.namespace or "").split("/")[-2:][0], "")
    if root.localname not in ("GenericData", "StructureSpecificData") or not version:
        raise Unreadable(f"The first element is {root.localname}: give a data message of SDMX-ML 2.1 or 3.0.")
    generic = root.localname == "GenericData"
    read = _generic(tree) if generic else _specific(tree, structure)
    return Message(f"SDMX-ML {version} {'generic' if generic else 'specific'}", list(read), tree)


def _generic(tree: Any) -> Iterator[Received]:
    across = next((each.get("dimensionAtObservation") for each in tree.iter("{*}Structure")), None) or "TIME_PERIOD"
    for each in tree.iter("{*}Obs"):
        key: dict[str, str] = {}
        series = each.getparent().find("{*}SeriesKey")
        key |= _pairs(series) | _pairs(each.find("{*}ObsKey"))
        single = each.find("{*}ObsDimension")
        if single is not None:
            key[single.get("id") or across] = single.get("value")
        held = each.find("{*}ObsValue")
        value = None if held is None else held.get("value")
        yield Received(
            each.sourceline,
            key,
            value,
            _pairs(each.getparent().find("{*}Attributes")) | _pairs(each.find("{*}Attributes")),
        )


def _pairs(element: Any) -> dict[str, str]:
    return {} if element is None else {each.get("id"): each.get("value") for each in element.iter("{*}Value")}


def _specific(tree: Any, structure: Structure) -> Iterator[Received]:
    for each in tree.iter("Obs", "{*}Obs"):
        above = each.getparent()
        named = dict(above.attrib) if etree.QName(above).localname == "Series" else {}
        yield _told(each.sourceline, named | dict(each.attrib), structure)


def _told(line: int, named: Mapping[str, str], structure: Structure) -> Received:
    """Part what is named on one observation into key, figure and attributes."""
    aside = set(structure.attributes) | (ATTRIBUTES - set(structure.dimensions))
    known = {name: text for name, text in named.items() if name.isidentifier() and name not in _FRAME}
    key = {name: text for name, text in known.items() if name not in aside and name != VALUE}
    return Received(line, key, known.get(VALUE) or None, {n: t for n, t in known.items() if n in aside and t})


def _read_csv(content: bytes, structure: Structure) -> Message:
    try:
        lines = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        header = next(lines, [])
    except UnicodeDecodeError as error:
        raise Unreadable("This is neither XML, nor JSON, nor text in UTF-8.") from error
    names = [name.split(":")[0].strip() for name in header]
    version = "2.0" if names[:1] == ["STRUCTURE"] else "1.0" if names[:1] == ["DATAFLOW"] else ""
    if not version or VALUE not in names:
        raise Unreadable("The first line is no header of SDMX-CSV: it begins with STRUCTURE (2.0) or DATAFLOW (1.0).")
    found = []
    for fields in lines:
        if len(fields) != len(names):
            raise Unreadable(f"This line has {len(fields)} fields and the header {len(names)}.", lines.line_num)
        found.append(_told(lines.line_num, dict(zip(names, fields, strict=True)), structure))
    return Message(f"SDMX-CSV {version}", found)


class _Object(dict[str, Any]):
    """A JSON object that still knows a name given twice."""

    def __init__(self, pairs: Iterable[tuple[str, Any]]) -> None:
        self.pairs = list(pairs)
        super().__init__(self.pairs)


def _read_json(content: bytes) -> Message:
    text = content.decode("utf-8-sig", errors="replace")
    try:
        tree = json.loads(text, object_pairs_hook=_Object)
    except json.JSONDecodeError as error:
        raise Unreadable(f"This is not JSON: {error.msg}.", error.lineno) from error
    try:
        found = list(_json_observations(tree["data"], text))
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise Unreadable(
            f"This JSON is no flat data message of SDMX-JSON 2.0: {error!r} is not where it should be."
        ) from error
    return Message("SDMX-JSON 2.0", found, tree)


def _json_observations(data: Any, text: str) -> Iterator[Received]:
    read_to = 0
    for part in data["dataSets"]:
        structure = data["structures"][part.get("structure", 0)]
        dimensions = structure["dimensions"]["observation"]
        attributes = structure.get("attributes", {}).get("observation", [])
        for name, held in part["observations"].pairs:
            read_to = text.find(f'"{name}"', read_to) + 1
            places = [int(place) for place in name.split(":")]
            key = {d["id"]: _value(d["values"][place]) for d, place in zip(dimensions, places, strict=True)}
            named = {
                a["id"]: _value(a["values"][place]) for a, place in zip(attributes, held[1:], strict=False) if place is not None
            }  # fmt: skip
            yield Received(text.count("\n", 0, read_to) + 1, key, None if held[0] is None else str(held[0]), named)


def _value(listed: Mapping[str, Any]) -> str:
    return str(listed.get("id", listed.get("value")))
