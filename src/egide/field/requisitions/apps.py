"""The room of requisitions."""

from egide.foundation.wings.rooms import READ, WRITE, RoomConfig


class RequisitionsConfig(RoomConfig):
    """A requisition hangs on a file: whoever works on the file sees it, nobody else does, and it is erased with the file."""

    name = "egide.field.requisitions"
    label = "field_requisitions"
    verbose_name = "requisitions"
    rights = {"Requisition": {"field": WRITE, "keeper": READ}, "Item": {"field": WRITE, "keeper": READ}}
