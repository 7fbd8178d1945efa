"""The only reads of statements: those of a file, the days that one may tell, and what the paper says."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from egide.field.casefiles.models import Action, CaseFile, Interview
from egide.field.casefiles.queries import get_concerned
from egide.foundation.accounts.queries import list_names
from egide.foundation.audit.actions import record
from egide.foundation.catalogue import Text, get_nomenclature

from .models import Attestation

INTERVIEW = "interview"
WITH_HER = (
    "listening",
    "information",
    "accompaniment",
    "complaint-support",
    "home-visit",
)  # of action-kinds: she was there


class NotFound(LookupError):
    """No such statement in the files that this subject may open."""


@dataclass(frozen=True, order=True)
class Session:
    """A day on which the person was received or gone along with."""

    on: date
    kind: str

    @property
    def code(self) -> str:
        """How a form names it."""
        return f"{self.on:%Y-%m-%d}_{self.kind}"


@dataclass(frozen=True)
class Paper:
    """What the paper says, and nothing else: who states, of whom, on which days, that she asked for it."""

    author: str
    signed_by: str
    name: str
    number: int
    reference: str
    asked_on: date
    dated: date
    sessions: tuple[tuple[date, Text | None], ...]
    fictional: bool


def list_sessions(case: CaseFile) -> list[Session]:
    """The days that may be told, oldest first, each once of a kind: interviews of the person, and what was done with her."""
    person = get_concerned(case)
    held = Interview.objects.filter(case=case, person=person).values_list("held_at", flat=True)
    done = Action.objects.filter(case=case, kind__in=WITH_HER).values_list("done_at", "kind")
    found = {Session(timezone.localdate(at), INTERVIEW) for at in held}
    return sorted(found | {Session(timezone.localdate(at), kind) for at, kind in done})


def list_attestations(case: CaseFile) -> list[Attestation]:
    """The statements of a file, latest first."""
    return list(Attestation.objects.filter(case=case).order_by("-number"))


def read_paper(case: CaseFile, id: UUID, *, now: datetime) -> Paper:
    """What a statement says, as it was made; taking it is in the trail. Raises NotFound."""
    found = Attestation.objects.filter(case=case, id=id).select_related("person", "case__organisation").first()
    if found is None:
        raise NotFound(_("There is no such statement in this file."))
    record("ATTESTATION_TAKEN", subject=("case", case.id), detail={"number": found.number}, at=now)
    kinds, organisation = get_nomenclature("action-kinds").codes, found.case.organisation
    told = [(date.fromisoformat(each["on"]), kinds.get(each["kind"])) for each in found.sessions]
    return Paper(
        author=organisation.name, signed_by=list_names([found.made_by]).get(str(found.made_by), ""),
        name=f"{found.person.given_name} {found.person.family_name}".strip(), number=found.number,
        reference=found.case.reference, asked_on=found.asked_on, dated=found.made_on,
        sessions=tuple((on, kind.label if kind else None) for on, kind in told), fictional=organisation.fictional,
    )  # fmt: skip
