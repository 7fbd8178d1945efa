"""Erasing a case file when its time has come: rows, search keys, messages, files, and the keys of its traces (X11, Z14).

It owns no table. What hangs on a file is found by the database's own foreign keys, so that a new room is erased with the
rest; a test refuses a table that hangs on nothing.
"""
