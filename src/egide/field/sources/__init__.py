"""The perpetrator part written by those who work with him: facts by source, sent to an assessor, never a name, never a level (R03)."""
