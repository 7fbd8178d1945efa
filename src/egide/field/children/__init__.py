"""Each child of a file in their own right: where they live, who decides, what they lived through, their own words (R03, §4.4)."""
