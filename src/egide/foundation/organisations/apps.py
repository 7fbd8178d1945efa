"""The room of organisations: every wing reads it to know who may act, only the foundation wing writes it."""

from egide.foundation.wings.rooms import READ, WRITE, RoomConfig


class OrganisationsConfig(RoomConfig):
    """Rights are held by positions; a mandate seats an account on a position, from a day to a day."""

    name = "egide.foundation.organisations"
    label = "foundation_organisations"
    verbose_name = "organisations"
    rights = {
        model: {"*": READ, "app": READ, "keeper": READ, "foundation": WRITE}
        for model in ("Organisation", "Position", "Mandate")
    }
