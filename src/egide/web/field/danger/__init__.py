"""The pages of danger: assessments, what they set going, notes, the form filled alone, the sheet for the prosecutor."""
