"""From a composed letter and its figures to files: PDF, HTML, CSV, JSON, SDMX.

Lives here: pure functions from plain data to bytes, one module per format, and the rule they share: no passport, no
rendering (`passports.check_passports`). Not here: composing a letter, reading or writing the database, the clock.

A letter is the frozen mapping of one language (title, dated, blocks...); `figures` is the list of
`{"code", "label": {fr, en}, "printed": {fr, en}, "passport": {...}}` of the same release.
"""
