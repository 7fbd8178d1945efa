"""The names that the grid and the code share: the two moments, and the task of the full assessment."""

CRISIS, CALM = "crisis", "calm"
FULL = "full-assessment"
