"""Danger assessments: her own level first, then what the rules suggest and why, then a decision that a person signs (Z03)."""
