"""The room of protection measures."""

from egide.foundation.wings.rooms import APPEND, READ, RoomConfig


class ProtectionConfig(RoomConfig):
    """A measure's dates are never rewritten, only its lifting is noted; a question is written by the function that answers it."""

    name = "egide.field.protection"
    label = "field_protection"
    verbose_name = "protection"
    rights = {
        "Measure": {"field": "SELECT, INSERT, UPDATE (lifted_on)", "keeper": READ},
        "Breach": {"field": APPEND, "keeper": READ},
        "Consultation": {"field": READ, "keeper": APPEND},
    }
    functions = {"ask_protection(text, text)": ("field",)}
