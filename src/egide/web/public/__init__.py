"""The pages anyone may read, and the door: home, letters, figures, sources, sign-in."""
