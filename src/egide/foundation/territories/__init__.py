"""Where communes lie: one point for each, from GeoNames or from the official file that a deployment loads."""
