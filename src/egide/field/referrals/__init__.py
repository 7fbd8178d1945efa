"""Sending a person to a service: the sheet with what she agreed to, the signed link, the answer, the closed loop."""
