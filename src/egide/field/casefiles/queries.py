"""The only reads of case files. What the subject may not open answers exactly as what does not exist (X08, Z02, trap 27)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from egide.field.persons.keys import name_key, sound_key
from egide.field.persons.models import Person
from egide.foundation.audit.actions import record

from .models import Action, CaseFile, Entry, Episode, Interview, Role, State, TeamMember


class NotFound(LookupError):
    """No such file, or none that this subject may open: nobody is told which."""


@dataclass(frozen=True)
class Trace:
    """Who did or read what in a file, and when."""

    at: datetime
    code: str
    actor_kind: str
    actor: str


def get_case(id: UUID, *, now: datetime) -> CaseFile:
    """Open a file for reading. Found or not, the attempt is in the trail under the file's identifier. Raises NotFound."""
    case = CaseFile.objects.filter(id=id).select_related("organisation").first()
    record("CASE_READ" if case else "CASE_ATTEMPTED", subject=("case", id), at=now)
    if case is None:
        raise NotFound(_("There is no such file."))
    return case


def list_cases(*, open_only: bool = True) -> QuerySet[CaseFile]:
    """The files of the subject, latest first; never sorted by danger."""
    cases = CaseFile.objects.select_related("organisation").order_by("-opened_on", "reference")
    return cases.exclude(state=State.CLOSED) if open_only else cases


def search_persons(*, given_name: str = "", family_name: str = "") -> QuerySet[Person]:
    """Persons of the subject's own files whose name is the same or sounds the same (Z02)."""
    if not family_name.strip():
        return Person.objects.none()
    same = Q(name_key=name_key(given_name, family_name))
    return Person.objects.filter(same | Q(sound_key=sound_key(family_name))).order_by("family_name", "given_name")


def list_roles_of(case: CaseFile) -> QuerySet[Role]:
    """Who is in a file, the person concerned first."""
    return Role.objects.filter(case=case).select_related("person").order_by("-concerned", "kind")


def get_concerned(case: CaseFile) -> Person:
    """The person for whom a file is opened."""
    return Role.objects.select_related("person").get(case=case, concerned=True).person


def list_concerned(cases: Iterable[CaseFile]) -> dict[UUID, Person]:
    """The person for whom each of these files is opened, by file. Two statements: joined, the walls make it read every person."""
    roles = Role.objects.filter(case__in=[case.id for case in cases], concerned=True)
    concerned = dict(roles.values_list("case_id", "person_id"))
    persons = Person.objects.in_bulk(concerned.values())
    return {case: persons[person] for case, person in concerned.items()}


def list_cases_of(persons: Iterable[Person]) -> QuerySet[CaseFile]:
    """The subject's files where one of these persons stands, latest first."""
    roles = Role.objects.filter(person__in=[person.id for person in persons])
    return list_cases(open_only=False).filter(id__in=roles.values("case_id"))


def list_entries(case: CaseFile, section: str | None = None) -> QuerySet[Entry]:
    """What is written in a file, or in one of its sections, latest first."""
    entries = Entry.objects.filter(case=case).order_by("-written_at")
    return entries.filter(section=section) if section else entries


def list_shared_entries() -> QuerySet[Entry]:
    """What partners have let this subject's organisations read, section by section; nothing without a live consent or ground."""
    return Entry.objects.exclude(case_id__in=CaseFile.objects.values("id")).order_by("case_id", "section", "written_at")


def read_shared_entries(*, now: datetime) -> list[Entry]:
    """The same for a page: the reading is in the trail of each file, where the person and her worker find it (X09)."""
    found = list(list_shared_entries())
    for case in sorted({entry.case_id for entry in found}, key=str):
        told = {"sections": sorted({entry.section for entry in found if entry.case_id == case})}
        record("SHARED_READ", subject=("case", case), detail=told, at=now)
    return found


def list_episodes(case: CaseFile) -> QuerySet[Episode]:
    """Times of leaving and returning, in order."""
    return Episode.objects.filter(case=case).order_by("left_on")


def list_actions(case: CaseFile) -> QuerySet[Action]:
    """What was done, latest first."""
    return Action.objects.filter(case=case).order_by("-done_at")


def list_team(case: CaseFile) -> QuerySet[TeamMember]:
    """Who works on a file now."""
    return TeamMember.objects.filter(case=case, until__isnull=True).order_by("since")


def counters(case: CaseFile) -> Mapping[str, int]:
    """The counters of a file, kept apart: persons, interviews, actions (R01)."""
    return {
        "persons": Role.objects.filter(case=case).values("person_id").distinct().count(),
        "interviews": Interview.objects.filter(case=case).count(),
        "actions": Action.objects.filter(case=case).count(),
    }


def list_traces(case: CaseFile) -> list[Trace]:
    """Who saw or changed the file: the page that the person may ask for (X09)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT at, code, actor_kind, actor FROM case_trace(%s)", [case.id])
        return [Trace(*row) for row in cursor.fetchall()]
