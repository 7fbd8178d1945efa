"""The pages of reports about an adult unable to protect herself (R38)."""
