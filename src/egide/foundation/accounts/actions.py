"""The only writes on accounts."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from egide.foundation.audit.actions import record

from .models import Account


@transaction.atomic
def create_account(
    *, username: str, name: str, password: str | None, language: str = "fr", email: str = "", now: datetime
) -> Account:
    """Make an account that may do nothing yet; with no password (None), nobody can sign in under it.

    Raises ValidationError when the name is taken or the password is weak.
    """
    username = username.strip().lower()
    if Account.objects.filter(username__iexact=username).exists():
        raise ValidationError(_("The sign-in name %(name)s is taken: choose another.") % {"name": username})
    account = Account(username=username, name=name, language=language, email=email)
    if password is not None:
        validate_password(password, account)
    account.set_password(password)
    account.full_clean(exclude=["password"])
    account.save(force_insert=True)
    record("ACCOUNT_CREATED", subject=("account", account.id), detail={"username": username}, at=now)
    return account


@transaction.atomic
def close_account(*, account: Account, now: datetime) -> Account:
    """Let an account sign in no longer; its traces stay."""
    account.is_active = False
    account.save(update_fields=["is_active"])
    record("ACCOUNT_CLOSED", subject=("account", account.id), at=now)
    return account
