"""A statement of support that the person may hand to a court: that she was received, on which days; nothing else (R06)."""
