"""The wings of the house as a table: code, database role, prefix of their tables, whether they hold names."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Wing:
    """One purpose of processing and the database role it works under.

    `prefix` starts the name of each of its tables; `names` says that rows about persons live there, so that each of its
    tables must force row-level security.
    """

    code: str
    prefix: str
    names: bool

    @property
    def role(self) -> str:
        """The PostgreSQL role of the wing."""
        return f"egide_{self.code}"


OWNER, LOGIN = "egide_owner", "egide_app"
KEEPER = "egide_keeper"  # owns the few functions that policies call, which must see what their caller may not

WINGS = {
    wing.code: wing
    for wing in (
        Wing("public", "", names=False),
        Wing("foundation", "foundation_", names=False),
        Wing("field", "field_", names=True),
        Wing("programmes", "programmes_", names=False),
        Wing("investigation", "investigation_", names=True),
        Wing("vigilance", "vigilance_", names=True),
        Wing("statistics", "statistics_", names=False),
    )
}

DJANGO_PREFIXES = ("django_", "auth_", "axes_")


def wing_of_table(table: str) -> Wing | None:
    """The wing that owns a table, from its name; None for the framework's own tables.

    Raises ValueError for a table that belongs to nobody.
    """
    if table.startswith(DJANGO_PREFIXES):
        return None
    for wing in WINGS.values():
        if wing.prefix and table.startswith(wing.prefix):
            return wing
    raise ValueError(
        f"Table {table} belongs to no wing: start its app label with the wing's prefix (see wings/plan.py)."
    )
