"""The only reads of case files. What the subject may not open answers exactly as what does not exist (X08, Z02, trap 27)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Case, Count, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from egide.field.persons.keys import asked_keys, name_key, one_slip_away, sound_key
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


MOST_KNOWN = 12


@dataclass(frozen=True)
class Known:
    """Someone of one's own files, and the references of the files where she stands."""

    person: Person
    references: tuple[str, ...]


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
    """Persons of the subject's own files whose name is the same, sounds the same or is one slip away (Z02); the same first.

    Particles, accents, hyphens, order and compounds do not matter. Elsewhere than in those files nothing is looked at.
    """
    asked = asked_keys(family_name)
    if not asked:
        return Person.objects.none()
    exact = [name_key(given_name, family_name), name_key(family_name, given_name)]
    slips = asked.union(*(one_slip_away(key) for key in asked))
    like = (
        Q(name_key__in=exact) | Q(sound_key=sound_key(family_name)) | Q(family_key__in=slips)
        | Q(first_part_key__in=asked) | Q(last_part_key__in=asked)
    )  # fmt: skip
    same = Case(When(name_key__in=exact, then=Value(0)), default=Value(1))
    return Person.objects.filter(like).order_by(same, "family_name", "given_name")


def list_known(*, given_name: str, family_name: str) -> list[Known]:
    """Persons of one's own files who may be the one about to be written down, with the files where they stand (Z02).

    For a file that one may not open and for one that does not exist the statements, the count and the answer are the same.
    """
    persons = list(search_persons(given_name=given_name, family_name=family_name)[:MOST_KNOWN])
    stand = list_references(person.id for person in persons) if persons else {}
    return [Known(person, stand.get(person.id, ())) for person in persons]


def list_references(persons: Iterable[UUID]) -> dict[UUID, tuple[str, ...]]:
    """The references of the subject's own files where each of these persons stands."""
    stand: dict[UUID, dict[str, None]] = {}
    roles = Role.objects.filter(person__in=list(persons)).select_related("case").order_by("case__reference")
    for role in roles:
        stand.setdefault(role.person_id, {})[role.case.reference] = None
    return {person: tuple(references) for person, references in stand.items()}


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


def count_open_by_state() -> dict[str, int]:
    """How many files of the subject are open, by where the support stands. No file is ranked (D34)."""
    open_files = CaseFile.objects.exclude(state=State.CLOSED).order_by()
    return dict(open_files.values_list("state").annotate(number=Count("id")))


def count_own_year(year: int) -> list[tuple[str, str, str, bool, int]]:
    """What the subject's account opened, heard and did in a year: measure, dimension, code, fictional, count (R01).

    Files that it no longer follows are counted too; those erased since are not.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM my_year(%s, %s)", [date(year, 1, 1), date(year, 12, 31)])
        return cursor.fetchall()  # type: ignore[no-any-return]
