"""Judicial requisitions about a file: received, checked, answered item by item, logged (R01). Not here: what may be told (secrecy)."""
