"""The case file: who is in it, who works on it, what was done; four counters never confused (person, case, interview, action)."""
