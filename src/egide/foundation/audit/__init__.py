"""The trail: who did or read what, when, why. Append only, sealed in chained batches over ciphertext (X09, Z14)."""
