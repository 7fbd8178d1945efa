"""Methods of calculation, pure: what is computed, apart from where it is stored and shown.

What lives here: algorithms that can be reviewed, certified and reused alone. What does not: Django, network, clock,
settings, and any decision that an expert takes (those are data, in the catalogue).
"""
