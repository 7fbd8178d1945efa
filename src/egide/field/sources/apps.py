"""The room of sheets of facts from another source."""

from egide.foundation.wings.rooms import RoomConfig


class SourcesConfig(RoomConfig):
    """A sheet is written once; only its receipt is added, and the keeper's function alone erases it."""

    name = "egide.field.sources"
    label = "field_sources"
    verbose_name = "sheets of facts"
    rights = {"SourceSheet": {"field": "SELECT, INSERT, UPDATE (received_at, received_by)", "keeper": "SELECT, DELETE"}}
    functions = {"my_sources(text)": ("field", "keeper"), "erase_sources(date)": ("field",)}
