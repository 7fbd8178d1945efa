"""The room of what allows: processing records, and the local routes switched off; every wing reads both."""

from egide.foundation.wings.rooms import APPEND, READ, WRITE, RoomConfig


class LegalConfig(RoomConfig):
    """The login role reads it too: the gate stands before the wing's door."""

    name = "egide.foundation.legal"
    label = "foundation_legal"
    verbose_name = "legal"
    rights = {
        "ProcessingRecord": {"*": READ, "app": READ, "foundation": WRITE, "keeper": READ},
        "RouteSuspension": {
            "*": READ,
            "field": f"{APPEND}, UPDATE (resumed_on, resumed_by, resumed_at, resumed_because)",
        },
    }
