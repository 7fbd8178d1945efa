"""Figures computed from other published figures, by named rules; they carry the passports of their operands (trap 29).

Only protected figures come in, so nothing hidden can be computed here.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction

from egide.core.missing import Missing
from egide.core.period import Period
from egide.foundation.catalogue import DerivedFigure, Letter, Refused, get_indicator, get_nomenclature, get_unit
from egide.methods.comparability import Derived, Described, NotComparable, days_between, part_of, ratio
from egide.methods.sdmx import STATUS_OF_ABSENCE

from .figures import NORMAL, PrintedFigure
from .printing import LANGUAGES, print_absence, print_value

RULES: Mapping[str, tuple[Callable[..., Derived], str]] = {"days-per-event": (days_between, "days-per-event")}
REFUSABLE: Mapping[str, Callable[[Described, Described], Derived]] = {"ratio": ratio, "share-of": part_of}


def derive(letter: Letter, figures: Mapping[str, PrintedFigure]) -> list[PrintedFigure]:
    """The derived figures of a letter. One whose operand has no value takes that operand's absence."""
    return [_derived(entry, letter, [figures[id] for id in entry.of]) for entry in letter.derived.values()]


def _derived(entry: DerivedFigure, letter: Letter, operands: list[PrintedFigure]) -> PrintedFigure:
    rule, unit = RULES[entry.rule]
    absence = next((Missing[o.passport["absence"]] for o in operands if o.passport["absence"]), None)
    words = get_nomenclature("ratios").codes[unit].label
    value: Fraction | None = None
    if absence is None:
        value = rule(*[describe(letter, operand) for operand in operands]).value
    first = operands[0].passport
    passport = {
        **first,
        "code": entry.id,
        "value": round(float(value), 2) if value is not None else None,
        "absence": absence.name if absence else None,
        "unit": {"code": unit, "fr": words.fr, "en": words.en},
        "definition_version": f"{entry.rule} ({', '.join(o.passport['definition_version'] for o in operands)})",
        "status": STATUS_OF_ABSENCE[absence][0] if absence else NORMAL,
        "lineage": [step for operand in operands for step in operand.passport["lineage"]],
    }
    printed = {
        lang: print_value(value, kind="derived", unit=unit, qualifier="", language=lang)
        if value is not None
        else print_absence(absence or Missing.UNKNOWN, None, lang)
        for lang in LANGUAGES
    }  # fmt: skip
    label = {"fr": entry.label.fr, "en": entry.label.en}
    return PrintedFigure(entry.id, label, printed, {"fr": entry.definition.fr, "en": entry.definition.en}, passport)


def describe(letter: Letter, figure: PrintedFigure) -> Described:
    """A printed figure as one that can be compared, or refused, with another."""
    indicator = get_indicator(letter.figures[figure.code].indicator)
    passport = figure.passport
    share = passport["unit"]["code"] == "percent"
    value = Missing[passport["absence"]] if passport["absence"] else Fraction(passport["value"])
    return Described(
        value=value / 100 if share and isinstance(value, Fraction) else value,
        unit=get_unit(indicator.unit or passport["unit"]["code"]) if share else get_unit(passport["unit"]["code"]),
        population=indicator.population.code,
        facts=Period.parse(passport["facts_period"]),
        cohort=indicator.cohort or "",
        source=passport["source"]["producer"]["en"],
        scope=passport["geography"]["code"],
        nature="survey" if (indicator.cohort or "").startswith("survey") else "record",
        kind="share" if share else "count",
        definition=indicator.version,
        figure=figure.code,
    )


def reason_refused(letter: Letter, refused: Refused, figures: Mapping[str, PrintedFigure]) -> str | None:
    """Why a tempting computation means nothing, in a sentence; None when nothing forbids it (AT-72)."""
    try:
        REFUSABLE[refused.rule](*[describe(letter, figures[id]) for id in refused.of])
    except NotComparable as error:
        return str(error)
    return None
