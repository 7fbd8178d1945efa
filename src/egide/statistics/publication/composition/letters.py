"""Compose a letter: the words of the catalogue and the printed figures become frozen blocks, in each language.

Nothing is written here but the joints; every number comes from a figure, every sentence from the catalogue.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from egide.foundation.catalogue import Indicator, Letter, LetterTable, Section, Text, get_indicator
from egide.statistics.disclosure.protected import ProtectedTable
from egide.statistics.tabulation.cells import TOTAL

from .derivation import reason_refused
from .figures import PrintedFigure, code_label, list_of

Block = dict[str, Any]
_PLACE = re.compile(r"\{([A-Za-z][\w-]*)\}")


class Composer:
    """Composes one letter in one language."""

    def __init__(
        self, letter: Letter, figures: Mapping[str, PrintedFigure], protected: ProtectedTable, language: str
    ) -> None:
        self.letter, self.figures, self.protected, self.language = letter, figures, protected, language

    def compose(self, erratum: Sequence[str]) -> dict[str, Any]:
        """The letter as plain data: its head and its blocks in reading order."""
        with translation.override(self.language):
            return {
                "title": self._say(self.letter.title),
                "subtitle": self._say(self.letter.subtitle) if self.letter.subtitle else "",
                "edition": self.letter.edition,
                "number": self.letter.number,
                "dated": self.letter.dated.isoformat(),
                "language": self.language,
                "fictional": self.letter.fictional,
                "notice": _("Fictional data, for demonstration.") if self.letter.fictional else None,
                "blocks": list(self._blocks(erratum)),
            }

    def _blocks(self, erratum: Sequence[str]) -> Iterator[Block]:
        if erratum:
            yield {"kind": "erratum", "items": list(erratum)}
        yield self._key_figures()
        for paragraph in self.letter.introduction:
            yield self._paragraph(paragraph)
        for section in self.letter.sections:
            yield from self._section(section)
        if self.letter.conflicts:
            yield {"kind": "heading", "level": 2, "id": "conflicts", "text": _("Where publications disagree")}
            yield from (self._conflict(entry) for entry in self.letter.conflicts)
        yield from self._refused()
        yield {"kind": "heading", "level": 2, "id": "method", "text": _("Method")}
        yield {"kind": "notes", "items": [self._say(text) for text in self.letter.method]}

    def _key_figures(self) -> Block:
        headlines = [self.figures[id] for id, figure in self.letter.figures.items() if figure.headline]
        return {
            "kind": "keyfigures",
            "figures": [
                {
                    "figure": figure.code,
                    "text": figure.printed[self.language],
                    "label": figure.label[self.language],
                    "source": (figure.passport["source"] or {}).get("producer", {}).get(self.language, ""),
                    "period": figure.passport["facts_period"],
                }
                for figure in headlines
            ],
        }

    def _section(self, section: Section) -> Iterator[Block]:
        yield {"kind": "heading", "level": 2, "id": section.id, "text": self._say(section.title)}
        for paragraph in section.paragraphs:
            yield self._paragraph(paragraph)
        if section.not_published:
            yield {"kind": "list", "items": [{"spans": self._absence(id)} for id in section.not_published]}
        for table in section.tables:
            yield self._table(table)

    def _paragraph(self, text: Text) -> Block:
        return {"kind": "paragraph", "spans": self._spans(text)}

    def _spans(self, text: Text) -> list[dict[str, str]]:
        """The sentence cut at its placeholders, each replaced by its printed figure."""
        spans: list[dict[str, str]] = []
        for index, part in enumerate(_PLACE.split(self._say(text))):
            if index % 2:
                spans.append({"figure": part, "text": self._printed(part, sentence_start=not _said(spans))})
            elif part:
                spans.append({"text": part})
        return spans

    def _printed(self, code: str, *, sentence_start: bool) -> str:
        printed = self.figures[code].printed[self.language]
        return printed[:1].upper() + printed[1:] if sentence_start else printed

    def _absence(self, code: str) -> list[dict[str, str]]:
        figure = self.figures[code]
        joint = "\u00a0: " if self.language == "fr" else ": "
        return [{"text": figure.label[self.language] + joint}, {"figure": code, "text": figure.printed[self.language]}]

    def _conflict(self, entry: Any) -> Block:
        spans = self._spans(entry.words)
        cited = dict.fromkeys(
            source["published_in"]
            for code in entry.figures
            if (source := self.figures[code].passport["source"]) and "published_in" in source
        )
        spans.append({"text": " " + _("Sources: %(sources)s.") % {"sources": " ; ".join(cited)}})
        title = _("Two publications, two answers") if entry.decision is None else _("Settled by the producers")
        return {"kind": "alert", "title": title, "spans": spans}

    def _refused(self) -> Iterator[Block]:
        """What the letter does not compute, and why (AT-72). A refusal that no longer holds would be a lie, so it stops all."""
        if not self.letter.refused:
            return
        items = []
        for entry in self.letter.refused:
            if reason_refused(self.letter, entry, self.figures) is None:
                raise ValueError(
                    f"The letter refuses “{entry.id}” but nothing forbids it: remove it from its catalogue file."
                )
            items.append({"spans": self._spans(entry.claim)})
        yield {"kind": "heading", "level": 2, "id": "refused", "text": _("What this letter does not compute")}
        yield {
            "kind": "paragraph",
            "spans": [{"text": _("Populations, years or ways of counting differ: the result would mean nothing.")}],
        }
        yield {"kind": "list", "items": items}

    def _table(self, entry: LetterTable) -> Block:
        cells = self.protected.tables[entry.id]
        indicator = get_indicator(cells.indicator)
        rows, columns = (
            _axis(indicator, name, {cell.codes[axis] for cell in cells.cells}) for axis, name in enumerate(cells.by)
        )
        present = {cell.codes for cell in cells.cells}
        hidden = any(cell.suppression for cell in cells.cells)
        figure = next(iter(self.figures[".".join((entry.id, *codes))] for codes in present))
        return {
            "kind": "table",
            "id": entry.id,
            "caption": self._say(entry.caption),
            "unit": figure.passport["unit"][self.language],
            "source": figure.passport["source"][self.language],
            "columns": [
                self._axis_name(indicator, entry.rows),
                *(self._head(indicator, entry.columns, c) for c in columns),
            ],
            "rows": [
                {
                    "head": self._head(indicator, entry.rows, row),
                    "cells": [self._cell(entry.id, row, column, present) for column in columns],
                }
                for row in rows
            ],
            "notes": [_("“s”: hidden by disclosure control; a hidden number is not a zero.")] if hidden else [],
        }

    def _axis_name(self, indicator: Indicator, dimension: str) -> str:
        return _("Commune") if dimension == "territory" else list_of(indicator, dimension).label.get(self.language)

    def _head(self, indicator: Indicator, dimension: str, code: str) -> str:
        return code_label(indicator, dimension, code).get(self.language)

    def _cell(self, table: str, row: str, column: str, present: set[tuple[str, ...]]) -> dict[str, str]:
        if (row, column) not in present:
            return {"text": "–", "status": "missing"}
        figure = self.figures[".".join((table, row, column))]
        if figure.suppression:
            return {"figure": figure.code, "text": "s", "status": "suppressed"}
        status = "missing" if figure.passport["absence"] else "value"
        return {"figure": figure.code, "text": figure.printed[self.language], "status": status}

    def _say(self, text: Text) -> str:
        return " ".join(text.get(self.language).split())


def _said(spans: list[dict[str, str]]) -> bool:
    """Whether a sentence is under way: something was said and it did not end in a full stop."""
    return bool(spans) and not spans[-1]["text"].rstrip().endswith(".")


def _axis(indicator: Indicator, dimension: str, codes: set[str]) -> list[str]:
    """The codes of an axis, in the order of their nomenclature, the total last."""
    order = sorted(codes) if dimension == "territory" else list(list_of(indicator, dimension).codes)
    return [*(code for code in order if code in codes and code != TOTAL), TOTAL]


def sentence_of(letter: Mapping[str, Any], code: str) -> str:
    """The sentence of a composed letter that prints a figure, or an empty text."""
    for block in letter["blocks"]:
        groups = [block.get("spans", []), *(item["spans"] for item in block.get("items", []) if isinstance(item, dict))]
        for spans in groups:
            if any(span.get("figure") == code for span in spans):
                whole = "".join(span["text"] for span in spans)
                return _sentence_around(spans, code, whole)
    return ""


def _sentence_around(spans: Sequence[Mapping[str, str]], code: str, whole: str) -> str:
    before = "".join(span["text"] for span in spans[: [span.get("figure") for span in spans].index(code)])
    start = max(before.rfind(". ") + 2, 0) if ". " in before else 0
    end = whole.find(". ", len(before))
    return whole[start : end + 1 if end >= 0 else len(whole)].strip()
