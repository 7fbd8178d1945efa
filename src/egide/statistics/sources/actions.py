"""The only writes: record a meeting of the working group, and a change of definition that it was told."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from egide.core.period import Period
from egide.foundation.accounts.models import Account
from egide.foundation.audit.actions import record
from egide.foundation.catalogue import get_nomenclature, get_source
from egide.foundation.organisations.queries import list_roles

from .models import DefinitionChange, Meeting

RECORDERS = frozenset({"STATISTICIAN", "EDITOR"})


class NotRecorded(ValueError):
    """Nothing was written; the sentence says why."""


class NotAllowed(PermissionError):
    """The account does not hold a role that records."""


@transaction.atomic
def record_meeting(*, held_on: date, subject: str, producers: Sequence[str], by: str, now: datetime) -> Meeting:
    """Record a meeting that was held. Raises NotAllowed, NotRecorded: a day to come, a day already recorded, nobody there."""
    _check_may_record(by, now)
    if held_on > timezone.localdate(now):
        raise NotRecorded(_("A meeting is recorded once it was held, and this day is to come."))
    if Meeting.objects.filter(held_on=held_on).exists():
        raise NotRecorded(_("A meeting of this day is already recorded."))
    known = get_nomenclature("producers").codes
    if not producers or not subject.strip() or any(code not in known for code in producers):
        raise NotRecorded(_("Say what the meeting was about and which producers were there."))
    meeting = Meeting(
        held_on=held_on,
        subject=subject.strip()[:200],
        producers=sorted(set(producers)),
        recorded_at=now,
        recorded_by=by,
    )
    meeting.save(force_insert=True)
    record("MEETING_RECORDED", subject=("meeting", meeting.id), detail={"held_on": held_on}, at=now)
    return meeting


@transaction.atomic
def record_definition_change(
    *,
    meeting: Meeting,
    source: str,
    series: Mapping[str, str],
    at: str,
    cause: str,
    cause_en: str,
    by: str,
    now: datetime,
) -> DefinitionChange:
    """Record that a series counts something else from `at` on: it opens a declared break (AT-74).

    Raises NotAllowed, UnknownEntry, NotRecorded: no such series, a period that is none, no cause.
    """
    _check_may_record(by, now)
    columns = {column.name: column for column in get_source(source).columns if column.role == "dimension"}
    for name, code in series.items():
        column = columns.get(name)
        if column is None or (column.nomenclature and code not in get_nomenclature(column.nomenclature).codes):
            raise NotRecorded(_("The source %(source)s has no series “%(code)s”.") % {"source": source, "code": code})
    try:
        Period.parse(at)
    except ValueError as wrong:
        raise NotRecorded(
            _("“%(at)s” is no period: write a year (2024), or a month (2024-07).") % {"at": at}
        ) from wrong
    if not (cause.strip() and cause_en.strip()):
        raise NotRecorded(_("Say what changed, in French and in English: the break is shown with its cause."))
    change = DefinitionChange(
        meeting=meeting, source=source, series=dict(series), at=at, cause=cause.strip()[:500], cause_en=cause_en.strip()[:500],
        recorded_at=now, recorded_by=by,
    )  # fmt: skip
    change.save(force_insert=True)
    record("DEFINITION_CHANGED", subject=("source", source), detail={"at": at, "series": dict(series)}, at=now)
    return change


def _check_may_record(by: str, now: datetime) -> None:
    account = Account.objects.filter(username=by).first()
    if account is None or not RECORDERS & list_roles(account=account.id, now=now):
        raise NotAllowed(_("A statistician or an editor records the meetings; your position is neither today."))
