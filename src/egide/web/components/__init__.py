"""The components every page is composed of: their names and parameters. A theme draws them; no page writes a class."""
