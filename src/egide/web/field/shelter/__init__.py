"""The pages of shelters: the board and the practical exit in a file, the duty page of a house. The address on one page only."""
