"""From harmonised rows to the cells of an indicator, each with its unit, its status and where it comes from."""
