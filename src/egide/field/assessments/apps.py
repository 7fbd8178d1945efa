"""The room of danger assessments."""

from egide.foundation.wings.rooms import READ, WRITE, RoomConfig


class AssessmentsConfig(RoomConfig):
    """An assessment belongs to a situation at a date, never to a person."""

    name = "egide.field.assessments"
    label = "field_assessments"
    verbose_name = "assessments"
    rights = {"DangerAssessment": {"field": WRITE, "keeper": READ}}
