"""Wing 1, names and secrets: the case work around persons. Its counts leave through `bridge`, its rows never."""
