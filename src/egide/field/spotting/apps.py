"""The room of spotting."""

from egide.foundation.wings.rooms import RoomConfig


class SpottingConfig(RoomConfig):
    """A count goes up; nobody takes it to another month."""

    name = "egide.field.spotting"
    label = "field_spotting"
    verbose_name = "spotting"
    rights = {"OfferCount": {"field": "SELECT, INSERT, UPDATE (number)"}}
