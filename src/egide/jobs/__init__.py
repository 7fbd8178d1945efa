"""Commands and scheduled tasks: each parses its words, enters one wing and calls one action."""
