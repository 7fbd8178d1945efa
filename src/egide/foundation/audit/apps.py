"""The room of the audit trail: everyone may add through a function, only the foundation wing reads."""

from egide.foundation.wings.rooms import APPEND, READ, RoomConfig


class AuditConfig(RoomConfig):
    """No role, the foundation's included, may change or remove an event."""

    name = "egide.foundation.audit"
    label = "foundation_audit"
    verbose_name = "audit"
    rights = {
        "Event": {"foundation": READ, "keeper": READ},
        "SubjectKey": {"foundation": "SELECT, UPDATE (wrapped)"},
        "Seal": {"foundation": APPEND},
        "SealedEvent": {"foundation": APPEND},
    }
    functions = {
        "audit_record(text, text, text, text, timestamptz, uuid, bytea)": ("*",),
        "audit_subject_key(text, text, bytea)": ("*",),
        "audit_shred(text[])": ("field", "foundation"),
    }
