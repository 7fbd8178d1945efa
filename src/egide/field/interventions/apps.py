"""The room of interventions."""

from egide.foundation.wings.rooms import APPEND, WRITE, RoomConfig


class InterventionsConfig(RoomConfig):
    """A version is never changed; what it says is deleted by the keeper's function alone, after six months."""

    name = "egide.field.interventions"
    label = "field_interventions"
    verbose_name = "interventions"
    rights = {
        "Note": {"field": WRITE, "keeper": "SELECT, DELETE"},
        "Version": {"field": APPEND, "keeper": "SELECT, DELETE"},
        "Content": {"field": APPEND, "keeper": "SELECT, DELETE"},
    }
    functions = {
        "my_notes(text)": ("field", "keeper"),
        "due_notes(date)": ("field",),
        "erase_notes(uuid[])": ("field",),
    }
