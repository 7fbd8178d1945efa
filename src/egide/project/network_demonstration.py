"""What the demonstration shows of a network's coordination: a local route switched off today, with its fallback.

Lives here: calls of the product's own actions. Not here: accounts and the gate (demonstration).
"""

from egide.field.referrals.actions import switch_route
from egide.foundation.accounts.models import Account
from egide.foundation.clock import now
from egide.foundation.legal.queries import list_suspensions
from egide.foundation.wings.entering import Subject, entering

PROTOCOL = "fiches-val-degide"


def load_network(username: str) -> None:
    """Switch the route off, once, as the account `username`."""
    at = now()
    with entering("foundation", Subject.job("demonstration")):
        keeper = Account.objects.get(username=username)
    with entering("field", Subject.account(keeper.id)):
        if list_suspensions(PROTOCOL).exists():
            return
        switch_route(
            protocol=PROTOCOL, off=True, decided_by="Parquet fictif de Pont-l’Égide",
            why="Articulation avec l’article 40 à revoir (invention).", by=keeper.id, now=at,
        )  # fmt: skip
