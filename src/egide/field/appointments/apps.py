"""The room of appointments."""

from egide.foundation.wings.rooms import READ, WRITE, RoomConfig


class AppointmentsConfig(RoomConfig):
    """An appointment hangs on a file, is seen by who follows it, and is erased with it."""

    name = "egide.field.appointments"
    label = "field_appointments"
    verbose_name = "appointments"
    rights = {"Appointment": {"field": WRITE, "keeper": READ}}
