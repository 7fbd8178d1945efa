"""The room of processing records: every wing reads whether it may run, only the foundation wing writes."""

from egide.foundation.wings.rooms import READ, WRITE, RoomConfig


class LegalConfig(RoomConfig):
    """The login role reads it too: the gate stands before the wing's door."""

    name = "egide.foundation.legal"
    label = "foundation_legal"
    verbose_name = "legal"
    rights = {"ProcessingRecord": {"*": READ, "app": READ, "foundation": WRITE, "keeper": READ}}
