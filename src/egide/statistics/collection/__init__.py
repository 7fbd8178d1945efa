"""Deliveries: received, checked, kept byte for byte, answered with a report. Nothing is corrected here."""
