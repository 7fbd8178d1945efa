"""The room of persons: only the field wing touches it, row by row through its walls."""

from egide.foundation.wings.rooms import READ, WRITE, RoomConfig


class PersonsConfig(RoomConfig):
    """A person is seen by those who may open a file where she stands."""

    name = "egide.field.persons"
    label = "field_persons"
    verbose_name = "persons"
    rights = {"Person": {"field": WRITE, "keeper": READ}, "SafeContact": {"field": WRITE, "keeper": READ}}
