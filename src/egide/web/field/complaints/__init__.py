"""The pages of complaints: the wish and what became of it, each attempt, the time line, the letters, and her own page."""
