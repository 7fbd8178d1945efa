"""The only reads of complaints: where each stands, the clocks that run, the time line in its order, a letter, a station's counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from egide.core.period import Period
from egide.field.casefiles.models import CaseFile
from egide.foundation.audit.actions import record
from egide.foundation.catalogue import (
    LawArticle,
    RefusalLetter,
    Text,
    get_article,
    get_nomenclature,
    get_refusal_letter,
)
from egide.foundation.organisations.models import Organisation

from .models import Attempt, Complaint, Escalation, Moment, Outcome, StatusUpdate

STATIONS = ["RECEPTION_OFFICER", "STATION_HEAD"]  # an organisation where someone receives is a station


class NotFound(LookupError):
    """No such row in the files that this subject may open."""


@dataclass(frozen=True)
class Counted:
    """What a file counts: a log entry is never among the complaints (AT-81)."""

    complaints: int
    statements: int
    refusals: int


@dataclass(frozen=True)
class StationMonth:
    """One month of a station's own counts; None is a count too small to be told."""

    first: date
    taken: int | None
    statements: int | None
    refusals: int | None


@dataclass(frozen=True)
class DrawnLetter:
    """A letter after a refusal, in the version of the law in force that day. It holds no name: she writes hers by hand."""

    letter: RefusalLetter
    place: str
    tried_on: date
    reason: Text
    words: str
    articles: tuple[LawArticle, ...]
    dated: date
    fictional: bool


def list_complaints(case: CaseFile) -> QuerySet[Complaint]:
    """The complaints of a file, latest first."""
    return Complaint.objects.filter(case=case).select_related("case", "link").order_by("-noted_at")


def get_current(case: CaseFile) -> Complaint | None:
    """The one at work: the latest."""
    return list_complaints(case).first()


def list_attempts(complaint: Complaint) -> QuerySet[Attempt]:
    """What each station did, latest first."""
    return Attempt.objects.filter(complaint=complaint).select_related("escalation").order_by("-tried_on", "-noted_at")


def get_attempt(case: CaseFile, id: UUID) -> Attempt:
    """An attempt of this file. Raises NotFound."""
    found = (
        Attempt.objects.filter(case=case, id=id).select_related("escalation", "station", "case__organisation").first()
    )
    if found is None:
        raise NotFound(_("There is no such attempt in this file."))
    return found


def list_steps(complaint: Complaint) -> QuerySet[StatusUpdate]:
    """The steps, in order."""
    return StatusUpdate.objects.filter(complaint=complaint).order_by("known_on", "noted_at")


def list_escalations() -> QuerySet[Escalation]:
    """The refusals of the subject's files that wait for an answer, the first due first: a clock, never a rank of people."""
    waiting = Escalation.objects.filter(answered_at__isnull=True)
    return waiting.select_related("attempt", "case").order_by("due_at")


def count_in_file(case: CaseFile) -> Counted:
    """What stations did for this file."""
    found = list(Attempt.objects.filter(case=case).values_list("outcome", flat=True))
    return Counted(*(found.count(each) for each in (Outcome.TAKEN, Outcome.STATEMENT, Outcome.REFUSED)))


def list_timeline(case: CaseFile) -> tuple[list[Moment], list[Moment]]:
    """The moments that have some date, in order of time, then those that have none, in the order they were told."""
    moments = list(Moment.objects.filter(case=case).order_by("noted_at"))
    dated = [moment for moment in moments if moment.earliest or moment.latest]
    return sorted(dated, key=_time_of), [moment for moment in moments if not (moment.earliest or moment.latest)]


def get_moment(case: CaseFile, id: UUID) -> Moment:
    """A moment of this file. Raises NotFound."""
    found = Moment.objects.filter(case=case, id=id).first()
    if found is None:
        raise NotFound(_("There is no such moment in this file."))
    return found


def _time_of(moment: Moment) -> tuple[date, date]:
    period = Period.parse(moment.earliest or moment.latest)
    return (period.first, period.last)


def list_stations() -> Sequence[Organisation]:
    """The stations that are known here; any other is named by its town."""
    return list(Organisation.objects.filter(positions__roles__overlap=STATIONS).distinct().order_by("name"))


def list_station_months(*, now: datetime) -> list[StationMonth]:
    """The months that are over of the stations that the subject runs, latest first; small counts hidden by the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT month, taken, statements, refusals FROM station_complaints(%s)", [timezone.localdate(now)]
        )
        return [StationMonth(*row) for row in cursor.fetchall()]


def draw_letter(attempt: Attempt, addressee: str, *, now: datetime) -> DrawnLetter:
    """The letter to an addressee after a refusal; the drawing is in the trail. Raises NotFound when nothing was refused."""
    if attempt.outcome != Outcome.REFUSED:
        raise NotFound(_("This station did not refuse: there is nothing to write about."))
    letter = get_refusal_letter(addressee)
    record("REFUSAL_LETTER_DRAWN", subject=("case", attempt.case_id), detail={"to": addressee}, at=now)
    return DrawnLetter(
        letter=letter,
        place=attempt.place,
        tried_on=attempt.tried_on,
        reason=get_nomenclature("complaint-refusal-reasons").codes[attempt.reason].label,
        words=attempt.words,
        articles=tuple(get_article(name, attempt.tried_on) for name in letter.articles),
        dated=timezone.localdate(now),
        fictional=attempt.case.organisation.fictional,
    )
