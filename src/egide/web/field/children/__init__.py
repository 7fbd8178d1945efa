"""The pages of the children of a file, each for themselves."""
