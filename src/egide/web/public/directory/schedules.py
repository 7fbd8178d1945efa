"""Opening hours in words, in the language of the page. Not here: what they mean, nor the notation."""

from datetime import date

from babel.dates import format_date, get_day_names
from django.utils.translation import gettext as _

from egide.field.directory.hours import DAY, HOLIDAY, Dates, Hours, Rule
from egide.web.components.words import NO_BREAK, day, language


def hours_in_words(hours: Hours, note: str = "") -> str:
    """One line for each rule; that nobody knows them, when nobody does."""
    if hours.always:
        return _("day and night, every day")
    lines = [rule_in_words(rule) for rule in hours.rules]
    if hours.rules:
        lines.append(_("closed on public holidays") if hours.closed_on_holidays else _("public holidays as other days"))
    if note:
        lines.append(_("as written by the service: %(words)s") % {"words": note})
    return "\n".join(lines) or _("not known: call first")


def rule_in_words(rule: Rule) -> str:
    """The days, then the hours."""
    spans = _(" and ").join(_span(start, end) for start, end in rule.spans) or _("shut")
    days = ", ".join(filter(None, (_dates(rule.dates), _days(rule))))
    return (days or _("every day")) + _(": ") + spans


def _span(start: int, end: int) -> str:
    return _("from %(start)s to %(end)s") % {"start": clock(start), "end": clock(end)}


def clock(minute: int) -> str:
    """A minute of the day: « 9 h », « 17 h 30 », "17:30"."""
    hour, rest = divmod(minute if minute <= DAY else minute - DAY, 60)
    if language() != "fr":
        return f"{hour:02}:{rest:02}"
    return f"{hour}{NO_BREAK}h{NO_BREAK}{rest:02}" if rest else f"{hour}{NO_BREAK}h"


def _days(rule: Rule) -> str:
    names = get_day_names("wide", locale=language())
    if rule.nth is not None and rule.weekdays:
        which = {
            1: _("the first"),
            2: _("the second"),
            3: _("the third"),
            4: _("the fourth"),
            5: _("the fifth"),
            -1: _("the last"),
        }
        return _("%(which)s %(day)s of the month") % {
            "which": which[rule.nth],
            "day": names[(rule.weekdays[0] - 1) % 7],
        }
    said = []
    for first, last in _runs([each for each in rule.weekdays if each != HOLIDAY]):
        if first == last:
            said.append(str(names[first - 1]))
        else:
            said.append(_("%(first)s to %(last)s") % {"first": names[first - 1], "last": names[last - 1]})
    return ", ".join([*said, _("public holidays")] if HOLIDAY in rule.weekdays else said)


def _runs(days: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for each in days:
        if runs and runs[-1][1] == each - 1:
            runs[-1] = (runs[-1][0], each)
        else:
            runs.append((each, each))
    return runs


def _dates(dates: Dates | None) -> str:
    if dates is None:
        return ""
    said = [_yearly(each) if dates.yearly else day(each) for each in (dates.first, dates.last)]
    if dates.first == dates.last:
        return _("on %(day)s") % {"day": said[0]}
    return _("from %(first)s to %(last)s") % {"first": said[0], "last": said[1]}


def _yearly(each: date) -> str:
    said = str(format_date(each, "d MMMM", locale="en_GB" if language() == "en" else language()))
    return (f"1er{said[1:]}" if said.startswith("1 ") and language() == "fr" else said).replace(" ", NO_BREAK)
