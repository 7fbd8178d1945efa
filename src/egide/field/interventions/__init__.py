"""The municipal officer's night note: what was seen, what was told, who was called, who took over."""
