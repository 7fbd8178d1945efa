"""Égide: from the first word said to a professional, to the published national figure."""
