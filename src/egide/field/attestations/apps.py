"""The room of statements for the court."""

from egide.foundation.wings.rooms import APPEND, READ, RoomConfig


class AttestationsConfig(RoomConfig):
    """A statement is made once, as the person asked for it; it is never rewritten, for she may have handed it over."""

    name = "egide.field.attestations"
    label = "field_attestations"
    verbose_name = "statements for the court"
    rights = {"Attestation": {"field": APPEND, "keeper": READ}}
