"""The directory exchanged with others: the French standard data·inclusion and the international one, HSDS.

Here: reading a file, matching it with what is known, what is kept aside for a person, writing files. Not here: what a service is.
"""
