"""The last room to be migrated: it lays the grants once every table exists."""

from typing import Any

from django.db.models.signals import post_migrate

from .rooms import RoomConfig


class WingsConfig(RoomConfig):
    """Stands last in INSTALLED_APPS, so that its post_migrate comes after every other room's."""

    name = "egide.foundation.wings"
    label = "foundation_wings"
    verbose_name = "wings"

    def ready(self) -> None:
        """Ask to be called after each migration."""
        post_migrate.connect(_after_migrations, sender=self, dispatch_uid="lay_grants")


def _after_migrations(**_: Any) -> None:
    from .grants import lay_grants

    lay_grants()
