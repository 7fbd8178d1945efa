"""The page of statements for the court."""
