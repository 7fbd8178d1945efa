"""The breaks of series: read, searched, proposed with their evidence in words, and signed by a statistician.

The search itself is in `methods/comparability/detection`; this room gives it the calendar of the catalogue.
"""
