"""The room of danger assessments."""

from egide.foundation.wings.rooms import APPEND, READ, WRITE, RoomConfig

_FILLED = "attempts, open_until, private, answers, saved_at, finished_at, closed_at"


class AssessmentsConfig(RoomConfig):
    """An assessment belongs to a situation at a date, never to a person."""

    name = "egide.field.assessments"
    label = "field_assessments"
    verbose_name = "assessments"
    rights = {
        "DangerAssessment": {"field": WRITE, "keeper": READ},
        "Review": {"field": f"{APPEND}, UPDATE (closed_at, closed_by_id)", "keeper": READ},
        "Task": {"field": f"{APPEND}, UPDATE (done_at, done_by, outcome)", "keeper": READ},
        "AloneForm": {"field": f"{APPEND}, UPDATE (closed_at)", "keeper": f"{READ}, UPDATE ({_FILLED})"},
        "ShortNote": {"field": APPEND, "keeper": READ},
        "OfficialReading": {"field": APPEND, "keeper": READ},
    }
    functions = {
        "field_alone()": ("field", "keeper"),
        "open_alone(text, text)": ("field",),
        "alone_stands()": ("field",),
        "keep_alone(text, jsonb, boolean, timestamptz)": ("field",),
    }
