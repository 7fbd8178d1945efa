"""Natural persons as a file knows them, and how they may be reached without danger. There is no index of victims (Z02)."""
