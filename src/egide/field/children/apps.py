"""The room of children."""

from egide.foundation.wings.rooms import APPEND, READ, WRITE, RoomConfig


class ChildrenConfig(RoomConfig):
    """A child is a person of the file, never a number in someone else's record; what is written of a child is not rewritten."""

    name = "egide.field.children"
    label = "field_children"
    verbose_name = "children"
    rights = {"Child": {"field": WRITE, "keeper": READ}, "Word": {"field": APPEND, "keeper": READ}}
