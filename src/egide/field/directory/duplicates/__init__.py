"""Entries that look like one service: proposed with the reason, merged or told apart by a person, given back if wrong."""
