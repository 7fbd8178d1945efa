"""What a person agreed that a partner may know: sections, recipient, purpose, period; withdrawable at once (R07)."""
