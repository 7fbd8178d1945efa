"""What the demonstration shows of the field: the sample's directory and three invented files, made by the product's own actions.

Lives here: invented people only, telephone numbers kept for fiction. Not here: accounts and the gate (demonstration), nor the
fictional country (sample).
"""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from egide.field.appointments.actions import plan_appointment
from egide.field.casefiles.actions import move_case, open_case_file, record_action, record_interview, write_entry
from egide.field.casefiles.choices import Category, EntryKind, State
from egide.field.casefiles.queries import list_cases
from egide.field.directory.actions import load_sheet
from egide.field.directory.sheet import organisations_of, read_sheet
from egide.field.needs.actions import set_need
from egide.field.needs.choices import State as Need
from egide.field.persons.actions import add_person, state_safe_contact
from egide.field.persons.choices import Channel
from egide.field.supervision.actions import note_session
from egide.field.supervision.choices import Kind
from egide.foundation.accounts.models import Account
from egide.foundation.clock import now
from egide.foundation.organisations.actions import register_organisation
from egide.foundation.organisations.queries import list_workplaces
from egide.foundation.territories.actions import load_points
from egide.foundation.territories.points import read_points
from egide.foundation.wings.entering import Subject, entering
from egide.project.danger_demonstration import load_danger
from egide.project.postgres import CHECKOUT

SHEET = CHECKOUT / "src/egide/sample/services.csv"
POINTS = CHECKOUT / "src/egide/sample/communes.csv"
PEOPLE: tuple[dict[str, Any], ...] = (
    {"given_name": "Alix", "family_name": "Exemple", "sex": "F", "age_band": "Y25-34"},
    {"given_name": "", "family_name": "", "sex": "U", "age_band": "U"},
    {"given_name": "Camille", "family_name": "Modèle", "sex": "M", "age_band": "Y35-44", "language": "pt"},
)
CATEGORIES = (Category.VICTIM, Category.THIRD_PARTY, Category.OFFENDER)
ORIGINS = ("police", "self", "partner")


def load_field(username: str) -> None:
    """Load the directory and open the files, once, as the account `username`."""
    at = now()
    sheet = read_sheet(SHEET)
    with entering("foundation", Subject.job("demonstration")):
        load_points(points=read_points(POINTS), source=POINTS.name, now=at)
        worker = Account.objects.get(username=username)
        known = {
            code: register_organisation(code=code, name=name, kind=kind, fictional=fictional, now=at)
            for code, (name, kind, fictional) in organisations_of(sheet).items()
        }
    with entering("field", Subject.account(worker.id)):
        if list_cases(open_only=False).exists():
            return
        load_sheet(sheet=sheet, organisations=known, by=worker.id, now=at)
        for number, told in enumerate(PEOPLE):
            _open(number, told, worker.id, at)


def _open(number: int, told: dict[str, Any], by: UUID, at: datetime) -> None:
    [service] = list_workplaces(account=by, now=at)
    person = add_person(**told, now=at)
    case = open_case_file(
        person=person, organisation=service, category=CATEGORIES[number], origin=ORIGINS[number], by=by, now=at,
        reasons=["domestic-violence", "housing"] if number == 0 else ["vulnerability"],
        violence_forms=["psychological"] if number == 0 else [], commune="99001",
    )  # fmt: skip
    if number:
        return
    state_safe_contact(
        person=person, channel=Channel.SMS, address="06 39 98 00 00", from_time=time(9), to_time=time(11),
        wording="La bibliothèque : votre livre est arrivé", now=at,
    )  # fmt: skip
    record_interview(case=case, person=person, held_at=at - timedelta(hours=1), minutes=45, by=by, now=at)
    record_action(case=case, kind="listening", done_at=at - timedelta(hours=1), minutes=20, by=by, now=at)
    move_case(case=case, to=State.FIRST_INTERVIEW, now=at)
    for section, words in {
        "housing": "Bail au nom des deux.",
        "children": "Deux enfants, scolarisés à Pont-l’Égide.",
    }.items():
        write_entry(
            case=case, section=section, purpose="social-support", kind=EntryKind.FACT_TOLD, text=words, by=by, now=at
        )
    load_danger(case, by, at)
    set_need(case=case, domain="rights", to=Need.GREEN, outcome="Couverture santé ouverte", by=by, now=at)
    set_need(case=case, domain="work", to=Need.HATCHED, by=by, now=at)
    set_need(case=case, domain="housing", to=Need.RED, by=by, now=at)
    plan_appointment(case=case, at=at + timedelta(minutes=45), place="12 rue Haute", agreed=True, by=by, now=at)
    note_session(at=at + timedelta(minutes=90), kind=Kind.GROUP, by=by, now=at)
