"""What a room declares about its own tables, so that the grants can be laid from one place."""

from collections.abc import Mapping

from django.apps import AppConfig

READ, APPEND, WRITE, ALL = "SELECT", "SELECT, INSERT", "SELECT, INSERT, UPDATE", "SELECT, INSERT, UPDATE, DELETE"


class RoomConfig(AppConfig):
    """A Django app that is a room of the house.

    `rights` maps a model's name to what each role code may do with its table; "*" stands for every wing. A model that is
    not named is open to nobody. `functions` names the database functions each role code may call.
    """

    default = False
    default_auto_field = "django.db.models.BigAutoField"
    rights: Mapping[str, Mapping[str, str]] = {}
    functions: Mapping[str, tuple[str, ...]] = {}

    def __init_subclass__(cls) -> None:
        """Let Django pick the room's own configuration, not this class that its module imports."""
        cls.default = True
