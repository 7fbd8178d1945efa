"""The needs board: eleven domains, red for what remains to be done, green for what is done with its outcome (R04)."""
