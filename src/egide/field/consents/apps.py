"""The room of consents and of grounds without consent."""

from egide.foundation.wings.rooms import APPEND, READ, RoomConfig


class ConsentsConfig(RoomConfig):
    """A consent is withdrawn, never rewritten; a ground is a decision, never changed."""

    name = "egide.field.consents"
    label = "field_consents"
    verbose_name = "consents"
    rights = {
        "Consent": {"field": "SELECT, INSERT, UPDATE (withdrawn_at)", "keeper": READ},
        "Ground": {"field": APPEND, "keeper": READ},
    }
