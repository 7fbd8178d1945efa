"""What the demonstration shows of the night note: one note that a patrol handed to the station, not yet received.

Lives here: calls of the product's own actions. Not here: accounts and the gate (demonstration).
"""

from datetime import timedelta
from uuid import UUID

from egide.field.interventions.actions import send_version
from egide.field.interventions.queries import get_unit, list_own
from egide.foundation.accounts.models import Account
from egide.foundation.clock import now
from egide.foundation.wings.entering import Subject, entering

NOTE = UUID("c0ffee00-0000-4000-8000-000000000409")


def load_intervention(*, officer: str, unit: str) -> None:
    """Hand one invented note over, once, as the account `officer`, to the unit of code `unit`."""
    at = now()
    with entering("foundation", Subject.job("demonstration")):
        writes = Account.objects.get(username=officer)
    with entering("field", Subject.account(writes.id)):
        if list_own(by=writes.id):
            return
        told = {
            "place": "home", "held_at": (at - timedelta(hours=2)).isoformat(), "present": ["victim", "child"],
            "marks": {"t03": {"way": "TOLD"}, "t09": {"way": "OBSERVED"}, "t05": {"way": "TOLD", "grade": "FEAR_2"}},
            "observed": "Porte d’entrée fendue, vaisselle cassée.", "told": "La victime : « Il a parlé d’un fusil. »",
            "actions": ["stayed", "apart"], "called": ["police"],
        }  # fmt: skip
        send_version(key=NOTE, note=NOTE, bases=[], told=told, recipient=get_unit(unit), by=writes.id, now=at)
