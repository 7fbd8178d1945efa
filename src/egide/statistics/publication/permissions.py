"""Who may compose, sign off and publish: roles held by positions (X16). A named job acts for whoever typed it on the server."""

from datetime import datetime

from django.utils.translation import gettext as _

from egide.foundation.accounts.models import Account
from egide.foundation.organisations.queries import list_roles

JOB = "job:"
COMPOSE = frozenset({"STATISTICIAN", "EDITOR"})
SIGN = frozenset({"SIGNATORY"})
PUBLISH = frozenset({"EDITOR"})


class NotAllowed(PermissionError):
    """The account does not hold a role that allows the action."""


def check_holds(by: str, roles: frozenset[str], now: datetime) -> None:
    """Raise NotAllowed unless `by` (a sign-in name, or "job:…") holds one of the roles at `now`."""
    if by.startswith(JOB):
        return
    account = Account.objects.filter(username=by).first()
    if account is None or not roles & list_roles(account=account.id, now=now):
        raise NotAllowed(
            _("This takes one of the roles %(roles)s, which your position does not hold today.")
            % {"roles": ", ".join(sorted(roles))}
        )
