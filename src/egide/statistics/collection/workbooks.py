"""The cells of an XLSX workbook as texts, read from its XML alone: no formula is run, no link followed, no style believed.

Lives here: the container. Not here: which layout the sheet has (`reading`). A date cell is read as the number that it is.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from django.utils.translation import gettext_noop

from .envelope import MAX_RATIO, Refused
from .findings import SHOWN, Finding

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINKED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
Row = tuple[int, list[str]]


class Number(str):
    """A numeric cell, written with a point: the reader gives it the decimal separator of the layout."""


def read_sheets(content: bytes, *, max_bytes: int) -> Iterator[tuple[str, list[Row]]]:
    """Each sheet that is not empty: its name and its rows, with their numbers. Raises Refused: damage, size, a formula."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_size(archive, len(content), max_bytes)
            if "xl/workbook.xml" not in archive.namelist():
                raise Refused(Finding("NOT_CSV", facts={"kind": gettext_noop("a zip archive")}))
            shared = _shared_strings(archive)
            for name, part in _sheets(archive):
                rows = list(_rows(archive, part, shared))
                if rows:
                    yield name, rows
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError, IndexError, ValueError, EOFError) as error:
        raise Refused(Finding("DAMAGED")) from error


def _check_size(archive: zipfile.ZipFile, packed: int, max_bytes: int) -> None:
    unpacked = sum(entry.file_size for entry in archive.infolist())
    if unpacked > max_bytes:
        raise Refused(Finding("TOO_LARGE", facts={"limit": max_bytes}))
    if unpacked > MAX_RATIO * packed:
        raise Refused(Finding("COMPRESSION", facts={"limit": MAX_RATIO}))


def _parse(archive: zipfile.ZipFile, part: str) -> ElementTree.Element:
    text = archive.read(part)
    if b"<!DOCTYPE" in text[:2000] or b"<!ENTITY" in text[:2000]:
        raise ValueError(f"{part} declares a document type, which no workbook needs.")
    return ElementTree.fromstring(text)  # noqa: S314  no document type, hence no entity


def _shared_strings(archive: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    return [_text(item) for item in _parse(archive, "xl/sharedStrings.xml").iter(f"{MAIN}si")]


def _text(item: ElementTree.Element) -> str:
    """The text of an item, without the phonetic readings that may stand beside it."""
    runs = [item, *item.findall(f"{MAIN}r")]
    return "".join(part.text or "" for run in runs for part in run.findall(f"{MAIN}t"))


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    links = {each.get("Id"): each.get("Target", "") for each in _parse(archive, "xl/_rels/workbook.xml.rels")}
    for sheet in _parse(archive, "xl/workbook.xml").iter(f"{MAIN}sheet"):
        target = links[sheet.get(LINKED)].lstrip("/")
        yield sheet.get("name", ""), target if target.startswith("xl/") else f"xl/{target}"


def _rows(archive: zipfile.ZipFile, part: str, shared: list[str]) -> Iterator[Row]:
    formulas: list[tuple[int, str]] = []
    found: list[Row] = []
    for number, row in enumerate(_parse(archive, part).iter(f"{MAIN}row"), start=1):
        line = int(row.get("r", number))
        cells: dict[int, str] = {}
        for place, cell in enumerate(row.findall(f"{MAIN}c")):
            if (formula := cell.find(f"{MAIN}f")) is not None:
                formulas.append((line, f"={formula.text or ''}"))
            cells[_column(cell.get("r", ""), place)] = _cell(cell, shared)
        width = max((place for place, text in cells.items() if text), default=-1) + 1
        if width:
            found.append((line, [cells.get(place, "") for place in range(width)]))
    if formulas:
        lines = tuple(line for line, _formula in formulas[:SHOWN])
        raise Refused(Finding("FORMULA", lines, len(formulas), {"example": formulas[0][1][:40]}))
    yield from found


def _column(reference: str, place: int) -> int:
    letters = re.match(r"[A-Z]{1,3}", reference)
    if not letters:
        return place
    number = 0
    for letter in letters[0]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _cell(cell: ElementTree.Element, shared: list[str]) -> str:
    kind, value = cell.get("t", "n"), cell.findtext(f"{MAIN}v") or ""
    if kind == "s":
        return shared[int(value)] if value else ""
    if kind == "inlineStr":
        inline = cell.find(f"{MAIN}is")
        return _text(inline) if inline is not None else ""
    if kind == "b":
        return {"1": "true", "0": "false"}.get(value, value)
    if kind != "n":
        return value
    return Number(_as_typed(value)) if value else ""


def _as_typed(value: str) -> str:
    """A stored number as it was typed: 84461.0 is 84461, 1.1000000000000001 is 1.1."""
    number = float(value)
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(round(number, 12))


def padded(row: list[str], header: list[str]) -> list[str]:
    """A row as wide as its header: a spreadsheet leaves out the empty cells at the end."""
    return [*row, *([""] * (len(header) - len(row)))]
