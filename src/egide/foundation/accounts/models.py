"""Accounts: a sign-in name, a display name, a language."""

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _


class AccountManager(BaseUserManager["Account"]):
    """Finds an account by its sign-in name, whatever the capitals."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        """Return the account of a sign-in name."""
        return self.get(username__iexact=username)


class Account(AbstractBaseUser):
    """Someone who can sign in. It carries no right: rights come from mandates on positions."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(_("sign-in name"), max_length=150, unique=True)
    name = models.CharField(_("name"), max_length=150)
    language = models.CharField(
        _("language"), max_length=2, default="fr", choices=[("fr", "Français"), ("en", "English")]
    )
    email = models.EmailField(
        _("work e-mail"), blank=True, help_text=_("Only for notices without a name or a content.")
    )
    is_active = models.BooleanField(_("active"), default=True)

    objects = AccountManager()
    USERNAME_FIELD = "username"

    class Meta:
        verbose_name = _("account")

    def __str__(self) -> str:
        return self.name
