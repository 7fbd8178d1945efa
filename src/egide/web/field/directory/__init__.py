"""The directory for professionals: the whole of it, what is doubtful, double or waiting, and the act of verifying."""
