"""Wing 5, no names, in the order of the GSBPM: sources, collection, harmonisation, tabulation, disclosure, publication."""
