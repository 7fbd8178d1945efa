"""The room of the outbox: wings queue and drop through functions, only a job of the foundation reads what is inside."""

from egide.foundation.wings.rooms import ALL, WRITE, RoomConfig


class OutboxConfig(RoomConfig):
    """No wing reads a message: it gives it, may drop it, and learns what became of it."""

    name = "egide.foundation.outbox"
    label = "foundation_outbox"
    verbose_name = "outbox"
    rights = {"Message": {"foundation": WRITE, "keeper": ALL}}
    functions = {
        "outbox_queue(uuid, text, text, uuid, bytea, text[], time, time, timestamptz, timestamptz, timestamptz)": (
            "field",
            "foundation",
        ),
        "outbox_drop(text, text, timestamptz)": ("field", "foundation"),
        "outbox_erase(text[])": ("field",),
        "outbox_about(text)": ("field", "foundation"),
    }
