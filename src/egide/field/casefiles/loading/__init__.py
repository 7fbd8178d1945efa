"""Many invented case files at once, for a demonstration or a bench: never a road for real ones, which are opened one by one."""
