"""Whom to turn to, for anyone: the search, what is shown of a service, the drawn map, the list to print."""
