"""The room of territories: the catalogue says which communes exist, this room where they lie."""

from egide.foundation.wings.rooms import ALL, READ, RoomConfig


class TerritoriesConfig(RoomConfig):
    """Points are public reference data: every wing reads them, the foundation loads them."""

    name = "egide.foundation.territories"
    label = "foundation_territories"
    verbose_name = "territories"
    rights = {"CommunePoint": {"*": READ, "foundation": ALL}}
