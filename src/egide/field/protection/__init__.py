"""Measures of protection in force: noted in a file, asked about one identity at a time; never a list that one can browse."""
