"""From protected tables to a composed letter: gather, print, derive, compare with what was published, set in blocks."""
