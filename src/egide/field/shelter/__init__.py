"""Places to sleep safely: a board without addresses, requests that lapse by themselves, the practical exit of a file."""
