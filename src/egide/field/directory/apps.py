"""The room of the directory."""

from egide.foundation.wings.rooms import ALL, APPEND, READ, WRITE, RoomConfig


class DirectoryConfig(RoomConfig):
    """Every account of the field reads the whole directory; a service is retired, never removed. The public calls a function."""

    name = "egide.field.directory"
    label = "field_directory"
    verbose_name = "directory"
    rights = {
        "Service": {"field": WRITE, "keeper": READ},
        "Opening": {"field": ALL, "keeper": READ},
        "Stop": {"field": ALL, "keeper": READ},
        "Import": {"field": APPEND},
        "KeptRow": {"field": WRITE},
        "Merge": {"field": WRITE},
    }
    functions = {"public_services(uuid)": ("public",)}
