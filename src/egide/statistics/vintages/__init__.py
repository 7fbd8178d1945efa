"""What each vintage knew of a figure, why it changed as far as the files tell, and the reason that a person signed."""
