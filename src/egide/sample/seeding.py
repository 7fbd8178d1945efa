"""Filling a database of its own with many small invented files, so that the pages can be measured at the size of a country.

Lives here: who works where, what each file holds. Not here: the writes (`field.casefiles.loading.actions`), nor the fictional
country, whose files are few and richer (`loading`). One worker's files are one transaction; their identifiers come from
their place, so that running again completes.
"""

import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from uuid import UUID, uuid5

from django.conf import settings
from django.db import connection
from django.utils import timezone

from egide.field.casefiles.loading.actions import load_cases
from egide.field.casefiles.loading.cases import Case, Deed, Member
from egide.foundation.accounts.actions import create_account
from egide.foundation.accounts.models import Account
from egide.foundation.legal.actions import entering_active
from egide.foundation.organisations import actions as organisations
from egide.foundation.organisations.models import Organisation
from egide.foundation.wings.entering import Subject, entering

from .design import CLOSURES, ORIGINS, REPEAT_ACTIONS, STATES
from .names import FAMILY_NAMES, GIVEN
from .working import work_on

FILES, TEAM = 500, 8  # files of one worker over the years, workers of one association
SHARED = 5  # one file in so many is shared with the next colleague of the association
YEARS, SEED = 3, 2026
_PREFIX = "charge-"  # of the workers' names: they alone do not make a database somebody else's
TITLE = "Intervenante sociale (fictive)"
_ROOT = UUID("7d2e3b52-5f0c-4d3a-9d0e-0d9be8a1f6c4")
_CATEGORIES = (("VICTIM", "VICTIM"),) * 6 + (("OFFENDER", "PERPETRATOR"),) + (("THIRD_PARTY", "THIRD_PARTY"),) * 3
_BANDS = ("Y18-24", "Y25-34", "Y35-44", "Y45-54", "Y55-64")


class NotALoadDatabase(ValueError):
    """The database holds something else; the sentence says what to do."""


@dataclass(frozen=True)
class Seeded:
    """What a run did, and the accounts that may sign in, by name. `worked`: files with red needs, a review due, some referred."""

    cases: int
    actions: int
    worked: int
    workers: int
    passwords: dict[str, str]


def check_database() -> None:
    """Raise NotALoadDatabase unless the database's name says that it is for loads, or it is empty; and in production."""
    name = str(connection.settings_dict["NAME"])
    if settings.MODE == "production":
        raise NotALoadDatabase("Invented files never enter a production: fill a database of a demonstration.")
    if "load" not in name and Account.objects.exclude(username__startswith=_PREFIX).exists():
        raise NotALoadDatabase(
            f"{name} is not a load database and is not empty: make one whose name has “load” in it (EGIDE_DB_NAME)."
        )


def seed_load(
    *, persons: int, actions: int, users: int, now: datetime, tell: Callable[[str], None] = lambda _words: None
) -> Seeded:
    """Fill the database with `persons` files of one person each and `actions` in all; `users` of the workers may sign in.

    Raises NotALoadDatabase, GateClosed when the field is not active, ValueError for impossible sizes.
    """
    if persons < 1 or actions < 0 or users < 0:
        raise ValueError("Ask for one person at least, and for no negative number.")
    check_database()
    workers, passwords = _seat(max(1, -(-persons // FILES)), users, now)
    cases = done = worked = 0
    for place, (account, association) in enumerate(workers):
        own = range(place * FILES, min(persons, (place + 1) * FILES))
        first, last = (actions * each // persons for each in (own.start, own.stop))
        beside = workers[place + 1] if place + 1 < len(workers) else workers[place - 1]
        colleague = beside[0] if beside[1] == association and beside[0] != account else None
        drawn = list(_draw(own, last - first, colleague, now))
        with entering_active("field", Subject.account(account)):
            service = Organisation.objects.get(id=association)
            cases += load_cases(cases=drawn, organisation=service, by=account, now=now)
            worked += work_on(cases=[case.id for case in drawn], organisation=service, by=account, now=now)
        done += sum(len(case.deeds) for case in drawn)
        if place % 100 == 99:
            tell(f"{own.stop:,} / {persons:,}")
    return Seeded(cases, done, worked, len(workers), passwords)


def _seat(number: int, users: int, now: datetime) -> tuple[list[tuple[UUID, UUID]], dict[str, str]]:
    """The workers with their association, made once; the first `users` made now get a password."""
    workers: list[tuple[UUID, UUID]] = []
    passwords: dict[str, str] = {}
    known = dict(Account.objects.filter(username__startswith=_PREFIX).values_list("username", "id"))
    for place in range(number):
        with entering("foundation", Subject.job("seed_load")):
            code = f"association-de-charge-{place // TEAM + 1}"
            association = organisations.register_organisation(
                code=code, name=f"Association fictive {place // TEAM + 1}", kind="association", fictional=True, now=now
            )
            username = f"{_PREFIX}{place + 1}"
            if username not in known:
                password = secrets.token_urlsafe(16) if place < users else None
                known[username] = _hire(username, place, password, association, now)
                if password:
                    passwords[username] = password
        workers.append((known[username], association.id))
    return workers, passwords


def _hire(username: str, place: int, password: str | None, association: Organisation, now: datetime) -> UUID:
    account = create_account(username=username, name=f"Intervenante fictive {place + 1}", password=password, now=now)
    position = organisations.open_position(
        organisation=association, title=f"{TITLE} {place % TEAM + 1}", roles=["ISCG"], now=now
    )
    today = timezone.localdate(now)
    organisations.give_mandate(
        position=position,
        account=account,
        valid_from=today - timedelta(365 * YEARS),
        valid_to=today + timedelta(365),
        now=now,
    )
    return account.id


def _draw(places: range, actions: int, colleague: UUID | None, now: datetime) -> Iterator[Case]:
    """The files of one worker: the same places give the same files. Actions fall on them at random, all of them."""
    chance = Random(f"{SEED} {places.start}")  # noqa: S311  no secret is drawn
    today = timezone.localdate(now)
    cuts = sorted(chance.randrange(actions + 1) for _place in range(len(places) - 1))
    for place, deeds in zip(places, _differences([0, *cuts, actions]), strict=True):
        yield _draw_one(chance, place, deeds, colleague if place % SHARED == 0 else None, today)


def _differences(cuts: Sequence[int]) -> list[int]:
    return [after - before for before, after in pairwise(cuts)]


def _draw_one(chance: Random, place: int, deeds: int, colleague: UUID | None, today: date) -> Case:
    days = 1 + chance.randrange(365 * YEARS)
    opened = today - timedelta(days=days)
    began = datetime.combine(opened, time(), UTC)
    [state] = chance.choices(list(STATES), list(STATES.values()))
    closed = state == "CLOSED"
    category, role = chance.choice(_CATEGORIES)
    return Case(
        id=uuid5(_ROOT, f"case {place}"), reference=f"C-{place:08d}", category=category,
        origin=chance.choices(list(ORIGINS), list(ORIGINS.values()))[0], reasons=["domestic-violence"],
        violence_forms=["psychological"] if category == "VICTIM" else [], commune=f"9900{1 + place % 9}", state=state,
        complaint="NOT_ASKED", opened_on=opened, closed_on=today if closed else None,
        closure_reason=chance.choices(list(CLOSURES), list(CLOSURES.values()))[0] if closed else "",
        members=[_draw_member(chance, place, role)],
        talks=[], deeds=[_draw_deed(chance, began, days) for _each in range(deeds)], episodes=[],
        colleagues=[colleague] if colleague else [],
    )  # fmt: skip


def _draw_member(chance: Random, place: int, role: str) -> Member:
    sex = "M" if role == "PERPETRATOR" or chance.random() < 0.15 else "F"
    return Member(
        id=uuid5(_ROOT, f"person {place}"), given_name=chance.choice(_GIVEN[sex]), family_name=chance.choice(FAMILY_NAMES),
        sex=sex, age_band=chance.choice(_BANDS), minor=False, language="fr", role=role, concerned=True, contact=None,
    )  # fmt: skip


def _draw_deed(chance: Random, opened: datetime, days: int) -> Deed:
    minute = int(chance.random() * days) * 1440 + 540 + int(chance.random() * 480)
    kind = _KINDS[int(chance.random() * len(_KINDS))]
    return Deed(kind, opened + timedelta(minutes=minute), 5 * (1 + int(chance.random() * 18)))


_GIVEN = {sex: " ".join(generations).split() for sex, generations in GIVEN.items()}
_KINDS = [kind for kind, weight in REPEAT_ACTIONS.items() for _each in range(weight)]


def write_passwords(passwords: dict[str, str], path: Path) -> None:
    """Keep the passwords beside those already there, in a file that only its owner reads."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    with path.open("a", encoding="utf-8") as held:
        held.writelines(f"{username} {password}\n" for username, password in passwords.items())
