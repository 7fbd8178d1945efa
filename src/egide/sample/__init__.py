"""The fictional country: people, what happened to them, who recorded it, and what the producers deliver, with the known truth.

Lives here: the drawing of the country from a seed, and its loading into the field wing of a demonstration. Not here: any real
person or place; the margins it is calibrated on (`catalogue/sample/margins.yaml`); the estimators that are scored against it.
`deliveries/` holds the first edition's own files, which are data and not drawn.
"""
