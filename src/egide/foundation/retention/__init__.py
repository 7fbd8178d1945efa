"""How long things live: the date of a purge, the archives' visa before it, the certificate after it.

Not here: the rules themselves (catalogue/retention), nor what a wing erases and how.
"""
