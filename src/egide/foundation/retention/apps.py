"""The room of retention: visas and certificates, which hold no personal data."""

from egide.foundation.wings.rooms import APPEND, READ, RoomConfig


class RetentionConfig(RoomConfig):
    """Every wing that erases reads the visas and leaves a certificate; neither is ever changed."""

    name = "egide.foundation.retention"
    label = "foundation_retention"
    verbose_name = "retention"
    rights = {
        "Visa": {"foundation": APPEND, "field": READ, "keeper": READ},
        "Certificate": {"foundation": APPEND, "field": APPEND},
    }
