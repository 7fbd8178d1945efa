"""The room of shelters."""

from egide.foundation.wings.rooms import APPEND, READ, WRITE, RoomConfig

_MOVES = "state, confirmed_at, arrived_at, ended_at, reason"


class ShelterConfig(RoomConfig):
    """A request is made by the function that finds the place free; afterwards it only moves. Nobody reads an address twice over."""

    name = "egide.field.shelter"
    label = "field_shelter"
    verbose_name = "shelter"
    rights = {
        "Shelter": {"field": WRITE, "keeper": READ},
        "Address": {"field": WRITE, "keeper": READ},
        "Place": {
            "field": "SELECT, INSERT, UPDATE (tonight, told_at, beds, children, step_free, pets)",
            "keeper": f"{READ}, UPDATE",
        },
        "Request": {"field": f"SELECT, UPDATE ({_MOVES})", "keeper": APPEND},
        "Look": {"keeper": APPEND},
        "ExitStep": {"field": WRITE, "keeper": READ},
        "Escort": {"field": "SELECT, INSERT, UPDATE (state, answered_at)", "keeper": READ},
    }
    functions = {
        "my_places()": ("field", "keeper"),
        "my_incoming()": ("field",),
        "my_addresses()": ("field", "keeper"),
        "shelter_of(uuid)": ("field",),
        "shelter_board()": ("field",),
        "hold_place(uuid, uuid, uuid, text, smallint, smallint, boolean, boolean, timestamptz)": ("field",),
    }
