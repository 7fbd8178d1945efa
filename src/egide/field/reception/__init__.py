"""Reception (R33): a silent signal, a number, a room. No name and no reason are held here, and no link to any file."""
