"""What speaks for a proposed reason, in sentences; and what each reason means."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from egide.foundation.catalogue import Source, Text, get_nomenclature
from egide.methods.revisions import Evidence, Reason

from .asked import counted_column

LISTED = 6


def reason_words(reason: str) -> str:
    """What a reason means, in one sentence."""
    return {
        Reason.NEW: _("The earlier vintage did not have this cell."),
        Reason.LATE_DATA: _("Records of the last period came in after the earlier vintage."),
        Reason.CORRECTION: _("The producer put some values right."),
        Reason.REQUALIFICATION: _("Acts went from one class to another."),
        Reason.RELOCATED: _("The same acts were counted in another place; the sum is unchanged."),
        Reason.REDEFINITION: _("The same label now counts something else: the two vintages do not compare."),
    }[Reason(reason)]


def tell(evidence: Evidence, source: Source) -> str:
    """One piece of evidence as a sentence, in the reader's language."""
    return _SENTENCES[evidence.code](evidence.facts, source)


def plain(value: Any) -> Any:
    """A fact as JSON keeps it."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else round(float(value), 6)
    return [plain(each) for each in value] if isinstance(value, list | tuple) else value


def _whole(value: Any) -> str:
    return str(number_format(value, use_l10n=True, force_grouping=True))


def _signed(value: Any) -> str:
    return ("+" if value > 0 else "−" if value < 0 else "") + _whole(abs(value))


def _percent(share: Any) -> str:
    shown = str(number_format(abs(share) * 100, decimal_pos=1 if abs(share) >= Decimal("0.001") else 2, use_l10n=True))
    return ("+" if share > 0 else "−" if share < 0 else "") + shown + ("\u00a0%" if get_language() == "fr" else "%")


def _listed(periods: Any) -> str:
    shown = ", ".join(periods[:LISTED])
    return shown + ("…" if len(periods) > LISTED else "")


def _amount(facts: Mapping[str, Any], _source: Source) -> str:
    told = _("%(before)s became %(after)s: %(change)s.") % {
        "before": _whole(facts["before"]), "after": _whole(facts["after"]), "change": _signed(facts["change"]),
    }  # fmt: skip
    if not facts["change"]:
        return _("The figure is the same in both vintages: %(after)s.") % {"after": _whole(facts["after"])}
    return told if facts["share"] is None else told.removesuffix(".") + f" ({_percent(facts['share'])})."


def _spread(facts: Mapping[str, Any], _source: Source) -> str:
    return _("%(moved)s of its %(cells)s parts changed: %(up)s up, %(down)s down.") % facts


def _whole_series(facts: Mapping[str, Any], _source: Source) -> str:
    return _(
        "All %(periods)s periods, from %(first)s to %(last)s, change the same way, by %(least)s to %(most)s; "
        "%(share)s of the %(cells)s cells of the series changed."
    ) % {
        **facts, "least": _percent(facts["least"]), "most": _percent(facts["most"]),
        "share": _percent(facts["share"]).removeprefix("+"), "cells": _whole(facts["cells"]),
    }  # fmt: skip


def _sum_kept(facts: Mapping[str, Any], _source: Source) -> str:
    if not facts["net"]:
        return _("What some parts lose, others gain: %(out)s in all. The sum is the same.") % {
            "out": _whole(facts["out"])
        }
    return _("What some parts lose (%(out)s), others gain (%(into)s): only %(net)s is left over.") % {
        name: _whole(abs(facts[name])) for name in ("out", "into", "net")
    }


def _taken_up(facts: Mapping[str, Any], source: Source) -> str:
    return _("The class “%(label)s” moves the opposite way, place by place (%(change)s); %(left)s is left over.") % {
        "label": _class_label(source, str(facts["code"])), "change": _signed(facts["change"]),
        "left": _percent(facts["left"]).removeprefix("+"),
    }  # fmt: skip


def _last_period(facts: Mapping[str, Any], _source: Source) -> str:
    told = _("%(period)s is the last period that the earlier vintage knew; it grows (%(share)s)") % {
        "period": facts["period"], "share": _percent(facts["share"]),
    }  # fmt: skip
    if facts["before"] is None:
        return told + "."
    more = _(", more than any period before it (%(before)s at most).") % {
        "before": _percent(facts["before"]).lstrip("+−")
    }
    return told + more


def _other_periods(facts: Mapping[str, Any], _source: Source) -> str:
    named = (("up", _("rise")), ("down", _("fall")), ("same", _("do not change")))
    told = [f"{_listed(facts[way])} {words}" for way, words in named if facts[way]]
    return _("Of the other periods: %(told)s.") % {
        "told": " ; ".join(told) if get_language() == "fr" else "; ".join(told)
    }


def _class_gone(facts: Mapping[str, Any], source: Source) -> str:
    fresh = ", ".join(_("“%(name)s”") % {"name": _class_label(source, str(code))} for code in facts["fresh"])
    told = _("The later vintage no longer has this class.")
    return told + " " + _("It has new ones: %(fresh)s.") % {"fresh": fresh} if fresh else told


def _class_label(source: Source, code: str) -> str:
    column = counted_column(source)
    codes = get_nomenclature(column.nomenclature).codes if column and column.nomenclature else {}
    label = codes[code].label if code in codes else Text(code, code)
    return label.get(get_language() or "fr")


_SENTENCES: Mapping[str, Callable[[Mapping[str, Any], Source], str]] = {
    "AMOUNT": _amount,
    "SPREAD": _spread,
    "WHOLE_SERIES": _whole_series,
    "SUM_KEPT": _sum_kept,
    "TAKEN_UP": _taken_up,
    "LAST_PERIOD": _last_period,
    "OTHER_PERIODS": _other_periods,
    "CLASS_GONE": _class_gone,
    "SAME_LABEL": lambda facts, _s: _("The label is the same in both files: “%(after)s”.") % facts,
    "OTHER_LABEL": lambda facts, _s: _("The label changed from “%(before)s” to “%(after)s”.") % facts,
    "NEW_PERIOD": lambda facts, _s: _("The earlier vintage stopped before %(period)s.") % facts,
    "NEW_SERIES": lambda _f, _s: _("The earlier vintage did not have this series."),
    "GONE": lambda facts, _s: _("The later vintage no longer has %(period)s.") % facts,
    "SAME_DAY": lambda _f, _s: _("The later file bears the same day as the earlier one: it puts it right."),
    "ALONE": lambda facts, _s: _("No other period is in both vintages.") % facts,
    "DECLARED": lambda facts, _s: _("Written in the catalogue: %(cause)s") % {"cause": facts[(get_language() or "fr")[:2]]},
}  # fmt: skip
