"""Invented years of work, written through the walls in bulk; what they hold is given by each test, never by this file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import chain, cycle, islice
from uuid import uuid4

import pytest
from django.db import connection

from egide.bridge.extracts import extract_field
from egide.field.casefiles.models import Action, CaseFile, Interview, Role
from egide.field.directory.models import Service
from egide.field.persons.models import Person
from egide.field.referrals.models import Referral
from egide.foundation.accounts.actions import create_account
from egide.foundation.organisations import actions as organisations
from egide.foundation.wings.entering import Subject, entering

ROLE_OF = {"VICTIM": "VICTIM", "OFFENDER": "PERPETRATOR", "THIRD_PARTY": "THIRD_PARTY"}


@dataclass(frozen=True)
class Year:
    """What a year of work is to hold: counts by code. `people` are all those received, the persons concerned first."""

    year: int
    posts: int
    categories: Mapping[str, int]
    people: Mapping[str, int]
    actions: Mapping[str, int]
    reasons: Mapping[str, int]
    origins: Mapping[str, int] = field(default_factory=lambda: {"police": 1})
    commune: str = "77288"
    second_interviews: int = 0

    @property
    def cases(self) -> int:
        return sum(self.categories.values())


def spread(counts, times=None):
    """Each code as many times as counted, in order; `times` repeats the list to that length."""
    codes = chain.from_iterable([code] * count for code, count in counts.items())
    return list(islice(cycle(codes), times)) if times is not None else list(codes)


def day_of(year, index, total):
    return date(year, 1, 1) + timedelta(days=index * 364 // max(total - 1, 1))


def moment_of(year, index, total):
    return datetime.combine(day_of(year, index, total), datetime.min.time(), UTC).replace(hour=10)


@pytest.fixture
def make_posts(db, now):
    """Posts in invented organisations, each held by an account since the first day of a year."""

    def make(count, year, kind="association", role="ISCG", prefix="poste"):
        holders = []
        with entering("foundation", Subject.job("tests")):
            for index in range(count):
                code = f"{prefix}-{index}"
                place = organisations.register_organisation(
                    code=code, name=f"Organisme fictif {code}", kind=kind, fictional=True, now=now
                )
                seat = organisations.open_position(organisation=place, title="Poste fictif", roles=[role], now=now)
                account = create_account(
                    username=f"{code}-{uuid4().hex[:6]}", name="Agent fictif", password=uuid4().hex, now=now
                )
                organisations.give_mandate(
                    position=seat, account=account, valid_from=date(year, 1, 1),
                    valid_to=now.date() + timedelta(days=30), now=now,
                )  # fmt: skip
                holders.append((account, place))
        return holders

    return make


@pytest.fixture
def work(make_posts):
    """Write a year: every post does its part, each row through its own wall."""

    def write(plan: Year, posts=None):
        posts = posts or make_posts(plan.posts, plan.year)
        categories, tags = spread(plan.categories), spread(plan.reasons)
        reasons = [[] for _ in categories]
        for index, tag in enumerate(tags):
            reasons[index % len(reasons)].append(tag)
        origins, sexes = spread(plan.origins, plan.cases), spread(plan.people)
        people = [
            Person(given_name="Alix", family_name=f"Exemple{index}", sex=sex, age_band="Y35-44")
            for index, sex in enumerate(sexes)
        ]
        kinds = spread(plan.actions)
        for mine, (account, place) in enumerate(posts):
            part = range(mine, plan.cases, len(posts))
            with entering("field", Subject.account(account.id)):
                files = {}
                with connection.cursor() as cursor:
                    for index in part:
                        files[index] = case = CaseFile(id=uuid4(), reasons=reasons[index], commune=plan.commune)
                        cursor.execute(
                            "SELECT open_case(%s, %s, %s, %s, %s, %s, %s)",
                            [case.id, f"T-{uuid4().hex[:12]}", place.id, account.id, categories[index], origins[index],
                             day_of(plan.year, index, plan.cases)],
                        )  # fmt: skip
                CaseFile.objects.bulk_update(files.values(), ["reasons", "commune"], batch_size=500)
                met = [i for i in range(len(people)) if i % plan.cases in files] if plan.cases else []
                Person.objects.bulk_create(people[i] for i in met)
                Role.objects.bulk_create(
                    Role(case=files[i % plan.cases], person=people[i], concerned=i < plan.cases,
                         kind=ROLE_OF[categories[i]] if i < plan.cases else "RELATIVE")
                    for i in met
                )  # fmt: skip
                Interview.objects.bulk_create(
                    Interview(case=files[i % plan.cases], person=people[i], minutes=45, held_by=account.id,
                              held_at=moment_of(plan.year, i, len(people)))
                    for i in [*met, *(i for i in met if i < plan.second_interviews)]
                )  # fmt: skip
                Action.objects.bulk_create(
                    Action(case=files[list(files)[i % len(files)]], kind=kinds[i], minutes=20, done_by=account.id,
                           done_at=moment_of(plan.year, i, len(kinds)))
                    for i in range(mine, len(kinds), len(posts))
                )  # fmt: skip
        return posts

    return write


@pytest.fixture
def extract(active_field, active_statistics, now):
    """Run the extract of a whole year."""

    def run(year, vintage=None):
        return extract_field(
            first=date(year, 1, 1), last=date(year, 12, 31), vintage=vintage or date(year + 1, 1, 31), now=now
        )

    return run


@dataclass(frozen=True)
class Referred:
    """So many referrals of one body, from one organisation, to one audience, at one step."""

    body: str
    at: str
    audience: str
    outcome: str
    count: int
    mode: str = "ACCOMPANIED"


@pytest.fixture
def refer(now):
    """Write referrals in the files of one post, offered through the year; `at` names the organisation of the author."""

    def write(post, year, referred, kinds):
        account, place = post
        with entering("foundation", Subject.job("tests")):
            authors = {
                code: organisations.register_organisation(
                    code=code, name=f"Organisme fictif {code}", kind=kind, fictional=True, now=now
                )
                for code, kind in kinds.items()
            }
        with entering("field", Subject.account(account.id)):
            service = Service.objects.create(
                organisation=place, name="Service fictif", audiences=["all"], updated_on=date(year, 1, 1)
            )
            cases = list(CaseFile.objects.filter(opened_by=account.id).order_by("opened_on", "reference"))
            people = {role.case_id: role.person_id for role in Role.objects.filter(concerned=True)}
            each = [group for group in referred for _ in range(group.count)]
            Referral.objects.bulk_create(
                Referral(
                    case=cases[index % len(cases)], person_id=people[cases[index % len(cases)].id], service=service,
                    service_name="Service fictif", recipient=place, author=authors[group.at], author_body=group.body,
                    written_by=account.id, audience=group.audience, mode=group.mode, purpose="referral",
                    offered_on=day_of(year, index, len(each)), drafted_at=moment_of(year, index, len(each)),
                    agreed="NOT_ASKED" if group.outcome == "offered" else "YES",
                    contact_made_at=moment_of(year, index, len(each)) if group.outcome == "contact-made" else None,
                    state="CONTACT_MADE" if group.outcome == "contact-made" else "DRAFT",
                )
                for index, group in enumerate(each)
            )  # fmt: skip

    return write
