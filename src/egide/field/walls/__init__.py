"""Who sees which row of the field: every policy of the wing, in one place that comes after all its rooms (trap 7)."""
