"""Liaison on pages: what the law says of a sheet, local routes, grounds without agreement, what a partner received (R06, R07)."""
