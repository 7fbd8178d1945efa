"""The letter, its figures and their passports: composed from protected tables only, signed, then let out for good."""
