"""The night note: an installable notebook that works offline, the same form online, and the pages of the unit that receives."""
