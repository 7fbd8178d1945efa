"""Two records of one person: proposed to whoever owns the file, never to whoever asks; joined, and separated again (Z02).

Not here: the search (casefiles), nor the keys of names (persons).
"""
