"""The room of complaints."""

from egide.foundation.wings.rooms import ALL, APPEND, READ, WRITE, RoomConfig


class ComplaintsConfig(RoomConfig):
    """What she tells for her time line is hers: a moment can be taken out for good."""

    name = "egide.field.complaints"
    label = "field_complaints"
    verbose_name = "complaints"
    rights = {
        "Complaint": {"field": WRITE, "keeper": READ},
        "Attempt": {"field": APPEND, "keeper": READ},
        "Escalation": {"field": WRITE, "keeper": READ},
        "StatusUpdate": {"field": APPEND, "keeper": READ},
        "Moment": {"field": ALL},
        "StatusLink": {"field": WRITE, "keeper": f"{READ}, UPDATE (attempts, closed_at)"},
    }
    functions = {
        "open_status_link(text, text)": ("field",),
        "station_complaints(date)": ("field",),
    }
