"""Organisations, the positions people occupy in them, and the mandates that give a position's roles for a time (X16)."""
