"""Spotting: how often an organisation offered help in a month. No person, no account, no sign, no label is ever kept here."""
