"""The printed note that goes from the municipal police to the unit that takes over."""
