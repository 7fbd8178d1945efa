"""Loading the country's case files into the field wing, as the accounts of a fictional association.

Lives here: who works there, which case is whose, what is left to do. Not here: the writes (`field.casefiles.loading.actions`).
Each batch is one transaction; the cases' identifiers come from the seed, so what is already there is known by asking for it: killed
at any moment, running again completes.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.utils import timezone

from egide.field.casefiles.loading.actions import load_cases
from egide.field.casefiles.loading.cases import Case, Contact, Deed, Member, Talk
from egide.foundation.accounts.actions import create_account
from egide.foundation.accounts.models import Account
from egide.foundation.legal.actions import entering_active
from egide.foundation.organisations import actions as organisations
from egide.foundation.organisations.models import Organisation
from egide.foundation.organisations.queries import list_mandates
from egide.foundation.wings.entering import Subject, entering

from .build import read_truth

ASSOCIATION = ("association-des-rives-fictives", "Association des Rives (fictive)")
TITLE = "Intervenante sociale en commissariat ou en gendarmerie"
BATCH = 500
EVERYWHERE = "all"


class NotLoaded(ValueError):
    """The case files cannot be loaded; the sentence says why and what to do."""


@dataclass(frozen=True)
class Loaded:
    """What a run did: cases loaded now, cases that were there already, cases that the country holds beyond what was asked."""

    now: int
    before: int
    left: int


def seat_workers(*, usernames: Sequence[str], number: int, now: datetime) -> list[UUID]:
    """Accounts seated as social workers in the fictional association: those named, or `number` invented ones.

    Nobody can sign in under an invented account. Raises NotLoaded for a name that no account bears.
    """
    with entering("foundation", Subject.job("load_sample")):
        code, name = ASSOCIATION
        association = organisations.register_organisation(
            code=code, name=name, kind="association", fictional=True, now=now
        )
        accounts = [_named(username) for username in usernames] or [
            _invented(place, now) for place in range(1, number + 1)
        ]
        for account in accounts:
            _seat(account, association, now)
    return [account.id for account in accounts]


def _named(username: str) -> Account:
    account = Account.objects.filter(username__iexact=username).first()
    if account is None:
        raise NotLoaded(f"There is no account {username}: make it with `egide create_account {username}`.")
    return account


def _invented(place: int, now: datetime) -> Account:
    username = f"iscg-fictive-{place}"
    found = Account.objects.filter(username=username).first()
    return found or create_account(username=username, name=f"Intervenante fictive {place}", password=None, now=now)


def _seat(account: Account, association: Organisation, now: datetime) -> None:
    held = list_mandates(account=account.id, now=now).filter(position__organisation=association)
    if not held.exists():
        position = organisations.open_position(organisation=association, title=TITLE, roles=["ISCG"], now=now)
        today = timezone.localdate(now)
        organisations.give_mandate(
            position=position,
            account=account,
            valid_from=today - timedelta(days=1),
            valid_to=today + timedelta(days=365),
            now=now,
        )


def load_country(
    *, folder: Path, cases: int, accounts: Sequence[UUID], departement: str, now: datetime,
    tell: Callable[[str], None] = lambda _words: None, batch: int = BATCH,
) -> Loaded:  # fmt: skip
    """Load the first `cases` case files of a département (or "all"), and say what was done.

    A case goes to the account of its place in the country, so that asking again, for more or for elsewhere, changes nobody's files.
    Raises NotLoaded when the folder holds no country, GateClosed when the field is not active.
    """
    read_truth(folder)
    table = pq.ParquetFile(folder / "casefiles.parquet").read()  # `read_table` would import pandas
    held = np.arange(table.num_rows)
    if departement != EVERYWHERE:
        held = held[pc.equal(table["departement"], departement).to_numpy()]
    chosen, done = held[:cases], 0
    for place, account in enumerate(accounts):
        mine = chosen[chosen % len(accounts) == place]
        for start in range(0, len(mine), batch):
            rows = table.take(pa.array(mine[start : start + batch]))
            with entering_active("field", Subject.account(account)):
                association = Organisation.objects.get(code=ASSOCIATION[0])
                done += load_cases(cases=list(_read_cases(rows)), organisation=association, by=account, now=now)
            tell(f"{place + 1}/{len(accounts)}: {start + rows.num_rows}/{len(mine)}")
    return Loaded(done, len(chosen) - done, len(held) - len(chosen))


def _read_cases(rows: pa.Table) -> Iterator[Case]:
    for row in rows.to_pylist():
        yield Case(
            id=UUID(bytes=row["case_id"]),
            members=[_member(each) for each in row["persons"]],
            talks=[Talk(each["person"], _moment(each["held_at"]), each["minutes"]) for each in row["interviews"]],
            deeds=[Deed(each["kind"], _moment(each["done_at"]), each["minutes"]) for each in row["actions"]],
            episodes=[(each["left_on"], each["returned_on"]) for each in row["episodes"]],
            **{name: row[name] for name in _AS_THEY_STAND},
        )


_AS_THEY_STAND = (
    "reference", "category", "origin", "reasons", "violence_forms", "commune", "state", "complaint", "opened_on", "closed_on",
    "closure_reason",
)  # fmt: skip


def _moment(stored: datetime) -> datetime:
    return stored.replace(tzinfo=UTC)


def _member(row: dict[str, Any]) -> Member:
    contact = None
    if row["channel"]:
        contact = Contact(row["channel"], row["address"], time(row["from_hour"]), time(row["to_hour"]))
    names = ("given_name", "family_name", "sex", "age_band", "minor", "language", "role", "concerned")
    return Member(id=UUID(bytes=row["person_id"]), contact=contact, **{name: row[name] for name in names})
