"""What is told outside the grid: the short form of the first minutes, and the official form read by question number."""
