"""The inventory of sources: what each counts, for whom, since when; and how its codes are read."""
