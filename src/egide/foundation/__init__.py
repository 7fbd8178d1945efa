"""The rooms that every wing stands on: who acts, for whom, under which text, and the trace of it."""
