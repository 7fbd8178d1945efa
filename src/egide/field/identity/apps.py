"""The room of identity."""

from egide.foundation.wings.rooms import READ, RoomConfig


class IdentityConfig(RoomConfig):
    """A join is written by the function that moves the rows; it is undone, never erased by hand."""

    name = "egide.field.identity"
    label = "field_identity"
    verbose_name = "identity"
    rights = {"Join": {"field": "SELECT, INSERT, UPDATE (undone_at, undone_by)", "keeper": READ}}
    functions = {
        "join_persons(uuid, uuid)": ("field",),
        "separate_persons(uuid)": ("field",),
        "my_collisions()": ("field",),
    }
