"""The room of case files."""

from egide.foundation.wings.rooms import APPEND, READ, WRITE, RoomConfig


class CasefilesConfig(RoomConfig):
    """A file is opened by a database function, because its team must exist before its row can be seen (trap 6)."""

    name = "egide.field.casefiles"
    label = "field_casefiles"
    verbose_name = "casefiles"
    rights = {
        "CaseFile": {"field": "SELECT, UPDATE", "keeper": f"{APPEND}, UPDATE (state)"},
        "TeamMember": {"field": WRITE, "keeper": APPEND},
        "Exclusion": {"field": WRITE, "keeper": READ},
        "Role": {"field": APPEND, "keeper": APPEND},
        "Episode": {"field": WRITE, "keeper": READ},
        "Interview": {"field": APPEND, "keeper": READ},
        "Action": {"field": APPEND, "keeper": READ},
        "Entry": {"field": APPEND, "keeper": READ},
    }
    functions = {"open_case(uuid, text, uuid, uuid, text, text, date)": ("field",)}
