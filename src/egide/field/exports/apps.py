"""The room of exports."""

from egide.foundation.wings.rooms import READ, RoomConfig

_DECIDES = "decision, decided_by, decided_at, decided_because, expires_at, fetched_at"


class ExportsConfig(RoomConfig):
    """A request is written once; what is decided of it is added, and the moment it was fetched."""

    name = "egide.field.exports"
    label = "field_exports"
    verbose_name = "exports"
    rights = {"Export": {"field": f"SELECT, INSERT, UPDATE ({_DECIDES})", "keeper": READ}}
