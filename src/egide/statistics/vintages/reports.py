"""The matrix and the account of a year as plain data: what a command prints and a page takes away."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from egide.foundation.catalogue import get_nomenclature, get_unit

from .models import Reason
from .queries import Known, Matrix, Revision, Transition, Vintage
from .words import plain, reason_words, tell


def matrix_report(matrix: Matrix, year: str) -> dict[str, Any]:
    """One year of a matrix: a value for each vintage, a reason for each change."""
    language = (get_language() or "fr")[:2]
    known = matrix.known.get(year, ())
    return {
        "source": matrix.asked.source.code,
        "indicator": matrix.asked.code,
        "label": matrix.asked.label.get(language),
        "territory": matrix.territory,
        "year": year,
        "unit": unit_label(matrix.unit) if matrix.unit else "",
        "withheld": matrix.withheld,
        "vintages": [_vintage(v, each) for v, each in zip(matrix.vintages, known, strict=True)] if known else [],
        "revisions": [_revision(each, matrix) for each in reversed(matrix.revisions) if each.period == year],
    }


def transitions_report(transitions: Sequence[Transition], source: str, year: str) -> dict[str, Any]:
    """The account of a year, between each two vintages."""
    return {
        "source": source,
        "year": year,
        "transitions": [
            {
                "from": each.before.vintage.isoformat(), "to": each.after.vintage.isoformat(), "cells": each.cells,
                "moved": each.moved, "reasons": dict(each.reasons),
            }
            for each in transitions
        ],
    }  # fmt: skip


def list_reasons() -> list[tuple[str, str]]:
    """The reasons that can be signed, with their words."""
    return [(value, str(label)) for value, label in Reason.choices]


def unit_label(unit: str) -> str:
    """A counting unit, or a ratio, in words."""
    language = (get_language() or "fr")[:2]
    ratios = get_nomenclature("ratios").codes
    if unit in ratios:
        return ratios[unit].label.get(language)
    if ":" in unit:
        return _("a unit that nobody has established")
    known = get_unit(unit)
    return known.label_fr if language == "fr" else known.label_en


def _vintage(vintage: Vintage, known: Known) -> dict[str, Any]:
    return {
        "vintage": vintage.vintage.isoformat(),
        "value": plain(known.value),
        "absence": known.absence.name if known.absence else None,
        "words": known.words,
        "delivery": str(vintage.delivery),
        "file": vintage.filename,
        "sha256": vintage.sha256,
        "received_at": vintage.received_at.isoformat(),
        "superseded": vintage.superseded,
        "superseded_words": _("superseded by a later file of the same day") if vintage.superseded else "",
    }


def _revision(each: Revision, matrix: Matrix) -> dict[str, Any]:
    signed = each.signed[0] if each.signed else None
    reason = signed.reason if signed else str(each.proposal.reason)
    return {
        "from": each.before.vintage.isoformat(),
        "to": each.after.vintage.isoformat(),
        "before": plain(each.value_before),
        "after": plain(each.value_after),
        "proposed": str(each.proposal.reason),
        "reason": reason,
        "reason_label": str(Reason(reason).label),
        "meaning": reason_words(reason),
        "signed": signed
        and {
            "reason": signed.reason,
            "words": signed.words,
            "by": signed.signed_by,
            "at": signed.signed_at.isoformat(),
        },
        "state_words": _("signed by %(who)s") % {"who": signed.signed_by}
        if signed
        else _("proposed, to be signed by a person"),
        "evidence": [
            {
                "code": item.code,
                "words": tell(item, matrix.asked.source),
                **{k: plain(v) for k, v in item.facts.items()},
            }
            for item in each.proposal.evidence
        ],
    }
