"""The room of reception."""

from egide.foundation.wings.rooms import APPEND, READ, WRITE, RoomConfig


class ReceptionConfig(RoomConfig):
    """Tickets are deleted by the keeper's function alone, at midnight; counts and delays stay."""

    name = "egide.field.reception"
    label = "field_reception"
    verbose_name = "reception"
    rights = {
        "Station": {"field": WRITE, "keeper": READ},
        "Dot": {"field": WRITE},
        "Room": {"field": WRITE},
        "Ticket": {"field": WRITE, "keeper": "SELECT, DELETE"},
        "Tally": {"field": WRITE, "keeper": "SELECT, UPDATE"},
        "DotDay": {"field": WRITE},
        "Delay": {"field": APPEND},
    }
    functions = {
        "my_stations(text[])": ("field", "keeper"),
        "purge_tickets(date)": ("field",),
        "screen_numbers(text, date)": ("field",),
    }
