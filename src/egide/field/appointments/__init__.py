"""Appointments of a file: planned, held, moved, or the person did not come, which says nothing of why. Not here: interviews."""
