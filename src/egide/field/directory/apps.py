"""The room of the directory."""

from egide.foundation.wings.rooms import ALL, READ, WRITE, RoomConfig


class DirectoryConfig(RoomConfig):
    """Every account of the field reads the whole directory; a service is retired, never removed."""

    name = "egide.field.directory"
    label = "field_directory"
    verbose_name = "directory"
    rights = {"Service": {"field": WRITE, "keeper": READ}, "Opening": {"field": ALL, "keeper": READ}}
