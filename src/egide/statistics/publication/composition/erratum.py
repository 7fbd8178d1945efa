"""What a new revision changes in the figures already published, in words."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from babel.dates import format_date
from django.utils import translation
from django.utils.translation import gettext as _


def differences(before: Mapping[str, Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each figure whose value or absence differs, with both printed forms; figures are as renderings take them."""
    changed = []
    for figure in after:
        old = before.get(figure["code"])
        if old is None or _held(old) != _held(figure):
            changed.append(
                {
                    "code": figure["code"],
                    "label": figure["label"],
                    "before": old["printed"] if old else None,
                    "after": figure["printed"],
                    "vintage": [step["vintage"] for step in figure["passport"]["lineage"]],
                }
            )
    gone = before.keys() - {figure["code"] for figure in after}
    return changed + [
        {"code": code, "label": before[code]["label"], "before": before[code]["printed"], "after": None, "vintage": []}
        for code in sorted(gone)
    ]


def _held(figure: Mapping[str, Any]) -> tuple[Any, Any, Any]:
    return figure["passport"]["value"], figure["passport"]["absence"], figure["printed"]


def sentences(changes: Sequence[Mapping[str, Any]], language: str) -> list[str]:
    """The erratum in a language."""
    with translation.override(language):
        return [_sentence(change, language) for change in changes]


def _sentence(change: Mapping[str, Any], language: str) -> str:
    words = {"label": change["label"][language]}
    if change["before"] is None:
        return _("%(label)s: %(after)s, which was not in the letter before.") % {
            **words,
            "after": change["after"][language],
        }
    if change["after"] is None:
        return _("%(label)s: %(before)s, no longer given.") % {**words, "before": change["before"][language]}
    vintage = ", ".join(
        format_date(date.fromisoformat(day), "long", locale=language) for day in dict.fromkeys(change["vintage"])
    )
    return _("%(label)s: %(after)s instead of %(before)s (vintage %(vintage)s).") % {
        **words, "after": change["after"][language], "before": change["before"][language], "vintage": vintage,
    }  # fmt: skip
