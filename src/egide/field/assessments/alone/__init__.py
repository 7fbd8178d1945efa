"""The form that the person fills alone: handed over by its worker, opened by a code, kept page by page (R03, Z03, Z06)."""
