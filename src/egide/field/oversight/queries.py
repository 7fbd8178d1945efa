"""The only reads of the officer's month. Each is recorded; an account without the role of officer is given nothing."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection

from egide.foundation.audit.actions import record


@dataclass(frozen=True)
class Share:
    """One share without consent: the day, the article, to whom, which sections, who decided."""

    day: date
    article: str
    recipient: str
    sections: tuple[str, ...]
    account: str


@dataclass(frozen=True)
class Deed:
    """How many times an account did one kind of thing in the month."""

    account: str
    code: str
    times: int


@dataclass(frozen=True)
class Month:
    """The list of one month."""

    first: date
    shares: tuple[Share, ...]
    refusals: tuple[Deed, ...]
    consultations: tuple[Deed, ...]


def get_month(first: date, *, now: datetime) -> Month:
    """The month that begins on `first`, of the organisations where the subject is data protection officer."""
    after = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT day, article, recipient, sections, account FROM officer_shares(%s, %s)", [first, after])
        shares = tuple(
            Share(on, article, to, tuple(sections), who) for on, article, to, sections, who in cursor.fetchall()
        )
        cursor.execute("SELECT what, account, code, times FROM officer_deeds(%s, %s)", [first, after])
        deeds = [(what, Deed(account, code, times)) for what, account, code, times in cursor.fetchall()]
    record("OFFICER_MONTH_READ", subject=("month", first.isoformat()), at=now)
    return Month(
        first, shares, tuple(deed for what, deed in deeds if what == "refused"),
        tuple(deed for what, deed in deeds if what == "consulted"),
    )  # fmt: skip
