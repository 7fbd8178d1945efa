"""Supervision: the sessions where a worker speaks of the work itself. Kept by who has them, apart from every file (D34)."""
