"""The last room of the field; it owns no table."""

from egide.foundation.wings.rooms import RoomConfig


class WallsConfig(RoomConfig):
    """The functions that the policies call; they answer for the subject of the request only."""

    name = "egide.field.walls"
    label = "field_walls"
    verbose_name = "walls"
    functions = {
        "field_subject()": ("field", "keeper"),
        "field_excluded()": ("keeper",),
        "my_cases()": ("field",),
        "my_persons()": ("field",),
        "my_organisations()": ("field",),
        "my_seats(text[])": ("keeper",),
        "shared_sections()": ("field",),
        "case_trace(uuid)": ("field",),
        "my_offices()": ("keeper",),
        "officer_shares(date, date)": ("field",),
        "officer_deeds(date, date)": ("field",),
        "case_clocks(uuid[])": ("keeper",),
        "case_clock(uuid)": ("field",),
        "due_cases(date)": ("field",),
        "erase_from(regclass, text[], uuid, regclass[])": ("keeper",),
        "standing_persons(uuid)": ("keeper",),
        "persons_of_rows(uuid)": ("keeper",),
        "erase_case(uuid)": ("field",),
        "departement_of(text)": ("keeper",),
        "whole_spans(date, date)": ("keeper",),
        "my_year(date, date)": ("field",),
        "field_cells(date, date)": ("field",),
        "referral_cells(date, date)": ("field",),
    }
