"""What the demonstration shows of shelters: one invented house with two places, kept by its duty account."""

from egide.field.shelter.actions import add_place, open_shelter
from egide.field.shelter.queries import list_own_places
from egide.foundation.accounts.models import Account
from egide.foundation.clock import now
from egide.foundation.organisations.queries import list_workplaces
from egide.foundation.wings.entering import Subject, entering


def load_shelter(username: str) -> None:
    """Open the house, once, as the account `username`."""
    at = now()
    with entering("foundation", Subject.job("demonstration")):
        keeper = Account.objects.get(username=username)
    with entering("field", Subject.account(keeper.id)):
        if list_own_places().exists():
            return
        [service] = list_workplaces(account=keeper.id, now=at)
        house = open_shelter(
            organisation=service, name="Foyer fictif", band="30-100", address="1 rue Inventée, 99010 Pont-l’Égide",
            telephone="01 99 00 10 09", by=keeper.id, now=at,
        )  # fmt: skip
        for label, kind, beds, welcome in (("Chambre 1", "shared-house", 3, True), ("Studio 2", "flat", 4, False)):
            add_place(
                shelter=house, label=label, kind=kind, beds=beds, children=True, step_free=welcome, pets=not welcome,
                by=keeper.id, now=at,
            )  # fmt: skip
