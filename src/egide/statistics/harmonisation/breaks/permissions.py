"""Who may have a source searched and sign what it finds: a statistician's position (X16)."""

from datetime import datetime

from django.utils.translation import gettext as _

from egide.foundation.accounts.models import Account
from egide.foundation.organisations.queries import list_roles

SIGN = frozenset({"STATISTICIAN"})


class NotAllowed(PermissionError):
    """The account does not hold the role that searches and signs."""


def check_may_sign(by: str, now: datetime) -> None:
    """Raise NotAllowed unless `by` (a sign-in name) is a statistician at `now`. A job never signs: a person does."""
    account = Account.objects.filter(username=by).first()
    if account is None or not SIGN & list_roles(account=account.id, now=now):
        raise NotAllowed(_("A statistician decides on a break; your position is not one today."))
