"""The room of supervision."""

from egide.foundation.wings.rooms import WRITE, RoomConfig


class SupervisionConfig(RoomConfig):
    """A session belongs to the account that noted it; nobody else reads it, and it hangs on no file."""

    name = "egide.field.supervision"
    label = "field_supervision"
    verbose_name = "supervision"
    rights = {"Session": {"field": f"{WRITE}, DELETE"}}
