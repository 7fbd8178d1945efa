"""The words every room counts with: periods, codes, units, counts, money, reasons for an absent value.

What lives here: small frozen value objects on the standard library alone. What does not: anything that reads a file, a
clock, a setting or a database, and any method of calculation (those are in `egide.methods`).
"""
