"""How code enters a wing: one transaction, one role, one subject; all three are laid down again on the way out."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction

from .plan import OWNER, WINGS


@dataclass(frozen=True)
class Subject:
    """For whom a wing is entered: an account, a verified link that opens one referral, a named job, or the public."""

    kind: str
    id: UUID | None = None
    name: str = ""

    @classmethod
    def account(cls, id: UUID) -> "Subject":
        """A signed-in account."""
        return cls("account", id)

    @classmethod
    def job(cls, name: str) -> "Subject":
        """A scheduled or typed command, by its name."""
        return cls("job", name=name)


PUBLIC = Subject("public")


class AlreadyInside(RuntimeError):
    """Code inside one wing tried to enter another."""


@contextmanager
def entering(wing: str, subject: Subject) -> Iterator[None]:
    """Open a transaction under the wing's role for one subject; raise AlreadyInside when a wing is already entered.

    On failure the rollback takes the role back; on success it is taken back by hand, because inside an outer transaction
    SET LOCAL would outlive the savepoint.
    """
    role = WINGS[wing].role
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            current = cursor.fetchone()[0]
            if current in {w.role for w in WINGS.values()}:
                raise AlreadyInside(
                    f"Already inside {current}: a request enters exactly one wing, so {role} stays closed."
                )
            if current == OWNER:
                raise AlreadyInside(f"{OWNER} builds the house and enters no wing: connect as the login role.")
            _set(cursor, role, subject)
        yield
        with connection.cursor() as cursor:
            _set(cursor, "none", Subject(""))


def _set(cursor: object, role: str, subject: Subject) -> None:
    cursor.execute(  # type: ignore[attr-defined]
        "SELECT set_config('role', %s, true), set_config('egide.subject_kind', %s, true), set_config('egide.subject', %s, true)",
        [role, subject.kind, str(subject.id or subject.name)],
    )
