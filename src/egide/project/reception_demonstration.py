"""What the demonstration shows of a station's reception: an orange dot and a blue one, two rooms, two numbers of this morning.

Lives here: calls of the product's own actions. Not here: accounts and the gate (demonstration).
"""

from egide.field.reception.actions import add_room, note_arrival, place_dot, set_up_station
from egide.field.reception.choices import RoomKind
from egide.field.reception.queries import get_station, list_dots
from egide.foundation.accounts.models import Account
from egide.foundation.clock import now
from egide.foundation.organisations.queries import list_workplaces
from egide.foundation.wings.entering import Subject, entering


def load_reception(*, head: str, officer: str) -> None:
    """Set a station up and receive two people, once, as the accounts `head` and `officer`."""
    at = now()
    with entering("foundation", Subject.job("demonstration")):
        runs, receives = (Account.objects.get(username=username) for username in (head, officer))
    with entering("field", Subject.account(runs.id)):
        if get_station(account=runs.id, now=at):
            return
        [place] = list_workplaces(account=runs.id, now=at)
        station = set_up_station(organisation=place, by=runs.id, now=at)
        place_dot(station=station, colour="orange", place="Comptoir d’accueil", by=runs.id, now=at)
        place_dot(station=station, colour="blue", place="Comptoir d’accueil", priority=False, by=runs.id, now=at)
        add_room(station=station, name="Salle 2", kind=RoomKind.CONFIDENTIAL, by=runs.id, now=at)
        add_room(station=station, name="Bureau 5", kind=RoomKind.OFFICE, by=runs.id, now=at)
    with entering("field", Subject.account(receives.id)):
        blue = list_dots(station).get(colour="blue")
        note_arrival(station=station, dot=blue, by=receives.id, now=at)
        note_arrival(station=station, by=receives.id, now=at)
